package seeds

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A table drawn with blanks keeps its columns by their place on the line: a cell begins
// where its heading does. That tells which cell of a row is missing.

// offBy is how many columns a cell may stand beside the beginning of its heading.
const offBy = 2

// cellStarts are the columns at which the cells of a line begin, where nothing but blanks
// stands between them.
func cellStarts(line string) []int {
	if strings.ContainsAny(line, "\t|｜│┃║") {
		return nil
	}
	text := strings.TrimRight(line, " \u3000\u00a0\r")
	from := len(text) - len(strings.TrimLeft(text, " \u3000\u00a0"))
	starts := []int{reach(text[:from])}
	for _, gap := range reGap.FindAllStringIndex(text[from:], -1) {
		starts = append(starts, reach(text[:from+gap[1]]))
	}
	return starts
}

// reach is how many columns a text takes, its blanks too.
func reach(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x2010 {
			n++
		}
	}
	return n
}

// startsOf are the places of the columns: each has the one of its heading in one of the
// lines over the rows; nil where one is not known.
func startsOf(cols []column, heads []block) []int {
	var out []int
	for _, c := range cols {
		at := -1
		for _, b := range heads {
			for i, text := range b.cells {
				if len(b.starts) == len(b.cells) && oneLine(text) == c.head {
					at = b.starts[i]
				}
			}
		}
		if at < 0 {
			return nil
		}
		out = append(out, at)
	}
	if !slices.IsSorted(out) {
		return nil
	}
	return out
}

// edges are the places at which the columns of a table drawn with blanks begin, by its
// headings and by the rows that have all their cells. sure says that no cell of these
// reaches into another column, so that every cell belongs to the column it begins in.
type edges struct {
	at   []int
	to   []int // how far the cells of each column reach
	sure bool
}

// edgesOf measures the table. Headings may stand in the middle of their columns.
func edgesOf(cols []column, heads, lines []block) edges {
	e := edges{at: startsOf(cols, heads)}
	left, right := slices.Clone(e.at), make([]int, len(cols))
	rows := 0
	for _, b := range lines {
		if len(b.starts) != len(cols) || len(b.cells) != len(cols) {
			continue
		}
		if rows++; left == nil {
			left = slices.Clone(b.starts)
		}
		for i, at := range b.starts {
			left[i], right[i] = min(left[i], at), max(right[i], at+reach(b.cells[i]))
		}
	}
	for i := 1; i < len(left); i++ {
		if right[i-1] >= left[i] {
			return e
		}
	}
	if rows > 1 {
		e.at, e.to, e.sure = left, right, true
	}
	return e
}

// cutHeads parts the headings that a single blank keeps apart, because one of them fills its
// column.
func (h headings) cutHeads(b block) block {
	if len(b.starts) != len(b.cells) {
		return b
	}
	out := b
	out.cells, out.starts = nil, nil
	for i, text := range b.cells {
		words := strings.Fields(text)
		if !slices.ContainsFunc(words, func(w string) bool { return h.exact(squeeze(w)) != kindNone }) ||
			slices.ContainsFunc(words, func(w string) bool { return h.of(w) == kindNone || strings.ContainsRune("及和（(", firstRune(w)) }) {
			words = []string{text}
		}
		at := b.starts[i]
		for _, w := range words {
			out.cells, out.starts = append(out.cells, w), append(out.starts, at)
			at += reach(w) + 1
		}
	}
	return out
}

// below reports whether a line is one cell that stands under a heading right of the first.
func (e edges) below(b block) bool {
	return len(e.at) > 1 && len(b.cells) == 0 && len(b.starts) == 1 && b.text != "" && !isNote(b.text) && !rePage.MatchString(b.text) && utf8.RuneCountInString(b.text) <= 12 &&
		slices.ContainsFunc(e.at[1:], func(at int) bool { return at == b.starts[0] })
}

// placed puts the cells of a line under the headings above them. Where one stands under
// none, or two under the same, the line stays as it is.
func (e edges) placed(b block) []string {
	if len(e.at) == 0 || len(b.starts) != len(b.cells) || len(b.cells) >= len(e.at) {
		return b.cells
	}
	cells, starts := e.parted(b)
	out := make([]string, len(e.at))
	next := 0
	for i, text := range cells {
		j := slices.IndexFunc(e.at[next:], func(at int) bool { return max(at-starts[i], starts[i]-at) <= offBy })
		if e.sure {
			j = e.column(starts[i]) - next
		}
		if j < 0 || e.sure && starts[i] >= e.to[next+j] {
			return b.cells
		}
		out[next+j] = text
		next += j + 1
	}
	return out
}

// column is the one in which a cell that begins there stands.
func (e edges) column(start int) int {
	j := len(e.at) - 1
	for j > 0 && e.at[j] > start+offBy {
		j--
	}
	return j
}

// parted cuts cells that a single blank keeps apart where a column begins, because the
// cell before fills its own.
func (e edges) parted(b block) (cells []string, starts []int) {
	for i, text := range b.cells {
		from, at := 0, b.starts[i]
		for k, r := range text {
			if r == ' ' && slices.Contains(e.at, at+1) && len(b.cells)+len(cells)-i < len(e.at) {
				cells, starts = append(cells, text[from:k]), append(starts, b.starts[i]+reach(text[:from]))
				from = k + 1
			}
			at += reach(string(r))
		}
		cells, starts = append(cells, text[from:]), append(starts, b.starts[i]+reach(text[:from]))
	}
	return cells, starts
}
