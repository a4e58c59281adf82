package handlers

import (
	"fmt"
	"slices"

	"duban/store/ledger"
)

// runDue lists what falls due in a period.
func runDue(t *turn) (act, error) {
	tasks, whose, ask, ok := t.within()
	if !ok {
		return ask, nil
	}
	var out []*ledger.Task
	for _, x := range tasks {
		if t.dueWithin(x) {
			out = append(out, x)
		}
	}
	sortByDue(t, out)
	if len(out) == 0 {
		return say("到期任务", fmt.Sprintf("%s在%s没有到期的任务。", whose, t.periodWord())), nil
	}
	head := fmt.Sprintf("**%s** %s到期的任务%s", whose, t.periodWord(), count(len(out)))
	return t.list("到期任务", head, out, t.m.Text), nil
}

// runOverdue lists what is overdue now.
func runOverdue(t *turn) (act, error) {
	tasks, whose, ask, ok := t.within()
	if !ok {
		return ask, nil
	}
	var out []*ledger.Task
	for _, x := range tasks {
		if t.level(x) == ledger.LevelOverdue {
			out = append(out, x)
		}
	}
	sortByDue(t, out)
	word := t.desk.o.Lights.Word(ledger.LevelOverdue)
	if len(out) == 0 {
		return say(word+"任务", fmt.Sprintf("%s目前没有%s任务。", whose, word)), nil
	}
	head := fmt.Sprintf("**%s** %s任务%s", whose, word, count(len(out)))
	return t.list(word+"任务", head, out, "逾期"), nil
}

// within picks the tasks a time question is about: a named unit's, one's own, or all
// that the asker and the place may see. What may not be seen is refused in words.
func (t *turn) within() ([]*ledger.Task, string, act, bool) {
	switch {
	case t.mean.Unit != "" || len(t.mean.Units) > 1:
		unit, ask, ok := t.oneUnit()
		if !ok {
			return nil, "", ask, false
		}
		if !t.see.seesUnit(unit) {
			return nil, "", say("没有权限", "只能查询本单位任务的办理情况。如需查看其他单位，请联系督查室。"), false
		}
		return t.owned([]string{unit}), unit, act{}, true
	case t.mean.Scope == "mine" && t.me != nil && len(t.me.Units) > 0 && !t.m.Conversation.Group:
		return t.owned(t.me.Units), t.me.Units[0], act{}, true
	case t.see.all:
		return t.book.Tasks, "全部任务", act{}, true
	case len(t.see.units) > 0 && t.m.Conversation.Group:
		return t.owned(t.see.units), "本群单位", act{}, true
	case len(t.see.units) > 0:
		return t.owned(t.see.units), t.see.units[0], act{}, true
	case t.m.Conversation.Group:
		return nil, "", say("本群未绑定", "本群还没有绑定单位，不能显示办理情况。请督查室发送“绑定本群 单位名称”，或私聊我查询。"), false
	}
	return nil, "", say("没有权限", "您没有绑定责任单位，不能查询办理情况。请联系督查室。"), false
}

func (t *turn) owned(units []string) []*ledger.Task {
	var out []*ledger.Task
	for _, x := range t.book.Tasks {
		if slices.ContainsFunc(units, x.OwnedBy) {
			out = append(out, x)
		}
	}
	return out
}

// sortByDue puts the nearest deadline first; tasks without one come last.
func sortByDue(t *turn, list []*ledger.Task) {
	due := func(x *ledger.Task) ledger.Date {
		if p, ok := t.shownPoint(x); ok {
			return p.Due
		}
		return ledger.Date{Year: 9999}
	}
	slices.SortStableFunc(list, func(a, b *ledger.Task) int { return due(a).Compare(due(b)) })
}
