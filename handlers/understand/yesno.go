package understand

import "strings"

// The short answers to a question of the bot.
var (
	yesWords = []string{"是", "是的", "对", "对的", "对头", "没错", "确认", "确定", "好", "好的", "好滴", "好嘞", "行", "行的", "可以", "可以的", "同意", "嗯", "嗯嗯", "恩", "ok", "okay", "yes", "y", "没问题", "中", "要得", "是滴", "对滴", "好哒", "好咧", "好勒", "行呢", "阿对", "就这样", "就这么定", "就这样定", "就这样办", "定了", "就按这个", "就按这个来", "按这个来", "就照这个", "照这个办", "按这个办", "就这么办", "办吧", "执行", "准了", "准", "同意的", "确认无误", "无误", "正确", "好吧", "批准", "通过", "可", "妥", "得", "系", "成", "嗯是的", "是啊", "对啊", "对对", "对对对", "是是", "确认一下没问题", "就是", "就是这个", "1", "yep", "sure", "确认提交", "提交", "👌", "👍", "确认一下", "确认下", "我确认", "没毛病", "当然", "必须", "必须的", "那必须", "好呀", "好啊", "行啊", "行吧", "那就这样", "那就这么办", "那行", "那好", "那可以", "那就办", "那就这么定"}
	noWords  = []string{"都不是", "都不对", "都不要", "不", "不是", "不对", "算了", "取消", "别", "先不", "不用", "不用了", "否", "no", "n", "不要", "不要了", "还是算了", "算了吧", "点错了", "撤销", "不确认", "再想想", "等等", "不行", "不批", "不准", "驳回", "不予同意", "不予批准", "否决", "不同意", "不可以", "不了", "先别", "先等等", "放弃", "错了", "不好", "没有", "不延了", "不改了", "先不改", "先不延", "不办了", "停", "cancel", "弄错了", "搞错了", "不需要", "先不用", "先不要", "别改了", "否定", "不必", "不必了", "当我没说", "拉倒", "拉倒吧", "罢了", "莫", "勿", "不中", "唔好", "先不办", "先放放", "暂不", "暂时不", "暂时不用", "不正确", "有误", "撤回", "拒绝", "不通过", "还是不了", "再说", "再说吧", "回头再说", "以后再说", "下次再说"}
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
		case madeOf(w, yesWords):
			some = w != ""
		case strings.Contains(u.ctx.Asked, w) && inList(echoVerbs, w), inList(echoDays, strings.TrimPrefix(w, "就")):
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

// keeps reports whether a refusal stands beside words that all stays as it was: 维持原来的
// 时间，不延了.
func (u *utterance) keeps() bool {
	if u.percent != nil || len(u.days) > 0 || len(u.nums) > 0 || u.asks || len(u.clauses) < 2 {
		return false
	}
	no, stay := false, false
	for _, c := range u.clauses {
		no = no || refuses(c.text)
		stay = stay || containsAny(c.text, "维持", "原来", "原定", "按原", "照旧", "不变", "老样子", "保持")
	}
	return no && stay
}

// refuses reports whether a clause is a refusal with nothing but the verb of a question.
func refuses(text string) bool {
	rest := bareWords(text)
	w := longestPrefix(rest, refusals)
	if w == "" {
		return false
	}
	rest = strings.TrimRight(rest[len(w):], "了的吧啊呀哈哦呢哉 ")
	return rest == "" || inList(echoVerbs, rest) || inList([]string{"办结", "这个", "这项", "这条", "这样", "这个意思", "完成", "急", "着急", "申请", "办", "报", "填", "弄"}, rest)
}

// echoVerbs are the verbs of our questions; 完成 and 办结 are statements of their own.
var echoVerbs = []string{"延", "延期", "推迟", "改", "转", "转办", "转给", "催", "催办", "解绑", "绑定", "导入", "提醒", "静音", "标记", "提交", "恢复", "延到", "确认延期", "同意延期", "退回"}

// echoDays repeat the day of the question.
var echoDays = []string{"延到那天", "延到那时候", "那天", "那一天", "到那天", "按那天"}

func (u *utterance) shortNo() bool { return u.onlyOf(noWords) }

func (u *utterance) answerYesNo(string) (Meaning, bool) {
	switch {
	case u.size() <= 10 && containsAny(u.s, "什么意思", "啥意思", "没看懂", "看不懂", "不明白", "没明白", "啥情况"):
		return Meaning{Intent: Clarify, Why: "the question was not understood", Ask: u.ctx.Asked}, true
	case u.size() <= 10 && containsAny(u.s, "再想想", "想一想", "考虑一下", "考虑考虑", "再考虑", "等等", "等一等", "先等"):
		return Meaning{Intent: Cancel, Why: "not now, to the question asked"}, true
	case len(u.clauses) > 1 && u.percent == nil && len(u.days) == 0 && len(u.nums) == 0 && hasAnyPrefix(u.s, "算了", "不用了", "不延了", "取消", "不改了", "先不") && (inList(noWords, bareWords(u.clauses[0].text)) || refuses(u.clauses[0].text)):
		return Meaning{Intent: Cancel, Why: "no, with a reason, to the question asked"}, true
	case u.keeps():
		return Meaning{Intent: Cancel, Why: "it stays as it was, to the question asked"}, true
	case len(u.quoted) == 1 && u.claim == claimDone && !u.asks && u.percent == nil && containsAny(u.ctx.Asked, "完成了吗", "办结了吗", "办完了吗", "做完了吗", "完成了没") && hasAnyPrefix(u.s, "是", "对", "嗯"):
		return Meaning{Intent: Done, Task: u.quoted[0], Text: u.own, Why: "yes, it is finished, to the question asked"}, true
	case u.refusesEcho():
		return Meaning{Intent: Cancel, Why: "not that, to the question asked"}, true
	case len(u.quoted) == 1 && containsAny(u.ctx.Asked, "完成", "办结") && containsAny(u.ctx.Asked, "吗", "是否", "没有") && !strings.Contains(u.ctx.Asked, "确认") && u.is("没", "还没", "没有", "还没有", "没呢", "还没呢", "尚未", "没有呢", "还没有呢", "没完", "没完呢", "还没完", "还没完呢", "没完成", "没弄完", "还没弄完", "没做完"):
		return Meaning{Intent: Report, Task: u.quoted[0], Text: u.own, Status: "in_progress", Why: "not finished, to the question asked"}, true
	case u.shortNo() || runeLen(u.s) <= 8 && hasAnyPrefix(u.s, "算了", "拉倒", "取消", "不用", "不要", "不延", "不改", "先不", "还是不", "不确认", "不同意", "不报", "不填", "不说了", "不弄了") || containsAny(u.ctx.Asked, "确认", "是否", "吗") && u.is("没", "还没", "没有", "还没有", "没呢", "还没呢", "尚未", "没有呢", "还没有呢", "并没有", "并没有呢"):
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
