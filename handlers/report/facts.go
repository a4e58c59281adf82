// Package report computes the facts of a plan, a unit, a 工程 or a period once, and
// renders them. Chat, files and a model's words are renderings of the same Facts.
//
// In go a ledger.Book, the events of the period and what was asked; out come classes
// that are disjoint and add up, each figure with the task numbers behind it. It must
// never contain a figure that does not come from the book.
package report

import (
	"slices"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// Query says what the facts are about. Empty Unit and Project mean the whole plan.
type Query struct {
	Unit    string
	Units   []string // a group's units; used when Unit is empty
	Project string
	From    ledger.Date // period in which something moved
	To      ledger.Date
	Period  string // what the asker called the period; empty: none was named
	Now     time.Time
	Rules   ledger.LightRules
	Lights  wording.Lights
	Soon    int            // days ahead that count as soon
	Note    string         // a line of the office's own under whatever tells the facts, such as 以书面报送为准
	Silent  int            // days without a report after which an overdue task counts as silent
	Most    int            // lines of a list at most; the figures always count all
	Alike   []ledger.Alike // the office's groups of comparable units, by which tables of units are parted

	// How units report on tasks that have no rhythm of their own, and on which days;
	// without IsWorkday nobody is asked to report.
	Reporting ledger.Reporting
	IsWorkday func(ledger.Date) bool
	// Owing, where it is given, are the tasks whose report fell due in the period, instead
	// of those that Reporting asks: each with the first day on which a report counts for it.
	Owing map[string]ledger.Date
}

// Facts are the computed figures and lists, ready to be rendered.
type Facts struct {
	Plan      string  `json:"plan"`
	Number    string  `json:"number"`
	Scope     string  `json:"scope"` // 全部任务, a unit or a 工程
	AsOf      string  `json:"as_of"`
	From      string  `json:"from"`
	To        string  `json:"to"`
	Total     int     `json:"total"`
	Classes   []Class `json:"classes"`
	Moved     []Line  `json:"moved"`
	Overdue   []Line  `json:"overdue"`
	Soon      []Line  `json:"soon"`
	Attention []Line  `json:"attention"`
	MovedAll  int     `json:"moved_count"`
	SoonAll   int     `json:"soon_count"`
	SoonDays  int     `json:"soon_days"`

	// What follows is for files: whole tables instead of lists cut short.
	At           time.Time              `json:"-"` // the moment as of which the facts hold
	Today        ledger.Date            `json:"-"`
	Period       string                 `json:"-"` // as it was asked for by name: 2018年上半年
	Since        ledger.Date            `json:"-"` // the period as dates
	Until        ledger.Date            `json:"-"`
	Issued       ledger.Date            `json:"-"`
	Ends         ledger.Date            `json:"-"`
	Rules        ledger.LightRules      `json:"-"`
	Lights       wording.Lights         `json:"-"`
	Note         string                 `json:"-"` // the office's own line; empty: none
	Alike        []ledger.Alike         `json:"-"` // the office's groups of comparable units
	Owing        map[string]ledger.Date `json:"-"` // the tasks whose report fell due in the period
	Of           []string               `json:"-"` // the units that the facts are about; empty for all
	Rows         []Row                  `json:"-"` // every task, in plan order
	MovedOf      []string               `json:"-"` // every task that moved, though Moved shows a part of them
	SoonOf       []string               `json:"-"` // the same for Soon
	AttentionOf  []string               `json:"-"` // and for Attention
	Fresh        Figure                 `json:"-"` // 本期新办结
	Extended     Figure                 `json:"-"` // 本期批准延期, by checkpoint
	Rates        []Rate                 `json:"-"`
	AttentionAll int                    `json:"-"` // how many there are; Attention shows the most pressing
	Units        []Group                `json:"-"` // by responsible unit; a task of several units counts in each
	Projects     []Group                `json:"-"` // by 工程; each task once
}

// Class is one disjoint class of tasks. The classes of Facts add up to Total.
type Class struct {
	Level   ledger.Level `json:"-"`
	Word    string       `json:"word"`
	Count   int          `json:"count"`
	Percent string       `json:"percent"` // share of Total, one decimal; the shares add up to 100
	Tasks   []string     `json:"tasks"`
}

// Line is one task in a list.
type Line struct {
	Task    string `json:"task"`
	Title   string `json:"title"`
	Unit    string `json:"unit"`
	Due     string `json:"due,omitempty"`
	Days    string `json:"days,omitempty"`
	Said    string `json:"said,omitempty"` // people's text: data, not an instruction
	When    string `json:"when,omitempty"`
	Percent string `json:"percent,omitempty"`
	Why     string `json:"why,omitempty"`
	Advice  string `json:"advice,omitempty"`
	Say     string `json:"-"` // the words that carry the advice out
	sort    int
}

// order is the order in which classes are shown.
var order = []ledger.Level{
	ledger.LevelClosed, ledger.LevelPending, ledger.LevelOverdue, ledger.LevelBehind, ledger.LevelNear, ledger.LevelNormal, ledger.LevelStanding,
	ledger.LevelPaused, ledger.LevelCancelled,
}

// Tasks picks the tasks that the query is about.
func (q Query) Tasks(b *ledger.Book) []*ledger.Task {
	var out []*ledger.Task
	for _, t := range b.Tasks {
		switch {
		case q.Unit != "" && !t.OwnedBy(q.Unit):
		case q.Unit == "" && len(q.Units) > 0 && !slices.ContainsFunc(q.Units, t.OwnedBy):
		case q.Project != "" && t.Project != q.Project:
		default:
			out = append(out, t)
		}
	}
	return out
}

// Compute makes the facts as the book has them. events are those of the period, any
// task, oldest first. For a moment in the past use AsOf.
func Compute(b *ledger.Book, events []ledger.Event, q Query) Facts {
	return compute(collector{b: b, q: q, progress: b.Progress, events: events, gone: gone(events)})
}

func compute(c collector) Facts {
	b, q := c.b, c.q
	c.today = ledger.DateOf(q.Now)
	for _, t := range q.Tasks(b) {
		c.tasks = append(c.tasks, asDated(t, c.progress(t.No)))
	}
	f := Facts{
		Scope: q.scope(), AsOf: c.today.Chinese(), From: q.From.Chinese(), To: q.To.Chinese(), Total: len(c.tasks), SoonDays: q.Soon,
		At: q.Now, Today: c.today, Period: q.Period, Since: q.From, Until: q.To, Rules: q.Rules, Note: Plain(q.Note), Lights: q.Lights, Alike: q.Alike,
	}
	if b.Plan != nil {
		f.Plan, f.Number, f.Issued, f.Ends = b.Plan.Title, b.Plan.Number, b.Plan.Issued, b.Plan.Ends
	}
	f.Owing = c.owing()
	f.Rows = c.rows()
	by := map[ledger.Level][]string{}
	for _, r := range f.Rows {
		by[r.Level] = append(by[r.Level], r.Task.No)
	}
	f.Classes = classes(by, len(c.tasks), q.Lights)
	f.Fresh, f.Extended, f.Rates = c.fresh(f.Rows), c.extended(f.Rows), c.rates(f.Rows, f.Owing)
	f.Of = q.Units
	if q.Unit != "" {
		f.Of = []string{q.Unit}
	}
	f.Units, f.Projects = byUnit(f.Rows, f.about, c.today, q.Lights), byProject(f.Rows, c.today, q.Lights)
	f.Moved = c.moved()
	f.Overdue, f.Soon, f.Attention = c.overdue(f.Rows), c.soon(), c.attention(f.Rows)
	f.MovedOf, f.SoonOf, f.AttentionOf = numbers(f.Moved), numbers(f.Soon), numbers(f.Attention)
	f.MovedAll, f.SoonAll, f.AttentionAll = len(f.Moved), len(f.Soon), len(f.Attention)
	f.Moved, f.Overdue, f.Soon = cut(f.Moved, q.Most), cut(f.Overdue, q.Most), cut(f.Soon, q.Most)
	f.Attention = cut(f.Attention, maxAttention)
	return f
}

// about reports whether the table of units has a row for the name: in facts about some
// units, the others would show only what they share with them.
func (f Facts) about(name string) bool { return len(f.Of) == 0 || slices.Contains(f.Of, name) }

func (q Query) scope() string {
	switch {
	case q.Unit != "":
		return q.Unit
	case len(q.Units) > 0:
		return "本群单位"
	case q.Project != "":
		return q.Project
	}
	return "全部任务"
}

func classes(by map[ledger.Level][]string, total int, lights wording.Lights) []Class {
	var out []Class
	counts := make([]int, len(order))
	for i, l := range order {
		counts[i] = len(by[l])
	}
	shares := Shares(counts, total)
	for i, l := range order {
		if counts[i] == 0 && rare(l) {
			continue // a class nobody is in is shown only where its absence says something
		}
		out = append(out, newClass(l, lights, counts[i], shares[i], by[l]))
	}
	return out
}

func newClass(l ledger.Level, lights wording.Lights, count int, share string, tasks []string) Class {
	return Class{Level: l, Word: lights.Word(l), Count: count, Percent: share, Tasks: tasks}
}

// Builtin returns the facts with the built-in words of the classes: a model and what
// checks its words know no others.
func (f Facts) Builtin() Facts {
	f.Lights, f.Classes = nil, slices.Clone(f.Classes)
	for i, c := range f.Classes {
		f.Classes[i].Word = f.Lights.Word(c.Level)
	}
	return f
}

func rare(l ledger.Level) bool {
	return l == ledger.LevelBehind || l == ledger.LevelPending || l == ledger.LevelPaused || l == ledger.LevelCancelled
}

// Overdues returns the count of the overdue class.
func (f Facts) Overdues() int { return f.CountOf(ledger.LevelOverdue) }

// CountOf returns the count of a class; 0 where it is not shown.
func (f Facts) CountOf(l ledger.Level) int {
	for _, c := range f.Classes {
		if c.Level == l {
			return c.Count
		}
	}
	return 0
}

func numbers(list []Line) []string {
	out := make([]string, len(list))
	for i, l := range list {
		out[i] = l.Task
	}
	return out
}

func cut(list []Line, most int) []Line {
	if most > 0 && len(list) > most {
		return list[:most]
	}
	return list
}
