package handlers

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runUnreported lists the open tasks without a report, within what may be seen: where a
// rhythm is agreed in the period that is due, unit by unit, else within a month.
func runUnreported(t *turn) (act, error) {
	switch {
	case t.m.Conversation.Group && len(t.see.units) == 0:
		return say("本群未绑定", "本群还没有绑定单位，不能显示办理情况。请督查室发送“绑定本群 单位名称”，或私聊我查询。"), nil
	case t.mean.Scope == "mine" && len(t.me.Units) == 0:
		return say("没有绑定单位", noUnit("未反馈")), nil
	case t.mean.Scope == "mine" && !t.m.Conversation.Group:
		t.see = scope{units: t.me.Units}
	}
	var due []*duePeriod
	for _, x := range t.book.Tasks {
		if r := t.reporting(x); r.Every.On() {
			due = t.dueOf(due, r, x)
		}
	}
	if len(due) > 0 && t.mean.Metric != "silent" {
		return t.unreportedIn(due)
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

// soonDays is how near the report day of a task with its own rhythm must be for the
// period to be listed: a report of the half-year is missed by nobody in August.
const soonDays = 31

// duePeriod is a reporting period whose reports are looked at, with its tasks.
type duePeriod struct {
	day      ledger.Date // a day of it
	label    string
	from, to ledger.Date
	by       ledger.Date // last day on which a report is in time
	tasks    []*ledger.Task
}

// dueOf adds the task to the period that its rhythm looks at: the current one once its
// report day has come, else the one that has just ended, for ten days.
func (t *turn) dueOf(list []*duePeriod, r ledger.Reporting, x *ledger.Task) []*duePeriod {
	day := t.today
	_, _, from, _ := ledger.Period(r.Every, day)
	last := from.AddDays(-1)
	switch {
	case !t.today.Before(r.By(t.today, t.workday)), t.today.After(last.AddDays(graceDays)):
	case t.book.Plan != nil && t.book.Plan.Issued.After(last): // the plan's first period
	default:
		day = last
	}
	_, label, from, to := ledger.Period(r.Every, day)
	by := r.By(day, t.workday)
	if by.Sub(t.today) > soonDays && r != t.desk.o.Rhythm.Plan {
		return list
	}
	for _, p := range list {
		if p.label == label && p.from == from && p.by == by {
			p.tasks = append(p.tasks, x)
			return list
		}
	}
	return append(list, &duePeriod{day: day, label: label, from: from, to: to, by: by, tasks: []*ledger.Task{x}})
}

// unreportedIn lists the tasks without a report in their periods by the units that report
// on them, one period after the other.
func (t *turn) unreportedIn(due []*duePeriod) (act, error) {
	var head string
	var lines, clear []string
	for _, p := range due {
		has, err := t.reportedIn(p.from, p.to)
		if err != nil {
			return act{}, err
		}
		top, list := t.lacking(p, has)
		switch {
		case top == "":
			clear = append(clear, p.label)
		case head == "":
			head, lines = top, list
		default:
			lines = append(append(lines, "\n"+top+"\n"), list...)
		}
	}
	if head == "" {
		return say("未报送", fmt.Sprintf("%s没有未报送的任务。", strings.Join(clear, "、"))), nil
	}
	return say("未报送", t.pages(head, lines, "未报送")), nil
}

// lacking is the heading of a period and a line for each unit with tasks that are not
// reported on; no heading when all are.
func (t *turn) lacking(p *duePeriod, has map[string]bool) (string, []string) {
	byUnit, tasks := map[string][]string{}, 0
	for _, x := range p.tasks {
		units := x.ReportersOn(t.book.Progress(x.No), p.day)
		if has[x.No] || len(units) == 0 || !t.see.sees(x) || !ledger.Reportable(x, t.book.Progress(x.No), p.day) {
			continue
		}
		tasks++
		for _, u := range units {
			byUnit[u] = append(byUnit[u], x.No)
		}
	}
	if tasks == 0 {
		return "", nil
	}
	var lines []string
	for _, u := range slices.Sorted(maps.Keys(byUnit)) {
		lines = append(lines, fmt.Sprintf("- %s %s：任务%s", wording.Escape(u), count(len(byUnit[u])), wording.Numbers(byUnit[u])))
	}
	state := "已到期"
	if t.today.Before(p.by) {
		state = "尚未到期"
	} else if t.today == p.by {
		state = "今日到期"
	}
	return fmt.Sprintf("**%s未报送** %s，涉及%d个单位（%s报送，%s）", p.label, count(tasks), len(byUnit), p.by.Chinese(), state), lines
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
			for _, no := range t.book.Numbers([]string{e.Task}) {
				out[no] = true
			}
		}
	}
	return out, nil
}
