package handlers

import (
	"fmt"
	"slices"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// recedes reports whether the words say, of a checkpoint that waits for acceptance, that it
// is not finished after all: then the application and the report cannot both stand.
func (t *turn) recedes(x *ledger.Task, point string, by ledger.Actor) bool {
	s := t.book.Progress(x.No).Point(point)
	if s.Phase != ledger.PhasePending || by.Behalf || s.AppliedUnit != by.Unit {
		return false
	}
	m := t.mean
	return m.Percent != nil && *m.Percent < 100 || m.Intent == understand.Reopen || m.Intent == understand.Correct || unfinished.MatchString(m.Text)
}

// recede withdraws the application, after a yes, and records what was said with it.
func (t *turn) recede(x *ledger.Task, point string, by ledger.Actor) (act, error) {
	if !t.confirmed {
		q := fmt.Sprintf("任务%s正在等待审核，是否撤回办结申请？", x.No)
		text := q + fmt.Sprintf("（尚未记录）\n\n> %s\n\n确认后撤回申请并记录上述情况。请回复“确认”或“取消”。", wording.Escape(wording.Short(t.mean.Text, 200)))
		p := &pending{Asked: q, Task: x.No, Confirm: true, Mean: t.mean, Choices: []choice{{Label: q, Task: x.No, Point: point}}}
		p.Mean.Intent, p.Mean.Task = understand.Report, x.No
		return act{reply: reply{title: "确认撤回申请", text: text, buttons: yesNo()}, ask: p}, nil
	}
	events, err := t.history(x.ID)
	if err != nil {
		return act{}, err
	}
	gone := map[string]bool{}
	for _, e := range events {
		gone[e.Ref] = e.Ref != "" && (e.Kind == ledger.EventWithdraw || e.Kind == ledger.EventCorrect)
	}
	applied := slices.IndexFunc(events, func(e ledger.Event) bool {
		return e.Kind == ledger.EventApply && e.Point == point && e.At.Equal(t.book.Progress(x.No).Point(point).AppliedAt) && !gone[e.ID]
	})
	if applied < 0 {
		return act{}, fmt.Errorf("handlers: application of %s is not among its events", x.ID)
	}
	back := t.event(x, point, ledger.EventWithdraw, by)
	back.Ref = events[applied].ID
	e := t.event(x, point, ledger.EventReport, by)
	e.ID, e.Report = eventID(t.now, t.m.ID, t.nth+1), t.said()
	next, a := ledger.Fold(x.ID, append(slices.Clone(events), back, e)), act{events: []ledger.Event{back}}
	a.reply = t.receiptFor("已撤回办结申请并记录", x, point, e, next, nil)
	t.tell(&a, "recede/"+e.ID, supervisors(t.book), ledger.Body{Title: "撤回申请 任务" + x.No, Tasks: []string{x.No},
		Text: fmt.Sprintf("%s 撤回办结申请：**任务%s** %s\n\n> %s", who(by), x.No, wording.Escape(wording.Short(x.Title, 40)), wording.Escape(wording.Short(e.Report.Text, 200)))})
	return a, t.enter(&a, x, e, next)
}
