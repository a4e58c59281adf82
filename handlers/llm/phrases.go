package llm

import (
	"slices"
	"strings"
)

// news reports whether 已 turns the item into something that has happened, which no
// fact says.
func (p *sentence) news(i int) bool {
	if i >= len(p.items) {
		return true
	}
	switch it := p.items[i]; it.kind {
	case isWord:
		return !strings.Contains(" 有 达 达到 共 占 到期 ", " "+it.text+" ")
	case isSource:
		return it.src.kind != "why" || !strings.HasPrefix(it.src.text, "逾期")
	case isAct, isMark, isStop:
		return true
	}
	return false
}

// leads holds words that are nothing without what they lead to: 达到 needs a figure,
// 属于 a class, 到期 a time.
func (p *sentence) leads(i int) error {
	t := " " + p.items[i].text + " "
	switch {
	case strings.Contains(" 达 达到 已达 进度达 进度达到 进度已达 推进至 完成进度 ", t):
		if !p.followed(i, isShare) && !(p.super && p.followed(i, isDays)) {
			return p.lie("unknown", i)
		}
	case strings.Contains(" 属于 处于 计为 属 ", t):
		if !p.followed(i, isClass) {
			return p.lie("unknown", i)
		}
	case t == " 到期 " && len(p.scope) > 0:
		for _, it := range p.clause() {
			if it.kind == isDate || it.kind == isDays || it.kind == isWithin || it.kind == isMost {
				return nil
			}
		}
		return p.lie("class", i)
	}
	return nil
}

// followed reports whether the next item but marks is of the kind.
func (p *sentence) followed(i int, kind string) bool {
	for _, it := range p.items[i+1:] {
		if it.kind != isMark {
			return it.kind == kind
		}
	}
	return false
}

// act: what is to be done is asked for and not told as done, and asked only where the
// facts give cause.
func (p *sentence) act(i int) error {
	if !p.request {
		return p.lie("unknown", i)
	}
	for _, it := range p.items[p.start:i] {
		if it.text == "已" || it.text == "已经" || it.kind == isAll && len(p.scope) == 0 {
			return p.lie("unknown", i)
		}
	}
	if len(p.scope) == 0 && p.k.classes[setPush].count == 0 {
		return p.lie("class", i)
	}
	if !p.members(setPush, p.nextGroup(i)) || !p.weak && !p.members(setPush, p.scope) {
		return p.lie("class", i)
	}
	return nil
}

// cite: a source mark names a report that there is, of a task that the sentence is
// about.
func (p *sentence) cite(i int) error {
	it := &p.items[i]
	about := p.scope
	if len(about) == 0 {
		about = p.carry
	}
	if !slices.Contains(about, it.tasks[0]) {
		return p.lie("source", i)
	}
	if !slices.ContainsFunc(p.k.tasks[it.tasks[0]], func(f fact) bool { return it.d.is(f.When) }) {
		return p.lie("source", i)
	}
	return nil
}
