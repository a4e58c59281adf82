package report

import (
	"fmt"
	"slices"
	"time"

	"duban/store/ledger"
)

// Figure is a number with what it counts: task numbers, or checkpoints as
// 4（2018年第三季度）. Count is always len(Refs).
type Figure struct {
	Count int
	Refs  []string
}

func (f *Figure) add(ref string) {
	f.Count++
	f.Refs = append(f.Refs, ref)
}

// Rate is an indicator: a part of a whole, each with its basis.
type Rate struct {
	Name    string // 办结率
	Meaning string // what is divided by what
	Unit    string // 项, 个节点, 次
	Part    Figure
	Whole   Figure
}

// Text is the rate with one decimal, or "—" where there is nothing to divide by.
func (r Rate) Text() string {
	if r.Whole.Count == 0 {
		return "—"
	}
	tenths := (r.Part.Count*2000 + r.Whole.Count) / (2 * r.Whole.Count)
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}

// Beside is the rate with what it divides, for a line of a chat: 20.0%（1÷5项）, or "—".
func (r Rate) Beside() string {
	if r.Whole.Count == 0 {
		return r.Text()
	}
	return fmt.Sprintf("%s（%d÷%d%s）", r.Text(), r.Part.Count, r.Whole.Count, r.Unit)
}

// The names of the indicators.
const (
	RateClosed   = "办结率"
	RateOnTime   = "按期办结率"
	RateReported = "报送率"
	RateReturned = "退回率"
)

// Rate returns the indicator with the name; a zero Rate, whose text is "—", when there
// is none.
func (f Facts) Rate(name string) Rate {
	for _, r := range f.Rates {
		if r.Name == name {
			return r
		}
	}
	return Rate{Name: name}
}

func (c collector) rates(rows []Row, owing map[string]ledger.Date) []Rate {
	return []Rate{closedRate(rows), onTimeRate(rows, c.today), c.reportedRate(rows, owing), c.returnedRate(rows)}
}

// uncounted are the classes that no rate of closing counts.
func uncounted(l ledger.Level) bool {
	return l == ledger.LevelStanding || l == ledger.LevelPaused || l == ledger.LevelCancelled
}

func closedRate(rows []Row) Rate {
	r := Rate{Name: RateClosed, Meaning: "已办结任务数÷（任务总数－长期、暂缓、撤销任务数）", Unit: "项"}
	for _, row := range rows {
		if uncounted(row.Level) {
			continue
		}
		r.Whole.add(row.Task.No)
		if row.Level == ledger.LevelClosed {
			r.Part.add(row.Task.No)
		}
	}
	return r
}

// onTimeRate counts checkpoints whose last day is over. One that was applied for in time
// and still waits for acceptance counts on neither side: the wait is not the unit's.
func onTimeRate(rows []Row, today ledger.Date) Rate {
	r := Rate{Name: RateOnTime, Meaning: "按期申请并办结的节点数÷时限已过的节点数（按期申请、正在审核的和暂缓、撤销任务除外）", Unit: "个节点"}
	for _, row := range rows {
		for _, p := range row.Points {
			if !fellDue(row, p, today) {
				continue
			}
			r.Whole.add(row.ref(p))
			if p.OnTime() {
				r.Part.add(row.ref(p))
			}
		}
	}
	return r
}

// OnTime reports whether the checkpoint is closed and was applied for by its last day.
func (p PointRow) OnTime() bool {
	return p.State.Phase == ledger.PhaseClosed && !Day(p.done()).After(p.Due)
}

// done is when the unit was done with a closed checkpoint: when it applied, else when it
// was closed.
func (p PointRow) done() time.Time {
	if p.State.AppliedAt.IsZero() {
		return p.State.ClosedAt
	}
	return p.State.AppliedAt
}

// owing are the tasks whose report fell due in the period, as far as it is over. Nothing
// was due before the plan was there.
func (c collector) owing() map[string]ledger.Date {
	if c.q.Owing != nil || c.q.IsWorkday == nil {
		return c.q.Owing
	}
	from, to := c.q.From, c.q.To
	if to.After(c.today) {
		to = c.today
	}
	if c.b.Plan != nil && !from.After(c.b.Plan.Issued) {
		from = c.b.Plan.Issued.AddDays(1)
	}
	return ledger.Owing(c.tasks, c.progress, c.q.Reporting, from, to, c.q.IsWorkday)
}

// reportedRate needs to know which tasks owe a report; without it there is no rate.
func (c collector) reportedRate(rows []Row, owing map[string]ledger.Date) Rate {
	r := Rate{Name: RateReported, Meaning: "本期已报送任务数÷本期应报送任务数", Unit: "项"}
	reported := map[string]bool{}
	for _, e := range c.events {
		if e.Report != nil && !c.gone[e.ID] {
			reported[e.Task] = true
		}
	}
	for _, row := range rows {
		since, owes := owing[row.Task.No]
		if !owes {
			continue
		}
		r.Whole.add(row.Task.No)
		if last := row.Last(); reported[row.Task.ID] || last != nil && !Day(last.At).Before(since) {
			r.Part.add(row.Task.No)
		}
	}
	return r
}

// returnedRate counts the applications of the period, and those of them that were
// returned within it.
func (c collector) returnedRate(rows []Row) Rate {
	r := Rate{Name: RateReturned, Meaning: "本期申请中被退回的次数÷本期申请办结的次数", Unit: "次"}
	if !c.any(ledger.EventApply) {
		return r
	}
	refs := refsOf(rows)
	waiting := map[pointKey]bool{}
	for _, e := range c.events {
		key := pointKey{e.Task, e.Point}
		ref, ours := refs[key]
		if !ours || c.gone[e.ID] {
			continue
		}
		switch e.Kind {
		case ledger.EventApply:
			r.Whole.add(ref)
			waiting[key] = true
		case ledger.EventReturn:
			if waiting[key] {
				r.Part.add(ref)
			}
			waiting[key] = false
		case ledger.EventAccept, ledger.EventReopen:
			waiting[key] = false
		}
	}
	return r
}

// fresh counts the closed tasks whose last checkpoint was closed in the period.
func (c collector) fresh(rows []Row) Figure {
	var f Figure
	for _, row := range rows {
		if row.Level != ledger.LevelClosed {
			continue
		}
		var last ledger.Date
		for _, p := range row.Points {
			if d := Day(p.State.ClosedAt); d.After(last) {
				last = d
			}
		}
		if !last.Before(c.q.From) && !last.After(c.q.To) {
			f.add(row.Task.No)
		}
	}
	return f
}

// extended counts the checkpoints whose deadline was moved in the period, each decision
// once.
func (c collector) extended(rows []Row) Figure {
	var f Figure
	if !c.any(ledger.EventExtendYes) {
		return f
	}
	refs := refsOf(rows)
	for _, e := range c.events {
		if e.Kind != ledger.EventExtendYes || c.gone[e.ID] {
			continue
		}
		if ref, ours := refs[pointKey{e.Task, e.Point}]; ours {
			f.add(ref)
		}
	}
	return f
}

func (c collector) any(kind ledger.EventKind) bool {
	return slices.ContainsFunc(c.events, func(e ledger.Event) bool { return e.Kind == kind })
}

type pointKey struct{ task, point string }

// refsOf names every checkpoint of the rows, and standing tasks under an empty one.
func refsOf(rows []Row) map[pointKey]string {
	out := map[pointKey]string{}
	for _, row := range rows {
		out[pointKey{row.Task.ID, ""}] = row.Task.No
		for _, p := range row.Points {
			out[pointKey{row.Task.ID, p.ID}] = row.ref(p)
		}
	}
	return out
}
