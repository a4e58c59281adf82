package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runDone takes a unit's "已完成" as an application for closing: a second person
// accepts or returns it.
func runDone(t *turn) (act, error) {
	x, ask, ok := t.oneTask(true)
	if !ok {
		return ask, nil
	}
	if x.Standing() || t.partOfTime(x) {
		return t.reportOnly(x)
	}
	by, ask, ok := t.actorFor(x)
	if !ok {
		return ask, nil
	}
	if x.Assists(by.Unit) && !by.Behalf { // its own share is done; closing is for whoever answers for the task
		if t.mean.Text == "" {
			t.mean.Text = "已完成"
		}
		return runReport(t)
	}
	if a, stop := t.nothingToClose(x); stop {
		return a, nil
	}
	pts, ask, ok := t.closingPoints(x)
	if !ok {
		return ask, nil
	}
	p := t.book.Progress(x.No)
	a := act{}
	var e ledger.Event
	var texts []string
	for i, pt := range pts {
		if err := ledger.Lawful(ledger.StateOf(p, pt.ID), ledger.EventApply); err != nil {
			return illegal(x, p, pt.ID, ledger.EventApply), nil
		}
		e = t.event(x, pt.ID, ledger.EventApply, by)
		e.ID = eventID(t.now, t.m.ID, t.nth+i)
		if e.Report = t.said(); e.Report.Text == "" {
			e.Report.Text = "已完成"
		}
		others := t.othersLine(x, pt.ID, by.Unit)
		texts = append(texts, t.appliedText(x, pt, e, others))
		t.tellApplication(&a, x, pt, e, others)
		p = p.With(x.ID, e)
		if i < len(pts)-1 { // the last one carries the progress that all lead to
			a.events = append(a.events, e)
		}
	}
	undo := "如有误，30分钟内可回复“撤回”。"
	if len(pts) > 1 {
		undo = fmt.Sprintf("如有误，30分钟内可回复“撤回”，每次撤回一个节点，共%d个。", len(pts))
	}
	a.reply = reply{title: "已申请办结", text: strings.Join(texts, "\n\n") + "\n督查室审核后会通知您。" + undo, tasks: []string{x.No}}
	return a, t.enter(&a, x, e, p)
}

// partOfTime reports whether a month's part is said to be done of a task that ends on a day
// (本月任务完成): that closes nothing.
func (t *turn) partOfTime(x *ledger.Task) bool {
	return !x.Recurring() && t.point == "" && ofPeriod.MatchString(t.mean.Text)
}

// reportOnly keeps as a report what was said to be done and cannot be closed.
func (t *turn) reportOnly(x *ledger.Task) (act, error) {
	if !x.Standing() {
		t.mean.Intent = understand.Report
		return runReport(t)
	}
	a, err := runReport(t)
	if err == nil && len(a.events) > 0 {
		a.reply.text += fmt.Sprintf("\n\n任务%s是长期任务（%s），没有办结时限，已按进展记录，不作办结；如不再需要推进，请联系督查室。", x.No, when(x))
	}
	return a, err
}

// tellApplication owes the office the application with what it needs to decide.
func (t *turn) tellApplication(a *act, x *ledger.Task, pt ledger.Point, e ledger.Event, others string) {
	if others != "" {
		others += "\n"
	}
	text := fmt.Sprintf("%s 申请办结：**任务%s** %s%s\n\n> %s\n\n%s同意请回复“通过 任务%s”，不同意请回复“退回 任务%s 原因”。", who(e.By), x.No,
		wording.Escape(wording.Short(x.Title, 40)), label(x, pt), wording.Escape(wording.Short(e.Report.Text, 300)), others, x.No, x.No)
	t.tell(a, "apply/"+e.ID, supervisors(t.book), ledger.Body{Title: "办结申请 任务" + x.No, Text: text, Tasks: []string{x.No}, Buttons: []ledger.Button{
		{Label: "通过", Say: "通过 任务" + x.No}, {Label: "查看", Say: "任务" + x.No},
	}})
}

// closingPoints are the checkpoints that a closing is about: all that were asked about, when
// that was the answer, else one.
func (t *turn) closingPoints(x *ledger.Task) ([]ledger.Point, act, bool) {
	if len(t.points) == 0 {
		pt, ask, ok := t.onePoint(x)
		return []ledger.Point{pt}, ask, ok
	}
	var out []ledger.Point
	for _, id := range t.points {
		if pt, ok := x.Point(id); ok {
			out = append(out, pt)
		}
	}
	return out, act{}, len(out) > 0
}

func (t *turn) appliedText(x *ledger.Task, pt ledger.Point, e ledger.Event, others string) string {
	return fmt.Sprintf("已提交办结申请：**任务%s** %s%s\n\n> %s\n\n- 申请人：%s\n- 时间：%s\n%s", x.No,
		wording.Escape(wording.Short(x.Title, 40)), label(x, pt), wording.Escape(wording.Short(e.Report.Text, 300)), who(e.By), wording.Moment(e.At), others)
}

// label names the checkpoint where the task has several.
func label(x *ledger.Task, pt ledger.Point) string {
	if len(x.Points) < 2 || pt.Label == "" {
		return ""
	}
	return "（" + wording.Escape(pt.Label) + "）"
}

// nothingToClose answers when every begun checkpoint is closed or waits already.
func (t *turn) nothingToClose(x *ledger.Task) (act, bool) {
	if t.pointOf(x) != "" || len(t.points) > 0 || len(t.choosable(x)) > 0 {
		return act{}, false
	}
	p := t.book.Progress(x.No)
	begun := x.Begun(t.today)
	for _, pt := range slices.Backward(begun) {
		if s := p.Point(pt.ID); s.Phase != ledger.PhaseOpen {
			return illegal(x, p, pt.ID, ledger.EventApply), true
		}
	}
	return say("尚未开始", fmt.Sprintf("任务%s的下一个节点还没有开始，无需办结。", x.No)), true
}

// waiting lists the checkpoints of a task that wait for acceptance.
func waiting(x *ledger.Task, p *ledger.Progress) []ledger.Point {
	var out []ledger.Point
	for _, pt := range x.Points {
		if p.Point(pt.ID).Phase == ledger.PhasePending {
			out = append(out, pt)
		}
	}
	return out
}

// runPending lists what waits for acceptance.
func runPending(t *turn) (act, error) {
	var out []*ledger.Task
	for _, x := range t.book.Tasks {
		if len(waiting(x, t.book.Progress(x.No))) > 0 && t.see.sees(x) {
			out = append(out, x)
		}
	}
	if len(out) == 0 && may(t.me, decide) && !t.m.Conversation.Group { // an extension, or what a unit cannot do alone
		return runWaiting(t)
	}
	if len(out) == 0 {
		return say("待审核", "目前没有待审核的办结申请。"), nil
	}
	a := t.list("待审核", "**待审核的办结申请** "+count(len(out)), out, "待审核")
	a.reply.text += "\n\n回复“通过 任务编号”或“退回 任务编号 原因”。"
	if n := t.otherWaiting(); n > 0 && !t.m.Conversation.Group {
		a.reply.text += fmt.Sprintf("另有%s其他事项等您处理，回复“待我处理”查看。", count(n))
	}
	return a, nil
}

// runAccept closes a checkpoint: a second person's yes.
func runAccept(t *turn) (act, error) { return t.judge(ledger.EventAccept) }

// runReturn sends an application back, with a reason.
func runReturn(t *turn) (act, error) {
	return t.judge(ledger.EventReturn)
}

func (t *turn) judge(kind ledger.EventKind) (act, error) {
	x, ask, ok := t.judged()
	if !ok {
		return ask, nil
	}
	p := t.book.Progress(x.No)
	list := waiting(x, p)
	if len(list) == 0 {
		return t.noClosing(x, p, kind), nil
	}
	pt := list[0] // one application at a time is decided, the earliest first
	if i := slices.IndexFunc(list, func(p ledger.Point) bool { return p.ID == t.point }); i >= 0 {
		pt = list[i]
	}
	if p.Point(pt.ID).AppliedBy == t.me.ID {
		return say("请由他人审核", fmt.Sprintf("任务%s的办结申请是您提交的，须由其他同志审核。未做任何改动。", x.No)), nil
	}
	if kind == ledger.EventReturn && t.mean.Reason == "" {
		return t.askWhy(x, pt.ID, "退回任务"+x.No), nil
	}
	e := t.event(x, pt.ID, kind, ledger.Actor{ID: t.me.ID, Name: t.me.Name})
	e.Reason = t.mean.Reason
	next := p.With(x.ID, e)
	name, node := fmt.Sprintf("**任务%s** %s", x.No, wording.Escape(wording.Short(x.Title, 40))), nodeOf(x, pt)
	after := t.nextNode(x, next)
	title, text, told := "已通过", fmt.Sprintf("已通过：%s，%s办结时间%s。%s", name, strings.TrimSuffix(node, "的"), wording.Day(t.now), after), node+"办结申请已通过审核。"+after
	if kind == ledger.EventReturn {
		title = "已退回"
		text = fmt.Sprintf("已退回：%s%s。原因：%s", name, label(x, pt), wording.Escape(e.Reason))
		told = node + "办结申请被退回，请继续办理。原因：" + wording.Escape(e.Reason)
	}
	a := say(title, text)
	a.reply.tasks = []string{x.No}
	t.tell(&a, string(kind)+"/"+e.ID, []string{p.Point(pt.ID).AppliedBy}, ledger.Body{
		Title: title + " 任务" + x.No, Text: name + "：" + told, Tasks: []string{x.No},
	})
	line := fmt.Sprintf("%s任务%s%s的办结申请。", title, x.No, strings.TrimSuffix(node, "的"))
	t.tellDeciders(&a, e.ID, slices.DeleteFunc(supervisors(t.book), func(id string) bool { return id == p.Point(pt.ID).AppliedBy }), line, x.No)
	return a, t.enter(&a, x, e, next)
}

// judged finds the task whose application is decided: the one named, or the only one
// that waits.
func (t *turn) judged() (*ledger.Task, act, bool) {
	return t.waitingTask(say("没有待审核的申请", "目前没有待审核的办结申请，未做任何改动。"), func(x *ledger.Task) bool {
		return len(waiting(x, t.book.Progress(x.No))) > 0
	})
}

// runReopen takes a closed task up again: only the office may; a unit's words are
// kept as a question for it.
func runReopen(t *turn) (act, error) {
	x, ask, ok := t.oneTask(true)
	if !ok {
		return ask, nil
	}
	p := t.book.Progress(x.No)
	if s := ledger.StateOf(p, t.lastPoint(x)); may(t.me, manage) && (s == ledger.StatePaused || s == ledger.StateCancelled) {
		return runResume(t)
	}
	for _, pt := range slices.Backward(x.Points) {
		s := p.Point(pt.ID)
		switch {
		case s.Phase == ledger.PhasePending && x.Assists(t.unit(x)): // it takes up its own share, not the task
		case s.Phase == ledger.PhasePending && t.unit(x) == s.AppliedUnit:
			return t.recede(x, pt.ID, ledger.Actor{ID: t.me.ID, Name: t.me.Name, Unit: s.AppliedUnit})
		case s.Phase == ledger.PhasePending && t.unit(x) != "":
			return say("请督查室退回", fmt.Sprintf("任务%s正在等待审核，由%s申请。需要退回的，请联系督查室。未做任何改动。", x.No, wording.Escape(s.AppliedUnit))), nil
		case s.Phase == ledger.PhaseClosed && !may(t.me, decide):
			return say("请联系督查室", fmt.Sprintf("任务%s已办结，恢复办理须由督查室决定，请联系督查室。未做任何改动。", x.No)), nil
		case s.Phase == ledger.PhaseClosed && !t.confirmed:
			q := fmt.Sprintf("确认将任务%s%s由已办结恢复为办理中？", x.No, label(x, pt))
			p := &pending{Asked: q, Task: x.No, Confirm: true, Mean: t.mean}
			p.Mean.Task = x.No
			return act{reply: reply{title: "确认恢复办理", text: q + "\n\n请回复“确认”或“取消”。", buttons: yesNo()}, ask: p}, nil
		case s.Phase == ledger.PhaseClosed:
			e := t.event(x, pt.ID, ledger.EventReopen, ledger.Actor{ID: t.me.ID, Name: t.me.Name})
			e.Reason = t.mean.Text
			a := say("已恢复办理", fmt.Sprintf("任务%s%s已恢复为办理中，原办结记录保留。", x.No, label(x, pt)))
			return a, t.enter(&a, x, e, p.With(x.ID, e))
		}
	}
	if may(t.me, decide) && t.unit(x) == "" {
		return t.notClosed(x), nil
	}
	return runReport(t)
}

// notClosed says that there is nothing to take up again, and what can be done instead.
func (t *turn) notClosed(x *ledger.Task) act {
	p := t.book.Progress(x.No)
	if list := waiting(x, p); len(list) > 0 {
		return say("正在审核", fmt.Sprintf("任务%s没有办结，有一项办结申请待审核。不同意请回复“退回 任务%s 原因”。未做任何改动。", x.No, x.No))
	}
	return say("无需恢复", fmt.Sprintf("任务%s目前为“%s”，没有办结、暂缓或撤销，无需恢复。%s未做任何改动。", x.No, ledger.StateOf(p, t.lastPoint(x)), otherThanResume(x.No)))
}

// otherThanResume are the orders that 恢复 is often meant for.
func otherThanResume(no string) string {
	return fmt.Sprintf("要换回责任单位，请回复“转办 任务%s 给 单位”；要恢复提醒，请回复“恢复任务%s的提醒”；要加快办理，请回复“催办 任务%s”。", no, no, no)
}
