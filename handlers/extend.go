package handlers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runPostpone asks for a later deadline. The old one stays in force until a leader
// decides.
func runPostpone(t *turn) (act, error) {
	x, ask, ok := t.oneTask(true)
	if !ok {
		return ask, nil
	}
	by, ask, ok := t.actorFor(x)
	if !ok {
		return ask, nil
	}
	if x.Standing() {
		return say("没有时限", fmt.Sprintf("任务%s没有具体时限，无需延期。", x.No)), nil
	}
	p := t.book.Progress(x.No)
	pt, ask, ok := t.onePoint(x)
	if !ok {
		return ask, nil
	}
	if err := ledger.Lawful(ledger.StateOf(p, pt.ID), ledger.EventExtend); err != nil {
		return illegal(x, p, pt.ID, ledger.EventExtend), nil
	}
	if later := t.mean.N > 0 || t.mean.Months > 0; later && t.mean.Date.IsZero() {
		t.mean.Date = understand.Later(t.mean, pt.Due, t.today)
	}
	reason := strings.TrimSpace(t.mean.Reason)
	if reason == "" {
		reason = because(t.words())
	}
	switch {
	case t.mean.Date.IsZero():
		return t.askDay(x, pt, reason), nil
	case !t.mean.Date.After(pt.Due):
		return say("新时限不晚于原时限", fmt.Sprintf("任务%s现时限为%s，申请的%s不晚于现时限，无需延期。可直接反馈预计完成时间。", x.No, pt.Due.Chinese(), t.mean.Date.Chinese())), nil
	case t.mean.Date.Before(t.today):
		return say("新时限已过", fmt.Sprintf("%s已经过去，请写今天以后的日期，例如：任务%s 延期到%s。（未做任何改动）", t.mean.Date.Chinese(), x.No, t.today.AddMonths(1).Chinese())), nil
	case reason == "":
		return t.askReason(x, pt), nil
	case t.far(pt) && !t.confirmed:
		t.mean.Reason = reason
		return t.askFar(x, pt), nil
	}
	e := t.event(x, pt.ID, ledger.EventExtend, by)
	e.Date, e.Reason = t.mean.Date, reason
	late := ""
	if t.today.After(pt.Due) {
		e.Ref, late = ledger.Late, "（逾期后申请）"
	}
	s := p.Point(pt.ID)
	title := fmt.Sprintf("**任务%s** %s%s", x.No, wording.Escape(wording.Short(x.Title, 40)), label(x, pt))
	a := say("已提交延期申请", fmt.Sprintf("已提交延期申请%s：%s\n\n- 现时限：%s\n- 申请延至：%s（第%d次延期）\n- 原因：%s\n\n批准前仍按现时限计算。", late, title,
		pt.Due.Chinese(), e.Date.Chinese(), s.Extended+1, wording.Escape(reason)))
	a.reply.tasks = []string{x.No}
	t.tell(&a, "extend/"+e.ID, deciders(t.book), ledger.Body{Title: "延期申请 任务" + x.No, Tasks: []string{x.No},
		Text: fmt.Sprintf("%s 申请延期%s：%s\n\n- 现时限：%s\n- 申请延至：%s（第%d次延期）\n- 原因：%s\n\n请回复“同意延期 任务%s”或“不同意延期 任务%s 原因”。",
			who(by), late, title, pt.Due.Chinese(), e.Date.Chinese(), s.Extended+1, wording.Escape(reason), x.No, x.No),
		Buttons: []ledger.Button{{Label: "同意延期", Say: "同意延期 任务" + x.No}, {Label: "查看", Say: "任务" + x.No}}})
	return a, t.enter(&a, x, e, p.With(x.ID, e))
}

// farMonths is how many months more than the present deadline are asked about.
const farMonths = 24

// far reports whether the day asked for is much later than the deadline, or than the last
// deadline of the plan: likely a wrong year.
func (t *turn) far(pt ledger.Point) bool {
	last := pt.Due
	for _, x := range t.book.Tasks {
		for _, o := range x.Points {
			if o.Due.After(last) {
				last = o.Due
			}
		}
	}
	return t.mean.Date.After(last) || t.mean.Date.After(pt.Due.AddMonths(farMonths))
}

func (t *turn) askFar(x *ledger.Task, pt ledger.Point) act {
	q := fmt.Sprintf("任务%s%s现时限为%s，您申请延至%s，时间很长或已超出方案的期限，确认提交？", x.No, label(x, pt), pt.Due.Chinese(), t.mean.Date.Chinese())
	p := &pending{Asked: q, Task: x.No, Confirm: true, Mean: t.mean, Choices: []choice{{Task: x.No, Point: pt.ID}}}
	p.Mean.Task = x.No
	return act{reply: reply{title: "请核对日期", text: q + "（尚未提交）\n\n请回复“确认”或“取消”。", buttons: yesNo()}, ask: p}
}

// sinceWords say no more than that a reason follows.
var sinceWords = regexp.MustCompile(`^(?:主要)?(?:是)?(?:因为|由于|原因[是为]|理由[是为]|(?:原因|理由)[:：])[\s:：，,]*`)

// freeReason is the reason that free words are; the words of an order stay as they are.
func (t *turn) freeReason() string {
	text := strings.TrimSpace(t.m.Text)
	if rest := sinceWords.ReplaceAllString(text, ""); rest != "" && t.mean.Intent != understand.Instruct {
		return rest
	}
	return text
}

// because is the last clause of a request when it says something else than the request
// itself: 任务28延期到10月底，供应商没到货.
func because(text string) string {
	clauses := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，,；;。\n", r) })
	if len(clauses) < 2 {
		return ""
	}
	last := strings.TrimSpace(clauses[len(clauses)-1])
	for _, w := range []string{"延期", "延长", "延到", "延至", "推迟到", "推到", "宽限", "任务", "行吗", "可以吗", "行不行", "吗", "？", "?"} {
		if strings.Contains(last, w) {
			return ""
		}
	}
	if utf8.RuneCountInString(last) < 4 {
		return ""
	}
	return last
}

// askDay keeps the request, with what was said of its reason, until its new day is named.
func (t *turn) askDay(x *ledger.Task, pt ledger.Point, reason string) act {
	q := fmt.Sprintf("请写明任务%s延期到哪一天", x.No)
	p := &pending{Asked: q + "。", Task: x.No, Day: true, Mean: t.mean, Choices: []choice{{Task: x.No, Point: pt.ID}}}
	p.Mean.Task, p.Mean.Reason = x.No, reason
	example := pt.Due.AddMonths(1).Chinese()
	if reason == "" {
		q, example = q+"和原因", example+"，因设备到货推迟"
	}
	return act{reply: reply{title: "请写明新时限", text: fmt.Sprintf("%s，例如：延期到%s。（尚未提交）", q, example)}, ask: p}
}

// askReason keeps what was asked and waits for the reason: a request without one is
// not sent to a leader.
func (t *turn) askReason(x *ledger.Task, pt ledger.Point) act {
	q := fmt.Sprintf("请写明任务%s延期到%s的原因。", x.No, t.mean.Date.Chinese())
	return t.awaitReason(x, pt.ID, reply{title: "请写明延期原因", text: q + "（尚未提交）"}, q)
}

// askWhy waits for the reason of what is to be done.
func (t *turn) askWhy(x *ledger.Task, point, what string) act {
	q := fmt.Sprintf("请写明%s的原因。", what)
	return t.awaitReason(x, point, reply{title: "请写明原因", text: q + "（尚未办理，直接回复原因即可；不办请回复“取消”）"}, q)
}

// awaitReason keeps what is to be done until its reason is given in free words.
func (t *turn) awaitReason(x *ledger.Task, point string, r reply, q string) act {
	p := &pending{Asked: q, Task: x.No, Reason: true, Mean: t.mean, Choices: []choice{{Task: x.No, Point: point}}}
	p.Mean.Task = x.No
	return act{reply: r, ask: p}
}

// deciders are who decides on an extension: leaders, and the supervision office, which
// records what leaders decide.
func deciders(b *ledger.Book) []string {
	out := supervisors(b)
	for id, m := range b.Members {
		if m.Has(ledger.DutyLeader) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	sortStrings(out)
	return out
}
