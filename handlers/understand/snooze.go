package understand

import "strings"

func (u *utterance) scoreSnooze() float64 {
	i := u.at(cueSnooze)
	if i < 0 && len(u.quoted) == 1 && !u.named() && !u.asks && len(u.days) > 0 && u.size() <= 14 && hasAnySuffix(bareWords(u.s), "提醒我", "提醒", "叫我", "喊我", "提醒一下", "提醒我一下", "通知我") && !containsAny(u.s, "提前", "到期前", "每", "别", "不") {
		return 0.93 // the reminder that is quoted, again
	}
	if i < 0 || u.asks && !u.request() || u.percent != nil || u.claim == claimDone || u.claim == claimClose {
		return 0
	}
	if hasAnyPrefix(strings.TrimPrefix(u.s, "请问"), ifWords...) {
		return 0 // 如果月底能完成我再报
	}
	if u.story(i) || u.size() > 30 || containsAny(u.s, "验收再说", "审批再说", "批复再说", "完成再说", "看情况再说", "看情况") {
		return 0
	}
	remind := containsAny(u.s, "提醒", "叫我", "喊我", "通知我", "催", "问我", "remind", "snooze", "找我")
	soon := len(u.days) > 0 || containsAny(u.s, "小时", "分钟", "稍后", "晚点", "过会", "过一会", "一会", "回头", "改天", "等会", "过几天", "过两天", "过段时间", "晚些", "待会", "迟点", "later", "以后", "之后")
	if u.has(cueUrge) && !soon && !strings.Contains(u.s, "我") {
		return 0 // 再催一遍: somebody else is to be chased
	}
	switch {
	case remind && (soon || strings.Contains(u.s, "再")):
		return 0.93
	case soon && u.about():
		return 0.85
	case u.about() && u.size() <= 8 && containsAny(u.s, "先放", "放一放"):
		return 0.75
	case u.about() && containsAny(u.s, "再说", "再看"):
		return 0.7
	case soon && !u.named() && len(u.quoted) == 0 && containsAny(u.s, "再说", "再报", "再反馈"):
		return 0.5
	}
	return 0
}

func (u *utterance) fillSnooze(m *Meaning) {
	u.take(m, true)
	if n := u.rest(); len(u.days) == 0 && n > 0 {
		m.Date = u.today().AddDays(n)
	}
	if len(u.days) > 0 {
		d := u.days[0]
		if i := u.at(cueSnooze); i >= 0 {
			for _, later := range u.days[1:] { // 今天先不报，明天再提醒
				if c := u.clauseAt(i); later.start >= c.start && later.end <= c.end && d.end <= c.start {
					d = later
				}
			}
		}
		m.Date, m.At = d.to, d.at
		if dated(d.from) {
			m.Date = d.from // remind again when the period begins
		}
		if m.Date.Compare(u.today()) < 0 {
			m.Date = d.to
		}
	}
}

// resting matches how long the bot is to be quiet: 缓两天提醒, 过三天叫我.
var resting = compile(`(?:过|缓|等|隔|歇|推迟|延后|推后|往后推)(?:个)?((?:[0-9]{1,3}|[一二两三四五六七八九十半]{1,3})个?(?:天|日|周|星期|礼拜|月))`)

// rest is that time in days, 0 where none is said.
func (u *utterance) rest() int {
	if m := u.find(resting, u.s); m != nil {
		if n, ok := length(m[1]); ok {
			return n
		}
	}
	return 0
}
