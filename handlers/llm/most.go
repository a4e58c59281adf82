package llm

import (
	"cmp"
	"slices"
	"strings"
)

// The words of the first and last of a row.
var (
	highest = []string{"最长", "最久", "最多"}
	lowest  = []string{"最短", "最少"}
	first   = []string{"最先", "最早"}
	latest  = []string{"最晚", "最后"}
)

// most: the task that is overdue the longest, the one that falls due first, or the class
// with the most tasks, where the facts show the whole row and one stands alone at its end.
func (p *sentence) most(i int) error {
	text := p.items[i].text
	has := func(words []string) bool { return slices.Contains(words, text) }
	if !p.onlyWords(rowWords) {
		return p.lie("unknown", i)
	}
	days := text != "最多" && text != "最少" || i > p.start && p.items[i-1].text == "天数"
	var winner string
	switch {
	case (has(highest) || has(lowest)) && days && p.clauseClass("逾期"):
		winner = p.k.longest(has(lowest))
	case (has(first) || has(latest)) && (p.clauseHas("到期") || p.clauseClass(setSoon)):
		winner = p.k.soonest(has(latest) && p.spoken(setSoon))
		if has(latest) && !p.spoken(setSoon) {
			winner = ""
		}
	case text == "最多" || text == "最少":
		return p.mostClass(i, text == "最少")
	}
	if winner == "" || p.byUnit {
		return p.lie("unknown", i)
	}
	named := slices.ContainsFunc(p.items[p.start:i], func(it item) bool { return it.kind == isGroup })
	next := p.nextGroup(i)
	switch {
	case named && !slices.Equal(p.scope, []string{winner}), !named && next != nil && !slices.Equal(next, []string{winner}):
		return p.lie("task", i)
	case !named:
		p.scope, p.weak = []string{winner}, false
	}
	p.days, p.super = "over", true
	return nil
}

// rowWords are all that may stand beside a superlative: another word may say that it is
// of something else.
var rowWords = strings.Fields("时间 天数 数量 任务 督办任务 事项 各类 各类任务 类 的 是 为 在 中 内 其中 目前 当前 即 有 共 共有 将 到期 逾期 以上")

// onlyWords reports whether the clause has no other words than these.
func (p *sentence) onlyWords(words []string) bool {
	return !slices.ContainsFunc(p.clause(), func(it item) bool { return it.kind == isWord && !slices.Contains(words, it.text) })
}

// clauseClass reports whether the clause speaks of the class.
func (p *sentence) clauseClass(set string) bool {
	return slices.ContainsFunc(p.clause(), func(it item) bool {
		return it.kind == isClass && it.set == set || it.kind == isDays && it.set == "over" && set == "逾期"
	})
}

// spoken reports whether the sentence counts the class, or is about its days.
func (p *sentence) spoken(set string) bool {
	return slices.ContainsFunc(p.items, func(it item) bool { return it.kind == isClass && it.set == set && it.used })
}

// longest is the overdue task with the most (or the fewest) days behind it.
func (k *known) longest(least bool) string {
	if len(k.Overdue) < k.classes["逾期"].count && (least || !slices.IsSortedFunc(k.Overdue, func(a, b fact) int { return cmp.Compare(b.over(), a.over()) })) {
		return "" // cut short, and not of what is asked for
	}
	return alone(k.Overdue, func(f fact) int {
		if least {
			return -f.over()
		}
		return f.over()
	})
}

func (f fact) over() int { return atoi(digits.FindString(f.Days)) }

// soonest is the task that falls due first (or last) of those that do within the days.
func (k *known) soonest(last bool) string {
	at := func(f fact) int {
		d, _, _ := dayOf(f.Due)
		return d.y*10000 + d.m*100 + d.d
	}
	if len(k.Soon) < k.SoonAll && (last || !slices.IsSortedFunc(k.Soon, func(a, b fact) int { return cmp.Compare(at(a), at(b)) })) {
		return ""
	}
	return alone(k.Soon, func(f fact) int {
		if last {
			return at(f)
		}
		return -at(f)
	})
}

// newest is the task that was reported on last.
func (k *known) newest() string {
	at := func(f fact) int {
		d, _, _ := dayOf(f.When)
		return d.y*10000 + d.m*100 + d.d
	}
	if len(k.Moved) < k.MovedAll && !slices.IsSortedFunc(k.Moved, func(a, b fact) int { return cmp.Compare(at(b), at(a)) }) {
		return ""
	}
	return alone(k.Moved, at)
}

// alone is the task with the greatest value; empty when two share it.
func alone(list []fact, value func(fact) int) string {
	var best *fact
	twice := false
	for i := range list {
		switch f := &list[i]; {
		case best == nil || value(*f) > value(*best):
			best, twice = f, false
		case value(*f) == value(*best):
			twice = true
		}
	}
	if best == nil || twice {
		return ""
	}
	return best.Task
}

// mostClass: 正常推进的任务最多, 数量最多的是正常推进的任务.
func (p *sentence) mostClass(i int, least bool) error {
	if p.byUnit || len(p.scope) > 0 || p.clauseUnit() {
		return p.lie("unknown", i)
	}
	set := ""
	for _, it := range p.clause() {
		if it.kind == isClass {
			if set != "" || it.used {
				return p.lie("unknown", i)
			}
			set = it.set
		}
	}
	c, ok := p.k.classes[set]
	if !ok || c.percent == "" || set == setOpen {
		return p.lie("class", i)
	}
	for _, o := range p.k.Classes {
		if o.Word != set && (!least && o.Count >= c.count || least && o.Count <= c.count) {
			return p.lie("class", i)
		}
	}
	p.anchors, p.mostSet = append(p.anchors, set), set
	return nil
}
