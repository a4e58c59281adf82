package understand

import (
	"slices"
	"strings"
)

// row is one reading of a text. score says how well it fits, 0 for not at all; fill
// picks the slots out once the row is chosen.
type row struct {
	intent Intent
	why    string
	score  func(*utterance) float64
	fill   func(*utterance, *Meaning)
}

// rows is the table of readings. The numbers are one scale: about 0.95 for words
// that mean one thing only, 0.8 for plain wording, 0.6 for what is left.
var rows = []row{
	{Unknown, "an order to the machine, or destruction", (*utterance).scoreHostile, nil},
	{Help, "asks what the bot can do, or how", (*utterance).scoreHelp, nil},
	{RemindRules, "asks for the rules of reminding", (*utterance).scoreRules, nil},
	{Status, "asks after the bot itself", (*utterance).scoreStatus, nil},
	{Feedback, "an opinion about the bot", (*utterance).scoreFeedback, (*utterance).fillText},
	{BindRoom, "binds the room to a unit", (*utterance).scoreBindRoom, (*utterance).fillRoom},
	{ApproveBind, "approves a person's binding", (*utterance).scoreApproveBind, (*utterance).fillPerson},
	{RefuseBind, "refuses a person's binding", (*utterance).scoreRefuseBind, (*utterance).fillPerson},
	{BindUnit, "names the own unit", (*utterance).scoreBind, (*utterance).fillBind},
	{Unbind, "leaves the unit", (*utterance).scoreUnbind, nil},
	{Import, "a new plan", (*utterance).scoreImport, nil},
	{Export, "wants a file", (*utterance).scoreExport, (*utterance).fillPeriod},
	{Unmute, "wants reminders again", (*utterance).scoreUnmute, (*utterance).fillMute},
	{Mute, "wants no reminders", (*utterance).scoreMute, (*utterance).fillMute},
	{Snooze, "wants to be reminded later", (*utterance).scoreSnooze, (*utterance).fillSnooze},
	{RemindSet, "sets a reminder", (*utterance).scoreRemind, (*utterance).fillRemind},
	{Postpone, "asks for a new date", (*utterance).scorePostpone, (*utterance).fillPostpone},
	{Assign, "hands a task to a unit", (*utterance).scoreAssign, (*utterance).fillAssign},
	{Urge, "chases a task or unit", (*utterance).scoreUrge, (*utterance).fillUrge},
	{Accept, "accepts a completion or an extension", (*utterance).scoreAccept, (*utterance).fillAccept},
	{Return, "returns a completion", (*utterance).scoreReturn, (*utterance).fillReturn},
	{Pending, "asks what waits for acceptance", (*utterance).scorePending, (*utterance).fillScope},
	{Withdraw, "takes back the last report", (*utterance).scoreWithdraw, (*utterance).fillTask},
	{Reopen, "a finished task is not finished", (*utterance).scoreReopen, (*utterance).fillReport},
	{Correct, "corrects an earlier report", (*utterance).scoreCorrect, (*utterance).fillReport},
	{Done, "says that the task is finished", (*utterance).scoreDone, (*utterance).fillReport},
	{Report, "says how the task stands", (*utterance).scoreReport, (*utterance).fillReport},
	{Clarify, "wants to report but says nothing yet", (*utterance).scoreWantReport, (*utterance).fillAsk},
	{Clarify, "a percentage that may be of something else", (*utterance).scoreStrange, (*utterance).fillStrange},
	{Clarify, "a range is no level of progress", (*utterance).scoreVague, (*utterance).fillVague},
	{Clarify, "a report without a task", (*utterance).scoreHomeless, (*utterance).fillAsk},
	{Ranking, "asks for a ranking", (*utterance).scoreRanking, (*utterance).fillRanking},
	{Summary, "asks for the overall picture", (*utterance).scoreSummary, (*utterance).fillSummary},
	{Overdue, "asks for what is overdue", (*utterance).scoreOverdue, (*utterance).fillScope},
	{DueIn, "asks for what falls due", (*utterance).scoreDue, (*utterance).fillDue},
	{MyTasks, "asks for the own tasks", (*utterance).scoreMine, (*utterance).fillList},
	{UnitTasks, "asks for a unit's tasks", (*utterance).scoreUnit, (*utterance).fillList},
	{AllTasks, "asks for all tasks", (*utterance).scoreAll, (*utterance).fillList},
	{WhoOwns, "asks who answers for a task", (*utterance).scoreOwner, (*utterance).fillLook},
	{History, "asks for the reports so far", (*utterance).scoreHistory, (*utterance).fillTask},
	{Basis, "asks for the clause behind a task", (*utterance).scoreBasis, (*utterance).fillLook},
	{TaskDetail, "asks about one task", (*utterance).scoreDetail, (*utterance).fillLook},
	{Search, "looks something up", (*utterance).scoreLookUp, (*utterance).fillQuery},
	{Search, "looks for words", (*utterance).scoreSearch, (*utterance).fillQuery},
	{Clarify, "a page or an item of no list", (*utterance).scorePage, (*utterance).fillPage},
	{Cancel, "calls something off that nobody asked about", (*utterance).scoreCancel, nil},
	{Clarify, "yes, but to no question", (*utterance).scoreYes, (*utterance).fillYes},
	{Chitchat, "courtesy", (*utterance).social, nil},
	{Unknown, "something else", (*utterance).scoreOffTopic, nil},
}

// named reports whether the words name a task by number.
func (u *utterance) named() bool { return len(u.refs) > 0 || u.bare != "" }

// about reports whether one task is known, by words or by context.
func (u *utterance) about() bool { return u.target(false).no != "" }

// size is the number of characters.
func (u *utterance) size() int { return runeLen(u.s) }

// modal are the words that make a question a request.
var modal = []string{"能不能", "可不可以", "可否", "能否", "行不行", "好不好", "可以吗", "行吗", "好吗", "能吗", "成不", "行不", "中不中", "得不得", "可以不", "是否可以", "是否能", "可以么", "行么", "好么"}

// request reports whether the text asks for something to be done (能延到年底吗)
// rather than after something (延期了吗).
func (u *utterance) request() bool {
	if containsAny(u.s, modal...) {
		return !containsAny(u.s, "为什么", "怎么", "谁", "哪")
	}
	return u.asks && containsAny(u.s, "能", "可以", "行") && !containsAny(u.s, "了吗", "了没", "怎么", "为什么", "谁", "哪", "什么", "啥", "多少", "是不是", "是否")
}

// order reports whether a command word may act here: not in a question of fact and
// not inside the story of a report (an order in a report is text).
func (u *utterance) order(c cue) bool {
	return u.orderAt(u.at(c))
}

// orderAt is order for a word at byte i.
func (u *utterance) orderAt(i int) bool {
	if i < 0 || u.ends && !u.request() || u.asks && u.asksAt(i) && !u.request() {
		return false
	}
	return !u.story(i)
}

// story reports whether a report has begun before the byte at: a percentage, a
// finished step, something going on.
func (u *utterance) story(at int) bool {
	if u.percent != nil && u.about() {
		return true
	}
	from := u.clauseAt(at).start
	before := u.s[:from]
	if runeLen(before) < 4 {
		return false
	}
	return containsAny(before, "已", "正在", "目前", "召开", "完成了", "推进", "开展", "对接", "进度", "进展", "完成", "启动", "%", "印发") || runeLen(before) > 40
}

// plainAsk reports whether the text can be a query at all: a question, an order to
// show, or no more than a name for a list.
func (u *utterance) plainAsk() bool {
	if u.asks {
		return true
	}
	if u.percent != nil || u.size() > 40 || u.story(len(u.s)) && u.about() {
		return false
	}
	if strings.HasSuffix(bareWords(u.s), "了") && containsAny(u.s, "已经", "昨天", "刚才", "刚刚", "说了", "写完", "发了", "报了", "开完") {
		return false // something told, nothing asked
	}
	if i := strings.Index(u.s, ":"); i > 0 && hanCount(u.s[i:]) >= 4 && u.claim != claimNone {
		return false // 本周进展：完成招标
	}
	if u.quoteSpeaks() || u.underQuote() && (len(u.clauses) > 1 || len(u.days) > 0 || hanCount(u.s) >= 6) {
		return false
	}
	return true
}

// quoteSpeaks reports whether, under a quoted task, a plain statement is a report
// on it and not a list asked for.
func (u *utterance) quoteSpeaks() bool {
	return u.underQuote() && u.firm()
}

// firm reports whether the words state something by their form: a claim, a blocker,
// something going on.
func (u *utterance) firm() bool {
	return u.tellsPast() || u.claim != claimNone && u.claim != claimAsked || u.percent != nil || u.has(cueBlocked) || u.has(cueNoProgress) || u.has(cueNotStarted) ||
		strings.HasSuffix(bareWords(u.s), "了") || containsAny(u.s, "已", "正在", "推进中", "进行中", "办理中", "还在", "还没", "还有", "还差", "还要", "尚", "顺利", "正常", "召开", "开了", "预计", "争取", "力争", "准备", "计划", "等", "待", "下一步", "继续", "刚", "在做", "在办", "在走", "在弄", "在推", "在改", "在写", "有序", "抓紧推进", "完成了", "接入", "试运行", "征求意见", "困难", "滞后", "偏慢", "缓慢", "有点慢", "不理想", "不顺", "不足", "不够", "短缺", "跟不上", "不高", "偏低", "较低", "上不去", "问题", "因为", "由于", "受") || u.rates()
}

// rates reports whether the words give a percentage, of the task or of something else.
func (u *utterance) rates() bool {
	return !u.asks && slices.ContainsFunc(u.nums, func(n number) bool { return n.kind == numPercent })
}

// tellsPast reports whether the words count things or say what was done to them. Many rows
// ask, so the answer is kept.
func (u *utterance) tellsPast() bool {
	if u.toldPast == nil {
		told := u.tellsDone()
		u.toldPast = &told
	}
	return *u.toldPast
}

func (u *utterance) tellsDone() bool {
	s := bareWords(u.s)
	if u.asks || containsAny(s, "给我", "发我", "帮我", "过了") || strings.HasSuffix(s, "的") {
		return false
	}
	if u.about() && runeLen(s) > 4 && strings.HasSuffix(s, "中") && !hasAnySuffix(s, "进行中", "办理中", "推进中", "审核中", "其中", "当中") {
		return true // 汇总各单位意见中
	}
	if u.counts() || u.about() && u.matches(predicated, s) {
		return true
	}
	for _, c := range u.clauses {
		if perfect(c) {
			return true
		}
	}
	return false
}

// predicated matches a thing with what is said of it: 搜索功能已上线, 导出的数据有误.
var predicated = compile(`\p{Han}{2}(?:已经?|正在|还在|仍在|尚未|均|全部)\p{Han}|\p{Han}{2}(?:有误|不充分|不一致|不准确|不符合|改好了|改完了)`)

// underQuote reports whether one task is quoted, or asked after, and the words are
// neither a question nor the name of a list.
func (u *utterance) underQuote() bool {
	if len(u.quoted) != 1 || u.asks || u.named() || u.nominal() {
		return false
	}
	if len(u.ctx.Quoted) == 0 && u.ctx.Asked != "" && !containsAny(u.ctx.Asked, "进度", "进展", "百分", "反馈", "情况", "完成了吗", "完成没有", "完成了没", "办结了吗", "办完了吗") {
		return false // the question was about something else
	}
	return u.tellsPast() || u.has(cueReport) && containsAny(u.s, "已", "正在") || !containsAny(u.s, "哪些", "有哪", "列表", "清单", "我的任务", "查一下", "查下", "查查", "查看", "查询", "查找", "帮我查", "请查", "看看", "看一下", "所有任务", "全部任务", "汇总", "列出", "的任务", "发我", "给我", "列给", "全列", "都列", "我的待办")
}

// atWork matches a paper that is being made: 就剩写总结, 等着出通报.
var atWork = compile(`(?:就剩|只剩|还剩|就差|只差|还差|还得|还要|剩下|正在?|在|等着?|准备|开始)(?:写|编|做|出|拟|补|整理|起草|撰写|弄|搞|印|报|交|汇总|完善|修改).{0,8}$`)

// nominal reports whether the text only names a list or a thing to be shown (本周到期的,
// 历史记录, excel台账).
func (u *utterance) nominal() bool {
	s := bareWords(u.s)
	switch {
	case u.tellsPast(), u.matches(atWork, s), u.named() && containsAny(u.s, "了,", "了，", "了;"):
		return false
	case hasAnySuffix(s, "任务", "记录", "明细", "历史", "清单", "列表", "台账", "excel", "报表", "word", "名单", "tasks", "排名", "排行", "通报", "月报", "周报", "总结", "小结", "列一下", "历次反馈", "我的", "概况", "总体情况", "整体情况"):
		return (!strings.Contains(s, "已") || strings.HasPrefix(s, "已")) && !hasAnyPrefix(s, "已完成", "完成", "已办结", "办结", "已圆满", "已全面", "已顺利", "圆满完成", "全面完成", "顺利完成") && !containsAny(s, "这项任务", "该任务", "正在", "已将", "已列入", "已报", "已纳入", "已印发")
	case hasAnySuffix(s, "情况", "进展", "进度", "完成率", "办结率", "前五", "前三", "前十", "待办"):
		return u.size() <= 16 && !containsAny(s, "已", "没", "正在", "汇报", "有", "新进展", "了解", "无", "莫", "冇", "暂", "零", "毫", "唔", "未", "不", "按")
	case containsAny(s, "全列给我", "列给我", "发我看", "给我看", "发给我", "说说现在"):
		return true
	case strings.HasSuffix(s, "的"):
		return u.size() <= 16 && containsAny(s, "到期", "截止", "完成", "办结", "没完", "没开始", "未", "没", "过期", "逾期", "超期", "要交", "前的", "要做", "做完", "弄完", "牵头的", "临期") && !containsAny(s, "这个", "我们这", "我们配合", "这项", "不是", "会", "是", "按", "挺", "可报", "好报")
	case len(u.days) > 0 && u.size() <= 14 && containsAny(s, "到期", "截止"):
		return !containsAny(s, "前完成", "可", "能", "申请", "已")
	case hasAnyPrefix(s, "my ", "list", "overdue", "show", "排", "搜", "找", "search", "查"):
		return true
	}
	return false
}

// residue is what is left of the text without its task numbers, the words and particles.
func (u *utterance) residue(words ...string) string {
	s := strings.ReplaceAll(u.bareOfTasks(), "帮忙", "")
	for _, w := range words {
		s = strings.ReplaceAll(s, w, "")
	}
	return strings.Trim(s, " ,.，。!！?？~、:;的了呢吧啊呀哈请麻烦下一")
}

// bareOfTasks is s without its task numbers.
func (u *utterance) bareOfTasks() string { return u.untasked(clause{end: len(u.s)}) }

// untasked is a clause without the numbers of tasks.
func (u *utterance) untasked(c clause) string {
	var b strings.Builder
	from := c.start
	for _, n := range u.nums {
		if n.start >= from && n.end <= c.end && (n.kind == numTask || u.bare != "" && n.no() == u.bare && n.start <= 12) {
			b.WriteString(u.s[from:n.start])
			from = n.end
		}
	}
	b.WriteString(u.s[from:c.end])
	return b.String()
}
