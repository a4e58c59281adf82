package when

import (
	"strings"

	"duban/store/ledger"
)

// cyclic reads a recurring duty: 每季度首月10日前, 逐年, 按月, 一季度一次, 季度通报.
func (c *scan) cyclic(i int) (mention, int, bool) {
	unit, n, half, j, ok := c.cycleHead(i)
	if !ok {
		return mention{}, i, false
	}
	m := mention{start: i}
	m.cycle, m.anchors, m.p = toCycle(unit, n, half)
	if m.p.bad == "" {
		if len(m.anchors) > 0 {
			j = c.given(m.anchors, j)
		} else if anchors, k := c.anchors(j, m.cycle); k > j {
			m.anchors, j = anchors, k
			j = c.suffix(&mention{}, j)
		}
		if len(m.anchors) == 0 && unit != "学期" {
			m.cycle = c.times(j, m.cycle)
		}
	}
	m.end = j
	return m, j, true
}

// given reads the day behind a cycle that is made of anchors (双月10日前).
func (c *scan) given(anchors []ledger.Anchor, j int) int {
	day, k, ok := c.dayAnchor(j, 0)
	if !ok {
		return j
	}
	for i := range anchors {
		if len(day) == 1 && day[0].Day > 0 && anchors[i].Month > 0 {
			anchors[i].Day = day[0].Day
		}
	}
	return c.suffix(&mention{}, k)
}

// cycleHead reads the unit of a cycle and how many of it go round.
func (c *scan) cycleHead(i int) (unit string, n int, half bool, j int, ok bool) {
	switch r := c.next(i); {
	case r == '每':
		return c.each(i + len("每"))
	case r == '各':
		if c.followsAny(i, "各季度", "各季末", "各月", "各年度") {
			return c.each(i + len("各"))
		}
	case r == '逐' || r == '按' || r == '分':
		unit, j = c.cycleUnit(i + len("逐"))
		half := strings.HasPrefix(unit, "半")
		if unit == "" || c.follows(j, "程期常初末底计时历龄前级边内") && r != '逐' || c.follows(j, "渐步个") {
			return "", 0, false, i, false
		}
		if _, planned := c.any(j, "计划", "度计划", "目标", "方案", "安排", "任务", "要求"); planned {
			return "", 0, false, i, false
		}
		return strings.TrimPrefix(unit, "半"), 1, half, j, true
	case strings.ContainsRune("双单隔逢年月天季日周", r):
		if unit, n, j, ok := c.cycleWord(i); ok {
			return unit, n, false, j, true
		}
	}
	if unit, n, half, j, ok := c.perUnit(i); ok {
		return unit, n, half, j, true
	}
	unit, half, j, ok = c.routine(i)
	return unit, 1, half, j, ok
}

// each reads what follows 每: 年, 两年, 半年, 3个月, 隔一周, 逢单月, 个工作日.
func (c *scan) each(i int) (unit string, n int, half bool, j int, ok bool) {
	j = c.opt(i, "满", "逢", "隔", "间隔")
	gap := strings.HasSuffix(c.s[:j], "隔")
	if u, n, k, ok := c.cycleWord(j); ok && (u == "单月" || u == "双月" || u == "周") {
		return u, n, false, k, true
	}
	n = 1
	if v, h, k, ok := c.amount(j); ok {
		n, half, j = max(v, 1), h && v == 0, k
	}
	j = c.opt(j, "个")
	unit, j = c.cycleUnit(j)
	if unit == "" || c.follows(j, "常期边岁龄志租薪均") {
		return "", 0, false, i, false
	}
	if strings.HasPrefix(unit, "半") {
		unit, half = strings.TrimPrefix(unit, "半"), true
	}
	if gap {
		n++
	}
	return unit, n, half, j, true
}

// cycleUnit reads the name of a unit; "" if there is none.
func (c *scan) cycleUnit(i int) (string, int) {
	for _, u := range cycleUnits {
		if j, ok := c.has(i, u.word); ok {
			return u.unit, j
		}
	}
	return "", i
}

var cycleUnits = []struct{ word, unit string }{
	{"半年度", "半年"}, {"半年", "半年"}, {"年度", "年"}, {"年", "年"}, {"学年", "年"}, {"季度", "季"}, {"季", "季"}, {"月度", "月"}, {"月份", "月"}, {"半月", "半月"}, {"月", "月"},
	{"星期", "周"}, {"礼拜", "周"}, {"周", "周"}, {"旬", "旬"}, {"工作日", "日"}, {"工作天", "日"}, {"天", "日"}, {"日", "日"}, {"学期", "学期"},
}

// cycleWord reads 双周, 隔月, 逢单月, 年年.
func (c *scan) cycleWord(i int) (unit string, n, j int, ok bool) {
	for _, w := range cycleWords {
		if j, ok := c.has(i, w.word); ok && !(w.word == "双月" && c.follows(j, "刊")) {
			return w.unit, w.n, j, true
		}
	}
	return "", 0, i, false
}

var cycleWords = []struct {
	word, unit string
	n          int
}{
	{"双周", "周", 2}, {"隔周", "周", 2}, {"隔月", "月", 2}, {"隔年", "年", 2}, {"逢单月", "单月", 1}, {"逢双月", "双月", 1}, {"单月", "单月", 1},
	{"双月", "双月", 1}, {"年年", "年", 1}, {"月月", "月", 1}, {"季季", "季", 1}, {"天天", "日", 1}, {"日日", "日", 1}, {"周周", "周", 1},
}

// perUnit reads 一年两次, 半年一次, 一季度一通报, 两年一次: the unit, then how often.
func (c *scan) perUnit(i int) (unit string, n int, half bool, j int, ok bool) {
	n, half, j, ok = c.amount(i)
	if !ok || n > 20 {
		return "", 0, false, i, false
	}
	j = c.opt(j, "个")
	unit, j = c.cycleUnit(j)
	if unit == "" || unit == "半月" || unit == "半年" {
		return "", 0, false, i, false
	}
	if k, ok := c.has(j, "一"); ok && c.follows(k, "调通评考报总小研督例会检汇评演排度更清查训公审") {
		return unit, max(n, 1), half && n == 0, k, true
	}
	if _, k, ok := c.number(j); ok && c.follows(k, "次轮遍") {
		return unit, max(n, 1), half && n == 0, j, true
	}
	return "", 0, false, i, false
}

// routine reads the duties named by their rhythm: 月调度, 季度通报, 年度考核; and in a
// cell the bare 月度, 季度.
func (c *scan) routine(i int) (unit string, half bool, j int, ok bool) {
	if !c.cell || i > 0 && !strings.ContainsRune(",;、。:和及与并", c.prev(i)) {
		return "", false, i, false
	}
	unit, j = c.cycleUnit(i)
	if unit == "" || unit == "学期" {
		return "", false, i, false
	}
	half = strings.HasPrefix(unit, "半")
	unit = strings.TrimPrefix(unit, "半")
	if c.followsAny(j, "结束后", "终了后") || c.followsAny(j, "末后", "后") && (unit == "月" || unit == "季") {
		k := strings.IndexAny(c.s[j:], "0123456789")
		return unit, half, j, k >= 0 && k <= 12 && strings.Contains(c.s[j:], "内")
	}
	if j == len(c.s) || c.follows(j, ",;、。") {
		return unit, half, j, strings.HasSuffix(c.s[:j], "度") || unit == "旬"
	}
	_, ok = c.any(j, "调度", "通报", "报告", "例会", "检查", "督查", "督办", "分析", "汇总", "小结", "总结", "报送", "研判", "评估", "点评", "公布", "巡查",
		"考核", "考评", "报", "会商", "评价", "培训", "更新", "排名", "晾晒", "清零", "碰头", "推进", "开展", "实施", "一次", "1次", "组织", "召开", "公开", "监测", "核查", "修订", "编制", "反馈", "上报")
	return unit, half, j, ok
}

// toCycle puts n units into the ledger's cycles. Every second month has no cycle of
// its own and becomes a yearly one with six anchors; what fits nothing is reviewed.
func toCycle(unit string, n int, half bool) (ledger.Cycle, []ledger.Anchor, period) {
	if half {
		switch unit {
		case "年":
			return ledger.CycleHalfYear, nil, period{}
		case "月":
			return ledger.CycleFortnight, nil, period{note: "每半月按两周一次理解"}
		}
	}
	if unit == "日" && n == 10 {
		unit = "旬"
	}
	if n == 1 || unit == "旬" || unit == "单月" || unit == "双月" {
		switch unit {
		case "旬":
			return ledger.CycleMonth, []ledger.Anchor{{Day: 10}, {Day: 20}, {}}, period{}
		case "单月", "双月":
			return ledger.CycleYear, everySecondMonth(unit == "双月"), period{}
		case "学期":
			return ledger.CycleHalfYear, nil, period{note: "每学期按半年一次理解"}
		}
	}
	if unit == "月" && n == 2 {
		return ledger.CycleYear, everySecondMonth(true), period{note: "每两个月按双月底理解"}
	}
	if cycle, ok := cyclesOf[unit][n]; ok {
		return cycle, nil, period{}
	}
	return ledger.CycleYear, nil, period{bad: "周期无法按年月周归类"}
}

var cyclesOf = map[string]map[int]ledger.Cycle{
	"年": {1: ledger.CycleYear, 2: ledger.CycleTwoYears},
	"季": {1: ledger.CycleQuarter, 2: ledger.CycleHalfYear, 4: ledger.CycleYear},
	"月": {1: ledger.CycleMonth, 3: ledger.CycleQuarter, 6: ledger.CycleHalfYear, 12: ledger.CycleYear, 24: ledger.CycleTwoYears},
	"周": {1: ledger.CycleWeek, 2: ledger.CycleFortnight, 4: ledger.CycleMonth},
	"日": {1: ledger.CycleDay, 7: ledger.CycleWeek, 14: ledger.CycleFortnight, 15: ledger.CycleFortnight, 30: ledger.CycleMonth},
}

func everySecondMonth(even bool) []ledger.Anchor {
	var out []ledger.Anchor
	for m := 1; m <= 12; m++ {
		if (m%2 == 0) == even {
			out = append(out, yearAnchor(inMonths(m, m)))
		}
	}
	return out
}

// times divides a cycle by how often a period the duty is done: 每年两次 is half-yearly.
func (c *scan) times(i int, cycle ledger.Cycle) ledger.Cycle {
	end := min(len(c.s), i+36)
	for j := i; j < end; j++ {
		if strings.IndexByte(",;(", c.s[j]) >= 0 || strings.HasPrefix(c.s[j:], "、") || strings.HasPrefix(c.s[j:], "。") {
			break
		}
		n, k, ok := c.number(j)
		if !ok {
			continue
		}
		if c.follows(k, "次轮遍") && !endsWith(c.s[:j], "少于", "至少", "低于") {
			if finer, ok := timesOf[cycle][n]; ok {
				return finer
			}
		}
		break
	}
	return cycle
}

var timesOf = map[ledger.Cycle]map[int]ledger.Cycle{
	ledger.CycleYear:     {2: ledger.CycleHalfYear, 4: ledger.CycleQuarter, 12: ledger.CycleMonth, 24: ledger.CycleFortnight, 52: ledger.CycleWeek},
	ledger.CycleHalfYear: {2: ledger.CycleQuarter, 6: ledger.CycleMonth},
	ledger.CycleQuarter:  {3: ledger.CycleMonth},
	ledger.CycleMonth:    {4: ledger.CycleWeek}, // 每月2次 names no halves: the month's end is its limit
}
