package seeds

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"duban/internal/zh"
)

// An office system often exports a table as a page of HTML, whatever ending its name has.

var reHTML = regexp.MustCompile(`(?i)^[\s\x{FEFF}]*<(?:!doctype html|html|head|meta|body|table|\?xml)\b`)

// isHTML tells such a page: it begins like one and has a table with rows.
func isHTML(s string) bool {
	if !reHTML.MatchString(s) {
		return false
	}
	low := strings.ToLower(s)
	return strings.Contains(low, "<table") && strings.Contains(low, "<tr")
}

// readHTML makes a document of a page: its tables with their merged cells, and the lines
// between them. A table in a cell is text of that cell.
func readHTML(s string) (*document, error) {
	dec := xml.NewDecoder(strings.NewReader(s))
	dec.Strict, dec.AutoClose, dec.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded already
	p := page{doc: &document{}}
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			p.flush()
			return p.doc, nil
		}
		if err != nil {
			return nil, fmt.Errorf("html: %w", err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			p.start(t)
		case xml.EndElement:
			p.end(strings.ToLower(t.Name.Local))
		case xml.CharData:
			if p.skip == 0 {
				p.text.WriteString(strings.Join(strings.Fields(string(t)), " "))
			}
		}
	}
}

// page is a page of HTML as far as it was read.
type page struct {
	doc   *document
	grid  *grid
	depth int // of tables
	skip  int // depth in what nobody sees
	text  strings.Builder
	line  int

	open       bool        // a cell is being read
	cols, rows int         // what the open cell spans
	cells      int         // of all tables
	below      map[int]int // by column, how many rows a cell above still covers
}

func (p *page) start(t xml.StartElement) {
	switch strings.ToLower(t.Name.Local) {
	case "script", "style", "title":
		p.skip++
	case "table":
		if p.depth++; p.depth == 1 {
			p.flush()
			p.grid, p.below = &grid{merges: true}, map[int]int{}
		}
	case "tr":
		if p.depth == 1 {
			p.cell()
			p.line++
			p.grid.rows = append(p.grid.rows, row{line: p.line})
			p.cover()
		}
	case "td", "th":
		if p.depth == 1 {
			p.cell()
			p.open, p.cols, p.rows = true, spanOf(t, "colspan"), spanOf(t, "rowspan")
		}
	case "br", "p", "div", "h1", "h2", "h3", "h4", "li":
		p.brk()
	}
}

func (p *page) end(name string) {
	switch name {
	case "script", "style", "title":
		p.skip = max(0, p.skip-1)
	case "table":
		if p.depth == 1 {
			p.cell()
		}
		if p.depth = max(0, p.depth-1); p.depth == 0 && p.grid != nil {
			p.doc.blocks = append(p.doc.blocks, block{line: p.line, table: p.grid})
			p.grid = nil
			p.text.Reset()
		}
	case "td", "th", "tr":
		if p.depth == 1 {
			p.cell()
		}
	case "p", "div", "h1", "h2", "h3", "h4", "li":
		p.brk()
	}
}

// brk ends a line: inside a cell a line of it, else a paragraph.
func (p *page) brk() {
	if p.depth == 0 {
		p.flush()
	} else if p.text.Len() > 0 {
		p.text.WriteByte('\n')
	}
}

// flush makes a paragraph of the text read so far.
func (p *page) flush() {
	if text := strings.TrimSpace(p.text.String()); text != "" && p.depth == 0 {
		p.line++
		p.doc.addLine(p.line, text)
	}
	p.text.Reset()
}

// cell ends the open cell, if one is: pages leave out the end of some.
func (p *page) cell() {
	text := strings.TrimSpace(zh.Clean(p.text.String()))
	p.text.Reset()
	if !p.open || len(p.grid.rows) == 0 {
		return
	}
	p.open = false
	r := &p.grid.rows[len(p.grid.rows)-1]
	for i := range p.cols {
		p.below[len(r.cells)] = p.rows - 1
		if !p.add(r, cell{text: text, covered: i > 0}) {
			return
		}
	}
	p.cover()
}

// cover goes on with the cells of the row above that span this one too.
func (p *page) cover() {
	n := len(p.grid.rows)
	r := &p.grid.rows[n-1]
	for n > 1 && p.below[len(r.cells)] > 0 && len(r.cells) < len(p.grid.rows[n-2].cells) {
		p.below[len(r.cells)]--
		if !p.add(r, cell{text: p.grid.rows[n-2].cells[len(r.cells)].text, covered: true}) {
			return
		}
	}
}

// add adds a cell, as far as a page may have any more.
func (p *page) add(r *row, c cell) bool {
	if len(r.cells) >= maxSheetCols || p.cells >= maxPageCells {
		return false
	}
	p.cells++
	r.cells = append(r.cells, c)
	return true
}

// maxPageCells bounds the cells of a page, those that others cover among them: a plan of 5,000
// tasks has less.
const maxPageCells = 100_000

func spanOf(t xml.StartElement, name string) int {
	for _, a := range t.Attr {
		if strings.EqualFold(a.Name.Local, name) {
			return min(max(intOf(strings.TrimSpace(a.Value)), 1), 200)
		}
	}
	return 1
}
