package report

import (
	"slices"
	"time"

	"duban/store/ledger"
)

// china is the zone whose calendar days count, whatever zone a time was stored in.
var china = time.FixedZone("Asia/Shanghai", 8*60*60)

// Day is the calendar day in China of a moment.
func Day(t time.Time) ledger.Date { return ledger.DateOf(t.In(china)) }

// AsOf makes the facts as they stood at q.Now, however long ago that is: the progress
// of each task is the fold of its events up to then, and what was withdrawn or accepted
// later does not count yet; an extension granted later has not moved the deadline yet.
// the plan is the one before a later revision, the units are those before a later 转办.
// events are all events of the tenant, oldest first.
func AsOf(b *ledger.Book, events []ledger.Event, q Query) Facts {
	b = b.AsOf(q.Now, events)
	byTask := map[string][]ledger.Event{}
	var known, period []ledger.Event
	from, to := q.From.In(q.Now.Location(), 0, 0), q.To.AddDays(1).In(q.Now.Location(), 0, 0)
	for _, e := range events {
		if e.At.After(q.Now) {
			continue
		}
		known = append(known, e)
		byTask[e.Task] = append(byTask[e.Task], e)
		if !e.At.Before(from) && e.At.Before(to) {
			period = append(period, e)
		}
	}
	folded := make(map[string]*ledger.Progress, len(byTask))
	for id, list := range byTask {
		if t := b.ByID(id); t != nil {
			folded[t.No] = ledger.Fold(id, list)
		}
	}
	return compute(collector{
		b: b, q: q, events: period, gone: gone(known),
		progress: func(no string) *ledger.Progress { return folded[no] },
	})
}

// EndOf is the last moment of a day in the zone: the Now of a query about a past day.
func EndOf(d ledger.Date, loc *time.Location) time.Time {
	return d.AddDays(1).In(loc, 0, 0).Add(-time.Nanosecond)
}

// Until is the moment as of which facts about a period hold: its end, or now when it is
// not over.
func Until(to ledger.Date, now time.Time) time.Time {
	if end := EndOf(to, now.Location()); end.Before(now) {
		return end
	}
	return now
}

// asDated returns the task with the deadlines that were in force with the progress; the
// book's tasks carry those of today.
func asDated(t *ledger.Task, p *ledger.Progress) *ledger.Task {
	moved := func(pt ledger.Point) bool {
		return pt.Planned != (ledger.Date{}) || p.Point(pt.ID).Due != (ledger.Date{})
	}
	if !slices.ContainsFunc(t.Points, moved) {
		return t
	}
	c := *t
	c.Points = slices.Clone(t.Points)
	for i, pt := range c.Points {
		if !pt.Planned.IsZero() {
			pt.Due, pt.Planned = pt.Planned, ledger.Date{}
		}
		if due := p.Point(pt.ID).Due; !due.IsZero() {
			pt.Due, pt.Planned = due, pt.Due
		}
		c.Points[i] = pt
	}
	return &c
}
