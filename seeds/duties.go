package seeds

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"duban/store/ledger"
)

// gatherer decides which numbered paragraphs are tasks.
type gatherer struct {
	dated  func(string) bool               // whether prose states a time that can be kept
	period func(string) bool               // whether a heading has one in brackets
	acts   func(string) bool               // whether a sentence names who must act
	within func(heading, item string) bool // whether an item keeps to the time of its heading
	drafts []draft
	nodes  []*node // the paragraph of each draft

	problems []ledger.Problem

	listing map[siblings]bool // what listedBeside found
}

// siblings are the headings of one style under a heading.
type siblings struct {
	parent *node
	style  numeral
}

// background are headings under which no tasks of the list stand.
var background = []string{"保障措施", "组织保障", "组织实施", "工作要求", "保障机制", "组织领导", "总体要求", "指导思想", "基本原则", "附则", "工作目标", "总体目标", "主要目标",
	"保障体系建设", "监督检查", "考核评价", "工作保障", "有关要求", "相关要求", "强化保障", "推进机制", "工作机制", "实施步骤", "目标任务要求"}

func isBackground(n *node) bool {
	for a := n; a.parent != nil; a = a.parent {
		t := heading(a.text())
		if utf8.RuneCountInString(t) > 16 {
			continue
		}
		for _, w := range background {
			if strings.Contains(t, w) {
				return true
			}
		}
	}
	return false
}

// gather collects the tasks of the body: items that name units or a time. The
// heading over items of their own is no task, the steps under an item are none.
func (g *gatherer) gather(root *node) {
	g.walk(root, above{})
	g.prune()
}

// above is what the headings over an item say.
type above struct {
	owners, times []label
	people        []label // the leaders whom headings name
	role          kind    // kindLead under 牵头任务, kindSupport under 配合任务
	listed        bool    // most items beside this one are tasks
}

// walk visits an item with the labels of the headings over it.
func (g *gatherer) walk(n *node, up above) {
	before := len(g.drafts)
	if n.scoped() && len(n.kids) == 0 {
		return
	}
	if n.parent != nil && n.owned() && (len(n.kids) == 0 || !g.governs(n)) {
		g.add(n, up)
		return
	}
	listed := up.listed
	up.takeLeaders(n)
	if n.timed() {
		up.times = pickLabels(n, kindTime)
	} else if t := n.timeHeading(); t != "" {
		up.times = []label{{kind: kindTime, text: t}}
	}
	if k := n.roleHeading(); k != kindNone {
		up.role = k
	}
	up.listed = g.lists(n)
	for _, k := range n.kids {
		g.walk(k, up)
	}
	if n.parent == nil || len(g.drafts) > before {
		return
	}
	if len(n.kids) == 0 && (len(up.owners) > 0 || len(up.people) > 0 || n.timed() || listed && (reBy.MatchString(n.text()) || !isBackground(n) && (g.period(heading(n.text())) || g.acts(n.text())))) || g.dated(n.all()) {
		g.add(n, up)
	}
}

// lists reports whether most items under the heading are tasks by their units or
// their dates, so that one that only says 由…负责 is a task too.
func (g *gatherer) lists(n *node) bool {
	tasks := 0
	for _, k := range n.kids {
		if k.owned() || k.timed() || g.dated(k.text()) {
			tasks++
		}
	}
	return (tasks > 1 || tasks == 1 && n.goesOn()) && tasks*2 >= len(n.kids)
}

func pickLabels(n *node, k kind) []label {
	var out []label
	for _, l := range n.labels {
		if l.kind == k {
			out = append(out, l)
		}
	}
	return out
}

// governs reports whether the units of a heading answer for several tasks under it
// rather than for one task with its steps.
func (g *gatherer) governs(n *node) bool {
	headed, owned, dated := 0, 0, g.datedKids(n)
	for _, k := range n.kids {
		if k.owned() || k.anyOwned() {
			owned++
		}
		if t := heading(k.text()); t != "" && utf8.RuneCountInString(t) <= 30 && len(t)+9 < len(k.text()) {
			headed++
		}
	}
	switch {
	case owned > 0 || n.scoped():
		return true
	case !n.isHeading():
		return false
	case n.goesOn(), n.works() && g.listedBeside(n):
		return true
	case n.timed():
		return dated*2 >= len(n.kids) && dated > 1
	}
	return dated*2 >= len(n.kids) || headed*2 > len(n.kids) || n.spread
}

func (n *node) anyOwned() bool {
	for _, k := range n.kids {
		if k.owned() || k.anyOwned() {
			return true
		}
	}
	return false
}

// goesOn reports whether the items under the heading share their numbers with the
// group before or behind, as the tasks of one list do.
func (n *node) goesOn() bool {
	if len(n.kids) == 0 || n.parent == nil {
		return false
	}
	last := ordinal(n.kids[len(n.kids)-1].no)
	i := slices.Index(n.parent.kids, n)
	return ordinal(n.kids[0].no) > 1 || last > 0 && i+1 < len(n.parent.kids) && n.parent.kids[i+1].begins(last+1)
}

// begins reports whether the first item under the heading has the number.
func (n *node) begins(no int) bool { return len(n.kids) > 0 && ordinal(n.kids[0].no) == no }

// all is the text of the item and of everything under it.
func (n *node) all() string {
	parts := append([]string{n.text()}, n.detail...)
	for _, k := range n.kids {
		parts = append(parts, k.all())
	}
	return strings.Join(parts, "\n")
}

func (g *gatherer) add(n *node, up above) {
	title := heading(n.text())
	d := draft{no: n.no, line: n.line, project: n.project(), place: n.parent.id()}
	if i := strings.Index(n.text(), "。"); i >= 0 && utf8.RuneCountInString(title) <= 4 {
		title = join(title, heading(strings.TrimSpace(n.text()[i+len("。"):])), "。")
	}
	d.title = cutTitle(title)
	d.detail = strings.TrimSpace(strings.TrimPrefix(n.all(), d.title))
	d.detail = strings.TrimSpace(strings.TrimLeft(d.detail, "。\n"))
	d.prose = n.all()
	for _, l := range n.labels {
		switch l.kind {
		case kindTime:
			d.time, d.hasTime = join(d.time, l.text, "；"), true
		case kindStart:
			d.start = l.text
		case kindOwner:
			d.owners = append(d.owners, duty{prose, l.text})
			if !reColon.MatchString(l.text) { // …牵头，…配合，每年12月底前完成
				if g.dated(l.text) {
					d.prose = reBareYear.ReplaceAllString(d.prose, "$1$2")
				}
				d.prose += "\n" + l.text
			}
		}
	}
	if n.between != "" {
		d.doubt("“"+n.between+"”单独成行，可能是本项的时限，也可能是后面各项的时限", "按本项认定，请核对")
	}
	if n.lent {
		d.doubt("本项没有责任单位", "按其后条目的责任单位认定，请确认")
	}
	if up.role == kindNone && len(up.owners) > 0 && onlyHelpers(d.owners) {
		up.role = kindLead
		d.doubt("本项只写明配合单位", "牵头单位按上一级标题认定，请确认")
	}
	if up.role != kindNone && len(up.owners) > 0 {
		at := len(d.owners)
		if up.role == kindLead {
			at = 0
		}
		d.owners = slices.Insert(d.owners, at, duty{prose, up.stated()})
	} else if len(d.owners) == 0 && len(up.owners) > 0 {
		for _, l := range up.owners {
			d.owners = append(d.owners, duty{prose, l.text})
		}
		d.doubt("本项未单列责任单位，按上一级标题的责任单位认定", "请确认责任单位是否适用于本项")
	}
	for _, l := range up.people {
		d.leaders = append(d.leaders, duty{prose, l.text})
	}
	if d.time == "" && len(up.times) > 0 && g.within(up.times[0].text, d.prose) {
		d.time, d.hasTime = up.times[0].text, true
		d.doubt("本项未单列完成时限，按上一级标题的完成时限认定", "请确认时限是否适用于本项")
	}
	g.drafts, g.nodes = append(g.drafts, d), append(g.nodes, n)
}

// reBareYear is a year that only says what a sentence is about: 2022年对…减免租金. It
// gives way to the time stated with the units.
var reBareYear = regexp.MustCompile(`(^|[\n。；，])\d{4}年(对|新增|计划|继续|安排|实现|共|拟|全[市县区省])`)

// cutTitle shortens a sentence that is no heading at a clause boundary.
func cutTitle(s string) string {
	if utf8.RuneCountInString(s) <= 100 {
		return s
	}
	short := shorten(s, 100)
	if i := strings.LastIndexAny(short, "，；"); i > 0 {
		return short[:i]
	}
	return short
}

// clauses are the numbered paragraphs of the body of a plan whose tasks stand in a
// table: those that name units, or where none does, all that have a text.
func clauses(root *node, owners func(duty) []ledger.Owner) []ledger.Clause {
	var out, bare []ledger.Clause
	var visit func(n *node)
	visit = func(n *node) {
		for _, k := range n.kids {
			visit(k)
		}
		if n.parent == nil || n.text() == "" {
			return
		}
		c := ledger.Clause{ID: n.id(), Project: n.project(), Heading: heading(n.text())}
		c.Text = strings.TrimSpace(strings.TrimLeft(strings.TrimPrefix(n.all(), c.Heading), "。：:"))
		for _, l := range pickLabels(n, kindOwner) {
			c.Owners = append(c.Owners, owners(duty{prose, l.text})...)
		}
		switch {
		case len(c.Owners) > 0:
			out = append(out, c)
		case c.ID != "" && len(n.kids) == 0 && c.Text != "" && !isBackground(n):
			bare = append(bare, c)
		}
	}
	visit(root)
	if len(out) > 0 {
		return out
	}
	return bare
}
