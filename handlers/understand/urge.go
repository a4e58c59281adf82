package understand

import "strings"

func (u *utterance) scoreUrge() float64 {
	i := u.at(cueUrge)
	toUnit := len(u.units) > 0 && strings.Contains(u.s, "提醒") && !containsAny(u.s, "提醒我", "提前", "别提醒", "不要提醒")
	if u.tellsUnit() {
		return 0.91
	}
	if i < 0 && !toUnit {
		return 0
	}
	if u.ends && !u.request() && !containsAny(u.s, "问问", "问一下") || containsAny(u.s, "催了吗", "催过", "催也", "我们催了", "我催了", "催了市", "正在督促", "在督促", "已督促", "多次督促", "督促了", "催不动", "催死", "催命", "我去催", "我们去催", "我来催", "还催", "又催", "老催", "总催", "催什么", "催啥", "天天催", "一直催", "催得", "催收", "已催", "在催", "催促各") {
		return 0
	}
	if containsAny(u.s, "催我", "催俺", "催咱") && !u.leads() {
		return 0 // 10月25号再来催我
	}
	if containsAny(u.s, "催办通知", "催报通知", "催办消息", "催报消息", "催办提醒", "催报提醒") && u.has(cueMute) {
		return 0 // what the bot sends is to stop
	}
	if u.percent != nil && u.about() || i >= 0 && u.story(i) && !u.chases() {
		return 0
	}
	who := u.about() || len(u.refs) > 0 || len(u.units) > 0
	switch {
	case !who && u.leads() && containsAny(u.s, "各单位", "大家", "各部门", "所有单位", "他们") && containsAny(u.s, "抓紧", "尽快", "催", "督促", "加快"):
		return 0.8 // the last check asks whom
	case u.chases() && who && u.claim != claimDone:
		return 0.915
	case toUnit && i < 0:
		return 0.91
	case containsAny(u.s, "问问", "问一下", "push", "戳一下") && !who:
		return 0
	case containsAny(u.s, "催", "督促", "督办任务", "督办第", "请督办", "督办一", "督一下", "督一督", "紧一紧", "紧紧", "敲打", "盯", "敦促", "追一下", "跟进一下", "push", "urge"):
		if !u.leads() && u.quoteSpeaks() && !hasAnyPrefix(u.s, "催", "请催", "帮", "麻烦", "督", "再催") && !u.named() {
			return 0.4
		}
		return 0.9
	case who && (u.leads() || len(u.units) > 0 && containsAny(u.s, "让", "叫", "请", "要求", "通知")):
		return 0.84
	}
	return 0
}

// tellsUnit reports whether somebody of the office has a unit told about a task:
// 请市司法局本周内反馈任务9.
func (u *utterance) tellsUnit() bool {
	if !u.leads() || u.percent != nil || u.asks || u.assignAt() >= 0 || len(u.units) == 0 || !u.about() || containsAny(u.s, "开会", "参会", "到场", "参加") {
		return false
	}
	told := u.units[len(u.units)-1].end
	return inside(u.stuff(told, cutReason(u.s, told, u.clauseAt(told-1).end), spokenTails)) == given &&
		hasAnySuffix(strings.TrimSuffix(u.s[:u.units[0].start], "一下"), "请", "让", "叫", "通知", "要求", "告诉", "告知")
}

// chases reports whether somebody of the office ends what was said about a task with
// an order to others (任务30太慢，请市人社局抓紧).
func (u *utterance) chases() bool {
	if !u.leads() || len(u.clauses) == 0 {
		return false
	}
	end := u.clauses[len(u.clauses)-1].text
	return containsAny(end, "请", "让", "叫", "要求", "通知", "催", "督促", "务必", "必须") && containsAny(end, "抓紧", "尽快", "加快", "赶紧", "赶快", "催", "督促", "提速", "加把劲", "重视", "跟上") || hasAnyPrefix(end, "抓紧", "尽快", "催", "加快", "赶紧", "督促")
}

func (u *utterance) fillUrge(m *Meaning) {
	u.take(m, true)
	m.Unit = u.unit()
	m.Text = u.textOf()
	if m.Unit != "" && len(u.refs) == 0 && u.bare == "" {
		m.Task = "" // the unit is chased, not the task quoted before
		if t := u.target(false); t.no != "" && len(u.ctx.Quoted) == 1 {
			m.Task = t.no
		}
	}
}
