package llm

import (
	"regexp"
	"slices"
)

// source: text of the facts stands with the task it belongs to.
func (p *sentence) source(i int) error {
	src := p.items[i].src
	switch src.kind {
	case "unit":
		return p.unit(i)
	case "title":
		return p.title(i)
	case "said", "why":
		return p.said(i)
	}
	return nil
}

// unit: a unit goes with one of the tasks named, with all of them after 均, with a
// task of the class just counted, or stands for its own tasks.
func (p *sentence) unit(i int) error {
	src := p.items[i].src
	about := p.scope
	if next := p.nextGroup(i); next != nil && (len(about) == 0 || !slices.ContainsFunc(p.items[p.start:i], func(it item) bool { return it.kind == isGroup })) {
		about = next // 市财政局负责的任务9
	}
	has := func(t string) bool { return src.tasks[t] }
	switch {
	case p.byUnit && len(p.nextGroup(i)) == 0:
		before := p.scope
		p.name(src)
		p.scope, p.weak, p.byUnit = append(p.scope, before...), true, true
	case len(about) > 0 && p.each && len(about) > 1:
		n := p.eachN["unit"]
		if p.eachN["unit"]++; n >= len(about) || !has(about[n]) {
			return p.lie("unit", i)
		}
	case len(about) > 0 && !p.weak && !p.covered(about, "unit"),
		len(about) > 0 && p.all && slices.ContainsFunc(about, func(t string) bool { return !has(t) }),
		len(about) > 0 && !slices.ContainsFunc(about, has):
		return p.lie("unit", i)
	case len(about) > 0:
	case slices.ContainsFunc(p.clause(), func(it item) bool { return it.kind == isCount || it.kind == isShare }):
		return p.lie("unit", i) // figures of one unit are not in the facts
	case len(p.anchors) > 0:
		members := p.k.classes[p.anchors[len(p.anchors)-1]].tasks
		for t := range src.tasks {
			if members[t] {
				return nil
			}
		}
		return p.lie("unit", i)
	default:
		p.name(src)
		p.byUnit = true
	}
	return nil
}

// eachUnit reports whether each unit of the sentence has one of the tasks, when the
// units stand for their tasks.
func (p *sentence) eachUnit(tasks map[string]bool) bool {
	for _, it := range p.items {
		if it.kind != isSource || it.src.kind != "unit" {
			continue
		}
		found := false
		for t := range it.src.tasks {
			found = found || tasks[t]
		}
		if !found {
			return false
		}
	}
	return true
}

// covered reports whether each task has a source of the kind in the clause, so that
// no task of several is given what is another's.
func (p *sentence) covered(tasks []string, kind string) bool {
	for _, t := range tasks {
		if !slices.ContainsFunc(p.clause(), func(it item) bool { return it.kind == isSource && it.src.kind == kind && it.src.tasks[t] }) {
			return false
		}
	}
	return true
}

// done are titles that would read as a report of success outside quotation marks.
var done = regexp.MustCompile(`完成|建成|办结|竣工|上线|投用|实现|达到|通过`)

// title: a title goes with its task, or names it.
func (p *sentence) title(i int) error {
	src := p.items[i].src
	has := func(t string) bool { return src.tasks[t] }
	if done.MatchString(src.text) && (i == 0 || p.items[i-1].kind != isMark) {
		return p.lie("closing", i)
	}
	if next := p.nextGroup(i); next != nil && p.close(i) {
		if !slices.ContainsFunc(next, has) {
			return p.lie("task", i)
		}
		return nil
	}
	if len(p.scope) == 0 || p.weak {
		p.name(src)
		return nil
	}
	if !slices.ContainsFunc(p.scope, has) || !p.covered(p.scope, "title") {
		return p.lie("task", i)
	}
	return nil
}

// close reports whether the next item but marks is task numbers: “标题”（任务20）.
func (p *sentence) close(i int) bool {
	for _, it := range p.items[i+1:] {
		if it.kind != isMark {
			return it.kind == isGroup
		}
	}
	return false
}

// said: what was reported stands with the task of the report. That all is done is told
// as a report or not at all, unless the task is closed.
func (p *sentence) said(i int) error {
	src := p.items[i].src
	for _, t := range p.ledTo(i) {
		if !src.tasks[t] {
			return p.lie("source", i)
		}
	}
	if len(p.scope) == 0 {
		p.scope, p.weak = p.about(i), false
	}
	if len(p.scope) == 0 { // a sentence of its own names its source
		return p.lie("source", i)
	}
	if p.byUnit && !p.eachUnit(src.tasks) {
		return p.lie("source", i)
	}
	if p.weak {
		p.scope = slices.DeleteFunc(slices.Clone(p.scope), func(t string) bool { return !src.tasks[t] })
	}
	if len(p.scope) == 0 {
		return p.lie("source", i)
	}
	for _, t := range p.scope {
		if !src.tasks[t] || src.bare && !p.heard && !p.k.classes[setClose].tasks[t] {
			return p.lie("source", i)
		}
	}
	return nil
}

// name makes the tasks of a source the scope, as when a title stands for a number.
func (p *sentence) name(src *source) {
	p.scope = p.scope[:0:0]
	for t := range src.tasks {
		p.scope = append(p.scope, t)
	}
	slices.Sort(p.scope)
	p.weak, p.byUnit = len(p.scope) > 1, false
}
