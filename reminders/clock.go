package reminders

import (
	"fmt"
	"time"

	"duban/store/ledger"
)

// shanghai is the one zone of the product. China has known no daylight saving since
// 1991, so a fixed zone is exact for every date a plan can hold and needs no tzdata.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Clock is a time of day in minutes after midnight. As text it is 08:30.
type Clock int

// ParseClock reads HH:MM; 24:00 is allowed as the end of a day.
func ParseClock(s string) (Clock, error) {
	var h, m int
	if n, err := fmt.Sscanf(s, "%d:%d", &h, &m); n != 2 || err != nil || fmt.Sprintf("%02d:%02d", h, m) != s && fmt.Sprintf("%d:%02d", h, m) != s {
		return 0, fmt.Errorf("reminders: time of day %q is not HH:MM", s)
	}
	c := Clock(h*60 + m)
	if h < 0 || m < 0 || m > 59 || c > 24*60 {
		return 0, fmt.Errorf("reminders: time of day %q does not exist", s)
	}
	return c, nil
}

// String is HH:MM.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// MarshalText writes HH:MM.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads HH:MM.
func (c *Clock) UnmarshalText(b []byte) error {
	v, err := ParseClock(string(b))
	if err != nil {
		return err
	}
	*c = v
	return nil
}

func (c Clock) on(d ledger.Date) time.Time { return d.In(shanghai, 0, int(c)) }

func today(t time.Time) ledger.Date { return ledger.DateOf(t.In(shanghai)) }

// Hours is the working window: the only time in which a message may be sent that no
// person asked for. Open belongs to it, Close does not.
type Hours struct {
	Open  Clock
	Close Clock
	Cal   Calendar
}

// Within reports whether t lies in the window of a working day.
func (h Hours) Within(t time.Time) bool {
	d := today(t)
	return h.Cal.IsWorkday(d) && !t.Before(h.Open.on(d)) && t.Before(h.Close.on(d))
}

// Next returns t itself when it lies in the window, else the next opening.
func (h Hours) Next(t time.Time) time.Time {
	if h.Within(t) {
		return t
	}
	d := today(t)
	if t.Before(h.Open.on(d)) && h.Cal.IsWorkday(d) {
		return h.Open.on(d)
	}
	return h.Open.on(workdayFrom(h.Cal, d.AddDays(1), 1))
}

// end returns the close of the window n working days after the day of t.
func (h Hours) end(t time.Time, n int) time.Time {
	return h.Close.on(nthWorkday(h.Cal, today(t), n))
}

// nthWorkday returns the n-th working day after d, n from 1.
func nthWorkday(cal Calendar, d ledger.Date, n int) ledger.Date {
	for range n {
		d = workdayFrom(cal, d.AddDays(1), 1)
	}
	return d
}

// maxHoliday bounds the search for a working day: no holiday is nearly as long, and a
// calendar that knows none must not hang the program.
const maxHoliday = 31

// workdayFrom returns the first working day at d or beyond it in steps of step days;
// d itself when there is none within maxHoliday days.
func workdayFrom(cal Calendar, d ledger.Date, step int) ledger.Date {
	for w, n := d, 0; n < maxHoliday; w, n = w.AddDays(step), n+1 {
		if cal.IsWorkday(w) {
			return w
		}
	}
	return d
}
