package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runBind records a person's claim to a unit. The claim grants nothing: a supervisor
// must say yes.
func runBind(t *turn) (act, error) {
	id, name := t.m.Sender.ID, t.m.Sender.Nick
	if id == "" {
		return say("无法识别身份", "无法识别您的身份，不能绑定单位。请使用本单位的钉钉账号，或联系督查室。"), nil
	}
	if t.mean.Unit == "" && t.mean.Query != "" {
		return t.unknownUnit(t.mean.Query), nil
	}
	unit, ask, ok := t.oneUnit()
	if !ok {
		return ask, nil
	}
	me := ledger.Member{ID: id, Name: name, Since: t.now}
	if t.me != nil {
		me = *t.me
	}
	if t.mean.Name != "" {
		me.Name = t.mean.Name
	}
	if me.Proposed() { // the person's own word takes the place of the directory's
		me.Pending, me.Found = nil, nil
	}
	switch {
	case me.In(unit):
		return say("已绑定", fmt.Sprintf("您已绑定“%s”，可回复“我的任务”查看任务。", unit)), nil
	case slices.Contains(me.Pending, unit):
		return say("绑定待确认", fmt.Sprintf("您绑定“%s”的申请正等待督查室确认，请稍候。", unit)), nil
	case len(me.Pending) >= 3:
		return say("申请过多", "您已有3个单位的绑定申请待确认。请等督查室确认后再申请。"), nil
	}
	if len(me.Units) > 0 && t.mean.Status == "" && changedUnit.MatchString(t.m.Text) {
		return t.askLeaving(unit), nil
	}
	leaves := ""
	if me.Leaving = nil; t.mean.Status == bindMoves {
		me.Leaving = slices.Clone(me.Units)
		leaves = "，并不再属于“" + strings.Join(me.Units, "、") + "”"
	}
	me.Pending = append(slices.Clone(me.Pending), unit)
	a := say("已提交绑定申请", fmt.Sprintf("已提交绑定“%s”的申请，督查室确认后会通知您。", unit))
	if err := t.put(&a, ledger.RecordMember, me.ID, me); err != nil {
		return act{}, err
	}
	t.noted(&a, "申请绑定 "+unit)
	text := fmt.Sprintf("%s 申请绑定“%s”%s，请确认。\n\n同意请回复“同意绑定 %s”，不同意请回复“不同意绑定 %s”。", wording.Escape(me.Name), unit, leaves, wording.Escape(me.Name), wording.Escape(me.Name))
	t.tell(&a, "bind/"+t.m.ID, supervisors(t.book), ledger.Body{Title: "绑定申请", Text: text, Buttons: []ledger.Button{
		{Label: "同意", Say: "同意绑定 " + me.Name}, {Label: "不同意", Say: "不同意绑定 " + me.Name},
	}})
	return a, nil
}

// oneUnit finds the one unit the words name, or asks.
func (t *turn) oneUnit() (string, act, bool) {
	switch {
	case len(t.mean.Units) > 1:
		return "", t.askUnit("请问是哪个单位？", t.mean.Units), false
	case t.mean.Unit == "":
		return "", act{
			reply: reply{title: "请问是哪个单位", text: "请问您是哪个单位？请回复单位全称，例如：市财政局。"},
			ask:   &pending{Asked: "请问您是哪个单位？", Mean: t.mean},
		}, false
	case !knownUnit(t.book, t.mean.Unit):
		return "", say("没有找到单位", fmt.Sprintf("方案中没有“%s”这个责任单位。请核对单位名称，或联系督查室。", wording.Escape(t.mean.Unit))), false
	}
	return t.mean.Unit, act{}, true
}

func (t *turn) askUnit(question string, units []string) act {
	p := &pending{Asked: question, Mean: t.mean}
	var b strings.Builder
	b.WriteString(question + "\n\n")
	for i, u := range units {
		p.Choices = append(p.Choices, choice{Label: u, Unit: u})
		fmt.Fprintf(&b, "%d. %s\n", i+1, u)
	}
	b.WriteString("\n请回复序号。")
	return act{reply: reply{title: question, text: b.String()}, ask: p}
}

// knownUnit reports whether the plan, a room or a member has the unit.
func knownUnit(b *ledger.Book, unit string) bool {
	for _, t := range b.Tasks {
		if t.OwnedBy(unit) {
			return true
		}
	}
	for _, r := range b.Rooms {
		if slices.Contains(r.Units, unit) {
			return true
		}
	}
	for _, m := range b.Members {
		if m.In(unit) {
			return true
		}
	}
	return false
}

// runUnbind gives up one's own units.
func runUnbind(t *turn) (act, error) {
	if len(t.me.Units) == 0 {
		return say("没有绑定单位", "您没有绑定单位，无需解绑。"), nil
	}
	if !t.confirmed {
		q := fmt.Sprintf("确认解除与“%s”的绑定？解除后不能再查询和反馈该单位的任务。", strings.Join(t.me.Units, "、"))
		return t.confirm(q, "确认解绑"), nil
	}
	me := *t.me
	gone := strings.Join(me.Units, "、")
	me.Units, me.Pending = nil, nil
	me.Duties = slices.DeleteFunc(slices.Clone(me.Duties), func(d ledger.Duty) bool {
		return d == ledger.DutyStaff || d == ledger.DutyContact || d == ledger.DutyHead
	})
	a := say("已解绑", fmt.Sprintf("已解除与“%s”的绑定。", gone))
	t.noted(&a, "解除绑定 "+gone)
	return a, t.put(&a, ledger.RecordMember, me.ID, me)
}

func yesNo() []ledger.Button {
	return []ledger.Button{{Label: "确认", Say: "确认"}, {Label: "取消", Say: "取消"}}
}

// runApprove accepts a claim: the person becomes the unit's contact. Whom the directory
// has proposed, and who has asked for nothing, becomes plain staff of one unit.
func runApprove(t *turn) (act, error) {
	who, ask, ok := t.claimant()
	if !ok {
		return ask, nil
	}
	m, duty, chosen := *who, ledger.DutyContact, who.Pending
	switch unit := t.mean.Unit; {
	case unit != "" && !slices.Contains(m.Pending, unit) && !(m.Proposed() && knownUnit(t.book, unit)):
		return say("单位不一致", fmt.Sprintf("%s待确认的是“%s”，不是“%s”。请核对后重新发送。（未做任何改动）", wording.Escape(m.Name), strings.Join(m.Pending, "、"), wording.Escape(unit))), nil
	case unit != "":
		chosen = []string{unit}
	case m.Proposed() && len(m.Pending) > 1:
		return t.askUnit(fmt.Sprintf("请问%s是哪个单位？", wording.Escape(m.Name)), m.Pending), nil
	}
	m.Pending = slices.DeleteFunc(slices.Clone(m.Pending), func(u string) bool { return who.Proposed() || slices.Contains(chosen, u) })
	if who.Proposed() {
		duty = ledger.DutyStaff
	}
	units := strings.Join(chosen, "、")
	m.Units, m.Found = append(slices.Clone(m.Units), chosen...), nil
	if !m.Has(duty) {
		m.Duties = append(slices.Clone(m.Duties), duty)
	}
	left := ""
	if len(who.Leaving) > 0 {
		m.Units = slices.DeleteFunc(m.Units, func(u string) bool { return slices.Contains(who.Leaving, u) && !slices.Contains(chosen, u) })
		m.Leaving, left = nil, "，不再绑定“"+strings.Join(who.Leaving, "、")+"”"
	}
	a := say("已同意绑定", fmt.Sprintf("已同意 %s 绑定“%s”，并设为%s%s。", wording.Escape(m.Name), units, wording.Duty(duty), left))
	t.noted(&a, fmt.Sprintf("同意%s绑定%s，设为%s%s", m.Name, units, wording.Duty(duty), left))
	t.tellDeciders(&a, t.m.ID+"/"+m.ID, supervisors(t.book), fmt.Sprintf("已同意%s绑定“%s”。", wording.Escape(m.Name), units))
	t.tell(&a, "bound/"+t.m.ID+"/"+m.ID, []string{m.ID}, ledger.Body{
		Title: "绑定成功", Text: fmt.Sprintf("督查室已确认，您已绑定“%s”。回复“我的任务”可查看任务。", units),
		Buttons: []ledger.Button{{Label: "我的任务", Say: "我的任务"}},
	})
	return a, t.put(&a, ledger.RecordMember, m.ID, m)
}

// runRefuse turns a claim down.
func runRefuse(t *turn) (act, error) {
	who, ask, ok := t.claimant()
	if !ok {
		return ask, nil
	}
	m := *who
	units := strings.Join(m.Pending, "、")
	m.Pending, m.Leaving = nil, nil
	if who.Proposed() {
		a := say("已退回绑定建议", fmt.Sprintf("已退回 %s 绑定“%s”的建议，不再提出。", wording.Escape(m.Name), units))
		t.noted(&a, fmt.Sprintf("不同意%s绑定%s", m.Name, units))
		return a, t.put(&a, ledger.RecordMember, m.ID, m)
	}
	a := say("已退回绑定申请", fmt.Sprintf("已退回 %s 绑定“%s”的申请。", wording.Escape(m.Name), units))
	t.tellDeciders(&a, t.m.ID+"/"+m.ID, supervisors(t.book), fmt.Sprintf("未同意%s绑定“%s”。", wording.Escape(m.Name), units))
	t.noted(&a, fmt.Sprintf("不同意%s绑定%s", m.Name, units))
	t.tell(&a, "refused/"+t.m.ID, []string{m.ID}, ledger.Body{
		Title: "绑定未通过", Text: fmt.Sprintf("督查室未同意您绑定“%s”。如有疑问，请联系督查室。", units),
	})
	return a, t.put(&a, ledger.RecordMember, m.ID, m)
}

// claimant finds the one person whose claim waits.
func (t *turn) claimant() (*ledger.Member, act, bool) {
	if t.claim != nil {
		return t.claim, act{}, true
	}
	var found []*ledger.Member
	for _, m := range t.book.Members {
		if len(m.Pending) > 0 && (t.mean.Name == "" || m.Name == t.mean.Name) {
			found = append(found, m)
		}
	}
	if len(found) > 1 && t.mean.Name != "" && t.mean.Unit != "" { // two of one name
		found = slices.DeleteFunc(found, func(m *ledger.Member) bool { return !slices.Contains(m.Pending, t.mean.Unit) })
	}
	switch {
	case len(found) == 1 && found[0].ID == t.m.Sender.ID:
		return nil, say("请由他人确认", "不能确认自己的绑定申请，请由督查室其他同志办理。"), false
	case len(found) == 1:
		return found[0], act{}, true
	case len(found) == 0:
		return nil, say("没有待确认的申请", "没有找到待确认的绑定申请，未做任何改动。"), false
	}
	names := make([]string, 0, len(found))
	for _, m := range found {
		names = append(names, wording.Escape(m.Name)+"（"+strings.Join(m.Pending, "、")+"）")
	}
	slices.Sort(names)
	return nil, say("请指明姓名", "有多人的申请待确认："+strings.Join(names, "、")+"。请回复“同意绑定 姓名”；同名的请在后台绑定。"), false
}
