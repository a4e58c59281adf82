package when

import (
	"strings"
	"time"
	"unicode"

	"duban/store/ledger"
)

// relativeYear reads 今年, 明年, 次年, 本年度 and the like. 次年 and 当年 count from the
// year of the part before, if there is one.
func (c *scan) relativeYear(i int) (year, j int, ok bool) {
	for _, w := range yearWords {
		j, ok := c.has(i, w.name)
		if !ok {
			continue
		}
		base := c.ref.Year
		if w.chained && !c.last.IsZero() {
			base = c.last.Year
		}
		if w.name == "前年" && c.prev(i) == '大' {
			base--
		}
		if k, ok := c.has(j, "度"); ok {
			j = k
		}
		return base + w.shift, j, true
	}
	return 0, i, false
}

var yearWords = []struct {
	name    string
	shift   int
	chained bool
}{
	{"今年", 0, false}, {"本年", 0, false}, {"明年", 1, false}, {"来年", 1, false}, {"次年", 1, true}, {"翌年", 1, true},
	{"下一年", 1, true}, {"下年", 1, false}, {"当年", 0, true}, {"同年", 0, true}, {"后年", 2, false}, {"去年", -1, false},
	{"上年", -1, false}, {"上一年", -1, false}, {"前年", -2, false}, {"全年", 0, true},
}

// relative reads the periods that count from ref: 本月底, 下周五, 明天, 月底, 本季度末.
func (c *scan) relative(i int) (period, int, bool) {
	if !c.follows(i, relativeStarts) {
		return period{}, i, false
	}
	for _, read := range []func(int) (period, int, bool){c.dayWord, c.week, c.relativeMonth, c.relativeQuarter} {
		if p, j, ok := read(i); ok {
			if c.ref.IsZero() {
				p = period{bad: "缺少印发日期，无法推算"}
			}
			return p, j, true
		}
	}
	return period{}, i, false
}

const relativeStarts = "今明后昨前大本这下上中当次月季周星礼"

var dayWords = []struct {
	name  string
	shift int
}{
	{"今天", 0}, {"今日", 0}, {"今晚", 0}, {"今早", 0}, {"本日", 0}, {"明天", 1}, {"明日", 1}, {"明早", 1}, {"明晚", 1},
	{"大后天", 3}, {"后天", 2}, {"后日", 2}, {"昨天", -1}, {"昨日", -1}, {"昨晚", -1}, {"大前天", -3}, {"前天", -2}, {"次日", 1},
}

func (c *scan) dayWord(i int) (period, int, bool) {
	for _, w := range dayWords {
		if j, ok := c.has(i, w.name); ok {
			d := c.ref.AddDays(w.shift)
			p := fixed(d, d, precDay)
			p.point = true
			return p, j, true
		}
	}
	return period{}, i, false
}

// shiftWords are what stands before 周, 月, 季度, the longer first.
var shiftWords = []struct {
	name  string
	shift int
}{
	{"下下个", 2}, {"下下", 2}, {"下一个", 1}, {"下一", 1}, {"下个", 1}, {"下", 1}, {"上上个", -2}, {"上上", -2}, {"上一个", -1},
	{"上一", -1}, {"上个", -1}, {"上", -1}, {"本", 0}, {"这个", 0}, {"这", 0}, {"当", 0}, {"次", 1},
}

func (c *scan) shift(i int) (shift, j int, named bool) {
	for _, w := range shiftWords {
		if j, ok := c.has(i, w.name); ok {
			return w.shift, j, true
		}
	}
	return 0, i, false
}

// week reads 本周, 下周五, 周五, 周末; a week runs Monday to Sunday (C14).
func (c *scan) week(i int) (period, int, bool) {
	shift, j, named := c.shift(i)
	j, ok := c.any(j, "周", "星期", "礼拜")
	if !ok {
		return period{}, i, false
	}
	monday := c.ref.AddDays(-(isoWeekday(c.ref) - 1) + 7*shift)
	n, k := c.weekday(j)
	if n == 0 {
		if e, ok := c.any(j, "内", "底"); ok && !named && c.prev(e) != '部' && !c.follows(e, "部容") {
			return fixed(monday, monday.AddDays(6), precWeek), j, true
		}
		if !named || c.follows(j, "年期边") {
			return period{}, i, false
		}
		return fixed(monday, monday.AddDays(6), precWeek), j, true
	}
	d := monday.AddDays(n - 1)
	if !named && c.lean != leanQuery && d.Before(c.ref) {
		d = d.AddDays(7)
	}
	p := fixed(d, d, precDay)
	p.point = true
	return p, k, true
}

// weekday reads the 五 of 周五; 0 if there is none.
func (c *scan) weekday(j int) (n, k int) {
	for n, w := range []string{"一", "二", "三", "四", "五", "六", "日", "天", "末"} {
		if k, ok := c.has(j, w); ok && !(w == "日" && c.follows(k, "常")) && !(n == 0 && c.onceOver(k)) && !(n < 7 && isHanDigit(c.next(k))) {
			return min(n+1, 7), k
		}
	}
	if k := j + 1; j < len(c.s) && c.s[j] >= '1' && c.s[j] <= '7' && c.closes(k) && !c.follows(k, "次轮遍个家项人天") {
		return int(c.s[j] - '0'), k
	}
	return 0, j
}

// onceOver reports that 一 in front of k counts (每周一报, 一周一次) and names no Monday.
// A verb with an object behind it is done on Mondays: 每周一汇总各单位进展情况.
func (c *scan) onceOver(k int) bool {
	if c.follows(k, "报") {
		return !c.followsAny(k, "报送", "报告", "报市")
	}
	if c.followsAny(k, "次", "轮", "遍") {
		return true
	}
	e, ok := c.any(k, "调度", "通报", "小结", "总结", "研判", "督查", "汇总", "分析", "更新", "会商", "排名")
	return ok && (!unicode.Is(unicode.Han, c.next(e)) || c.follows(e, "制机并和及"))
}

func isoWeekday(d ledger.Date) int { return (int(d.Weekday())+6)%7 + 1 }

// lunarMonth reports whether the 月 at i is that of 腊月, 正月 or 冬月; 改正月底前 is none.
func (c *scan) lunarMonth(i int) bool {
	switch c.prev(i) {
	case '腊', '冬':
		return true
	case '正':
		return !strings.ContainsRune("改修更纠订端公", c.prev(i-len("正")))
	}
	return false
}

// relativeMonth reads 本月底, 下月15日, 月底, 月初, 月中, 月内.
func (c *scan) relativeMonth(i int) (period, int, bool) {
	shift, j, named := c.shift(i)
	j, ok := c.has(j, "月")
	if _, part := c.any(i, "上旬", "中旬", "下旬"); part {
		j, ok, named, shift = i, true, false, 0
	}
	if !ok || !named && c.lunarMonth(i) {
		return period{}, i, false
	}
	first := ledger.Date{Year: c.ref.Year, Month: c.ref.Month, Day: 1}
	if chained := c.next(i) == '次' || c.next(i) == '当' || !named; chained && !c.last.IsZero() {
		first = ledger.Date{Year: c.last.Year, Month: c.last.Month, Day: 1}
	}
	first = first.AddMonths(shift)
	month := inMonths(int(first.Month), int(first.Month))
	if named {
		p, k := c.monthTail(c.opt(j, "份"), month)
		return p.in(first.Year), k, true
	}
	if c.follows(j, "内") && !c.follows(j+len("内"), "部容") {
		return month.in(first.Year), j, true
	}
	p, k := c.monthTail(j, month)
	if k == j || isDigit(c.s[j]) || isHanDigit(c.next(j)) {
		return period{}, i, false
	}
	q := p.in(first.Year)
	if c.last.IsZero() && c.past(q.to, p.prec) {
		next := first.AddMonths(1)
		p.m1, p.m2 = int(next.Month), int(next.Month)
		q = p.in(next.Year)
	}
	return q, k, true
}

// relativeQuarter reads 本季度, 下季度末, 季末, 季度内.
func (c *scan) relativeQuarter(i int) (period, int, bool) {
	shift, j, named := c.shift(i)
	j, ok := c.any(j, "季度", "季")
	if !ok || !named && !c.follows(j, "末底内") {
		return period{}, i, false
	}
	q := (int(c.ref.Month)-1)/3 + shift
	first := ledger.NewDate(c.ref.Year, time.Month(q*3+1), 1)
	n := (int(first.Month)-1)/3 + 1
	p, k, _ := c.quarterTail(j, n, n)
	return p.in(first.Year), k, true
}

// years reads the stretches of several years: 今明两年, 明后两年, 今后三年, 未来五年.
func (c *scan) years(i int) (period, int, bool) {
	if j, ok := c.any(i, "今明两年", "今明2年", "今明二年", "今年和明年", "今年、明年", "今年至明年"); ok {
		p := whole(c.ref.Year, c.ref.Year+1)
		p.span = true
		return p, j, true
	}
	if j, ok := c.any(i, "明后两年", "明后2年", "明后年"); ok {
		p := whole(c.ref.Year+1, c.ref.Year+2)
		p.span = true
		return p, j, true
	}
	return period{}, i, false
}
