package understand

import (
	"time"

	"duban/internal/zh/when"
	"duban/store/ledger"
)

// day is an expression of time in s: a day, or a stretch from from to to. A zero
// from is "until to".
type day struct {
	start, end int
	from, to   ledger.Date
	at         time.Time // with a clock time, where one was said
}

// findDays lists the expressions of time. Task numbers are masked first, so that
// 20号 as a task is no day.
func (u *utterance) findDays() {
	s := u.masked()
	for _, m := range when.FindAll(s, u.today()) {
		d := day{start: m.Start, end: m.End, to: m.Date}
		if span, ok := when.FindSpan(s[m.Start:m.End], u.today()); ok && span.To == m.Date {
			d.from = span.From
		}
		if m.HasTime {
			d.at = m.Date.In(zone(u.ctx.Now), m.Hour, m.Minute)
		}
		if d.end > d.start && d.end <= len(s) {
			u.days = append(u.days, d)
		}
	}
}

func zone(now time.Time) *time.Location {
	if now.IsZero() {
		return time.UTC
	}
	return now.Location()
}

// inDay reports whether the byte offset lies in an expression of time.
func (u *utterance) inDay(i int) bool {
	for _, d := range u.days {
		if i >= d.start && i < d.end {
			return true
		}
	}
	return false
}

// period is the stretch that a query or a silence is about.
func (u *utterance) period() (day, bool) {
	if len(u.days) == 0 {
		return day{}, false
	}
	span, ok := when.FindSpan(u.masked(), u.today())
	if !ok {
		return u.days[0], true
	}
	return day{start: span.Start, end: span.End, from: span.From, to: span.To, at: u.days[0].at}, true
}

// dayNear is the day behind the byte offset, else the last one.
func (u *utterance) dayNear(at int) (day, bool) {
	for _, d := range u.days {
		if d.end > at {
			return d, true
		}
	}
	if n := len(u.days); n > 0 {
		return u.days[n-1], true
	}
	return day{}, false
}
