package understand

import (
	"strings"

	"duban/store/ledger"
)

// The rows of queries. They change nothing, so they may be generous.

// byWords reports whether the words name a task by its title, clearly or nearly.
func (u *utterance) byWords() bool {
	if u.named() || len(u.units) > 0 && u.size() < 12 {
		return false
	}
	a, b := u.lex.names.best(u.s)
	return a.id >= 0 && a.score >= 3.8 && b.score < a.score*0.9
}

// lists reports whether a list is asked for and not one task.
func (u *utterance) lists() bool {
	if !u.asks && (u.ordered || u.leads() && hasAnyPrefix(u.s, "让", "叫", "要求", "督促", "通知")) {
		return false
	}
	return !u.named() && u.plainAsk() && !u.statesAll() && !u.notice() && !u.corrects() && !u.tells() && !u.vague() && !containsAny(u.s, "谁说", "谁讲") &&
		!(u.about() && containsAny(u.s, "这个任务", "这项", "该任务", "此任务", "本任务"))
}

// leadingTime matches 前三季度 and its like, which rank nothing.
var leadingTime = compile(`(?:前|后|头)(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,2})(?:个|多)?(?:季|月|天|周|年|期|星期|日)`)

func (u *utterance) scoreRanking() float64 {
	if containsAny(u.s, "代码", "算法", "脚本") && !u.has(cueTask) {
		return 0 // 写一段冒泡排序代码
	}
	if containsAny(u.s, "最多跑一次", "最多跑") && !containsAny(u.s, "排名", "排行", "榜", "哪家", "谁") {
		return 0 // the name of a reform
	}
	if !u.has(cueRanking) || howOften(bareWords(u.s)) || !u.lists() || u.quotes && u.claim != claimNone || !u.asks && u.size() > 24 {
		return 0
	}
	if u.matches(leadingTime, u.s) && !containsAny(u.s, "排", "榜", "最", "名") {
		return 0 // 前三季度 is a time
	}
	if containsAny(u.s, "最近", "最后期限") && !containsAny(u.s, "排", "榜", "最多", "最少", "最快", "最慢", "最好", "最差", "最拖") || strings.Contains(u.s, "最快什么") || strings.Contains(u.s, "最快多久") {
		return 0
	}
	return 0.9
}

func (u *utterance) fillRanking(m *Meaning) {
	m.Metric, m.Order, m.Unit = "done", "best", u.unit()
	switch {
	case u.has(cueOverdue) && !containsAny(u.s, "落后", "最落后", "掉队", "滞后"), containsAny(u.s, "拖", "欠"):
		m.Metric = "overdue"
	case containsAny(u.s, "进度", "快", "慢", "进展", "落后", "领先", "滞后", "推进"):
		m.Metric = "progress"
	}
	few := containsAny(u.s, "最少", "最低")
	bad := containsAny(u.s, "由低到高", "从低到高", "从小到大", "由小到大", "后进", "白卷", "最慢", "最差", "后三", "后五", "后十", "后2", "后3", "后5", "后10", "倒数", "垫底", "末位", "末尾", "最后", "吊车尾", "落后", "黑榜", "拖后腿", "最拖", "谁慢", "哪家慢", "靠后", "不积极", "老末", "滞后", "掉队", "欠", "最不", "不给力", "拉胯", "大户", "排在后", "排后面", "排末", "排在末")
	switch {
	case m.Metric == "overdue" && !few, m.Metric != "overdue" && few, bad:
		m.Order = "worst"
	}
	if m.N = u.howMany(); containsAny(u.s, "由高到低", "从高到低", "从大到小", "由大到小") && m.Metric != "overdue" {
		m.Order = "best"
	}
	if m.Scope = "unit"; !containsAny(u.s, "单位", "部门", "哪家", "谁", "局", "各", "名", "榜", "排") {
		m.Scope = "task" // 逾期最久的, 进度最快的
	}
	if u.mine() {
		m.Scope = "mine"
	}
	u.fillWhen(m)
}

// howMany reads 前三名, 后5, 倒数第二, top 3.
func (u *utterance) howMany() int {
	for _, w := range [...]string{"第一到第", "第1到第", "前", "后", "倒数第", "倒数", "top ", "top", "最慢的", "最快的", "最差的", "最好的", "最多的", "最少的", "最拖的", "头"} {
		i := strings.Index(u.s, w)
		if i < 0 {
			continue
		}
		if n, ok := length(countIn(u.s[i+len(w):])); ok && n <= 50 {
			return n
		}
	}
	for _, n := range u.nums {
		if n.kind == numQuantity && n.value <= 20 && n.whole && hasAnyPrefix(u.s[n.to:], "个", "家", "名", "位") && !strings.HasSuffix(u.s[:n.from], "哪") {
			return int(n.value)
		}
	}
	return 0
}

// countIn turns the front of 三名 or 5个单位 into a length that length can read.
func countIn(s string) string {
	j := 0
	for j < len(s) && (isDigit(s[j]) || isHanDigit(rune0(s[j:])) || strings.HasPrefix(s[j:], "两")) {
		j += len(first(s[j:], 1))
	}
	if j == 0 || hasAnyPrefix(s[j:], "月", "天", "年", "周", "号", "日", "季", "%") {
		return ""
	}
	return s[:j] + "天"
}

// fillWhen sets the period as it was said.
func (u *utterance) fillWhen(m *Meaning) {
	if d, ok := u.period(); ok {
		m.From, m.To = d.from, d.to
	}
}

var strongSummary = []string{"汇总", "总结", "小结", "总体", "整体", "概况", "总览", "概览", "全局", "面上", "大盘", "整个情况", "全市", "通报", "周报", "月报", "季报", "日报", "年报", "简报", "一页纸", "盘点", "综述", "统计", "完成率", "办结率", "总进度", "专报", "overview", "summary", "红黄绿", "全貌", "家底", "底数", "摘要", "调度", "出面", "我协调", "需协调", "需要协调", "领导协调"}

func (u *utterance) scoreSummary() float64 {
	if !u.has(cueSummary) && !u.countsStates() && !(u.mine() && hasAnySuffix(bareWords(u.s), "进度", "进展")) && !(len(u.days) > 0 && !u.byWords() && u.asks && (hasAnySuffix(bareWords(u.s), "怎么样", "怎样", "如何", "怎么样了") || containsAny(u.s, "干了", "做了", "办了", "忙了", "搞了", "弄了"))) && !(u.lex.projectIn(u.s) != "" && containsAny(u.s, "进度", "到哪", "怎样", "咋样", "怎么样", "如何", "进展", "情况", "推进")) || !u.lists() {
		return 0
	}
	if len(u.quoted) == 1 && !containsAny(u.s, strongSummary...) || u.byWords() && !u.mine() && !u.past() && !containsAny(u.s, "汇总", "总结", "总体", "整体", "总的", "通报", "全市", "两强三提高", "方案", "各单位") && len(u.units) == 0 && u.lex.projectIn(u.s) == "" {
		return 0
	}
	switch {
	case strings.Contains(u.s, "一览") && !strings.Contains(u.s, "情况") && containsAny(u.s, "任务", "事项", "清单", "工作", "活"):
		return 0.7 // a list
	case (u.has(cueNoProgress) || u.has(cueNotStarted) || u.has(cueBlocked)) && !strings.Contains(u.s, "协调"):
		if !u.asks && !u.has(cueTask) {
			return 0
		}
		return 0.7 // those that stand still are a list
	case u.asks && u.mine() && u.has(cueOpen) && containsAny(u.s, "哪些", "哪几", "几项", "几件", "几个"):
		return 0.7
	case u.countsStates():
		return 0.88
	case u.has(cueOverdue) && !containsAny(u.s, "汇总", "总结", "通报", "小结", "报告", "一页纸"):
		return 0.8
	case containsAny(u.s, strongSummary...):
		if containsAny(u.s, "哪些", "有哪") && !containsAny(u.s, "汇总", "总结", "通报", "出面", "协调") {
			return 0.7
		}
		return 0.87
	case u.lex.projectIn(u.s) != "":
		return 0.85
	case containsAny(u.s, "哪些任务", "哪些事", "哪几项", "几项", "几个", "有哪些", "多少任务"), u.has(cueDue) && len(u.days) > 0 && !strings.Contains(u.s, "情况"):
		return 0.6
	case u.mine() || len(u.units) > 0 || len(u.days) > 0 || containsAny(u.s, "所有", "全部", "各单位", "各部门", "整个", "大家", "任务", "工作"):
		return 0.84
	case runeLen(u.query()) > 4:
		return 0.45
	}
	return 0.74
}

// countsStates reports whether it is asked how many tasks are in each of several states.
func (u *utterance) countsStates() bool {
	n := 0
	for _, c := range u.clauses {
		for part := range strings.SplitSeq(c.text, "、") {
			if containsAny(part, "几", "多少") && containsAny(part, "完成", "办结", "在办", "推进", "逾期", "超期", "滞后", "剩", "未", "没", "临期", "红灯", "黄灯", "绿灯") {
				n++
			}
		}
	}
	return n >= 2 && u.asks
}

func (u *utterance) fillSummary(m *Meaning) {
	u.fillWhen(m)
	m.Project = u.lex.projectIn(u.s)
	switch {
	case containsAny(u.s, "按工程", "分工程", "各工程", "各大工程", "每个工程", "十大工程"):
		m.Metric = MetricProject
	case containsAny(u.s, "完成率", "办结率") && !containsAny(u.s, "汇总", "总结", "小结", "通报"):
		m.Metric = MetricRate
	}
	switch m.Unit = u.unit(); {
	case m.Unit != "":
		m.Scope = "unit"
	case u.mine():
		m.Scope = "mine"
	default:
		m.Scope = "all"
	}
}

func (u *utterance) scoreOverdue() float64 {
	if !u.lists() || u.has(cueSoon) && !containsAny(u.s, "逾期", "超期", "过期") {
		return 0
	}
	if hasAnySuffix(bareWords(u.s), "到期没", "到期了没", "到期没有", "到期没呢") && u.byWords() {
		return 0
	}
	past := false
	if u.has(cueOpen) && !containsAny(u.s, "到期", "情况", "进展", "已完成", "完成了", "已办结", "办结了") {
		d, ok := u.period()
		past = ok && dated(d.to) && d.to.Compare(u.today()) < 0
	}
	switch {
	case u.has(cueOverdue) && !containsAny(u.s, "没逾期", "未逾期", "不逾期", "快逾期", "即将逾期", "要逾期", "会逾期", "快超期", "要超期", "快过期", "要过期"):
		if !u.asks && u.size() > 16 && !u.has(cueList) {
			return 0.4
		}
		return 0.86
	case past:
		return 0.84
	}
	return 0
}

func (u *utterance) fillScope(m *Meaning) {
	if m.Intent == Pending {
		m.Status = "pending"
	}
	m.Unit = u.unit()
	switch {
	case m.Unit != "":
		m.Scope = "unit"
	case u.mine():
		m.Scope = "mine"
	default:
		m.Scope = "all"
	}
	if d, ok := u.period(); ok && m.Intent == Overdue {
		m.From, m.To = d.from, d.to
	}
}

func (u *utterance) scoreDue() float64 {
	if !u.lists() {
		return 0
	}
	if u.asks && u.listsDone() && !u.has(cueOpen) && containsAny(u.s, "办结了", "完成了", "销号了", "做完了", "办完了", "已办结", "已完成") && !containsAny(u.s, "到期", "截止", "前要", "该") {
		return 0 // what was finished in the period
	}
	soon := u.has(cueSoon) || containsAny(u.s, "快逾期", "即将逾期", "要逾期", "快超期", "要超期", "要过期", "快过期")
	exact := containsAny(u.s, "到期", "截止", "到时间", "到点", "due", "deadline", "期限", "到日子")
	_, dated := u.period() // which remembers it in span
	switch {
	case !dated && !soon:
		return 0
	case dated && u.past() && !exact:
		return 0
	case exact && dated, soon:
		return 0.855
	case len(u.units) == 0 && hasAnySuffix(bareWords(u.s), "的", "的任务", "的事", "的活", "的工作", "的有哪些", "的是哪些") && dated && containsAny(u.s[min(u.span.day.end, len(u.s)):], "要", "必须", "应", "该", "得", "需", "务必"):
		return 0.84
	case u.has(cueDue):
		return 0.82
	case u.has(cueOpen) || u.has(cueTask) || u.has(cueList):
		return 0.77
	}
	return 0
}

func (u *utterance) past() bool {
	d, ok := u.period()
	return ok && dated(d.to) && d.to.Compare(u.today()) < 0
}

func (u *utterance) fillDue(m *Meaning) {
	u.fillScope(m)
	if d, ok := u.period(); ok {
		if m.To = d.to; d.to == u.today() && d.from.Before(d.to) && containsAny(u.s, "要", "将", "会", "快") {
			m.To = d.to.AddDays(d.to.Sub(d.from) + 1) // 近一周要到期的 are of the week to come
			return
		}
		// A period that has begun is asked about from today on.
		if dated(d.from) && (d.from.Compare(u.today()) > 0 || d.to.Compare(u.today()) < 0) {
			m.From = d.from
		}
		if u.matches(monthEnd, u.s) && !containsAny(u.s[:d.start], "到", "至") { // 12月底到期的 are those of December
			if first := ledger.NewDate(d.to.Year, d.to.Month, 1); first.After(u.today()) {
				m.From = first
			}
		}
	}
}

// monthEnd names a month by its end; 12月底前 is the whole time until then.
var monthEnd = compile(`(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|下个?)月(?:底|末)(?:到期|截止|要到期|应到期|会到期)`)
