package handlers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runSetLadder changes the stages at which all tasks are reminded of, after a yes. They
// are in force from the next planning on, whichever process plans.
func runSetLadder(t *turn) (act, error) {
	if t.m.Conversation.Group {
		return say("请私聊办理", "提醒阶段对全部任务有效，请私聊我设置。（未做任何改动）"), nil
	}
	rules, now := t.desk.o.Rules, t.book.Ladder()
	next, what := changed(now, t.mean)
	switch err := rules.Check(next); {
	case t.mean.Order == understand.LadderDefault && !now.Set():
		return say("无需恢复", "提醒阶段没有在聊天中调整过，现在就是默认的。未做任何改动。"), nil
	case err != nil:
		return say("提醒阶段有误", wording.Escape(strings.ReplaceAll(err.Error(), "\n", "；"))+"。（未做任何改动）"), nil
	case t.mean.Order != understand.LadderDefault && rules.Stages(next) == rules.Stages(now):
		return say("无需调整", "提醒阶段已经是这样，未做任何改动：\n\n"+rules.Stages(now)), nil
	case !t.confirmed:
		return t.confirm(fmt.Sprintf("确认%s？确认后，提醒阶段为：\n\n%s%s", what, rules.Stages(next), dropped(rules.Stages(now), rules.Stages(next))), "确认提醒阶段"), nil
	}
	var kept any
	if next.Set() {
		next.By, next.At = t.me.ID, t.now
		kept = next
	}
	text := "已" + what + "，自下一次提醒起执行，对全部任务有效：\n\n" + rules.Stages(next)
	if next.Set() {
		text += "\n\n需要恢复时，请回复“恢复默认提醒”。"
	}
	a := say("已调整提醒阶段", text)
	t.noted(&a, what)
	return a, t.put(&a, ledger.RecordSetting, ledger.LadderID, kept)
}

// dropped lists the lines that are no more, so that nobody who was told of what is overdue
// goes unnoticed.
func dropped(now, next string) string {
	kept := strings.Split(next, "\n")
	gone := slices.DeleteFunc(strings.Split(now, "\n"), func(line string) bool { return slices.Contains(kept, line) })
	if len(gone) == 0 {
		return ""
	}
	return "\n\n不再执行：\n\n" + strings.Join(gone, "\n")
}

// changed is the ladder after what was said, and that in words.
func changed(l ledger.Ladder, m understand.Meaning) (ledger.Ladder, string) {
	on := m.Order == understand.LadderWeekly
	switch m.Order {
	case understand.LadderBefore:
		l.Before = m.Days
		return l, "将到期前提醒改为" + stageWords(m.Days, "天")
	case understand.LadderAfter:
		l.After = m.Days
		return l, "将逾期提醒改为" + stageWords(m.Days, "个工作日")
	case understand.LadderWeekly, understand.LadderSilent:
		l.Weekly = &on
		if on {
			return l, "开启逾期每周提醒"
		}
		return l, "关闭逾期每周提醒"
	}
	return ledger.Ladder{}, "恢复默认提醒"
}

// stageWords names stages; 0 is the day itself.
func stageWords(list []int, unit string) string {
	var numbers []string
	day := ""
	for _, n := range list {
		if n == 0 {
			day = "当天"
			continue
		}
		numbers = append(numbers, fmt.Sprint(n))
	}
	switch {
	case len(numbers) == 0:
		return day
	case day != "":
		return strings.Join(numbers, "、") + unit + "和" + day
	}
	return strings.Join(numbers, "、") + unit
}

// runRules shows the reminder rules in force.
func runRules(t *turn) (act, error) { return say("提醒规则", t.rules()), nil }

// rules are the reminder rules in words, and since when the office has its own stages.
func (t *turn) rules() string {
	l := t.book.Ladder()
	text := t.desk.o.Rules.Describe(l)
	if l.Set() {
		text += fmt.Sprintf("\n- 以上%s由督查室于%s在聊天中设定，其余按配置", strings.Join(setStages(l), "、"), wording.Day(l.At))
	}
	return text
}

// setStages names what the office has set.
func setStages(l ledger.Ladder) []string {
	var out []string
	if l.Before != nil {
		out = append(out, "到期前提醒")
	}
	if l.After != nil {
		out = append(out, "逾期提醒")
	}
	if l.Weekly != nil {
		out = append(out, "逾期每周提醒")
	}
	return out
}

// overridden marks the lines of the configuration in whose place the office has set
// something else in chat.
func overridden(lines []string, l ledger.Ladder, c ledger.Comparison) []string {
	own := map[string]string{}
	mark := func(key string, v any, at time.Time, back string) {
		own[key] = fmt.Sprintf("（%s在聊天中改为 %v；回复“%s”可恢复）", wording.Day(at), v, back)
	}
	if l.Before != nil {
		mark("reminders.before", l.Before, l.At, "恢复默认提醒")
	}
	if l.After != nil {
		mark("reminders.after", l.After, l.At, "恢复默认提醒")
	}
	if l.Weekly != nil {
		mark("reminders.weekly", *l.Weekly, l.At, "恢复默认提醒")
	}
	if c.On != nil {
		mark("compare.on", *c.On, c.At, "恢复默认单位对比")
	}
	out := make([]string, len(lines))
	for i, line := range lines {
		key, _, _ := strings.Cut(line, " = ")
		out[i] = line + own[key]
	}
	return out
}
