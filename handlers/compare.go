package handlers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"duban/handlers/report"
	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// comparison is what holds now: what the office has set in chat over what is configured.
func (t *turn) comparison() ledger.Comparison { return t.desk.comparison(t.book) }

func (d *Desk) comparison(b *ledger.Book) ledger.Comparison {
	return b.Comparison().Over(d.o.Comparison)
}

// runCompare sets the figures of units side by side: of those that were named, of the
// group that was named, else of every group. Units are compared within their group only,
// and only where the office has switched that on.
func runCompare(t *turn) (act, error) {
	c := t.comparison()
	if a, no := t.uncompared(c); no {
		return a, nil
	}
	groups := c.Groups
	if units := t.mean.Units; len(units) > 0 {
		g, ok := c.GroupOf(units[0])
		for _, u := range units[1:] {
			other, in := c.GroupOf(u)
			ok = ok && in && other.Name == g.Name
		}
		if !ok {
			return say("不作对比", fmt.Sprintf("%s不在同一个对比分组，不作对比。回复“对比分组”可查看分组；查看其中一个单位请回复“%s的任务”。", wording.Escape(strings.Join(units, "、")), wording.Escape(units[0]))), nil
		}
		groups = []ledger.Alike{{Name: g.Name, Units: units}}
	} else if i := slices.IndexFunc(groups, func(g ledger.Alike) bool { return strings.Contains(t.m.Text, g.Name) }); i >= 0 {
		groups = groups[i : i+1]
	}
	return t.sideBySide(groups)
}

// uncompared answers where units are not to be compared: not at all, not here, not for
// this person, or with nobody.
func (t *turn) uncompared(c ledger.Comparison) (act, bool) {
	switch {
	case !c.Allowed():
		how := "需要开通的，由督查室设置可比的单位分组。"
		if may(t.me, manage) {
			how = "需要开通的，请私聊我发送“开启单位对比”，再设置可比的单位，例如：对比分组 市级部门=市发改委、市财政局。"
		}
		return say("未开通单位对比", "未开通单位对比，不对单位作比较或排名。"+how+"\n\n可回复“汇总”查看总体情况，或“逾期”查看逾期任务。"), true
	case !may(t.me, seeAll):
		a, _ := t.refuse(seeAll)
		return a, true
	case t.m.Conversation.Group:
		return say("请私聊查询", "各单位的对比不在群里显示，请私聊我。"), true
	case len(c.Groups) == 0:
		return say("还没有对比分组", "单位对比已开通，还没有设置可比的单位分组。请督查室私聊我设置，例如：对比分组 市级部门=市发改委、市财政局。"), true
	}
	return act{}, false
}

// fewTasks is fewer tasks than a unit must have to be put in order with others.
const fewTasks = 3

// sideBySide lists the units of each group with their figures.
func (t *turn) sideBySide(groups []ledger.Alike) (act, error) {
	t.mean.Unit, t.mean.Units = "", nil
	q, ask, ok := t.query()
	if !ok {
		return ask, nil
	}
	f, err := t.facts(q)
	if err != nil {
		return act{}, err
	}
	by := orderOf(t.mean)
	var lines []string
	for _, g := range groups {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, fmt.Sprintf("**%s** %d个单位", wording.Escape(g.Name), len(g.Units)))
		for _, u := range by.units(f, g.Units) {
			lines = append(lines, "- "+by.line(f, u))
		}
	}
	head := fmt.Sprintf("**单位对比**（截至%s）\n\n%s。一项任务有多个责任单位的，分别计入。", q.To.Chinese(), by.rule(f))
	return say("单位对比", t.pages(head, lines, t.m.Text)), nil
}

// sideOrder is by which figure units stand in order, and which end comes first.
type sideOrder struct {
	metric string
	low    bool // the least first
}

// orderOf is the order that was asked for; without words on it, the rate of closing.
func orderOf(m understand.Meaning) sideOrder {
	o := sideOrder{metric: m.Metric, low: m.Order == "worst"}
	if m.Metric == "overdue" {
		o.low = m.Order == "best"
	}
	return o
}

// figure is the figure that counts of a unit; false when it has none.
func (o sideOrder) figure(f report.Facts, u report.Group) (float64, bool) {
	rate := u.Closed
	switch o.metric {
	case "overdue":
		return float64(u.CountOf(ledger.LevelOverdue)), u.Total > 0
	case "progress":
		rate = u.OnTime
	}
	if rate.Whole.Count == 0 {
		return 0, false
	}
	return float64(rate.Part.Count) / float64(rate.Whole.Count), true
}

// units puts a group's units in order: first those with enough tasks and the figure, the
// others as the group lists them.
func (o sideOrder) units(f report.Facts, names []string) []report.Group {
	var out []report.Group
	for _, name := range names {
		u := report.Group{Name: name}
		if i := slices.IndexFunc(f.Units, func(x report.Group) bool { return x.Name == name }); i >= 0 {
			u = f.Units[i]
		}
		out = append(out, u)
	}
	slices.SortStableFunc(out, func(a, b report.Group) int {
		x, inA := o.figure(f, a)
		y, inB := o.figure(f, b)
		inA, inB = inA && a.Total >= fewTasks, inB && b.Total >= fewTasks
		switch {
		case inA != inB:
			return map[bool]int{true: -1, false: 1}[inA]
		case !inA:
			return 0
		case o.low:
			return cmp.Compare(x, y)
		}
		return cmp.Compare(y, x)
	})
	return out
}

// line is a unit's figures, each rate with what it divides.
func (o sideOrder) line(f report.Facts, u report.Group) string {
	out := fmt.Sprintf("%s：共%s", wording.Escape(u.Name), count(u.Total))
	if u.Total > 0 {
		out += fmt.Sprintf("，%s%s，%s%s，%s%s", u.Closed.Name, u.Closed.Beside(), u.OnTime.Name, u.OnTime.Beside(), f.Lights.Word(ledger.LevelOverdue), count(u.CountOf(ledger.LevelOverdue)))
	}
	if u.Total < fewTasks {
		out += "〔不足3项，不排序〕"
	}
	return out
}

// rule says in which order the units stand.
func (o sideOrder) rule(f report.Facts) string {
	what := report.RateClosed
	switch o.metric {
	case "overdue":
		what = f.Lights.Word(ledger.LevelOverdue) + "项数"
	case "progress":
		what = report.RateOnTime
	}
	from := "由高到低"
	if o.low {
		from = "由低到高"
	}
	if o.metric == "overdue" {
		from = strings.NewReplacer("高", "多", "低", "少").Replace(from)
	}
	return fmt.Sprintf("同组内按“%s”%s列出，相同的按分组次序；“—”为没有计入的任务，与不足%d项的一并列在后面", what, from, fewTasks)
}
