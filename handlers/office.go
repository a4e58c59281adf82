package handlers

import (
	"fmt"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// remark is a decision about a task as a whole that needs a reason and a yes.
type remark struct {
	kind   ledger.EventKind
	word   string
	reason bool // a reason is required
}

func runPause(t *turn) (act, error)      { return t.remark(remark{ledger.EventPause, "暂缓", true}) }
func runCancelTask(t *turn) (act, error) { return t.remark(remark{ledger.EventCancel, "撤销", true}) }
func runStrike(t *turn) (act, error)     { return t.remark(remark{ledger.EventStrike, "销号", false}) }
func runKeep(t *turn) (act, error)       { return t.remark(remark{ledger.EventKeep, "驳回退办", false}) }
func runMet(t *turn) (act, error)        { return t.remark(remark{ledger.EventMet, "协调办结", false}) }

// runResume takes up again what was put aside; of a closed task the same words reopen it.
func runResume(t *turn) (act, error) {
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	switch ledger.StateOf(t.book.Progress(x.No), t.lastPoint(x)) {
	case ledger.StateClosed, ledger.StateStruck:
		return runReopen(t)
	}
	return t.remark(remark{ledger.EventResume, "恢复", false})
}

// runFollowed ends the follow-up of a leader's instruction; the task itself goes on.
func runFollowed(t *turn) (act, error) {
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	if p := t.book.Progress(x.No); p == nil || p.Follow == nil {
		return say("没有跟踪的批示", fmt.Sprintf("任务%s没有正在跟踪的批示，未做任何改动。", x.No)), nil
	}
	return t.remark(remark{ledger.EventFollowed, "批示办结", false})
}

// remark records what the office decides about a task, after a yes.
func (t *turn) remark(r remark) (act, error) {
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	p := t.book.Progress(x.No)
	point := t.lastPoint(x)
	if err := ledger.Lawful(ledger.StateOf(p, point), r.kind); err != nil || r.kind == ledger.EventMet && (p == nil || p.Need == nil) {
		return illegal(x, p, point, r.kind), nil
	}
	if r.kind == ledger.EventStrike && t.level(x) != ledger.LevelClosed {
		return say("尚未办结", fmt.Sprintf("任务%s还有未办结的节点，不能销号。未做任何改动。", x.No)), nil
	}
	if r.reason && t.reason() == "" {
		return t.askWhy(x, point, r.word+"任务"+x.No), nil
	}
	if !t.confirmed {
		q := fmt.Sprintf("确认%s任务%s“%s”？", r.word, x.No, wording.Escape(wording.Short(x.Title, 30)))
		p := &pending{Asked: q, Task: x.No, Confirm: true, Mean: t.mean}
		p.Mean.Task, p.Mean.Reason = x.No, t.reason()
		return act{reply: reply{title: "确认" + r.word, text: q + "\n\n请回复“确认”或“取消”。", buttons: yesNo()}, ask: p}, nil
	}
	e := t.event(x, point, r.kind, ledger.Actor{ID: t.me.ID, Name: t.me.Name})
	e.Reason = t.reason()
	a := act{}
	text := fmt.Sprintf("已%s：**任务%s** %s。", r.word, x.No, wording.Escape(wording.Short(x.Title, 40)))
	if e.Reason != "" {
		text += "原因：" + wording.Escape(e.Reason)
	}
	told := t.deliver(&a, string(r.kind)+"/"+e.ID, x.Named(), ledger.Body{Title: r.word + " 任务" + x.No, Text: text, Tasks: []string{x.No}})
	a.reply = reply{title: "已" + r.word, text: text + "\n\n" + told, tasks: []string{x.No}}
	return a, t.enter(&a, x, e, p.With(x.ID, e))
}

// lastPoint is the checkpoint that a word on the whole task is written under: the
// current one, else the last.
func (t *turn) lastPoint(x *ledger.Task) string {
	if pt, ok := ledger.CurrentPoint(x, t.book.Progress(x.No), t.today); ok {
		return pt.ID
	}
	if n := len(x.Points); n > 0 {
		return x.Points[n-1].ID
	}
	return ""
}

// runNeed raises what a unit cannot settle alone; leaders see it.
func runNeed(t *turn) (act, error) {
	return t.raise(ledger.EventNeed, "申请协调", "需要协调什么", "数据接口需多个单位统一开放")
}

// runDecline says that a task is not the unit's; the office decides.
func runDecline(t *turn) (act, error) {
	return t.raise(ledger.EventDecline, "退办", "退办的理由", "不属于本单位职责")
}

func (t *turn) raise(kind ledger.EventKind, word, what, example string) (act, error) {
	if t.mean.Task == "" && len(t.mean.Tasks) == 0 && t.reason() == "" {
		return say("请写明任务和内容", fmt.Sprintf("请写明任务编号和%s，例如：%s 任务28 %s。（未做任何改动）", what, strings.Replace(word, "申请", "需", 1), example)), nil
	}
	x, ask, ok := t.oneTask(true)
	if !ok {
		return ask, nil
	}
	by, ask, ok := t.actorFor(x)
	if !ok {
		return ask, nil
	}
	if t.reason() == "" {
		return say("请写明内容", fmt.Sprintf("请写明%s，例如：%s 任务%s %s。（未做任何改动）", what, strings.Replace(word, "申请", "需", 1), x.No, example)), nil
	}
	p, point := t.book.Progress(x.No), t.lastPoint(x)
	if err := ledger.Lawful(ledger.StateOf(p, point), kind); err != nil {
		return illegal(x, p, point, kind), nil
	}
	e := t.event(x, point, kind, by)
	e.Reason = t.reason()
	a := say("已"+word, fmt.Sprintf("已%s：**任务%s** %s\n\n> %s\n\n督查室将尽快处理。", word, x.No, wording.Escape(wording.Short(x.Title, 40)), wording.Escape(wording.Short(e.Reason, 300))))
	a.reply.tasks = []string{x.No}
	hint := fmt.Sprintf("处理后请回复“协调办结 任务%s”。", x.No)
	if kind == ledger.EventDecline {
		hint = fmt.Sprintf("请回复“转办 任务%s 给 单位”或“驳回退办 任务%s”。", x.No, x.No)
	}
	t.tell(&a, string(kind)+"/"+e.ID, deciders(t.book), ledger.Body{Title: word + " 任务" + x.No, Tasks: []string{x.No},
		Text: fmt.Sprintf("%s %s：**任务%s** %s\n\n> %s\n\n%s", who(by), word, x.No, wording.Escape(wording.Short(x.Title, 40)), wording.Escape(wording.Short(e.Reason, 300)), hint)})
	return a, t.enter(&a, x, e, p.With(x.ID, e))
}

// runAudit shows the whole record of a task to the office.
func runAudit(t *turn) (act, error) { return runHistory(t) }
