package handlers

import (
	"cmp"
	"fmt"
	"slices"

	"duban/store/ledger"
)

// runRanking answers a ranking of units by setting them side by side, where the office
// has switched that on. What is asked of tasks (逾期最久的是哪个) or of one unit
// (大数据中心有没有拖后腿) is answered by a list of tasks.
func runRanking(t *turn) (act, error) {
	switch {
	case t.mean.Unit != "", t.mean.Scope == "mine", t.mean.Scope == "task" && t.mean.Metric == "overdue":
		return runOverdue(t)
	case t.mean.Scope == "task" && t.mean.Metric == "progress":
		return t.byPercent()
	}
	return runCompare(t)
}

// topTasks is how many tasks a question after the furthest or the slowest lists.
const topTasks = 10

// byPercent lists open tasks with a reported percentage, the furthest first, or the
// slowest when that is asked.
func (t *turn) byPercent() (act, error) {
	tasks, whose, ask, ok := t.within()
	if !ok {
		return ask, nil
	}
	percent := func(x *ledger.Task) (float64, bool) {
		p := t.book.Progress(x.No)
		pt, ok := ledger.CurrentPoint(x, p, t.today)
		if !ok || p.Point(pt.ID).Phase != ledger.PhaseOpen || p.Point(pt.ID).Percent == nil {
			return 0, false
		}
		return *p.Point(pt.ID).Percent, true
	}
	var out []*ledger.Task
	for _, x := range tasks {
		if _, ok := percent(x); ok && t.see.sees(x) {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return say("任务进度", fmt.Sprintf("%s目前没有报过百分比进度的在办任务。", whose)), nil
	}
	slices.SortStableFunc(out, func(a, b *ledger.Task) int {
		x, _ := percent(a)
		y, _ := percent(b)
		return cmp.Compare(y, x)
	})
	word := "从高到低"
	if t.mean.Order == "worst" {
		slices.Reverse(out)
		word = "从低到高"
	}
	head := fmt.Sprintf("**%s** 在办任务按已报进度%s（按任务列，不作单位排名）", whose, word)
	return t.list("任务进度", head, out[:min(len(out), topTasks)], t.m.Text), nil
}
