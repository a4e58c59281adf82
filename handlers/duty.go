package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runGiveDuty gives a bound person a duty.
func runGiveDuty(t *turn) (act, error) {
	if a, stop := t.notYetBound(); stop {
		return a, nil
	}
	return t.changeDuty(true)
}

// notYetBound answers when the person does not belong to a unit yet, or not to the one
// that is named: a binding begins with the person's own word.
func (t *turn) notYetBound() (act, bool) {
	duty, unit, name := t.mean.Query, t.mean.Unit, wording.Escape(t.mean.Name)
	if d, ok := wording.DutyOf(duty); !ok || ofOffice(d) {
		return act{}, false
	}
	named := unit
	if named == "" {
		named = "单位名称"
	}
	var known *ledger.Member
	for _, m := range t.book.Members {
		if m.Name == t.mean.Name && (known == nil || len(m.Duties) > 0) {
			known = m
		}
	}
	switch {
	case known != nil && len(pendingUnits(known)) > 0 && (unit == "" || slices.Contains(known.Pending, unit)):
		return say("绑定待确认", fmt.Sprintf("%s绑定“%s”的申请正等待确认。请回复“同意绑定 %s”，同意后即为联络员。（未做任何改动）", name, strings.Join(known.Pending, "、"), name)), true
	case known == nil || len(known.Duties) == 0:
		return say("请先绑定单位", fmt.Sprintf("%s还没有绑定单位。请其给我发送“绑定 %s”，您回复“同意绑定 %s”后即为联络员。（未做任何改动）", name, named, name)), true
	case unit != "" && !known.In(unit):
		return say("不是该单位人员", fmt.Sprintf("%s绑定的是“%s”，不是“%s”，不能设为该单位的%s。如已调动，请其给我发送“我调到%s了”。（未做任何改动）", name, wording.Escape(strings.Join(known.Units, "、")), unit, duty, unit)), true
	}
	return act{}, false
}

// runTakeDuty takes a duty from a person.
func runTakeDuty(t *turn) (act, error) { return t.changeDuty(false) }

// changeDuty gives or takes a duty, after a yes. Duties of the office are the
// administrator's to give; nobody changes the own ones; whom the configuration lists is
// changed there, since it has the last word at the next start.
func (t *turn) changeDuty(give bool) (act, error) {
	duty, ok := wording.DutyOf(t.mean.Query)
	if !ok {
		return say("没有这种身份", fmt.Sprintf("没有“%s”这种身份。（未做任何改动）", wording.Escape(t.mean.Query))), nil
	}
	if ofOffice(duty) && !may(t.me, appoint) {
		return say("没有权限", fmt.Sprintf("%s由管理员设置，请联系管理员。（未做任何改动）", wording.Duty(duty))), nil
	}
	m, ask, ok := t.changeable()
	if !ok {
		return ask, nil
	}
	next := *m
	what := fmt.Sprintf("将%s设为%s", m.Name, wording.Duty(duty))
	told := fmt.Sprintf("您已被设为%s。", wording.Duty(duty))
	switch {
	case give && m.Has(duty):
		return say("无需设置", fmt.Sprintf("%s已经是%s。", wording.Escape(m.Name), wording.Duty(duty))), nil
	case !give && !m.Has(duty):
		return say("无需取消", fmt.Sprintf("%s不是%s。", wording.Escape(m.Name), wording.Duty(duty))), nil
	case give && !ofOffice(duty) && len(m.Units) == 0:
		return say("请先绑定单位", fmt.Sprintf("%s还没有绑定单位，请其先发送“绑定 单位名称”。（未做任何改动）", wording.Escape(m.Name))), nil
	case give:
		next.Duties = append(slices.Clone(m.Duties), duty)
	default:
		what = fmt.Sprintf("%s不再担任%s", m.Name, wording.Duty(duty))
		told = fmt.Sprintf("您不再担任%s。", wording.Duty(duty))
		next.Duties = slices.DeleteFunc(slices.Clone(m.Duties), func(d ledger.Duty) bool { return d == duty })
		if len(next.Duties) == 0 && len(next.Units) > 0 {
			next.Duties = []ledger.Duty{ledger.DutyStaff}
		}
	}
	if !t.confirmed {
		return t.confirm("确认"+wording.Escape(what)+"？", "确认设置"), nil
	}
	a := say("已设置", "已设置："+wording.Escape(what)+"。现有身份："+dutyOrNone(next.Duties)+"。")
	t.tell(&a, "duty/"+t.m.ID, []string{m.ID}, ledger.Body{Title: "身份变动", Text: told + "回复“帮助”可查看您能办理的事项。"})
	t.noted(&a, what)
	return a, t.put(&a, ledger.RecordMember, next.ID, next)
}

func dutyOrNone(list []ledger.Duty) string {
	if len(list) == 0 {
		return "无"
	}
	return dutyWords(list)
}

// ofOffice reports whether the duty is one of the office and the leaders, not of a unit.
func ofOffice(d ledger.Duty) bool {
	return d == ledger.DutySupervisor || d == ledger.DutyLeader || d == ledger.DutyAdmin
}

// changeable finds the named person whose binding or duties may be changed from chat.
func (t *turn) changeable() (*ledger.Member, act, bool) {
	m, ask, ok := t.byName(t.mean.Name)
	switch {
	case !ok:
		return nil, ask, false
	case m.ID == t.me.ID:
		return nil, say("请由他人设置", "不能更改自己的身份，请由其他同志办理。（未做任何改动）"), false
	case m.Configured:
		return nil, say("请改配置文件", fmt.Sprintf("%s由配置文件登记，请在配置文件的 members 中修改后重启。（未做任何改动）", wording.Escape(m.Name))), false
	}
	return m, act{}, true
}

// confirm asks for a yes to what the meaning says.
func (t *turn) confirm(question, title string) act {
	return act{
		reply: reply{title: title, text: question + "\n\n请回复“确认”或“取消”。", buttons: yesNo()},
		ask:   &pending{Asked: question, Confirm: true, Mean: t.mean},
	}
}

// runRemove takes a person off the list, after a yes; the reports given stay.
func runRemove(t *turn) (act, error) {
	m, ask, ok := t.changeable()
	if !ok {
		return ask, nil
	}
	if slices.ContainsFunc(m.Duties, ofOffice) && !may(t.me, appoint) {
		return say("没有权限", fmt.Sprintf("%s是%s，移除由管理员办理。（未做任何改动）", wording.Escape(m.Name), dutyWords(m.Duties))), nil
	}
	if !t.confirmed {
		return t.confirm(fmt.Sprintf("确认移除%s（%s）？移除后不能再查询和反馈，已有记录保留。", wording.Escape(m.Name), wording.Escape(strings.Join(m.Units, "、"))), "确认移除"), nil
	}
	a := say("已移除", fmt.Sprintf("已移除%s，已有记录保留。", wording.Escape(m.Name)))
	t.noted(&a, "移除人员 "+m.Name)
	// the name stays, so that the organisation's directory does not bind the person again
	return a, t.put(&a, ledger.RecordMember, m.ID, ledger.Member{ID: m.ID, Name: m.Name})
}
