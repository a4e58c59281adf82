package handlers

import (
	"fmt"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runSetRhythm gives a task a reporting rhythm of its own, or takes it back.
func runSetRhythm(t *turn) (act, error) {
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	if t.mean.N < 0 || t.mean.N > 31 {
		return say("报送日有误", fmt.Sprintf("报送日应在1日到31日之间，例如：任务%s 按季报送 25日。（未做任何改动）", x.No)), nil
	}
	p, point := t.book.Progress(x.No), t.lastPoint(x)
	if err := ledger.Lawful(ledger.StateOf(p, point), ledger.EventRhythm); err != nil {
		return illegal(x, p, point, ledger.EventRhythm), nil
	}
	e := t.event(x, point, ledger.EventRhythm, ledger.Actor{ID: t.me.ID, Name: t.me.Name})
	if t.mean.Order != understand.RhythmDefault {
		e.Reporting = &ledger.Reporting{Every: ledger.Rhythm(t.mean.Order), Day: t.mean.N}
	}
	before := t.reporting(x)
	next := p.With(x.ID, e)
	now := ledger.ReportingOf(next, t.desk.o.Rhythm.Plan)
	if now.Every.On() && now.Day == 0 {
		now.Day = ledger.MonthEnd
		e.Reporting.Day = now.Day
		next = p.With(x.ID, e)
	}
	if own := p != nil && p.Reporting != nil; now == before && own == (e.Reporting != nil) {
		return say("无需调整", fmt.Sprintf("任务%s的报送要求已经是：%s。未做任何改动。", x.No, wording.Reporting(now))), nil
	}
	e.Reason = wording.Reporting(now)
	if e.Reporting == nil {
		e.Reason = "恢复方案统一要求：" + e.Reason
	}
	text := fmt.Sprintf("已调整报送周期：**任务%s** %s\n\n- %s", x.No, wording.Escape(wording.Short(x.Title, 40)), e.Reason)
	if now.Every.On() {
		text += fmt.Sprintf("\n- 本期报送日：%s，当天在提醒中一并告知责任单位", now.By(t.today, t.workday).Chinese())
	}
	a := say("已调整报送周期", text)
	a.reply.tasks = []string{x.No}
	return a, t.enter(&a, x, e, next)
}
