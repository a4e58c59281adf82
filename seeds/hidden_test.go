package seeds

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"duban/store/ledger"
)

// problemLines writes the problems of the plan itself.
func problemLines(p *ledger.Plan) string {
	var out []string
	for _, x := range p.Problems {
		out = append(out, x.Row+" "+x.Text+" → "+x.Proposal)
	}
	return strings.Join(out, "\n")
}

// TestHidden: what people do not see in a workbook is no task, unless nothing else is,
// and is told of.
func TestHidden(t *testing.T) {
	head := []any{"序号", "工作任务", "责任单位", "完成时限"}
	sheet := func(f *excelize.File, name string, rows ...[]any) {
		for i, r := range rows {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &r); err != nil {
				t.Fatal(err)
			}
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	full := [][]any{{"东陵县2018年重点工作任务表"}, head, {1, "建设政务大厅", "县政务办", "2018年6月底前"}, {2, "修缮校舍", "县教育局", "2018年8月底前"}, {3, "整治河道", "县水利局", "2018年10月底前"}}
	for _, tt := range []struct {
		name            string
		hide            func(f *excelize.File)
		titles, problem string
	}{
		{"nothing", func(*excelize.File) {}, "建设政务大厅 修缮校舍 整治河道", ""},
		{"a row", func(f *excelize.File) { must(f.SetRowVisible("Sheet1", 4, false)) },
			"建设政务大厅 整治河道", "工作表“Sheet1” 第4行是隐藏的（或被筛选） → 未列为任务，如需列入请取消隐藏和筛选后重新导入"},
		{"the row where a merge begins", func(f *excelize.File) {
			must(f.MergeCell("Sheet1", "C4", "C5"))
			must(f.SetRowVisible("Sheet1", 4, false))
		}, "建设政务大厅 整治河道", "工作表“Sheet1” 第4行是隐藏的（或被筛选） → 未列为任务，如需列入请取消隐藏和筛选后重新导入"},
		{"a column", func(f *excelize.File) { must(f.SetColVisible("Sheet1", "C", false)) },
			"建设政务大厅 修缮校舍 整治河道", "工作表“Sheet1” C列是隐藏的 → 其中内容已一并读取，请核对"},
		{"a sheet", func(f *excelize.File) {
			_, err := f.NewSheet("旧稿")
			must(err)
			sheet(f, "旧稿", head, []any{1, "旧任务", "县财政局", "2018年底前"})
			must(f.SetSheetVisible("旧稿", false))
		}, "建设政务大厅 修缮校舍 整治河道", "工作表“旧稿” 这张工作表是隐藏的 → 未列为任务，如需列入请取消隐藏后重新导入"},
		{"all tasks", func(f *excelize.File) {
			_, err := f.NewSheet("说明")
			must(err)
			sheet(f, "说明", []any{"填表说明"})
			f.SetActiveSheet(1) // the active sheet cannot be hidden
			must(f.SetSheetVisible("Sheet1", false))
		}, "建设政务大厅 修缮校舍 整治河道", "全文 任务都在隐藏的工作表或行中 → 已按隐藏内容列出，请核对这份文件是否为定稿"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := excelize.NewFile()
			sheet(f, "Sheet1", full...)
			tt.hide(f)
			p := readOffice(t, xlsxBytes(t, f), "2018-03-02")
			var titles []string
			for _, x := range p.Tasks {
				titles = append(titles, x.Title)
				if len(x.Owners) == 0 || x.Deadline.Kind != ledger.DeadlineDue {
					t.Errorf("%s: %s, %s", x.Title, ledger.Owners(x.Owners), x.Deadline.Expected())
				}
			}
			if got := strings.Join(titles, " "); got != tt.titles {
				t.Errorf("tasks %s, want %s", got, tt.titles)
			}
			if got := problemLines(p); got != tt.problem {
				t.Errorf("problems %s, want %s", got, tt.problem)
			}
		})
	}
}

// TestBlankOwner: where the format states merges, a blank owner is nobody's, and the
// row above is proposed.
func TestBlankOwner(t *testing.T) {
	p := readOffice(t, xlsxFile(t, [][]any{
		{"序号", "工作任务", "责任单位", "完成时限"}, {1, "建设政务大厅", "县政务办", "2018年6月底前"}, {2, "修缮校舍", "", "2018年8月底前"}, {3, "整治河道", "", "2018年9月底前"},
	}), "2018-03-02")
	word := readOffice(t, docxFile(t, wordTableXML(wordCells("序号", "工作任务", "责任单位", "完成时限"), wordCells("1", "建设政务大厅", "县政务办", "2018年6月底前"), wordCells("2", "修缮校舍", "", "2018年8月底前"))), "2018-03-02")
	for _, x := range []ledger.Task{p.Tasks[1], word.Tasks[1]} {
		got := stepLines(x)
		if len(x.Owners) != 0 || !strings.Contains(got, "? 责任单位一栏为空，也没有与上一行合并 → 未认定责任单位。如与上一行同为“县政务办”") {
			t.Errorf("%s: %s\n%s", x.Title, ledger.Owners(x.Owners), got)
		}
	}
	if x := p.Tasks[2]; len(x.Owners) != 0 || !strings.Contains(stepLines(x), "没有责任单位") {
		t.Errorf("%s: %s\n%s", x.Title, ledger.Owners(x.Owners), stepLines(x))
	}
}
