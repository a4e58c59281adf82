package understand

import (
	"strings"
)

// The rows of queries about one task, and of searching.

// ourJob asks whether the task is the speaker's at all.
var ourJob = compile(`(?:是不是|不该是|应该是|该是|不是|是|归)(?:我们|我|咱们?)(?:单位|局|中心)?(?:的|管|牵头|负责|的事|的活|的任务)(?:吧|吗)$`)

func (u *utterance) scoreOwner() float64 {
	if containsAny(u.s, "谁说", "谁讲") || !u.asks && (unsettled(u.s) || containsAny(u.s, "只是", "仅是", "我们是", "不是")) {
		return 0
	}
	who := containsAny(u.s, "谁", "哪家", "哪个单位", "哪个部门", "哪个局") && !containsAny(u.s, "没", "未", "逾期", "最", "报", "改过", "更新", "填", "反馈", "提交") && (u.about() || u.byWords())
	who = who || u.about() && containsAny(u.s, "哪些单位", "几家单位", "哪几家", "哪两家", "哪三家", "哪两个单位", "哪几个单位", "哪些部门") && !u.has(cueOverdue) && !u.has(cueOpen) && !u.has(cueDoneList)
	who = who || u.asks && len(u.units) > 0 && u.byWords() && containsAny(u.s, "归", "是不是", "牵头还是", "负责还是", "负责吗", "牵头吗", "管吗", "的吗") && !containsAny(u.s, "完成", "哪", "什么", "逾期")
	who = who || u.asks && len(u.units) > 0 && u.about() && containsAny(u.s, "负责", "牵头", "归", "还是", "管吗", "的吗", "的事", "的活") && !containsAny(u.s, "完成", "什么", "啥", "了")
	who = who || u.asks && (u.about() && u.matches(ourJob, u.s) || len(u.refs) > 1 && containsAny(u.s, "一家", "同一个单位", "都是谁", "都归"))
	if !u.has(cueOwner) && !who || u.percent != nil || u.has(cueAssign) && !u.asks {
		return 0
	}
	if !u.asks && (u.has(cueUrge) && containsAny(u.s, "加快", "抓紧", "尽快", "提醒", "督促", "催")) {
		return 0 // 提醒任务28的责任单位
	}
	if !u.asks && !u.plainAsk() || containsAny(u.s, "我是", "我属", "我们是") {
		return 0
	}
	switch {
	case u.about():
		return 0.9
	case len(u.refs) > 1:
		return 0.91
	case u.byWords() && !containsAny(u.s, "哪些任务", "什么任务", "啥任务"):
		return 0.86
	case who && u.byWords():
		return 0.86
	case u.has(cueRanking) || u.has(cueOverdue) || u.has(cueOpen) || u.has(cueDoneList) || u.mine() || len(u.units) > 0:
		return 0
	case runeLen(u.query()) >= 2 && !inList(botActs, u.query()):
		return 0.62
	}
	return 0
}

// oftenDone asks how often something was done to a task.
var oftenDone = compile(`(?:延期|退回|催|催办|改|报|反馈|变更|返工|通报|督办)过(?:几|多少)[次回遍]`)

// lastTime asks when something was done last: 上次啥时候更新的.
var lastTime = compile(`(?:上次|上一次|上回|最后一次|最近一次).{0,6}?(?:什么时候|啥时候|啥时|何时|几号|哪天|多久前).{0,3}(?:更新|报|反馈|填|改|提交)|(?:上次|上一次|上回|最后一次|最近一次)(?:的)?(?:更新|报|反馈|填报|填|改|提交|上报).{0,6}?(?:什么时候|啥时候|啥时|何时|几号|哪天|多久前)`)

// whoDid asks who wrote a thing down or decided it: 这是谁点的, 谁把它标成办结了.
var whoDid = compile(`(?:谁|哪个人|哪位)(?:给|把|将|在|又)?[^,，。?负责牵承主管]{0,10}?(?:标|点|改|报|填|录|写|提交|申请|取消|催|操作|办结|结案|销号|关|撤|退|动|更新|批|审|设|转)(?:成|为|掉)?[^,，。?]{0,6}(?:的|了|过|$)`)

func (u *utterance) scoreHistory() float64 {
	if u.asks && u.percent == nil && strings.Contains(u.s, "过") && u.about() && u.matches(oftenDone, u.s) {
		return 0.9 // 催过几次了
	}
	if u.asks && u.percent == nil && containsAny(u.s, "谁", "哪位", "哪个人") && (u.about() || len(u.refs) > 0) && (u.matches(whoDid, u.s) || strings.Contains(u.s, "有人") && containsAny(u.s, "是谁", "谁")) && !containsAny(u.s, "谁没", "谁还没", "谁未", "没报的", "未报的", "没填的", "谁来", "该谁", "谁说") {
		return 0.905
	}
	if u.asks && u.percent == nil && (u.about() || len(u.refs) > 0) && u.matches(lastTime, u.s) {
		return 0.885
	}
	if !u.has(cueHistory) || u.percent != nil || !u.asks && u.claim != claimNone || !u.asks && u.story(len(u.s)) {
		return 0
	}
	if !u.asks && (u.quoteSpeaks() && u.size() > 8 || u.tellsPast()) {
		return 0
	}
	switch {
	case u.about():
		return 0.88
	case u.byWords():
		return 0.81
	}
	return 0
}

func (u *utterance) scoreBasis() float64 {
	if !u.tellsPast() && u.has(cueBasis) && (u.about() || u.byWords()) && u.percent == nil && (u.asks || u.size() <= 20) && !containsAny(u.s, "依据充分", "的规定") {
		return 0.885
	}
	return 0
}

func (u *utterance) scoreDetail() float64 {
	t := u.target(false)
	if t.no == "" && len(u.refs) < 2 {
		if !u.asks && containsAny(u.s, "没", "未", "已", "正在", "还在", "了") && !containsAny(u.s, "怎么样了", "到哪", "任务") {
			return 0
		}
		if u.byWords() && u.plainAsk() && (u.asks || u.has(cueDetail) || u.has(cueTask) || u.size() <= 14) && u.claim != claimDone && u.percent == nil {
			return 0.73
		}
		return 0
	}
	if u.quotes && len(u.refs) == 0 && u.bare == "" || containsAny(u.s, "谁说", "谁讲") && len(u.clauses) > 1 ||
		u.percent != nil && u.request() || u.has(cuePostpone) && strings.Contains(u.s, "还是") && len(u.days) > 1 {
		return 0
	}
	rest := u.residue("发我看一下", "发我看看", "发我看下", "发我看", "打开我看看", "我看看", "我看一下", "截止日期", "截止日", "到期日", "完成情况", "完成时间", "完成率", "完成度", "完成时限", "办理情况", "推进情况", "责任", "任务", "这个", "这项", "那个", "那项", "看", "查", "一下", "详情", "进度", "进展", "情况", "状态", "内容", "时限", "截止", "期限", "信息", "具体", "我想", "我要", "想", "问", "给我", "发我", "帮我", "完成情况", "事项", "怎么样", "说说", "介绍", "目标", "要求", "名称", "到期", "时间", "您好", "你好", "任务详情", "督办", "卡片", "show", "status", "details", "detail", "info", "谢", "详细", "展示", "打开", "调出", "办理", "推进", "最新", "关于", "发给我", "发来", "发我", "把", "来一份", "来一个", "请", "日期", "牵头", "单位", "标题", "编号", "标准", "please", "看看", "截至", "到目前为止", "目前", "现在", "当前", "近期", "最近", "你", "给", "下")
	switch {
	case u.request() && containsAny(u.s, "关了", "关掉", "关闭"):
		return 0 // the task or its reminders? that must be asked
	case u.asks && !u.named() && containsAny(u.s, "不太确定", "不确定", "说不准", "拿不准", "记不清"):
		return 0
	case u.asks && !u.statesThenAsks():
		if t.sure || len(u.refs) > 1 {
			return 0.8
		}
		return 0.74
	case rest == "" && (t.sure || len(u.refs) > 1):
		return 0.85
	case rest == "" && u.residue() != "":
		return 0.8
	case t.sure && u.size() <= 16 && !u.firm() && (hasAnyPrefix(u.s, "说", "讲", "介绍", "聊", "谈") || hasAnySuffix(bareWords(u.s), "目标", "要求", "内容", "名称", "标题", "编号", "单位", "标准", "日期", "期限", "时间", "节点", "背景", "的进展", "的进度", "的情况")) && !u.edits() && !containsAny(u.s, "我们", "只是"):
		return 0.6
	case t.sure && hasAnyPrefix(u.s, "查", "看", "帮我查", "帮我看", "我想看", "我要看", "我想了解", "了解", "show", "请查", "麻烦查", "给我看"):
		return 0.79
	}
	return 0
}

// fillLook names the one task by its number, or by the words that were used.
func (u *utterance) fillLook(m *Meaning) {
	u.take(m, false)
	if len(m.Tasks) > 1 && m.Task == "" {
		m.Task = "" // several: the handler shows each
	}
	if m.Task == "" && len(m.Tasks) == 0 {
		m.Query = u.query()
	}
	if m.Task == "0" && !u.lex.exists(m.Task) {
		*m = clarify(*m, "no task has the number 0", "任务编号从1开始，请核对。")
	}
}
