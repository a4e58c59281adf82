package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// maxAtOnce bounds how many applications one yes decides.
const maxAtOnce = 50

// runAgree and runDisagree decide on an application that is named by a quote, a number,
// or by being the only one. What leaves a doubt is asked back.
func runAgree(t *turn) (act, error) { return t.answerApplication(true) }

func runDisagree(t *turn) (act, error) { return t.answerApplication(false) }

func (t *turn) answerApplication(yes bool) (act, error) {
	if !may(t.me, decide) && !may(t.me, extend) && !may(t.me, bind) {
		return say("请说明事项", "请说明具体事项。现在没有等您答复的事项，未做任何改动。"), nil
	}
	list := t.applications()
	if len(t.marks) > 0 {
		return t.decideMarked(list, yes)
	}
	list = slices.DeleteFunc(list, func(a application) bool { return !t.means(a) })
	switch several := t.mean.All || len(t.mean.Tasks) > 1 && !t.quotes(); {
	case len(list) == 0:
		return t.nothingWaits(), nil
	case several && yes && len(list)+len(t.mean.Tasks) > 1:
		return t.askAll(list), nil
	case t.quotes():
		if shown := slices.DeleteFunc(slices.Clone(list), func(a application) bool { return !a.shownIn(t.quote) }); len(shown) == 1 {
			return t.decideNow(shown[0], yes)
		}
	case len(list) == 1 && (t.mean.Task != "" || t.mean.Name != "" || t.fresh(list[0])):
		return t.decideNow(list[0], yes)
	}
	if len(list) > 1 {
		return t.askWhich(list, yes), nil
	}
	return t.askBack(list[0], yes), nil
}

// quotes reports whether a message of the bot is quoted.
func (t *turn) quotes() bool { return t.m.Quote != nil }

// means reports whether the words can be about the application.
func (t *turn) means(a application) bool {
	m := t.mean
	tasks := m.Tasks
	if m.Task != "" {
		tasks = []string{m.Task}
	}
	switch {
	case m.Status != "" && m.Status != a.kind, m.Name != "" && m.Name != a.by:
		return false
	case len(tasks) > 0:
		return a.task != nil && slices.Contains(tasks, a.task.No)
	case t.quotes() && !m.All && a.task == nil: // a quote that names no task may show a claim
		return a.shownIn(t.quote)
	}
	return true
}

// nothingWaits says that there is nothing to decide, and what else there is.
func (t *turn) nothingWaits() act {
	x := t.book.Task(t.mean.Task)
	switch {
	case t.mean.Task != "" && x == nil:
		return say("没有这项任务", fmt.Sprintf("没有任务%s，未做任何改动。请核对编号。", wording.Escape(wording.Short(t.mean.Task, 12))))
	case x != nil:
		return say("没有待您决定的申请", fmt.Sprintf("任务%s目前没有待您决定的申请，未做任何改动。%s", x.No, t.otherwise(x)))
	case t.mean.Name != "":
		return say("没有待您决定的申请", fmt.Sprintf("没有找到%s待您决定的申请，未做任何改动。", wording.Escape(t.mean.Name)))
	}
	return say("没有待您决定的申请", "目前没有待您决定的申请，未做任何改动。")
}

// otherwise says what else waits on the task and how it is dealt with.
func (t *turn) otherwise(x *ledger.Task) string {
	p := t.book.Progress(x.No)
	switch {
	case p == nil:
		return ""
	case p.Declined != nil:
		return fmt.Sprintf("%s申请退办，同意请回复“转办 任务%s 给 单位”，不同意请回复“驳回退办 任务%s”。", who(p.Declined.By), x.No, x.No)
	case p.Need != nil:
		return fmt.Sprintf("%s申请协调，协调好后请回复“协调办结 任务%s”。", who(p.Need.By), x.No)
	}
	for _, pt := range x.Points {
		if s := p.Point(pt.ID); s.Ask != nil && s.Ask.By.ID == t.me.ID || s.Phase == ledger.PhasePending && s.AppliedBy == t.me.ID {
			return "您自己提交的申请须由其他同志决定。"
		}
	}
	return ""
}

// askBack names the one application that may be meant.
func (t *turn) askBack(a application, yes bool) act {
	q := fmt.Sprintf("您同意的是“%s”吗？", a.words())
	switch {
	case !yes:
		q = fmt.Sprintf("您不同意的是“%s”吗？", a.words())
	case !t.mean.Date.IsZero() && t.mean.Date != a.to:
		q = fmt.Sprintf("您同意的是“%s”，并批到%s吗？", a.words(), t.mean.Date.Chinese())
	}
	p := &pending{Asked: q, Confirm: true, Mean: t.mean, Marks: []string{a.mark}}
	return act{reply: reply{title: "请确认", text: q + "（尚未处理）\n\n请回复“确认”或“取消”。", buttons: yesNo()}, ask: p}
}

// askWhich lists the applications that may be meant.
func (t *turn) askWhich(list []application, yes bool) act {
	word := "同意"
	if !yes {
		word = "不同意"
	}
	q := fmt.Sprintf("有%s申请待您决定，您%s的是哪一项？", count(len(list)), word)
	p := &pending{Asked: q, Mean: t.mean}
	var b strings.Builder
	b.WriteString(q + "（尚未处理）\n\n")
	for i, a := range list[:min(len(list), maxChoices)] {
		p.Choices = append(p.Choices, choice{Label: a.kind, Mark: a.mark})
		fmt.Fprintf(&b, "%d. %s\n", i+1, a.words())
	}
	b.WriteString("\n请回复序号，例如：1。")
	if len(list) > maxChoices {
		b.WriteString("不在其中的，请带上任务编号，例如：同意延期 任务28。")
	} else if yes {
		b.WriteString("全部同意请回复“全部同意”。")
	}
	return act{reply: reply{title: "请问是哪一项", text: b.String()}, ask: p}
}

// askAll asks for one yes to several decisions, each of which is listed.
func (t *turn) askAll(list []application) act {
	more := len(list) - maxAtOnce
	list = list[:min(len(list), maxAtOnce)]
	q := fmt.Sprintf("确认同意以下%s申请？", count(len(list)))
	p := &pending{Asked: q, Confirm: true, Mean: t.mean}
	var b strings.Builder
	b.WriteString(q + "（尚未处理）\n\n")
	for _, a := range list {
		p.Marks = append(p.Marks, a.mark)
		b.WriteString("- " + a.words() + "\n")
	}
	for _, no := range t.mean.Tasks {
		if !slices.ContainsFunc(list, func(a application) bool { return a.task != nil && a.task.No == no }) {
			fmt.Fprintf(&b, "- 任务%s没有待您决定的申请，不处理\n", wording.Escape(no))
		}
	}
	if more > 0 {
		fmt.Fprintf(&b, "- 其余%s一次办不完，请之后再发\n", count(more))
	}
	b.WriteString("\n请回复“确认”或“取消”。")
	return act{reply: reply{title: "确认同意", text: b.String(), buttons: yesNo()}, ask: p}
}

// decideNow carries out the decision on one application as if its command had been given.
func (t *turn) decideNow(a application, yes bool) (act, error) {
	m := a.order(yes)
	m.Reason, m.Date = t.mean.Reason, t.mean.Date
	t.mean = m
	c := t.desk.table[m.Intent]
	if refusal, refused := t.refuse(c.need); refused {
		return refusal, nil
	}
	t.point = a.point.ID
	t.claim = a.who
	return c.run(t)
}

// decideMarked decides on those that the person was asked about and has said yes to. What
// has changed since is left alone and said.
func (t *turn) decideMarked(list []application, yes bool) (act, error) {
	list = slices.DeleteFunc(list, func(a application) bool { return !slices.Contains(t.marks, a.mark) })
	gone := len(t.marks) - len(list)
	if len(list) == 0 {
		return say("申请已变动", "这项申请已由他人处理或已有变动，未做任何改动。"), nil
	}
	if len(t.marks) == 1 {
		return t.decideNow(list[0], yes)
	}
	mean, all, seen := t.mean, act{}, map[string]bool{}
	var lines []string
	for _, a := range list {
		if a.task != nil && seen[a.task.ID] { // one event of a task in one commit
			lines = append(lines, "- 任务"+a.task.No+"另有一项申请，请再发一次“同意 任务"+a.task.No+"”")
			continue
		}
		t.mean, t.nth = mean, len(all.events)
		one, err := t.decideNow(a, yes)
		if err != nil {
			return act{}, err
		}
		if a.task != nil {
			seen[a.task.ID] = true
		}
		lines = append(lines, "- "+strings.ReplaceAll(one.reply.text, "\n", " "))
		all.join(one)
	}
	if gone > 0 {
		lines = append(lines, fmt.Sprintf("- 另有%s已由他人处理或已有变动，未处理", count(gone)))
	}
	all.reply.title, all.reply.text = "已处理", fmt.Sprintf("已处理%s：\n\n%s", count(len(all.events)), strings.Join(lines, "\n"))
	return all, nil
}

// join adds what another decision of the same turn writes. What several tell one person
// in a line each is told at once.
func (a *act) join(b act) {
	a.puts, a.expects, a.events = append(a.puts, b.puts...), append(a.expects, b.expects...), append(a.events, b.events...)
	a.pressed = append(a.pressed, b.pressed...)
	a.reply.tasks = append(a.reply.tasks, b.reply.tasks...)
	for _, n := range b.notices {
		i := slices.IndexFunc(a.notices, func(o ledger.Notice) bool {
			return strings.HasPrefix(n.Key, decidedKey) && strings.HasPrefix(o.Key, decidedKey) && o.To == n.To
		})
		if i < 0 {
			a.notices = append(a.notices, n)
			continue
		}
		a.notices[i].Body.Text += "\n\n" + n.Body.Text
		a.notices[i].Body.Tasks = append(slices.Clone(a.notices[i].Body.Tasks), n.Body.Tasks...)
	}
}

// decidedKey begins the keys of what the other deciders are told.
const decidedKey = "decided/"

// tellDeciders says in a line to the others who got the application that it is decided.
func (t *turn) tellDeciders(a *act, id string, ids []string, line string, tasks ...string) {
	t.tell(a, decidedKey+id, ids, ledger.Body{Title: "申请已处理", Text: wording.Escape(t.me.Name) + line, Tasks: tasks})
}
