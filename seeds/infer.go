package seeds

import "unicode/utf8"

// headless reads rows that stand without a header row: under the columns of the
// table before, when the document only broke it in two, else under columns told by
// what most of their cells hold. It returns nil where the rows are no task list.
func headless(rows []row, before *taskTable) *taskTable {
	width := commonWidth(rows)
	if width < 3 || len(rows) < 2 {
		return nil
	}
	t := &taskTable{fixed: true, line: rows[0].line}
	guess := inferColumns(rows, width)
	switch {
	case before != nil && len(before.cols) == width && guess != nil:
		t.cols = append(t.cols, before.cols...)
	case guess != nil && len(rows) >= 3:
		t.cols, t.guessed = guess, true
	default:
		return nil
	}
	t.rows = rows
	return t
}

func commonWidth(rows []row) int {
	count := map[int]int{}
	best := 0
	for _, r := range rows {
		n := len(r.cells)
		if count[n]++; count[n] > count[best] || count[n] == count[best] && n > best {
			best = n
		}
	}
	if count[best]*3 < len(rows)*2 {
		return 0
	}
	return best
}

// inferColumns needs a column of numbers in front and one of units or times.
func inferColumns(rows []row, width int) []column {
	cols := make([]column, width)
	var longest, length int
	duty := false
	for c := range width {
		var no, units, when, filled, size int
		for _, r := range rows {
			if c >= len(r.cells) || r.cells[c].text == "" {
				continue
			}
			s := r.cells[c].text
			filled++
			size += utf8.RuneCountInString(s)
			switch {
			case isNo(s):
				no++
			case looksUnits(s):
				units++
			case looksTime(s):
				when++
			}
		}
		switch {
		case filled == 0:
		case c == 0 && no*5 >= filled*4:
			cols[c].kind = kindNo
		case units*3 >= filled*2:
			cols[c].kind, duty = kindOwner, true
		case when*3 >= filled*2:
			cols[c].kind, duty = kindTime, true
		case size > length:
			longest, length = c, size
		}
	}
	if cols[0].kind != kindNo || !duty || length == 0 {
		return nil
	}
	cols[longest].kind = kindTitle
	return cols
}

// celled collects the run of cell lines from block i on.
func celled(blocks []block, i int) ([]row, int) {
	var rows []row
	j := i
	for ; j < len(blocks); j++ {
		b := blocks[j]
		if b.text == "" && b.table == nil && len(b.cells) == 0 {
			continue
		}
		if len(b.cells) < 2 || b.sep != blocks[i].sep {
			break
		}
		if !b.isBlank() {
			rows = append(rows, textRow(b.line, b.cells))
		}
	}
	return rows, j
}

// partNumbers gives the number that stands in front of the first cell of each row a cell of
// its own: 1.新建公园 | 区园林局 | 6月底.
func partNumbers(rows []row) []row {
	out := make([]row, len(rows))
	for i, r := range rows {
		style, no, rest := splitNo(r.cells[0].text)
		if style == plain || rest == "" {
			return rows
		}
		out[i] = row{line: r.line, cells: append([]cell{{text: no}, {text: rest}}, r.cells[1:]...)}
	}
	return out
}

// mend joins the pieces of rows that a line break cut inside a cell: a short line,
// then lines that together fill the width.
func mend(rows []row, width int) []row {
	var out []row
	for i := 0; i < len(rows); i++ {
		r := rows[i]
		for i+1 < len(rows) && len(r.cells) < width {
			next := rows[i+1]
			if len(r.cells)+len(next.cells)-1 > width || isNo(next.cells[0].text) || !isNo(r.cells[0].text) {
				break
			}
			last := join(r.cells[len(r.cells)-1].text, next.cells[0].text, "\n")
			cells := append([]cell{}, r.cells[:len(r.cells)-1]...)
			cells = append(append(cells, cell{text: last}), next.cells[1:]...)
			r = row{line: r.line, cells: cells}
			i++
		}
		out = append(out, r)
	}
	return out
}
