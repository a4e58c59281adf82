package report

import (
	"cmp"
	"slices"

	"duban/internal/wording"
	"duban/store/ledger"
)

// Group is the tasks of one unit or one 工程, in all classes.
type Group struct {
	Name       string
	Collective bool // a collective name such as 市级有关部门, kept as one
	Total      int
	Classes    []Class  // every class in the fixed order, empty ones too; they add up to Total
	Supports   []string // tasks in which the unit only supports; in no class
	Closed     Rate
	OnTime     Rate
}

// Levels are all classes in the order in which they are shown.
func Levels() []ledger.Level { return slices.Clone(order) }

// CountOf returns the count of a class.
func (g Group) CountOf(l ledger.Level) int {
	for _, c := range g.Classes {
		if c.Level == l {
			return c.Count
		}
	}
	return 0
}

// NoProject is the name under which tasks of no 工程 stand.
const NoProject = "未归入工程"

const noUnit = "未明确责任单位"

// ByNeed puts first who has the most overdue tasks, then tasks behind, near and waiting,
// then tasks at all; equals stay as they are.
func ByNeed(list []Group) []Group {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b Group) int {
		for _, l := range []ledger.Level{ledger.LevelOverdue, ledger.LevelBehind, ledger.LevelNear, ledger.LevelPending} {
			if c := cmp.Compare(b.CountOf(l), a.CountOf(l)); c != 0 {
				return c
			}
		}
		return cmp.Compare(b.Total, a.Total)
	})
	return out
}

// Sum adds up groups, class by class; a task of several units counts in each of them.
func Sum(list []Group) Group {
	var out Group
	for _, g := range list {
		out.Total += g.Total
		if out.Classes == nil {
			out.Classes = make([]Class, len(g.Classes))
		}
		for i, c := range g.Classes {
			out.Classes[i].Level, out.Classes[i].Word = c.Level, c.Word
			out.Classes[i].Count += c.Count
		}
	}
	return out
}

// byUnit groups the tasks by who is responsible for them, in plan order. Tasks without
// a responsible party stand under one name of their own, so that none is lost. Only
// names that the facts are about have a row.
func byUnit(rows []Row, about func(name string) bool, today ledger.Date, lights wording.Lights) []Group {
	g := grouping{today: today, lights: lights}
	for _, r := range rows {
		list := r.Responsible()
		for i, o := range list {
			if about(o.Name) && !slices.ContainsFunc(list[:i], func(p ledger.Owner) bool { return p.Name == o.Name }) {
				g.at(o.Name, o.Group).rows = append(g.at(o.Name, o.Group).rows, r)
			}
		}
		if len(list) == 0 && about(noUnit) {
			g.at(noUnit, true).rows = append(g.at(noUnit, true).rows, r)
		}
	}
	for _, r := range rows {
		list := r.Responsible()
		for _, o := range r.Task.Owners {
			if o.Role == ledger.RoleSupport && about(o.Name) && !slices.ContainsFunc(list, func(p ledger.Owner) bool { return p.Name == o.Name }) {
				u := g.at(o.Name, o.Group)
				if !slices.Contains(u.Supports, r.Task.No) {
					u.Supports = append(u.Supports, r.Task.No)
				}
			}
		}
	}
	return g.done()
}

// byProject groups the tasks by 工程, in plan order, each once.
func byProject(rows []Row, today ledger.Date, lights wording.Lights) []Group {
	g := grouping{today: today, lights: lights}
	for _, r := range rows {
		name := r.Task.Project
		if name == "" {
			name = NoProject
		}
		g.at(name, false).rows = append(g.at(name, false).rows, r)
	}
	return g.done()
}

type member struct {
	Group
	rows []Row
}

type grouping struct {
	list   []*member
	today  ledger.Date
	lights wording.Lights
}

func (g *grouping) at(name string, collective bool) *member {
	for _, m := range g.list {
		if m.Name == name {
			return m
		}
	}
	m := &member{Group: Group{Name: name, Collective: collective}}
	g.list = append(g.list, m)
	return m
}

func (g *grouping) done() []Group {
	out := make([]Group, 0, len(g.list))
	for _, m := range g.list {
		by := map[ledger.Level][]string{}
		for _, r := range m.rows {
			by[r.Level] = append(by[r.Level], r.Task.No)
		}
		m.Total, m.Closed, m.OnTime = len(m.rows), closedRate(m.rows), onTimeRate(m.rows, g.today)
		counts := make([]int, len(order))
		for i, l := range order {
			counts[i] = len(by[l])
		}
		for i, share := range Shares(counts, m.Total) {
			m.Classes = append(m.Classes, newClass(order[i], g.lights, counts[i], share, by[order[i]]))
		}
		out = append(out, m.Group)
	}
	return out
}
