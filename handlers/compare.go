package handlers

import (
	"fmt"
	"strings"

	"duban/handlers/report"
	"duban/internal/wording"
)

// runCompare sets the figures of units side by side, in the order in which they were
// named: it is no ranking.
func runCompare(t *turn) (act, error) {
	if t.m.Conversation.Group {
		return say("请私聊查询", "各单位的对比不在群里显示，请私聊我。"), nil
	}
	units := t.mean.Units
	t.mean.Unit, t.mean.Units = "", nil
	q, ask, ok := t.query()
	if !ok {
		return ask, nil
	}
	var lines []string
	for _, u := range units {
		q.Unit = u
		f, err := t.facts(q)
		if err != nil {
			return act{}, err
		}
		lines = append(lines, "- "+wording.Escape(u)+"："+tally(f.Total, f.Classes)+"，"+report.RateClosed+rateText(f.Rate(report.RateClosed)))
	}
	return say("单位对比", fmt.Sprintf("**%s**（截至%s）\n\n%s\n\n查看明细请回复“%s的任务”。", wording.Escape(strings.Join(units, "、")), q.To.Chinese(), strings.Join(lines, "\n"), units[0])), nil
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

// rateText is the rate with what it divides: 20.0%（1÷5项）.
func rateText(r report.Rate) string {
	if r.Whole.Count == 0 {
		return "—（没有计入的任务）"
	}
	return fmt.Sprintf("%s（%d÷%d%s）", r.Text(), r.Part.Count, r.Whole.Count, r.Unit)
}
