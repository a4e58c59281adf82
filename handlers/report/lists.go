package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// maxAttention is how many things a leader is shown at once.
const maxAttention = 5

// slowAcceptance is how many days an application may wait before a leader is told.
const slowAcceptance = 3

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
		l.Said = c.said(e)
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

func (c collector) overdue() []Line {
	var out []Line
	for _, t := range c.tasks {
		if c.level(t) == ledger.LevelOverdue {
			out = append(out, c.line(t))
		}
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

// attention lists what a leader may have to step in for, each with why and what could
// be done; the most pressing first.
func (c collector) attention() []Line {
	var out []Line
	for _, t := range c.tasks {
		p := c.progress(t.No)
		pt, ok := ledger.CurrentPoint(t, p, c.today)
		if !ok {
			continue
		}
		l := c.line(t)
		weight := c.pressing(t, p, pt, &l)
		if weight == 0 {
			continue
		}
		l.sort = -weight*1000 + l.sort
		out = append(out, l)
	}
	return inOrder(out)
}

// pressing says why a leader may have to step in, what could be done and the words
// that do it; 0 when nothing is wrong.
func (c collector) pressing(t *ledger.Task, p *ledger.Progress, pt ledger.Point, l *Line) int {
	s, over := p.Point(pt.ID), c.today.Sub(pt.Due)
	set := func(weight int, why, advice, say string) int {
		l.Why, l.Advice, l.Say = why, advice, say+" 任务"+t.No
		return weight
	}
	switch {
	case p.Whole() != ledger.StatusActive:
		return 0
	case p != nil && p.Need != nil:
		return set(5, "申请协调："+wording.Short(p.Need.Text, 40), "请协调相关单位", "协调办结")
	case s.Ask != nil:
		return set(4, fmt.Sprintf("申请延期至%s（第%d次）：%s", s.Ask.To.Chinese(), s.Extended+1, wording.Short(s.Ask.Reason, 30)), "请审批", "同意延期")
	case s.Phase == ledger.PhasePending && c.today.Sub(Day(s.AppliedAt)) > slowAcceptance:
		return set(1, fmt.Sprintf("申请办结已%d天未审核", c.today.Sub(Day(s.AppliedAt))), "请审核", "通过")
	case s.Phase != ledger.PhaseOpen:
		return 0
	case over > 0 && c.silent(p):
		return set(4, fmt.Sprintf("逾期%d天且近%d天没有反馈", over, c.q.Silent), "请催办责任单位", "催办")
	case blocked(p):
		return set(3, "反馈有问题需协调："+wording.Short(p.Last.Report.Blocker, 40), "请协调相关单位", "批示")
	case s.Extended >= 2:
		return set(3, fmt.Sprintf("已延期%d次", s.Extended), "请约谈责任单位", "催办")
	case s.Returned >= 2:
		return set(2, fmt.Sprintf("办结申请已退回%d次", s.Returned), "请明确验收要求", "批示")
	}
	return 0
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
