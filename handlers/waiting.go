package handlers

import (
	"fmt"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runWaiting lists all that waits for a decision of the speaker, each with the words that
// decide it: what was applied for, task by task, and what the units cannot do alone.
func runWaiting(t *turn) (act, error) {
	var lines, nos []string
	for _, x := range t.book.Tasks {
		if !t.see.sees(x) {
			continue
		}
		if got := t.waitingOn(x); len(got) > 0 {
			lines, nos = append(lines, got...), append(nos, x.No)
		}
	}
	for _, a := range t.claims() {
		lines = append(lines, a.waits())
	}
	if len(lines) == 0 {
		return say("待处理的事项", "目前没有等您处理的事项（办结申请、延期申请、退办、需协调等）。"), nil
	}
	a := say("待处理的事项", t.pages(fmt.Sprintf("**待处理的事项** %s", count(len(lines))), lines, "待我处理的有哪些"))
	a.reply.tasks = nos
	return a, nil
}

// otherWaiting counts what waits for the speaker beside applications for closing.
func (t *turn) otherWaiting() int {
	n := len(t.claims())
	for _, x := range t.book.Tasks {
		if !t.see.sees(x) {
			continue
		}
		n += len(t.waitingOn(x))
		for _, a := range t.taskApplications(x) {
			if a.kind == understand.KindClosing {
				n--
			}
		}
	}
	return n
}

// waitingOn is a line for each thing about the task that the speaker may decide.
func (t *turn) waitingOn(x *ledger.Task) []string {
	var out []string
	for _, a := range t.taskApplications(x) {
		out = append(out, a.waits())
	}
	p := t.book.Progress(x.No)
	if p == nil {
		return out
	}
	add := func(what, text, say string) {
		out = append(out, fmt.Sprintf("- %s：任务%s %s：%s。回复%s", what, x.No, wording.Escape(wording.Short(x.Title, 24)), wording.Escape(wording.Short(text, 40)), say))
	}
	if p.Declined != nil && may(t.me, manage) {
		add("退办", p.Declined.Text, fmt.Sprintf("“转办 任务%s 给 单位”或“驳回退办 任务%s”", x.No, x.No))
	}
	if p.Need != nil && may(t.me, press) {
		add("需协调", p.Need.Text, fmt.Sprintf("“批示 任务%s 内容”，处理后“协调办结 任务%s”", x.No, x.No))
	}
	return out
}

// waits is the line of a list that shows the application and the words that decide it.
func (a application) waits() string {
	if a.task == nil {
		by := wording.Escape(a.by)
		return fmt.Sprintf("- 绑定申请：%s申请绑定%s。回复“同意绑定 %s”或“不同意绑定 %s”", by, wording.Escape(strings.Join(a.units, "、")), by, by)
	}
	no, title := a.task.No, wording.Escape(wording.Short(a.task.Title, 24))
	if a.kind == understand.KindExtension {
		return fmt.Sprintf("- 延期申请：任务%s %s%s由%s延至%s。回复“同意延期 任务%s”或“不同意延期 任务%s 原因”", no, title, label(a.task, a.point), a.point.Due.Chinese(), a.to.Chinese(), no, no)
	}
	return fmt.Sprintf("- 办结申请：任务%s %s%s（%s申请）。回复“通过 任务%s”或“退回 任务%s 原因”", no, title, label(a.task, a.point), wording.Day(a.at), no, no)
}
