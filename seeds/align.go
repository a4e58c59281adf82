package seeds

import (
	"strings"
	"unicode/utf8"
)

// align puts the cells of a row under the columns. Where positions are kept they
// decide; where cells were lost or run over, the best fitting order-keeping
// assignment decides, and a column may take several neighbouring cells.
func (t *taskTable) align(r row) []cell {
	n := len(t.cols)
	if t.fixed && (len(r.cells) == n || t.merges) {
		out := make([]cell, n)
		copy(out, r.cells)
		return out
	}
	if t.fixed && len(r.cells) > n && strings.TrimSpace(strings.Join(row{cells: r.cells[n:]}.texts(), "")) == "" {
		return append([]cell{}, r.cells[:n]...)
	}
	if n > maxFitted {
		out := make([]cell, n)
		copy(out, r.cells)
		return out
	}
	return t.fit(r.cells)
}

// maxFitted bounds the columns of a table whose cells are placed by fit.
const maxFitted = 40

const (
	lostColumn = -0.4 // a column without a cell
	joined     = -0.6 // a cell that goes on with the one before
	inRow      = 0.5  // a cell under its heading by count
	inPlace    = 1.2  // the same where as many cells as headings are left
	openBonus  = 0.8  // units that go on where the cell before broke off at a list mark
)

// fit is the assignment by dynamic programming: best[i][j] is the best score with
// the first i cells placed and the last of them in column j-1 (j = 0: none placed).
func (t *taskTable) fit(cells []cell) []cell {
	cells = cells[:min(len(cells), 2*len(t.cols)+8)]
	n, m := len(t.cols), len(cells)
	seen := make([]features, m)
	for i, c := range cells {
		seen[i] = featuresOf(c.text)
	}
	best := make([][]float64, m+1)
	from := make([][]int, m+1)
	for i := range best {
		best[i], from[i] = make([]float64, n+1), make([]int, n+1)
		for j := range best[i] {
			best[i][j] = -1e9
		}
	}
	best[0][0] = 0
	for i := 1; i <= m; i++ {
		for j := 1; j <= n; j++ {
			score := t.score(seen[i-1], j-1)
			switch {
			case i != j:
			case t.fixed:
				score += inRow
			case m == n:
				score += inPlace
			}
			for p := 0; p <= j; p++ {
				v := best[i-1][p] + score + t.lost(p, j-1)
				if p == j {
					v = best[i-1][p] + score + joined - t.joinCost(j-1)
					if t.cols[j-1].kind.isOwner() && i > 1 && openList(cells[i-2].text) {
						v += openBonus
					}
				}
				if v > best[i][j] {
					best[i][j], from[i][j] = v, p
				}
			}
		}
	}
	return t.trace(cells, best, from)
}

func (t *taskTable) trace(cells []cell, best [][]float64, from [][]int) []cell {
	n, m := len(t.cols), len(cells)
	out := make([]cell, n)
	if m == 0 {
		return out
	}
	end := 1
	for j := 1; j <= n; j++ {
		if best[m][j]+t.lost(j, n) > best[m][end]+t.lost(end, n) {
			end = j
		}
	}
	for i, j := m, end; i > 0; i-- {
		c := cells[i-1]
		if prev := out[j-1].text; prev != "" && c.text != "" {
			joint := t.joint(t.cols[j-1].kind)
			if joint == "" && isASCIIWord(lastRune(c.text)) && isASCIIWord(firstRune(prev)) {
				joint = "；" // two numbers must not become a third
			}
			c.text += joint + prev
		} else if prev != "" {
			c.text = prev
		}
		out[j-1] = c
		j = from[i][j]
	}
	return out
}

// joint is what stands between two pieces of one cell.
func (t *taskTable) joint(k kind) string {
	switch {
	case k.isOwner():
		return "\n"
	case t.spaced:
		return " "
	}
	return ""
}

// lost is the cost of the columns p..to-1 getting no cell.
func (t *taskTable) lost(p, to int) float64 {
	cost := 0.0
	for _, c := range t.cols[min(p, to):to] {
		cost += lostColumn
		if c.kind == kindTitle {
			cost -= 3
		}
	}
	return cost
}

// joinCost forbids two cells in a column that holds one short word.
func (t *taskTable) joinCost(col int) float64 {
	switch t.cols[col].kind {
	case kindNo, kindCategory, kindPerson, kindPeriod:
		return 3
	case kindTime, kindStart:
		return 2.5
	case kindLead:
		return 0.2 // where supporting units may stand, further units are rather those
	}
	return 0
}

// openList reports whether a list of units breaks off at a mark.
func openList(s string) bool { return s != "" && strings.ContainsRune("、，,", lastRune(s)) }

// spilled reports whether more cells with units than columns for them had to go under
// the headings of lead and support, so that the border between them is a guess.
func (t *taskTable) spilled(r row, cells []cell) bool {
	lead, _ := t.column(cells, kindLead)
	support, _ := t.column(cells, kindSupport)
	if len(r.cells) <= len(t.cols) || lead.text == "" || support.text == "" {
		return false
	}
	n := 0
	for i, c := range r.cells {
		if looksUnits(c.text) && (strings.Contains(lead.text, c.text) || strings.Contains(support.text, c.text)) && (i == 0 || !openList(r.cells[i-1].text)) {
			n++
		}
	}
	return n > 2
}

// lacking reports whether a row that was placed by what its cells hold left a column of
// units or of the time blank: which cell was lost is then a guess.
func (t *taskTable) lacking(r row, cells []cell) bool {
	if t.merges || len(r.cells) >= len(t.cols) {
		return false
	}
	for i, c := range t.cols {
		if (c.kind.isOwner() && c.kind != kindPerson || c.kind == kindTime || c.kind == kindUnit) && cells[i].text == "" {
			return true
		}
	}
	return false
}

// features is what a cell text looks like, told once a cell.
type features struct {
	no, units, when, person, empty, blank bool
	long                                  int
}

func featuresOf(s string) features {
	return features{isNo(s), looksUnits(s), looksTime(s), looksPerson(s), emptyCell(s), s == "", utf8.RuneCountInString(s)}
}

// score says how well a cell suits a column.
func (t *taskTable) score(f features, col int) float64 {
	if f.blank {
		return 0
	}
	switch k := t.cols[col].kind; k {
	case kindNo:
		return pickScore(f.no, 3, -4)
	case kindOwner, kindLead, kindSupport, kindVerify:
		return pickScore(f.units, 3, pickScore(f.empty, 1, -2))
	case kindPerson:
		return pickScore(f.person, 2, pickScore(f.empty, 1, -2))
	case kindTime, kindStart, kindGiven:
		return pickScore(f.when && !f.units, 3, pickScore(f.empty, 1, -2))
	case kindTitle, kindDetail:
		return pickScore(f.units || f.when && f.long < 12 || f.no, -0.5, pickScore(f.long >= 5, 2, 0.5))
	case kindCategory:
		return pickScore(!f.units && !f.when && !f.no && f.long <= 12, 1.2, -1.5)
	case kindPeriod, kindNote:
		return pickScore(f.units || f.no, -0.5, pickScore(f.when, 0, 0.4))
	}
	return 0
}

func pickScore(ok bool, yes, no float64) float64 {
	if ok {
		return yes
	}
	return no
}
