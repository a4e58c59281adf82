package docx

import (
	"bytes"
	"encoding/xml"
	"regexp"
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
	_ = xml.EscapeText(&x.b, []byte(narrow.ReplaceAllString(report.Sober(s), "（$1）")))
}

// narrow are Latin brackets around Chinese words, as the names of units are kept.
var narrow = regexp.MustCompile(`\(([\p{Han}、，]+)\)`)

// para writes one paragraph in the named style. "\t" in it is a tab, "\n" a line break.
func (x *writer) para(style, s string) { x.paragraph(`<w:pStyle w:val="`+style+`"/>`, s) }

// lastPara is para for the paragraph that ends the pages of a form.
func (x *writer) lastPara(style, s string, p page) {
	x.paragraph(`<w:pStyle w:val="`+style+`"/>`+p.xml(), s)
}

func (x *writer) paragraph(properties, s string) {
	x.raw(`<w:p><w:pPr>` + properties + `</w:pPr>`)
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

func (x *writer) cell(width int, style, s string) {
	x.raw(`<w:tc><w:tcPr><w:tcW w:w="` + strconv.Itoa(width) + `" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`)
	x.para(style, s)
	x.raw(`</w:tc>`)
}
