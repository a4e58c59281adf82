package when

import "strings"

// suffix reads what stands behind a period: a clock time, 前, 内, 起, 后, 左右.
func (c *scan) suffix(m *mention, j int) int {
	j = c.opt(j, "(含)", "(含当日)", "(含本日)", "当天", "当日")
	if k, ok := c.parenthesis(j); ok {
		j = k
	}
	j = c.opt(j, "前后", "左右")
	if m.p.prec == precYear && !m.p.point && !m.p.span && m.p.bad == "" {
		if k := c.opt(j, "主", "全国", "省", "市"); c.followsAny(k, reviewWords...) || c.cell && c.eventAhead(j) {
			m.p.bad = "时间取决于其他事项，需人工确认"
			return j
		}
	}
	if m.p.isFeast && (strings.HasSuffix(c.s[:j], "前后") || c.followsAny(j, "期间")) {
		m.p.bad = "节日前后、期间的日期需人工确认"
	}
	if cl, k, ok := c.clockTime(j); ok {
		if c.prev(j) == '晚' && cl.hour < 12 {
			cl.hour += 12
		}
		m.clock, j = cl, k
	}
	from := c.opt(j, "结束", "的")
	for _, s := range suffixes {
		k, ok := c.has(from, s.word)
		if !ok || strings.ContainsRune(s.not, c.next(k)) && k < len(c.s) {
			continue
		}
		m.bound, j = s.bound, k
		c.bind(m)
		break
	}
	if m.bound == boundSince || m.bound == boundBy {
		j = c.opt(j, "(含)")
	}
	return j
}

// eventAhead reports whether the clause behind a year sets its time by an event:
// 2022年亚运会前.
func (c *scan) eventAhead(j int) bool {
	rest := c.s[j:]
	if k := strings.IndexAny(rest, separators); k >= 0 {
		rest = rest[:k]
	}
	return len(rest) >= len("两会前") && len(rest) <= 60 && !strings.ContainsAny(rest, "0123456789年月日底末") &&
		!strings.Contains(rest, "季") && endsWith(rest, "前") && event(rest)
}

var suffixes = []struct {
	word  string
	not   string // what may not follow: 前期, 内部, 起草
	bound bound
}{
	{"底以前", "", boundBy}, {"底之前", "", boundBy}, {"底前", "", boundBy}, {"以前", "", boundBy}, {"之前", "", boundBy},
	{"前", "后期列沿瞻景置来往身夕言段提", boundBy}, {"以内", "", boundBy}, {"之内", "", boundBy}, {"期间内", "", boundNone}, {"期间", "", boundNone},
	{"内", "部容控外涵需生", boundBy}, {"为止", "", boundBy}, {"截止", "", boundBy}, {"止", "损水血", boundBy},
	{"以来", "", boundSince}, {"开始", "", boundSince}, {"起", "草步点到来用码诉飞降", boundSince}, {"之后", "", boundAfter},
	{"以后", "", boundAfter}, {"后", "续期勤备半", boundAfter},
}

// bind works a bound into the period: before a feast is the day before it, and what
// comes after a feast is not computed.
func (c *scan) bind(m *mention) {
	if !m.p.isFeast || m.p.bad != "" {
		return
	}
	switch m.bound {
	case boundBy:
		m.p.to = m.p.to.AddDays(-1)
		if m.relative && m.p.to.Before(c.ref) && c.lean == leanPlan && c.last.IsZero() {
			q := m.p
			q.loose = true
			q = q.in(m.p.to.AddDays(1).Year + 1)
			q.to = q.to.AddDays(-1)
			m.p = q
		}
	case boundAfter:
		m.p.bad = "“节后”无法确定日期"
	}
}

// parenthesis skips a remark within the date: 2018年底(12月31日)前, 9月15日(周五)前.
func (c *scan) parenthesis(j int) (int, bool) {
	k, ok := c.has(j, "(")
	if !ok {
		return j, false
	}
	n := strings.IndexByte(c.s[k:], ')')
	if n < 0 || n > 36 {
		return j, false
	}
	end := k + n + 1
	if _, bound := c.any(end, "前", "之前", "以前", "内", "起", "止"); bound {
		return end, true
	}
	if w, ok := c.any(k, "周", "星期"); ok {
		if d, e := c.weekday(w); d > 0 && e == end-1 {
			return end, true
		}
	}
	return j, false
}

// masked gives the end of a stretch at i in which no date counts: titles in 《》,
// document numbers, quoted names that are not wholly a date.
func (c *scan) masked(i int) int {
	switch c.next(i) {
	case '《':
		if n := strings.Index(c.s[i:], "》"); n > 0 {
			return i + n + len("》")
		}
	case '[', '(', '【':
		return c.documentNumber(i)
	case '“', '"', '「', '‘':
		return c.quoted(i)
	case '第':
		if n, j, ok := c.number(i + len("第")); ok && n > 0 && c.follows(j, "号次届条项期批名") {
			return j
		}
	}
	return i
}

func (c *scan) documentNumber(i int) int {
	n, j, ok := c.number(c.opt(i, "[", "(", "【"))
	if !ok || n < 1900 || n > 2199 {
		return i
	}
	j, ok = c.any(j, "]", ")", "】")
	if !ok {
		return i
	}
	_, k, ok := c.number(c.opt(j, "第"))
	if ok && c.follows(k, "号") {
		return c.opt(k, "号")
	}
	return i
}

func (c *scan) quoted(i int) int {
	open := c.next(i)
	shut := map[rune]string{'“': "”", '"': "\"", '「': "」", '‘': "’"}[open]
	start := i + len(string(open))
	n := strings.Index(c.s[start:], shut)
	if n <= 0 || n > 150 || i == 0 && start+n+len(shut) == len(c.s) {
		return i
	}
	if _, _, ok := c.feastDay(i); ok {
		return i
	}
	end := start + n
	inner := scan{s: c.s[start:end], ref: c.ref, last: c.last, lean: c.lean, cell: true}
	if m, j, ok := inner.mention(0, nil); ok && j == len(inner.s) && m.end > m.start {
		return i
	}
	return end + len(shut)
}

// named reports whether the mention is part of a name: 2018年工作要点, 2030年前碳达峰.
func (c *scan) named(m *mention) bool {
	if _, ok := c.any(m.end, "碳达峰", "碳中和"); ok {
		return true
	}
	if m.bound != boundNone || m.p.prec != precYear || m.p.point {
		return false
	}
	if k := c.masked(m.end); k > m.end && c.prev(m.end) == '年' && c.next(m.end) == '第' && c.follows(k, "号") {
		return true // 2018年第20号文
	}
	if title, ok := strings.CutSuffix(c.s[:m.start], "("); ok && endsWith(title, "计划", "方案", "规划", "纲要", "意见", "办法", "要点") {
		return true
	}
	if strings.HasSuffix(c.s[:m.end], "全年") && c.followsAny(m.end, "总结", "工作", "任务", "目标", "情况", "计划") {
		return true
	}
	j := c.opt(m.end, "省政府", "县政府", "区政府", "省委", "市委", "全市", "全省", "全县", "全区", "市", "省", "县", "区", "政府", "市政府", "年度", "度", "的")
	_, ok := c.any(j, nameWords...)
	return ok
}

var nameWords = []string{
	"工作要点", "工作计划", "工作方案", "工作任务", "实施方案", "行动方案", "行动计划", "远景目标", "愿景", "可持续发展议程", "规划", "重点工作", "重点任务",
	"民生实事", "政府工作报告", "专项行动", "版", "修订版", "款", "级", "届", "考核目标", "预算", "计划", "三年行动", "攻坚", "目标任务", "目标责任",
	"议程", "战略", "行动", "国家", "高考", "统计", "普查",
}
