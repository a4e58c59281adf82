package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// collector is the state of one moment: the plan, the progress of then and the events
// of the period.
type collector struct {
	b        *ledger.Book
	q        Query
	progress func(task string) *ledger.Progress
	events   []ledger.Event  // of the period
	gone     map[string]bool // events that were withdrawn or corrected
	today    ledger.Date
	tasks    []*ledger.Task
}

// gone names the events that a withdrawal or a correction took out of force.
func gone(events []ledger.Event) map[string]bool {
	out := map[string]bool{}
	for _, e := range events {
		if e.Kind == ledger.EventWithdraw || e.Kind == ledger.EventCorrect {
			out[e.Ref] = true
		}
	}
	return out
}

func (c collector) line(t *ledger.Task) Line {
	l := Line{Task: t.No, Title: t.Title, Unit: wording.Responsible(t)}
	p := c.progress(t.No)
	if pt, ok := ledger.CurrentPoint(t, p, c.today); ok {
		l.Due, l.Days, l.sort = pt.Due.Chinese(), wording.Days(pt.Due, c.today), pt.Due.Sub(c.today)
		if s := p.Point(pt.ID); s.Percent != nil {
			l.Percent = wording.Percent(*s.Percent)
		}
	}
	return l
}

// moved lists the tasks with an event in the period, each once, by its newest report.
func (c collector) moved() []Line {
	newest := map[string]ledger.Event{}
	for _, e := range c.events {
		if !c.gone[e.ID] && c.said(e) != "" {
			newest[e.Task] = e
		}
	}
	var out []Line
	for _, t := range c.tasks {
		e, ok := newest[t.ID]
		if !ok {
			continue
		}
		l := c.line(t)
		l.When, l.sort = wording.Day(e.At), int(-e.At.Unix())
		l.Said, l.Percent = c.said(e), ""
		if e.Report != nil && e.Report.Percent != nil {
			l.Percent = wording.Percent(*e.Report.Percent)
		}
		out = append(out, l)
	}
	return inOrder(out)
}

// said is an event as a step forward or back, or the empty string: that somebody was
// pressed, has signed or has asked for something, or that a task was put aside, is no progress.
func (c collector) said(e ledger.Event) string {
	switch e.Kind {
	case ledger.EventAccept:
		return c.accepted(e)
	case ledger.EventReturn:
		return "退回：" + e.Reason
	case ledger.EventReopen:
		return "恢复办理"
	case ledger.EventExtendYes:
		return "同意延期至" + e.Date.Chinese()
	case ledger.EventStrike:
		return "销号"
	case ledger.EventApply:
		if e.Report != nil && e.Report.Text != "" {
			return "申请办结：" + e.Report.Text
		}
		return "申请办结"
	case ledger.EventReport, ledger.EventCorrect:
		if e.Report != nil {
			return e.Report.Text
		}
	}
	return ""
}

// accepted says what was closed: the task, or of a task that goes on the one checkpoint.
func (c collector) accepted(e ledger.Event) string {
	t := c.b.ByID(e.Task)
	if t == nil || len(t.Points) < 2 || c.level(t) == ledger.LevelClosed {
		return "审核通过，办结"
	}
	pt, ok := t.Point(e.Point)
	if !ok || pt.Label == "" {
		return "审核通过，本期节点办结"
	}
	return "审核通过，“" + pt.Label + "”节点办结"
}

func (c collector) level(t *ledger.Task) ledger.Level {
	return ledger.TaskLevel(t, c.progress(t.No), c.today, c.q.Rules)
}

// overdue lists the overdue tasks, each with the checkpoint that makes it so.
func (c collector) overdue(rows []Row) []Line {
	var out []Line
	for _, r := range rows {
		p, ok := r.overduePoint()
		if !ok {
			continue
		}
		l := c.line(r.Task)
		l.Due, l.Days, l.Percent, l.sort = p.Due.Chinese(), wording.Days(p.Due, c.today), "", p.Due.Sub(c.today)
		if p.State.Percent != nil {
			l.Percent = wording.Percent(*p.State.Percent)
		}
		if p.State.Phase == ledger.PhasePending {
			l.Days += "，已申请办结"
		}
		out = append(out, l)
	}
	return inOrder(out)
}

// soon lists the tasks with an open checkpoint that falls due within Query.Soon days.
func (c collector) soon() []Line {
	var out []Line
	for _, t := range c.tasks {
		pt, ok := ledger.CurrentPoint(t, c.progress(t.No), c.today)
		if !ok || c.idle(t) || c.progress(t.No).Point(pt.ID).Phase != ledger.PhaseOpen {
			continue
		}
		if n := pt.Due.Sub(c.today); n >= 0 && n <= c.q.Soon {
			out = append(out, c.line(t))
		}
	}
	return inOrder(out)
}

func blocked(p *ledger.Progress) bool { return need(p) != "" }

// need is what has to be coordinated: what was raised as such, else what the newest
// report says is in the way.
func need(p *ledger.Progress) string {
	switch {
	case p == nil:
		return ""
	case p.Need != nil && strings.TrimSpace(p.Need.Text) != "":
		return Plain(p.Need.Text)
	case p.Last != nil:
		return Plain(p.Last.Report.Blocker)
	}
	return ""
}

// idle reports whether the office has put the task aside: nobody has to act on it.
func (c collector) idle(t *ledger.Task) bool {
	l := c.level(t)
	return l == ledger.LevelPaused || l == ledger.LevelCancelled
}

func (c collector) silent(p *ledger.Progress) bool {
	return p == nil || p.Last == nil || c.q.Now.Sub(p.Last.At) > time.Duration(c.q.Silent)*24*time.Hour
}

func inOrder(list []Line) []Line {
	slices.SortStableFunc(list, func(a, b Line) int { return cmp.Compare(a.sort, b.sort) })
	return list
}
