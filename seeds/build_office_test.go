package seeds

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The smallest Word file that the reader must understand: paragraphs and tables
// written by the builders below.
func docxFile(t *testing.T, body string, parts ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	add := func(name, text string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	add("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`)
	add("word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+body+`</w:body></w:document>`)
	for i := 0; i+1 < len(parts); i += 2 {
		add(parts[i], parts[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func esc(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
}

// para is a paragraph of runs; \n is a line break inside it.
func para(runs ...string) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString("<w:r><w:t>" + strings.ReplaceAll(esc(r), "&#xA;", "</w:t><w:br/><w:t>") + "</w:t></w:r>")
	}
	return "<w:p>" + b.String() + "</w:p>"
}

// listPara is a paragraph that Word numbers.
func listPara(list, level int, text string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`, level, list, esc(text))
}

// wordCells is a row. A cell "^" goes on with the cell above, "v:…" starts such a
// merge, "2:…" spans two columns.
func wordCells(cells ...string) string {
	var b strings.Builder
	for _, c := range cells {
		props := ""
		switch {
		case c == "^":
			props, c = `<w:vMerge/>`, ""
		case strings.HasPrefix(c, "v:"):
			props, c = `<w:vMerge w:val="restart"/>`, c[2:]
		case len(c) > 2 && c[1] == ':' && c[0] >= '2' && c[0] <= '9':
			props, c = fmt.Sprintf(`<w:gridSpan w:val="%c"/>`, c[0]), c[2:]
		}
		b.WriteString("<w:tc><w:tcPr>" + props + "</w:tcPr>")
		for p := range strings.SplitSeq(c, "¶") {
			b.WriteString(para(p))
		}
		b.WriteString("</w:tc>")
	}
	return "<w:tr>" + b.String() + "</w:tr>"
}

func wordTableXML(rows ...string) string { return "<w:tbl>" + strings.Join(rows, "") + "</w:tbl>" }

// sheet writes rows into the first sheet and merges ranges such as A2:A4.
func xlsxFile(t *testing.T, rows [][]any, merges ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, r := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merges {
		from, to, _ := strings.Cut(m, ":")
		if err := f.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	return xlsxBytes(t, f)
}

func xlsxBytes(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
