package xlsx

import (
	"slices"
	"strings"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// roles are the columns of responsible parties under the names that the importer knows.
var roles = []struct {
	role ledger.Role
	head string
}{
	{ledger.RoleLead, "牵头单位"}, {ledger.RoleResponsible, "责任单位"}, {ledger.RoleSupport, "配合单位"},
	{ledger.RoleVerify, "督导单位"}, {ledger.RolePerson, "责任领导"},
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
	lines = append(lines, "可在“序号”至“时间要求”各列修改后重新导入，导入前会列出改动请您确认；其后各列由系统填写，修改不起作用。")
	cols := []column{{"序号", 6, true}}
	has := func(want func(r report.Row) bool) bool { return slices.ContainsFunc(f.Rows, want) }
	detail := has(func(r report.Row) bool { return r.Task.Detail != "" })
	project := has(func(r report.Row) bool { return r.Task.Project != "" })
	if project {
		cols = append(cols, column{"工程", 22, false})
	}
	cols = append(cols, column{"重点任务", 42, false})
	if detail {
		cols = append(cols, column{"工作措施", 42, false})
	}
	var shown []int
	for i, x := range roles {
		if x.role == ledger.RoleResponsible || has(func(r report.Row) bool { return r.Owners(x.role) != "" }) {
			shown = append(shown, i)
			cols = append(cols, column{x.head, 22, false})
		}
	}
	cols = append(cols, column{"时间要求", 18, false}, column{"目前状态", 11, true}, column{"节点情况", 24, false},
		column{"进度情况", 9, true}, column{"进展情况", 42, false}, column{"反馈情况", 20, false}, column{"协调情况", 22, false})
	var rows [][]cell
	for _, r := range f.Rows {
		row := []cell{text(r.Task.No)}
		if project {
			row = append(row, text(r.Task.Project))
		}
		row = append(row, text(r.Task.Title))
		if detail {
			row = append(row, text(r.Task.Detail))
		}
		for _, i := range shown {
			row = append(row, text(r.Owners(roles[i].role)))
		}
		row = append(row, text(r.Task.TimeText), lit(r.Level, r.State()), text(point(r)), text(r.Percent()), text(said(r)), text(who(r)), text(r.Need()))
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
