package reminders

import (
	"fmt"
	"slices"

	"duban/internal/wording"
	"duban/store/ledger"
)

// RuleReport asks for the report of a period (月报, 季报) on its report day, once, in the
// same message as everything else.
const RuleReport = "report"

// period is a reporting period and the last day on which its report is in time.
type period struct {
	id, label string
	from, to  ledger.Date
	due       ledger.Date
}

// period returns the one in which the day lies; without a rhythm its id is empty.
func (r Rules) period(cal Calendar, day ledger.Date) period {
	var p period
	p.id, p.label, p.from, p.to = ledger.Period(r.Report, day)
	p.due = r.ReportBy(cal)(day)
	return p
}

// ReportBy says until when the report of a day's period is in time; no date without a
// rhythm.
func (r Rules) ReportBy(cal Calendar) func(ledger.Date) ledger.Date {
	return func(day ledger.Date) ledger.Date {
		return ledger.ReportDay(r.Report, r.ReportDay, day, cal.IsWorkday)
	}
}

// waits reports whether the period still lacks a report on the task.
func (p period) waits(t *ledger.Task, progress *ledger.Progress, day ledger.Date) bool {
	return ledger.Reportable(t, progress, day) && !progress.Reported(p.from, p.to)
}

// report asks the units that report on the task, in their rooms or their contacts.
func (p *planning) report(t *ledger.Task, progress *ledger.Progress) {
	if p.period.id == "" || !p.period.due.After(p.lo) || p.period.due.After(p.hi) || !p.period.waits(t, progress, p.hi) {
		return
	}
	for _, to := range p.people.reach(reporters(t, progress, p.hi)) {
		n := p.notice(to)
		n.Items = append(n.Items, ledger.Item{
			Key:  fmt.Sprintf("%s/%s/%s/%s", RuleReport, t.No, p.period.id, targetKey(to)),
			Rule: RuleReport, Task: t.No, Point: p.period.id, Due: p.period.due,
		})
	}
}

// reporters are the units that report on the task and have not done their share of it.
func reporters(t *ledger.Task, progress *ledger.Progress, day ledger.Date) []string {
	return slices.DeleteFunc(t.Reporters(), func(u string) bool { return finished(t, progress, []string{u}, day) })
}

// missing is the line of a task whose report is still missing; false when it came, when
// the period is over, or when the receiver has nothing to do with it any more.
func missing(r Rules, b *ledger.Book, cal Calendar, to ledger.Target, item ledger.Item, day ledger.Date) (block, bool) {
	t, p := b.Task(item.Task), r.period(cal, item.Due)
	if t == nil || p.id != item.Point || day.After(p.to) || !p.waits(t, b.Progress(t.No), day) || !belongs(b, to, reporters(t, b.Progress(t.No), day), day) {
		return block{}, false
	}
	text := fmt.Sprintf("- 任务%s %s", wording.Escape(t.No), wording.Escape(wording.Short(t.Title, wording.TitleRunes)))
	if who := responsible(t, lineUnits); who != "" {
		text += "，" + who
	}
	return block{heading: p.heading(), text: text, tasks: []string{t.No}}, true
}

func (p period) heading() string {
	if len(p.id) > len("2018Q3") {
		return "本月进展报送"
	}
	return "本季进展报送"
}

// howToReport stands above the lines of a period.
func (m message) howToReport(first block, p period) block {
	by := "今日下班前"
	if p.due != m.day {
		by = wording.FormatDate(p.to) + "前"
	}
	return block{heading: first.heading, text: fmt.Sprintf("以下任务本期尚无反馈，请于%s反馈，记入%s；没有新进展的，可回复“任务%s 零报告 原因”。\n",
		by, p.label, wording.Escape(first.tasks[0]))}
}
