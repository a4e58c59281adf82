package handlers

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runMembers says what the plan says of a collective name: which tasks are its, and that
// its members are not listed.
func runMembers(t *turn) (act, error) {
	var nos []string
	for _, x := range t.book.Tasks {
		if slices.ContainsFunc(x.Owners, func(o ledger.Owner) bool { return o.Group && o.Name == t.mean.Name }) {
			nos = append(nos, x.No)
		}
	}
	a := say("集合名", fmt.Sprintf("“%s”在方案中是几个单位的统称，方案没有列明包括哪些单位。由其负责或配合的任务%s：任务%s。\n\n具体到某项任务由哪些单位承担，请向督查室或牵头单位核实。",
		wording.Escape(t.mean.Name), count(len(nos)), wording.Numbers(nos)))
	a.reply.tasks = nos
	return a, nil
}

// runClauseAt shows a clause of the plan's body by the part it stands in and its number.
func runClauseAt(t *turn) (act, error) {
	var found []*ledger.Clause
	parts := map[string]bool{}
	for _, c := range t.clauses() {
		parts[c.Project] = true
		if strings.Contains(c.Project, t.mean.Query) {
			found = append(found, c)
		}
	}
	part := wording.Escape(wording.Short(t.mean.Query, 20))
	switch {
	case len(found) == 0:
		return say("没有这部分", fmt.Sprintf("系统登记了方案正文中%d个部分的%d条任务条款，没有“%s”这一部分，请查阅方案原文。查某项任务的条款，请回复“依据 任务20”。", len(parts), len(t.book.Clauses), part)), nil
	case t.mean.N > len(found):
		return say("没有这一条", fmt.Sprintf("“%s”共%d条，没有第%d条。", part, len(found), t.mean.N)), nil
	}
	c := found[t.mean.N-1]
	return say("条款", fmt.Sprintf("%s第%d条：\n\n**%s** %s\n\n> %s", wording.Escape(t.planTitle()), t.mean.N, wording.Escape(c.Project), wording.Escape(c.Heading), wording.Escape(c.Text))), nil
}

// clauses are the clauses of the body in the order in which the tasks follow from them.
func (t *turn) clauses() []*ledger.Clause {
	var out []*ledger.Clause
	seen := map[string]bool{}
	for _, x := range t.book.Tasks {
		if c := t.book.Clauses[x.Clause]; c != nil && !seen[c.ID] {
			seen[c.ID] = true
			out = append(out, c)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(t.book.Clauses)) {
		if !seen[id] {
			out = append(out, t.book.Clauses[id])
		}
	}
	return out
}
