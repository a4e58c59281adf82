package handlers

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// SetupEvent is the audit record of a change to the set-up: when, who and what in words.
// message names what caused it and n which of its events this is; together they make it
// the same event when it is decided again.
func SetupEvent(at time.Time, by ledger.Actor, message string, n int, what string) ledger.Event {
	return ledger.Event{ID: eventID(at, message, n), Task: ledger.SetupLog, Kind: ledger.EventSetup, At: at, By: by, Message: message, Reason: what}
}

// noted adds the audit record of a change to the set-up to the act that makes it.
func (t *turn) noted(a *act, what string) {
	by := ledger.Actor{ID: t.m.Sender.ID, Name: t.m.Sender.Nick}
	if t.me != nil {
		by.Name = t.me.Name
	}
	a.events = append(a.events, SetupEvent(t.now, by, t.m.ID, 1+t.nth+len(a.events), what))
}

// runSetupLog shows who changed the set-up, newest first.
func runSetupLog(t *turn) (act, error) {
	events, err := t.history(ledger.SetupLog)
	if err != nil {
		return act{}, err
	}
	if len(events) == 0 {
		return say("设置记录", "还没有设置变动的记录。"), nil
	}
	lines := make([]string, 0, len(events))
	for _, e := range slices.Backward(events) {
		lines = append(lines, fmt.Sprintf("- %s %s：%s", wording.Moment(e.At), wording.Escape(e.By.Name), wording.Escape(wording.Short(e.Reason, 200))))
	}
	return say("设置记录", t.pages(fmt.Sprintf("**设置记录** 共%d条", len(lines)), lines, "设置记录")), nil
}

// runPeople lists who is bound, with duties and units; claims that wait come first.
func runPeople(t *turn) (act, error) {
	var waiting, lines []string
	for _, id := range slices.Sorted(maps.Keys(t.book.Members)) {
		m := t.book.Members[id]
		if len(m.Pending) > 0 {
			waiting = append(waiting, fmt.Sprintf("- %s：%s绑定%s，待确认", wording.Escape(m.Name), askedBy(m), wording.Escape(strings.Join(m.Pending, "、"))))
		}
		if len(m.Duties) > 0 {
			lines = append(lines, "- "+t.person(m))
		}
	}
	if len(lines)+len(waiting) == 0 {
		return say("人员名单", "还没有绑定人员。请各单位联络员私聊我发送“绑定 单位名称”。"), nil
	}
	return say("人员名单", t.pages(fmt.Sprintf("**人员名单** 共%d人", len(lines)), append(waiting, lines...), "人员名单")), nil
}

func askedBy(m *ledger.Member) string {
	if m.Proposed() {
		return "通讯录建议"
	}
	return "申请"
}

// MemberLine says who a member is: name, duties, units.
func MemberLine(m *ledger.Member) string {
	out := m.Name + "：" + dutyWords(m.Duties)
	if len(m.Units) > 0 {
		out += "，" + strings.Join(m.Units, "、")
	}
	return out
}

// person is one line about a member in the list.
func (t *turn) person(m *ledger.Member) string {
	out := wording.Escape(MemberLine(m))
	if id := t.book.StandIn(m.ID, t.today); id != m.ID {
		out += fmt.Sprintf("（由%s代管至%s）", wording.Escape(t.book.Members[id].Name), m.Deputy.Until.Chinese())
	}
	if m.Configured {
		out += "（配置文件登记）"
	}
	return out
}

func dutyWords(list []ledger.Duty) string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = wording.Duty(d)
	}
	return strings.Join(out, "、")
}

// runRooms lists the groups that are bound, and the units that have none.
func runRooms(t *turn) (act, error) {
	var lines []string
	has := map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(t.book.Rooms)) {
		r := t.book.Rooms[id]
		for _, u := range r.Units {
			has[u] = true
		}
		lines = append(lines, fmt.Sprintf("- %s：%s", wording.Escape(r.Title), wording.Escape(strings.Join(r.Units, "、"))))
	}
	var without []string
	for _, x := range t.book.Tasks {
		for _, u := range x.Named() {
			if !has[u] {
				has[u] = true
				without = append(without, u)
			}
		}
	}
	if len(without) > 0 {
		lines = append(lines, fmt.Sprintf("- 没有绑定群的单位%d个：%s", len(without), wording.Escape(strings.Join(without, "、"))))
	}
	return say("群名单", t.pages(fmt.Sprintf("**已绑定的群** 共%d个", len(t.book.Rooms)), lines, "群名单")), nil
}

// runConfig shows the configuration in force; secrets are never part of it.
func runConfig(t *turn) (act, error) {
	if t.m.Conversation.Group {
		return say("请私聊查看", "配置只在单聊中显示，请私聊我发送“当前配置”。"), nil
	}
	return say("当前配置", t.pages("**当前配置** 修改请编辑配置文件后重启", overridden(t.desk.o.Config(), t.book.Ladder(), t.book.Comparison()), "当前配置")), nil
}
