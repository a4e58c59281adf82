package docx

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"duban/handlers/report"
)

// writer builds the XML of the document. Text always passes through text or para.
type writer struct{ b bytes.Buffer }

func (x *writer) raw(s string) { x.b.WriteString(s) }

// text writes people's or our own words: on one line, without what XML does not allow
// and without pictographs, for which the fonts of official papers have no glyphs.
func (x *writer) text(s string) {
	// A bytes.Buffer takes every write, so there is no error to report.
	_ = xml.EscapeText(&x.b, []byte(report.Sober(s)))
}

// para writes one paragraph in the named style. "\t" in it is a tab, "\n" a line break.
func (x *writer) para(style, s string) {
	x.raw(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			x.raw(`<w:r><w:br/></w:r>`)
		}
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				x.raw(`<w:r><w:tab/></w:r>`)
			}
			if piece != "" {
				x.raw(`<w:r><w:t xml:space="preserve">`)
				x.text(piece)
				x.raw(`</w:t></w:r>`)
			}
		}
	}
	x.raw("</w:p>\n")
}

// column is one column of a table: its width in twentieths of a point.
type column struct {
	head   string
	width  int
	center bool
}

// table writes a table whose header row repeats on every page and whose rows are never
// split between pages.
func (x *writer) table(cols []column, rows [][]string) {
	sum := 0
	for _, c := range cols {
		sum += c.width
	}
	x.raw(`<w:tbl><w:tblPr><w:tblStyle w:val="AnnexTable"/><w:tblW w:w="` + strconv.Itoa(sum) + `" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, c := range cols {
		x.raw(`<w:gridCol w:w="` + strconv.Itoa(c.width) + `"/>`)
	}
	x.raw("</w:tblGrid>\n" + `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="500" w:hRule="atLeast"/><w:tblHeader/></w:trPr>`)
	for _, c := range cols {
		x.cell(c.width, "CellHead", c.head)
	}
	x.raw("</w:tr>\n")
	for _, row := range rows {
		x.raw(`<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="420" w:hRule="atLeast"/></w:trPr>`)
		for i, c := range cols {
			style := "Cell"
			if c.center {
				style = "CellCenter"
			}
			x.cell(c.width, style, row[i])
		}
		x.raw("</w:tr>\n")
	}
	x.raw("</w:tbl>\n")
}

func (x *writer) cell(width int, style, s string) {
	x.raw(`<w:tc><w:tcPr><w:tcW w:w="` + strconv.Itoa(width) + `" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`)
	x.para(style, s)
	x.raw(`</w:tc>`)
}
