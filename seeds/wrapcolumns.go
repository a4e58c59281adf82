package seeds

import (
	"regexp"
	"slices"
)

// The text of a page that was copied has a line for each line of print: its cells are
// broken at the width of their columns, in the middle of names and titles, and the number
// of a row stands on its first line or on the one in the middle.

// maxRowLines bounds the lines of one row: no page has more.
const maxRowLines = 80

// joinWrapped puts the lines of each row into one, told by their numbers or, where a table
// has none, by the cells that go on. It returns nil where cells do not end
// because their column is full, so that the lines are rows of their own.
func (t *taskTable) joinWrapped(rows []row) []row {
	w := wrapped{t: t, rows: rows, no: slices.IndexFunc(t.cols, func(c column) bool { return c.kind == kindNo })}
	if t.spaced || !w.measure() {
		return nil
	}
	groups := w.groups(false)
	full, short := w.goOn(groups)
	if middle := w.groups(true); w.no >= 0 && !slices.Equal(groups, middle) {
		if f, s := w.goOn(middle); f-s > full-short {
			groups, full, short = middle, f, s
		}
	}
	if full < 2 || full < 4*short || slices.ContainsFunc(groups, func(g lineGroup) bool { return g.to-g.from > maxRowLines }) {
		return nil
	}
	var out []row
	for _, g := range groups {
		out = append(out, w.whole(g))
	}
	return out
}

// wrapped is a table whose rows may have several lines.
type wrapped struct {
	t      *taskTable
	rows   []row
	no     int   // the column of the numbers
	widths []int // of the columns, as far as their cells reach
}

// lineGroup are the lines of one row.
type lineGroup struct{ from, to int }

// measure takes the widths. It reports whether every line has all columns.
func (w *wrapped) measure() bool {
	w.widths = make([]int, len(w.t.cols))
	for _, r := range w.rows {
		if len(r.cells) == 1 {
			continue // a heading between the rows
		}
		if len(r.cells) != len(w.t.cols) {
			return false
		}
		for c, x := range r.cells {
			w.widths[c] = max(w.widths[c], reach(x.text))
		}
	}
	return true
}

// numbered reports whether the line has the number of a row. Where the table has none, it is
// the line on which some cell does not go on.
func (w *wrapped) numbered(i int) bool {
	if w.no < 0 {
		return len(w.rows[i].cells) > 1 && (i == 0 || !w.continued(i))
	}
	return len(w.rows[i].cells) > 1 && isNo(w.rows[i].cells[w.no].text)
}

// alone reports whether the line stands between the rows: a heading, a note.
func (w *wrapped) alone(i int) bool {
	words := w.rows[i].filled()
	return len(words) == 1 && (len(w.rows[i].cells) == 1 || isSection(words[0])) || w.no >= 0 && w.rows[i].cells[w.no].text != "" && !w.numbered(i)
}

// reBroken is a time that goes on: 月底前上线, ，年底前清零.
var reBroken = regexp.MustCompile(`^[，、；]|` + reTimeRest.String())

// continued reports whether all cells of the line go on with those above, and some cell is
// over by then or broke in the middle of a name or a time.
func (w *wrapped) continued(i int) bool {
	sure := false
	for c := range w.t.cols {
		if len(w.rows[i].cells) == 1 || len(w.rows[i-1].cells) == 1 {
			return false
		}
		a, b := w.rows[i-1].cells[c].text, w.rows[i].cells[c].text
		k := w.t.cols[c].kind
		open := k == kindTime && (reTimeOpen.MatchString(a) || openList(a) || reBroken.MatchString(b) || isASCIIWord(lastRune(a)) && isASCIIWord(firstRune(b))) || k.isOwner() && !looksUnits(lastName(a))
		switch {
		case b == "":
			sure = true
		case a == "", !w.full(c, a, b), k.isOwner() && twoNames(a, b), k == kindTime && looksTime(a) && !open:
			return false
		case open:
			sure = true
		}
	}
	return sure
}

// goOn counts the cells that go on inside the rows.
func (w *wrapped) goOn(groups []lineGroup) (full, short int) {
	for _, g := range groups {
		for i := g.from; i+1 < g.to; i++ {
			f, s := w.breaks(i)
			full, short = full+f, short+s
		}
	}
	return full, short
}

// groups parts the lines into rows: at their numbers, or where the numbers stand in the
// middle of the rows, between two numbers where no cell goes on.
func (w *wrapped) groups(middle bool) []lineGroup {
	var out []lineGroup
	from, last := 0, -1 // where the open row begins, and the line of its number
	for i := range w.rows {
		switch {
		case w.alone(i):
			if i > from {
				out = append(out, lineGroup{from, i})
			}
			out = append(out, lineGroup{i, i + 1})
			from, last = i+1, -1
		case w.numbered(i) && last >= 0:
			cut := i
			if middle {
				cut = w.cut(from, last, i)
			}
			out = append(out, lineGroup{from, cut})
			from, last = cut, i
		case w.numbered(i):
			last = i
		}
	}
	if from < len(w.rows) {
		out = append(out, lineGroup{from, len(w.rows)})
	}
	return out
}

// cut is the line at which the row of the number on line next begins: where the fewest
// cells go on and the number before stands in the middle of its row.
func (w *wrapped) cut(from, last, next int) int {
	best, at := 0.0, -1
	for cut := last + 1; cut <= next; cut++ {
		full, short := w.breaks(cut - 1)
		off := (cut - last - 1) - (last - from)
		cost := float64(full-short) + 0.1*float64(max(off, -off)) + 0.6*float64(max(max(off, -off)-1, 0))
		if w.rows[cut].line == w.rows[cut-1].line+2 { // a blank line
			cost -= 3
		}
		if at < 0 || cost < best {
			best, at = cost, cut
		}
	}
	return at
}

// breaks counts the cells that go on in the next line: those whose column is full, and
// those that had room for more.
func (w *wrapped) breaks(i int) (full, short int) {
	for c := range w.t.cols {
		if len(w.rows[i].cells) == 1 || len(w.rows[i+1].cells) == 1 {
			continue
		}
		a, b := w.rows[i].cells[c].text, w.rows[i+1].cells[c].text
		switch {
		case a == "" || b == "" || c == w.no:
		case !w.full(c, a, b) || w.t.cols[c].kind.isOwner() && twoNames(a, b):
			short++
		case w.room(c, a, b) < 0:
			full++
		}
	}
	return full, short
}

// room is how much of the column would be left if the line went on with the first word of
// the next: a number stays whole, and no mark begins a line.
func (w *wrapped) room(c int, text, next string) int {
	return w.widths[c] - reach(text) - reach(reFirstWord.FindString(next))
}

// full reports whether the text ends because its column does, which a mark may overstep.
func (w *wrapped) full(c int, text, next string) bool { return w.room(c, text, next) < 2 }

// reFirstWord is the part of a text that no line break parts: a number or a character, the
// brackets before it and the marks behind it.
var reFirstWord = regexp.MustCompile(`^[（(《“‘【]*(?:[0-9A-Za-z.%+-]+|.)[，。、；：）)》”’】%]*`)

// whole joins the lines of a row.
func (w *wrapped) whole(g lineGroup) row {
	out := row{line: w.rows[g.from].line, cells: slices.Clone(w.rows[g.from].cells)}
	for i := g.from; i < g.to; i++ {
		if w.numbered(i) {
			out.line = w.rows[i].line
		}
	}
	for i := g.from + 1; i < g.to; i++ {
		for c, x := range w.rows[i].cells {
			if x.text != "" {
				out.cells[c].text += w.joint(c, out.cells[c].text, w.rows[i-1].cells[c].text, x.text) + x.text
			}
		}
	}
	return out
}

// joint is what stands between two lines of a cell: nothing where the column was full,
// but two whole names stay apart.
func (w *wrapped) joint(c int, before, above, below string) string {
	k := w.t.cols[c].kind
	switch {
	case before == "":
		return ""
	case k.isOwner():
		if w.full(c, above, below) && !twoNames(before, below) {
			return ""
		}
		return "\n"
	case k == kindTime && !w.full(c, above, below) && looksTime(before) && looksTime(below):
		return "；"
	}
	return ""
}

// twoNames reports whether the list of units ends with a whole name and the next begins
// with another: no list breaks there without a mark.
func twoNames(before, below string) bool {
	last, first := lastName(before), reListSep.Split(below, 2)[0]
	return last != "" && looksUnits(last) && reBegins.MatchString(first) && looksUnits(first)
}

// lastName is the last entry of a list of units, as far as it goes.
func lastName(list string) string {
	names := reListSep.Split(list, -1)
	return names[len(names)-1]
}
