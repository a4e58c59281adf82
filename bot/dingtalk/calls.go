package dingtalk

import (
	"maps"
	"time"
)

// Calls is a count of server API calls of one month and of its newest day, in a form
// that can be kept and added up.
type Calls struct {
	Date  string         `json:"date,omitempty"` // of Day, 2018-07-02, by Beijing's calendar; its month is Month's
	Day   int            `json:"day,omitempty"`
	Month int            `json:"month,omitempty"`
	ByAPI map[string]int `json:"by_api,omitempty"` // of Month, by path
	Since time.Time      `json:"since,omitzero"`   // beginning of the count
	Out   bool           `json:"out,omitempty"`    // DingTalk said this month that the calls are used up
	Heard time.Time      `json:"heard,omitzero"`   // when Out became what it is
}

// beijing has had no other offset since 1991, so that no time zone file is needed.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// Empty reports whether there is nothing in it to keep.
func (c Calls) Empty() bool { return c.Month == 0 && c.Heard.IsZero() }

// Budget is what the count says at a moment, beside the limit of a month: 0 is
// DefaultMonthlyCalls, less than 0 unknown.
func (c Calls) Budget(limit int, now time.Time) Budget {
	c = c.at(now)
	return Budget{Day: c.Day, Month: c.Month, Limit: monthly(limit), ByAPI: maps.Clone(c.ByAPI), Since: c.Since, Exhausted: c.Out}
}

func monthly(limit int) int {
	if limit == 0 {
		limit = DefaultMonthlyCalls
	}
	return max(limit, 0)
}

func (c Calls) month() string {
	if len(c.Date) < len("2018-07") {
		return ""
	}
	return c.Date[:len("2018-07")]
}

// at begins anew with each day and month.
func (c Calls) at(now time.Time) Calls {
	date := now.In(beijing).Format(time.DateOnly)
	if c.Since.IsZero() {
		c.Since = now
	}
	if c.Date == date {
		return c
	}
	next := Calls{Date: date, Since: c.Since}
	if next.month() == c.month() {
		next.Month, next.ByAPI, next.Out, next.Heard = c.Month, c.ByAPI, c.Out, c.Heard
	}
	return next
}

// Plus adds two counts; the later month, and within it the later day, is the one that
// goes on. Neither is changed.
func (c Calls) Plus(d Calls) Calls {
	if d.month() > c.month() {
		c, d = d, c
	}
	out := c
	out.ByAPI = maps.Clone(c.ByAPI)
	if !d.Since.IsZero() && (out.Since.IsZero() || d.Since.Before(out.Since)) {
		out.Since = d.Since
	}
	if d.month() != c.month() || d.month() == "" {
		return out
	}
	switch {
	case d.Date == c.Date:
		out.Day += d.Day
	case d.Date > c.Date:
		out.Date, out.Day = d.Date, d.Day
	}
	out.Month += d.Month
	for api, n := range d.ByAPI {
		if out.ByAPI == nil {
			out.ByAPI = map[string]int{}
		}
		out.ByAPI[api] += n
	}
	if d.Heard.After(c.Heard) {
		out.Out, out.Heard = d.Out, d.Heard
	}
	return out
}

// minus takes out what was saved. What a new day or month has begun anew meanwhile no
// longer holds it.
func (c Calls) minus(part Calls) Calls {
	if part.month() != c.month() || part.month() == "" {
		return c
	}
	if part.Date == c.Date {
		c.Day -= part.Day
	}
	c.Month -= part.Month
	c.ByAPI = maps.Clone(c.ByAPI)
	for api, n := range part.ByAPI {
		if c.ByAPI[api] -= n; c.ByAPI[api] == 0 {
			delete(c.ByAPI, api)
		}
	}
	if c.Heard.Equal(part.Heard) {
		c.Out, c.Heard = false, time.Time{}
	}
	return c
}
