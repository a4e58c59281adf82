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

type collector struct {
	b     *ledger.Book
	q     Query
	today ledger.Date
	tasks []*ledger.Task
}

func word(l ledger.Level) string { return wording.Word(l) }

func (c collector) line(t *ledger.Task) Line {
	l := Line{Task: t.No, Title: t.Title, Unit: wording.Responsible(t)}
	p := c.b.Progress(t.No)
	if pt, ok := ledger.CurrentPoint(t, p, c.today); ok {
		l.Due, l.Days, l.sort = pt.Due.Chinese(), wording.Days(pt.Due, c.today), pt.Due.Sub(c.today)
		if s := p.Point(pt.ID); s.Percent != nil {
			l.Percent = wording.Percent(*s.Percent)
		}
	}
	return l
}

// moved lists the tasks with an event in the period, each once, by its newest report.
func (c collector) moved(events []ledger.Event) []Line {
	newest := map[string]ledger.Event{}
	gone := map[string]bool{}
	for _, e := range events {
		if e.Kind == ledger.EventWithdraw || e.Kind == ledger.EventCorrect {
			gone[e.Ref] = true
		}
	}
	for _, e := range events {
		if !gone[e.ID] && e.Kind != ledger.EventWithdraw {
			newest[e.Task] = e
		}
	}
	var out []Line
	for _, t := range c.tasks {
		e, ok := newest[t.No]
		if !ok {
			continue
		}
		l := c.line(t)
		l.When, l.sort = wording.Day(e.At), int(-e.At.Unix())
		l.Said = said(e)
		out = append(out, l)
	}
	return inOrder(out)
}

func said(e ledger.Event) string {
	switch e.Kind {
	case ledger.EventAccept:
		return "审核通过，办结"
	case ledger.EventReturn:
		return "退回：" + e.Reason
	case ledger.EventReopen:
		return "恢复办理"
	case ledger.EventApply, ledger.EventReport, ledger.EventCorrect, ledger.EventWithdraw:
	}
	if e.Report == nil {
		return ""
	}
	if e.Kind == ledger.EventApply {
		return "申请办结：" + e.Report.Text
	}
	return e.Report.Text
}

func (c collector) level(t *ledger.Task) ledger.Level {
	return ledger.TaskLevel(t, c.b.Progress(t.No), c.today, c.q.Rules)
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
		pt, ok := ledger.CurrentPoint(t, c.b.Progress(t.No), c.today)
		if !ok || c.b.Progress(t.No).Point(pt.ID).Phase != ledger.PhaseOpen {
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
		p := c.b.Progress(t.No)
		pt, ok := ledger.CurrentPoint(t, p, c.today)
		if !ok {
			continue
		}
		s, l := p.Point(pt.ID), c.line(t)
		var weight int
		switch over := c.today.Sub(pt.Due); {
		case s.Phase == ledger.PhasePending && c.today.Sub(ledger.DateOf(s.AppliedAt)) > slowAcceptance:
			weight, l.Why, l.Advice = 1, fmt.Sprintf("申请办结已%d天未审核", c.today.Sub(ledger.DateOf(s.AppliedAt))), "请督查室尽快审核"
		case s.Phase != ledger.PhaseOpen:
			continue
		case blocked(p):
			weight, l.Why, l.Advice = 3, "反馈有问题需协调："+wording.Short(p.Last.Report.Blocker, 40), "请协调相关单位"
		case over > 0 && c.silent(p):
			weight, l.Why, l.Advice = 4, fmt.Sprintf("逾期%d天且近%d天没有反馈", over, c.q.Silent), "请约谈或催办责任单位"
		case s.Returned >= 2:
			weight, l.Why, l.Advice = 2, fmt.Sprintf("办结申请已退回%d次", s.Returned), "请明确验收要求"
		default:
			continue
		}
		l.sort = -weight*1000 + l.sort
		out = append(out, l)
	}
	return inOrder(out)
}

func blocked(p *ledger.Progress) bool {
	return p != nil && p.Last != nil && strings.TrimSpace(p.Last.Report.Blocker) != ""
}

func (c collector) silent(p *ledger.Progress) bool {
	return p == nil || p.Last == nil || c.q.Now.Sub(p.Last.At) > time.Duration(c.q.Silent)*24*time.Hour
}

func inOrder(list []Line) []Line {
	slices.SortStableFunc(list, func(a, b Line) int { return cmp.Compare(a.sort, b.sort) })
	return list
}
