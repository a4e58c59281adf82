package understand

import "strings"

// The rows of queries. They change nothing, so they may be generous.

// byWords reports whether the words name a task by its title, clearly or nearly.
func (u *utterance) byWords() bool {
	if u.named() || len(u.units) > 0 && u.size() < 12 {
		return false
	}
	a, b := u.lex.names.best(u.s)
	return a.id >= 0 && a.score >= 4 && b.score < a.score*0.9
}

// lists reports whether a list is asked for and not one task.
func (u *utterance) lists() bool { return !u.named() && u.plainAsk() }

func (u *utterance) scoreRanking() float64 {
	if !u.has(cueRanking) || !u.lists() || !u.asks && u.size() > 24 {
		return 0
	}
	if containsAny(u.s, "最近", "最后期限") && !containsAny(u.s, "排", "榜", "最多", "最少", "最快", "最慢", "最好", "最差", "最拖") || strings.Contains(u.s, "最快什么") || strings.Contains(u.s, "最快多久") {
		return 0
	}
	return 0.9
}

func (u *utterance) fillRanking(m *Meaning) {
	m.Metric, m.Order = "done", "best"
	switch {
	case u.has(cueOverdue) && !containsAny(u.s, "落后", "最落后", "掉队", "滞后"), containsAny(u.s, "拖", "欠"):
		m.Metric = "overdue"
	case containsAny(u.s, "进度", "快", "慢", "进展", "落后", "领先", "滞后", "推进"):
		m.Metric = "progress"
	}
	few := containsAny(u.s, "最少", "最低")
	bad := containsAny(u.s, "最慢", "最差", "后三", "后五", "后十", "后2", "后3", "后5", "后10", "倒数", "垫底", "末位", "末尾", "最后", "吊车尾", "落后", "黑榜", "拖后腿", "最拖", "谁慢", "哪家慢", "靠后", "不积极", "老末", "滞后", "掉队", "欠")
	switch {
	case m.Metric == "overdue" && !few, m.Metric != "overdue" && few, bad:
		m.Order = "worst"
	}
	m.N = u.howMany()
	u.fillWhen(m)
}

// howMany reads 前三名, 后5, 倒数第二, top 3.
func (u *utterance) howMany() int {
	for _, w := range [...]string{"前", "后", "倒数第", "倒数", "top ", "top", "最慢的", "最快的", "最差的", "最好的", "最多的", "最少的", "最拖的", "头"} {
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

var strongSummary = []string{"汇总", "总结", "小结", "总体", "整体", "概况", "总览", "概览", "全局", "面上", "大盘", "整个情况", "全市", "通报", "周报", "月报", "季报", "日报", "年报", "简报", "一页纸", "盘点", "综述", "统计", "完成率", "办结率", "总进度", "专报", "overview", "summary", "红黄绿", "全貌", "家底", "底数", "摘要", "调度", "出面", "我协调", "需协调", "领导协调"}

func (u *utterance) scoreSummary() float64 {
	if !u.has(cueSummary) || !u.lists() {
		return 0
	}
	if len(u.quoted) == 1 && !containsAny(u.s, strongSummary...) || u.byWords() && !containsAny(u.s, "汇总", "总结", "总体", "整体", "通报", "全市", "两强三提高", "方案", "各单位") && len(u.units) == 0 && u.lex.projectIn(u.s) == "" {
		return 0
	}
	switch {
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

func (u *utterance) fillSummary(m *Meaning) {
	u.fillWhen(m)
	m.Project = u.lex.projectIn(u.s)
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
	past := false
	if u.has(cueOpen) && !u.has(cueDoneList) && !containsAny(u.s, "到期", "情况", "进展") {
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
	soon := u.has(cueSoon) || containsAny(u.s, "快逾期", "即将逾期", "要逾期", "快超期", "要超期", "要过期", "快过期")
	exact := containsAny(u.s, "到期", "截止", "到时间", "到点", "due", "deadline", "期限", "到日子")
	_, dated := u.period()
	switch {
	case !dated && !soon:
		return 0
	case dated && u.past() && !exact:
		return 0
	case exact && dated, soon:
		return 0.855
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
		m.To = d.to
		// A period that has begun is asked about from today on.
		if dated(d.from) && (d.from.Compare(u.today()) > 0 || d.to.Compare(u.today()) < 0) {
			m.From = d.from
		}
	}
}

// toMe say whose tasks are asked for, although notMine holds some of the words.
var toMe = []string{"分给我", "派给我", "交给我", "归我", "我名下", "轮到我", "该我", "属于我", "我头上", "我手头", "我手上", "我手里", "安排给我", "分到我", "落到我", "给我安排", "给我分", "给我派"}

func (u *utterance) scoreMine() float64 {
	if !u.lists() || len(u.units) > 0 || !u.asks && containsAny(u.s, "不是我", "不归", "电话", "联系") {
		return 0
	}
	if u.is("待办", "todo", "my tasks", "任务列表我的", "我的", "我的待办", "待办任务", "待办事项", "my task") {
		return 0.9
	}
	some := u.has(cueOpen) || u.listsDone() || u.has(cueLead) || u.has(cuePending) || u.has(cueTask) || u.has(cueList)
	switch {
	case containsAny(u.s, toMe...) && some:
		return 0.87
	case u.mine() && some && len(u.days) > 0 && !containsAny(u.s, "到期", "截止"):
		return 0.83
	case u.mine() && (some || u.size() <= 8 && strings.HasSuffix(u.s, "的")):
		return 0.81
	case u.has(cueOpen) && !u.leads() && u.asks && !containsAny(u.s, "哪些单位", "谁", "哪家", "各单位", "各部门", "全市", "任务", "所有"):
		return 0.72
	case containsAny(u.s, "要干啥", "要做啥", "该干啥", "该做啥", "要干什么", "要做什么", "该做什么", "今天有什么事", "有什么活", "有啥活", "有什么任务", "有啥任务") && !u.leads():
		return 0.7
	}
	return 0
}

func (u *utterance) scoreUnit() float64 {
	if !u.lists() || len(u.units) == 0 {
		return 0
	}
	if bareWords(u.s) == strings.TrimSpace(u.s[u.units[0].start:u.units[0].end]) {
		return 0.72
	}
	some := u.has(cueOpen) || u.listsDone() || u.has(cueLead) || u.has(cueTask) || u.has(cueList) || u.has(cuePending) || u.asks
	switch {
	case some && u.has(cueOwner) && u.byWords():
		return 0.7
	case some && len(u.days) > 0 && !containsAny(u.s, "到期", "截止"):
		return 0.835
	case some:
		return 0.815
	}
	return 0.4
}

// listsDone reports whether the finished ones are asked for.
func (u *utterance) listsDone() bool {
	return u.has(cueDoneList) || u.claim == claimAsked && containsAny(u.s, "哪些", "哪几", "谁", "几个", "几项", "几件", "几条", "多少", "哪家")
}

func (u *utterance) scoreAll() float64 {
	if !u.lists() {
		return 0
	}
	state := u.has(cueOpen) || u.listsDone() || u.has(cuePending)
	switch {
	case containsAny(u.s, "任务列表", "任务清单", "任务一览", "所有任务", "全部任务", "48项", "48个", "有哪些任务", "列出任务", "all tasks", "任务台账", "多少任务", "几个任务", "几项任务", "任务总数", "整个清单", "全部清单", "完整清单", "清单发", "列出来", "都列", "全列", "列给我", "列一列", "看看清单", "看清单", "list") || u.is("任务", "清单", "列表", "台账", "list", "tasks", "任务单"):
		return 0.8
	case u.has(cueAll) && (state || u.has(cueTask)), state && u.has(cueTask):
		return 0.79
	case state && u.asks:
		return 0.71
	case state && strings.HasSuffix(bareWords(u.s), "的"):
		return 0.7
	case state && u.size() <= 14:
		return 0.6
	}
	return 0
}

func (u *utterance) fillList(m *Meaning) {
	m.Unit = u.unit()
	if len(u.units) > 0 && m.Unit == "" {
		m.Units = u.units[0].several
	}
	if d, ok := u.period(); ok {
		m.To = d.to
		if dated(d.from) && (d.from.Compare(u.today()) > 0 || d.to.Compare(u.today()) < 0) {
			m.From = d.from
		}
	}
	switch {
	case u.has(cueOverdue):
		m.Status = "overdue"
	case u.has(cuePending):
		m.Status = "pending"
	case u.has(cueOpen):
		m.Status = "open"
	case u.listsDone():
		m.Status = "done"
	case u.has(cueLead):
		m.Status = "lead"
	}
}
