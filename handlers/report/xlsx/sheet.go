package xlsx

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"duban/handlers/report"
	"duban/store/ledger"
)

// column is one column of a sheet.
type column struct {
	head   string
	width  float64 // characters
	center bool
}

// cell is what stands in a row: a text, a number, a day, a moment or a share, or any of
// them with the colour of a level.
type cell struct {
	v     any
	level ledger.Level
}

// maxCell is how many characters Excel takes in one cell.
const maxCell = 32767

// sheet writes a sheet: lines of remarks, the header row, the rows; filter, frozen header,
// widths, and how it is printed. It returns the number of the header row.
func (b *book) sheet(name string, lines []string, cols []column, rows [][]cell) int {
	if b.err != nil {
		return 0
	}
	if i, err := b.f.GetSheetIndex(name); err != nil || i < 0 {
		_, err := b.f.NewSheet(name)
		b.check(err)
	}
	for i, s := range lines {
		style := b.note
		if i == 0 {
			style = b.title
			b.check(b.f.SetRowHeight(name, 1, 28))
		}
		b.put(name, 1, i+1, s, style)
	}
	head := len(lines) + 1
	for i, c := range cols {
		b.put(name, i+1, head, c.head, b.head)
		col, err := excelize.ColumnNumberToName(i + 1)
		b.check(err)
		b.check(b.f.SetColWidth(name, col, col, c.width))
	}
	b.check(b.f.SetRowHeight(name, head, 30))
	for r, row := range rows {
		for i, c := range row {
			style := b.text
			if cols[i].center {
				style = b.center
			}
			if own, is := b.form(c.v); is {
				style = own
			}
			if c.level != "" {
				style = b.level[c.level]
			}
			b.put(name, i+1, head+1+r, c.v, style)
		}
		b.check(b.f.SetRowHeight(name, head+1+r, height(cols, row)))
	}
	wide := 0.0
	for _, c := range cols {
		wide += c.width
	}
	b.view(name, head, len(cols), len(rows))
	b.paper(name, head, wide > 170)
	return head
}

// put writes text as text, so that one that begins with = or @ is no formula.
func (b *book) put(sheet string, col, row int, v any, style int) {
	at, err := excelize.CoordinatesToCellName(col, row)
	b.check(err)
	switch x := v.(type) {
	case string:
		b.check(b.f.SetCellStr(sheet, at, clean(x)))
	case int:
		b.check(b.f.SetCellInt(sheet, at, int64(x)))
	case ledger.Date:
		b.check(b.f.SetCellInt(sheet, at, int64(serial(x))))
	case time.Time:
		x = x.In(china)
		b.check(b.f.SetCellFloat(sheet, at, float64(serial(ledger.DateOf(x)))+float64(x.Hour()*60+x.Minute())/(24*60), -1, 64))
	case share:
		b.check(b.f.SetCellFloat(sheet, at, x.part, -1, 64))
	default:
		b.check(fmt.Errorf("cell %s: %T is nothing that a cell holds", at, v))
	}
	b.check(b.f.SetCellStyle(sheet, at, at, style))
}

// clean keeps the line breaks of a text and nothing else that XML or Excel refuse.
func clean(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = report.Plain(l)
	}
	s = strings.Trim(strings.Join(lines, "\n"), "\n")
	if utf8.RuneCountInString(s) > maxCell {
		s = string([]rune(s)[:maxCell-1]) + "…"
	}
	return s
}

// height is how tall a row must be for its longest cell, within what Excel allows.
func height(cols []column, row []cell) float64 {
	most := 1
	for i, c := range row {
		s, ok := c.v.(string)
		if !ok {
			continue
		}
		n := 0
		for _, line := range strings.Split(s, "\n") {
			w := 0.0
			for _, r := range line {
				if r < 0x2e80 {
					w += 1.1
				} else {
					w += 2.1
				}
			}
			n += 1 + int(w/(cols[i].width-1))
		}
		most = max(most, n)
	}
	return min(float64(most)*15+6, 400)
}

func (b *book) view(name string, head, cols, rows int) {
	last, err := excelize.CoordinatesToCellName(cols, head+max(rows, 1))
	b.check(err)
	b.check(b.f.AutoFilter(name, fmt.Sprintf("A%d:%s", head, last), nil))
	freeze := 2
	if cols < 6 {
		freeze = 0
	}
	corner, err := excelize.CoordinatesToCellName(freeze+1, head+1)
	b.check(err)
	pane := "bottomLeft"
	if freeze > 0 {
		pane = "bottomRight"
	}
	b.check(b.f.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: freeze, YSplit: head, TopLeftCell: corner, ActivePane: pane}))
}

// paper is how the sheet is printed: landscape, as wide as the page (A3 where A4 would be
// too small to read), the header row on every page, page numbers.
func (b *book) paper(name string, head int, large bool) {
	landscape, size, one, any := "landscape", 9, 1, 0
	if large {
		size = 8
	}
	b.check(b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &size, FitToWidth: &one, FitToHeight: &any}))
	yes := true
	b.check(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}))
	side, top := 0.5, 0.7
	b.check(b.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top, Horizontally: &yes}))
	b.check(b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddHeader: "&L" + name + "&R数据截至" + b.facts.AsOf, OddFooter: "&C第&P页，共&N页"}))
	b.check(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", name, head, head), Scope: name}))
}
