package handlers

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// Rhythm is how often units report besides deadlines, and how much the bot may send.
type Rhythm struct {
	Every     ledger.Rhythm                     // empty: never
	By        func(day ledger.Date) ledger.Date // last day on which the report of the day's period is in time; needed unless never
	Budget    int                               // messages a working day from which 减负体检 advises; 0: it does not
	IsWorkday func(day ledger.Date) bool        // nil: Monday to Friday
}

// filed says in which period a report of today counts, and that it is late when it is
// the first of its period after the report day. Without a rhythm there is nothing to say.
func (t *turn) filed(before *ledger.Progress) string {
	r := t.desk.o.Rhythm
	if !r.Every.On() {
		return ""
	}
	_, label, from, to := ledger.Period(r.Every, t.today)
	out := "记入" + label
	if t.today.After(r.By(t.today)) && !before.Reported(from, to) {
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

// runUnreported lists, for the office, the open tasks without a report: with a rhythm in
// the period that is due, unit by unit, else within a month.
func runUnreported(t *turn) (act, error) {
	if t.desk.o.Rhythm.Every.On() {
		return t.unreportedIn(t.duePeriod())
	}
	since := t.now.Add(-30 * 24 * time.Hour)
	var out []*ledger.Task
	for _, x := range t.book.Tasks {
		p := t.book.Progress(x.No)
		switch t.level(x) {
		case ledger.LevelClosed, ledger.LevelPending, ledger.LevelPaused, ledger.LevelCancelled, ledger.LevelStanding:
			continue
		}
		if t.see.sees(x) && (p == nil || p.Last == nil || p.Last.At.Before(since)) {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return say("未反馈", "近30天内，在办任务都有反馈。"), nil
	}
	sortByDue(t, out)
	return t.list("未反馈", "**近30天没有反馈的在办任务** "+count(len(out)), out, "未反馈"), nil
}

// graceDays is how long after its end a period is still the one that is asked about.
const graceDays = 10

// duePeriod is a day of the period whose reports are to be looked at: the current one
// once its report day has come, else the one that has just ended, for ten days.
func (t *turn) duePeriod() ledger.Date {
	_, _, from, _ := ledger.Period(t.desk.o.Rhythm.Every, t.today)
	last := from.AddDays(-1)
	switch {
	case !t.today.Before(t.desk.o.Rhythm.By(t.today)), t.today.After(last.AddDays(graceDays)):
		return t.today
	case t.book.Plan != nil && t.book.Plan.Issued.After(last):
		return t.today // the plan's first period
	}
	return last
}

// unreportedIn lists the tasks without a report in the day's period by the units that
// report on them.
func (t *turn) unreportedIn(day ledger.Date) (act, error) {
	_, label, from, to := ledger.Period(t.desk.o.Rhythm.Every, day)
	has, err := t.reportedIn(from, to)
	if err != nil {
		return act{}, err
	}
	byUnit, tasks := map[string][]string{}, 0
	for _, x := range t.book.Tasks {
		units := x.Reporters()
		if has[x.No] || len(units) == 0 || !t.see.sees(x) || !ledger.Reportable(x, t.book.Progress(x.No), day) {
			continue
		}
		tasks++
		for _, u := range units {
			byUnit[u] = append(byUnit[u], x.No)
		}
	}
	by := t.desk.o.Rhythm.By(day)
	if tasks == 0 {
		return say("未报送", fmt.Sprintf("%s没有未报送的任务。", label)), nil
	}
	units := sortedKeys(byUnit)
	lines := make([]string, len(units))
	for i, u := range units {
		lines[i] = fmt.Sprintf("- %s %s：任务%s", wording.Escape(u), count(len(byUnit[u])), wording.Numbers(byUnit[u]))
	}
	state := "已到期"
	if t.today.Before(by) {
		state = "尚未到期"
	} else if t.today == by {
		state = "今日到期"
	}
	head := fmt.Sprintf("**%s未报送** %s，涉及%d个单位（%s报送，%s）", label, count(tasks), len(units), by.Chinese(), state)
	return say("未报送", t.pages(head, lines, "未报送")), nil
}

// reportedIn lists the tasks that were reported on within the days; a report that was
// taken back does not count, one that was corrected does.
func (t *turn) reportedIn(from, to ledger.Date) (map[string]bool, error) {
	loc := t.now.Location()
	events, err := t.desk.o.Ledger.Events(t.ctx, "", from.In(loc, 0, 0), t.now.Add(time.Second))
	if err != nil {
		return nil, fmt.Errorf("handlers: events of the period: %w", err)
	}
	back := map[string]bool{}
	for _, e := range events {
		if e.Kind == ledger.EventWithdraw {
			back[e.Ref] = true
		}
	}
	out := map[string]bool{}
	for _, e := range until(events, to.AddDays(1).In(loc, 0, 0)) {
		if e.Report != nil && !back[e.ID] {
			out[e.Task] = true
		}
	}
	return out, nil
}
