package llm

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

// count: a count that no class has taken is that of the tasks named before it, of the
// list they are examples of, or the total.
func (p *sentence) count(i int) error {
	it := &p.items[i]
	if it.used {
		return nil
	}
	if len(p.scope) > 0 && !p.weak {
		if it.n == len(p.scope) || p.head != "" && p.members(p.head, p.scope) && it.n == p.k.classes[p.head].count {
			return nil
		}
		return p.lie("number", i)
	}
	p.all = false
	if set := p.mostSet; set != "" {
		if p.mostSet = ""; it.n != p.k.classes[set].count || p.anchors[len(p.anchors)-1] != set {
			return p.lie("number", i)
		}
		p.told.count(set, true)
		return nil
	}
	if it.n != p.k.Total || len(p.scope) > 0 || p.clauseUnit() {
		return p.lie("number", i)
	}
	return nil
}

func (p *sentence) clauseGroup() bool {
	return slices.ContainsFunc(p.clause(), func(it item) bool { return it.kind == isGroup })
}

func (p *sentence) clauseUnit() bool {
	return slices.ContainsFunc(p.clause(), func(it item) bool { return it.kind == isSource && it.src.kind == "unit" })
}

// share: a percentage is that of a class just counted, or the progress of the tasks.
func (p *sentence) share(i int) error {
	it := &p.items[i]
	if it.used {
		return nil
	}
	same := func(s string) bool {
		b, ok := percent(s)
		if it.frac != nil {
			return ok && it.frac.holds(b, 100)
		}
		a, is := percent(it.text)
		return ok && is && math.Abs(a-b) < 1e-9
	}
	if len(p.anchors) > 0 && !p.clauseHas("进度", "进度为", "当前进度", "目前进度", "报告进度", "进度达", "推进至", "进度已达", "进度达到", "填报进度") && (len(p.scope) == 0 || p.clauseHas("占", "占比", "占比为", "占总数", "占总数的", "比例", "比例为", "率")) {
		set := p.anchors[len(p.anchors)-1]
		if p.each {
			n := p.eachN["share"]
			if p.eachN["share"]++; n >= len(p.anchors) {
				return p.lie("number", i)
			}
			set = p.anchors[n]
		}
		c := p.k.classes[set]
		if it.frac == nil && !same(c.percent) || it.frac != nil && (c.percent == "" || p.base != "" || !it.frac.holds(float64(c.count), float64(p.k.Total))) {
			return p.lie("number", i)
		}
		return nil
	}
	return p.ofEach(i, "share", func(f fact) bool { return f.Percent != "" && same(f.Percent) })
}

// ofEach holds a figure against every task that it is said of; after 分别, against the
// one whose turn it is.
func (p *sentence) ofEach(i int, kind string, ok func(fact) bool) error {
	tasks := p.about(i)
	if p.each && len(tasks) > 1 {
		n := p.eachN[kind]
		if p.eachN[kind]++; n >= len(tasks) {
			return p.lie("number", i)
		}
		tasks = tasks[n : n+1]
	}
	if len(tasks) == 0 {
		return p.lie("number", i)
	}
	for _, t := range tasks {
		if !slices.ContainsFunc(p.k.tasks[t], ok) {
			return p.lie("number", i)
		}
	}
	return nil
}

// about is the tasks that a figure is said of: those that it leads to (逾期2天的任务5),
// those named before it, or those that the clause goes on to name.
func (p *sentence) about(i int) []string {
	if next := p.ledTo(i); next != nil {
		return next
	}
	if len(p.scope) > 0 {
		return p.scope
	}
	if next := p.nextGroup(i); next != nil {
		return next
	}
	if len(p.clause()) == 1 && i+2 < len(p.items) {
		return p.nextGroup(i + 1) // 7月25日，任务20…
	}
	return nil
}

// ledTo is the task numbers that follow with nothing but words between.
func (p *sentence) ledTo(i int) []string {
	for _, it := range p.items[i+1:] {
		switch {
		case it.kind == isGroup:
			return it.tasks
		case it.kind != isWord, joins(it):
			return nil
		}
	}
	return nil
}

// nextGroup is the next task numbers in the clause.
func (p *sentence) nextGroup(i int) []string {
	for _, it := range p.items[i+1:] {
		if it.kind == isStop {
			return nil
		}
		if it.kind == isGroup {
			return it.tasks
		}
	}
	return nil
}

var digits = regexp.MustCompile(`\d+`)

func daysMatch(it *item, fact string) bool {
	n := atoi(digits.FindString(fact))
	switch it.set {
	case "over":
		return strings.HasPrefix(fact, "逾期") && n == it.n
	case "left":
		return strings.HasPrefix(fact, "还剩") && n == it.n
	}
	return it.set == "today" && fact == "今天到期"
}
