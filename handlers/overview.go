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
	fmt.Fprintf(&b, "**需要出面的事项** %s（截至%s）\n", count(len(f.Attention)), f.AsOf)
	var buttons []ledger.Button
	var nos []string
	p := &pending{Asked: "需要出面的事项", List: true, Mean: understand.Meaning{Intent: understand.Choose}}
	for i, l := range f.Attention {
		fmt.Fprintf(&b, "\n%d. 任务%s %s（%s）\n%s。建议：%s，回复“%d”即“%s”。\n", i+1, l.Task, wording.Escape(wording.Short(l.Title, 24)), wording.Escape(l.Unit), wording.Escape(l.Why), l.Advice, i+1, l.Say)
		nos = append(nos, l.Task)
		p.Choices = append(p.Choices, choice{Label: l.Say, Say: l.Say})
		if l.Say != "" {
			buttons = append(buttons, ledger.Button{Label: wording.Short(l.Say, 12), Say: l.Say})
		}
	}
	a := say("需要出面的事项", b.String(), buttons...)
	a.reply.tasks, a.ask = nos, p
	return a, nil
}

// runLatest shows what moved in the last days, newest first.
func runLatest(t *turn) (act, error) {
	q, ask, ok := t.query()
	if !ok {
		return ask, nil
	}
	q.Most = 20
	f, err := t.facts(q)
	if err != nil {
		return act{}, err
	}
	if len(f.Moved) == 0 {
		return say("最新进展", fmt.Sprintf("%s至%s没有新的进展。", f.From, f.To)), nil
	}
	var lines, nos []string
	for _, l := range f.Moved {
		said := wording.Short(l.Said, 80)
		out := fmt.Sprintf("- 任务%s %s（%s）%s：%s", l.Task, wording.Escape(wording.Short(l.Title, 20)), wording.Escape(l.Unit), l.When, wording.Escape(said))
		lines, nos = append(lines, out+l.Beside(said)), append(nos, l.Task)
	}
	a := say("最新进展", t.pages(fmt.Sprintf("**最新进展** %s至%s，%s", f.From, f.To, count(f.MovedAll)), lines, "最新进展"))
	a.reply.tasks = nos
	return a, nil
}
