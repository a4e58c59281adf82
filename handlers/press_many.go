package handlers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// maxPressed bounds how many tasks one order presses.
const maxPressed = 50

// urgeUnit presses a unit for all its overdue, lagging and near tasks in one message; the
// unit must sign for each.
func (t *turn) urgeUnit() (act, error) {
	unit, ask, ok := t.oneUnit()
	if !ok {
		return ask, nil
	}
	var list []*ledger.Task
	for _, x := range t.owned([]string{unit}) {
		l := t.level(x)
		if (l == ledger.LevelOverdue || l == ledger.LevelNear || l == ledger.LevelBehind) && !x.Finished(t.book.Progress(x.No), t.today, unit) && t.pressable(x) {
			list = append(list, x)
		}
	}
	if len(list) == 0 {
		return say("没有需要催办的任务", fmt.Sprintf("%s目前没有逾期、滞后或临期的任务，未发催办。", unit)), nil
	}
	return t.pressUnits(list, func(*ledger.Task) []string { return []string{unit} })
}

// pressable reports whether the state of the task allows a pressing.
func (t *turn) pressable(x *ledger.Task) bool {
	return ledger.Lawful(ledger.StateOf(t.book.Progress(x.No), t.lastPoint(x)), ledger.EventPress) == nil
}

// urgeMany presses the units of all tasks that are overdue, or that are not reported on in
// their period, after one yes to the list.
func (t *turn) urgeMany() (act, error) {
	what, list, err := t.owingTasks()
	switch {
	case err != nil:
		return act{}, err
	case what == "":
		return say("没有开通定期报送", "还没有开通定期报送，没有“未报送”的任务。要催办逾期的，请回复“催办所有逾期的”。（未做任何改动）"), nil
	case len(list) == 0:
		return say("没有需要催办的任务", fmt.Sprintf("目前没有%s的任务，未发催办。", what)), nil
	}
	if t.confirmed { // only those that were listed
		list = slices.DeleteFunc(list, func(x *ledger.Task) bool { return !slices.Contains(t.mean.Tasks, x.No) })
		if len(list) == 0 {
			return say("没有需要催办的任务", "所列任务的情况已有变动，未发催办。"), nil
		}
		return t.pressUnits(list, t.owers)
	}
	sortByDue(t, list)
	more := len(list) - maxPressed
	list = list[:min(len(list), maxPressed)]
	q := fmt.Sprintf("确认催办以下%s%s的任务？", count(len(list)), what)
	p := &pending{Asked: q, Confirm: true, Mean: t.mean}
	p.Mean.Tasks = nil
	var b strings.Builder
	b.WriteString(q + "（尚未发出）\n\n")
	for _, x := range list {
		p.Mean.Tasks = append(p.Mean.Tasks, x.No)
		fmt.Fprintf(&b, "- 任务%s %s：%s\n", x.No, wording.Escape(wording.Short(x.Title, 24)), wording.Units(t.owers(x), 3))
	}
	if more > 0 {
		fmt.Fprintf(&b, "- 其余%s一次发不完，请之后再发\n", count(more))
	}
	b.WriteString("\n请回复“确认”或“取消”。")
	return act{reply: reply{title: "确认催办", text: b.String(), buttons: yesNo()}, ask: p}, nil
}

// owers are the units that are pressed for the task: those whose share is not done.
func (t *turn) owers(x *ledger.Task) []string {
	if t.mean.Status == understand.UrgeUnreported {
		return x.Reporters()
	}
	if owing := x.Owing(t.book.Progress(x.No), t.lastPoint(x)); len(owing) > 0 {
		return owing
	}
	return x.Named()
}

// owingTasks lists the tasks that are to be pressed and says what they owe; nothing where
// that cannot be owed.
func (t *turn) owingTasks() (string, []*ledger.Task, error) {
	var list []*ledger.Task
	if t.mean.Status == understand.UrgeOverdue {
		for _, x := range t.book.Tasks {
			if t.level(x) == ledger.LevelOverdue && t.see.sees(x) && t.pressable(x) && len(t.owers(x)) > 0 {
				list = append(list, x)
			}
		}
		return "逾期", list, nil
	}
	var due []*duePeriod
	for _, x := range t.book.Tasks {
		if r := t.reporting(x); r.Every.On() {
			due = t.dueOf(due, r, x)
		}
	}
	if len(due) == 0 {
		return "", nil, nil
	}
	for _, p := range due {
		has, err := t.reportedIn(p.from, p.to)
		if err != nil {
			return "", nil, err
		}
		for _, x := range p.tasks {
			if !has[x.No] && t.see.sees(x) && t.pressable(x) && len(x.Reporters()) > 0 && ledger.Reportable(x, t.book.Progress(x.No), p.day) {
				list = append(list, x)
			}
		}
	}
	return "未报送", list, nil
}

// pressUnits sends each unit one message on all its tasks of the list, and gives each task
// an event of its own.
func (t *turn) pressUnits(list []*ledger.Task, units func(*ledger.Task) []string) (act, error) {
	sortByDue(t, list)
	byUnit := map[string][]*ledger.Task{}
	a, nos := act{}, []string{}
	for i, x := range list {
		nos = append(nos, x.No)
		e := t.event(x, t.lastPoint(x), ledger.EventPress, ledger.Actor{ID: t.me.ID, Name: t.me.Name})
		e.ID, e.Units = eventID(t.now, t.m.ID, i), units(x)
		for _, u := range e.Units {
			byUnit[u] = append(byUnit[u], x)
		}
		if err := t.enter(&a, x, e, t.book.Progress(x.No).With(x.ID, e)); err != nil {
			return act{}, err
		}
	}
	names := slices.Sorted(maps.Keys(byUnit))
	before := len(a.notices)
	var told []string
	for _, unit := range names {
		told = append(told, t.pressUnit(&a, unit, byUnit[unit], len(names) > 1))
	}
	done := "已催办"
	if len(a.notices) == before {
		done = "已登记催办，但未能送达，请另行通知"
	}
	head := fmt.Sprintf("%s：%s的%s任务（%s）", done, wording.Units(names, 3), count(len(list)), wording.Numbers(nos))
	a.reply = reply{title: "已催办", text: wording.Cut(head+"\n\n"+strings.Join(told, "\n"), pageBytes), tasks: nos}
	return a, nil
}

// pressUnit owes one unit the message on its tasks and says who is told.
func (t *turn) pressUnit(a *act, unit string, list []*ledger.Task, several bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "【催办】%s有%s任务需要抓紧：\n\n", unit, count(len(list)))
	var nos []string
	for _, x := range list {
		b.WriteString(t.line(x, false) + "\n")
		nos = append(nos, x.No)
	}
	fmt.Fprintf(&b, "\n请及时办理并反馈进展，收到请回复“签收”。\n\n%s", wording.Escape(t.desk.o.Imprint.Office))
	told := t.deliver(a, "urge/"+t.m.ID+"/"+unit, []string{unit}, ledger.Body{Title: "催办 " + unit, Text: b.String(), Tasks: nos,
		Buttons: []ledger.Button{{Label: "签收", Say: "签收"}}})
	if several {
		return strings.ReplaceAll(told, "- ", "- "+wording.Escape(unit)+"（"+wording.Numbers(nos)+"）")
	}
	return told
}
