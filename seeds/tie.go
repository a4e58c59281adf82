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
		held := ix.shares(t.Title)
		best, second := nearest(held, t, p.Clauses)
		first, next := held[best], held[second]
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
func nearest(held []float64, t *ledger.Task, clauses []ledger.Clause) (best, second int) {
	top, runner := -1.0, -1.0
	for j, s := range held {
		if s > 0 {
			s += unitsShared(t.Owners, clauses[j].Owners)
		}
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

// bigrams knows for each character pair the clauses that hold it.
type bigrams struct {
	clauses int
	holders map[[2]rune][]int
}

func newBigrams(clauses []ledger.Clause) *bigrams {
	ix := &bigrams{clauses: len(clauses), holders: make(map[[2]rune][]int)}
	for j, c := range clauses {
		for _, g := range pairs(c.Heading + "。" + c.Text) {
			if h := ix.holders[g]; len(h) == 0 || h[len(h)-1] != j {
				ix.holders[g] = append(h, j)
			}
		}
	}
	return ix
}

// shares is how much of the title's weight each clause holds, from 0 to 1. Rare
// pairs weigh more; one that no clause has weighs like the rarest.
func (ix *bigrams) shares(title string) []float64 {
	held := make([]float64, ix.clauses)
	all := 0.0
	for _, g := range pairs(title) {
		h := ix.holders[g]
		w := math.Log(1 + float64(ix.clauses)/float64(max(len(h), 1)))
		all += w
		for _, j := range h {
			held[j] += w
		}
	}
	for j := range held {
		held[j] /= max(all, 1e-9)
	}
	return held
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
