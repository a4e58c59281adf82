package when

import (
	"slices"
	"strings"
	"time"

	"duban/store/ledger"
)

// anchors reads the days of a cycle that the text gives behind its unit; the place
// stays at i when there are none.
func (c *scan) anchors(i int, cycle ledger.Cycle) ([]ledger.Anchor, int) {
	var out []ledger.Anchor
	end, joined := i, false
	j := c.opt(i, "的", "各", "于", "在", "逢")
	for len(out) < 12 {
		list, k, ok := c.anchor(j, cycle)
		if !ok {
			return out, end
		}
		if n := len(out); n > 0 && joined && len(list) == 1 {
			for w := out[n-1].Weekday + 1; w < list[0].Weekday; w++ {
				out = append(out, ledger.Anchor{Weekday: w}) // 周一至周五
			}
		}
		out, end = append(out, list...), k
		j = c.opt(k, "以前", "之前", "前", "左右")
		k, ok = c.any(j, "、", "和", "及", "与", "以及", "或", ",", "至", "-", "~")
		if !ok {
			return out, end
		}
		_, joined = c.any(j, "至", "-", "~")
		if e, ok := c.any(k, "年末", "末"); ok && len(out) > 0 && cycle == ledger.CycleYear {
			return append(out, ledger.Anchor{Month: 12, Day: 31}), e
		}
		j = k
	}
	return out, end
}

// anchor reads one anchor, or several at once. A place without an anchor that is
// understood all the same (年初, C9) gives an empty list.
func (c *scan) anchor(i int, cycle ledger.Cycle) ([]ledger.Anchor, int, bool) {
	switch cycle {
	case ledger.CycleWeek, ledger.CycleFortnight:
		j := c.opt(i, "周", "星期", "礼拜", "的")
		n, k := c.weekday(j)
		if n == 0 {
			return nil, i, false
		}
		return []ledger.Anchor{{Weekday: n}}, k, true
	case ledger.CycleMonth:
		return c.dayAnchor(c.opt(i, "次月", "下月", "当月"), 0)
	case ledger.CycleQuarter:
		return c.monthAnchor(i, 3)
	case ledger.CycleHalfYear:
		return c.monthAnchor(i, 6)
	case ledger.CycleYear, ledger.CycleTwoYears:
		return c.yearAnchors(i)
	}
	return nil, i, false
}

// dayAnchor reads a day within a month: 10日, 底, 上旬, 结束后5日内, 最后一个工作日.
func (c *scan) dayAnchor(i int, month time.Month) ([]ledger.Anchor, int, bool) {
	one := func(day, j int) ([]ledger.Anchor, int, bool) {
		return []ledger.Anchor{{Month: month, Day: day}}, j, true
	}
	if j, ok := c.any(i, "月底", "月末", "底", "末"); ok {
		if a, k, ok := c.dayAnchor(j, month); ok {
			return a, k, true
		}
		return one(0, j)
	}
	if j, ok := c.any(i, "下旬", "最后一天", "最后一日", "最后1天", "最后一个工作日", "最后1个工作日", "最后一周"); ok {
		return one(0, j)
	}
	if j, ok := c.any(i, "中下旬"); ok {
		return one(0, j)
	}
	if j, ok := c.any(i, "最后一个", "最后1个"); ok {
		if n, k := c.weekday(c.opt(j, "周", "星期", "礼拜")); n > 0 {
			return nil, k, true
		}
	}
	if j, ok := c.any(i, "最后"); ok {
		if _, k, ok := c.duration(j); ok {
			return one(0, k)
		}
	}
	if j, ok := c.any(i, "上旬", "月初", "初"); ok {
		if a, k, ok := c.dayAnchor(j, month); ok {
			return a, k, true
		}
		return one(10, j)
	}
	if j, ok := c.any(i, "上中旬", "中旬"); ok {
		return one(20, j)
	}
	if j, ok := c.any(i, "第一周", "首周", "第1周"); ok {
		return one(7, j)
	}
	j := c.opt(i, "结束后", "终了后", "终了之日起", "结束之日起", "后", "前")
	days, span, k := c.numbers(j, "", "日")
	if e, ok := c.any(k, "个工作日内", "个工作日", "工作日内"); ok && len(days) == 1 {
		return nil, e, true // a working day of the month is no fixed day
	}
	e, ok := c.any(k, "日", "号", "天内")
	if len(days) == 0 || !ok || days[len(days)-1] > 31 {
		return nil, i, false
	}
	if span {
		days = days[len(days)-1:]
	}
	var out []ledger.Anchor
	for _, d := range days {
		if d < 1 {
			return nil, i, false
		}
		out = append(out, ledger.Anchor{Month: month, Day: d})
	}
	return out, e, true
}

// monthAnchor reads a month of a quarter or half-year and the day in it.
func (c *scan) monthAnchor(i, months int) ([]ledger.Anchor, int, bool) {
	last := time.Month(months)
	if j, ok := c.any(i, "季末后", "末后", "底后", "季后"); ok {
		return c.dayAnchor(j, 1)
	}
	if j, ok := c.any(i, "季末", "季底", "期末", "末月", "最后一个月", "最后1个月"); ok {
		return c.dayOr(j, last)
	}
	if j, ok := c.any(i, "首月", "第一个月", "第1个月", "首个月", "次月", "下月"); ok {
		return c.dayOr(j, 1)
	}
	if j, ok := c.any(i, "第二个月", "第2个月", "中间月"); ok {
		return c.dayOr(j, 2)
	}
	if j, ok := c.any(i, "第三个月", "第3个月"); ok {
		return c.dayOr(j, 3)
	}
	if j, ok := c.any(i, "底", "末"); ok {
		if _, k, ok := c.duration(j); ok && c.follows(k, "内") {
			return c.dayAnchor(j, 1)
		}
		return c.dayOr(j, last)
	}
	if j, ok := c.any(i, "最后一周", "最后一个工作日", "最后一天", "最后1天"); ok {
		return []ledger.Anchor{{Month: last}}, j, true
	}
	if j, ok := c.any(i, "初"); ok {
		return []ledger.Anchor{{Month: 1, Day: 10}}, j, true
	}
	if _, ok := c.any(i, "结束后", "终了后", "后", "前"); ok {
		return c.dayAnchor(i, 1)
	}
	if c.followsAny(i, "最后") {
		return c.dayAnchor(i, last)
	}
	if months == 3 {
		return c.dayAnchor(i, 1)
	}
	return nil, i, false
}

func (c *scan) dayOr(j int, month time.Month) ([]ledger.Anchor, int, bool) {
	if a, k, ok := c.dayAnchor(c.opt(j, "的"), month); ok {
		return a, k, true
	}
	return []ledger.Anchor{{Month: month}}, j, true
}

// yearAnchors reads the days of a year: 6月底, 3月、9月, 年底, 上半年, 3-5月, 国庆前.
func (c *scan) yearAnchors(i int) ([]ledger.Anchor, int, bool) {
	if j, ok := c.any(i, "年底", "底", "度终"); ok {
		return []ledger.Anchor{{Month: 12, Day: 31}}, j, true
	}
	if j, ok := c.any(i, "年末", "年初", "末", "初"); ok {
		return nil, j, true
	}
	if j, ok := c.any(i, "年中"); ok {
		return []ledger.Anchor{{Month: 6, Day: 30}}, j, true
	}
	i2 := c.opt(i, "次年", "的", "第二年", "终了后", "度结束后", "结束后")
	if n, k, ok := c.number(i2); ok && i2 > i && n > 0 && n <= 12 {
		if e, ok := c.any(k, "个月内", "个月之内"); ok {
			return []ledger.Anchor{yearAnchor(inMonths(n, n))}, e, true
		}
	}
	p, j, ok := c.inYear(i2)
	if !ok || p.dom > 0 || p.bad != "" {
		return nil, i, false
	}
	if p.isFeast {
		m, d, solar := p.feast.solar()
		if !solar {
			return nil, j, true
		}
		if _, before := c.any(j, "前", "之前", "以前"); before {
			eve := ledger.NewDate(2001, time.Month(m), d).AddDays(-1)
			return []ledger.Anchor{{Month: eve.Month, Day: eve.Day}}, j, true
		}
		return []ledger.Anchor{{Month: time.Month(m), Day: d}}, j, true
	}
	if k, dashed := c.dash(j); dashed {
		if q, e, ok := c.inYear(c.opt(k, "次年", "翌年", "第二年")); ok && q.loose && q.m2 > 0 {
			return []ledger.Anchor{yearAnchor(q)}, e, true
		}
	}
	var out []ledger.Anchor
	for _, q := range p.each() {
		out = append(out, yearAnchor(q))
	}
	return out, j, true
}

// yearAnchor is the last day of the pattern; only February's end stays open, for the
// others have the same last day every year.
func yearAnchor(p period) ledger.Anchor {
	day := p.d2
	if day == 0 && p.m2 != 2 && p.m2 >= 1 && p.m2 <= 12 {
		day = ledger.DaysIn(2001, time.Month(p.m2))
	}
	return ledger.Anchor{Month: time.Month(p.m2), Day: day}
}

// absorbed puts the months that a remark gives a cycle into its anchors and reports
// whether it did: 每半年一次(6月底、12月底前).
func (c *scan) absorbed(cycle *mention, m mention) bool {
	if cycle.cycle == "" || m.cycle != "" || m.p.bad != "" || m.within || m.p.prec == precYear {
		return false
	}
	gap := c.s[cycle.end:max(cycle.end, m.start)]
	open := strings.HasSuffix(gap, "(") && len(gap) <= len("组织开展一次以上(") || cycle.remark && strings.Trim(gap, "、,和及") == ""
	if !open || !cycle.remark && len(cycle.anchors) > 0 {
		return false
	}
	a := ledger.Anchor{Month: m.p.to.Month, Day: m.p.to.Day}
	if a.Day == ledger.DaysIn(m.p.to.Year, a.Month) && (cycle.cycle != ledger.CycleYear || a.Month == time.February) {
		a.Day = 0
	}
	switch cycle.cycle {
	case ledger.CycleHalfYear:
		a.Month = (a.Month-1)%6 + 1
	case ledger.CycleQuarter:
		a.Month = (a.Month-1)%3 + 1
	case ledger.CycleMonth:
		a.Month = 0
	case ledger.CycleYear, ledger.CycleTwoYears:
	default:
		return false
	}
	if !slices.Contains(cycle.anchors, a) {
		cycle.anchors = append(cycle.anchors, a)
	}
	cycle.end, cycle.remark = m.end, true
	return true
}
