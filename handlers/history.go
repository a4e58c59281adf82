package handlers

import (
	"fmt"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runHistory lists what happened to a task, newest first; what was corrected or
// withdrawn stays and says so.
func runHistory(t *turn) (act, error) {
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	if !t.see.sees(x) {
		return say("没有权限", "办理记录仅对责任单位和督查室显示。"), nil
	}
	events, err := t.history(x.ID)
	if err != nil {
		return act{}, err
	}
	if len(events) == 0 {
		return say("反馈记录", fmt.Sprintf("任务%s还没有反馈记录。", x.No)), nil
	}
	gone := map[string]ledger.EventKind{}
	for _, e := range events {
		if e.Ref != "" {
			gone[e.Ref] = e.Kind
		}
	}
	lines := make([]string, 0, len(events))
	for i := len(events) - 1; i >= 0; i-- {
		lines = append(lines, eventLine(events[i], gone[events[i].ID]))
	}
	head := fmt.Sprintf("**任务%s** %s的记录，共%d条", x.No, wording.Escape(wording.Short(x.Title, 24)), len(events))
	if was := formerNumbers(x); was != "" {
		head += "\n\n" + was + "，以下包括原编号下的记录。"
	}
	a := say("反馈记录", t.pages(head, lines, "任务"+x.No+"的记录"))
	a.reply.tasks = []string{x.No}
	return a, nil
}

// history returns the events of the task with the ID: those that came with the arrival, or read now
// when the task was only found after it.
func (t *turn) history(task string) ([]ledger.Event, error) {
	if t.asked == task {
		return t.events, nil
	}
	events, err := t.desk.o.Ledger.Events(t.ctx, task, noTime, noTime)
	if err != nil {
		return nil, fmt.Errorf("handlers: history of %s: %w", task, err)
	}
	return events, nil
}

func eventLine(e ledger.Event, gone ledger.EventKind) string {
	out := fmt.Sprintf("- %s %s %s", wording.Moment(e.At), who(e.By), wording.Event(e.Kind))
	if e.Report != nil && e.Report.Text != "" {
		said := wording.Short(e.Report.Text, 200)
		out += "：" + wording.Escape(said)
		if p := e.Report.Percent; p != nil && !strings.Contains(said, wording.Percent(*p)) {
			out += "（进度" + wording.Percent(*p) + "）"
		}
		if e.Report.Part == ledger.WordDone {
			out += "〔本单位部分已完成〕"
		}
	}
	if !e.Date.IsZero() {
		out += "至" + e.Date.Chinese()
	}
	if e.Kind == ledger.EventInstruct && e.Ref != "" {
		out += "（按" + wording.Escape(e.Ref) + "跟踪）"
	}
	if e.Kind == ledger.EventPress && e.Ref == ledger.ByDing {
		out += "（DING）"
	}
	if e.Reason != "" {
		out += "：" + wording.Escape(wording.Short(e.Reason, 100))
	}
	switch gone {
	case ledger.EventCorrect:
		out += "〔已更正〕"
	case ledger.EventWithdraw:
		out += "〔已撤回〕"
	}
	return out
}

func who(a ledger.Actor) string {
	out := wording.Escape(a.Name)
	if a.Unit != "" {
		out += "（" + wording.Escape(a.Unit) + "）"
	}
	if a.Behalf {
		out += "代报"
	}
	return out
}
