package xlsx

import (
	"strconv"
	"strings"
	"testing"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/internal/wording"
	"duban/store/ledger"
)

// TestOwnLights: an office's own word stands in the cells, on a tint of its own colour.
func TestOwnLights(t *testing.T) {
	b, events, _ := sample(t)
	q := reporttest.Query(b, day)
	q.Lights = wording.Lights{ledger.LevelOverdue: {Word: "红灯", Colour: "0000FF"}}
	x := opened(t, written(t, report.AsOf(b, events, q), events))
	found := false
	for _, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, v := range row {
				if v == "逾期" || strings.HasPrefix(v, "逾期") && strings.HasSuffix(v, "天") {
					t.Errorf("%s: row %d says %q", sheet, i+1, v)
				}
				if !strings.HasPrefix(v, "红灯") || !strings.HasSuffix(v, "天") {
					continue
				}
				found = true
				cell := string(rune('A'+j)) + strconv.Itoa(i+1)
				id, err := x.GetCellStyle(sheet, cell)
				if err != nil {
					t.Fatal(err)
				}
				style, err := x.GetStyle(id)
				if err != nil {
					t.Fatal(err)
				}
				if len(style.Fill.Color) != 1 || style.Fill.Color[0] != "CCCCFF" {
					t.Fatalf("%s %s is filled with %v", sheet, cell, style.Fill.Color)
				}
			}
		}
	}
	if !found {
		t.Error("no task is shown as overdue")
	}
}
