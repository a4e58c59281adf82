package seeds

import (
	"math"

	"duban/internal/zh"
	"duban/store/ledger"
)

const (
	tieEnough = 0.55 // share of the title's weight that the clause must hold
	tieWeak   = 0.38 // share that is enough when the next clause holds far less
	tieApart  = 1.8  // what "far less" means: best over second
	tieClose  = 0.5  // a second clause that holds as much as this is named
	tieUnits  = 0.08 // added for a unit that both name
)

// tie links each task to the clause whose words hold most of its title. It lists
// the tasks for which no clause holds enough, and the ties that a person should see.
func tie(p *ledger.Plan) {
	if len(p.Clauses) == 0 {
		return
	}
	ix := newBigrams(p.Clauses)
	for i := range p.Tasks {
		t := &p.Tasks[i]
		best, second := ix.nearest(t, p.Clauses)
		first, next := ix.share(t.Title, best), ix.share(t.Title, second)
		c := p.Clauses[best]
		switch {
		case first >= tieEnough && !(next >= tieClose && first < next*1.25):
			bind(t, c)
		case first >= tieEnough:
			bind(t, c)
			d := p.Clauses[second]
			doubtTie(p, t, "已对应到条款"+c.ID+"“"+c.Heading+"”，但与"+d.ID+"“"+d.Heading+"”也相近", "请核对")
		case first >= tieWeak && first >= next*tieApart:
			bind(t, c)
			doubtTie(p, t, "与条款的文字只有部分相同", "暂对应到"+c.ID+"“"+c.Heading+"”，请核对")
		case first >= tieWeak/2:
			doubtTie(p, t, "未能对应到正文条款", "请人工对应，最接近的是"+c.ID+"“"+c.Heading+"”")
		default:
			doubtTie(p, t, "未能对应到正文条款", "请人工对应")
		}
	}
}

func bind(t *ledger.Task, c ledger.Clause) {
	t.Clause = c.ID
	if t.Project == "" {
		t.Project = c.Project
	}
}

func doubtTie(p *ledger.Plan, t *ledger.Task, text, proposal string) {
	pr := ledger.Problem{Row: t.No, Text: text, Proposal: proposal}
	t.Problems = append(t.Problems, pr)
	p.Problems = append(p.Problems, pr)
}

// nearest returns the two clauses nearest to the task, units that both name counted
// in. With one clause both are the same.
func (ix *bigrams) nearest(t *ledger.Task, clauses []ledger.Clause) (best, second int) {
	top, runner := -1.0, -1.0
	for j := range clauses {
		s := ix.share(t.Title, j) + unitsShared(t.Owners, clauses[j].Owners)
		switch {
		case s > top:
			second, runner, best, top = best, top, j, s
		case s > runner:
			second, runner = j, s
		}
	}
	return best, second
}

// unitsShared is the evidence of common units.
func unitsShared(a, b []ledger.Owner) float64 {
	for _, x := range a {
		for _, y := range b {
			if x.Name == y.Name {
				return tieUnits
			}
		}
	}
	return 0
}

// bigrams holds the character pairs of each clause and how rare each pair is.
type bigrams struct {
	sets   []map[[2]rune]bool
	weight map[[2]rune]float64
}

func newBigrams(clauses []ledger.Clause) *bigrams {
	ix := &bigrams{weight: make(map[[2]rune]float64)}
	count := make(map[[2]rune]int)
	for _, c := range clauses {
		set := make(map[[2]rune]bool)
		for _, g := range pairs(c.Heading + "。" + c.Text) {
			set[g] = true
		}
		for g := range set {
			count[g]++
		}
		ix.sets = append(ix.sets, set)
	}
	for g, n := range count {
		ix.weight[g] = math.Log(1 + float64(len(clauses))/float64(n))
	}
	return ix
}

// share is how much of the title's weight the clause holds, from 0 to 1. A pair
// that no clause has weighs like a rare one.
func (ix *bigrams) share(title string, clause int) float64 {
	rare := math.Log(1 + float64(len(ix.sets)))
	var all, held float64
	for _, g := range pairs(title) {
		w, ok := ix.weight[g]
		if !ok {
			w = rare
		}
		all += w
		if ix.sets[clause][g] {
			held += w
		}
	}
	if all == 0 {
		return 0
	}
	return held / all
}

// pairs are the neighbouring letters of the folded text; marks break a pair.
func pairs(s string) [][2]rune {
	var out [][2]rune
	var prev rune
	for _, r := range zh.Fold(s) {
		if !isLetter(r) {
			prev = 0
			continue
		}
		if prev != 0 {
			out = append(out, [2]rune{prev, r})
		}
		prev = r
	}
	return out
}

func isLetter(r rune) bool {
	return isASCIIWord(r) || r >= 0x3400 && r <= 0x9FFF
}
