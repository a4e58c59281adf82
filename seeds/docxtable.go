package seeds

import (
	"encoding/xml"
	"strings"

	"duban/internal/zh"
)

const maxTableDepth = 8

type wordTable struct {
	grid    *grid
	flow    []block // its paragraphs, as they are, and inner task tables, in order
	layout  bool    // it only lays out a page: a table of tasks stands in it
	row     row
	cell    wordCell
	dropped bool // a tracked change deleted the row
}

type wordCell struct {
	lines []string
	span  int
	merge mergeState
}

type mergeState uint8

const (
	noMerge mergeState = iota
	mergeStart
	mergeOn
)

func (w *wordReader) span(t xml.StartElement) {
	tb := w.table()
	if tb == nil {
		return
	}
	n := min(max(intOf(attr(t, "val")), 0), 200)
	if t.Name.Local == "gridSpan" {
		tb.cell.span = max(n, 1)
		return
	}
	tb.row.cells = append(tb.row.cells, make([]cell, n)...)
}

func (w *wordReader) table() *wordTable {
	if len(w.tables) == 0 {
		return nil
	}
	return w.tables[len(w.tables)-1]
}

func (t *wordTable) endCell() {
	col := len(t.row.cells)
	c := cell{text: strings.TrimSpace(zh.Clean(strings.Join(t.cell.lines, "\n")))}
	if t.cell.merge == mergeOn {
		if n := len(t.grid.rows); n > 0 && col < len(t.grid.rows[n-1].cells) {
			c = cell{text: t.grid.rows[n-1].cells[col].text, covered: true}
		}
	}
	t.row.cells = append(t.row.cells, c)
	for range t.cell.span - 1 {
		t.row.cells = append(t.row.cells, cell{text: c.text, covered: true})
	}
}

// endTable hands the table to the document, or its text to the cell around it.
func (w *wordReader) endTable() {
	tb := w.table()
	if tb == nil {
		return
	}
	w.tables = w.tables[:len(w.tables)-1]
	outer := w.table()
	switch {
	case outer == nil && tb.layout:
		w.doc.addFlow(tb.flow)
		return
	case outer == nil:
		w.doc.blocks = append(w.doc.blocks, block{line: w.line, table: tb.grid})
		return
	case tb.layout:
		outer.flow, outer.layout = append(outer.flow, tb.flow...), true
		return
	case w.heads.fromGrid(tb.grid) != nil:
		outer.flow, outer.layout = append(outer.flow, block{line: w.line, table: tb.grid}), true
		return
	}
	outer.flow = append(outer.flow, tb.flow...)
	for _, r := range tb.grid.rows {
		outer.cell.lines = append(outer.cell.lines, r.text())
	}
}

// addFlow adds what stood inside a table that only lays out the page.
func (d *document) addFlow(flow []block) {
	for _, b := range flow {
		if b.table != nil {
			d.blocks = append(d.blocks, b)
			continue
		}
		for l := range strings.SplitSeq(b.text, "\n") {
			d.addLine(b.line, l)
		}
	}
}
