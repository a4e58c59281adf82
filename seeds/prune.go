package seeds

import (
	"regexp"
	"strconv"

	"duban/store/ledger"
)

// reClosing tells the closing articles of a document from tasks.
var reClosing = regexp.MustCompile(`(?:自.{0,12}起(?:施行|执行|实施)|有效期|由.{2,20}负责解释|同时废止)`)

// reOwnWords opens a sentence in which the document speaks of itself.
var reOwnWords = regexp.MustCompile(`^(?:本|此|上述|以上)(?:措施|方案|意见|办法|通知|计划|要点|细则|规定|清单|政策|实施)`)

// prune drops items that are tasks by a date in their prose only, where the others
// show that they belong to another part of the document.
func (g *gatherer) prune() {
	style, owned := g.mainStyle()
	kept, nodes := g.drafts[:0], g.nodes[:0]
	for i, d := range g.drafts {
		n := g.nodes[i]
		explicit := len(d.owners) > 0 || n.timed()
		if !explicit && (reClosing.MatchString(d.title) || owned && n.style != style || isBackground(n) && (n.style != style || !g.inSeries(i))) {
			g.problems = append(g.problems, ledger.Problem{Row: "第" + strconv.Itoa(d.line) + "行",
				Text: "“" + shorten(d.title, 24) + "”有时间要求，但不在任务部分", Proposal: "未列为任务，如需督办请另行添加"})
			continue
		}
		kept, nodes = append(kept, d), append(nodes, n)
	}
	g.drafts, g.nodes = kept, nodes
	g.passedOver()
}

// passedOver lists the items that stand beside several tasks, with their numbers, and
// are none because they name neither units nor a time.
func (g *gatherer) passedOver() {
	beside := make(map[*node]int)
	taken := make(map[*node]bool)
	for _, n := range g.nodes {
		beside[n.parent]++
		for a := n; a != nil; a = a.parent {
			taken[a] = true
		}
	}
	said := make(map[string]bool, len(g.problems))
	for _, p := range g.problems {
		said[p.Row] = true
	}
	seen := make(map[*node]bool)
	more := 0
	for _, n := range g.nodes {
		up := n.parent
		if seen[up] || beside[up] < 2 {
			continue
		}
		seen[up] = true
		for i, k := range up.kids {
			row := "第" + strconv.Itoa(k.line) + "行"
			switch {
			case taken[k] || k.style != n.style || len(k.kids) > 0 || i+1 < len(up.kids) && ordinal(up.kids[i+1].no) <= ordinal(k.no) || said[row] || isBackground(k):
			case more < maxPassedOver:
				more++
				g.problems = append(g.problems, ledger.Problem{Row: row, Text: "“" + shorten(heading(k.text()), 24) + "”没有责任单位和时限", Proposal: "未列为任务，如需督办请另行添加"})
			default:
				more++
			}
		}
	}
	if more > maxPassedOver {
		g.problems = append(g.problems, ledger.Problem{Row: "全文", Text: "还有" + strconv.Itoa(more-maxPassedOver) + "个条目没有责任单位和时限", Proposal: "未列为任务，如需督办请另行添加"})
	}
}

// maxPassedOver bounds the items that are listed one by one.
const maxPassedOver = 40

// mainStyle is the numbering of most tasks that name units (of all, if none does).
func (g *gatherer) mainStyle() (numeral, bool) {
	var owned, all [hanOrdinal + 1]int
	for i, d := range g.drafts {
		all[g.nodes[i].style]++
		if len(d.owners) > 0 {
			owned[g.nodes[i].style]++
		}
	}
	best, count := maxIndex(owned)
	if count > 0 {
		return best, true
	}
	best, _ = maxIndex(all)
	return best, false
}

func maxIndex(counts [hanOrdinal + 1]int) (numeral, int) {
	best := plain
	for i, c := range counts {
		if c > counts[best] {
			best = numeral(i)
		}
	}
	return best, counts[best]
}

// inSeries reports whether the next task of the same style goes on counting from
// this one across a heading, so that both stand in one list.
func (g *gatherer) inSeries(i int) bool {
	n := g.nodes[i]
	for _, m := range g.nodes[i+1:] {
		if m.style == n.style && m.parent != n.parent {
			return ordinal(m.no) > ordinal(n.no)
		}
	}
	return false
}
