package seeds

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"duban/internal/zh"
)

const (
	maxSheetRows = 20000
	maxSheetCols = 200
)

// readXlsx reads every sheet that is shown as a table; sheets that hold no task table
// are left over as paragraphs. Where something is hidden, the document keeps the whole
// of the workbook beside.
func readXlsx(b []byte) (*document, error) {
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{
		CultureInfo: excelize.CultureNameZhCN, ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy年m月d日",
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked,
	})
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	since1904 := false
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		since1904 = *props.Date1904
	}
	var grids []*grid
	for _, sheet := range f.GetSheetList() {
		g, err := readSheet(f, sheet, since1904)
		if err != nil {
			return nil, fmt.Errorf("sheet %q: %w", sheet, err)
		}
		grids = append(grids, g)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return ofSheets(grids), nil
}

func readSheet(f *excelize.File, sheet string, since1904 bool) (*grid, error) {
	rows, err := f.GetRows(sheet)
	if err != nil {
		return nil, err
	}
	raw, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	g := &grid{merges: true, name: sheet, since1904: since1904}
	for i, cells := range rows[:min(len(rows), maxSheetRows)] {
		r := row{line: i + 1}
		for j, c := range cells[:min(len(cells), maxSheetCols)] {
			r.cells = append(r.cells, cell{text: strings.TrimSpace(zh.Clean(shown(c, rawAt(raw, i, j), since1904)))})
		}
		g.rows = append(g.rows, r)
	}
	if err := readHidden(f, sheet, g); err != nil {
		return nil, err
	}
	return g, fillMerges(f, sheet, g)
}

func rawAt(raw [][]string, i, j int) string {
	if i < len(raw) && j < len(raw[i]) {
		return raw[i][j]
	}
	return ""
}

// shown is the cell as people see it; dates that the format shows in the American
// way or as 43-Sep become unmistakable.
func shown(text, raw string, since1904 bool) string {
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil || text == raw || n < 20000 || n > 80000 || !strings.ContainsAny(text, "-/年月日") {
		return text
	}
	t, err := excelize.ExcelDateToTime(n, since1904)
	if err != nil {
		return text
	}
	if strings.Contains(text, "月") && !strings.Contains(text, "日") {
		return fmt.Sprintf("%d年%d月", t.Year(), int(t.Month()))
	}
	return chineseDay(t)
}

func chineseDay(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// fillMerges gives the cells under a merge its text.
func fillMerges(f *excelize.File, sheet string, g *grid) error {
	merges, err := f.GetMergeCells(sheet)
	if err != nil {
		return err
	}
	for _, m := range merges {
		c1, r1, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return err
		}
		c2, r2, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return err
		}
		g.cover(r1-1, c1-1, min(r2, len(g.rows), maxSheetRows)-1, min(c2, maxSheetCols)-1)
	}
	return nil
}

func (g *grid) cover(r1, c1, r2, c2 int) {
	if r1 < 0 || c1 < 0 || r1 >= len(g.rows) {
		return
	}
	text := ""
	if c1 < len(g.rows[r1].cells) {
		text = g.rows[r1].cells[c1].text
	}
	for r := r1; r <= r2; r++ {
		for len(g.rows[r].cells) <= c2 {
			g.rows[r].cells = append(g.rows[r].cells, cell{})
		}
		for c := c1; c <= c2; c++ {
			if r != r1 || c != c1 {
				g.rows[r].cells[c] = cell{text: text, covered: true}
			}
		}
	}
}

// addSheet adds the rows over the header as paragraphs, so that the title is found,
// and the rest as a table; a sheet without a header is a form, or all paragraphs.
func (d *document) addSheet(g *grid) {
	h := newHeadings()
	form := (h.turned(g) != nil || h.fromForm(g, "") != nil) && !slices.ContainsFunc(g.rows, func(r row) bool { return h.isHeader(r.texts()) })
	for i, r := range g.rows {
		if form && len(own(r.cells)) > 1 && len(r.filled()) > 1 {
			d.blocks = append(d.blocks, block{line: r.line, table: &grid{rows: g.rows[i:], merges: true, name: g.name}})
			return
		}
		if h.heads(r.texts(), g.rows[i+1:]) {
			d.blocks = append(d.blocks, block{line: r.line, table: &grid{rows: g.serials(h, g.rows[i:]), merges: true, name: g.name}})
			return
		}
		if !r.blank() {
			d.blocks = append(d.blocks, block{line: r.line, text: oneLine(r.text())})
		}
	}
}

// serials is serialDays for the table whose header row comes first.
func (g *grid) serials(h headings, rows []row) []row {
	serialDays(h.columns(rows[0].texts()), rows[1:], g.since1904)
	return rows
}

// serialDays turns bare day numbers under a time heading into dates: a cell that was
// typed as a date and then set to the general format shows 43373, and is pasted so.
func serialDays(cols []column, rows []row, since1904 bool) {
	for _, r := range rows {
		for i := range r.cells {
			if i >= len(cols) || cols[i].kind != kindTime && cols[i].kind != kindStart {
				continue
			}
			n, err := strconv.ParseFloat(r.cells[i].text, 64)
			if err != nil || n < 20000 || n > 80000 {
				continue
			}
			if t, err := excelize.ExcelDateToTime(n, since1904); err == nil {
				r.cells[i].text = chineseDay(t)
			}
		}
	}
}
