package when

import (
	"time"

	"duban/store/ledger"
)

// The precisions of a date: how wide a period the words name.
const (
	precDay     = "day"
	precWeek    = "week"
	precTenDays = "tendays"
	precMonth   = "month"
	precQuarter = "quarter"
	precHalf    = "halfyear"
	precYear    = "year"
)

// period is a stretch of the calendar that the text names. While loose it lacks its
// year and is a pattern: month and day of both ends (day 0 = the month's last), or a
// feast, or a day of some month.
type period struct {
	from, to       ledger.Date
	loose          bool
	m1, d1, m2, d2 int
	feast          feast
	isFeast        bool
	dom            int // a day number without a month
	prec           string
	point          bool   // names an end (底, 末), not a stretch
	span           bool   // a working period (五年规划期间): its beginning counts too
	also           []int  // further months or quarters named with the same words (6、12月)
	alsoDays       bool   // also lists days
	note           string // the assumption made
	bad            string // why no date can be given
}

// fixed is the period between two known days.
func fixed(from, to ledger.Date, prec string) period { return period{from: from, to: to, prec: prec} }

// yearly is the pattern between two days of a year.
func yearly(m1, d1, m2, d2 int, prec string) period {
	return period{loose: true, m1: m1, d1: d1, m2: m2, d2: d2, prec: prec}
}

func onDay(m, d int) period {
	p := yearly(m, d, m, d, precDay)
	p.point = true
	if d < 1 || d > 31 || m < 1 || m > 12 {
		p.bad = "日期不存在"
	}
	return p
}

func inMonths(m1, m2 int) period {
	p := yearly(m1, 1, m2, 0, precMonth)
	if m1 < 1 || m1 > 12 || m2 < 1 || m2 > 12 {
		p.bad = "月份不存在"
	}
	return p
}

func inQuarters(q1, q2 int) period { return yearly(q1*3-2, 1, q2*3, 0, precQuarter) }

// in gives the pattern its year. A pattern that runs backwards (11月至3月) ends in the
// year after.
func (p period) in(year int) period {
	if !p.loose || p.bad != "" {
		return p
	}
	p.loose = false
	if p.isFeast {
		d, ok := p.feast.day(year)
		if !ok {
			p.bad = "农历日期超出推算范围"
		}
		p.from, p.to = d, d
		return p
	}
	end := year
	if p.m2 < p.m1 {
		end++
	}
	p.from, p.to = monthDay(year, p.m1, p.d1), monthDay(end, p.m2, p.d2)
	if p.from.IsZero() || p.to.IsZero() {
		p.bad = "日期不存在"
	}
	return p
}

// monthDay is the day, the month's last for d = 0, or no date if there is none.
func monthDay(year, m, d int) ledger.Date {
	if d == 0 {
		return ledger.EndOfMonth(year, time.Month(m))
	}
	if !ledger.ValidDate(year, time.Month(m), d) {
		return ledger.Date{}
	}
	return ledger.Date{Year: year, Month: time.Month(m), Day: d}
}

// whole is the year from its first to its last day.
func whole(y1, y2 int) period {
	return fixed(ledger.Date{Year: y1, Month: 1, Day: 1}, ledger.Date{Year: y2, Month: 12, Day: 31}, precYear)
}

// end makes the period its own last day: 底, 末.
func (p period) end() period {
	p.m1, p.d1, p.from, p.point = p.m2, p.d2, p.to, true
	return p
}

// until ends the period on another day of the same pattern.
func (p period) until(m, d int) period {
	p.m2, p.d2 = m, d
	return p
}

// leanBack is how many days ago a bare month or day may lie in chat and still mean
// the one just past ("10月15日完成了", said on the 17th).
const leanBack = 31

// place settles the year of a loose period (C3, C4).
func (c *scan) place(p period) period {
	if !p.loose || p.bad != "" {
		return p
	}
	if c.ref.IsZero() && c.last.IsZero() {
		p.bad, p.loose = "缺少印发日期，无法确定年份", false
		return p
	}
	if p.dom > 0 {
		return c.placeDay(p)
	}
	year := c.ref.Year
	inherited := !c.last.IsZero()
	if inherited {
		year = c.last.Year
	}
	q := p.in(year)
	switch {
	case q.bad != "":
	case inherited:
		if q.to.Before(c.ref) && !c.last.Before(c.ref) {
			q = p.in(year + 1)
		}
	case c.past(q.to, p.prec):
		q = p.in(year + 1)
	}
	return q
}

// past reports whether a bare date that lies there means the next year's. A question
// about a quarter looks further back than one about a month.
func (c *scan) past(d ledger.Date, prec string) bool {
	switch c.lean {
	case leanChat:
		return c.ref.Sub(d) > leanBack
	case leanQuery:
		if prec == precQuarter || prec == precHalf {
			return c.ref.Sub(d) > 270
		}
		return c.ref.Sub(d) > 183
	}
	return d.Before(c.ref)
}

// placeDay finds the first such day number on or after ref, or in the month of the
// part before.
func (c *scan) placeDay(p period) period {
	year, month, from := c.ref.Year, int(c.ref.Month), c.ref
	if !c.last.IsZero() {
		year, month, from = c.last.Year, int(c.last.Month), ledger.Date{}
	}
	for range 12 {
		d := monthDay(year, month, p.dom)
		if !d.IsZero() && !d.Before(from) {
			p.from, p.to, p.loose = d, d, false
			return p
		}
		if month++; month > 12 {
			year, month = year+1, 1
		}
	}
	p.bad, p.loose = "日期不存在", false
	return p
}

// each gives the period and those named with it (6、12月底 = 6月底 and 12月底).
func (p period) each() []period {
	out := []period{p}
	for _, n := range p.also {
		q := p
		switch {
		case p.alsoDays:
			q.d1, q.d2 = n, n
		case !p.loose:
			out = append(out, whole(n, n))
			continue
		case p.prec == precQuarter:
			q.m1, q.m2 = p.m1-p.m2+n*3, n*3
		default:
			q.m1, q.m2 = n, n
		}
		if q.m2 > 12 || q.m1 < 1 || q.m1 > 12 {
			q.bad = "月份不存在"
		}
		out = append(out, q)
	}
	return out
}
