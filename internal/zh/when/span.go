package when

import (
	"strings"

	"duban/store/ledger"
)

// Span is a period that a question asks about. A zero From is "whatever is due until
// To" (年底前, 10月底前); a zero To is "from then on". Matched and its place are as in
// Moment.
type Span struct {
	From, To   ledger.Date
	Matched    string
	Start, End int
}

// FindSpan gives the first period in the text, as of today. Weeks run from Monday to
// Sunday. A month without a year is this year's, unless it ended more than half a
// year ago (a quarter or half-year: nine months). N天内 runs from today, 最近N天 up to today, both counting today.
func FindSpan(text string, today ledger.Date) (Span, bool) {
	src := prepare(text, maxChat)
	c := scan{s: src.s, ref: today, lean: leanQuery}
	at, s := len(src.s)+1, Span{}
	if from, start, end, ok := c.recent(); ok {
		at = start
		s = Span{From: from, To: today}
		s.Start, s.End = src.place(start, end)
	}
	for _, m := range c.collect() {
		if m.cycle != "" || m.p.bad != "" || m.start >= at {
			continue
		}
		at = m.start
		s = c.spanOf(m)
		s.Start, s.End = src.place(m.start, m.end)
		break
	}
	if at > len(src.s) {
		return Span{}, false
	}
	s.Matched = src.folded[s.Start:s.End]
	return s, true
}

func (c *scan) spanOf(m mention) Span {
	switch {
	case m.within && m.bound == boundBy && m.p.from == m.p.to:
		return Span{From: m.p.to, To: m.p.to}
	case m.within:
		return Span{From: c.ref, To: m.p.to}
	case m.bound == boundSince:
		to := ledger.Date{}
		if strings.HasSuffix(c.s[:m.end], "以来") {
			to = c.ref
		}
		return Span{From: m.p.from, To: to}
	case m.bound == boundAfter:
		return Span{From: m.p.to.AddDays(1)}
	case m.p.span:
		return Span{From: m.p.from, To: m.p.to}
	case m.bound == boundBy && !strings.HasSuffix(c.s[:m.end], "内"):
		return Span{To: m.p.to}
	case m.p.point && m.p.prec != precDay || c.lead(m.start) != "":
		return Span{To: m.p.to}
	}
	return Span{From: m.p.from, To: m.p.to}
}

// recent reads 最近一周, 近三天, 过去半年: a period that ends today.
func (c *scan) recent() (from ledger.Date, start, end int, ok bool) {
	for i := 0; i < len(c.s); i++ {
		j, named := c.any(i, "最近的", "最近", "过去的", "过去", "近", "这")
		if !named {
			continue
		}
		o, k, ok := c.duration(j)
		if !ok || o.workdays > 0 || o == (offset{}) {
			continue
		}
		if e, ok := c.any(k, "以来", "之内", "以内", "内"); ok {
			k = e
		}
		return c.ref.AddMonths(-o.months).AddDays(1 - o.days - (o.hours+23)/24), i, k, true
	}
	return ledger.Date{}, 0, 0, false
}
