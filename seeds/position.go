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

// below reports whether a line is one cell that stands under a heading right of the first.
func below(b block, starts []int) bool {
	return len(starts) > 1 && len(b.cells) == 0 && len(b.starts) == 1 && !isNote(b.text) && !rePage.MatchString(b.text) && utf8.RuneCountInString(b.text) <= 12 &&
		slices.ContainsFunc(starts[1:], func(at int) bool { return at == b.starts[0] })
}

// placed puts the cells of a line under the headings above them. Where one stands under
// none, or two under the same, the line stays as it is.
func placed(b block, starts []int) []string {
	if len(starts) == 0 || len(b.starts) != len(b.cells) || len(b.cells) >= len(starts) {
		return b.cells
	}
	out := make([]string, len(starts))
	next := 0
	for i, text := range b.cells {
		j := slices.IndexFunc(starts[next:], func(at int) bool { return max(at-b.starts[i], b.starts[i]-at) <= offBy })
		if j < 0 {
			return b.cells
		}
		out[next+j] = text
		next += j + 1
	}
	return out
}
