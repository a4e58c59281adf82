package understand

import (
	"strings"

	"duban/store/ledger"
)

func (u *utterance) scorePostpone() float64 {
	i := u.at(cuePostpone)
	if i < 0 && (u.onlyDayAsked() || u.dayAsked()) {
		return 0.9
	}
	if i < 0 && !u.asks && u.about() && hasAnySuffix(bareWords(u.s), "要延", "想延", "得延", "需延", "需要延", "只能延", "申请延", "请求延") && !containsAny(u.clauses[len(u.clauses)-1].text, "不", "别", "没") {
		return 0.9
	}
	if i < 0 || !u.begsLeave() && containsAny(u.s, "同意延期", "准予延期", "批准延期", "拖到现在", "拖到今天", "不准延", "不得延", "不许延", "不可延", "不允许延", "不批延", "延期申请已", "延期已", "延期报告已", "延期手续", "延期请示已") || strings.Contains(u.s[i:], "提醒") ||
		hasAnySuffix(strings.TrimRight(u.s[:i], " 先再就的"), "提醒", "通知", "催办", "消息") {
		return 0
	}
	if containsAny(u.s, "调整好", "调整完", "已调整", "已经调整", "调好了") {
		return 0 // 时间调整好了，下周开会 is told
	}
	if howOften(bareWords(u.s)) {
		return 0 // 能延几次
	}
	if u.has(cueAccept) && containsAny(u.s, "同意", "批准", "准予") && u.leads() {
		return 0
	}
	strong := containsAny(u.s, "延期", "延到", "延至", "延长", "延后", "推迟", "展期", "宽限", "顺延", "缓到", "延缓", "延一", "延两", "延三", "延个", "延几", "推到", "postpone", "extend", "后延", "往后", "延迟", "宽延", "晚几天", "再给", "多给", "缓几", "缓缓", "改期", "后推", "拖到", "挪到", "晚点", "晚些", "宽", "延半", "延十", "延 ", "缓一缓", "缓办", "往后放", "放一放", "推一推", "拖一拖", "再给点", "再给些", "多给点", "给点时间", "晚两天", "晚一天", "晚三天", "晚几天", "晚一周", "能延", "可以延", "让延", "延一延", "推推", "放放") || containsAny(u.s, "延1", "延2", "延3", "延5", "延7")
	asked := containsAny(u.s, "申请", "请", "想", "要", "能", "希望", "可以", "可否", "麻烦", "帮", "建议", "需要", "不行", "把", "给") || u.request()
	strong = strong || u.request() && u.about()
	switch {
	case u.asks && !u.request() && (len(u.clauses) < 2 || !containsAny(u.clauses[0].text, "要延期", "想延期", "申请延期", "需延期", "需要延期")):
		return 0
	case u.percent != nil && u.about() && !containsAny(u.s, "申请延", "申请推迟", "申请展", "请求延", "想延", "要延", "需要延", "需延"):
		return 0
	case u.percent != nil && u.about():
		return 0.5 // both a report and a request: the row of reports outdoes it
	case u.story(i) && !asked:
		return 0
	case containsAny(u.s, "提前到", "提前至"):
		if len(u.days) > 0 && u.about() && !asked {
			return 0 // earlier than due is a promise, not an extension
		}
		return 0.86
	case strong && (asked || len(u.days) > 0 || u.size() <= 14 || u.lengthened() > 0):
		return 0.92
	case len(u.days) > 0 && (asked || u.about() || u.size() <= 10):
		return 0.9
	}
	return 0
}

// begsLeave reports whether one of a unit asks for the leave to extend: 请批准延期到年底.
func (u *utterance) begsLeave() bool {
	return !u.leads() && containsAny(u.s, "请批准", "请同意", "请准予", "请准许", "请领导批准", "请领导同意", "请予", "恳请", "望批准", "望同意", "盼同意", "盼批准", "希望同意", "希望批准", "申请批准")
}

// dayAsked reports whether it is asked to go to a later day: 能不能放到明年6月.
func (u *utterance) dayAsked() bool {
	if !u.request() || !u.about() || len(u.days) == 0 || u.percent != nil || containsAny(u.s, "完成", "办结", "做完", "弄好", "搞定", "验收", "上线", "提醒", "看", "查") {
		return false
	}
	d := u.days[len(u.days)-1]
	return d.to.Compare(u.today()) > 0 && hasAnySuffix(u.s[:d.start], "放到", "到", "至", "定在", "改在")
}

// onlyDayAsked reports whether a later day and 行不行 are all there is: 11月底行吗.
func (u *utterance) onlyDayAsked() bool {
	if !u.request() || !u.about() || len(u.days) == 0 || u.size() > 24 {
		return false
	}
	d := u.days[len(u.days)-1]
	c := u.clauseAt(d.start)
	if d.to.Compare(u.today()) <= 0 || len(u.days) > 1 && u.days[len(u.days)-2].end > c.start {
		return false
	}
	if c.start > 0 && !containsAny(u.s[:c.start], "完", "不", "没", "缓", "延", "宽") {
		return false
	}
	rest := u.s[c.start:d.start] + u.s[d.end:]
	for _, n := range u.nums {
		if n.kind == numTask && n.end <= d.start && n.start >= c.start {
			rest = rest[n.end-c.start:]
		}
	}
	for _, w := range append([]string{"再交", "上交", "交"}, modal...) {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return strings.Trim(rest, " ,?。!到至那就给我们的") == ""
}

func (u *utterance) fillPostpone(m *Meaning) {
	u.take(m, true)
	m.Text = u.textOf()
	m.Reason = u.reason()
	if d, ok := u.newDay(); ok {
		m.Date = d.to
		return
	}
	if m.N = u.lengthened(); u.matches(byMonths, u.s) {
		m.Months, m.N = m.N/30, m.N%30
	}
}

// byMonths matches a time in months, which are those of the calendar: 延期一个月.
var byMonths = compile(`[0-9一二两三四五六七八九十]个?月`)

// Reckoned gives a postponement by so many days or months its date, counted from the next
// time limit of the task in the plan; of what has happened since it knows nothing.
func (l *Lexicon) Reckoned(m Meaning, today ledger.Date) Meaning {
	x := l.tasks[m.Task]
	if m.Intent != Postpone || x == nil || dated(m.Date) || m.N == 0 && m.Months == 0 {
		return m
	}
	var due ledger.Date
	for _, pt := range ledger.OpenPoints(x, nil, today) {
		if due = pt.Due; !due.Before(today) {
			break
		}
	}
	if dated(due) {
		m.Date = Later(m, due, today)
	}
	return m
}

// Later is the day that a postponement by so many months or days leads to, from the time
// limit, or from today where that has passed.
func Later(m Meaning, due, today ledger.Date) ledger.Date {
	if due.Before(today) {
		due = today
	}
	return due.AddMonths(m.Months).AddDays(m.N)
}

// reason is what follows 因为, 原因, 由于, 理由.
func (u *utterance) reason() string {
	for _, w := range [...]string{"原因是", "原因为", "原因:", "原因", "理由是", "理由:", "理由", "因为", "由于", "因"} {
		if i := strings.Index(u.s, w); i >= 0 {
			return strings.Trim(u.original(i+len(w), len(u.s)), " ：:，,。")
		}
	}
	return ""
}
