package llm

import (
	"slices"
	"strings"
)

// takeCounts gives each class the count beside it: 逾期3项, 3项任务逾期. The counts must
// be right.
func (p *sentence) takeCounts() error {
	for i := range p.items {
		if p.items[i].kind != isClass {
			continue
		}
		if j := p.fractionBefore(i); j >= 0 {
			if !p.ofWhole(i, j) {
				return p.lie("number", j)
			}
			p.items[j].used, p.items[i].used, p.items[i].n = true, true, j
			continue
		}
		j := p.beside(i, +1)
		if j < 0 {
			j = p.beside(i, -1)
		}
		if j < 0 {
			continue
		}
		p.items[j].used, p.items[j].set = true, p.items[i].set
		p.items[i].used, p.items[i].n = true, j
		set := p.items[i].set
		if set == setPush || p.countOf(i) != p.items[j].n || i > 0 && p.items[i-1].kind == isNone {
			return p.lie("number", j)
		}
	}
	for i := range p.items { // 到期4项, 4项30天内到期
		if p.items[i].text != "到期" || p.items[i].kind != isWord {
			continue
		}
		j := p.beside(i, +1)
		if j < 0 {
			j = p.beside(i, -1)
		}
		if j >= 0 {
			p.items[j].used = true
			p.items[i] = item{kind: isClass, text: "到期", set: setSoon, used: true, n: j}
			if p.countOf(i) != p.items[j].n {
				return p.lie("number", j)
			}
		}
	}
	return nil
}

// countOf is how many there are of the class at i: within a week or a month where the
// sentence says so, in which case its tasks are those of that time; -1 when the facts do
// not show that.
func (p *sentence) countOf(i int) int {
	j := p.governing(i)
	if j < 0 {
		return p.k.classes[p.items[i].set].count
	}
	c, ok := p.inSpan(i, j)
	if !ok {
		return -1
	}
	p.items[j].used = true
	name := p.items[i].set + p.items[j].text
	p.k.classes[name] = c
	p.items[i].set = name
	return c.count
}

// beside is the free count next to the class in one direction, with only words that
// claim nothing in between; -1 without.
func (p *sentence) beside(i, step int) int {
	for j := i + step; j >= 0 && j < len(p.items); j += step {
		switch it := p.items[j]; {
		case it.kind == isCount && !it.used:
			return j
		case it.kind == isWord, it.kind == isWithin, it.kind == isNone && step < 0:
		case it.kind == isMark && step > 0 && strings.Contains(":(“ ", it.text):
		default:
			return -1
		}
	}
	return -1
}

// class: a class word counts, heads a list, or says what the tasks of the scope are.
func (p *sentence) class(i int) error {
	it := &p.items[i]
	c := p.k.classes[it.set]
	if i > 0 && p.items[i-1].kind == isNone || i > 1 && p.items[i-1].kind == isWithin && p.items[i-2].kind == isNone {
		return p.none(i, c)
	}
	if it.set == setClose && i > p.start && (p.items[i-1].kind == isDate || strings.HasSuffix(p.items[i-1].text, "前")) && p.clauseHas(musts...) {
		return nil // 应于7月15日前办结 is a time limit
	}
	if it.set == setPush {
		if i > 0 && (strings.HasSuffix(p.items[i-1].text, "已") || p.items[i-1].text == "已经") {
			return p.lie("unknown", i) // 已催办 is news
		}
		p.request = true
	} else if it.set == setLook && !it.used {
		p.request = p.request || strings.HasPrefix(it.text, "需") || strings.HasPrefix(it.text, "请") || strings.HasPrefix(it.text, "建议")
	} else if it.used {
		return p.counted(i, c)
	}
	if i > 0 && it.set != setPush && it.set != setLook && strings.Contains(" 将 即 应 须 需 要 需要 占 ", " "+p.items[i-1].text+" ") {
		return p.lie(classKind(it.set), i) // what is to come, or the whole of a share
	}
	if p.byUnit && p.all {
		return p.lie(classKind(it.set), i)
	}
	if p.groupAhead(i) {
		p.head = it.set
		return nil
	}
	switch {
	case len(p.scope) > 0 && !p.weak:
		if !p.members(it.set, p.scope) {
			return p.lie(classKind(it.set), i)
		}
	case len(p.scope) > 0:
		if !slices.ContainsFunc(p.scope, func(t string) bool { return c.tasks[t] }) || p.byUnit && !p.eachUnit(c.tasks) {
			return p.lie(classKind(it.set), i)
		}
	case p.shareAhead(i):
		p.anchors = append(p.anchors, it.set)
	case p.all:
		if c.count != p.k.Total {
			return p.lie(classKind(it.set), i)
		}
		p.anchors = append(p.anchors, it.set)
	case c.count == 0, it.set != setPush && p.telling(i):
		return p.lie(classKind(it.set), i)
	default:
		p.head = it.set
	}
	return nil
}

// telling reports whether a class word stands as a predicate with nothing that it is
// said of, as in 计划已办结; 逾期任务 and 请关注逾期情况 are none.
func (p *sentence) telling(i int) bool {
	for _, it := range p.items[i+1:] {
		switch {
		case it.kind == isStop:
			return true
		case it.text == ":", it.text == "的", strings.Contains(it.text, "任务"), strings.Contains(it.text, "情况"), it.text == "事项", it.text == "方面", it.text == "单位":
			return false
		}
	}
	return true
}

func classKind(set string) string {
	if set == setClose {
		return "closing"
	}
	return "class"
}

func (p *sentence) counted(i int, c class) error {
	it := &p.items[i]
	if p.all && c.count != p.k.Total || p.byUnit || i > 0 && strings.Contains(" 将 即 占 ", " "+p.items[i-1].text+" ") {
		return p.lie(classKind(it.set), i)
	}
	for _, o := range p.items[p.start:min(i, it.n)] {
		if o.kind == isGroup && it.n > i || o.kind == isSource && o.src.kind != "plan" && !p.clauseGroup() {
			return p.lie("number", i) // a figure of the plan is none of one task or unit
		}
	}
	if p.base != "" && p.base != setOpen && p.clauseHas("其中") {
		return p.lie("number", i) // classes do not overlap
	}
	p.all = false
	p.told.count(it.set, c.percent != "")
	p.anchors, p.head = append(p.anchors, it.set), it.set
	if it.n < i { // 任务3、5等5项逾期
		for j := it.n - 1; j >= p.start; j-- {
			if p.items[j].kind == isGroup && !p.members(it.set, p.items[j].tasks) {
				return p.lie("task", j)
			}
		}
	}
	return nil
}

// none: 无逾期 of the scope, or of the whole.
func (p *sentence) none(i int, c class) error {
	it := &p.items[i]
	if p.byUnit {
		return p.lie("class", i)
	}
	if len(p.scope) == 0 {
		if c.count != 0 {
			return p.lie("class", i)
		}
		return nil
	}
	for _, t := range p.scope {
		if c.tasks[t] || len(c.tasks) != c.count || it.set == setPush {
			return p.lie("class", i)
		}
	}
	return nil
}

// groupAhead reports whether task numbers follow that the class heads. After other
// task numbers a 、 or 和 begins something new.
func (p *sentence) groupAhead(i int) bool {
	for _, it := range p.items[i+1:] {
		switch it.kind {
		case isGroup:
			return true
		case isWord, isMark:
			if len(p.scope) > 0 && (it.text == "、" || joins(it)) {
				return false
			}
		case isEach:
		case isSource:
			if it.src.kind != "title" && it.src.kind != "unit" {
				return false
			}
		default:
			return false
		}
	}
	return false
}

func joins(it item) bool {
	return it.kind == isWord && strings.Contains(" 和 与 及 以及 并 并且 而 同时 还有 另有 ", " "+it.text+" ")
}

func (p *sentence) shareAhead(i int) bool {
	for _, it := range p.items[i+1:] {
		if it.kind == isShare {
			return true
		}
		if it.kind != isWord && it.kind != isMark {
			return false
		}
	}
	return false
}
