package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// Whatever is kept names a task by its ID; people call it by the number of now. The
// functions of this file lead from one to the other, and ask where a revision has made a
// number ambiguous.

// idOf is the ID of the task that has the number now; empty when none has.
func (t *turn) idOf(no string) string {
	if x := t.book.Task(no); x != nil {
		return x.ID
	}
	return ""
}

// named puts the IDs of the tasks that notices speak of in the place of their numbers.
func named(b *ledger.Book, list []ledger.Notice) []ledger.Notice {
	for i := range list {
		list[i].Body.Tasks = b.IDs(list[i].Body.Tasks)
	}
	return list
}

// renamed puts other names of its tasks (IDs for numbers, or numbers for IDs) into the
// question. It reports false when a task has none any more, so that there is nothing left
// to answer. A number that never was a task's stays a number, marked while it is kept.
func (p *pending) renamed(names func([]string) []string) bool {
	ok := true
	one := func(s string) string {
		switch list := names([]string{s}); {
		case s == "":
			return ""
		case len(list) == 1:
			return list[0]
		case strings.HasPrefix(s, noTask):
			return strings.TrimPrefix(s, noTask)
		}
		ok = false
		return noTask + s
	}
	p.Task, p.Mean.Task = one(p.Task), one(p.Mean.Task)
	p.Mean.Tasks, p.Choices = slices.Clone(p.Mean.Tasks), slices.Clone(p.Choices)
	for i, no := range p.Mean.Tasks {
		p.Mean.Tasks[i] = one(no)
	}
	for i, c := range p.Choices {
		p.Choices[i].Task = one(c.Task)
		if c.Mean != nil {
			m := *c.Mean
			m.Task = one(m.Task)
			p.Choices[i].Mean = &m
		}
	}
	return ok
}

// noTask marks what is kept of a question as a number of no task.
const noTask = "#"

// How long after a revision a number may still be meant as it was: typed by somebody, or
// read from a message of the bot whose tasks are no longer known.
const (
	oldTyped  = 7
	oldQuoted = 60
)

// formerly lists the tasks that had the number until not long ago.
func (t *turn) formerly(no string) []*ledger.Task {
	days := oldTyped
	if t.m.Quote != nil {
		days = oldQuoted
	}
	var out []*ledger.Task
	for _, x := range t.book.Tasks {
		if x.No != no && slices.ContainsFunc(x.Was, func(f ledger.Former) bool { return f.No == no && t.today.Sub(f.Until) <= days }) {
			out = append(out, x)
		}
	}
	return out
}

// renumbered asks which task is meant by a number that a revision has given to another, when
// the speaker may act on the one that had it before. A task that was quoted, chosen or
// confirmed is certain.
func (t *turn) renumbered(no string) (act, bool) {
	if t.mean.ReadOnly || t.quoted || t.chosen || t.confirmed {
		return act{}, false
	}
	old := slices.DeleteFunc(t.formerly(no), func(x *ledger.Task) bool { return t.unit(x) == "" && !may(t.me, decide) && !may(t.me, reportFor) })
	if len(old) == 0 {
		return act{}, false
	}
	list := old
	if x := t.book.Task(no); x != nil {
		list = append([]*ledger.Task{x}, old...)
	}
	a := t.askTask(list, true)
	a.reply.text = fmt.Sprintf("方案修订后编号有变动，原任务%s现为任务%s。", wording.Escape(no), wording.Numbers(nos(old))) + a.reply.text
	return a, true
}

// formerNumbers says under which numbers the task was known before; empty without any.
func formerNumbers(x *ledger.Task) string {
	if len(x.Was) == 0 {
		return ""
	}
	list := make([]string, len(x.Was))
	for i, f := range x.Was {
		list[i] = fmt.Sprintf("任务%s（至%s）", f.No, f.Until.Chinese())
	}
	return "原编号：" + strings.Join(list, "、")
}

func nos(list []*ledger.Task) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.No
	}
	return out
}
