package handlers

import (
	"fmt"
	"slices"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// filedDays is how far back one's own reports are listed when no period was said.
const filedDays = 30

// runOwnFiled lists what the speaker, or the speaker's unit, has reported in a period.
// What was taken back or corrected since is left out.
func runOwnFiled(t *turn) (act, error) {
	from, to := t.mean.From, t.mean.To
	if to.IsZero() || to.After(t.today) {
		to = t.today
	}
	if from.IsZero() || from.After(to) {
		from = to.AddDays(-filedDays + 1)
	}
	loc := t.now.Location()
	events, err := t.desk.o.Ledger.Events(t.ctx, "", from.In(loc, 0, 0), t.now.Add(time.Second))
	if err != nil {
		return act{}, fmt.Errorf("handlers: events of the period: %w", err)
	}
	gone := map[string]bool{}
	for _, e := range events {
		if e.Ref != "" {
			gone[e.Ref] = true
		}
	}
	who := "您"
	if t.mean.Scope == "unit" && len(t.me.Units) > 0 {
		who = t.me.Units[0]
	}
	var lines, nos []string
	for _, e := range slices.Backward(until(events, to.AddDays(1).In(loc, 0, 0))) {
		if e.Report == nil || gone[e.ID] || !t.filedBy(e) {
			continue
		}
		for _, no := range t.book.Numbers([]string{e.Task}) {
			if x := t.book.Task(no); !t.m.Conversation.Group || t.see.sees(x) {
				lines, nos = append(lines, fmt.Sprintf("- %s 任务%s：%s", wording.Moment(e.At), no, wording.Escape(wording.Short(e.Report.Text, 80)))), append(nos, no)
			}
		}
	}
	period := from.Chinese() + "至" + to.Chinese()
	if len(lines) == 0 {
		return say("反馈情况", fmt.Sprintf("%s在%s没有反馈。可回复“我的任务”查看任务。", who, period)), nil
	}
	a := say("反馈情况", t.pages(fmt.Sprintf("**%s的反馈** %s，共%d条", who, period, len(lines)), lines, t.m.Text))
	a.reply.tasks = nos
	return a, nil
}

// filedBy reports whether the report is one of those asked for.
func (t *turn) filedBy(e ledger.Event) bool {
	if t.mean.Scope == "unit" {
		return t.me.In(e.By.Unit)
	}
	return e.By.ID == t.me.ID
}
