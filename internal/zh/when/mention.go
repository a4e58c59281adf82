package when

import (
	"slices"
	"strings"
	"unicode/utf8"

	"duban/store/ledger"
)

// bound says which side of a period is meant.
type bound int

const (
	boundNone  bound = iota // the period as it stands
	boundBy                 // 前, 内, 止: by its end
	boundSince              // 起: from its beginning on
	boundAfter              // 后: from the day behind it on
)

// mention is one expression of time in the text, from byte start to end.
type mention struct {
	start, end int
	p          period
	bound      bound
	within     bool // counted from a start (3个月内)
	relative   bool // was loose: the text gave no year
	cycle      ledger.Cycle
	anchors    []ledger.Anchor
	remark     bool // its anchors stand in brackets behind it
	clock      clock
	more       []period // further days named with the same words (6、12月底)
}

// collect finds the mentions of the text in order. Names of documents and
// programmes are passed over.
func (c *scan) collect() []mention {
	var out []mention
	for i := 0; i < len(c.s); {
		if j := c.masked(i); j > i {
			i = j
			continue
		}
		m, j, ok := c.mention(i, out)
		if !ok {
			i = max(c.run(i), i+utf8.RuneLen(c.next(i)), i+1)
			continue
		}
		i = j
		if m.start >= m.end {
			continue // a name: passed over
		}
		out = c.add(out, m)
	}
	return out
}

// add appends the mention and those it carries along (6、12月底), and remembers its
// year for the parts behind it.
func (c *scan) add(out []mention, m mention) []mention {
	if m.cycle != "" || m.p.bad != "" {
		return append(out, m)
	}
	if n := len(out); n > 0 && m.within && !c.startDay.IsZero() && out[n-1].bound == boundSince {
		out = out[:n-1]
	}
	c.startDay = ledger.Date{}
	if m.bound == boundSince {
		c.startDay = m.p.from
	}
	if !m.within && !m.p.to.IsZero() && !c.looksBack(m.p) {
		c.last = m.p.to
	}
	out = append(out, m)
	for _, p := range m.more {
		m.p = p
		c.last = p.to
		out = append(out, m)
	}
	return out
}

// looksBack reports whether prose names years before that of issue only to say what it is
// about: 对2013年以来改造的厕所，5月底前完成整改.
func (c *scan) looksBack(p period) bool {
	return !c.cell && c.lean == leanPlan && p.to.Year < c.ref.Year
}

// placeEach settles periods one behind the other.
func (c *scan) placeEach(list []period, last ledger.Date) []period {
	saved := c.last
	for i, p := range list {
		c.last = last
		list[i] = c.place(p)
		last = list[i].to
	}
	c.last = saved
	return list
}

// mention reads the expression at i. A name gives an empty mention.
func (c *scan) mention(i int, before []mention) (mention, int, bool) {
	if m, j, ok := c.cyclic(i); ok {
		return m, j, true
	}
	if m, j, ok := c.within(i); ok {
		return m, j, true
	}
	if m, j, ok := c.issueStart(i); ok {
		return m, j, true
	}
	p, j, ok := c.period(i)
	if !ok {
		return mention{}, i, false
	}
	if c.anchored(before) && p.loose && p.dom == 0 && !p.isFeast {
		return c.nextAnchor(i, j, p)
	}
	m := mention{start: i, relative: p.loose && c.last.IsZero()}
	m.p, j = c.ranged(p, j)
	if len(p.also) > 0 {
		m.more = c.placeEach(p.each()[1:], m.p.to)
	}
	j = c.suffix(&m, j)
	m.end = j
	if endsWith(c.s[:i], "农历", "阴历", "夏历") {
		m.p.bad = "农历日期需人工确认"
	}
	if c.named(&m) {
		c.names = true
		return mention{}, j, true
	}
	return m, j, true
}

// anchored reports whether the part before is a yearly duty on given days: the
// months behind it are of every year too.
func (c *scan) anchored(before []mention) bool {
	n := len(before)
	return n > 0 && before[n-1].cycle == ledger.CycleYear && len(before[n-1].anchors) > 0 && len(before[n-1].anchors) < 4 // not 每两个月
}

func (c *scan) nextAnchor(i, j int, p period) (mention, int, bool) {
	m := mention{start: i, cycle: ledger.CycleYear, anchors: []ledger.Anchor{yearAnchor(p)}}
	j = c.suffix(&mention{}, j)
	m.end = j
	return m, j, true
}

// ranged reads the other end of a stretch behind p, and settles the years.
func (c *scan) ranged(p period, j int) (period, int) {
	if p.bad != "" || len(p.also) > 0 {
		return c.place(p), j
	}
	k := j
	if _, e, ok := c.clockTime(j); ok {
		k = e
	}
	k = c.opt(k, "起", "开始")
	k, ok := c.dash(c.opt(k, ",", "直", "一直"))
	if !ok {
		return c.place(p), j
	}
	if !c.followsAny(k, "今后", "今年", "今天", "今日", "今晚") {
		if e, ok := c.any(k, "今", "目前", "现在", "长期", "永久", "持续"); ok {
			p = c.place(p)
			p.to, p.span = ledger.Date{}, true
			return p, e
		}
	}
	a := c.place(p)
	saved := c.last
	c.last = a.to
	b, e, ok := c.period(k)
	if !ok {
		b, e, ok = c.bareEnd(k, p)
	}
	if !ok || a.bad != "" {
		c.last = saved
		return a, j
	}
	given := !b.loose
	b = c.place(b)
	c.last = saved
	if p.loose && p.dom == 0 && !p.isFeast && c.last.IsZero() && c.lean == leanPlan {
		a, b = c.nearest(p, a, b, given)
	}
	if b.bad != "" {
		return b, e
	}
	if b.to.Before(a.from) {
		if given {
			return period{bad: "起止日期颠倒"}, e
		}
		b.to = b.to.AddMonths(12)
	}
	b.from, b.span, b.point = a.from, true, false
	return b, e
}

// nearest moves a stretch without years so that its end, not its beginning, is the
// first on or after ref (C3).
func (c *scan) nearest(p, a, b period, given bool) (period, period) {
	back := p.in(a.from.Year - 1)
	if back.bad != "" || a.from.Year <= c.ref.Year {
		return a, b
	}
	end := b.to
	if !given {
		end = end.AddMonths(-12)
	}
	if back.from.After(end) || end.Before(c.ref) {
		return a, b
	}
	b.to = end
	return back, b
}

// bareEnd reads the end of 2018.7-12 and 7.1-31.
func (c *scan) bareEnd(k int, p period) (period, int, bool) {
	n, e, ok := c.number(k)
	if !ok || e-k > 2 || !isDigit(c.s[k]) || !c.closes(e) || c.follows(e, "个家项次名万.%年天周") || p.to.IsZero() {
		return period{}, k, false
	}
	switch {
	case p.prec == precMonth && n >= 1 && n <= 12:
		return inMonths(n, n), e, true
	case p.prec == precDay && n >= 1 && n <= 31:
		return onDay(int(p.to.Month), n), e, true
	}
	return period{}, k, false
}

// issueStart reads 自发文之日起 and 即日起 where no duration follows.
func (c *scan) issueStart(i int) (mention, int, bool) {
	j, ok := c.any(i, "之日起", "即日起", "日起", "之时起", "现在起", "今起")
	if !ok || c.ref.IsZero() {
		return mention{}, i, false
	}
	head := c.s[clauseStart(c.s, i):j]
	if _, k, ok := c.duration(c.opt(j, ",", "、", "的", "在", "计")); ok && k > j {
		return mention{}, i, false
	}
	if !slices.ContainsFunc(issueWords, func(w string) bool { return strings.Contains(head, w) }) {
		return mention{start: i, end: j, p: period{bad: "起算日不是印发日，需人工确认"}}, j, true
	}
	a := fixed(c.ref, c.ref, precDay)
	a.point = true
	m := mention{start: i, p: a, bound: boundSince}
	if p, k := c.ranged(a, j); k > j {
		m.p, m.bound, j = p, boundNone, c.suffix(&m, k)
		m.bound = boundNone
	}
	m.end = j
	return m, j, true
}
