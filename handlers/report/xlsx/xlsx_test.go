package xlsx

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/seeds"
	"duban/store/ledger"
)

var keep = flag.String("keep", "", "folder in which to leave the files for looking at")

var day = ledger.NewDate(2018, 12, 20)

func sample(t *testing.T) (*ledger.Book, []ledger.Event, report.Facts) {
	t.Helper()
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	return b, events, report.AsOf(b, events, reporttest.Query(b, day))
}

func written(t *testing.T, f report.Facts, events []ledger.Event) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Ledger(&buf, f, events); err != nil {
		t.Fatal(err)
	}
	if *keep != "" {
		if err := os.WriteFile(filepath.Join(*keep, t.Name()+".xlsx"), buf.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return buf.Bytes()
}

func opened(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// TestImportedAgain: the workbook of an untouched plan is the plan; after an edit the
// difference is that edit.
func TestImportedAgain(t *testing.T) {
	b, events, f := sample(t)
	file := written(t, f, events)
	p, err := seeds.Read(file, seeds.Options{Name: "台账.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	if d := seeds.Compare(b.Whole(), p); !d.Empty() || len(d.Pairs) != 48 {
		t.Fatalf("%d pairs, changes %+v", len(d.Pairs), d.Changes)
	}
	if len(p.Clauses) > 0 {
		t.Errorf("%d clauses were read out of the state", len(p.Clauses))
	}
	for i, task := range p.Tasks {
		was := b.Whole().Tasks[i]
		if d := cmp.Diff(was.Points, task.Points); d != "" || was.Project != task.Project {
			t.Errorf("task %s: project %q, was %q; points %s", task.No, task.Project, was.Project, d)
		}
	}
	whole := b.Whole()
	Complete(whole, p)
	if d := cmp.Diff(whole.Clauses, p.Clauses); d != "" || len(p.Clauses) == 0 {
		t.Error(d)
	}
	for i, task := range p.Tasks {
		if was := whole.Tasks[i].Clause; task.Clause != was {
			t.Errorf("task %s stems from %q, was %q", task.No, task.Clause, was)
		}
	}
	x := opened(t, file)
	rows, err := x.GetRows(sheetTasks)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if row[0] == "26" {
			cell, err := excelize.CoordinatesToCellName(5, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := x.SetCellStr(sheetTasks, cell, "2019年3月底前"); err != nil {
				t.Fatal(err)
			}
		}
	}
	edited, err := x.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	if p, err = seeds.Read(edited.Bytes(), seeds.Options{Name: "台账.xlsx"}); err != nil {
		t.Fatal(err)
	}
	d := seeds.Compare(b.Whole(), p)
	if len(d.Changes) != 1 || d.Changes[0].Kind != seeds.ChangeDeadline || d.Changes[0].NewNo != "26" {
		t.Errorf("changes %+v", d.Changes)
	}
}

func TestSheets(t *testing.T) {
	_, events, f := sample(t)
	x := opened(t, written(t, f, events))
	if d := cmp.Diff([]string{sheetTasks, sheetPoints, sheetShares, sheetHistory, sheetUnits, sheetSummary, sheetSetup}, x.GetSheetList()); d != "" {
		t.Error(d)
	}
	points, shares := 0, 0
	for _, r := range f.Rows {
		points += len(r.Points)
		shares += len(r.Shares())
	}
	if shares == 0 {
		t.Fatal("the sample has no task of several units")
	}
	for sheet, want := range map[string]int{sheetTasks: len(f.Rows), sheetPoints: points, sheetShares: shares, sheetHistory: len(events), sheetUnits: len(f.Units)} {
		rows, err := x.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		panes, err := x.GetPanes(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(rows) - panes.YSplit; got != want {
			t.Errorf("%s has %d rows, want %d", sheet, got, want)
		}
		if !panes.Freeze {
			t.Errorf("%s: the header is not frozen", sheet)
		}
		page, err := x.GetPageLayout(sheet)
		if err != nil || *page.Orientation != "landscape" {
			t.Errorf("%s: page %+v, %v", sheet, page, err)
		}
	}
}

// TestNoFormula: a text that looks like a formula stays a text, in every sheet.
func TestNoFormula(t *testing.T) {
	_, events, f := sample(t)
	x := opened(t, written(t, f, events))
	seen := false
	for _, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, v := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := x.GetCellFormula(sheet, at); err != nil || formula != "" {
					t.Errorf("%s!%s is the formula %q, %v", sheet, at, formula, err)
				}
				seen = seen || strings.HasPrefix(v, "=HYPERLINK")
				if strings.ContainsAny(v, "\x00\x0b") {
					t.Errorf("%s!%s holds a control character", sheet, at)
				}
			}
		}
	}
	if !seen {
		t.Error("the hostile text is not there")
	}
}

func TestRefusesWrongSums(t *testing.T) {
	_, events, f := sample(t)
	f.Units[0].Total++
	var buf bytes.Buffer
	if err := Ledger(&buf, f, events); !errors.Is(err, report.ErrSums) || buf.Len() > 0 {
		t.Errorf("%d bytes, error %v", buf.Len(), err)
	}
}

// TestEmpty: a book without tasks gives a workbook without rows.
func TestEmpty(t *testing.T) {
	b, err := ledger.NewBook().Apply(ledger.Delta{Rev: 1, Full: true, Records: []ledger.Record{{Kind: ledger.RecordPlan, ID: "plan", Rev: 1, Body: []byte(`{"title":"试点工作方案"}`)}}})
	if err != nil {
		t.Fatal(err)
	}
	opened(t, written(t, report.AsOf(b, nil, reporttest.Query(b, day)), nil))
}

// TestMixedRolesImportedAgain: leads for some tasks, bare responsible units and persons
// for others come back with their roles.
func TestMixedRolesImportedAgain(t *testing.T) {
	plan, err := seeds.Read([]byte("城北片区更新工作方案\n北政发〔2018〕9号\n成文日期：2018年6月30日\n"+
		"序号\t重点任务\t责任领导\t责任单位\t完成时限\n"+
		"1\t完成管网普查\t江平\t市住建局、市水利局\t2018年9月底前\n"+
		"2\t建成社区公园3处\t江平\t牵头单位：市园林局；配合单位：市财政局、市自然资源局\t2018年12月底前\n"+
		"3\t出台物业管理办法\t方远\t市住建局\t2019年6月底前\n"), seeds.Options{Name: "方案.tsv"})
	if err != nil {
		t.Fatal(err)
	}
	b, events, err := reporttest.Of(plan)
	if err != nil {
		t.Fatal(err)
	}
	again, err := seeds.Read(written(t, report.AsOf(b, events, reporttest.Query(b, day)), events), seeds.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := seeds.Compare(plan, again); !d.Empty() || len(d.Pairs) != 3 {
		t.Errorf("%d pairs, changes %+v", len(d.Pairs), d.Changes)
	}
}

// TestSameBytes: the library fills parts of the file from maps; they are put in order.
func TestSameBytes(t *testing.T) {
	_, events, f := sample(t)
	first := written(t, f, events)
	for range 5 {
		if !bytes.Equal(first, written(t, f, events)) {
			t.Fatal("the same facts gave other bytes")
		}
	}
}
