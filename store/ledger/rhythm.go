package ledger

import (
	"fmt"
	"slices"
	"time"
)

// Rhythm is how often units report on their open tasks, whatever the deadlines.
type Rhythm string

// The rhythms, as configuration writes them.
const (
	RhythmNone    Rhythm = "none"
	RhythmMonth   Rhythm = "month"   // 月报
	RhythmQuarter Rhythm = "quarter" // 季报
	RhythmHalf    Rhythm = "half"    // 半年报
)

// Known reports whether the rhythm is one of the four; empty means none.
func (r Rhythm) Known() bool {
	return r == "" || r == RhythmNone || r.On()
}

// On reports whether there is anything to report on at all.
func (r Rhythm) On() bool { return r == RhythmMonth || r == RhythmQuarter || r == RhythmHalf }

// Reporting is how a task is reported on: how often, and on which day of the period's
// last month (1 to 31; 0 leaves it to the plan's).
type Reporting struct {
	Every Rhythm `json:"every"`
	Day   int    `json:"day,omitempty"`
}

// MonthEnd is the report day that every month ends on, however short.
const MonthEnd = 31

// ReportingOf is how the task is reported on: as the office has ordered for it, else as
// for the whole plan.
func ReportingOf(p *Progress, plan Reporting) Reporting {
	if p == nil || p.Reporting == nil {
		return plan
	}
	own := *p.Reporting
	if own.Day == 0 {
		own.Day = plan.Day
	}
	return own
}

// By is the last day on which the report of the day's period is in time; no date without
// a rhythm.
func (r Reporting) By(day Date, workday func(Date) bool) Date {
	return ReportDay(r.Every, r.Day, day, workday)
}

// Period returns the reporting period in which the day lies: its id (2018-09, 2018Q3,
// 2018H2), its name in Chinese (9月月报, 第三季度季报, 下半年报告) and its first and last day. Without a rhythm
// all are empty.
func Period(r Rhythm, day Date) (id, label string, from, to Date) {
	switch r {
	case RhythmMonth:
		return fmt.Sprintf("%04d-%02d", day.Year, int(day.Month)), fmt.Sprintf("%d月月报", int(day.Month)),
			NewDate(day.Year, day.Month, 1), EndOfMonth(day.Year, day.Month)
	case RhythmQuarter:
		q := (int(day.Month) - 1) / 3
		first := time.Month(3*q + 1)
		return fmt.Sprintf("%04dQ%d", day.Year, q+1), "第" + [...]string{"一", "二", "三", "四"}[q] + "季度季报",
			NewDate(day.Year, first, 1), EndOfMonth(day.Year, first+2)
	case RhythmHalf:
		h := (int(day.Month) - 1) / 6
		first := time.Month(6*h + 1)
		return fmt.Sprintf("%04dH%d", day.Year, h+1), [...]string{"上", "下"}[h] + "半年报告",
			NewDate(day.Year, first, 1), EndOfMonth(day.Year, first+5)
	case RhythmNone:
	}
	return "", "", Date{}, Date{}
}

// PeriodBefore is Period for the one that was over when the day's began.
func PeriodBefore(r Rhythm, day Date) (id, label string, from, to Date) {
	_, _, first, _ := Period(r, day)
	if first.IsZero() {
		return "", "", Date{}, Date{}
	}
	return Period(r, first.AddDays(-1))
}

// ReportDay returns the last day on which the report of the day's period is in time: the
// day number in the period's last month (a shorter month's last day), moved to the
// working day before. Where that would leave the period (a first of October), it is the
// first working day after. Without a rhythm there is none.
func ReportDay(r Rhythm, number int, day Date, workday func(Date) bool) Date {
	_, _, from, to := Period(r, day)
	if to.IsZero() {
		return Date{}
	}
	due := NewDate(to.Year, to.Month, min(max(number, 1), to.Day))
	for d := due; !d.Before(from); d = d.AddDays(-1) {
		if workday(d) {
			return d
		}
	}
	for d := due; !d.After(to); d = d.AddDays(1) {
		if workday(d) {
			return d
		}
	}
	return due
}

// Reporters are the units that report on the task: those that lead it, who speak for
// all; without a lead those that are responsible; else whoever is named.
func (t *Task) Reporters() []string {
	for _, want := range []Role{RoleLead, RoleResponsible} {
		var out []string
		for _, o := range t.Owners {
			if o.Role == want && !o.Group && !slices.Contains(out, o.Name) {
				out = append(out, o.Name)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return t.Named()
}

// Reportable reports whether the task is being worked on that day, so that a rhythm asks
// for it: begun and open, not waiting for acceptance, not paused, cancelled or struck off.
// A standing task always is, unless the office took it out of the work.
func Reportable(t *Task, p *Progress, day Date) bool {
	if p.Whole() != StatusActive {
		return false
	}
	return t.Standing() || slices.ContainsFunc(t.Points, func(pt Point) bool {
		return pt.Begun(day) && p.Point(pt.ID).Phase == PhaseOpen
	})
}

// Reported reports whether the newest report in force was given within the days.
func (p *Progress) Reported(from, to Date) bool {
	if p == nil || p.Last == nil {
		return false
	}
	d := chinaDay(p.Last.At)
	return !d.Before(from) && !d.After(to)
}

// Owing lists, by the number of each of the tasks, the first day of the newest reporting
// period whose report fell due within the days, for every task that was being worked on
// then. progress is that of a task by its number, as it stands on the last of the days.
func Owing(tasks []*Task, progress func(no string) *Progress, plan Reporting, from, to Date, workday func(Date) bool) map[string]Date {
	out := map[string]Date{}
	for _, t := range tasks {
		p := progress(t.No)
		r := ReportingOf(p, plan)
		if !r.Every.On() {
			continue
		}
		for day := to; !day.Before(from); {
			_, _, first, _ := Period(r.Every, day)
			if by := r.By(day, workday); !by.Before(from) && !by.After(to) {
				if len(t.Reporters()) > 0 && wasReportable(t, p, by) {
					out[t.No] = first
				}
				break
			}
			day = first.AddDays(-1)
		}
	}
	return out
}

// wasReportable is Reportable on an earlier day than that of the progress: a checkpoint
// that was applied for or closed since was still being worked on.
func wasReportable(t *Task, p *Progress, day Date) bool {
	if p.Whole() != StatusActive {
		return false
	}
	return t.Standing() || slices.ContainsFunc(t.Points, func(pt Point) bool {
		s := p.Point(pt.ID)
		done := s.ClosedAt
		if !s.AppliedAt.IsZero() {
			done = s.AppliedAt
		}
		return pt.Begun(day) && (s.Phase == PhaseOpen || chinaDay(done).After(day))
	})
}
