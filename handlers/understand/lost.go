package understand

import "strings"

// lost is the answer when no row fits: a question where the words touch on the
// plan, a polite no where they do not.
func (u *utterance) lost() Meaning {
	if m, ok := u.answerWhy(); ok {
		return m
	}
	m := Meaning{Intent: Unknown, Why: "no row fits"}
	u.open = true
	if u.noReport != "" {
		m.Why += "; no report: " + u.noReport
	}
	switch {
	case u.ctx.Asked != "" && !u.has(cueOffTopic):
		m.Intent, m.Ask, m.Missed, m.Why = Clarify, "没有看懂您的答复。"+u.ctx.Asked, true, "no answer to the question asked"
	case len(u.days) > 0 && u.size() <= 8 && strings.HasSuffix(u.s, "呢"):
		m.Intent, m.Ask = Clarify, "请问要看什么？例如“下周到期的任务”“下周进展情况”。"
	case hasAnyPrefix(u.s, "已按", "已经按", "都按要求", "按要求") && u.has(cueReport):
		m.Intent, m.Ask = Clarify, "请问是哪一项任务？请带上任务编号，例如“任务20 已按要求落实”。"
	case u.has(cueOwner) && u.size() <= 8:
		m.Intent, m.Ask = Clarify, "请问是哪一项任务？请带上任务编号，例如“任务20谁负责”。"
	case len(u.refs) > 0 && !u.has(cueDestroy) || len(u.nums) > 0 && runeLen(u.s) <= 12 || u.has(cueDue) || u.has(cueOpen) || u.has(cueTask) || u.asks && (u.has(cuePostpone) || u.has(cueAssign) || u.has(cueRemind)) || u.has(cueSearch) && u.size() <= 4 || strings.Contains(u.s, "提醒") || u.pinyin() || (u.has(cueReport) || u.claim != claimNone) && len(u.quoted) > 0 || runeLen(bareWords(u.s)) <= 1:
		m.Intent, m.Ask = Clarify, "没有看懂您的意思，请说明任务编号和要办的事，例如“任务20进度60%”。"
	}
	return m
}
