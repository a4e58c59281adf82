package seeds

import (
	"slices"

	"duban/store/ledger"
)

// A numbered project may stand over several rows, each a task by itself. It is so where
// the rows have numbers of their own (1.1, 1.2), or each its own units and time.

// ownNumbers is the column right of the titles whose cells carry the numbers of tasks
// under them, or -1: 1.1 升级政务云平台 beside 夯实数字底座.
func (t *taskTable) ownNumbers(title int) int {
	for i := title + 1; i < len(t.cols); i++ {
		if k := t.cols[i].kind; k != kindTitle && k != kindDetail && k != kindNone {
			continue
		}
		rows, numbered := 0, 0
		for _, r := range t.rows {
			if len(r.filled()) < 2 || isTotal(r) {
				continue
			}
			rows++
			if i < len(r.cells) && !r.cells[i].covered {
				if style, _, rest := splitNo(oneLine(r.cells[i].text)); style == dotted && rest != "" {
					numbered++
				}
			}
		}
		if rows > 2 && numbered*10 >= rows*9 {
			return i
		}
	}
	return -1
}

// goOn takes a row that goes on with the last task: more of it, or a task by itself.
func (w *rowWalk) goOn(r row, cells []cell) {
	if !w.isTask(cells) {
		w.extend(cells)
		return
	}
	first := &w.out[len(w.out)-1]
	if !first.split {
		first.project = join(first.project, first.title, "／")
		first.title, first.split = heading(first.detail), true
	}
	no, project := first.no, first.project
	own := slices.Clone(cells)
	for i, c := range w.t.cols {
		if c.kind == kindTitle || c.kind == kindNo || c.kind == kindCategory {
			own[i] = cell{}
		}
	}
	n := len(w.out)
	if w.add(r, own); len(w.out) == n {
		return
	}
	last := &w.out[n]
	last.no, last.project, last.split = no, project, true
	last.doubts = slices.DeleteFunc(last.doubts, func(p ledger.Problem) bool { return p.Text == noNumber })
}

// isTask reports whether a row under the number of the last task has something of its own
// to do, its own time, and names who leads it, the units not all being those of the row above.
func (w *rowWalk) isTask(cells []cell) bool {
	if len(w.out) == 0 || len(w.above) != len(cells) {
		return false
	}
	what, when, led, others := false, false, false, false
	for i, c := range cells {
		k := w.t.cols[i].kind
		if c.covered && w.t.merges && (k == kindLead || k == kindOwner) {
			led = true // the merge says who
		}
		if c.text == "" || c.covered || isDitto(c.text) {
			continue
		}
		switch {
		case k == kindDetail:
			what = true
		case k == kindTime:
			when = true
		case k.isOwner() && k != kindPerson && !emptyCell(c.text):
			led = led || k == kindLead || k == kindOwner
			others = others || oneLine(c.text) != oneLine(w.above[i].text)
		}
	}
	return what && when && led && others && w.out[len(w.out)-1].detail != "" && !w.wraps(&w.out[len(w.out)-1], cells)
}
