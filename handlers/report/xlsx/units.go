package xlsx

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// colours are those of the chart's series, strong enough for paper.
var colours = map[ledger.Level]string{
	ledger.LevelClosed: "2F6DB5", ledger.LevelPending: "8E6BB8", ledger.LevelOverdue: "C8372D", ledger.LevelBehind: "E08A2E",
	ledger.LevelNear: "E8C33A", ledger.LevelNormal: "4E9A51", ledger.LevelStanding: "A9B0B7", ledger.LevelPaused: "D0D4D8", ledger.LevelCancelled: "E4E6E8",
}

// units writes the figures by unit and, beside them, a stacked bar chart that Excel
// draws itself from the cells.
func (b *book) units() {
	f := b.facts
	levels := report.Levels()
	cols := []column{{"承办方", 26, false}, {"任务数", 9, true}}
	for _, l := range levels {
		cols = append(cols, column{f.Lights.Word(l), 9, true})
	}
	cols = append(cols, column{"办结率", 10, true}, column{"配合数", 9, true}, column{"任务号", 40, false})
	var rows [][]cell
	for _, g := range f.Units {
		row := []cell{text(g.Name), number(g.Total)}
		var nos []string
		for _, l := range levels {
			row = append(row, number(g.CountOf(l)))
		}
		for _, r := range f.Rows {
			for _, c := range g.Classes {
				for _, no := range c.Tasks {
					if no == r.Task.No {
						nos = append(nos, no)
					}
				}
			}
		}
		rows = append(rows, append(row, percent(g.Closed.Text()), number(len(g.Supports)), text(wording.Numbers(nos))))
	}
	head := b.sheet(sheetUnits, []string{"各单位办理情况", "同一任务有多个责任单位的，在各单位分别计数；按在方案中出现的先后排列，不作排名。"}, cols, rows)
	if b.err == nil && len(rows) > 0 {
		b.chart(head, len(rows), levels)
	}
}

func (b *book) chart(head, n int, levels []ledger.Level) {
	var series []excelize.ChartSeries
	for i, l := range levels {
		col, err := excelize.ColumnNumberToName(i + 3)
		b.check(err)
		if b.facts.CountOf(l) == 0 {
			continue
		}
		series = append(series, excelize.ChartSeries{
			Name:       fmt.Sprintf("'%s'!$%s$%d", sheetUnits, col, head),
			Categories: fmt.Sprintf("'%s'!$A$%d:$A$%d", sheetUnits, head+1, head+n),
			Values:     fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheetUnits, col, head+1, col, head+n),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.facts.Lights.Colour(l, colours[l])}},
		})
	}
	if len(series) == 0 {
		return
	}
	zero, gap, full := 0.0, uint(60), 100
	top := fmt.Sprintf("A%d", head+n+3)
	b.check(b.f.InsertPageBreak(sheetUnits, top)) // the chart is never cut in two
	unit := 0.0                                   // Excel's own choice
	if !slices.ContainsFunc(b.facts.Units, func(g report.Group) bool { return g.Total > 20 }) {
		unit = 1 // tasks are whole
	}
	black := excelize.Font{Size: 10, Color: "000000"}
	b.check(b.f.AddChart(sheetUnits, top, &excelize.Chart{
		Type: excelize.BarStacked, Series: series, GapWidth: &gap, Overlap: &full,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: "各单位任务状态（截至" + b.facts.AsOf + "）", Font: &excelize.Font{Size: 14}}}},
		Legend:    excelize.ChartLegend{Position: "top"},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: black},
		YAxis:     excelize.ChartAxis{Minimum: &zero, MajorUnit: unit, MajorGridLines: true, Font: black},
		Dimension: excelize.ChartDimension{Width: 980, Height: uint(160 + 26*n)},
	}))
}
