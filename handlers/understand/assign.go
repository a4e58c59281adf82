package understand

import "strings"

func (u *utterance) scoreAssign() float64 {
	i := u.assignAt()
	if i < 0 || !u.orderAt(i) || len(u.units) == 0 {
		return 0
	}
	if containsAny(u.s, "已经转", "已转", "已交", "不归") {
		return 0
	}
	if u.at(cueAssign) < 0 && inside(u.stuff(u.clauseAt(i).start, i, orderFronts)) == alien {
		return 0 // 任务28的材料转市财政局
	}
	for _, un := range u.units {
		rest := u.s[un.end:]
		if hasAnyPrefix(rest, "小", "老") && strings.Contains(surnames, first(rest[len("小"):], 1)) || !u.leads() && un.name == u.ctx.Unit && un.start > i && u.ctx.Unit != "" {
			return 0 // to a person, or within the speaker's own unit
		}
	}
	if !u.about() && len(u.refs) < 2 && !containsAny(u.s, "任务", "项", "这个", "这事") {
		if u.size() <= 14 && !u.asks && containsAny(u.s, "转给", "转交", "交给", "移交", "分给", "派给", "划给", "改由", "换成", "指派", "转派") {
			return 0.9 // the last check asks for the task
		}
		return 0
	}
	if strings.Contains(u.s, "了") && !u.leads() {
		return 0.45
	}
	return 0.93
}

// assignAt is where the word stands that hands over: one of the cue, or 转 or 交 right
// in front of a unit (任务12转发改委).
func (u *utterance) assignAt() int {
	if i := u.at(cueAssign); i >= 0 {
		return i
	}
	for _, at := range u.units {
		before := u.s[:at.start]
		if hasAnySuffix(before, "转", "交", "派") && !hasAnySuffix(before, "提交", "上交", "递交", "呈交", "报交", "已转", "已交", "成交", "报转") {
			return at.start - len("转")
		}
		if u.leads() && strings.HasSuffix(before, "给") && containsAny(before, "把", "将", "换", "改", "调") && !hasAnySuffix(before, "发给", "报给", "抄给", "送给", "提供给", "反馈给", "汇报给", "打给", "寄给", "告诉给", "开给", "拨给", "还给", "留给", "付给") {
			return at.start - len("给")
		}
		if u.leads() && hasAnySuffix(before, "给", "归") && (hasAnyPrefix(u.s[at.end:], "办", "做", "负责", "牵头", "承办", "处理", "管", "抓") && !hasAnyPrefix(u.s[at.end:], "办公", "做的", "办了", "做了", "办的") || hasAnyPrefix(u.s[at.end:], "来")) && !u.asks {
			return at.start - len("给") // 任务28给市财政局办
		}
		if head, ok := strings.CutSuffix(before, "给"); ok && u.leads() && u.about() && bareWords(u.s[at.end:]) == "" && inList([]string{"", "这个", "这项", "此项", "该项", "这件", "这条"}, strings.TrimSpace(u.bareOfTasks()[:len(u.bareOfTasks())-len(u.s)+len(head)])) {
			return len(head) // 这个给市财政局
		}
		if u.leads() && hasAnyPrefix(u.s[at.end:], "来牵头", "来负责", "来承办", "来办", "来接", "接手", "接办", "接管") {
			return at.start
		}
	}
	return -1
}

func (u *utterance) fillAssign(m *Meaning) {
	u.take(m, true)
	m.Text = u.textOf()
	at := u.assignAt()
	if n := len(u.units); at < 0 && n > 0 {
		at = u.units[n-1].start
	}
	for _, un := range u.units { // the unit behind the verb, else the last one
		m.Unit, m.Units = un.name, un.several
		if un.start >= at {
			break
		}
	}
	for _, un := range u.units { // 由市发改委改为市财政局
		if hasAnySuffix(u.s[:un.start], "为", "成", "到", "至", "给", "改由", "换") && un.start > at {
			m.Unit, m.Units = un.name, un.several
		}
	}
	if m.Unit == "" && len(m.Units) > 0 {
		m.Task = ""
	}
	if n := len(u.units); n > 1 { // 让市编委办别管了，市政务办接过去
		for i, un := range u.units {
			if next := u.units[(i+1)%n]; un.name == m.Unit && next.name != "" && hasAnyPrefix(u.s[un.end:], "别", "不用", "就不", "不再", "不要") {
				m.Unit, m.Units = next.name, next.several
				break
			}
		}
	}
	for i, un := range u.units { // 交给市发改委和市财政局: to one of them, or to both?
		if i > 0 && u.units[i-1].start >= at && inList([]string{"和", "、", "与", "及", "以及", "跟", "还有"}, u.s[u.units[i-1].end:un.start]) {
			*m = clarify(*m, "a task is handed to several units", "一项任务一次转给一个单位，请问转给哪一个？")
			return
		}
	}
}
