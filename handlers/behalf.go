package handlers

import (
	"fmt"
	"regexp"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// ofName is how a unit's name begins behind 代 or 替: not with what makes another word of them.
const ofName = `(?:建设|征收|[^替代建理表码换收征购销运，,。；;：:\s])`

var (
	// spokenFor are words that say that the speaker reports in another's name.
	spokenFor = regexp.MustCompile(`代\s*报|代为(?:反馈|报|填|上报|申请)|[代替]` + ofName + `[^，,。；;]{0,13}?(?:报|反馈|填|申请)`)
	// handedIn are the words at the head of a report that only say that it is another's.
	handedIn = regexp.MustCompile(`^(?:代\s*报|代为(?:反馈|填报|上报|报|填|申请)|[代替]` + ofName + `[^，,。；;：:\s]{0,13}?(?:反馈|填报|上报|报|填))(?:一下)?[\s：:，,]*`)
	// reshape are orders about the task itself, which only the plan changes.
	reshape = regexp.MustCompile(`(?:分解|拆分|细化)(?:一下|成|为|任务)|(?:增加|新增|添加|加|增设|调整|修改|删除)(?:一个|个|一下)?节点`)
)

// ownReport is what the unit would have written: the record says of itself that it was
// handed in for the unit.
func ownReport(text, no string) string {
	head := handedIn.FindString(text)
	if rest := afterTask(text[len(head):], no); head != "" && rest != "" {
		return rest
	}
	return text
}

// askBehalf asks the office whether its words are a unit's report: without a yes nothing
// is recorded in a unit's name. Where an application waits, they may be the answer to it.
func (t *turn) askBehalf(x *ledger.Task, unit string) act {
	if a, ok := t.ofThePlan(x); ok {
		return a
	}
	for _, a := range t.taskApplications(x) {
		if a.kind == understand.KindExtension && t.mean.Intent == understand.Postpone { // the office decides on it and asks for none of its own
			day := a.to.Chinese()
			if !t.mean.Date.IsZero() {
				day = t.mean.Date.Chinese()
			}
			return say("有延期申请待审批", fmt.Sprintf("任务%s有一项延期申请待审批：由%s延至%s。同意请回复“同意延期 任务%s 到%s”，不同意请回复“不同意延期 任务%s 原因”。（未做任何改动）",
				x.No, a.point.Due.Chinese(), a.to.Chinese(), x.No, day, x.No))
		}
	}
	what, left := "反馈", "尚未记录"
	if t.mean.Intent == understand.Postpone {
		what, left = "申请延期", "尚未提交"
	}
	q := fmt.Sprintf("任务%s的责任单位是%s，您这是代%s%s吗？", x.No, ownersText(x), wording.Escape(unit), what)
	p := &pending{Asked: q, Task: x.No, Mean: t.mean, Text: t.words()}
	p.Mean.Task = x.No
	self := choice{Task: x.No, Point: t.point, Who: true}
	down, ok := t.asReturn(x)
	if !ok {
		p.Confirm, p.Choices = true, []choice{self}
		return act{reply: reply{title: "是代报吗", text: q + "（" + left + "）\n\n是的，请回复“确认”；不是，请回复“取消”。", buttons: yesNo()}, ask: p}
	}
	p.Choices = []choice{down, self}
	return act{reply: reply{title: "请问是哪一种", text: fmt.Sprintf("任务%s有一项办结申请待审核，请问您是：（尚未处理）\n\n1. %s\n2. 代%s%s\n\n请回复序号，例如：1。", x.No, down.Label, wording.Escape(unit), what)}, ask: p}
}

// asAnswer takes words that are not understood under the quote of an application for the
// answer to it: 材料不全，请补充. It asks; nothing is returned by a guess.
func (t *turn) asAnswer() (act, bool) {
	switch t.mean.Intent {
	case understand.Clarify, understand.Unknown:
	default:
		return act{}, false
	}
	if !t.quotes() || !may(t.me, decide) || len(t.about) != 1 {
		return act{}, false
	}
	x := t.book.Task(t.about[0])
	if x == nil || t.unit(x) != "" {
		return act{}, false
	}
	down, ok := t.asReturn(x)
	return t.askReturn(x, down), ok
}

// askReturn asks whether an application is returned for the reason that was said.
func (t *turn) askReturn(x *ledger.Task, down choice) act {
	q := fmt.Sprintf("任务%s有一项办结申请待审核，您是要退回吗？", x.No)
	return act{reply: reply{title: "请确认", text: fmt.Sprintf("%s（尚未处理）\n\n1. %s\n\n是的，请回复“1”；不是，请回复“取消”。", q, down.Label)},
		ask: &pending{Asked: q, Task: x.No, Choices: []choice{down}}}
}

// asReturn is the reading of free words on a task as the reason of a return, where an
// application for its closing waits.
func (t *turn) asReturn(x *ledger.Task) (choice, bool) {
	words := afterTask(t.words(), x.No)
	if t.mean.Percent != nil || t.mean.Intent == understand.Done || words == "" {
		return choice{}, false
	}
	for _, a := range t.taskApplications(x) {
		if a.kind == understand.KindClosing {
			return choice{
				Label: fmt.Sprintf("退回办结申请，原因：%s", wording.Escape(wording.Short(words, 60))), Mark: a.mark,
				Mean: &understand.Meaning{Intent: understand.Disagree, Reason: words},
			}, true
		}
	}
	return choice{}, false
}

// ofThePlan answers an order to take a task apart: tasks and checkpoints are the plan's.
func (t *turn) ofThePlan(x *ledger.Task) (act, bool) {
	if !reshape.MatchString(t.words()) {
		return act{}, false
	}
	return say("请修订方案", fmt.Sprintf("任务%s的内容和节点以方案为准，不能在对话中改动，未做记录。请在方案文件中修改后发给我导入，确认后生效，已有反馈保留。", x.No)), true
}

// leaderSays answers a leader whose words would be a report in a unit's mouth: a leader
// decides and instructs.
func (t *turn) leaderSays() (act, error) {
	if t.mean.Task == "" && t.mean.Intent == understand.Clarify {
		return runClarify(t)
	}
	x, ask, ok := t.oneTask(false)
	if !ok {
		return ask, nil
	}
	for _, a := range t.taskApplications(x) {
		switch {
		case a.kind == understand.KindClosing && t.mean.Intent == understand.Done:
			t.mean = understand.Meaning{Intent: understand.Agree, Task: x.No}
			return t.askBack(a, true), nil
		case a.kind == understand.KindExtension && t.mean.Intent == understand.Postpone && !t.mean.Date.IsZero():
			t.mean = understand.Meaning{Intent: understand.ExtendYes, Task: x.No, Date: t.mean.Date}
			if t.mean.Date == a.to {
				return t.askBack(a, true), nil
			}
			return runExtendYes(t)
		}
	}
	if t.mean.Intent == understand.Reopen && t.level(x) == ledger.LevelClosed {
		return runReopen(t)
	}
	if a, ok := t.ofThePlan(x); ok {
		return a, nil
	}
	if down, ok := t.asReturn(x); ok {
		return t.askReturn(x, down), nil
	}
	return say("没有记录", fmt.Sprintf("领导不用反馈进展和提出申请，未做记录。%s对任务%s可以回复：批示 任务%s 内容；催办 任务%s；有申请的，同意 任务%s 或不同意 任务%s 原因。",
		t.whatWaits(x), x.No, x.No, x.No, x.No, x.No)), nil
}

// whatWaits says whether something on the task waits for the speaker.
func (t *turn) whatWaits(x *ledger.Task) string {
	list := t.taskApplications(x)
	if len(list) == 0 {
		return fmt.Sprintf("任务%s没有待您决定的申请。", x.No)
	}
	return "待您决定：" + list[0].words() + "。"
}
