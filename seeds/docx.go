package seeds

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"duban/internal/zh"
)

// readDocx reads the body of a Word document: paragraphs and tables in order,
// deleted text and field codes left out, list numbers that Word generates added.
func readDocx(z *zip.Reader) (*document, error) {
	nums, err := readNumbering(z)
	if err != nil {
		return nil, err
	}
	rc, err := openPart(z, "word/document.xml")
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	w := &wordReader{dec: xml.NewDecoder(rc), nums: nums, doc: &document{}}
	if err := w.run(); err != nil {
		return nil, fmt.Errorf("word/document.xml: %w", err)
	}
	return w.doc, nil
}

// wordReader walks the XML once. Tables stack, because a cell may hold a table; the
// text of an inner table becomes lines of the outer cell.
type wordReader struct {
	dec    *xml.Decoder
	nums   *numbering
	doc    *document
	tables []*wordTable
	para   strings.Builder
	inText bool
	skip   int // depth inside deleted text, field codes and the like
	numID  string
	level  int
	line   int

	inRowProps bool
}

// skipped are the elements whose content is no text of the document: what a tracked
// change deleted or replaced, field codes, and second copies of text boxes.
var skipped = map[string]bool{"del": true, "moveFrom": true, "delText": true, "instrText": true, "Fallback": true, "textbox": true,
	"pPrChange": true, "rPrChange": true, "tcPrChange": true, "trPrChange": true, "tblPrChange": true, "sectPrChange": true, "tblGridChange": true}

type wordTable struct {
	grid    *grid
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

const maxTableDepth = 8

func (w *wordReader) run() error {
	for {
		tok, err := w.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if err := w.start(t); err != nil {
				return err
			}
		case xml.EndElement:
			w.end(t.Name.Local)
		case xml.CharData:
			if w.inText && w.skip == 0 {
				w.para.Write(t)
			}
		}
	}
}

func (w *wordReader) start(t xml.StartElement) error {
	if skipped[t.Name.Local] {
		w.skip++
		if tb := w.table(); tb != nil && w.inRowProps && t.Name.Local == "del" {
			tb.dropped = true
		}
	}
	if w.skip > 0 {
		return nil
	}
	switch t.Name.Local {
	case "trPr":
		w.inRowProps = true
	case "t":
		w.inText = true
	case "tab":
		w.text("\t", w.inRun(t))
	case "br", "cr":
		w.text("\n", true)
	case "noBreakHyphen":
		w.text("-", true)
	case "ilvl":
		w.level = intOf(attr(t, "val"))
	case "numId":
		w.numID = attr(t, "val")
	case "tbl":
		if len(w.tables) >= maxTableDepth {
			return fmt.Errorf("tables nested deeper than %d", maxTableDepth)
		}
		w.tables = append(w.tables, &wordTable{grid: &grid{merges: true}})
	case "tr":
		if tb := w.table(); tb != nil {
			w.line++
			tb.row, tb.dropped = row{line: w.line}, false
		}
	case "tc":
		if tb := w.table(); tb != nil {
			tb.cell = wordCell{span: 1}
		}
	case "gridSpan", "gridBefore":
		w.span(t)
	case "vMerge":
		if tb := w.table(); tb != nil {
			tb.cell.merge = mergeOn
			if attr(t, "val") == "restart" {
				tb.cell.merge = mergeStart
			}
		}
	}
	return nil
}

// inRun tells a tab character from a tab stop, which has attributes.
func (w *wordReader) inRun(t xml.StartElement) bool { return len(t.Attr) == 0 }

func (w *wordReader) text(s string, ok bool) {
	if ok && w.skip == 0 {
		w.para.WriteString(s)
	}
}

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

func (w *wordReader) end(name string) {
	if skipped[name] {
		w.skip--
	}
	if w.skip > 0 || skipped[name] {
		return
	}
	switch name {
	case "trPr":
		w.inRowProps = false
	case "t":
		w.inText = false
	case "p":
		w.endParagraph()
	case "tc":
		if tb := w.table(); tb != nil {
			tb.endCell()
		}
	case "tr":
		if tb := w.table(); tb != nil && len(tb.row.cells) > 0 && !tb.dropped {
			tb.grid.rows = append(tb.grid.rows, tb.row)
		}
	case "tbl":
		w.endTable()
	}
}

func (w *wordReader) endParagraph() {
	text := w.nums.next(w.numID, w.level) + w.para.String()
	w.para.Reset()
	w.numID, w.level = "", 0
	if tb := w.table(); tb != nil {
		tb.cell.lines = append(tb.cell.lines, text)
		return
	}
	for _, l := range strings.Split(text, "\n") {
		w.line++
		w.doc.blocks = append(w.doc.blocks, lineBlock(w.line, zh.Clean(reGap.ReplaceAllString(strings.TrimSpace(l), "\t"))))
	}
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
	if outer == nil {
		w.doc.blocks = append(w.doc.blocks, block{line: w.line, table: tb.grid})
		return
	}
	for _, r := range tb.grid.rows {
		outer.cell.lines = append(outer.cell.lines, r.text())
	}
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func intOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
