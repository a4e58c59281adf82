package reminders

import (
	"slices"
	"time"

	"duban/store/ledger"
)

// The rules that an item can stem from.
const (
	RuleLadder  = "ladder"  // before the deadline, the last day included
	RuleOverdue = "overdue" // after it
	RuleHead    = "head"    // after it, to the head of the lead unit
	RuleDraft   = "draft"   // a draft 催办通知 for the supervision office
)

// stage is one rung by its number, spoken of on a working day: n days before the
// deadline (-n), or the n-th working day after it; a weekly rung counts calendar days.
type stage struct {
	n  int
	on ledger.Date
}

func (s stage) rule() string {
	if s.n > 0 {
		return RuleOverdue
	}
	return RuleLadder
}

// ladder finds the rungs of checkpoints. Rungs before the deadline move to the working
// day on or before their date, so that the last one still leaves time to act; rungs
// after it are working days, so that a holiday does not bring the unit's head and the
// draft on the very day on which the unit could first act.
type ladder struct {
	rules Rules
	cal   Calendar
}

// newest returns the newest rung of an open checkpoint whose day lies in (lo, hi] and
// which only accepts (nil accepts all).
func (l ladder) newest(t *ledger.Task, p *ledger.Progress, pt ledger.Point, only []int, lo, hi ledger.Date) (stage, bool) {
	if p.Point(pt.ID).Phase != ledger.PhaseOpen || pt.Due.IsZero() || l.early(pt, hi) {
		return stage{}, false
	}
	var best stage
	found := false
	for _, s := range l.rungs(t, pt, lo, hi) {
		fits := s.on.After(lo) && !s.on.After(hi) && (only == nil || slices.Contains(only, s.n))
		if fits && (!found || s.n > best.n) && !(s.n > 0 && superseded(t, p, pt, s.on)) {
			best, found = s, true
		}
	}
	return best, found
}

// early reports whether even the first rung lies beyond hi; it saves the calendar work
// for most checkpoints of a plan of years.
func (l ladder) early(pt ledger.Point, hi ledger.Date) bool {
	first := 0
	for _, n := range l.rules.Before {
		first = max(first, n)
	}
	return pt.Due.AddDays(-first - maxHoliday).After(hi)
}

// rungs lists the rungs that can have their day in (lo, hi].
func (l ladder) rungs(t *ledger.Task, pt ledger.Point, lo, hi ledger.Date) []stage {
	var out []stage
	for _, n := range l.rules.Before {
		on := workdayFrom(l.cal, pt.Due.AddDays(-n), -1)
		if pt.Begun(on) && !hasty(t, pt, n) {
			out = append(out, stage{-n, on})
		}
	}
	last := pt.Due
	for _, n := range l.rules.After {
		on := nthWorkday(l.cal, pt.Due, n)
		out = append(out, stage{n, on})
		if on.After(last) {
			last = on
		}
	}
	if l.rules.Weekly {
		out = append(out, l.weekly(pt, last, lo, hi)...)
	}
	return out
}

// weekly returns the newest weekly rung in (lo, hi]: the first working day of a week
// that begins after the day of the ladder's last rung. Its number is counted to that week's
// Monday, so that a change of the calendar cannot make one week's rung two.
func (l ladder) weekly(pt ledger.Point, last, lo, hi ledger.Date) []stage {
	monday := hi.AddDays(-(int(hi.Weekday()) + 6) % 7)
	for ; monday.AddDays(6).After(lo); monday = monday.AddDays(-7) {
		if !monday.After(last) {
			return nil
		}
		on := workdayFrom(l.cal, monday, 1)
		if on.Sub(monday) < 7 && l.cal.IsWorkday(on) && on.After(lo) && !on.After(hi) {
			return []stage{{monday.Sub(pt.Due), on}}
		}
	}
	return nil
}

// hasty reports whether a rung lies outside the last third of a recurring period:
// fifteen days before the end of a month, the month's duty has hardly begun.
func hasty(t *ledger.Task, pt ledger.Point, n int) bool {
	if !t.Recurring() || pt.Start.IsZero() {
		return false
	}
	return 3*n > pt.Due.Sub(pt.Start)+1
}

// superseded reports whether a newer open period of a recurring task is itself overdue
// on the day: the older one is then still in every list, but no longer pressed for on
// its own, or a forgotten weekly duty would grow into a message of a hundred lines.
func superseded(t *ledger.Task, p *ledger.Progress, pt ledger.Point, on ledger.Date) bool {
	return t.Recurring() && slices.ContainsFunc(t.Points, func(q ledger.Point) bool {
		return q.Due.After(pt.Due) && q.Due.Before(on) && p.Point(q.ID).Phase == ledger.PhaseOpen
	})
}

// span turns slots in (from, to] into the days whose rungs belong to them: after the
// day of the newest slot up to from, up to the day of the newest slot up to to.
func (tt timetable) span(from, to time.Time) (lo, hi ledger.Date, slot time.Time, ok bool) {
	slot, ok = tt.newest(from, to)
	if !ok {
		return lo, hi, slot, false
	}
	floor := from.AddDate(0, 0, -backlogDays)
	before, found := tt.newest(floor, from)
	if !found {
		before = floor
	}
	return today(before), today(slot), slot, true
}
