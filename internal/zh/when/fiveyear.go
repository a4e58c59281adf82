package when

import "duban/store/ledger"

// plan reads the five-year plans (C7), with or without quotation marks.
func (c *scan) plan(i int) (period, int, bool) {
	j := c.opt(i, "“", "\"", "‘", "'", "「", "第")
	name := j
	j, ok := c.any(j, "十一五", "十二五", "十三五", "十四五", "十五五", "十六五", "十七五", "十二个五年", "十三个五年", "十四个五年", "十五个五年")
	if !ok {
		return period{}, i, false
	}
	n := hanDigit(c.s[name+len("十") : name+len("十一")])
	last := 2005 + 5*n
	j = c.opt(j, "”", "\"", "’", "'", "」")
	if k, ok := c.any(j, "规划纲要", "发展规划", "专项规划"); ok {
		return period{}, k, false
	}
	j = c.opt(j, "规划")
	p := whole(last-4, last)
	if k, ok := c.any(j, "期末", "末期", "时期末", "期间末", "末", "收官", "结束", "期满"); ok {
		return p.end(), c.opt(k, "之年", "年", "时"), true
	}
	if k, ok := c.any(j, "中期", "期中"); ok && !c.follows(k, "评") {
		p = whole(last-2, last-2).end()
		p.to, p.from = ledger.Date{Year: last - 2, Month: 6, Day: 30}, ledger.Date{Year: last - 2, Month: 6, Day: 30}
		p.note = "规划中期按第三年6月底理解"
		return p, k, true
	}
	if k, ok := c.any(j, "期初", "初期", "开局", "初"); ok {
		p = whole(last-4, last-4)
		return p, c.opt(k, "之年", "年"), true
	}
	for n, word := range []string{"一", "两", "三", "四"} {
		if k, ok := c.any(j, "前"+word+"年"); ok {
			p = whole(last-4, last-4+n)
			p.span = true
			return p, k, true
		}
		if k, ok := c.any(j, "后"+word+"年"); ok {
			p = whole(last-n, last)
			p.span = true
			return p, k, true
		}
	}
	if k, ok := c.any(j, "期间", "时期", "期内", "期", "以来"); ok {
		p.span = true
		return p, k, true
	}
	if _, ok := c.any(j, "前", "之前", "以前", "内"); ok || c.cell && (j == len(c.s) || c.follows(j, ",;、。")) {
		p.span = true
		return p, j, true
	}
	return period{}, i, false
}
