package handlers

import (
	"fmt"
	"strings"

	"duban/handlers/report"
	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runAttention answers a leader with at most five things, each with what could be done:
// its number alone does it.
func runAttention(t *turn) (act, error) {
	q, ask, ok := t.query()
	if !ok {
		return ask, nil
	}
	f := report.Compute(t.book, nil, q)
	if len(f.Attention) == 0 {
		return say("需要出面的事项", "目前没有需要您出面的事项。"), nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "**需要出面的事项** %s（截至%s）\n", count(f.AttentionAll), f.AsOf)
	var buttons []ledger.Button
	var nos []string
	p := &pending{Asked: "需要出面的事项", List: true, Mean: understand.Meaning{Intent: understand.Choose}}
	for i, l := range f.Attention {
		fmt.Fprintf(&b, "\n%d. 任务%s %s（%s）\n%s。建议：%s，%s“%d”即“%s”。\n", i+1, l.Task, wording.Escape(wording.Short(l.Title, 24)), wording.Escape(l.Unit), wording.Escape(l.Why), l.Advice, whenToSay(l), i+1, l.Say)
		nos = append(nos, l.Task)
		p.Choices = append(p.Choices, choice{Label: l.Say, Say: l.Say})
		if l.Say != "" {
			buttons = append(buttons, ledger.Button{Label: wording.Short(l.Say, 12), Say: l.Say})
		}
	}
	if left := f.AttentionAll - len(f.Attention); left > 0 {
		fmt.Fprintf(&b, "\n先列最需要出面的%d项，其余%d项待处理后再列。\n", len(f.Attention), left)
	}
	a := say("需要出面的事项", b.String(), buttons...)
	a.reply.tasks, a.ask = nos, p
	return a, nil
}

// whenToSay is when the words are to be said: what is to be coordinated is first
// coordinated.
func whenToSay(l report.Line) string {
	if strings.HasPrefix(l.Say, "协调办结") {
		return "协调好后回复"
	}
	return "回复"
}
