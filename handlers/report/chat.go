package report

import (
	"fmt"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// Chat renders the facts for a chat: figures first, then what moved, what is overdue
// or due soon, and what needs a leader.
func (f Facts) Chat() string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s落实情况** （%s，截至%s）\n\n%s共%d项：\n", wording.Escape(f.Name()), wording.Escape(f.Scope), f.AsOf, f.PeriodLine(), f.Total)
	for _, c := range f.Classes {
		fmt.Fprintf(&b, "- %s %d项（%s）\n", f.Lights.Of(c.Level), c.Count, c.Percent)
	}
	section(&b, fmt.Sprintf("%s至%s有进展%d项", f.From, f.To, f.MovedAll), f.Moved, f.MovedAll, func(l Line) string {
		said := wording.Short(l.Said, 60)
		return fmt.Sprintf("任务%s（%s）：%s", l.Task, wording.Escape(l.Unit), wording.Escape(said)) + l.Beside(said) + "〔" + l.When + "〕"
	})
	section(&b, fmt.Sprintf("%s%d项", f.Lights.Word(ledger.LevelOverdue), f.Overdues()), f.Overdue, f.Overdues(), f.DueLine)
	section(&b, fmt.Sprintf("%d天内到期%d项", f.SoonDays, f.SoonAll), f.Soon, f.SoonAll, f.DueLine)
	section(&b, fmt.Sprintf("需要领导关注%d项", f.AttentionAll), f.Attention, f.AttentionAll, func(l Line) string {
		return fmt.Sprintf("任务%s %s（%s）：%s。建议：%s", l.Task, wording.Escape(wording.Short(l.Title, 20)), wording.Escape(l.Unit), wording.Escape(l.Why), l.Advice)
	})
	if f.Note != "" {
		b.WriteString("\n（" + wording.Escape(f.Note) + "）\n")
	}
	return b.String()
}

// PeriodLine is a line of what came about in a period that was asked for by its name; empty
// without one.
func (f Facts) PeriodLine() string {
	if f.Period == "" {
		return ""
	}
	return fmt.Sprintf("%s：新办结%d项，批准延期%d次，有进展%d项。\n\n", f.Period, f.Fresh.Count, f.Extended.Count, f.MovedAll)
}

// Beside is the percentage to print beside what is shown of a report, unless that says
// it itself.
func (l Line) Beside(shown string) string {
	if l.Percent == "" || strings.Contains(shown, l.Percent) {
		return ""
	}
	return "，进度" + l.Percent
}

// DueLine is a task of a list with its deadline and how far away that is.
func (f Facts) DueLine(l Line) string {
	return fmt.Sprintf("任务%s %s（%s），时限%s，%s", l.Task, wording.Escape(wording.Short(l.Title, 24)), wording.Escape(l.Unit), l.Due, l.Days)
}

// Name is what the plan is called in a line: its number, else its title cut short.
func (f Facts) Name() string {
	if f.Number != "" {
		return f.Number
	}
	return wording.Short(f.Plan, 30)
}

// section writes one list under a head, or nothing when it is empty.
func section(b *strings.Builder, head string, list []Line, all int, line func(Line) string) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "\n**%s**\n", head)
	for _, l := range list {
		b.WriteString("- " + line(l) + "\n")
	}
	if all > len(list) {
		fmt.Fprintf(b, "- 其余%d项略\n", all-len(list))
	}
}

// Basis renders, for each figure, the task numbers behind it.
func (f Facts) Basis() string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s落实情况的依据** （%s，截至%s）\n\n", wording.Escape(f.Name()), wording.Escape(f.Scope), f.AsOf)
	sum := 0
	for _, c := range f.Classes {
		sum += c.Count
		fmt.Fprintf(&b, "- %s %d项：%s\n", c.Word, c.Count, refs(c.Tasks))
	}
	fmt.Fprintf(&b, "\n以上各类互不重复，合计%d项。\n", sum)
	for _, l := range f.further() {
		b.WriteString("\n- " + l)
	}
	return b.String()
}

// further are the figures beside the classes, each with what it counts.
func (f Facts) further() []string {
	out := []string{fmt.Sprintf("%s至%s有进展%d项：%s", f.From, f.To, f.MovedAll, refs(f.MovedOf))}
	if f.Fresh.Count > 0 || f.Period != "" {
		out = append(out, fmt.Sprintf("同期新办结%d项：%s", f.Fresh.Count, refs(f.Fresh.Refs)))
	}
	if f.Extended.Count > 0 || f.Period != "" {
		out = append(out, fmt.Sprintf("同期批准延期%d次：%s", f.Extended.Count, refs(f.Extended.Refs)))
	}
	out = append(out, fmt.Sprintf("%d天内到期%d项：%s", f.SoonDays, f.SoonAll, refs(f.SoonOf)),
		fmt.Sprintf("需要领导关注%d项：%s", f.AttentionAll, refs(f.AttentionOf)))
	for _, r := range f.Rates {
		if r.Whole.Count > 0 {
			out = append(out, fmt.Sprintf("%s%s，分子：%s；分母：%s", r.Name, r.Beside(), refs(r.Part.Refs), refs(r.Whole.Refs)))
		}
	}
	return out
}

// refs are task numbers, or checkpoints of tasks, in a line; 无 for none.
func refs(list []string) string {
	if len(list) == 0 {
		return "无"
	}
	return "任务" + wording.Numbers(list)
}
