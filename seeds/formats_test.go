package seeds

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/xuri/excelize/v2"

	"duban/store/ledger"
)

// wholeTable is the longest run of lines with as many cells as its first, none of them
// blank, and the paragraphs above it; nil where the document has none of four lines.
func wholeTable(doc *document) (above []string, rows [][]string) {
	for i := 0; i < len(doc.blocks); i++ {
		var run [][]string
		for _, b := range doc.blocks[i:] {
			if len(b.cells) < 3 || len(run) > 0 && len(b.cells) != len(run[0]) || slices.Contains(b.cells, "") {
				break
			}
			run = append(run, b.cells)
		}
		if len(run) > len(rows) && newHeadings().isHeader(run[0]) {
			rows, above = run, nil
			for _, b := range doc.blocks[:i] {
				if len(b.cells) < 2 && b.text != "" {
					above = append(above, b.text)
				}
			}
		}
	}
	if len(rows) < 4 {
		return nil, nil
	}
	return above, rows
}

func separatedFile(t *testing.T, comma rune, above []string, rows [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	for _, l := range slices.Backward(above) {
		line := make([]string, len(rows[0]))
		line[0] = l
		rows = slices.Insert(slices.Clone(rows), 0, line)
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// merged reports whether the cell says the same as the one above it in the column of
// categories, where a person would merge the two.
func merged(rows [][]string, r, c int) bool {
	return r > 1 && rows[r][c] == rows[r-1][c] && newHeadings().columns(rows[0])[c].kind == kindCategory
}

func sheetFile(t *testing.T, above []string, rows [][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	at := func(r, c int) string {
		name, err := excelize.CoordinatesToCellName(c+1, len(above)+r+1)
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	for i, l := range above {
		if err := f.SetCellStr("Sheet1", fmt.Sprintf("A%d", i+1), l); err != nil {
			t.Fatal(err)
		}
	}
	for r := range rows {
		for c, s := range rows[r] {
			if err := f.SetCellStr("Sheet1", at(r, c), s); err != nil {
				t.Fatal(err)
			}
		}
	}
	for c := range rows[0] {
		for r := 0; r < len(rows); {
			end := r + 1
			for end < len(rows) && merged(rows, end, c) {
				end++
			}
			if end-r > 1 {
				if err := f.MergeCell("Sheet1", at(r, c), at(end-1, c)); err != nil {
					t.Fatal(err)
				}
			}
			r = end
		}
	}
	return xlsxBytes(t, f)
}

func wordFile(t *testing.T, above []string, rows [][]string) []byte {
	t.Helper()
	var body strings.Builder
	for _, l := range above {
		body.WriteString(para(l))
	}
	var lines []string
	for r := range rows {
		cells := slices.Clone(rows[r])
		for c := range cells {
			switch {
			case merged(rows, r, c):
				cells[c] = "^"
			case r+1 < len(rows) && merged(rows, r+1, c):
				cells[c] = "v:" + cells[c]
			}
		}
		lines = append(lines, wordCells(cells...))
	}
	return docxFile(t, body.String()+wordTableXML(lines...))
}

// TestFormats: the same table says the same as text, workbook and document.
func TestFormats(t *testing.T) {
	var tables atomic.Int32
	t.Cleanup(func() {
		if n := tables.Load(); n < 20 {
			t.Errorf("only %d of the plans are such tables", n)
		}
	})
	planFiles(t, func(t *testing.T, name string, b []byte, issued ledger.Date) {
		doc, err := parse(b, name)
		if err != nil {
			t.Fatal(err)
		}
		above, rows := wholeTable(doc)
		if rows == nil {
			return // no table without blank cells
		}
		tables.Add(1)
		var want []string
		for _, f := range []struct {
			name string
			file []byte
		}{
			{"x.xlsx", sheetFile(t, above, rows)}, {"x.docx", wordFile(t, above, rows)},
			{"x.tsv", separatedFile(t, '\t', above, rows)}, {"x.csv", separatedFile(t, ',', above, rows)},
		} {
			p, err := Read(f.file, Options{Name: f.name, Issued: issued})
			if err != nil {
				t.Fatalf("%s: %v", f.name, err)
			}
			if want == nil {
				want = taskLines(p)
			}
			for _, l := range sameLines(want, taskLines(p)) {
				t.Errorf("%s: %s", f.name, l)
			}
		}
	})
}
