package handlers

import (
	"fmt"

	"duban/store/ledger"
)

// The longest silences. A snooze ends before the deadline; what is overdue and what a
// person presses for is never silenced.
const (
	snoozeDays = 14
	muteDays   = 90
)

// runSnooze reminds again later; the deadline does not move.
func runSnooze(t *turn) (act, error) {
	x, ask, ok := t.oneTask(true)
	if !ok {
		return ask, nil
	}
	until := t.mean.Date
	if until.IsZero() || !until.After(t.today) {
		until = t.today.AddDays(1)
	}
	bound := ""
	if last := t.today.AddDays(snoozeDays); until.After(last) {
		until, bound = last, fmt.Sprintf("稍后提醒最长%d天。", snoozeDays)
	}
	if last := t.lastChance(x); last.After(t.today) && until.After(last) {
		until = last
	}
	return t.hush(x, ledger.Quiet{Until: until.AddDays(-1), Again: true}, fmt.Sprintf("好的，任务%s到%s再提醒。%s", x.No, until.Chinese(), bound))
}

// lastChance is the last working day on which the task's next deadline can be met; zero
// when it has none.
func (t *turn) lastChance(x *ledger.Task) ledger.Date {
	pt, ok := ledger.CurrentPoint(x, t.book.Progress(x.No), t.today)
	if !ok || pt.Due.IsZero() {
		return ledger.Date{}
	}
	day := pt.Due
	for day.After(t.today) && !t.workday(day) {
		day = day.AddDays(-1)
	}
	return day
}

// runMute stops reminders about a task, or all, before their deadlines.
func runMute(t *turn) (act, error) {
	until := t.mean.Date
	if until.IsZero() || until.Before(t.today) {
		until = t.today.AddDays(30)
	}
	if last := t.today.AddDays(muteDays); until.After(last) {
		until = last
	}
	if t.mean.All {
		where := "不再单独给您发到期前的提醒。群里的提醒照常。"
		if t.m.Conversation.Group {
			where = "不再在本群发到期前的提醒。"
		}
		return t.hush(nil, ledger.Quiet{Until: until}, fmt.Sprintf("好的，%s前%s需要恢复时请回复“恢复提醒”。", until.AddDays(1).Chinese(), where))
	}
	x, ask, ok := t.oneTask(true)
	if !ok {
		return ask, nil
	}
	return t.hush(x, ledger.Quiet{Until: until}, fmt.Sprintf("好的，任务%s在%s前不再发到期前的提醒。", x.No, until.AddDays(1).Chinese()))
}

// runUnmute takes a silence back.
func runUnmute(t *turn) (act, error) {
	if t.mean.All || t.mean.Task == "" && len(t.mean.Tasks) == 0 {
		return t.hush(nil, ledger.Quiet{}, "好的，已恢复提醒。")
	}
	x, ask, ok := t.oneTask(true)
	if !ok {
		return ask, nil
	}
	return t.hush(x, ledger.Quiet{}, fmt.Sprintf("好的，任务%s已恢复提醒。", x.No))
}

// hush stores a silence for the place it is asked in: a person's own chat, or a group
// whose units the asker speaks for. A zero until takes it back.
func (t *turn) hush(x *ledger.Task, q ledger.Quiet, done string) (act, error) {
	receiver, task := t.m.Sender.ID, "*"
	if t.m.Conversation.Group {
		if receiver = t.m.Conversation.ID; t.room == nil {
			return say("本群未绑定", "本群还没有绑定单位，没有提醒可以调整。"), nil
		}
		if x == nil && !may(t.me, manage) {
			return say("没有权限", "停发本群全部提醒由督查室办理。您可以写明任务，例如：任务28一周后再提醒。"), nil
		}
	}
	if x != nil {
		task = x.ID
		if t.unit(x) == "" && !may(t.me, manage) {
			return say("不是责任单位", fmt.Sprintf("任务%s的责任单位是%s，不能调整它的提醒。", x.No, ownersText(x))), nil
		}
	}
	id := ledger.QuietID(receiver, task)
	var quiet any
	if !q.Until.IsZero() {
		q.By = t.me.ID
		quiet = q
		done += "时限不变，逾期提醒和人工催办照常。"
	}
	a := say("提醒已调整", done)
	t.noted(&a, hushed(t, x, q.Until))
	return a, t.put(&a, ledger.RecordSetting, id, quiet)
}

// hushed says for the audit record what was silenced, where and until when.
func hushed(t *turn, x *ledger.Task, until ledger.Date) string {
	where, what := "本人单聊", "全部提醒"
	if t.m.Conversation.Group {
		where = "群“" + t.room.Title + "”"
	}
	if x != nil {
		what = "任务" + x.No + "的提醒"
	}
	if until.IsZero() {
		return where + "恢复" + what
	}
	return where + "停发" + what + "至" + until.Chinese()
}

// runRemindSet explains the ladder: single reminders are not set by hand.
func runRemindSet(t *turn) (act, error) {
	return say("提醒规则", "提醒按统一规则发送：\n\n"+t.rules()+"\n\n不需要的可回复“任务28下周再提醒”；特别重要的可请督查室催办。"), nil
}
