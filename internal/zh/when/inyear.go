package when

import (
	"strconv"
	"strings"
)

// inYear reads what stands within a year: halves, quarters, months, days.
func (c *scan) inYear(i int) (period, int, bool) {
	r := c.next(i)
	if r == 'q' || r == '第' || r == '前' {
		if p, j, ok := c.quarter(i); ok {
			return p, j, true
		}
	}
	switch r {
	case '上', '下', '前', '后':
		return c.half(i)
	case '元':
		if j, ok := c.has(i, "元月"); ok {
			p, k := c.monthTail(c.opt(j, "份"), inMonths(1, 1))
			return p, k, true
		}
	case '年', '岁':
		if c.prev(i) == '学' {
			return period{}, i, false // 学年末
		}
		return c.yearWord(i)
	}
	if p, j, ok := c.feastDay(i); ok {
		return p, j, true
	}
	if !isHanDigit(r) && !(r >= '0' && r <= '9') {
		return period{}, i, false
	}
	for _, read := range []func(int) (period, int, bool){c.quarter, c.month, c.slashDay, c.dayOnly} {
		if p, j, ok := read(i); ok {
			return p, j, true
		}
	}
	return period{}, i, false
}

// yearWord reads 年底, 年中, 年初, 年内 of an unnamed year.
func (c *scan) yearWord(i int) (period, int, bool) {
	if j, ok := c.any(i, "年底", "年末", "年终", "岁末"); ok && !c.follows(j, notEnd) {
		return yearly(1, 1, 12, 31, precYear).end(), j, true
	}
	if j, ok := c.has(i, "年中"); ok && !c.follows(j, notMiddle) {
		return yearly(6, 30, 6, 30, precHalf).end(), j, true
	}
	if j, ok := c.has(i, "年初"); ok && !c.follows(j, notBegin) {
		p := yearly(1, 1, 1, 31, precMonth)
		p.note = "“年初”按1月底理解"
		return p, j, true
	}
	if _, ok := c.any(i, "年内", "年度内"); ok {
		return yearly(1, 1, 12, 31, precYear), i + len("年"), true
	}
	return period{}, i, false
}

// half reads 上半年, 下半年 and what ends them.
func (c *scan) half(i int) (period, int, bool) {
	if r := c.next(i); (r == '前' || r == '后') && !strings.ContainsRune("#,;、。年度:(", c.prev(i)) {
		return period{}, i, false // 立项后半年内
	}
	if j, ok := c.any(i, "上、下半年", "上下半年"); ok {
		p := yearly(1, 1, 6, 0, precHalf)
		p.also = []int{12}
		return p, j, true
	}
	j, first := c.any(i, "上半年度", "上半年", "前半年")
	if !first {
		k, ok := c.any(i, "下半年度", "下半年", "后半年")
		if !ok {
			return period{}, i, false
		}
		j = k
	}
	p := yearly(7, 1, 12, 31, precHalf)
	if first {
		p = yearly(1, 1, 6, 30, precHalf)
	}
	if k, ok := c.any(j, "底", "末"); ok {
		return p.end(), k, true
	}
	return p, j, true
}

// quarter reads 三季度, 第3季度, Q3, 前三季度, 一至三季度, 三、四季度 and their ends; 前8个月 too.
func (c *scan) quarter(i int) (period, int, bool) {
	if j, ok := c.has(i, "q"); ok {
		if q, k, ok := c.number(j); ok && q >= 1 && q <= 4 && k == j+1 && c.closes(k) && !isWord(byteBefore(c.s, i)) {
			return c.quarterTail(k, q, q)
		}
		return period{}, i, false
	}
	if j, ok := c.has(i, "前"); ok {
		n, k, ok := c.number(j)
		if !ok || n > 12 || i > 0 && !strings.ContainsRune(",;、。年度:(到至在于", c.prev(i)) {
			return period{}, i, false
		}
		if e, ok := c.any(k, "个季度", "季度"); ok && n <= 4 {
			p, e, _ := c.quarterTail(e, 1, n)
			return p, e, true
		}
		if e, ok := c.any(k, "个月", "月"); ok {
			return inMonths(1, n), e, true
		}
		return period{}, i, false
	}
	nums, span, j := c.numbers(c.opt(i, "第"), "第", "季度")
	k, ok := c.any(j, "季度", "季")
	if !ok || len(nums) == 0 || k-j == len("季") && !c.follows(k, "末底前") && c.next(i) != '第' {
		return period{}, i, false
	}
	for _, q := range nums {
		if q < 1 || q > 4 {
			return period{}, i, false
		}
	}
	lo, hi := nums[0], nums[len(nums)-1]
	if span && hi >= lo && !c.severally(k) {
		p, e, ok := c.quarterTail(k, lo, hi)
		p.m1, p.d1, p.point, p.span = lo*3-2, 1, false, true
		return p, e, ok
	}
	p, e, ok := c.quarterTail(k, lo, lo)
	p.also = nums[1:]
	return p, e, ok
}

func (c *scan) quarterTail(j, lo, hi int) (period, int, bool) {
	if k, ok := c.any(j, "末月", "最后一个月"); ok {
		p, k := c.monthTail(k, inMonths(hi*3, hi*3))
		return p, k, true
	}
	if k, ok := c.any(j, "首月", "第一个月"); ok {
		p, k := c.monthTail(k, inMonths(lo*3-2, lo*3-2))
		return p, k, true
	}
	if k, ok := c.any(j, "末", "底"); ok {
		return inQuarters(lo, hi).end(), k, true
	}
	if k, ok := c.any(j, "初"); ok {
		return inQuarters(lo, hi).until(hi*3-2, 10), k, true
	}
	return inQuarters(lo, hi), j, true
}

// numbers reads n, n-m, n至m and n、m before a unit, which may be repeated. span says
// that the numbers are the two ends of a stretch, or neighbours.
func (c *scan) numbers(i int, prefix, unit string) (nums []int, span bool, j int) {
	n, j, ok := c.number(i)
	if !ok || j-i > 9 {
		return nil, false, i
	}
	nums = append(nums, n)
	for len(nums) < 12 {
		if unit == "月" && c.itemNumber(i, j, n) {
			return nil, false, i
		}
		k, dashed := c.dash(c.opt(j, unit))
		if !dashed {
			if k, ok = c.any(j, "、", "和", "及", "与", "或"); !ok {
				return nums, span, j
			}
		}
		m, e, ok := c.number(c.opt(k, prefix))
		if !ok || e-k > 9 || m <= nums[len(nums)-1] && !dashed || !strings.HasPrefix(c.s[e:], unit) && !c.follows(e, "、和及与或") {
			return nums, span, j
		}
		span = dashed || m == nums[len(nums)-1]+1 && (len(nums) == 1 || span)
		nums, j = append(nums, m), e
	}
	return nums, span, j
}

// severally reports whether what stands behind a list of periods speaks of each of them
// by itself: 2021、2022、2023年分别完成30%、60%、100%.
func (c *scan) severally(i int) bool {
	j := c.opt(c.opt(i, "底前", "末前", "底", "末", "前"), ",")
	if _, ok := c.any(j, "分别", "各自"); ok {
		return true
	}
	k, ok := c.has(j, "各")
	return ok && c.followsAny(k, "建", "完成", "开展", "组织", "召开", "举办", "新增", "安排", "实施", "改造", "创建", "培育", "达到", "一次", "1次", "报")
}

// itemNumber reports whether n counts an item of a list ("1、9月底前…；2、…") and is no month.
func (c *scan) itemNumber(i, j, n int) bool {
	if !strings.HasPrefix(c.s[j:], "、") || i > 0 && !strings.ContainsRune(",;。:\n", c.prev(i)) {
		return false
	}
	if n == 1 {
		return strings.Contains(c.s[j:], "2、")
	}
	return strings.Contains(c.s[:i], strconv.Itoa(n-1)+"、")
}

// month reads 9月, 9月份, 9月底, 9月30日, 7-9月, 9、10月.
func (c *scan) month(i int) (period, int, bool) {
	nums, span, j := c.numbers(i, "", "月")
	k, ok := c.has(j, "月")
	if !ok || len(nums) == 0 || byteBefore(c.s, i) == '.' && i > 1 && isDigit(c.s[i-2]) && c.itemless(i) {
		return period{}, i, false
	}
	lo, hi := nums[0], nums[len(nums)-1]
	if hi > 12 || lo < 1 {
		if len(nums) > 1 || hi > 99 || c.follows(k, "内后") {
			return period{}, i, false
		}
	}
	if c.next(i) == '一' && c.follows(k, "一") && !c.follows(k+len("一"), "日号至到-—~旬十") {
		return period{}, i, false // 一月一档
	}
	k = c.opt(k, "份")
	if span && !c.severally(k) {
		p, k := c.monthTail(k, inMonths(hi, hi))
		p.m1, p.d1, p.point, p.span = lo, 1, false, true
		if lo < 1 || lo > 12 {
			p.bad = "月份不存在"
		}
		return p, k, true
	}
	bare := k
	p, k := c.monthTail(k, inMonths(lo, lo))
	if k == bare && isHanDigit(c.next(k)) && isHanDigit(c.next(i)) {
		return period{}, i, false // 三月三
	}
	p.also, p.alsoDays = append(p.also, nums[1:]...), len(nums) == 1
	return p, k, true
}

// itemless reports whether the digits before the point at i-1 cannot be an item
// number like the 1 of "1.9月底前".
func (c *scan) itemless(i int) bool { return i >= 4 && isDigit(c.s[i-3]) }
