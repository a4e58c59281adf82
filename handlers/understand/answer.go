package understand

import "strings"

// The short answers to a question of the bot.
var (
	yesWords = []string{"是", "是的", "对", "对的", "对头", "没错", "确认", "确定", "好", "好的", "好滴", "好嘞", "行", "行的", "可以", "可以的", "同意", "嗯", "嗯嗯", "恩", "ok", "okay", "yes", "y", "没问题", "中", "要得", "是滴", "对滴", "好哒", "好咧", "好勒", "行呢", "阿对", "就这样", "就这么定", "就这样定", "就这样办", "定了", "就按这个", "按这个办", "就这么办", "办吧", "执行", "准了", "准", "同意的", "确认无误", "无误", "正确", "好吧", "批准", "通过", "可", "妥", "得", "系", "成", "嗯是的", "是啊", "对啊", "对对", "对对对", "是是", "确认一下没问题", "就是", "就是这个", "1", "yep", "sure", "确认提交", "提交", "👌", "👍", "确认一下", "确认下", "我确认", "没毛病", "当然", "必须", "必须的", "那必须", "好呀", "好啊", "行啊", "行吧", "那就这样", "那就这么办", "那行", "那好", "那可以", "那就办", "那就这么定"}
	noWords  = []string{"不", "不是", "不对", "算了", "取消", "别", "先不", "不用", "不用了", "否", "no", "n", "不要", "不要了", "还是算了", "算了吧", "点错了", "撤销", "不确认", "再想想", "等等", "不行", "不批", "不准", "驳回", "不予同意", "不予批准", "否决", "不同意", "不可以", "不了", "先别", "先等等", "放弃", "错了", "不好", "没有", "不延了", "不改了", "先不改", "先不延", "不办了", "停", "cancel", "弄错了", "搞错了", "不需要", "先不用", "先不要", "别改了", "否定", "不必", "不必了", "当我没说", "罢了", "莫", "勿", "不中", "唔好", "先不办", "先放放", "暂不", "暂时不", "暂时不用", "不正确", "有误", "撤回", "拒绝", "不通过", "还是不了"}
)

// shortYes and shortNo read an answer that is nothing but yes or no, doubled or
// with a polite word.
func (u *utterance) shortYes() bool { return u.onlyOf(yesWords) || u.echoes() }

// echoes reports whether a yes is followed by the verb of the question, or that verb
// is all there is: 对，延 to 确认任务28延期？
func (u *utterance) echoes() bool {
	some := false
	for _, c := range u.clauses {
		w := strings.TrimRight(bareWords(c.text), "了的吧啊呀哈哦呢就")
		switch {
		case inList(yesWords, w):
			some = true
		case strings.Contains(u.ctx.Asked, w) && inList(echoVerbs, w):
			some = true
		default:
			return false
		}
	}
	return some
}

// refusals open a no that repeats the verb of the question.
var refusals = []string{"还是别", "还是先别", "还是不要", "还是先不", "还是不", "先不要", "暂时不", "先别", "先不", "不需要", "不用", "不要", "不必", "无需", "暂不", "不想", "不是", "不", "别"}

// refusesEcho reports whether a refusal and the verb of the question are all there is:
// 先别延, 不需要延期, 不是这个.
func (u *utterance) refusesEcho() bool {
	if len(u.nums) > 0 || len(u.days) > 0 {
		return false
	}
	some := false
	for _, c := range u.clauses {
		switch {
		case refuses(c.text):
			some = true
		case !inList(noWords, strings.TrimRight(bareWords(c.text), "了的吧啊呀")) && !inList(noWords, bareWords(c.text)):
			return false
		}
	}
	return some
}

// refuses reports whether a clause is a refusal with nothing but the verb of a question.
func refuses(text string) bool {
	rest := bareWords(text)
	w := longestPrefix(rest, refusals)
	if w == "" {
		return false
	}
	rest = strings.TrimRight(rest[len(w):], "了的吧啊呀哈哦呢 ")
	return rest == "" || inList(echoVerbs, rest) || inList([]string{"办结", "这个", "这项", "这条", "这样", "这个意思", "完成", "急", "着急", "申请", "办"}, rest)
}

// echoVerbs are the verbs of our questions; 完成 and 办结 are statements of their own.
var echoVerbs = []string{"延", "延期", "推迟", "改", "转", "转办", "转给", "催", "催办", "解绑", "绑定", "导入", "提醒", "静音", "标记", "提交", "恢复", "延到", "确认延期", "同意延期", "退回"}

func (u *utterance) shortNo() bool { return u.onlyOf(noWords) }

func (u *utterance) onlyOf(list []string) bool {
	some := false
	for _, c := range u.clauses {
		w := strings.TrimRight(bareWords(c.text), "了的吧啊呀哈哦呢")
		if w == "" {
			w = bareWords(c.text)
		}
		for _, p := range [...]string{"我看", "我觉得", "我认为", "我意见", "我的意见是", "我这边"} {
			if rest, ok := strings.CutPrefix(w, p); ok && inList(list, rest) {
				w = rest
			}
		}
		switch {
		case w == "" || containsAny(c.text, "谢", "辛苦", "麻烦"):
		case inList(list, w), inList(list, bareWords(c.text)), madeOf(bareWords(c.text), list), madeOf(w, list):
			some = true
		default:
			return false
		}
	}
	return some
}

// madeOf reports whether s is nothing but words of the list, one after another (嗯嗯好的).
func madeOf(s string, list []string) bool {
	for s != "" {
		w := longestPrefix(s, list)
		if w == "" {
			return false
		}
		s = s[len(w):]
	}
	return true
}

func inList(list []string, s string) bool {
	for _, w := range list {
		if w == s {
			return true
		}
	}
	return false
}

// answer reads the text as the answer to the question that the bot asked last. It
// is not ok when the text is no such answer and speaks for itself.
func (u *utterance) answer() (Meaning, bool) {
	q := u.ctx.Asked
	if q == "" && u.ctx.Choices == 0 {
		return Meaning{}, false
	}
	for _, try := range [...]func(string) (Meaning, bool){u.answerUnit, u.answerChoice, u.answerPercent, u.answerDay, u.answerYesNo} {
		if m, ok := try(q); ok {
			m.Score, m.Margin = max(m.Score, 0.95), max(m.Margin, 0.5)
			return m, true
		}
	}
	return Meaning{}, false
}

func (u *utterance) answerUnit(q string) (Meaning, bool) {
	if !strings.Contains(q, "单位") || containsAny(q, "任务", "延期") || u.asks || containsAny(u.s, "不是", "任务") {
		return Meaning{}, false
	}
	m := Meaning{Intent: BindUnit, Why: "a unit answers the question for the unit"}
	if m.Unit = u.unit(); m.Unit != "" {
		m.Name = u.person()
		return m, true
	}
	if len(u.units) > 0 {
		m.Units = u.units[0].several
		return clarify(m, "the short name fits several units", "请写单位全称："+strings.Join(m.Units, "、")), true
	}
	if name, ok := u.lex.Unit(strings.TrimPrefix(strings.TrimRight(bareWords(u.s), "的呀啊吧哈"), "市")); ok && u.size() <= 8 {
		m.Unit = name // 市财政 is 财政
		return m, true
	}
	if u.size() <= 14 && hasAnySuffix(strings.TrimRight(bareWords(u.s), "的"), "局", "办", "委", "中心", "办公室", "委员会", "院", "厅", "处") {
		return clarify(m, "no such unit in the plan", "方案里没有找到这个单位，请写单位全称，例如“市财政局”。"), true
	}
	return Meaning{}, false
}

// answerChoice reads a number (第2个, 选2) that answers a numbered question, or a
// task number that answers 哪个任务.
func (u *utterance) answerChoice(q string) (Meaning, bool) {
	if (u.ctx.Choices > 1 || len(QuotedTasks(q)) > 1) && u.is("都是", "都对", "都要", "都行", "都可以", "两个都是", "两项都是", "两个都要", "都有", "全部", "全都是", "随便", "都不是", "都不对", "后面那个", "前面那个", "后一个", "前一个", "后者", "前者") {
		return clarify(Meaning{Toward: toward(q)}, "none or all of the choices", "请回复其中一项的编号。"), true
	}
	n, ok := u.lone()
	if !ok || containsAny(q, "百分比", "进度是多少", "完成比例", "几成", "百分之") && u.ctx.Choices == 0 {
		return Meaning{}, false
	}
	m := Meaning{Intent: Choose, Why: "a number answers the question", Toward: toward(q)}
	listed := QuotedTasks(q)
	k := int(n.value)
	switch {
	case inList(listed, n.no()) && (len(listed) > 1 || u.ctx.Choices > 0 || containsAny(q, "哪", "选", "编号", "序号")) && (u.ctx.Choices == 0 || k > u.ctx.Choices || n.strong):
		m.Task = n.no()
	case u.ctx.Choices > 0 && k >= 1 && k <= u.ctx.Choices && !strings.HasPrefix(u.s, "任务"):
		m.N = k
	case u.ctx.Choices == 0 && len(listed) > 1 && k >= 1 && k <= len(listed) && numbered(q):
		m.N, m.Task = k, listed[k-1]
	case (u.ctx.Choices == 0 || n.strong) && containsAny(q, "哪个任务", "哪项", "哪一项", "哪条", "哪一条", "哪一个任务", "任务编号", "任务号", "序号", "几号任务", "编号", "哪个") && u.lex.exists(n.no()):
		m.Task = n.no()
	default:
		return clarify(m, "the number is none of the choices", "请回复所列选项的序号。"), u.ctx.Choices > 0
	}
	return m, true
}

func numbered(q string) bool { return containsAny(q, "1.", "1、", "1)", "①", "(1)", "1 ") }

// lone is the one number that is the whole of the text, with 第, 选, 个, 号 and such around it.
func (u *utterance) lone(extra ...string) (number, bool) {
	if len(u.nums) != 1 || !u.nums[0].whole || u.nums[0].minus || u.nums[0].kind == numPercent {
		return number{}, false
	}
	n := u.nums[0]
	rest := strings.Trim(u.s[:n.start]+u.s[n.end:], " .。,，!！、()")
	for _, w := range extra {
		rest = strings.ReplaceAll(rest, w, "")
	}
	for _, w := range [...]string{"我选", "选择", "选", "第", "就是", "是", "应该", "任务", "个", "号", "项", "条", "吧", "那", "的", "啊", "呢", "就", "哈", "这个", "一"} {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return n, rest == ""
}

// toward tells from the question what its answer finishes.
func toward(q string) Intent {
	switch {
	case containsAny(q, "延期", "延到", "推迟"):
		return Postpone
	case containsAny(q, "重新打开", "恢复办理"):
		return Reopen
	case containsAny(q, "办结", "完成的是", "已完成", "完成了", "标记"):
		return Done
	case containsAny(q, "进度", "反馈", "进展", "报"):
		return Report
	case containsAny(q, "不再提醒", "静音", "免打扰"):
		return Mute
	case containsAny(q, "稍后"):
		return Snooze
	case containsAny(q, "催"):
		return Urge
	case containsAny(q, "转给", "交给", "转办"):
		return Assign
	}
	return TaskDetail
}

// answerPercent reads a bare number, or a short percentage, after 请回复进度百分比.
func (u *utterance) answerPercent(q string) (Meaning, bool) {
	if !containsAny(q, "百分比", "进度", "完成多少", "几成", "百分之", "完成比例") || len(u.quoted) != 1 {
		return Meaning{}, false
	}
	m := Meaning{Intent: Report, Task: u.quoted[0], Text: u.own, Status: "in_progress", Why: "a number answers the question for the percentage"}
	if n, ok := u.lone("快到", "快", "接近", "将近", "目前", "现在", "已经", "已", "进度", "约", "个百分点", "大概", "大约", "差不多", "左右", "估计", "完成了", "完成", "到", "了", "才"); ok && n.kind == numBare || ok && n.kind == numQuantity && !measured(u.s[n.to:]) {
		v := n.value
		m.Percent = &v
		return m, true
	}
	return Meaning{}, false
}

// answerDay reads a day that answers for which day an extension is.
func (u *utterance) answerDay(q string) (Meaning, bool) {
	if len(u.days) == 0 || len(u.quoted) != 1 || u.percent != nil || u.asks && !u.request() {
		return Meaning{}, false
	}
	asked := containsAny(q, "哪天", "什么时候", "日期", "何时", "几号", "哪一天", "到几", "新的时限", "多久")
	change := containsAny(q, "延期", "延到", "推迟", "时限") && (containsAny(u.s, "改到", "改成", "改为", "不是", "不对", "错了", "应该", "换成", "换到") || asked)
	if !change && !(asked && runeLen(u.s) <= 14) {
		return Meaning{}, false
	}
	d := u.days[len(u.days)-1]
	m := Meaning{Intent: Postpone, Task: u.quoted[0], Date: d.to, Why: "a day answers the question for the new date"}
	if !containsAny(q, "延期", "延到", "推迟", "时限") {
		m = Meaning{Intent: Report, Task: u.quoted[0], Expect: d.to, Text: u.own, Status: "in_progress", Why: "a day answers the question for the expected end"}
	}
	return m, true
}

func (u *utterance) answerYesNo(string) (Meaning, bool) {
	switch {
	case u.size() <= 10 && containsAny(u.s, "什么意思", "啥意思", "没看懂", "看不懂", "不明白", "没明白", "啥情况"):
		return Meaning{Intent: Clarify, Why: "the question was not understood", Ask: u.ctx.Asked}, true
	case u.size() <= 10 && containsAny(u.s, "再想想", "想一想", "考虑一下", "考虑考虑", "再考虑", "等等", "等一等", "先等"):
		return Meaning{Intent: Cancel, Why: "not now, to the question asked"}, true
	case u.refusesEcho():
		return Meaning{Intent: Cancel, Why: "not that, to the question asked"}, true
	case len(u.quoted) == 1 && containsAny(u.ctx.Asked, "完成", "办结") && containsAny(u.ctx.Asked, "吗", "是否", "没有") && !strings.Contains(u.ctx.Asked, "确认") && u.is("没", "还没", "没有", "还没有", "没呢", "还没呢", "尚未", "没有呢", "还没有呢", "没完", "没完呢", "还没完", "还没完呢", "没完成", "没弄完", "还没弄完", "没做完"):
		return Meaning{Intent: Report, Task: u.quoted[0], Text: u.own, Status: "in_progress", Why: "not finished, to the question asked"}, true
	case u.shortNo() || runeLen(u.s) <= 8 && hasAnyPrefix(u.s, "算了", "取消", "不用", "不要", "不延", "不改", "先不", "还是不", "不确认", "不同意", "不报", "不填", "不说了", "不弄了") || containsAny(u.ctx.Asked, "确认", "是否", "吗") && u.is("没", "还没", "没有", "还没有", "没呢", "还没呢", "尚未", "没有呢", "还没有呢", "并没有", "并没有呢"):
		return Meaning{Intent: Cancel, Why: "no, to the question asked"}, true
	case u.asks && !strings.HasSuffix(u.s, "好吧") && !(u.shortYes() && !strings.Contains(u.s, "?")):
		return Meaning{}, false
	case u.shortYes(), runeLen(u.s) <= 8 && hasAnyPrefix(u.s, "确认", "同意", "确定", "是的", "对的", "没错", "可以", "好的") && !containsAny(u.s, "不", "但", "改", "没", "等", "%", "完成") && len(u.days) == 0 && len(u.nums) == 0:
		return Meaning{Intent: Confirm, Why: "yes, to the question asked"}, true
	}
	return Meaning{}, false
}

// scoreCancel is for a no without a question: it ends whatever is open.
func (u *utterance) scoreCancel() float64 {
	if u.is("取消", "算了", "算了吧", "还是算了", "不用了", "撤销", "作罢", "cancel", "取消吧", "不弄了", "先算了", "当我没说") {
		return 0.9
	}
	return 0
}

// scoreYes is for a confirmation without a question.
func (u *utterance) scoreYes() float64 {
	if u.is("不知道", "不清楚", "不晓得", "不了解", "没听懂", "不懂", "说不好", "不好说", "不太清楚", "我不知道", "我不清楚") {
		return 0.9
	}
	if u.is("确认", "确定", "同意", "批准", "准", "不是", "不是这个", "不是这项", "不是这样", "不", "没有", "不对", "否", "不行", "确认一下", "我确认") && !u.about() {
		return 0.9
	}
	return 0
}

func (u *utterance) fillYes(m *Meaning) {
	m.Ask = "请问您要确认的是什么？现在没有等您答复的事项。"
}
