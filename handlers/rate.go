package handlers

import (
	"fmt"

	"duban/handlers/report"
	"duban/internal/wording"
)

// rate answers the question after a rate with the indicators, and what is divided by what.
func (t *turn) rate(f report.Facts) act {
	text := fmt.Sprintf("**%s** 截至%s（本期为%s至%s）：\n", wording.Escape(f.Scope), f.AsOf, f.From, f.To)
	for _, r := range f.Rates {
		text += "\n- " + r.Name + rateText(r)
		text += "：" + r.Meaning
	}
	return say("办结率", text+"\n\n回复“汇总”看各类任务，回复“依据”看任务编号。")
}

// byProject answers with one line for each 工程 of the plan.
func (t *turn) byProject(f report.Facts) act {
	lines := make([]string, 0, len(f.Projects))
	for _, g := range f.Projects {
		lines = append(lines, "- "+wording.Escape(g.Name)+"："+tally(g.Total, g.Classes)+"，"+report.RateClosed+rateText(g.Closed))
	}
	return say("按工程汇总", t.pages(fmt.Sprintf("**按工程汇总** %s，共%s（截至%s）", wording.Escape(f.Scope), count(f.Total), f.AsOf), lines, "按工程汇总"))
}

// tally says how many tasks there are, and how many of each class that has any.
func tally(total int, classes []report.Class) string {
	out := "共" + count(total)
	for _, c := range classes {
		if c.Count > 0 {
			out += "，" + c.Word + count(c.Count)
		}
	}
	return out
}

// rateText is the rate with what it divides, or why there is none.
func rateText(r report.Rate) string {
	if r.Whole.Count == 0 {
		return "—（没有可计入的）"
	}
	return r.Beside()
}
