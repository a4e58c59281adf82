package understand

// What is stated of the tasks, or passed on about them, in words that a query may hold too.

// allAlong matches what is said of every task at once.
var allAlong = compile(`(?:都|均|全|全部|也都)(?:已|已经|正|正在|在|还在)(?:按计划|按要求|有序|稳步|抓紧|加快|正常|积极|全力)?(?:推进|办理|进行|落实|实施|办|做|推|弄|搞|干|走流程)(?:中|着|当中|了)?$|(?:按计划|按时序|有序|稳步|正常|顺利)(?:推进|进行|办理|落实|实施)(?:中|着)?$|(?:都|均)(?:很|比较|挺|还)?(?:正常|顺利)$`)

// statesAll reports whether the words say how all tasks stand and ask for none.
func (u *utterance) statesAll() bool {
	return !u.asks && !u.about() && u.matches(allAlong, bareWords(u.s)) && !containsAny(u.s, "哪", "查", "看", "列", "谁")
}

// tells reports whether the words say how a thing stands (上级文件尚未下发) and do not
// name a list by its state (尚未办结的, 市财政局没完成).
func (u *utterance) tells() bool {
	if u.asks || !u.has(cueOpen) || u.nominal() || containsAny(u.s, "列", "查", "看", "发我", "给我", "发一下", "报一下", "有哪", "清单", "名单", "任务", "事项", "几") {
		return false
	}
	c := u.clauseAt(u.at(cueOpen))
	at := findCueSpan(c.text, cueOpen, &u.marks)
	if at.start < 0 {
		return false
	}
	return u.stuff(c.start, c.start+at.start, listFronts) != "" || u.stuff(c.start+at.end, c.end, listTails) != ""
}

// What stands around a state that names a list.
var (
	listFronts = append([]string{"我们", "我", "单位", "本", "全市", "各单位", "各部门", "所有", "全部", "哪", "谁", "现在", "目前", "今年", "上半年", "下半年", "季度", "牵头", "负责", "配合", "手上", "手头", "手里", "名下", "这边", "这里", "工作", "活", "事", "的", "有", "还", "已", "到期", "该", "逾期", "前", "底", "月", "中心", "局", "给", "统计", "剩"}, doneSubjects...)
	listTails  = append([]string{"成", "完", "的", "了", "有", "哪些", "几", "个", "项", "条", "件", "工作", "活", "事", "单位", "部门", "谁", "多少", "吧", "呢", "啊", "全部", "都", "一共", "总共", "数", "量", "情况"}, doneTails...)
)

// notice reports whether the words are a notice to the units that was passed on.
func (u *utterance) notice() bool {
	return !u.asks && containsAny(u.s, "请各单位", "请各部门", "请各责任单位", "各单位于", "各单位请", "各单位务必") && containsAny(u.s, "报送", "上报", "反馈", "报来")
}
