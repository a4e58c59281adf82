// Package docx writes the bulletin (通报) of a plan as a Word file in the page form of
// official documents (GB/T 9704): A4, 22 lines of 28 characters, named styles for title,
// body and levels, annex tables whose header row repeats.
//
// In go facts and a masthead, out comes the file. It carries no red head and no seal; until
// somebody has published it, it is a draft and says so on every page. Every figure stands in the facts; facts that do
// not add up are refused before the first byte is written. Fonts are named, with fallbacks,
// and not embedded.
package docx

import (
	"archive/zip"
	"embed"
	"fmt"
	"io"
	"time"

	"duban/handlers/report"
	"duban/store/ledger"
)

// Masthead is what stands around the facts of one bulletin. Empty fields of the imprint
// are filled as Imprinted does; the others have a default, named beside them.
type Masthead struct {
	ledger.Imprint
	Issue     int         // 第N期; 0 leaves a blank to fill in
	Date      ledger.Date // 成文日期; default the day of the facts
	Title     string      // default 关于《方案》落实情况的通报
	Published bool        // somebody has published it: its pages do not say that it is a draft
}

// Imprinted fills what an office has left open of its imprint: signed by 督查室, a series
// named after the organ, addressed to 各责任单位, three requirements of our own.
func Imprinted(i ledger.Imprint) ledger.Imprint {
	i.Organ = report.Plain(i.Organ)
	for _, x := range []struct {
		field *string
		other string
	}{{&i.Office, "督查室"}, {&i.Series, i.Organ + "督查通报"}, {&i.Addressees, "各责任单位"}, {&i.Basis, "督查工作安排"}} {
		if *x.field = report.Plain(*x.field); *x.field == "" {
			*x.field = x.other
		}
	}
	if len(i.Requirements) == 0 {
		i.Requirements = requirements
	}
	return i
}

//go:embed parts
var parts embed.FS

// static are the parts that never change: where they stand in the file, where here.
var static = []struct{ name, from string }{
	{"[Content_Types].xml", "content_types.xml"},
	{"_rels/.rels", "rels.xml"},
	{"word/_rels/document.xml.rels", "document_rels.xml"},
	{"word/styles.xml", "styles.xml"},
	{"word/settings.xml", "settings.xml"},
	{"word/fontTable.xml", "fontTable.xml"},
	{"word/header.xml", "header.xml"},
	{"word/footer_odd.xml", "footer_odd.xml"},
	{"word/footer_even.xml", "footer_even.xml"},
}

// Bulletin writes the bulletin. The same facts and masthead give the same bytes. When
// the facts do not add up the error is a report.ErrSums and nothing was written.
func Bulletin(w io.Writer, f report.Facts, m Masthead) error {
	if err := report.Check(f); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	m = m.filled(f)
	z := &archive{w: zip.NewWriter(w), at: f.At}
	for _, s := range static {
		if m.Published && s.from == "header.xml" {
			s.from = "header_published.xml"
		}
		b, err := parts.ReadFile("parts/" + s.from)
		if err != nil {
			return fmt.Errorf("docx: part %s: %w", s.from, err)
		}
		z.add(s.name, b)
	}
	z.add("docProps/core.xml", core(m, f.At))
	z.add("word/document.xml", document(f, m))
	return z.close()
}

func (m Masthead) filled(f report.Facts) Masthead {
	m.Imprint = Imprinted(m.Imprint)
	if m.Title = report.Plain(m.Title); m.Title == "" {
		m.Title = "关于《" + planName(f.Plan) + "》落实情况的通报"
	}
	if m.Date.IsZero() {
		m.Date = f.Today
	}
	return m
}

type archive struct {
	w   *zip.Writer
	at  time.Time
	err error
}

func (a *archive) add(name string, body []byte) {
	if a.err != nil {
		return
	}
	part, err := a.w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: a.at.UTC()})
	if err == nil {
		_, err = part.Write(body)
	}
	if err != nil {
		a.err = fmt.Errorf("docx: write %s: %w", name, err)
	}
}

func (a *archive) close() error {
	if a.err != nil {
		return a.err
	}
	if err := a.w.Close(); err != nil {
		return fmt.Errorf("docx: close: %w", err)
	}
	return nil
}

func core(m Masthead, at time.Time) []byte {
	status := "草稿"
	if m.Published {
		status = "印发稿"
	}
	x := &writer{}
	x.raw(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`)
	x.text(m.Title)
	x.raw(`</dc:title><dc:creator>`)
	x.text(m.Office)
	x.raw(`</dc:creator><cp:contentStatus>` + status + `</cp:contentStatus><dcterms:created xsi:type="dcterms:W3CDTF">` + at.UTC().Format(time.RFC3339) + `</dcterms:created></cp:coreProperties>`)
	return x.b.Bytes()
}
