package handlers

import (
	"fmt"
	"regexp"
	"strings"

	"duban/handlers/understand"
	"duban/store/ledger"
)

// Rhythm is how units report besides deadlines, and how much the bot may send.
type Rhythm struct {
	Plan      ledger.Reporting           // of tasks that have no rhythm of their own
	Budget    int                        // messages a working day from which 减负体检 advises; 0: it does not
	IsWorkday func(day ledger.Date) bool // nil: Monday to Friday
}

// reporting is how the task is reported on.
func (t *turn) reporting(x *ledger.Task) ledger.Reporting {
	return ledger.ReportingOf(t.book.Progress(x.No), t.desk.o.Rhythm.Plan)
}

// filed says in which period a report of today on the task counts, and that it is late
// when it is the first of its period after the report day. Without a rhythm there is
// nothing to say.
func (t *turn) filed(x *ledger.Task, before *ledger.Progress) string {
	r := t.reporting(x)
	if !r.Every.On() {
		return ""
	}
	_, label, from, to := ledger.Period(r.Every, t.today)
	out := "记入" + label
	if t.today.After(r.By(t.today, t.workday)) && !before.Reported(from, to) {
		out += "（迟报）"
	}
	return out
}

// taskName is a task named beside a 零报告; it is no reason.
var taskName = regexp.MustCompile(`任务\s*\d+|第?\s*\d+\s*[号项]`)

// zero is the word of a report that nothing moved.
const zero = "零报告"

// nilReport reports whether the words are a 零报告 and nothing more than that.
func nilReport(m understand.Meaning) bool {
	return m.Status == string(ledger.StatusNoProgress) && (strings.Contains(m.Text, zero) || m.Reason != "")
}

// nilText is the text of a 零报告 as it is kept; empty when the reason is missing. The
// reason is what was asked for, or what stands beside the word.
func nilText(m understand.Meaning) string {
	if m.Reason != "" && !strings.Contains(m.Text, m.Reason) {
		return zero + "，原因：" + m.Reason
	}
	reason := m.Text
	if _, after, ok := strings.Cut(m.Text, zero); ok {
		if reason = after; m.Reason != "" {
			reason = m.Reason
		}
	}
	reason = taskName.ReplaceAllString(reason, "")
	for _, word := range []string{"原因", "理由", "因为", "由于", "是"} {
		reason = strings.TrimPrefix(strings.TrimLeft(reason, " ，,：:。.、（("), word)
	}
	if strings.Trim(reason, " ，,：:。.、！!（）()") == "" {
		return ""
	}
	return m.Text
}

// askNil asks for the reason of a 零报告: nothing is kept without one.
func (t *turn) askNil(x *ledger.Task) act {
	q := fmt.Sprintf("请写明任务%s零报告的原因。", x.No)
	p := &pending{Asked: q, Task: x.No, Reason: true, Choices: []choice{{Task: x.No, Point: t.point}},
		Mean: understand.Meaning{Intent: understand.Report, Task: x.No, Status: string(ledger.StatusNoProgress)}}
	return act{reply: reply{title: "请写明零报告的原因", text: q + "例如：设备未到货。（尚未记录）"}, ask: p}
}
