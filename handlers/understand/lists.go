package understand

import (
	"strings"
)

// The rows of lists of tasks.

// givenMe matches what says by whom a task came to the speaker.
var givenMe = compile(`(?:分|派|交|转|安排|指派|分配|下达|下发|布置|分派)给(?:了)?(?:我|咱|俺|本)`)

// toMe say whose tasks are asked for, although notMine holds some of the words.
var toMe = []string{"分给我", "派给我", "交给我", "归我", "我名下", "轮到我", "该我", "属于我", "我头上", "我手头", "我手上", "我手里", "安排给我", "分到我", "落到我", "给我安排", "给我分", "给我派"}

func (u *utterance) scoreMine() float64 {
	if !u.lists() || len(u.units) > 0 || !u.asks && containsAny(u.s, "不是我", "不归", "电话", "联系") {
		return 0
	}
	if u.leads() && u.has(cuePending) || containsAny(u.s, "我新来", "我是新来", "我刚来", "我不知道", "我不清楚") {
		return 0
	}
	if u.is("任务") && !u.leads() && !u.ctx.Group {
		return 0.9
	}
	if u.is("待办", "todo", "my tasks", "任务列表我的", "我的", "我的待办", "待办任务", "待办事项", "my task") {
		return 0.9
	}
	if u.about() && (containsAny(u.s, "这个任务", "这项", "这个是", "该任务") || hasAnyPrefix(u.s, "这个", "这件", "这事", "这条", "此项", "该项")) {
		return 0
	}
	some := u.has(cueOpen) || u.listsDone() || u.has(cueLead) || u.has(cuePending) || u.has(cueTask) || u.has(cueList)
	switch {
	case u.has(cueTask) && !u.leads() && len(u.days) == 0 && strings.Count(u.s, "任务") == 1 && u.residue("给我", "我", "看看", "看", "查查", "查", "列出", "列", "发", "任务", "事项", "清单", "列表", "要", "想", "的") == "" && !u.is("任务", "清单", "列表", "任务清单", "任务列表", "事项"):
		return 0.8
	case (containsAny(u.s, toMe...) || u.matches(givenMe, u.s)) && some:
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
	if hasAnyPrefix(u.s, "我在", "我们在", "我刚", "刚从", "刚去") && !u.asks {
		return 0 // where the speaker is
	}
	if (u.has(cueAssign) || u.has(cueUrge)) && !u.has(cueTask) && !containsAny(u.s, "哪些", "哪几", "几项", "几个", "清单", "什么") {
		return 0 // 是不是该转给财政局, 等财政局回话再催
	}
	if u.request() && u.about() && !u.has(cueTask) && containsAny(u.s, "支持", "配合", "帮", "协调", "出面") {
		return 0 // 能不能请财政局支持一下
	}
	if bareWords(u.s) == strings.TrimSpace(u.s[u.units[0].start:u.units[0].end]) {
		return 0.72
	}
	some := u.has(cueOpen) || u.listsDone() || u.has(cueLead) || u.has(cueTask) || u.has(cueList) || u.has(cuePending) || u.has(cueBlocked) || u.asks
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

// mustEnd matches what has yet to be finished: 年内必须办结的任务.
var mustEnd = compile(`(?:必须|务必|应该|应|该|要|得|需要|需|须|计划|预计)(?:全部|按时|按期|如期)?(?:办结|完成|销号|办完|做完|弄完|干完|搞定)的`)

// listsDone reports whether the finished ones are asked for.
func (u *utterance) listsDone() bool {
	if containsAny(u.s, "还得", "还要", "还需", "还该", "得干", "得做", "得办", "要干完", "要做完", "要办完") {
		return false // what is still to be finished
	}
	return u.has(cueDoneList) && !u.matches(mustEnd, u.s) || u.claim == claimAsked && containsAny(u.s, "哪些", "哪几", "谁", "几个", "几项", "几件", "几条", "多少", "哪家")
}

func (u *utterance) scoreAll() float64 {
	if !u.lists() {
		return 0
	}
	if !u.asks && !u.has(cueTask) && hasAnyPrefix(u.s, "正在", "还在", "已在", "目前在", "尚在") && !hasAnySuffix(bareWords(u.s), "的", "任务", "事项") {
		return 0 // 正在推进中 tells of a task that is not named
	}
	state := u.has(cueOpen) || u.listsDone() || u.has(cuePending) || u.has(cueNoProgress) || u.has(cueNotStarted) || u.has(cueBlocked)
	switch {
	case u.is("任务一览", "任务一览表", "看一览", "一览", "所有任务一览", "全部任务一览", "各项任务一览", "督办任务一览"):
		return 0.9
	case u.asks && containsAny(u.s, "都报了", "报了没", "都反馈了", "都交了", "都上报了", "报齐", "交齐") && containsAny(u.s, "单位", "部门", "大家", "他们", "各家"):
		return 0.78
	case containsAny(u.s, "任务列表", "任务清单", "任务一览", "所有任务", "全部任务", "48项", "48个", "有哪些任务", "列出任务", "all tasks", "任务台账", "多少任务", "几个任务", "几项任务", "任务总数", "整个清单", "全部清单", "完整清单", "清单发", "列出来", "多少项任务", "几项任务", "总表", "总清单", "任务库", "一览表", "任务表", "有啥任务", "有什么任务", "共多少项", "共几项", "共多少个", "看全部", "看所有", "都列", "全列", "列给我", "列一列", "看看清单", "看清单", "list") || u.is("全部", "所有", "all", "任务", "清单", "任务一览表", "列表", "台账", "list", "tasks", "任务单"):
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

// onward matches what stands around a unit that the question before is asked of again.
var onward = compile(`^(?:那|那么|还有)? *_(?:那边|这边|的)?呢?$`)

func (u *utterance) fillList(m *Meaning) {
	m.Unit = u.unit()
	if at := u.units; m.Intent == UnitTasks && len(at) == 1 && (hasAnyPrefix(u.s, "那", "还有") || strings.HasSuffix(bareWords(u.s), "呢")) {
		m.Onward = onward.MatchString(bareWords(u.s[:at[0].start] + "_" + u.s[at[0].end:]))
	}
	if len(u.units) > 0 && m.Unit == "" {
		if m.Units = u.units[0].several; m.Intent == UnitTasks && len(m.Units) == 0 {
			*m = clarify(*m, "several units are named", "请一次查一个单位，例如“"+u.units[0].name+"的任务”。")
			return
		}
	}
	if d, ok := u.period(); ok {
		m.To = d.to
		if dated(d.from) && (d.from.Compare(u.today()) > 0 || d.to.Compare(u.today()) < 0) {
			m.From = d.from
		}
	}
	switch {
	case u.has(cueBlocked) && !u.has(cueOverdue):
		m.Status = "blocked"
	case u.has(cueOverdue):
		m.Status = "overdue"
	case u.has(cuePending):
		m.Status = "pending"
	case u.has(cueOpen) && !(u.listsDone() && strings.Contains(u.s, "现在办")):
		m.Status = "open"
	case u.listsDone():
		m.Status = "done"
	case u.has(cueLead):
		m.Status = "lead"
	}
	if d, ok := u.period(); ok && m.Status == "done" {
		m.From = d.from // what was finished counts from the period's first day
	}
}

func (u *utterance) scorePending() float64 {
	if u.has(cuePending) && u.plainAsk() && !u.about() {
		return 0.89
	}
	return 0
}
