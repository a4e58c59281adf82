package reminders

import (
	"fmt"

	"duban/internal/wording"
	"duban/store/ledger"
)

// RuleReport asks for the report of a period (月报, 季报) on its report day, once, in the
// same message as everything else.
const RuleReport = "report"

// Reporting is how tasks are reported on unless one has a rhythm of its own.
func (r Rules) Reporting() ledger.Reporting {
	return ledger.Reporting{Every: r.Report, Day: r.ReportDay}
}

// period is a reporting period and the last day on which its report is in time.
type period struct {
	every     ledger.Rhythm
	id, label string
	from, to  ledger.Date
	due       ledger.Date
}

// period returns the one in which the day lies for a task with the progress; without a
// rhythm its id is empty.
func (r Rules) period(cal Calendar, progress *ledger.Progress, day ledger.Date) period {
	how := ledger.ReportingOf(progress, r.Reporting())
	p := period{every: how.Every, due: how.By(day, cal.IsWorkday)}
	p.id, p.label, p.from, p.to = ledger.Period(how.Every, day)
	return p
}

// waits reports whether the period still lacks a report on the task.
func (p period) waits(t *ledger.Task, progress *ledger.Progress, day ledger.Date) bool {
	return ledger.Reportable(t, progress, day) && !progress.Reported(p.from, p.to)
}

// report asks the units that report on the task, in their rooms or their contacts.
func (p *planning) report(t *ledger.Task, progress *ledger.Progress) {
	per := p.ladder.rules.period(p.ladder.cal, progress, p.hi)
	if per.id == "" || !per.due.After(p.lo) || per.due.After(p.hi) || !per.waits(t, progress, p.hi) {
		return
	}
	for _, to := range p.people.reach(t.ReportersOn(progress, p.hi)) {
		n := p.notice(to)
		n.Items = append(n.Items, ledger.Item{
			Key:  fmt.Sprintf("%s/%s/%s/%s", RuleReport, t.ID, per.id, targetKey(to)),
			Rule: RuleReport, Task: t.ID, Point: per.id, Due: per.due,
		})
	}
}

// missing is the line of a task whose report is still missing, with its period; false
// when it came, when the period is over, or when the receiver has nothing to do with it
// any more.
func missing(r Rules, b *ledger.Book, cal Calendar, to ledger.Target, item ledger.Item, day ledger.Date) (block, period, bool) {
	t := b.ByID(item.Task)
	if t == nil {
		return block{}, period{}, false
	}
	progress := b.Progress(t.No)
	p := r.period(cal, progress, item.Due)
	if p.id != item.Point || day.After(p.to) || !p.waits(t, progress, day) || !belongs(b, to, t.ReportersOn(progress, day), day) {
		return block{}, p, false
	}
	text := fmt.Sprintf("- 任务%s %s", wording.Escape(t.No), wording.Escape(wording.Short(t.Title, wording.TitleRunes)))
	if who := responsible(t, lineUnits); who != "" {
		text += "，" + who
	}
	return block{heading: p.heading(), text: text, tasks: []string{t.No}}, p, true
}

func (p period) heading() string {
	switch p.every {
	case ledger.RhythmQuarter:
		return "本季进展报送"
	case ledger.RhythmHalf:
		return "半年进展报送"
	case ledger.RhythmMonth, ledger.RhythmNone:
	}
	return "本月进展报送"
}

// asked is the reports of one period that are missing; how stands above them.
type asked struct {
	heading, how string
	lines        []block
}

// ask puts a missing report to those of the same period.
func (m *message) ask(line block, p period) {
	by := "今日下班前"
	if p.due != m.day {
		by = wording.FormatDate(p.to) + "前"
	}
	how := fmt.Sprintf("以下任务本期尚无反馈，请于%s反馈，记入%s；", by, p.label)
	for i := range m.reports {
		if m.reports[i].how == how {
			m.reports[i].lines = append(m.reports[i].lines, line)
			return
		}
	}
	m.reports = append(m.reports, asked{p.heading(), how, []block{line}})
}

// asks are the blocks of the missing reports, period by period, and how many they are.
func (m message) asks() (blocks []block, count int) {
	for _, a := range m.reports {
		how := fmt.Sprintf("%s没有新进展的，可回复“任务%s 零报告 原因”。\n", a.how, wording.Escape(a.lines[0].tasks[0]))
		blocks = append(append(blocks, block{heading: a.heading, text: how}), a.lines...)
		count += len(a.lines)
	}
	return blocks, count
}
