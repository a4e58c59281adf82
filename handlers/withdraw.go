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

// ownWord is the newest thing that a person has said on a task and that still stands.
type ownWord struct {
	task  *ledger.Task
	event string
	point string
	at    time.Time
	by    ledger.Actor
	what  string // 反馈, 延期申请
	text  string
	told  bool // others were asked to decide on it
}

// ownWords lists them, newest first.
func (t *turn) ownWords() []ownWord {
	var out []ownWord
	for _, x := range t.book.Tasks {
		p := t.book.Progress(x.No)
		if p == nil {
			continue
		}
		if last := p.LastBy(t.me.ID); last != nil {
			w := ownWord{task: x, event: last.Event, point: last.Point, at: last.At, by: last.By, what: "反馈", text: last.Report.Text}
			if s := p.Point(last.Point); s.Phase == ledger.PhasePending && s.AppliedBy == t.me.ID && s.AppliedAt.Equal(last.At) {
				w.what, w.told = "办结申请", true
			}
			out = append(out, w)
		}
		for id, s := range p.Points {
			if s.Ask != nil && s.Ask.By.ID == t.me.ID {
				out = append(out, extensionWord(x, id, s.Ask))
			}
		}
		for what, r := range map[string]*ledger.Remark{"协调申请": p.Need, "退办申请": p.Declined} {
			if r != nil && r.By.ID == t.me.ID {
				out = append(out, ownWord{task: x, event: r.Event, point: t.lastPoint(x), at: r.At, by: r.By, what: what, text: r.Text, told: true})
			}
		}
	}
	slices.SortFunc(out, func(a, b ownWord) int {
		if c := b.at.Compare(a.at); c != 0 {
			return c
		}
		return strings.Compare(b.event, a.event)
	})
	return out
}

func extensionWord(x *ledger.Task, point string, ask *ledger.Extension) ownWord {
	return ownWord{task: x, event: ask.Event, point: point, at: ask.At, by: ask.By, what: "延期申请", text: "申请延至" + ask.To.Chinese() + "，" + ask.Reason, told: true}
}

// runWithdraw takes back what the speaker has said last, of whatever kind, within its time.
func runWithdraw(t *turn) (act, error) {
	if t.me != nil && len(t.me.Duties) == 0 && len(pendingUnits(t.me)) > 0 {
		return t.withdrawClaim()
	}
	if a, refused := t.refuse(feedBack); refused {
		return a, nil
	}
	list := t.ownWords()
	if no := t.mean.Task; no != "" {
		list = slices.DeleteFunc(list, func(w ownWord) bool { return w.task.No != no })
	}
	switch {
	case len(list) == 0:
		return say("没有可撤回的反馈", "没有找到您可以撤回的反馈或申请，未做任何改动。"), nil
	case t.now.Sub(list[0].at) > withdrawFor && list[0].what == "延期申请":
		no := list[0].task.No
		return say("已超过撤回时间", fmt.Sprintf("任务%s的延期申请已超过30分钟。仍要撤回，请回复“撤回任务%s的延期申请”。（未做任何改动）", no, no)), nil
	case t.now.Sub(list[0].at) > withdrawFor:
		no := list[0].task.No
		return say("已超过撤回时间", fmt.Sprintf("任务%s的%s已超过30分钟，不能撤回。可回复“更正 任务%s 正确内容”，原反馈会保留。", no, list[0].what, no)), nil
	}
	return t.takeBack(list[0])
}

// takeBack writes the withdrawal, and tells those who were asked to decide.
func (t *turn) takeBack(w ownWord) (act, error) {
	p := t.book.Progress(w.task.No)
	if err := ledger.Lawful(ledger.StateOf(p, w.point), ledger.EventWithdraw); err != nil {
		return illegal(w.task, p, w.point, ledger.EventWithdraw), nil
	}
	events, err := t.history(w.task.ID)
	if err != nil {
		return act{}, err
	}
	e := t.event(w.task, w.point, ledger.EventWithdraw, ledger.Actor{ID: t.me.ID, Name: t.me.Name, Unit: w.by.Unit, Behalf: w.by.Behalf})
	e.Ref = w.event
	next := ledger.Fold(w.task.ID, append(slices.Clone(events), e))
	word := "这条反馈"
	if w.what != "反馈" {
		word = w.what
	}
	a := say("已撤回", fmt.Sprintf("已撤回任务%s的%s：\n\n> %s\n\n撤回情况已留痕。", w.task.No, word, wording.Escape(wording.Short(w.text, 200))))
	if t.talk != nil {
		a.reply.text += "刚才的提问已取消。"
	}
	a.reply.tasks = []string{w.task.No}
	if w.told {
		ids := deciders(t.book)
		if w.what == "办结申请" {
			ids = supervisors(t.book)
		}
		t.tell(&a, "withdraw/"+e.ID, ids, ledger.Body{Title: "申请已撤回 任务" + w.task.No, Tasks: []string{w.task.No},
			Text: fmt.Sprintf("%s 已撤回任务%s的%s，无需再处理。", who(e.By), w.task.No, w.what)})
	}
	return a, t.enter(&a, w.task, e, next)
}

// withdrawClaim takes back one's claim to a unit.
func (t *turn) withdrawClaim() (act, error) {
	me := *t.me
	units := strings.Join(me.Pending, "、")
	me.Pending, me.Leaving = nil, nil
	a := say("已撤回", fmt.Sprintf("已撤回绑定“%s”的申请。", wording.Escape(units)))
	t.noted(&a, "撤回绑定申请 "+units)
	t.tell(&a, "withdraw/"+t.m.ID, supervisors(t.book), ledger.Body{Title: "申请已撤回", Text: fmt.Sprintf("%s 已撤回绑定“%s”的申请，无需再处理。", wording.Escape(me.Name), wording.Escape(units))})
	return a, t.put(&a, ledger.RecordMember, me.ID, me)
}

// runExtendBack takes back a request for extension that waits, however old it is.
func runExtendBack(t *turn) (act, error) {
	own := func(p *ledger.Progress) string {
		if point := asking(p); point != "" {
			if by := p.Points[point].Ask.By; by.ID == t.me.ID || t.me.In(by.Unit) {
				return point
			}
		}
		return ""
	}
	x, ask, ok := t.waitingTask(nothingWaits(), func(x *ledger.Task) bool { return own(t.book.Progress(x.No)) != "" })
	if !ok {
		return ask, nil
	}
	p := t.book.Progress(x.No)
	point := own(p)
	switch {
	case point != "":
		return t.takeBack(extensionWord(x, point, p.Points[point].Ask))
	case asking(p) == "":
		return say("没有延期申请", fmt.Sprintf("任务%s目前没有待批的延期申请，未做任何改动。", x.No)), nil
	case may(t.me, extend):
		return say("由申请单位撤回", fmt.Sprintf("任务%s的延期申请由申请人撤回。不同意延期请回复“不同意延期 任务%s 原因”。（未做任何改动）", x.No, x.No)), nil
	}
	return say("不是您的申请", fmt.Sprintf("任务%s的延期申请不是贵单位提交的，未做任何改动。", x.No)), nil
}

// withdrawn is the task whose history a withdrawal needs.
func (t *turn) withdrawn() string {
	if t.me != nil && t.mean.Intent == understand.Withdraw && t.mean.Task == "" {
		if list := t.ownWords(); len(list) > 0 {
			return list[0].task.No
		}
	}
	return t.historyOf()
}
