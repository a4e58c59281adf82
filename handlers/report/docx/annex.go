package docx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

var annexTitles = [3]string{"落实情况一览表", "未按期办结事项清单", "各单位办理情况统计"}

// annexes are the tables of tasks, whose pages lie across where they need the width.
type annexes struct {
	tasks, missed grid
	wide          bool
}

func annexesOf(f report.Facts) annexes {
	a := annexes{tasks: overview(f, upright.width), missed: missed(f, upright.width)}
	if a.tasks.tallest() > mostLines || a.missed.tallest() > mostLines {
		a = annexes{tasks: overview(f, across.width), missed: missed(f, across.width), wide: true}
	}
	return a
}

// signed writes the line of the day, which ends the upright pages where wide ones follow.
func (a annexes) signed(x *writer, day string) {
	if a.wide {
		x.lastPara("SignDate", day, upright)
		return
	}
	x.para("SignDate", day)
}

func (a annexes) write(x *writer, f report.Facts) {
	annex(x, 1)
	if len(a.tasks.rows) == 0 {
		x.para("Body", "本次督查范围内没有任务。")
	} else {
		x.table(a.tasks)
	}
	x.para("Note", "注：数据截至"+f.AsOf+"。"+f.Meanings()+noted(f))
	annex(x, 2)
	if len(a.missed.rows) == 0 {
		x.para("Body", "截至"+f.AsOf+"，没有未按期办结的事项。")
	} else {
		x.table(a.missed)
	}
	if a.wide {
		x.lastPara("SectionEnd", "", across)
	}
	annex(x, 3)
	x.table(units(f))
	names := ""
	if i := slices.IndexFunc(f.Units, func(g report.Group) bool { return g.Collective && g.Total > 0 }); i >= 0 {
		names = "“" + f.Units[i].Name + "”等统称按方案原文单列。"
	}
	order := "单位按在方案中出现的先后排列"
	if len(f.ByKind()) > 1 {
		order = "单位按类别分列，同类单位按在方案中出现的先后排列"
	}
	x.para("Note", "注：各单位只计牵头和责任任务，不计配合任务；同一任务有多个责任单位的，在各单位分别计数；末行按任务计数，不重复。"+names+order+"，不作排名。办结率＝已办结÷（任务数－长期、暂缓、撤销），没有可计算任务的记“—”。"+noted(f))
	x.raw(upright.xml())
}

func annex(x *writer, n int) {
	x.para("AnnexLabel", "附件"+strconv.Itoa(n))
	x.para("AnnexTitle", annexTitles[n-1])
}

// cellRunes is how much of a task's title a table shows; the ledger has the rest.
const cellRunes = 200

func titleOf(r report.Row) string { return wording.Short(report.Plain(r.Task.Title), cellRunes) }

// overview lists every task. The column of leads stands only where most tasks have one;
// else a lead is named as such among the responsible units.
func overview(f report.Facts, width int) grid {
	led := 0
	for _, r := range f.Rows {
		if r.Owners(ledger.RoleLead) != "" {
			led++
		}
	}
	leads := 2*led > len(f.Rows)
	g := grid{cols: []column{{"序号", 600, true}, {"工作任务", 1950, false}}}
	if leads {
		g.cols = append(g.cols, column{"牵头单位", 1150, false}, column{"责任单位", 1250, false})
	} else {
		g.cols[1].width += 400
		g.cols = append(g.cols, column{"责任单位", 1600, false})
	}
	g.cols = append(g.cols, column{"时间要求", 1200, false}, column{"进展情况", 0, false}, column{"状态", 1240, true})
	for _, r := range f.Rows {
		row := []string{r.Task.No, titleOf(r)}
		if leads {
			row = append(row, orDash(r.Owners(ledger.RoleLead)), orDash(others(r)))
		} else {
			row = append(row, orDash(everyone(r)))
		}
		g.rows = append(g.rows, append(row, r.TimeText(), progress(r), r.State()))
	}
	return g.spread(len(g.cols)-2, width)
}

// everyone is the leads as such, then the others.
func everyone(r report.Row) string {
	return listed("牵头："+r.Owners(ledger.RoleLead), others(r))
}

// others are the units beside the leads: responsible ones, then supporters as such.
func others(r report.Row) string {
	return listed(r.Owners(ledger.RoleResponsible), "配合："+r.Owners(ledger.RoleSupport))
}

// listed joins what has names in it.
func listed(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" || strings.HasSuffix(s, "：") })
	return strings.Join(parts, "；")
}

func progress(r report.Row) string {
	s := r.Said(50)
	if s == "" {
		return "暂无反馈"
	}
	if p := r.Percent(); p != "" && !strings.Contains(s, p) {
		s += "（进度" + p + "）"
	}
	return s
}

// missed lists every checkpoint that was not closed in time: what 按期办结率 leaves out.
func missed(f report.Facts, width int) grid {
	g := grid{cols: []column{{"序号", 600, true}, {"任务编号", 640, true}, {"工作任务", 1860, false}, {"责任单位", 1340, false}, {"时限", 1420, false}, {"办理情况", 1240, true}, {"最近反馈", 0, false}}}
	for i, m := range report.MissedOf(f) {
		r := m.Row
		due := dueText(m.Point)
		if l := r.Label(m.Point); l != "" {
			due = l + "：" + due
		}
		said := "没有反馈"
		if r.Said(1) != "" {
			said = report.Sober(r.Said(40)) + "〔" + wording.Day(r.Last().At) + "〕"
		}
		g.rows = append(g.rows, []string{strconv.Itoa(i + 1), r.Task.No, titleOf(r), orDash(wording.Responsible(r.Task)), due, strings.ReplaceAll(m.State(), "，", "，\n"), said})
	}
	return g.spread(len(g.cols)-1, width)
}

// units counts by unit; the last row counts each task once. Classes without any task in
// the plan have no column.
func units(f report.Facts) grid {
	var shown []ledger.Level
	for _, c := range f.Classes {
		shown = append(shown, c.Level)
	}
	g := grid{cols: []column{{"序号", 600, true}, {"单位", 0, false}, {"总数", 580, true}}}
	for _, l := range shown {
		g.cols = append(g.cols, column{shortWord(f.Lights.Word(l)), 580, true})
	}
	g.cols = append(g.cols, column{"办结率", 800, true})
	n := 0
	for _, part := range f.ByKind() {
		if part.Kind != "" {
			g.rows = append(g.rows, append([]string{"", "【" + part.Kind + "】"}, make([]string, len(g.cols)-2)...))
		}
		for _, u := range part.Units {
			n++
			g.rows = append(g.rows, counts(strconv.Itoa(n), u.Name, u.Total, u.CountOf, shown, u.Closed))
		}
	}
	g.rows = append(g.rows, counts("", "全部任务（不重复）", f.Total, f.CountOf, shown, f.Rate(report.RateClosed)))
	return g.spread(1, upright.width)
}

// shortWord is a class in two characters, for narrow columns.
func shortWord(word string) string {
	r := []rune(word)
	if len(r) > 2 && r[0] == '已' {
		return string(r[1:])
	}
	return string(r[:min(2, len(r))])
}

func counts(no, name string, total int, of func(ledger.Level) int, shown []ledger.Level, closed report.Rate) []string {
	row := []string{no, name, strconv.Itoa(total)}
	for _, l := range shown {
		row = append(row, fmt.Sprint(of(l)))
	}
	return append(row, closed.Text())
}

// noted is the office's own line as a sentence.
func noted(f report.Facts) string {
	if f.Note == "" {
		return ""
	}
	return ended(f.Note)
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
