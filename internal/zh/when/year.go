package when

import (
	"unicode/utf8"

	"duban/internal/zh"
)

// periodStarts are the characters, digits aside, that a period begins with: most of a text
// begins none, and need not be tried as one.
var periodStarts = func() map[rune]bool {
	out := map[rune]bool{}
	for _, r := range hanDigits + relativeStarts + "q\"“‘'「第元年岁" {
		out[r] = true
	}
	add := func(word string) {
		r, _ := utf8.DecodeRuneInString(word)
		out[r] = true
	}
	for _, f := range feasts {
		add(f.name)
	}
	for _, w := range yearWords {
		add(w.name)
	}
	return out
}()

// period reads the stretch of the calendar named at i.
func (c *scan) period(i int) (period, int, bool) {
	r := c.next(i)
	switch {
	case isDigit(byte(r)) && r < utf8.RuneSelf:
		return c.numeric(i)
	case !periodStarts[r]:
		return period{}, i, false
	}
	if p, j, ok := c.plan(i); ok {
		return p, j, true
	}
	if p, j, ok := c.feastDay(i); ok {
		return p, j, true
	}
	if isHanDigit(r) {
		return c.numeric(i)
	}
	if p, j, ok := c.years(i); ok {
		return p, j, true
	}
	if y, j, ok := c.relativeYear(i); ok {
		p, j := c.afterYear(j, y)
		return p, j, true
	}
	if p, j, ok := c.relative(i); ok {
		return p, j, true
	}
	return c.inYear(i)
}

// numeric reads the periods that begin with a number.
func (c *scan) numeric(i int) (period, int, bool) {
	if p, j, ok := c.iso(i); ok {
		return p, j, true
	}
	if p, j, ok := c.schoolYear(i); ok {
		return p, j, true
	}
	if p, j, ok := c.yearSpan(i); ok {
		return p, j, true
	}
	if y, j, bad, ok := c.yearNumber(i); ok {
		p, j := c.afterYear(j, y)
		if bad != "" {
			p.bad = bad
		}
		return p, j, true
	}
	return c.inYear(i)
}

// yearSpan reads 2018-2020年, 2018至20年, 2018、2019年.
func (c *scan) yearSpan(i int) (period, int, bool) {
	j := c.run(i)
	lo, ok := zh.Number(c.s[i:j])
	if !ok || utf8.RuneCountInString(c.s[i:j]) != 4 || lo < 1900 || lo > 2199 || isWord(byteBefore(c.s, i)) {
		return period{}, i, false
	}
	hi, end := lo, j
	for {
		k, dashed := c.dash(end)
		if !dashed {
			if k, ok = c.any(end, "、", "和", "与", "及"); !ok {
				break
			}
		}
		e := c.run(k)
		n, ok := zh.Number(c.s[k:e])
		if digits := utf8.RuneCountInString(c.s[k:e]); digits == 2 && ok {
			n += 2000
		} else if digits != 4 {
			break
		}
		if !ok || n <= hi || n > lo+40 || !dashed && n != hi+1 {
			break
		}
		hi, end = n, e
	}
	k, marked := c.any(end, "年度", "年")
	if hi == lo || !marked && !(c.cell && end == len(c.s) && end-j > 4) {
		return period{}, i, false
	}
	if c.severally(k) {
		p := whole(int(lo), int(lo))
		for y := int(lo) + 1; y <= int(hi); y++ {
			p.also = append(p.also, y)
		}
		return p, k, true
	}
	p := whole(int(lo), int(hi))
	p.span = true
	p.bad = c.plausible(int(lo))
	if e, ok := c.any(k, "年底", "底", "末"); ok {
		k = e
	}
	return p, c.opt(k, "期间", "三年", "两年", "五年", "3年", "5年"), true
}

// yearNumber reads 2018年, 18年, 二〇一八年, and 2018 before 上半年 or a quarter. A number
// of digits that no year has is a slip of the pen, reported in bad.
func (c *scan) yearNumber(i int) (y, j int, bad string, ok bool) {
	j = c.run(i)
	if j == i {
		return 0, i, "", false
	}
	digits := utf8.RuneCountInString(c.s[i:j])
	k, marked := c.any(j, "年度", "年")
	if marked && k-j == len("年度") && c.follows(k, "第末底") {
		k = j + len("年")
	}
	v, isNumber := zh.Number(c.s[i:j])
	y = int(v)
	if !isDigit(c.s[i]) && y >= 1900 && y <= 2199 {
		digits = 4 // 二千零一十九年
	}
	switch {
	case !isNumber:
		return 0, i, "", false
	case digits == 4 && y >= 1900 && y <= 2199 && marked:
		return y, k, c.plausible(y), true
	case digits == 4 && y >= 1900 && y <= 2199:
		return y, j, c.plausible(y), c.yearEnds(j)
	case digits == 2 && marked && y >= 5 && y <= 60 && c.prev(i) != '第' && c.shortYear(k, y):
		return 2000 + y, k, "", true
	case (digits == 3 || digits == 5) && isDigit(c.s[i]) && marked && c.follows(k, "底末前度上下第0123456789"):
		return y % 10000, k, "年份疑似笔误", true
	case digits == 4 && isDigit(c.s[i]) && marked && y < 3000:
		return y, k, "年份疑似笔误", true
	}
	return 0, i, "", false
}

// yearEnds reports whether a year without 年 may end at j.
func (c *scan) yearEnds(j int) bool {
	if _, ok := c.any(j, "上半年", "下半年", "q1", "q2", "q3", "q4", "第一季", "第二季", "第三季", "第四季", "一季度", "二季度", "三季度", "四季度", "年底", "底前"); ok {
		return true
	}
	return c.cell && j == len(c.s) && j == 4
}

// shortYear reports whether two digits and 年 mean a year and not a number of years.
func (c *scan) shortYear(k, y int) bool {
	if c.follows(k, "底末初度上下第q") {
		return true
	}
	if n, j, ok := c.number(k); ok && n >= 1 && n <= 12 && c.follows(j, "月-~—至.") {
		return true
	}
	if _, ok := c.any(k, "以前", "之前", "前"); ok || c.cell && k == len(c.s) {
		return y+2000 >= c.ref.Year-10 && y+2000 <= c.ref.Year+20
	}
	return false
}

func (c *scan) plausible(y int) string {
	if !c.ref.IsZero() && (y < c.ref.Year-60 || y > c.ref.Year+50) {
		return "年份疑似笔误"
	}
	return ""
}

// iso reads 2018-12-31, 2018.12, 2018/3/1, 20181231 and 201812.
func (c *scan) iso(i int) (period, int, bool) {
	j := i
	for j < len(c.s) && isDigit(c.s[j]) {
		j++
	}
	if j == i || isWord(byteBefore(c.s, i)) || byteBefore(c.s, i) == '.' {
		return period{}, i, false
	}
	n, _ := value(c.s[i:j])
	switch {
	case j-i == 8 && n/10000 >= 1900 && n/10000 <= 2199 && c.closes(j):
		return onDay(n/100%100, n%100).in(n / 10000), j, n%100 <= 31 && n/100%100 <= 12
	case j-i == 6 && n/100 >= 1990 && n/100 <= 2099 && n%100 >= 1 && n%100 <= 12 && (c.cell && j == len(c.s) || c.follows(j, "前底止-—~至")):
		p := inMonths(n%100, n%100).in(n / 100)
		return p, j, true
	case j-i != 4 || n < 1900 || n > 2199 || j >= len(c.s):
		return period{}, i, false
	}
	sep := c.s[j]
	if sep != '-' && sep != '/' && sep != '.' {
		return period{}, i, false
	}
	m, k, ok := c.number(j + 1)
	if !ok || !isDigit(c.s[j+1]) || k-j-1 > 2 || m < 1 || m > 12 || c.follows(k, "年季") {
		return period{}, i, false
	}
	if k+1 < len(c.s) && c.s[k] == sep && isDigit(c.s[k+1]) {
		d, e, _ := c.number(k + 1)
		if e < len(c.s)-1 && c.s[e] == 't' && isDigit(c.s[e+1]) {
			return onDay(m, d).in(n), e + 1, true // 2018-12-31T18:00
		}
		if e-k-1 <= 2 && c.closes(e) && !c.follows(e, "月年") {
			return onDay(m, d).in(n), c.opt(e, "日", "号"), true
		}
	}
	if !c.closes(k) {
		return period{}, i, false
	}
	p, k := c.monthTail(c.opt(k, "月份", "月"), inMonths(m, m))
	return p.in(n), k, true
}

func byteBefore(s string, i int) byte {
	if i == 0 {
		return 0
	}
	return s[i-1]
}

// afterYear reads what the year is narrowed to: 底, 上半年, 9月, 9月30日, 度, 内.
func (c *scan) afterYear(i, y int) (period, int) {
	j := c.opt(i, "度", "的", "全年")
	if _, ok := c.any(j, "末月"); ok {
		return whole(y, y), j
	}
	if k, ok := c.any(j, "年底", "年末", "年终", "终了", "岁末", "期末", "底", "末"); ok && !c.follows(k, notEnd) {
		return whole(y, y).end(), k
	}
	if k, ok := c.any(j, "年初", "初"); ok && !c.follows(k, notBegin) {
		p := yearly(1, 1, 1, 31, precMonth).in(y)
		p.note = "“年初”按1月底理解"
		return p, k
	}
	if k, ok := c.any(j, "年中", "中"); ok && !c.follows(k, notMiddle) {
		return yearly(6, 30, 6, 30, precHalf).in(y), k
	}
	if p, k, ok := c.inYear(j); ok && p.dom == 0 && p.loose {
		return p.in(y), k
	}
	return whole(y, y), j
}

// What may not follow 初, 中 and 底 if they are to mean a time: 初步, 中国, 底数.
const (
	notBegin  = "步级期中次审试心衷"
	notMiddle = "秋国央心小医考级部华旬等共省期学型高间介标"
	notEnd    = "线数座层色稿册位端期"
)
