package when

import "strings"

// monthTail narrows a month to 底, 初, 上旬, 15日, 1-15日 and the like.
func (c *scan) monthTail(j int, p period) (period, int) {
	m := p.m2
	if k, ok := c.any(j, "月底", "月末", "底", "末"); ok && !c.follows(k, notEnd) {
		return p.end(), k
	}
	for _, part := range monthParts {
		if k, ok := c.has(j, part.name); ok && !(part.name == "中" && c.follows(k, notMiddle)) && !(part.name == "初" && c.follows(k, notBegin)) {
			q := p
			q.m1, q.d1, q.m2, q.d2, q.prec, q.note = m, part.d1, m, part.d2, precTenDays, part.note
			return q, k
		}
	}
	days, span, k := c.numbers(j, "", "日")
	if len(days) == 0 || days[len(days)-1] > 99 {
		return p, j
	}
	e, marked := c.any(k, "日", "号")
	switch {
	case marked && c.noDay(e):
		return p, j
	case !marked && (len(days) > 1 || !c.dayCloses(k)):
		return p, j
	case !marked:
		e = k
	}
	if span {
		q := onDay(m, days[len(days)-1])
		q.d1, q.point, q.span = days[0], false, true
		return q, e
	}
	q := onDay(m, days[0])
	q.also, q.alsoDays = days[1:], true
	return q, e
}

var monthParts = []struct {
	name   string
	d1, d2 int
	note   string
}{
	{"上中旬", 1, 20, ""}, {"上、中旬", 1, 20, ""}, {"中下旬", 11, 0, ""}, {"中、下旬", 11, 0, ""}, {"上旬", 1, 10, ""}, {"中旬", 11, 20, ""}, {"下旬", 21, 0, ""}, {"初", 1, 10, ""},
	{"中", 1, 15, "“月中”按15日理解"},
}

// noDay reports that 号 at the end of a number belongs to a name: 20号文, 3号楼.
func (c *scan) noDay(j int) bool {
	return c.prev(j) == '号' && c.follows(j, "文令楼线公地院厂机门库桥路馆坝井站召函码段")
}

// dayCloses reports whether a day number without 日 may end at k.
func (c *scan) dayCloses(k int) bool {
	_, ok := c.any(k, "前", "之前", "以前", "止", "底", "-", "—", "~", "至")
	return ok || k == len(c.s) || strings.ContainsRune(",;。)", c.next(k))
}

// slashDay reads 11.30 and 11/30, where no unit says that it is a quantity.
func (c *scan) slashDay(i int) (period, int, bool) {
	if !c.looseDigit(i) {
		return period{}, i, false
	}
	m, j, ok := c.number(i)
	if !ok || j >= len(c.s) || j-i > 2 || m < 1 || m > 12 || c.s[j] != '.' && c.s[j] != '/' {
		return period{}, i, false
	}
	d, k, ok := c.number(j + 1)
	if !ok || !isDigit(c.s[j+1]) || k-j > 3 || d < 1 || d > 31 || !c.closes(k) {
		return period{}, i, false
	}
	if e, ok := c.any(k, "日", "号"); ok {
		return onDay(m, d), e, true
	}
	if c.next(k) == '.' && k+1 < len(c.s) && isDigit(c.s[k+1]) {
		return period{}, i, false
	}
	_, bound := c.any(k, "前", "之前", "以前", "止", "起")
	if !bound && (c.lean == leanPlan && !c.cell || c.prev(i) == '第' || !strings.ContainsRune("#,;。、)(至到-—~完开召举印报上下晚左办结交行吧吗可 ", c.next(k))) {
		return period{}, i, false
	}
	return onDay(m, d), k, true
}

// looseDigit reports whether a number may begin at i: not within a longer one, a
// code (JGJ450) or a decimal.
func (c *scan) looseDigit(i int) bool {
	b := byteBefore(c.s, i)
	return isDigit(c.s[i]) && !isWord(b) && b != '.' && b != '/' && b != '$' && b != '#'
}

// dayOnly reads 15日, 30号 and 1日和15日 of some month.
func (c *scan) dayOnly(i int) (period, int, bool) {
	days, _, j := c.numbers(i, "", "日")
	if len(days) == 0 || len(days) > 1 {
		return period{}, i, false
	}
	d := days[0]
	k, ok := c.any(j, "日", "号")
	if !ok || d < 1 || d > 31 || c.noDay(k) || i > 0 && strings.ContainsRune("第]】)#任务o.-前后", c.prev(i)) || c.follows(k, "游报程志常均") {
		return period{}, i, false
	}
	if c.prev(k) == '号' && !c.dayHint(i, k) {
		return period{}, i, false
	}
	return period{loose: true, dom: d, prec: precDay, point: true}, k, true
}

// dayHint says whether N号 is a day and not the number of a task (U1): something of
// time stands next to it.
func (c *scan) dayHint(i, k int) bool {
	if i == 0 && k == len(c.s) {
		return true
	}
	if strings.ContainsRune("到至在于改推延", c.prev(i)) || strings.HasSuffix(c.s[:i], "期") {
		return true
	}
	_, ok := c.any(k, "前", "之前", "以前", "上午", "下午", "晚", "截止", "早上", "中午", "下班", "-", "至", "到")
	return ok
}

// feastDay reads 国庆, 春节, 五一 and so on, where they stand for a date.
func (c *scan) feastDay(i int) (period, int, bool) {
	name := c.opt(i, "“", "\"", "‘")
	for _, f := range feasts {
		j, ok := c.has(name, f.name)
		if !ok {
			continue
		}
		if j = c.opt(j, "”", "\"", "’"); name > i && j == name+len(f.name) {
			return period{}, i, false // the quotation goes on: a name
		}
		j = c.opt(j, "黄金周", "小长假", "长假", "假期", "佳节", "节假日", "节")
		if short := f.name == "十一" || f.name == "五一" || f.name == "六一" || f.name == "七一" || f.name == "八一" || f.name == "五四"; short {
			bare := j == i+len(f.name) || name > i
			if bare && !c.follows(j, "前之以后期") || isHanDigit(c.prev(i)) || c.prev(i) == '第' {
				continue
			}
			if _, more := c.any(j, "期间", "之前", "以前", "之后", "以后", "前", "后"); bare && !more {
				continue
			}
		}
		if m, d, ok := f.id.solar(); ok {
			p := onDay(m, d)
			p.isFeast, p.feast = true, f.id
			return p, j, true
		}
		return period{loose: true, isFeast: true, feast: f.id, prec: precDay, point: true}, j, true
	}
	return period{}, i, false
}
