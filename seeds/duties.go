package seeds

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/store/ledger"
)

// gatherer decides which numbered paragraphs are tasks.
type gatherer struct {
	dated  func(string) bool // whether prose states a time that can be kept
	drafts []draft
	nodes  []*node // the paragraph of each draft

	problems []ledger.Problem
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
	g.walk(root, nil, nil)
	g.prune()
}

// walk visits an item with the owner and time labels of the headings over it.
func (g *gatherer) walk(n *node, owners, times []label) {
	before := len(g.drafts)
	if n.scoped() && len(n.kids) == 0 {
		return
	}
	if n.parent != nil && n.owned() && (len(n.kids) == 0 || !g.governs(n)) {
		g.add(n, owners, times)
		return
	}
	if n.owned() {
		owners = pickLabels(n, kindOwner)
	}
	if n.timed() {
		times = pickLabels(n, kindTime)
	} else if t := n.timeHeading(); t != "" {
		times = []label{{kind: kindTime, text: t}}
	}
	for _, k := range n.kids {
		g.walk(k, owners, times)
	}
	if n.parent == nil || len(g.drafts) > before {
		return
	}
	if len(n.kids) == 0 && (len(owners) > 0 || n.timed()) || g.dated(n.all()) {
		g.add(n, owners, times)
	}
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
	dated, headed, owned := 0, 0, 0
	for _, k := range n.kids {
		if k.owned() || k.anyOwned() {
			owned++
		}
		if k.timed() || g.dated(k.all()) {
			dated++
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
	case n.goesOn():
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

// goesOn reports whether the items under the heading go on with the numbers of the
// group before, as the tasks of one list do.
func (n *node) goesOn() bool {
	return len(n.kids) > 0 && ordinal(n.kids[0].no) > 1
}

// all is the text of the item and of everything under it.
func (n *node) all() string {
	parts := append([]string{n.text()}, n.detail...)
	for _, k := range n.kids {
		parts = append(parts, k.all())
	}
	return strings.Join(parts, "\n")
}

func (g *gatherer) add(n *node, owners, times []label) {
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
	if n.lent {
		d.doubt("本项没有责任单位", "按其后条目的责任单位认定，请确认")
	}
	if len(d.owners) == 0 && len(owners) > 0 {
		for _, l := range owners {
			d.owners = append(d.owners, duty{prose, l.text})
		}
		d.doubt("本项未单列责任单位，按上一级标题的责任单位认定", "请确认责任单位是否适用于本项")
	}
	if d.time == "" && len(times) > 0 && !g.dated(d.prose) {
		d.time, d.hasTime = times[0].text, true
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

// reClosing tells the closing articles of a document from tasks.
var reClosing = regexp.MustCompile(`(?:自.{0,12}起(?:施行|执行|实施)|有效期|由.{2,20}负责解释|同时废止)`)

// reOwnWords opens a sentence in which the document speaks of itself.
var reOwnWords = regexp.MustCompile(`^(?:本|此|上述|以上)(?:措施|方案|意见|办法|通知|计划|要点|细则|规定|清单|政策|实施)`)

// prune drops items that are tasks by a date in their prose only, where the others
// show that they belong to another part of the document.
func (g *gatherer) prune() {
	style, owned := g.mainStyle()
	kept, nodes := g.drafts[:0], g.nodes[:0]
	for i, d := range g.drafts {
		n := g.nodes[i]
		explicit := len(d.owners) > 0 || n.timed()
		if !explicit && (reClosing.MatchString(d.title) || owned && n.style != style || isBackground(n) && (n.style != style || !g.inSeries(i))) {
			g.problems = append(g.problems, ledger.Problem{Row: "第" + strconv.Itoa(d.line) + "行",
				Text: "“" + shorten(d.title, 24) + "”有时间要求，但不在任务部分", Proposal: "未列为任务，如需督办请另行添加"})
			continue
		}
		kept, nodes = append(kept, d), append(nodes, n)
	}
	g.drafts, g.nodes = kept, nodes
}

// mainStyle is the numbering of most tasks that name units (of all, if none does).
func (g *gatherer) mainStyle() (numeral, bool) {
	var owned, all [hanOrdinal + 1]int
	for i, d := range g.drafts {
		all[g.nodes[i].style]++
		if len(d.owners) > 0 {
			owned[g.nodes[i].style]++
		}
	}
	best, count := maxIndex(owned)
	if count > 0 {
		return best, true
	}
	best, _ = maxIndex(all)
	return best, false
}

func maxIndex(counts [hanOrdinal + 1]int) (numeral, int) {
	best := plain
	for i, c := range counts {
		if c > counts[best] {
			best = numeral(i)
		}
	}
	return best, counts[best]
}

// inSeries reports whether the next task of the same style goes on counting from
// this one across a heading, so that both stand in one list.
func (g *gatherer) inSeries(i int) bool {
	n := g.nodes[i]
	for _, m := range g.nodes[i+1:] {
		if m.style == n.style && m.parent != n.parent {
			return ordinal(m.no) > ordinal(n.no)
		}
	}
	return false
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
