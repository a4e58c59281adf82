package handlers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runWaiting lists all that waits for a decision of the speaker, each with the words that
// decide it.
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
	if may(t.me, bind) && !t.m.Conversation.Group {
		for _, id := range slices.Sorted(maps.Keys(t.book.Members)) {
			if m := t.book.Members[id]; len(pendingUnits(m)) > 0 {
				lines = append(lines, fmt.Sprintf("- 绑定申请：%s申请绑定%s。回复“同意绑定 %s”或“不同意绑定 %s”", wording.Escape(m.Name), wording.Escape(strings.Join(m.Pending, "、")), wording.Escape(m.Name), wording.Escape(m.Name)))
			}
		}
	}
	if len(lines) == 0 {
		return say("待处理的事项", "目前没有等您处理的事项（办结申请、延期申请、退办、需协调等）。"), nil
	}
	a := say("待处理的事项", t.pages(fmt.Sprintf("**待处理的事项** %s", count(len(lines))), lines, "待我处理的有哪些"))
	a.reply.tasks = nos
	return a, nil
}

// waitingOn is a line for each thing about the task that the speaker may decide.
func (t *turn) waitingOn(x *ledger.Task) []string {
	p := t.book.Progress(x.No)
	if p == nil {
		return nil
	}
	title := fmt.Sprintf("任务%s %s", x.No, wording.Escape(wording.Short(x.Title, 24)))
	var out []string
	add := func(what, label, say string) {
		out = append(out, fmt.Sprintf("- %s：%s%s。回复%s", what, title, label, say))
	}
	for _, pt := range waiting(x, p) {
		s := p.Point(pt.ID)
		add("办结申请", fmt.Sprintf("%s（%s申请）", label(x, pt), wording.Day(s.AppliedAt)), fmt.Sprintf("“通过 任务%s”或“退回 任务%s 原因”", x.No, x.No))
	}
	for _, pt := range x.Points {
		if s := p.Point(pt.ID); s.Ask != nil && may(t.me, extend) {
			add("延期申请", fmt.Sprintf("%s由%s延至%s", label(x, pt), pt.Due.Chinese(), s.Ask.To.Chinese()), fmt.Sprintf("“同意延期 任务%s”或“不同意延期 任务%s 原因”", x.No, x.No))
		}
	}
	if p.Declined != nil && may(t.me, manage) {
		add("退办", "："+wording.Escape(wording.Short(p.Declined.Text, 40)), fmt.Sprintf("“转办 任务%s 给 单位”或“驳回退办 任务%s”", x.No, x.No))
	}
	if p.Need != nil && may(t.me, press) {
		add("需协调", "："+wording.Escape(wording.Short(p.Need.Text, 40)), fmt.Sprintf("“批示 任务%s 内容”，处理后“协调办结 任务%s”", x.No, x.No))
	}
	return out
}
