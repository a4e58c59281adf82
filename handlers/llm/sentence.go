package llm

import (
	"slices"
	"strings"
)

// sentence is one sentence while its claims are held against the facts.
type sentence struct {
	k     *known
	items []item
	carry []string // the tasks of the sentence before

	scope   []string // the tasks that a claim is about now
	weak    bool     // the scope was not named by number: any of them may be meant
	anchors []string // classes counted so far
	head    string   // class whose members are being listed
	start   int      // first item of the clause
	request bool     // somebody is being asked
	all     bool     // 全部, 均 in this clause
	each    bool     // 分别: the k-th figure is that of the k-th task
	eachN   map[string]int
	heard   bool // a report was announced
	days    string
	within  string   // the class last counted in the sentence before
	base    string   // the class that 其中 takes a part of
	listed  bool     // under a head of an earlier line
	told    told     // what was counted and named so far, here and in the sentences before
	left    []string // of what is left over, what is not named yet
	listing bool     // some of it was
	super   bool     // a superlative has named or made the scope
	expect  string   // the one task that may come next
	mostSet string   // the class that was said to be the largest or smallest
	byUnit  bool     // the scope is what the facts list of a unit, which may not be all it has
}

var requests = strings.Fields("请 建议 提请 需 需要 应 须 要 仍需 还需 另需 均需 下一步 下步 下阶段 后续 继续 应当")

// newest are words for the report that is newer than all others.
var newest = strings.Fields("最新反馈 最近反馈 最近一次反馈")

// dues and whens say what a date is.
var (
	dues   = strings.Fields("时限 时限为 办结时限 完成时限 期限 期限为 到期 到期日 截止日期 应于 须于 需于 将于 要求 要求于 定于 日前 之前 以前 前 为限")
	whens  = strings.Fields("反馈 反馈称 反馈显示 报告 报告称 填报 上报 报送 单位反馈 责任单位反馈 最新反馈 最近反馈 最近一次反馈 据反馈 反馈为 已于")
	musts  = strings.Fields("应于 须于 需于 要求 要求于 应 须 需 时限 时限为 定于")
	asOfs  = strings.Fields("截至 截止 截止到")
	ranges = strings.Fields("至 到 - — –")
)

// next is the sentence after, which may go on about the same tasks or list under the
// same head.
func (p *sentence) next(k *known, items []item) *sentence {
	n := &sentence{k: k, items: items, carry: p.carry, told: p.told}
	if len(p.scope) > 0 || len(p.anchors) > 0 {
		n.carry = p.scope
	}
	if len(p.anchors) > 0 {
		n.within = p.anchors[len(p.anchors)-1]
	}
	colon := len(p.items) > 0 && p.items[len(p.items)-1].text == ":"
	if p.head != "" && (colon || p.listed) && len(items) > 0 && items[0].kind == isGroup {
		n.head, n.listed = p.head, true
	}
	return n
}

// check evaluates the items in order; the classes take their figures first, so that a
// figure that no class has taken is known as such.
func (p *sentence) check() error {
	p.eachN = map[string]int{}
	if err := p.takeCounts(); err != nil {
		return err
	}
	for i := range p.items {
		if err := p.item(i); err != nil {
			return err
		}
	}
	if p.byUnit && !slices.ContainsFunc(p.items, func(it item) bool {
		return it.kind != isWord && it.kind != isMark && it.kind != isStop && (it.kind != isSource || it.src.kind != "unit")
	}) {
		return &Lie{"unit", "a unit as a head would claim the figures that follow"}
	}
	if p.listing && len(p.left) > 0 || p.expect != "" {
		return &Lie{"task", "not all that is left over"}
	}
	return nil
}

func (p *sentence) lie(kind string, i int) error { return &Lie{kind, p.items[i].text} }

func (p *sentence) item(i int) error {
	it := &p.items[i]
	switch it.kind {
	case isStop:
		p.start, p.all = i+1, false
	case isWord:
		return p.word(i)
	case isGroup:
		return p.group(i)
	case isClass:
		return p.class(i)
	case isCount:
		return p.count(i)
	case isDays:
		if it.set == "again" && (p.each || p.super) {
			it.set = p.days
		}
		p.days = it.set
		return p.ofEach(i, "days", func(f fact) bool { return daysMatch(it, f.Days) })
	case isShare:
		return p.share(i)
	case isDate:
		return p.date(i)
	case isWithin:
		if it.set == "past" {
			if it.n != p.k.period() {
				return p.lie("number", i)
			}
		} else if it.n != p.k.SoonDays || !p.clauseHas("到期", "即将到期", "将到期") {
			return p.lie("number", i)
		}
	case isNone:
		if i+1 >= len(p.items) || p.items[i+1].kind != isClass && p.items[i+1].kind != isWithin {
			return p.lie("unknown", i)
		}
	case isAll:
		if p.all = true; strings.HasSuffix(it.text, "已") && p.news(i+1) {
			return p.lie("unknown", i)
		}
	case isEach:
		p.each = true
	case isRest:
		return p.rest(i)
	case isMost:
		return p.most(i)
	case isReport:
		return p.report(i)
	case isAct:
		return p.act(i)
	case isSource:
		return p.source(i)
	case isCite:
		return p.cite(i)
	}
	return nil
}

func (p *sentence) word(i int) error {
	switch t := p.items[i].text; {
	case slices.Contains(requests, t):
		p.request = true
	case strings.HasPrefix(t, "该") && strings.HasSuffix(t, "任务"), t == "此任务", t == "本任务", t == "该项":
		if len(p.scope) == 0 {
			p.scope = p.carry
		}
		if len(p.scope) != 1 {
			return p.lie("task", i)
		}
	case t == "其中":
		if p.base = p.within; len(p.anchors) > 0 {
			p.base = p.anchors[len(p.anchors)-1]
		}
	case slices.Contains(newest, t) && len(p.scope) == 0 && p.nextGroup(i) != nil:
		if p.expect = p.k.newest(); p.expect == "" {
			return p.lie("unknown", i)
		}
	case (t == "已" || t == "已经" || t == "现已" || t == "目前已") && p.news(i+1):
		return p.lie("unknown", i)
	default:
		return p.leads(i)
	}
	return nil
}

// group opens a new scope. In a list under a class every task must be of that class,
// unless a new clause says something of its own about it.
func (p *sentence) group(i int) error {
	it := &p.items[i]
	for _, t := range it.tasks {
		if _, ok := p.k.tasks[t]; !ok {
			return &Lie{"task", t}
		}
	}
	if p.expect != "" && !slices.Equal(it.tasks, []string{p.expect}) {
		return p.lie("task", i)
	}
	p.expect = ""
	if err := p.listedRest(i); err != nil {
		return err
	}
	if p.told.inner != "" && p.members(p.told.inner, it.tasks) {
		p.told.name(it.tasks)
	}
	if p.head != "" && !p.members(p.head, it.tasks) {
		if p.start <= 1 || p.items[p.start-1].kind != isStop || !p.ownClaim(i) || p.introduced(i) {
			return p.lie("task", i)
		}
		p.head = ""
	}
	p.scope, p.weak, p.byUnit, p.each = it.tasks, false, false, false
	return nil
}

// introduced reports whether the clause of a group ties it to the list before: 其中,
// 分别是, 为.
func (p *sentence) introduced(i int) bool {
	for _, it := range p.items[p.start:i] {
		if it.kind == isWord && strings.Contains("其中 为 是 即 分别为 分别是 包括 包含 具体为 具体是 具体包括 有", it.text) || it.kind == isEach {
			return true
		}
	}
	return false
}

// ownClaim reports whether something is said of the group before the next one.
func (p *sentence) ownClaim(i int) bool {
	for _, it := range p.items[i+1:] {
		switch it.kind {
		case isGroup:
			return false
		case isClass, isDays, isDate, isShare:
			return true
		case isSource:
			if it.src.kind == "said" || it.src.kind == "why" {
				return true
			}
		}
	}
	return false
}

func (p *sentence) members(set string, tasks []string) bool {
	for _, t := range tasks {
		if !p.k.classes[set].tasks[t] {
			return false
		}
	}
	return true
}

// report: whoever is said to have reported has.
func (p *sentence) report(i int) error {
	p.heard = true
	if p.request {
		return nil
	}
	if (p.all || i > 0 && strings.HasSuffix(p.items[i-1].text, "已")) && len(p.scope) == 0 {
		return p.lie("class", i)
	}
	for _, t := range p.scope {
		if !p.weak && !slices.ContainsFunc(p.k.tasks[t], func(f fact) bool { return f.When != "" }) {
			return p.lie("source", i)
		}
	}
	return nil
}

// clause is the items of the clause in which we are.
func (p *sentence) clause() []item {
	end := p.start
	for end < len(p.items) && p.items[end].kind != isStop {
		end++
	}
	return p.items[p.start:end]
}

func (p *sentence) clauseHas(words ...string) bool {
	return slices.ContainsFunc(p.clause(), func(it item) bool { return slices.Contains(words, it.text) })
}
