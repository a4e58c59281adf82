package handlers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// deputyDays is the longest hand-over: whoever is away longer needs a successor.
const deputyDays = 90

// runHandOver lets a contact, or the office for one, name who is told meanwhile (代管).
// Mentions and notices move; the duty stays with the unit, and rights with the member.
func runHandOver(t *turn) (act, error) {
	away, ask, ok := t.away()
	if !ok {
		return ask, nil
	}
	deputy, ask, ok := t.byName(t.mean.Name)
	if !ok {
		return ask, nil
	}
	until := t.mean.Date
	switch {
	case deputy.ID == away.ID:
		return say("不能由本人代管", "代管人应为其他同志，未做任何改动。"), nil
	case until.IsZero():
		return say("请写明截止日期", fmt.Sprintf("请写明代管到哪一天，例如：代管 %s 至 %d月%d日。（未做任何改动）", wording.Escape(deputy.Name), int(t.today.AddDays(7).Month), t.today.AddDays(7).Day)), nil
	case until.Before(t.today):
		return say("日期已过", fmt.Sprintf("%s已过，请写今天或以后的日期。（未做任何改动）", until.Chinese())), nil
	case until.After(t.today.AddDays(deputyDays)):
		return say("时间过长", fmt.Sprintf("代管最长%d天。长期变动请由新的联络员绑定单位。（未做任何改动）", deputyDays)), nil
	case t.book.StandIn(deputy.ID, t.today) != deputy.ID:
		return say("代管人也不在", fmt.Sprintf("%s的提醒目前也由他人代管，请另选一位。（未做任何改动）", wording.Escape(deputy.Name))), nil
	}
	next := *away
	next.Deputy = &ledger.Deputy{ID: deputy.ID, Until: until}
	a := say("已设置代管", fmt.Sprintf("已设置：至%s，发给%s的提醒和点名改由%s接收。任务仍由%s负责，反馈、申请办结等权限不变。到期自动恢复，提前恢复请回复“%s”。",
		until.Chinese(), t.called(away), wording.Escape(deputy.Name), strings.Join(away.Units, "、"), t.backWords(away)))
	t.tell(&a, "deputy/"+t.m.ID, t.others(away.ID, deputy.ID), ledger.Body{Title: "代管通知",
		Text: fmt.Sprintf("%s（%s）的督办提醒由%s代管，至%s。代管期间只代收提醒、负责转告，反馈和办理仍由%s的同志进行。", wording.Escape(away.Name), strings.Join(away.Units, "、"), wording.Escape(deputy.Name), until.Chinese(), strings.Join(away.Units, "、"))})
	t.noted(&a, fmt.Sprintf("%s的提醒由%s代管至%s", away.Name, deputy.Name, until.Chinese()))
	return a, t.put(&a, ledger.RecordMember, next.ID, next)
}

// runHandBack ends a hand-over before its time.
func runHandBack(t *turn) (act, error) {
	away, ask, ok := t.away()
	if !ok {
		return ask, nil
	}
	if away.Deputy == nil || t.today.After(away.Deputy.Until) {
		return say("没有代管", fmt.Sprintf("%s目前没有设置代管，未做任何改动。", t.called(away))), nil
	}
	next := *away
	old := away.Deputy.ID
	next.Deputy = nil
	a := say("已取消代管", fmt.Sprintf("已取消代管，提醒和点名恢复发给%s。", t.called(away)))
	t.tell(&a, "deputy/"+t.m.ID, t.others(away.ID, old), ledger.Body{Title: "代管结束",
		Text: fmt.Sprintf("%s（%s）的督办提醒已恢复由本人接收，代管结束。", wording.Escape(away.Name), strings.Join(away.Units, "、"))})
	t.noted(&a, fmt.Sprintf("取消%s的代管", away.Name))
	return a, t.put(&a, ledger.RecordMember, next.ID, next)
}

// away is the contact whose notices are to move: the speaker, or whom the office names.
func (t *turn) away() (*ledger.Member, act, bool) {
	m := t.me
	if name := t.mean.Query; name != "" && name != t.me.Name {
		if !may(t.me, manage) {
			return nil, say("没有权限", "只能为自己设置或取消代管；为他人设置的，请联系督查室。"), false
		}
		var ask act
		var ok bool
		if m, ask, ok = t.byName(name); !ok {
			return nil, ask, false
		}
	}
	if !m.Has(ledger.DutyContact) || len(m.Units) == 0 {
		text := "您不是单位联络员，没有需要代管的提醒。"
		if m.ID != t.me.ID {
			text = fmt.Sprintf("%s不是单位联络员，没有需要代管的提醒。", wording.Escape(m.Name))
		} else if may(t.me, manage) {
			text = "请写明为谁设置，例如：张敏由李军代管至8月20日；取消请回复“取消代管 张敏”。（未做任何改动）"
		}
		return nil, say("没有需要代管的提醒", text), false
	}
	return m, act{}, true
}

// byName finds the one bound person of that name. Two of one name are never guessed at.
func (t *turn) byName(name string) (*ledger.Member, act, bool) {
	var found []*ledger.Member
	for _, id := range slices.Sorted(maps.Keys(t.book.Members)) {
		if m := t.book.Members[id]; m.Name == name && len(m.Duties) > 0 {
			found = append(found, m)
		}
	}
	switch len(found) {
	case 1:
		return found[0], act{}, true
	case 0:
		return nil, say("没有找到此人", fmt.Sprintf("没有找到已绑定的“%s”。请核对姓名，或请其先绑定单位。（未做任何改动）", wording.Escape(name))), false
	}
	return nil, say("有多人同名", fmt.Sprintf("已绑定的人员中有%d人名为“%s”，无法确定是哪一位。请联系督查室。（未做任何改动）", len(found), wording.Escape(name))), false
}

// called is the member as the receipt speaks of them.
func (t *turn) called(m *ledger.Member) string {
	if m.ID == t.me.ID {
		return "您"
	}
	return wording.Escape(m.Name)
}

// backWords are what ends the hand-over.
func (t *turn) backWords(m *ledger.Member) string {
	if m.ID == t.me.ID {
		return "取消代管"
	}
	return "取消代管 " + wording.Escape(m.Name)
}

// others are the two concerned without the speaker, whom the receipt tells.
func (t *turn) others(ids ...string) []string {
	return slices.DeleteFunc(ids, func(id string) bool { return id == t.me.ID })
}

// contactsToday are the unit's contacts, each through the deputy while away.
func (t *turn) contactsToday(unit string) []string {
	var out []string
	for _, id := range contactsOf(t.book, unit) {
		if told := t.book.StandIn(id, t.today); !slices.Contains(out, told) {
			out = append(out, told)
		}
	}
	return out
}
