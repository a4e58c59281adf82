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
	w := &wordReader{dec: xml.NewDecoder(rc), nums: nums, heads: newHeadings(), doc: &document{}}
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
	heads  headings
	doc    *document
	tables []*wordTable
	para   strings.Builder
	outer  []wordPara // the paragraphs in which a text box stands, as far as they were read
	inText bool
	hidden bool     // the run is not shown
	skip   int      // depth inside deleted text, field codes and the like
	list   wordList // of the paragraph
	line   int

	inRowProps bool
}

// wordPara is a paragraph read so far.
type wordPara struct {
	text string
	list wordList
}

// wordList is what numbers a paragraph: a list and its level, else the style.
type wordList struct {
	id, style string
	level     int
}

// skipped are the elements whose content is no text of the document: what a tracked
// change deleted or replaced, field codes, second copies of text boxes, and the reading
// set over a character.
var skipped = map[string]bool{"del": true, "moveFrom": true, "delText": true, "instrText": true, "Fallback": true, "rt": true,
	"pPrChange": true, "rPrChange": true, "tcPrChange": true, "trPrChange": true, "tblPrChange": true, "sectPrChange": true, "tblGridChange": true}

// symbols are the ticks and boxes of the symbol fonts.
var symbols = map[string]string{"F0FC": "√", "F0FE": "√", "F052": "√", "F0A8": "□", "F06F": "□", "F0A3": "□", "F06E": "■", "F0AB": "★", "F0B7": "●", "F06C": "●"}

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
			if w.inText && w.skip == 0 && !w.hidden {
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
	w.paragraph(t)
	switch t.Name.Local {
	case "trPr":
		w.inRowProps = true
	case "sym":
		w.text(symbols[strings.ToUpper(attr(t, "char"))], true)
	case "t":
		w.inText = true
	case "tab":
		w.text("\t", w.inRun(t))
	case "br", "cr":
		w.text("\n", true)
	case "noBreakHyphen":
		w.text("-", true)
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

// paragraph takes what begins a paragraph or a run, and what numbers or hides it.
func (w *wordReader) paragraph(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		w.outer = append(w.outer, wordPara{w.para.String(), w.list})
		w.para.Reset()
		w.list, w.hidden = wordList{}, false
	case "r":
		w.hidden = false
	case "vanish":
		w.hidden = attr(t, "val") != "0" && attr(t, "val") != "false"
	case "pStyle":
		w.list.style = attr(t, "val")
	case "ilvl":
		w.list.level = intOf(attr(t, "val"))
	case "numId":
		w.list.id = attr(t, "val")
	}
}

// inRun tells a tab character from a tab stop, which has attributes.
func (w *wordReader) inRun(t xml.StartElement) bool { return len(t.Attr) == 0 }

func (w *wordReader) text(s string, ok bool) {
	if ok && w.skip == 0 {
		w.para.WriteString(s)
	}
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
	text := w.nums.printed(w.list) + w.para.String()
	w.para.Reset()
	w.list = wordList{}
	if n := len(w.outer); n > 0 { // where a text box ends, the paragraph around it goes on
		w.para.WriteString(w.outer[n-1].text)
		w.list, w.outer = w.outer[n-1].list, w.outer[:n-1]
	}
	if tb := w.table(); tb != nil {
		tb.cell.lines = append(tb.cell.lines, text)
		tb.flow = append(tb.flow, block{line: w.line, text: text})
		return
	}
	for l := range strings.SplitSeq(text, "\n") {
		w.line++
		w.doc.addLine(w.line, l)
	}
}

// addLine adds a line of a paragraph.
func (d *document) addLine(no int, text string) {
	d.blocks = append(d.blocks, lineBlock(no, zh.Clean(reGap.ReplaceAllString(strings.TrimSpace(text), "\t"))))
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
