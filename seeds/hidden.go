package seeds

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"duban/store/ledger"
)

// readHidden notes what of the sheet people do not see: all of it, rows, columns.
func readHidden(f *excelize.File, sheet string, g *grid) error {
	shown, err := f.GetSheetVisible(sheet)
	if err != nil {
		return err
	}
	g.hidden = !shown
	widest := 0
	for i := range g.rows {
		shown, err := f.GetRowVisible(sheet, g.rows[i].line)
		if err != nil {
			return err
		}
		g.rows[i].hidden = !shown
		widest = max(widest, len(g.rows[i].cells))
	}
	for c := 1; c <= widest; c++ {
		name, err := excelize.ColumnNumberToName(c)
		if err != nil {
			return err
		}
		shown, err := f.GetColVisible(sheet, name)
		if err != nil {
			return err
		}
		if !shown && slices.ContainsFunc(g.rows, func(r row) bool { return len(r.cells) >= c && r.cells[c-1].text != "" }) {
			g.hiddenColumns = append(g.hiddenColumns, name)
		}
	}
	return nil
}

// ofSheets makes a document of what the sheets show. Where something is hidden, the
// document says so and keeps the whole beside: it counts where nothing else holds tasks.
func ofSheets(grids []*grid) *document {
	doc := &document{}
	for _, g := range grids {
		where := "工作表“" + g.name + "”"
		left := g.shownRows()
		switch {
		case g.hidden && g.words() > 0:
			doc.hidden = append(doc.hidden, ledger.Problem{Row: where, Text: "这张工作表是隐藏的", Proposal: "未列为任务，如需列入请取消隐藏后重新导入"})
			continue
		case g.hidden:
			continue
		case left.words() < g.words():
			doc.hidden = append(doc.hidden, ledger.Problem{Row: where, Text: g.hiddenLines() + "是隐藏的（或被筛选）", Proposal: "未列为任务，如需列入请取消隐藏和筛选后重新导入"})
		}
		if len(g.hiddenColumns) > 0 {
			doc.notes = append(doc.notes, ledger.Problem{Row: where, Text: strings.Join(g.hiddenColumns, "、") + "列是隐藏的", Proposal: "其中内容已一并读取，请核对"})
		}
		doc.addSheet(left)
	}
	if len(doc.hidden) > 0 {
		doc.whole = &document{}
		for _, g := range grids {
			doc.whole.addSheet(g)
		}
		doc.whole.notes = append(doc.whole.notes, ledger.Problem{Row: "全文", Text: "任务都在隐藏的工作表或行中", Proposal: "已按隐藏内容列出，请核对这份文件是否为定稿"})
	}
	return doc
}

// shownRows is the grid without its hidden rows. The text of a merge that begins in one
// stands in the first row left.
func (g *grid) shownRows() *grid {
	if !slices.ContainsFunc(g.rows, func(r row) bool { return r.hidden }) {
		return g
	}
	out := *g
	out.rows = nil
	rows := slices.Clone(g.rows)
	for i, r := range rows {
		if !r.hidden {
			out.rows = append(out.rows, r)
			continue
		}
		if i+1 == len(rows) {
			break
		}
		below := slices.Clone(rows[i+1].cells)
		for c := range min(len(r.cells), len(below)) {
			if below[c].covered && !r.cells[c].covered && below[c].text == r.cells[c].text {
				below[c].covered = false
			}
		}
		rows[i+1].cells = below
	}
	return &out
}

// words counts the rows that hold anything.
func (g *grid) words() int {
	n := 0
	for _, r := range g.rows {
		if !r.blank() {
			n++
		}
	}
	return n
}

// hiddenLines names the hidden rows that hold anything: 第3、5行; 第3行等12行.
func (g *grid) hiddenLines() string {
	var out []string
	for _, r := range g.rows {
		if r.hidden && !r.blank() {
			out = append(out, strconv.Itoa(r.line))
		}
	}
	if len(out) > 8 {
		return fmt.Sprintf("第%s行等%d行", out[0], len(out))
	}
	return "第" + strings.Join(out, "、") + "行"
}
