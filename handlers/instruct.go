package handlers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runInstruct passes a leader's word on a task to its units, who must sign for it.
func runInstruct(t *turn) (act, error) {
	if t.mean.Task == "" && len(t.mean.Tasks) == 0 {
		if a, ok := t.askShown(); ok && t.mean.Unit == "" && t.reason() != "" {
			return a, nil
		}
		return t.askInstructed(), nil
	}
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	t.mean.Reason = afterTask(t.reason(), x.No)
	if words, _ := t.preset(t.reason()); words == "" {
		q := fmt.Sprintf("请写明对任务%s的批示内容", x.No)
		return t.awaitReason(x, "", reply{title: "请写明批示内容", text: q + "，直接回复即可，例如：请抓紧推进，月底前报结果。不批示请回复“取消”。（尚未发出）"}, q+"。"), nil
	}
	return t.press(x, ledger.EventInstruct, "批示", t.reason())
}

// presetName is the name of the way in which an instruction is to be followed up.
var presetName = regexp.MustCompile(`^(?:按|按照|以)?\s*13710\s*(?:办理|跟踪|要求)?[\s:：,，。]*`)

// preset splits an instruction into its words and the way in which it is followed up;
// empty when it is not.
func (t *turn) preset(text string) (words, preset string) {
	if m := presetName.FindString(text); m != "" {
		return text[len(m):], ledger.Preset13710
	}
	if t.desk.o.Follow {
		return text, ledger.Preset13710
	}
	return text, ""
}

// askInstructed asks which task an instruction is on: of the unit's that is named, else of
// all by number.
func (t *turn) askInstructed() act {
	if t.reason() == "" {
		return say("请写明任务和内容", "请写明任务编号和批示内容，例如：批示 任务28 请抓紧推进，月底前报结果。（未做任何改动）")
	}
	if t.mean.Unit != "" {
		var list []*ledger.Task
		for _, x := range t.owned([]string{t.mean.Unit}) {
			if l := t.level(x); l != ledger.LevelClosed && l != ledger.LevelCancelled {
				list = append(list, x)
			}
		}
		if n := len(list); n > 0 && n <= maxChoices {
			return t.askTask(list, true)
		}
	}
	q := "请问批示的是哪项任务？"
	return act{reply: reply{title: "请问是哪项任务", text: q + "请回复任务编号，例如：任务28。（尚未发出）"}, ask: &pending{Asked: q, Mean: t.mean, Text: t.m.Text}}
}

// Bounds of the list of instructions.
const (
	instructedFor  = 365 // days looked back
	instructedMost = 20
)

// runMyInstructions lists the leader's own instructions, newest first, with how their tasks
// stand; the office sees everybody's.
func runMyInstructions(t *turn) (act, error) {
	events, err := t.desk.o.Ledger.Events(t.ctx, "", t.now.AddDate(0, 0, -instructedFor), t.now.Add(time.Second))
	if err != nil {
		return act{}, fmt.Errorf("handlers: instructions: %w", err)
	}
	var lines, nos []string
	left := 0
	for _, e := range slices.Backward(events) {
		x := t.book.ByID(e.Task)
		if e.Kind != ledger.EventInstruct || x == nil || !t.see.sees(x) || t.me.Has(ledger.DutyLeader) && e.By.ID != t.me.ID {
			continue
		}
		if len(lines) == instructedMost {
			left++
			continue
		}
		by := ""
		if e.By.ID != t.me.ID {
			by = wording.Escape(e.By.Name) + "，"
		}
		lines = append(lines, fmt.Sprintf("- 任务%s %s（%s%s）：%s\n  %s", x.No, wording.Escape(wording.Short(x.Title, 30)), by, wording.Day(e.At),
			wording.Escape(wording.Short(e.Reason, 60)), t.instructionState(x, e)))
		nos = append(nos, x.No)
	}
	if len(lines) == 0 {
		return say("批示落实情况", "近一年没有批示记录。"), nil
	}
	text := fmt.Sprintf("**批示落实情况** 共%s\n\n%s", count(len(lines)+left), strings.Join(lines, "\n"))
	if left > 0 {
		text += fmt.Sprintf("\n- 更早的%s略，可用“台账 任务编号”查看", count(left))
	}
	a := say("批示落实情况", wording.Cut(text, pageBytes))
	a.reply.tasks = nos
	return a, nil
}

// instructionState says where the task of an instruction stands, and what has been said
// on it since.
func (t *turn) instructionState(x *ledger.Task, e ledger.Event) string {
	p := t.book.Progress(x.No)
	out := string(ledger.StateOf(p, t.lastPoint(x)))
	var owing []string
	for _, u := range p.Unsigned {
		if slices.Contains(e.Units, u) {
			owing = append(owing, wording.Escape(u))
		}
	}
	if len(owing) > 0 {
		out += "，未签收：" + wording.Units(owing, 3)
	}
	if p.Follow != nil && p.Follow.Event == e.ID {
		out += "，跟踪中"
	}
	if p.Last != nil && p.Last.At.After(e.At) {
		return out + "，" + wording.Day(p.Last.At) + "反馈：" + wording.Escape(wording.Short(p.Last.Report.Text, 40))
	}
	return out + "，批示后尚无反馈"
}
