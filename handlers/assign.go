package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runAssign hands a task to another unit, after a yes. Progress and history stay.
func runAssign(t *turn) (act, error) {
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	unit, ask, ok := t.oneUnit()
	if !ok {
		return ask, nil
	}
	p, point := t.book.Progress(x.No), t.lastPoint(x)
	if err := ledger.Lawful(ledger.StateOf(p, point), ledger.EventAssign); err != nil {
		return illegal(x, p, point, ledger.EventAssign), nil
	}
	if x.Lead() == unit {
		return say("无需转办", fmt.Sprintf("任务%s的责任单位已经是“%s”。", x.No, unit)), nil
	}
	old := strings.Join(x.Named(), "、")
	if old == "" {
		old = ownersText(x)
	}
	replaced := replacedBy(x.Owners, unit)
	if len(replaced) > 0 {
		old = strings.Join(replaced, "、")
	} else if x.RoleOf(unit) == chief(x.Owners) {
		return say("无需转办", fmt.Sprintf("任务%s的责任单位已经是“%s”。", x.No, unit)), nil
	}
	if !t.confirmed {
		return t.askAssign(x, unit, replaced), nil
	}
	keep := t.mean.Status == assignKeep
	e := t.event(x, point, ledger.EventAssign, ledger.Actor{ID: t.me.ID, Name: t.me.Name})
	e.Reason = old + " → " + unit
	stay := ""
	if keep {
		stay = "，" + strings.Join(replaced, "、") + "改为配合"
		e.Reason += stay
	}
	next := t.book.Plain(x.No)
	e.Handed = &ledger.Handed{Before: next.Owners, After: reassigned(next.Owners, unit, keep)}
	next.Owners = e.Handed.After
	rec, err := ledger.Put(ledger.RecordTask, x.No, next)
	if err != nil {
		return act{}, err
	}
	a := act{puts: []ledger.Record{rec}}
	t.mirrorTodos(&a, x, e, next.Named())
	told := t.deliver(&a, "assign/"+e.ID, append(x.Named(), unit), ledger.Body{Title: "转办 任务" + x.No, Tasks: []string{x.No},
		Text: fmt.Sprintf("【转办】任务%s %s，责任单位由%s调整为%s%s。已有反馈全部保留。", x.No, wording.Escape(wording.Short(x.Title, 60)), old, unit, stay)})
	a.reply = reply{title: "已转办", text: fmt.Sprintf("已转办：**任务%s** 责任单位由%s调整为%s%s，已有反馈全部保留。\n\n%s", x.No, old, unit, stay, told), tasks: []string{x.No}}
	return a, t.enter(&a, x, e, p.With(x.ID, e))
}

// The Status of a hand-over: what becomes of the units that had the task.
const (
	assignKeep = "keep" // they assist
	assignDrop = "drop"
)

// askAssign asks what becomes of the units that the new one takes the place of; where
// there are none, only for a yes.
func (t *turn) askAssign(x *ledger.Task, unit string, replaced []string) act {
	mean := understand.Meaning{Intent: understand.Assign, Task: x.No, Unit: unit}
	if len(replaced) == 0 {
		q := fmt.Sprintf("确认把任务%s“%s”由%s转给%s负责？", x.No, wording.Escape(wording.Short(x.Title, 30)), ownersText(x), unit)
		return act{reply: reply{title: "确认转办", text: q + "\n\n请回复“确认”或“取消”。", buttons: yesNo()}, ask: &pending{Asked: q, Task: x.No, Confirm: true, Mean: mean}}
	}
	q := fmt.Sprintf("把任务%s“%s”转给%s负责，原责任单位%s怎么列？", x.No, wording.Escape(wording.Short(x.Title, 30)), unit, wording.Escape(strings.Join(replaced, "、")))
	p := &pending{Asked: q, Task: x.No, Mean: mean}
	for _, c := range []struct{ label, status string }{{"改为配合单位", assignKeep}, {"不再列入", assignDrop}} {
		m := mean
		m.Status = c.status
		p.Choices = append(p.Choices, choice{Label: c.label, Mean: &m})
	}
	return act{reply: reply{title: "确认转办", text: q + "（尚未转办）\n\n1. 改为配合单位\n2. 不再列入\n\n请回复序号；不转办请回复“取消”。",
		buttons: []ledger.Button{{Label: "改为配合", Say: "1"}, {Label: "不再列入", Say: "2"}, {Label: "取消", Say: "取消"}}}, ask: p}
}

// chief is the role in which a unit takes a task over.
func chief(owners []ledger.Owner) ledger.Role {
	if slices.ContainsFunc(owners, func(o ledger.Owner) bool { return o.Role == ledger.RoleLead }) {
		return ledger.RoleLead
	}
	return ledger.RoleResponsible
}

// replacedBy lists the units whose place the unit takes.
func replacedBy(owners []ledger.Owner, unit string) []string {
	var out []string
	for _, o := range owners {
		if o.Name != unit && o.Role == chief(owners) && !o.Group {
			out = append(out, o.Name)
		}
	}
	return out
}

// reassigned puts the unit in the place of the leads (or, without leads, of the named
// responsible units), who then assist or are dropped; supporters, collective names and
// persons stay. Beside a lead a collective name assists: plans are read in that way, and
// the ledger is one when it comes back.
func reassigned(owners []ledger.Owner, unit string, keep bool) []ledger.Owner {
	role := chief(owners)
	out := []ledger.Owner{{Role: role, Name: unit}}
	if keep { // whoever is assisted leads
		out[0].Role = ledger.RoleLead
	}
	for _, o := range owners {
		switch {
		case o.Name == unit:
		case o.Role != role || o.Group && !keep:
			out = append(out, o)
		case keep:
			out = append(out, ledger.Owner{Role: ledger.RoleSupport, Name: o.Name, Group: o.Group})
		}
	}
	return out
}
