package seeds

import (
	"slices"
	"strings"
)

// joinDrawn joins the lines of each row of a table whose rows are drawn apart by
// lines: between ├──┼──┤ all that stands below each other is one cell.
func (d *document) joinDrawn() {
	for i := 0; i < len(d.blocks); i++ {
		if !d.blocks[i].rule {
			continue
		}
		var rows [][]block // the lines between two rules
		from, end := i+1, i+1
		for ; end < len(d.blocks); end++ {
			b := d.blocks[end]
			if b.rule {
				rows = append(rows, d.blocks[from:end])
				from = end + 1
			} else if b.sep != '|' {
				break
			}
		}
		if drawnApart(rows) {
			for _, r := range rows {
				joinRow(r)
			}
		}
		i = max(i, from-1)
	}
}

// drawnApart reports whether a rule stands between any two rows: there are several, and
// none of them holds two numbers.
func drawnApart(rows [][]block) bool {
	if len(rows) < 3 {
		return false
	}
	return !slices.ContainsFunc(rows, func(r []block) bool {
		numbers := 0
		for _, b := range r {
			if len(b.cells) != len(r[0].cells) {
				return true
			}
			if isNo(b.cells[0]) {
				numbers++
			}
		}
		return numbers > 1
	})
}

// joinRow puts the lines of a row into its first.
func joinRow(lines []block) {
	if len(lines) < 2 {
		return
	}
	first := &lines[0]
	for c := range first.cells {
		pieces := make([]string, len(lines))
		for i, b := range lines {
			pieces[i] = b.cells[c]
		}
		first.cells[c] = oneLine(strings.Join(pieces, "\n"))
	}
	first.text = strings.Join(first.cells, " ")
	for i := range lines[1:] {
		lines[i+1] = block{line: lines[i+1].line}
	}
}
