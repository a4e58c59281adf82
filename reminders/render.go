package reminders

import (
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// maxBytes is where a message is cut, at the border of a task. The narrowest platform
// limit is 15,000 bytes for the encoded parameters; Chinese takes three bytes a character.
const maxBytes = 13500

// maxTitle is the length of a title in characters.
const maxTitle = 40

// message is one nudge while it is put together.
type message struct {
	day    ledger.Date
	near   int
	lights wording.Lights

	lines, drafts  []owed
	signs, follows []block
	heard          int     // of lines, signs and follows: those that the receiver only hears of
	lost           []block // tasks of which nobody hears
	reports        []asked
	opening        string // above the sections: a room's figures of the week, the word to a unit's head
	calls          bool   // it is worth a message of its own
}

func (m message) empty() bool {
	return len(m.lines)+len(m.drafts)+len(m.signs)+len(m.follows)+len(m.reports)+len(m.lost) == 0 && !m.calls
}

// section is a class of urgency by the days that are left, which says nothing of a task's
// level: a task with a week to go may be 滞后. The classes are disjoint and every line, which
// is a checkpoint, is in one.
type section struct {
	heading string
	counted string // with %d, for the title
	holds   func(left int) bool
}

func (m message) sections() []section {
	overdue, near := m.lights.Word(ledger.LevelOverdue), m.lights.Own(ledger.LevelNear, "临近时限")
	return []section{
		{overdue, "%d项" + overdue, func(left int) bool { return left < 0 }},
		{"今日到期", "%d项今日到期", func(left int) bool { return left == 0 }},
		{near, "%d项" + near, func(left int) bool { return left > 0 && left <= m.near }},
		{"近期到期", "%d项近期到期", func(left int) bool { return left > m.near && left > 0 }},
	}
}

// block is text that is shown whole or not at all, under the heading of its section.
type block struct {
	heading string
	text    string
	tasks   []string
}

func (m message) render() ledger.Body {
	var blocks []block
	var counts []string
	counted := map[string]bool{} // tasks: one with several checkpoints counts once, where it is most urgent
	for _, s := range m.sections() {
		count := 0
		for _, o := range m.lines {
			if s.holds(o.left) {
				if !counted[o.task.No] {
					counted[o.task.No] = true
					count++
				}
				blocks = append(blocks, block{s.heading, o.line(m.day, m.lights), []string{o.task.No}})
			}
		}
		if count > 0 {
			counts = append(counts, fmt.Sprintf(s.counted, count))
		}
	}
	if len(counts) == 1 {
		counts[0] = strings.Replace(counts[0], "项", "项任务", 1)
	}
	if len(m.follows) > 0 {
		counts = append(counts, fmt.Sprintf("%d项批示待落实", len(m.follows)))
		blocks = append(blocks, m.follows...)
	}
	if len(m.signs) > 0 {
		counts = append(counts, fmt.Sprintf("%d项待签收", len(m.signs)))
		blocks = append(blocks, m.signs...)
	}
	if asks, n := m.asks(); n > 0 {
		counts = append(counts, fmt.Sprintf("%d项待报送", n))
		blocks = append(blocks, asks...)
	}
	if len(m.lost) > 0 {
		counts = append(counts, fmt.Sprintf("%d项无人收到提醒", len(m.lost)))
		blocks = append(blocks, m.lost...)
	}
	letters := m.letters()
	if len(letters) > 0 {
		counts = append(counts, fmt.Sprintf("%d份催办草稿", len(letters)))
	}
	if len(counts) == 0 {
		counts = []string{"本周任务情况"}
	}
	title := wording.Short("【督办提醒】"+strings.Join(counts, "、"), maxTitle)
	ask := askMine
	if len(m.lines)+len(m.signs)-m.heard+len(m.follows)+len(m.reports) == 0 && m.opening == "" {
		ask = askOverdue
	}
	end := closing
	if len(m.lines)+len(m.follows)+len(m.reports) == 0 && len(m.signs) > 0 {
		end = func([]string) string { return "签收后请及时办理，并反馈进展。" }
	}
	return assemble(title, m.opening, append(blocks, letters...), ask, end)
}

// What a person sends to see all that a message left out.
const (
	askMine    = "我的任务"
	askOverdue = "逾期"
)

// assemble writes the blocks below one another until the bound is reached; what is left
// out is counted and the way to it is said; end closes what the receiver must act on.
func assemble(title, lead string, blocks []block, ask string, end func(tasks []string) string) ledger.Body {
	var text strings.Builder
	text.WriteString("### " + title)
	if lead != "" {
		text.WriteString("\n\n" + lead)
	}
	var tasks []string
	heading, left := "", 0
	for _, b := range blocks {
		part := "\n" + b.text
		if b.heading != heading {
			part = "\n\n#### " + b.heading + "\n\n" + b.text
		}
		if left > 0 || text.Len()+len(part) > maxBytes {
			left += len(b.tasks)
			continue
		}
		text.WriteString(part)
		heading = b.heading
		for _, no := range b.tasks {
			if !slices.Contains(tasks, no) {
				tasks = append(tasks, no)
			}
		}
	}
	if left > 0 {
		fmt.Fprintf(&text, "\n\n另有%d项未列出，发送“%s”可查看全部。", left, ask)
	}
	if ask == askMine {
		text.WriteString("\n\n" + end(tasks))
	}
	return ledger.Body{Title: title, Text: strings.TrimRight(text.String(), "\n"), Tasks: tasks}
}

// closing says how to answer. With several tasks in the message a quote alone does not
// say which one is meant, so the example names one.
func closing(tasks []string) string {
	switch len(tasks) {
	case 0:
		return "发送“我的任务”可查看清单"
	case 1:
		return "引用本消息回复进展即可，例如：已完成招标，进度60%"
	}
	return "引用本消息、写明任务号回复进展即可，例如：任务" + wording.Escape(tasks[0]) + " 已完成招标，进度60%"
}

// letterTasks bounds one letter, so that a message can be cut between letters.
const letterTasks = 10

// letterUnits bounds the addressees of a letter, lineUnits the units named in a line.
const (
	letterUnits = 20
	lineUnits   = 2
)

// letters makes one 催办通知 for each responsible party. The office sends them by hand or
// not at all; the wording states facts and asks, and blames nobody.
func (m message) letters() []block {
	list := m.drafts
	var order []string
	byUnit := map[string][]owed{}
	for _, o := range list {
		unit := responsible(o.task, letterUnits)
		if _, seen := byUnit[unit]; !seen {
			order = append(order, unit)
		}
		byUnit[unit] = append(byUnit[unit], o)
	}
	var out []block
	for _, unit := range order {
		for part := range slices.Chunk(byUnit[unit], letterTasks) {
			out = append(out, m.letter(unit, part))
		}
	}
	return out
}

func (m message) letter(unit string, list []owed) block {
	if unit == "" {
		unit = "有关单位"
	}
	b := block{heading: "催办通知草稿（请核定后自行发送，系统不会代发）"}
	lines := []string{unit + "："}
	for _, o := range list {
		label := ""
		if step := wording.Step(o.point); step != "" {
			label = "（" + step + "）"
		}
		lines = append(lines, fmt.Sprintf("任务%s %s%s，时限%s，截至%s已逾期%d天，%s。",
			wording.Escape(o.task.No), wording.Escape(wording.Short(o.task.Title, wording.TitleRunes)), label,
			wording.FormatDate(o.point.Due), wording.FormatDate(m.day), -o.left, lastHeard(o.state)))
		b.tasks = append(b.tasks, o.task.No)
	}
	lines = append(lines, "请抓紧推进，于3个工作日内反馈进展、存在问题和预计完成时间；确需延期的，请说明理由并提出新的时限。")
	b.text = "> " + strings.Join(lines, "  \n> ") + "\n"
	return b
}

func lastHeard(s ledger.PointState) string {
	switch {
	case s.Last == nil:
		return "尚未收到反馈"
	case s.Percent != nil:
		return fmt.Sprintf("最近反馈为%s，进度%s", wording.FormatDate(today(s.Last.At)), wording.Percent(*s.Percent))
	}
	return "最近反馈为" + wording.FormatDate(today(s.Last.At))
}
