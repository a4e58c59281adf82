package handlers

import (
	"fmt"
	"regexp"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
)

var (
	// numberedTask is a task called by its number inside a text.
	numberedTask = regexp.MustCompile(`任务\s*(\d{1,4})`)
	// numberList calls several tasks of which the same is said (任务20、28、29本月均按计划推进).
	numberList = regexp.MustCompile(`^任务\s*(\d{1,4}(?:\s*(?:[、,，]|和|及|与)\s*(?:任务)?\s*\d{1,4})+)\s*(?:号|项)?([^\d%％、].*)$`)
	digitsOnly = regexp.MustCompile(`\d+`)
)

// mostParts bounds how many tasks one message may report on.
const mostParts = 10

// partsOf takes a text apart that reports on several tasks by number; none when it does not
// begin with one, or names one twice.
func partsOf(text string) []choice {
	text = strings.TrimSpace(text)
	var out []choice
	if m := numberList.FindStringSubmatch(text); m != nil {
		for _, no := range digitsOnly.FindAllString(m[1], -1) {
			out = append(out, choice{Task: no, Label: strings.Trim(m[2], "，,：:。；; ")})
		}
	} else {
		at := numberedTask.FindAllStringSubmatchIndex(text, -1)
		if len(at) < 2 || at[0][0] != 0 {
			return nil
		}
		for i, m := range at {
			end := len(text)
			if i+1 < len(at) {
				end = at[i+1][0]
			}
			out = append(out, choice{Task: text[m[2]:m[3]], Label: strings.Trim(text[m[1]:end], "，,：:。；;、\n ")})
		}
	}
	seen := map[string]bool{}
	for _, c := range out {
		if seen[c.Task] {
			return nil
		}
		seen[c.Task] = true
	}
	if len(out) < 2 || len(out) > mostParts {
		return nil
	}
	return out
}

// partReport reads one part as a report on its task; false when it is none.
func (t *turn) partReport(c choice) (understand.Meaning, bool) {
	m := t.lex.Parse("任务"+c.Task+" "+c.Label, t.context())
	return m, (m.Intent == understand.Report || m.Intent == understand.Done) && m.Task == c.Task
}

// askSeveral lists what a message reports on several tasks and asks for one yes. What is no
// report by itself is named, to be sent again.
func (t *turn) askSeveral() (act, bool) {
	if t.me == nil || t.mean.Toward != "" && !writesProgress(t.mean.Toward) {
		return act{}, false
	}
	p := &pending{Asked: "是否记录以上各项任务的反馈？", Confirm: true, Mean: understand.Meaning{Intent: understand.Report}}
	var lines, left []string
	for _, c := range partsOf(t.m.Text) {
		line := "任务" + c.Task + "：" + wording.Escape(wording.Short(c.Label, 60))
		if _, ok := t.partReport(c); ok && t.book.Task(c.Task) != nil {
			p.Choices, lines = append(p.Choices, c), append(lines, line)
		} else {
			left = append(left, line)
		}
	}
	if len(p.Choices) < 2 {
		return act{}, false
	}
	text := fmt.Sprintf("这条消息涉及%d项任务：（尚未记录）\n\n- %s\n\n%s请回复“确认”或“取消”。", len(lines), strings.Join(lines, "\n- "), p.Asked)
	if len(left) > 0 {
		text += "\n\n以下内容没有看懂，请单独发送：\n\n- " + strings.Join(left, "\n- ")
	}
	return act{reply: reply{title: "请确认多项反馈", text: text, buttons: yesNo()}, ask: p}, true
}

// recordSeveral records each of the reports that the person has said yes to, all in one
// commit. What cannot be recorded is said.
func (t *turn) recordSeveral(list []choice) (act, error) {
	all := act{}
	var lines []string
	var open []pending
	hints := ""
	for _, c := range list {
		m, ok := t.partReport(c)
		if !ok {
			lines = append(lines, "任务"+c.Task+"：没有看懂，未记录，请单独发送")
			continue
		}
		one := *t
		one.mean, one.nth, one.point, one.confirmed, one.several = m, t.nth+len(all.events), "", false, nil
		one.m.Text = "任务" + c.Task + " " + c.Label
		a, err := t.desk.table[m.Intent].run(&one)
		if err != nil {
			return act{}, err
		}
		switch {
		case len(a.events) == 0: // refused, or a question that must be put by itself
			lines = append(lines, "任务"+c.Task+"：未记录，请单独发送。"+strings.ReplaceAll(wording.Short(a.reply.text, 80), "\n", " "))
		case m.Intent == understand.Done && a.reply.title == "已申请办结":
			lines = append(lines, "任务"+c.Task+"：已申请办结，"+wording.Escape(wording.Short(c.Label, 60)))
		default:
			lines = append(lines, "任务"+c.Task+"：已记录，"+wording.Escape(wording.Short(c.Label, 60)))
		}
		if len(a.events) > 0 && a.ask != nil {
			open = append(open, *a.ask)
		}
		if hint := closingHint(c.Task); strings.HasSuffix(a.reply.text, hint) {
			hints += "\n\n" + hint
		}
		all.join(act{puts: a.puts, expects: a.expects, events: a.events, notices: a.notices, reply: reply{tasks: a.reply.tasks}})
	}
	all.reply.title, all.reply.text = "已记录多项反馈", "处理结果：\n\n- "+strings.Join(lines, "\n- ")+"\n\n如有误，请回复“更正 任务编号 正确内容”。"+hints
	t.offerEach(&all, open)
	return all, nil
}

// offerEach puts the questions that several receipts leave open under one of them, each to
// be answered by its number.
func (t *turn) offerEach(a *act, open []pending) {
	if len(open) == 0 {
		return
	}
	a.reply.text += "\n\n需要的还可接着办理，请回复序号，例如：1。上述反馈已保留。\n"
	p := &pending{Asked: "请问要办理哪一项？", List: true}
	for _, q := range open {
		c := choice{Label: strings.TrimSuffix(strings.TrimPrefix(q.Asked, "是否"), "？"), Task: q.Task, Mean: &q.Mean}
		if len(q.Choices) == 1 {
			c.Point = q.Choices[0].Point
		}
		p.Choices = append(p.Choices, c)
		a.reply.text += fmt.Sprintf("\n%d. %s", len(p.Choices), c.Label)
	}
	a.ask = p
}
