package when

import "duban/store/ledger"

// schoolYear reads 2022-2023学年 and 2022学年, which begin in September.
func (c *scan) schoolYear(i int) (period, int, bool) {
	j := c.run(i)
	y, ok := value(c.s[i:max(j, i+1)])
	if !ok || y < 1900 || y > 2199 || isWord(byteBefore(c.s, i)) {
		return period{}, i, false
	}
	if k, dashed := c.dash(j); dashed {
		e := c.run(k)
		if e == k {
			return period{}, i, false
		}
		if n, ok := value(c.s[k:e]); !ok || n != y+1 && n != (y+1)%100 {
			return period{}, i, false
		}
		j = e
	}
	j, ok = c.any(j, "学年")
	if !ok {
		return period{}, i, false
	}
	p := fixed(ledger.Date{Year: y, Month: 9, Day: 1}, ledger.Date{Year: y + 1, Month: 8, Day: 31}, precYear)
	p.span, p.note = true, "学年按9月1日至次年8月31日理解"
	if c.follows(j, "第上下秋春") {
		p.bad = "“学期”的日期需人工确认"
	}
	if k, ok := c.any(j, "末", "底", "结束"); ok {
		p.span = false
		return p.end(), k, true
	}
	return p, j, true
}
