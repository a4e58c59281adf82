package ledger

import (
	"fmt"
	"slices"
	"time"
)

// Preset13710 is the way in which some offices follow up a leader's instruction (批示):
// deployed within 1 day, first steps reported within 3, solved within 7 or a timetable
// given, complex matters within 1 month and from then on reported monthly, and 0 left
// over: followed until the office says that it is done or strikes the task off. As Shanxi
// published it in 2017; a reading as 1, 3, 7 and 10 days is wrong.
const Preset13710 = "13710"

// Follow is a leader's instruction that is being followed up.
type Follow struct {
	Event  string    `json:"event"`  // the instruction
	Preset string    `json:"preset"` // Preset13710
	At     time.Time `json:"at"`
	Units  []string  `json:"units"` // whom it was put to
}

// FollowStep is one dated ask of a follow-up. Days counts from the instruction; from the
// first month on Months does, and Days is 0.
type FollowStep struct {
	Days, Months int
	Due          Date // moved to the working day on or after it
}

// ID names the step within its instruction.
func (s FollowStep) ID() string {
	if s.Months > 0 {
		return fmt.Sprintf("m%d", s.Months)
	}
	return fmt.Sprint(s.Days)
}

// Steps lists the steps that fall due by the day, in order.
func (f Follow) Steps(until Date, workday func(Date) bool) []FollowStep {
	start := chinaDay(f.At)
	var out []FollowStep
	add := func(s FollowStep, due Date) bool {
		for s.Due = due; !workday(s.Due) && s.Due.Sub(due) < 31; {
			s.Due = s.Due.AddDays(1)
		}
		if s.Due.After(until) {
			return false
		}
		out = append(out, s)
		return true
	}
	for _, n := range []int{1, 3, 7} {
		if !add(FollowStep{Days: n}, start.AddDays(n)) {
			return out
		}
	}
	for k := 1; add(FollowStep{Months: k}, start.AddMonths(k)); k++ {
	}
	return out
}

// Next is the first step after the day.
func (f Follow) Next(day Date, workday func(Date) bool) FollowStep {
	steps := f.Steps(day.AddMonths(2), workday)
	i := slices.IndexFunc(steps, func(s FollowStep) bool { return s.Due.After(day) })
	if i < 0 { // cannot be: the months go on
		return FollowStep{Due: day}
	}
	return steps[i]
}

// Ahead is the next step that still asks for something: today's or a later one.
func (f Follow) Ahead(t *Task, p *Progress, today Date, workday func(Date) bool) FollowStep {
	s := f.Next(today.AddDays(-1), workday)
	for s.Months == 0 && f.Met(s, t, p) {
		s = f.Next(s.Due, workday)
	}
	return s
}

// Met reports whether the step asks for nothing any more: the first is met by signing or
// a report, the second by a report, the third by a report with an expected day; a monthly
// one by a report since the step before. Whatever was applied for closing after the
// instruction is left alone until it is returned.
func (f Follow) Met(s FollowStep, t *Task, p *Progress) bool {
	if p == nil {
		return false
	}
	if f.Settled(t, p) {
		return true
	}
	said := p.Last != nil && !p.Last.At.Before(f.At)
	switch {
	case s.Months > 0:
		since := chinaDay(f.At).AddDays(7)
		if s.Months > 1 {
			since = chinaDay(f.At).AddMonths(s.Months - 1)
		}
		return said && !chinaDay(p.Last.At).Before(since)
	case s.Days == 1:
		return said || !slices.ContainsFunc(f.Units, func(u string) bool { return slices.Contains(p.Unsigned, u) })
	case s.Days == 7:
		return said && !p.Last.Report.Expect.IsZero()
	}
	return said
}

// Settled reports whether nothing is open and something was applied for or closed after
// the instruction: the units have done what they can.
func (f Follow) Settled(t *Task, p *Progress) bool {
	done := false
	for _, pt := range t.Points {
		s := p.Point(pt.ID)
		if s.Phase == PhaseOpen && !pt.Start.After(chinaDay(f.At)) {
			return false
		}
		done = done || !s.AppliedAt.Before(f.At) || !s.ClosedAt.Before(f.At)
	}
	return done
}
