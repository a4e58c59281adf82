package understand

import (
	"regexp"
	"strconv"
	"strings"
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
	s := timely(u.masked())
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
	u.findShortDays()
}

func (u *utterance) addDay(start, end int, d ledger.Date) {
	u.days = append(u.days, day{start: start, end: end, from: d, to: d})
}

// nextDay is the next n-th of a month, today included.
func (u *utterance) nextDay(n int) ledger.Date {
	t := u.today()
	for range 3 {
		if n >= t.Day && ledger.ValidDate(t.Year, t.Month, n) {
			return ledger.NewDate(t.Year, t.Month, n)
		}
		t = ledger.NewDate(t.Year, t.Month+1, 1)
	}
	return t
}

// fullDay matches a day of the calendar as it is written, whether there is such a day or not.
var fullDay = compile(`(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})[日号]`)

// noSuchDay is a day that is written and does not exist, such as 11月31日; "" for none.
func (u *utterance) noSuchDay() string {
	m := u.find(fullDay, u.s)
	if m == nil {
		return ""
	}
	year := u.today().Year
	if m[1] != "" {
		year, _ = strconv.Atoi(m[1]) // four digits
	}
	month, _ := strconv.Atoi(m[2]) // two digits at most
	n, _ := strconv.Atoi(m[3])     // likewise
	if ledger.ValidDate(year, time.Month(month), n) || m[1] == "" && ledger.ValidDate(year+1, time.Month(month), n) {
		return ""
	}
	return m[0]
}

// lastDay is the last n-th of a month, today included.
func (u *utterance) lastDay(n int) ledger.Date {
	t := u.today()
	for range 3 {
		if n <= t.Day && ledger.ValidDate(t.Year, t.Month, n) {
			return ledger.NewDate(t.Year, t.Month, n)
		}
		t = ledger.NewDate(t.Year, t.Month, 1).AddDays(-1)
	}
	return t
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
	if u.span == nil {
		d, ok := u.findPeriod()
		u.span = &spanOf{d, ok}
	}
	return u.span.day, u.span.ok
}

// spanOf remembers the period, which several rows ask for.
type spanOf struct {
	day day
	ok  bool
}

func (u *utterance) findPeriod() (day, bool) {
	for _, d := range u.days {
		if d.to == u.today() && d.from.Before(d.to) && strings.HasSuffix(u.s[d.start:d.end], "号") {
			return d, true // 3号到现在
		}
	}
	if i := strings.Index(u.s, "今天明天"); i >= 0 {
		return day{start: i, end: i + len("今天明天"), from: u.today(), to: u.today().AddDays(1)}, true
	}
	span, ok := when.FindSpan(timely(u.masked()), u.today())
	if !ok {
		if len(u.days) == 0 {
			return day{}, false
		}
		return u.days[0], true
	}
	d := day{start: span.Start, end: span.End, from: span.From, to: span.To}
	if len(u.days) > 0 {
		d.at = u.days[0].at
	}
	if m := yearBehind.FindStringSubmatch(u.s[min(span.End, len(u.s)):]); m != nil && !strings.Contains(span.Matched, "年") {
		if s, ok := when.FindSpan(m[1]+span.Matched, u.today()); ok {
			d.from, d.to = s.From, s.To
		}
	}
	return d, true
}

// yearBehind matches the year of a period that stands in brackets behind it: 一季度的（明年）.
var yearBehind = regexp.MustCompile(`^[^()]{0,12}\((明年|今年|去年|后年|来年|前年|[0-9]{4}年)\)`)

// newDay is the day that something is moved to: the last one behind 到 or 改为, else
// the last one said.
func (u *utterance) newDay() (out day, ok bool) {
	for _, d := range u.days {
		if hasAnySuffix(u.s[:d.start], "到", "至", "为", "成", "延", "给", "缓") {
			out, ok = d, true
		}
	}
	if n := len(u.days); !ok && n > 0 {
		return u.days[n-1], true
	}
	return out, ok
}
