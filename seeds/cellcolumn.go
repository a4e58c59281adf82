package seeds

import (
	"slices"
	"strings"
)

// fromColumnOfCells reads a table that was pasted with one cell per line: the
// heading words come one after another, then the cells row by row. A row starts
// where the next number stands alone; without numbers, after as many lines as there
// are headings.
func (h headings) fromColumnOfCells(blocks []block, i int) (*taskTable, int) {
	var words []string
	j := i
	for ; j < len(blocks) && len(words) < 12; j++ {
		b := blocks[j]
		if b.table != nil {
			break
		}
		if b.text == "" {
			continue
		}
		k := h.of(b.text)
		if k == kindNone || isNo(b.text) || len(words) == 0 && h.exact(squeeze(b.text)) == kindNone {
			break
		}
		if len(words) > 2 && h.exact(squeeze(b.text)) == kindNone && h.isHeader(words) {
			break // the first task of a list without numbers: 梳理改革事项
		}
		if k == kindNo && len(words) > 0 { // what came before is no heading of this table
			return nil, i + 1
		}
		words = append(words, b.text)
	}
	if len(words) < 3 || !h.isHeader(words) {
		return nil, i + 1
	}
	t := &taskTable{cols: h.columns(words), line: blocks[i].line}
	t.spreadGroups()
	blocks = blankRepeats(blocks, j, words)
	var end int
	if t.cols[0].kind == kindNo {
		t.rows, end = numberedRows(blocks, j, len(t.cols))
	} else {
		t.rows, end = countedRows(blocks, j, len(t.cols))
	}
	t.rows = h.body(t.rows)
	return t, end
}

// blankRepeats empties the headings that are printed again on the next page.
func blankRepeats(blocks []block, from int, words []string) []block {
	out := slices.Clone(blocks)
	for j := from; j < len(out); j++ {
		at := j
		for _, w := range words {
			for at < len(out) && out[at].table == nil && out[at].text == "" {
				at++
			}
			if at == len(out) || out[at].table != nil || out[at].text != w {
				at = -1
				break
			}
			at++
		}
		for k := j; k < at; k++ {
			out[k].text = ""
		}
	}
	return out
}

// spreadGroups drops a heading that only spans others: 责任单位 directly before
// 牵头单位 and 配合单位, 进度安排 directly before 一季度.
func (t *taskTable) spreadGroups() {
	t.moveSubs()
	for i := 0; i+2 < len(t.cols); i++ {
		a, b, c := t.cols[i].kind, t.cols[i+1].kind, t.cols[i+2].kind
		if a == kindOwner && b == kindLead && c == kindSupport || a == kindTime && b == kindPeriod && c == kindPeriod {
			t.cols = append(t.cols[:i], t.cols[i+1:]...)
		}
	}
}

// moveSubs puts the sub-headings 牵头单位 and 配合单位 that were printed behind the
// first line of headings where the heading over them stands.
func (t *taskTable) moveSubs() {
	from := len(t.cols)
	for from > 0 && (t.cols[from-1].kind == kindLead || t.cols[from-1].kind == kindSupport) {
		from--
	}
	for i, c := range t.cols[:from] {
		if c.kind == kindOwner && i+1 < from && len(t.cols)-from >= 2 {
			out := append([]column{}, t.cols[:i]...)
			out = append(out, t.cols[from:]...)
			t.cols = append(out, t.cols[i+1:from]...)
			return
		}
	}
}

// numberedRows cuts the lines into rows at the numbers 1, 2, 3 … that stand alone.
func numberedRows(blocks []block, from, width int) ([]row, int) {
	var rows []row
	want, end := 0, from
	for j := from; j < len(blocks); j++ {
		b := blocks[j]
		if b.table != nil || len(rows) > 0 && j-end > 3 {
			break
		}
		if b.text == "" {
			continue
		}
		if endsTable(b.text) || len(rows) > 0 && rows[len(rows)-1].hasTime() && isSignature(blocks, j) {
			break
		}
		n := ordinal(bareNo(b.text))
		switch {
		case isNo(b.text) && (want == 0 || n == want || n == want+1 || n == 1):
			rows = append(rows, textRow(b.line, []string{b.text}))
			want = n + 1
		case len(rows) == 0 || isSection(b.text):
			rows = append(rows, textRow(b.line, []string{b.text}))
		case len(rows[len(rows)-1].cells) >= width+2:
			return rows, end // the table is over: no row is that long
		default:
			last := &rows[len(rows)-1]
			last.cells = append(last.cells, cell{text: b.text})
		}
		end = j + 1
	}
	return trimTail(rows, width), end
}

// hasTime reports whether a cell behind the number and the title holds a time.
func (r row) hasTime() bool {
	for _, c := range r.cells[min(len(r.cells), 2):] {
		if looksTime(c.text) && !looksUnits(c.text) {
			return true
		}
	}
	return false
}

// endsTable tells a line under a table from its cells.
func endsTable(s string) bool { return isNote(s) || reSkip.MatchString(s) }

// trimTail drops lines after the last row that are no cells of it.
func trimTail(rows []row, width int) []row {
	if len(rows) == 0 {
		return rows
	}
	last := &rows[len(rows)-1]
	if len(last.cells) > width {
		for k := width; k < len(last.cells); k++ {
			if !looksTime(last.cells[k].text) && !looksUnits(last.cells[k].text) {
				last.cells = last.cells[:k]
				break
			}
		}
	}
	return rows
}

// countedRows cuts the lines into rows of the given width.
func countedRows(blocks []block, from, width int) ([]row, int) {
	var rows []row
	var cells []string
	line, end := 0, from
	for j := from; j < len(blocks); j++ {
		b := blocks[j]
		if b.table != nil {
			break
		}
		if b.text == "" {
			continue
		}
		if len(cells) == 0 {
			line = b.line
			if isSection(b.text) {
				rows, end = append(rows, textRow(b.line, []string{b.text})), j+1
				continue
			}
		}
		if cells = append(cells, b.text); len(cells) == width {
			if r := strings.Join(cells, ""); !looksRow(cells) || r == "" {
				return rows, end
			}
			rows, end, cells = append(rows, textRow(line, cells)), j+1, nil
		}
	}
	return rows, end
}

// looksRow reports whether any cell reads like units or a time: a stretch of prose
// after the table does not.
func looksRow(cells []string) bool {
	for _, c := range cells {
		if looksUnits(c) || looksTime(c) {
			return true
		}
	}
	return false
}

// fromOneLine reads a table that lost its line breaks too: heading words, then all
// cells of all rows, with nothing but spaces between them.
func (h headings) fromOneLine(b block) *taskTable {
	words := strings.Fields(strings.ReplaceAll(b.text, "|", " "))
	first := 0
	for first < len(words) && !(isNo(words[first]) && ordinal(bareNo(words[first])) == 1) {
		first++
	}
	if first < 3 || first > 20 || len(words) < first+6 {
		return nil
	}
	from := first
	for from > 0 && h.of(words[from-1]) != kindNone {
		from--
	}
	if head := words[from:first]; len(head) >= 3 && h.of(head[0]) == kindNo && h.isHeader(head) {
		cells := make([]block, 0, len(words)-first)
		for _, w := range words[first:] {
			cells = append(cells, block{line: b.line, text: w})
		}
		t := &taskTable{cols: h.columns(head), line: b.line}
		rows, _ := numberedRows(cells, 0, len(head)) // the rest of the line is no other table
		t.rows = rows
		return t
	}
	return nil
}
