package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

func runExtendYes(t *turn) (act, error) { return t.decideExtension(ledger.EventExtendYes) }

func runExtendNo(t *turn) (act, error) { return t.decideExtension(ledger.EventExtendNo) }

// decideExtension grants a later deadline, the one asked for or another that was said, or
// refuses it.
func (t *turn) decideExtension(kind ledger.EventKind) (act, error) {
	x, ask, ok := t.waitingTask(nothingWaits(), func(x *ledger.Task) bool { return asking(t.book.Progress(x.No)) != "" })
	if !ok {
		return ask, nil
	}
	p := t.book.Progress(x.No)
	point := asking(p)
	if t.point != "" {
		point = t.point
	}
	if err := ledger.Lawful(ledger.StateOf(p, point), kind); err != nil || p.Point(point).Ask == nil {
		return t.noExtension(x, p, point, kind), nil
	}
	want := *p.Point(point).Ask
	if want.By.ID == t.me.ID {
		return say("请由他人审批", fmt.Sprintf("任务%s的延期申请是您提交的，须由其他同志审批。未做任何改动。", x.No)), nil
	}
	pt, _ := x.Point(point)
	e := t.event(x, point, kind, ledger.Actor{ID: t.me.ID, Name: t.me.Name})
	e.Date, e.Reason = want.To, t.reason()
	if kind == ledger.EventExtendNo {
		return t.refuseExtension(x, pt, e, p)
	}
	if day := t.mean.Date; !day.IsZero() && day != want.To {
		if ask, stop := t.otherDay(x, pt, want); stop {
			return ask, nil
		}
		e.Date = day
	}
	other := ""
	if e.Date != want.To {
		other = "申请延至" + want.To.Chinese() + "，"
	}
	a := say("已同意延期", fmt.Sprintf("已同意延期：**任务%s** %s%s，时限由%s延至%s（%s第%d次延期）。", x.No, wording.Escape(wording.Short(x.Title, 40)), label(x, pt),
		pt.Due.Chinese(), e.Date.Chinese(), other, p.Point(point).Extended+1))
	if e.Reason != "" {
		a.reply.text += "意见：" + wording.Escape(e.Reason)
	}
	t.toldOf(&a, x, e, want, fmt.Sprintf("已同意任务%s延期至%s。", x.No, e.Date.Chinese()))
	return a, t.enter(&a, x, e, p.With(x.ID, e))
}

func (t *turn) refuseExtension(x *ledger.Task, pt ledger.Point, e ledger.Event, p *ledger.Progress) (act, error) {
	text := fmt.Sprintf("未同意延期：**任务%s** %s%s，时限仍为%s。", x.No, wording.Escape(wording.Short(x.Title, 40)), label(x, pt), pt.Due.Chinese())
	if e.Reason != "" {
		text += "原因：" + wording.Escape(e.Reason)
	}
	a := say("未同意延期", text)
	t.toldOf(&a, x, e, *p.Point(pt.ID).Ask, fmt.Sprintf("未同意任务%s延期。", x.No))
	return a, t.enter(&a, x, e, p.With(x.ID, e))
}

// toldOf owes the applicant the decision and the other deciders a line.
func (t *turn) toldOf(a *act, x *ledger.Task, e ledger.Event, want ledger.Extension, line string) {
	a.reply.tasks = []string{x.No}
	t.tell(a, string(e.Kind)+"/"+e.ID, []string{want.By.ID}, ledger.Body{Title: a.reply.title + " 任务" + x.No, Text: a.reply.text, Tasks: []string{x.No}})
	t.tellDeciders(a, e.ID, slices.DeleteFunc(deciders(t.book), func(id string) bool { return id == want.By.ID }), line, x.No)
}

// otherDay asks before another day is granted than the one asked for, and refuses one
// that is no extension.
func (t *turn) otherDay(x *ledger.Task, pt ledger.Point, want ledger.Extension) (act, bool) {
	day := t.mean.Date
	switch {
	case !day.After(pt.Due):
		return say("日期不晚于现时限", fmt.Sprintf("任务%s现时限为%s，%s不晚于现时限，未做任何改动。不同意延期请回复“不同意延期 任务%s 原因”。", x.No, pt.Due.Chinese(), day.Chinese(), x.No)), true
	case day.Before(t.today):
		return say("日期已过", fmt.Sprintf("%s已过，请写今天以后的日期。（未做任何改动）", day.Chinese())), true
	case t.confirmed:
		return act{}, false
	}
	q := fmt.Sprintf("任务%s%s申请延至%s，您批到%s，确认？", x.No, label(x, pt), want.To.Chinese(), day.Chinese())
	p := &pending{Asked: q, Task: x.No, Confirm: true, Mean: t.mean}
	for _, a := range t.taskApplications(x) {
		if a.kind == understand.KindExtension && a.point.ID == pt.ID {
			p.Marks = []string{a.mark}
		}
	}
	p.Mean.Task, p.Mean.Intent = x.No, understand.Agree
	return act{reply: reply{title: "确认批准的日期", text: q + "（尚未处理）\n\n请回复“确认”或“取消”。", buttons: yesNo()}, ask: p}, true
}

// noExtension says that no extension waits, and what does: an application for closing is
// never decided by a word on an extension.
func (t *turn) noExtension(x *ledger.Task, p *ledger.Progress, point string, kind ledger.EventKind) act {
	list := waiting(x, p)
	if len(list) == 0 {
		return illegal(x, p, point, kind)
	}
	s := p.Point(list[0].ID)
	return say("没有待批的延期", fmt.Sprintf("任务%s没有待批的延期申请；有一项待审核的办结申请（%s，%s提出）。同意办结请回复“通过 任务%s”，不同意请回复“退回 任务%s 原因”。未做任何改动。",
		x.No, wording.Escape(t.nameOf(s.AppliedBy)), wording.Day(s.AppliedAt), x.No, x.No))
}

// noClosing says that no application for closing waits, and whether one for extension does.
func (t *turn) noClosing(x *ledger.Task, p *ledger.Progress, kind ledger.EventKind) act {
	point := asking(p)
	if point == "" || ledger.Lawful(ledger.StateOf(p, point), ledger.EventExtendYes) != nil {
		return illegal(x, p, "", kind)
	}
	want := p.Point(point).Ask
	return say("没有待审核的申请", fmt.Sprintf("任务%s没有待审核的办结申请；有一项待批的延期申请（%s，申请延至%s）。同意请回复“同意延期 任务%s”，不同意请回复“不同意延期 任务%s 原因”。未做任何改动。",
		x.No, wording.Escape(want.By.Name), want.To.Chinese(), x.No, x.No))
}

// asking is the checkpoint whose extension waits; "" when none does.
func asking(p *ledger.Progress) string {
	if p == nil {
		return ""
	}
	var ids []string
	for id, s := range p.Points {
		if s.Ask != nil {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	sortStrings(ids)
	return ids[0]
}

// waitingTask finds the task that something waits on: the one named, or the only one; none
// is the answer where nothing waits.
func (t *turn) waitingTask(none act, waits func(*ledger.Task) bool) (*ledger.Task, act, bool) {
	if t.mean.Task != "" || len(t.mean.Tasks) > 0 {
		return t.oneTask(false)
	}
	var list []*ledger.Task
	for _, x := range t.book.Tasks {
		if waits(x) {
			list = append(list, x)
		}
	}
	switch len(list) {
	case 0:
		return nil, none, false
	case 1:
		return list[0], act{}, true
	}
	return nil, t.askTask(list, true), false
}

func nothingWaits() act {
	return say("没有待办事项", "目前没有等待处理的这类事项，未做任何改动。")
}

// reason is what was said as a reason, wherever the words put it.
func (t *turn) reason() string {
	if t.mean.Reason != "" {
		return strings.TrimSpace(t.mean.Reason)
	}
	return strings.TrimSpace(t.mean.Text)
}
