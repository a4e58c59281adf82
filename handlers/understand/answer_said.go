package understand

import (
	"strconv"
	"strings"
)

// Answers that say how a task stands: where it is now, that nothing is new, why it is late.

// moved matches the level now, told with how far it has come: 比昨天多5个点，现在55.
var moved = whole(`比(?:昨天|前天|上周|上个?月|上次|上期|上回|上个?星期|上个?礼拜)(?:又)?(?:多|涨|高|增加|提高|提升|上升|前进|推进)了?\d{1,2}(?:\.\d)?个?(?:百分)?点[,，。; ]?(?:现在|目前|眼下|到|是|有|已经?|为|达到?|大概|差不多)+(\d{1,3})(?:%|了|吧)*`)

// answerMoved reads such an answer to the question for the percentage.
func (u *utterance) answerMoved(q string) (Meaning, bool) {
	if !asksLevel(q) || len(u.quoted) != 1 {
		return Meaning{}, false
	}
	got := u.find(moved, u.s)
	if got == nil {
		return Meaning{}, false
	}
	v, err := strconv.ParseFloat(got[1], 64)
	if err != nil || v > 100 {
		return Meaning{}, false // out of range: the last check asks
	}
	return Meaning{Intent: Report, Task: u.quoted[0], Percent: &v, Text: u.own, Status: "in_progress", Why: "the level now answers the question for the percentage"}, true
}

// saysHalf reports whether a half is all that is said: 差不多一半吧.
func (u *utterance) saysHalf() bool {
	rest := bareWords(u.s)
	for _, w := range besideLevel {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return inList([]string{"一半", "对半", "半数"}, strings.TrimRight(rest, "吧的样子"))
}

// answerBefore reads a number of days that answers how long before the end to remind.
func (u *utterance) answerBefore(q string) (Meaning, bool) {
	if len(u.quoted) != 1 || !containsAny(q, "提前几天", "提前多少天", "提前多久") || u.asks || u.size() > 8 {
		return Meaning{}, false
	}
	text := strings.TrimPrefix(bareWords(u.s), "提前")
	n, ok := length(text)
	if lone, one := u.lone("提前", "天"); !ok && one && lone.value >= 1 {
		n, ok = int(lone.value), true
	}
	return Meaning{Intent: RemindSet, Task: u.quoted[0], N: n, Text: u.own, Why: "a number of days answers the question for it"}, ok && n <= 90
}

// asksLevel reports whether the question is for a percentage.
func asksLevel(q string) bool {
	return containsAny(q, "百分比", "进度", "完成多少", "几成", "百分之", "完成比例")
}

// besideLevel may stand beside the number that answers such a question.
var besideLevel = []string{"还不好说", "还说不准", "不好说", "说不准", "说不好", "吃不准", "拿不准", "不确定", "上下", ",", "，", "快到", "快", "接近", "将近", "目前", "现在", "已经", "已", "进度", "约", "个百分点", "大概", "大约", "差不多", "左右", "估计", "完成了", "完成", "到", "了", "才", "还是", "仍是"}

// loneClause reports whether the only number of the text is the whole of its clause, beside
// others that put no other level: 设备没到，40左右.
func (u *utterance) loneClause() bool {
	if len(u.nums) != 1 || len(u.clauses) < 2 || len(u.clauses) > 3 || u.asks || !u.nums[0].whole || u.nums[0].minus || u.nums[0].value > 100 {
		return false
	}
	n := u.nums[0]
	c := u.clauseAt(n.start)
	rest := u.s[c.start:n.start] + u.s[min(n.end, c.end):c.end]
	for _, w := range besideLevel {
		rest = strings.ReplaceAll(rest, w, "")
	}
	others := u.s[:c.start] + u.s[c.end:]
	return strings.Trim(rest, " .。吧啊呢") == "" && !u.futureBefore(0, len(u.s)) && !speaks(ownSpeech.Replace(others)) && !containsAny(others, measuresOther...) &&
		!containsAny(others, "不是", "错", "另", "取消", "算了", "不报", "不填", "上次", "上回", "之前", "原来", "原先", "不止", "那个", "那条", "度", "不到", "不足", "还差", "目标", "争取", "预计", "计划", "可能", "任务", "号", "项", "延期", "提醒", "催", "%")
}

// nothing are the bare noes to a question for what is new.
var nothing = []string{"没", "没有", "没呢", "没有呢", "还没", "还没有", "还没呢", "暂时没有", "暂时还没有", "暂时没", "暂无", "无", "目前没有", "目前没", "目前还没有", "没得", "莫得", "冇", "没啥", "没什么"}

// answerNothing reads a bare no to the question whether there is anything new.
func (u *utterance) answerNothing(q string) (Meaning, bool) {
	if len(u.quoted) != 1 || !containsAny(q, "进展", "变化", "动静", "新情况", "更新") || !containsAny(q, "吗", "有没有", "有无", "有什么", "有啥") || containsAny(q, "确认", "是否") || !u.is(nothing...) {
		return Meaning{}, false
	}
	return Meaning{Intent: Report, Task: u.quoted[0], Text: u.own, Status: "no_progress", Why: "nothing new, to the question asked"}, true
}

// openEnd are the words in which somebody does not know when it will be.
var openEnd = []string{"说不好", "不好说", "说不准", "难说", "定不了", "定不下来", "不一定", "没准"}

// answerWhen reads words that say why an end cannot be named, where it was asked for.
func (u *utterance) answerWhen(q string) (Meaning, bool) {
	if !containsAny(q, "什么时候", "何时", "预计", "哪天", "多久") || !containsAny(q, "完成", "办结") || containsAny(q, "延期", "确认") || len(u.days) > 0 || !containsAny(u.s, openEnd...) || hanCount(u.s) < 6 {
		return Meaning{}, false
	}
	return u.toldInAnswer("tells why the end is not known")
}

// answerWhy reads what fits nothing else as the reason that the bot asked for, of a unit.
func (u *utterance) answerWhy() (Meaning, bool) {
	q := u.ctx.Asked
	if u.leads() || u.asks || !containsAny(q, "原因", "为什么", "为何", "为啥", "卡在哪", "什么困难") || !containsAny(q, "滞后", "进展", "逾期", "超期", "没动", "慢", "卡", "困难") || containsAny(q, "延期", "退", "撤", "暂缓", "确认") || containsAny(u.s, listWords...) {
		return Meaning{}, false
	}
	return u.toldInAnswer("tells the reason that was asked for")
}

// toldInAnswer is a report on the task that was asked about, when the words can be one.
func (u *utterance) toldInAnswer(why string) (Meaning, bool) {
	if len(u.quoted) != 1 || u.named() || strings.Contains(u.s, "?") || hanCount(u.s) < 2 || u.social() > 0 || u.claim == claimDone || u.claim == claimClose || u.percent != nil || u.ordersSomething() {
		return Meaning{}, false
	}
	m := Meaning{Intent: Report, Score: actScore, Margin: minMargin, Why: why}
	u.fillReport(&m)
	return m, m.Task != ""
}

// ordersSomething reports whether the words may ask for something or say that nothing is
// known.
func (u *utterance) ordersSomething() bool {
	if u.is("不知道", "不清楚", "不晓得", "不了解", "我不知道", "我不清楚", "没有原因", "没原因") || u.onlyOf(noWords) || u.onlyOf(yesWords) {
		return true
	}
	for _, c := range []cue{cuePostpone, cueMute, cueUnmute, cueAssign, cueHelp, cueRemind, cueSnooze, cueBind, cueUnbind, cueDestroy, cueOffTopic} {
		if u.has(c) {
			return true
		}
	}
	return false
}
