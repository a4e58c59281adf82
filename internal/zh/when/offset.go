package when

import (
	"strings"
	"unicode/utf8"

	"duban/internal/zh/workday"
	"duban/store/ledger"
)

// offset is a length of time: so many of a unit.
type offset struct {
	months, days, workdays, hours int
}

// duration reads 3个月, 两周, 10个工作日, 半年, 一个半月, 1-2年, 48小时.
func (c *scan) duration(i int) (offset, int, bool) {
	n, half, j, ok := c.amount(i)
	if !ok || n > 3660 {
		return offset{}, i, false
	}
	for _, u := range units {
		k, ok := c.has(j, u.name)
		if !ok {
			continue
		}
		if u.per.months*n > 12*50 {
			return offset{}, i, false // 2018年内 is a year
		}
		o := offset{u.per.months * n, u.per.days * n, u.per.workdays * n, u.per.hours * n}
		if e, after := c.has(k, "半"); after && u.per.months > 0 {
			k, half = e, true // 一年半
		}
		if half {
			o = o.plusHalf(u.per)
		}
		return o, c.opt(k, "的时间", "时间", "左右"), true
	}
	return offset{}, i, false
}

// units are the units of a duration; a bare 月 is no unit (9月内 is September).
var units = []struct {
	name string
	per  offset
}{
	{"个工作日", offset{workdays: 1}}, {"工作日", offset{workdays: 1}}, {"工作天", offset{workdays: 1}}, {"个自然日", offset{days: 1}},
	{"个日历天", offset{days: 1}}, {"日历天", offset{days: 1}}, {"自然日", offset{days: 1}},
	{"个季度", offset{months: 3}}, {"个自然月", offset{months: 1}}, {"个月", offset{months: 1}}, {"个星期", offset{days: 7}}, {"个礼拜", offset{days: 7}},
	{"星期", offset{days: 7}}, {"周", offset{days: 7}}, {"年", offset{months: 12}}, {"个年度", offset{months: 12}}, {"天", offset{days: 1}},
	{"日", offset{days: 1}}, {"个小时", offset{hours: 1}}, {"小时", offset{hours: 1}}, {"月", offset{months: 1}},
}

func (o offset) plusHalf(per offset) offset {
	o.days += per.days / 2
	o.hours += per.hours / 2
	if per.months == 1 {
		o.days += 15
	}
	o.months += per.months / 2
	return o
}

// amount reads the number of a duration: 3, 两, 半, 一个半, 1-2 and 一到两 (the larger).
func (c *scan) amount(i int) (n int, half bool, j int, ok bool) {
	if j, ok = c.has(i, "半"); ok {
		return 0, true, j, !c.follows(j, "数成")
	}
	n, j, ok = c.number(i)
	if !ok {
		return 0, false, i, false
	}
	if k, dashed := c.dash(j); dashed {
		if m, e, ok := c.number(k); ok && m > n {
			n, j = m, e
		}
	}
	if k, ok := c.any(j, "个半"); ok {
		return n, true, k, c.follows(k, "月年星小周")
	}
	return n, false, j, true
}

// from counts the duration from d, d itself not counted (C6).
func (o offset) from(d ledger.Date) ledger.Date {
	if o.workdays > 0 {
		d = workday.Default().Add(d, o.workdays)
	}
	return d.AddMonths(o.months).AddDays(o.days + (o.hours+23)/24)
}

// within reads a duration that sets a limit: 3个月内, 自发文之日起10个工作日内, 3天后. Its
// start is the day of issue unless the words before it say otherwise.
func (c *scan) within(i int) (mention, int, bool) {
	if r := c.next(i); r != '半' && !isHanDigit(r) && (r < '0' || r > '9') {
		return mention{}, i, false
	}
	o, j, ok := c.duration(i)
	if !ok {
		return mention{}, i, false
	}
	bareMonth := c.prev(j) == '月' && !strings.ContainsRune("个然半", c.prev(j-len("月"))) && c.next(i) != '半'
	if bareMonth && (c.next(i) != '两' || c.prev(j) != '月') {
		return mention{}, i, false
	}
	if c.measures(i) {
		return mention{}, j, true
	}
	if c.lean != leanPlan && o.hours > 0 && o.hours < 24 {
		return mention{}, i, false // an hour has no day without a clock
	}
	if endsWith(c.s[:i], "前", "后") && i > len("前") && !strings.ContainsRune("底末月年日", c.prev(i-len("前"))) && !bareMonth && o.months < 12 {
		return c.counted(i, c.opt(j, "之内", "以内", "内"), o, false)
	}
	k, inside := c.any(j, "之内", "以内", "内", "里")
	if !inside {
		if k, ok = c.any(j, "之后", "以后", "后"); !ok || c.follows(k, "续期勤备") {
			return c.bareDuration(i, j, o)
		}
	}
	if inside && c.follows(k, "部容控外涵") || o == (offset{}) {
		return mention{}, i, false
	}
	return c.counted(i, k, o, !inside)
}

// measures reports whether the duration at i is how long a thing may take, and no time
// by which the work is done: 压缩至1个工作日内, 控制在5天以内.
func (c *scan) measures(i int) bool {
	return endsWith(c.s[:i], "压缩至", "压缩到", "压缩为", "压减至", "压减到", "压减为", "缩短至", "缩短到", "缩短为", "减至", "减少至", "减少到", "降至", "降低至", "降到", "缩减至", "缩减到",
		"精简至", "精简到", "提速至", "提速到", "控制在", "保持在", "限制在", "稳定在", "不超过", "不得超过", "不多于", "不长于", "少于", "短于", "延长至", "延长到", "平均", "达到")
}

// bareDuration accepts a duration without 内 where it is the whole phrase (时限 "3个月"),
// or after 用 or 利用 (用三年时间), or within a counted start (自发文之日起30日).
func (c *scan) bareDuration(i, j int, o offset) (mention, int, bool) {
	words := strings.HasSuffix(c.s[:i], "用") || strings.HasSuffix(c.s[:i], "未来") || strings.HasSuffix(c.s[:i], "今后") ||
		strings.HasSuffix(c.s[:i], "之日起") || strings.HasSuffix(c.s[:i], "即日起")
	alone := c.cell && i == 0 && j == len(c.s) && (c.prev(j) != '日' || o.workdays > 0) && c.prev(j) != '年' || words
	if c.cell && i == 0 && j == len(c.s) && c.prev(j) == '日' && o.days > 31 {
		alone = true // no month has a 60th
	}
	if c.cell && i == 0 && j == len(c.s) && c.prev(j) == '年' && o.months > 0 && o.months <= 12*8 {
		alone = true
	}
	if !alone || c.follows(j, "行规计来") && !strings.HasSuffix(c.s[:i], "用") {
		return mention{}, i, false
	}
	m, j, ok := c.counted(i, j, o, false)
	if endsWith(c.s[:i], "未来", "今后") {
		m.start -= len("未来")
	}
	return m, j, ok
}

// counted turns a duration into a mention, by what it is counted from.
func (c *scan) counted(i, j int, o offset, after bool) (mention, int, bool) {
	base, bad := c.base(i)
	m := mention{start: i, end: j, bound: boundBy, within: true}
	if base.IsZero() && bad == "" {
		bad = "缺少印发日期，无法推算"
	}
	if bad != "" {
		m.p = period{bad: bad}
		return m, j, true
	}
	end := o.from(base)
	m.p = fixed(base.AddDays(1), end, precDay)
	if after {
		m.p.from = end
	}
	if o.workdays > 0 && (!workday.Default().Covers(base.Year) || !workday.Default().Covers(end.Year)) {
		m.p.note = "无该年度节假日数据，仅按周末推算工作日"
	}
	return m, j, true
}

// notIssue names events whose day is not the day of issue, issueWords those whose is.
var (
	notIssue   = []string{"收到", "接到", "接报", "收悉", "受理", "批复", "批准", "审批", "验收", "施行", "实施", "生效", "形成", "变更", "竣工", "立项", "签订", "会议", "开工"}
	issueWords = []string{"印发", "下发", "发文", "发布", "公布", "颁布", "出台", "签发", "发出", "制发", "印制", "行文", "即日", "今日", "今天", "本日", "现在", "发之日"}
)

// base finds the day from which the duration at i is counted, by the words before it
// in its clause; bad says why it cannot be known.
func (c *scan) base(i int) (base ledger.Date, bad string) {
	lead := strings.TrimRight(c.s[clauseStart(c.s, i):i], ",、的在")
	if lead == "" && i > 0 { // 自印发之日起，3个月内: the start stands before a comma
		head := strings.TrimRight(c.s[:i], ",、")
		lead = head[clauseStart(head, len(head)):]
		if !strings.HasSuffix(lead, "起") {
			return c.ref, ""
		}
	}
	begun := endsWith(lead, "起", "起算", "开始", "后", "之后", "以后", "之日", "之时")
	if !begun {
		if endsWith(lead, "前", "之前", "届满") {
			return ledger.Date{}, "起算时间取决于事项进展"
		}
		return c.ref, ""
	}
	if endsWith(lead, "今后", "最后", "然后", "先后") {
		return c.ref, ""
	}
	if !c.startDay.IsZero() {
		return c.startDay, ""
	}
	for _, w := range []string{"省", "上级", "国家", "中央", "国务院"} {
		if strings.Contains(lead, w) {
			return ledger.Date{}, "起算日是上级文件的日期，需人工确认"
		}
	}
	for _, w := range notIssue {
		if strings.Contains(lead, w) {
			return ledger.Date{}, "起算日不是印发日，需人工确认"
		}
	}
	for _, w := range issueWords {
		if strings.Contains(lead, w) {
			return c.ref, ""
		}
	}
	return ledger.Date{}, "起算日不是印发日，需人工确认"
}

func endsWith(s string, suffixes ...string) bool {
	for _, x := range suffixes {
		if strings.HasSuffix(s, x) {
			return true
		}
	}
	return false
}

// clauseStart gives the place behind the last separator before i, within reach.
func clauseStart(s string, i int) int {
	for k := i; k > 0 && i-k < 120; {
		r, n := utf8.DecodeLastRuneInString(s[:k])
		if strings.ContainsRune(",;。!?\n", r) {
			return k
		}
		k -= n
	}
	return max(0, i-120)
}
