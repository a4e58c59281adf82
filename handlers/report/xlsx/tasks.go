package xlsx

import (
	"slices"
	"strings"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// party is a column of responsible parties under a name that the importer knows.
type party struct {
	head string
	of   func(r report.Row) string
}

var roleHeads = map[ledger.Role]string{
	ledger.RoleLead: "牵头单位", ledger.RoleResponsible: "责任单位", ledger.RoleSupport: "配合单位", ledger.RoleVerify: "督导单位", ledger.RolePerson: "责任领导",
}

// ownerColumns gives each role its column, in the order in which the plan first names
// them. A plan that names leads for some tasks and responsible units without a lead for
// others has one column for all of them, with the role before the names: beside a column
// of leads, 责任单位 would be read as those who support.
func ownerColumns(rows []report.Row) []party {
	var seen []ledger.Role
	for _, r := range rows {
		for _, o := range r.Task.Owners {
			if !slices.Contains(seen, o.Role) {
				seen = append(seen, o.Role)
			}
		}
	}
	mixed := slices.Contains(seen, ledger.RoleLead) && slices.Contains(seen, ledger.RoleResponsible)
	var out []party
	for _, role := range seen {
		switch {
		case mixed && (role == ledger.RoleLead || role == ledger.RoleResponsible || role == ledger.RoleSupport):
			if !slices.ContainsFunc(out, func(p party) bool { return p.head == "责任单位" }) {
				out = append(out, party{"责任单位", mixedOwners})
			}
		default:
			out = append(out, party{roleHeads[role], func(r report.Row) string { return r.Owners(role) }})
		}
	}
	if len(out) == 0 {
		out = append(out, party{"责任单位", func(report.Row) string { return "" }})
	}
	return out
}

func mixedOwners(r report.Row) string {
	var parts []string
	for _, role := range []ledger.Role{ledger.RoleLead, ledger.RoleResponsible, ledger.RoleSupport} {
		switch names := r.Owners(role); {
		case names == "":
		case role == ledger.RoleResponsible:
			parts = append(parts, names)
		default:
			parts = append(parts, roleHeads[role]+"："+names)
		}
	}
	return strings.Join(parts, "；")
}

// tasks writes one row per task. The columns up to 时间要求 are the plan and are read
// again on import; those after it are state and are passed over: each of their names is
// one of remarks.
func (b *book) tasks() {
	f := b.facts
	lines := []string{f.Plan}
	if f.Number != "" {
		lines = append(lines, f.Number)
	}
	if !f.Issued.IsZero() {
		lines = append(lines, "成文日期："+f.Issued.Chinese())
	}
	if f.Note != "" {
		lines = append(lines, f.Note)
	}
	lines = append(lines, "可在“序号”至“时间要求”各列修改后重新导入，导入前会列出改动请您确认；其后各列由系统填写，修改不起作用。")
	cols := []column{{"序号", 6, true}}
	has := func(want func(r report.Row) bool) bool { return slices.ContainsFunc(f.Rows, want) }
	detail := has(func(r report.Row) bool { return r.Task.Detail != "" })
	project := has(func(r report.Row) bool { return r.Task.Project != "" })
	if project {
		cols = append(cols, column{"工程", 16, false})
	}
	cols = append(cols, column{"重点任务", 38, false})
	if detail {
		cols = append(cols, column{"工作措施", 38, false})
	}
	parties := ownerColumns(f.Rows)
	for _, p := range parties {
		cols = append(cols, column{p.head, 22, false})
	}
	cols = append(cols, column{"时间要求", 18, false}, column{"目前状态", 11, true}, column{"节点情况", 24, false},
		column{"进度情况", 9, true}, column{"进展情况", 38, false}, column{"反馈情况", 20, false}, column{"协调情况", 22, false})
	var rows [][]cell
	for _, r := range f.Rows {
		row := []cell{no(r.Task.No)}
		if project {
			row = append(row, text(r.Task.Project))
		}
		row = append(row, text(r.Task.Title))
		if detail {
			row = append(row, text(r.Task.Detail))
		}
		for _, p := range parties {
			row = append(row, text(p.of(r)))
		}
		row = append(row, text(r.Task.TimeText), lit(r.Level, r.State()), text(point(r)), percent(r.Percent()), text(said(r)), text(who(r)), text(r.Need()))
		rows = append(rows, row)
	}
	b.sheet(sheetTasks, lines, cols, rows)
}

// point is the checkpoint that the state speaks of.
func point(r report.Row) string {
	p, ok := r.Due()
	if !ok {
		return ""
	}
	s := p.Due.Chinese()
	if l := r.Label(p); l != "" && l != s {
		s = l + "，" + s
	}
	if !p.Planned.IsZero() {
		s += "（原时限" + p.Planned.Chinese() + "）"
	}
	return s
}

func said(r report.Row) string {
	if r.Last() == nil {
		return ""
	}
	return r.Last().Report.Text
}

func who(r report.Row) string {
	e := r.Last()
	if e == nil {
		return ""
	}
	parts := []string{wording.Day(e.At)}
	if e.By.Unit != "" {
		parts = append(parts, e.By.Unit)
	}
	return strings.Join(append(parts, e.By.Name), " ")
}
