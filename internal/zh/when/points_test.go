package when

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/store/ledger"
)

func TestCheckpoints(t *testing.T) {
	issued, ends := ledger.NewDate(2018, 6, 30), ledger.NewDate(2019, 12, 31)
	for phrase, want := range map[string][]string{
		"2018年底前":    {"1 2018年12月31日 2018-12-31"},
		"2018-2020年": {"1 2020年12月31日 2020-12-31"},
		"2018年起":     nil,
		"长期":         nil,
		"已完成":        nil,
		"汛期前":        nil,
		"每天":         nil,
		"每年":         {"2018 2018年 2018-12-31", "2019 2019年 2019-12-31"},
		"每年6月底前":     {"2019 2019年 2019-06-30"},
		"每年6月底和12月底": {"2018.2 2018年(12月31日) 2018-12-31", "2019.1 2019年(6月30日) 2019-06-30", "2019.2 2019年(12月31日) 2019-12-31"},
		"每半年":        {"2018H2 2018年下半年 2018-12-31", "2019H1 2019年上半年 2019-06-30", "2019H2 2019年下半年 2019-12-31"},
		"每两年":        {"2019 2018—2019年 2019-12-31"},
		"2018年底前全面应用、2019年底前完成整合": {"1 全面应用 2018-12-31", "2 完成整合 2019-12-31"},
		"每半年通报、2018年底前出台办法":       {"1.2018H2 通报 2018年下半年 2018-12-31", "1.2019H1 通报 2019年上半年 2019-06-30", "1.2019H2 通报 2019年下半年 2019-12-31", "2 出台办法 2018-12-31"},
	} {
		var got []string
		for _, p := range Checkpoints(Deadline(phrase, issued), issued, ends) {
			got = append(got, p.ID+" "+p.Label+" "+p.Due.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", phrase, diff)
		}
	}
}

func TestCheckpointsFirstAndLast(t *testing.T) {
	issued, ends := ledger.NewDate(2018, 6, 30), ledger.NewDate(2019, 12, 31)
	for _, tt := range []struct {
		phrase, first, last string
		n                   int
	}{
		{"每季度首月10日前", "2018Q3 2018-07-10", "2019Q4 2019-10-10", 6},
		{"每季度末", "2018Q3 2018-09-30", "2019Q4 2019-12-31", 6},
		{"每月底", "2018-07 2018-07-31", "2019-12 2019-12-31", 18},
		{"每月30日", "2018-07 2018-07-30", "2019-12 2019-12-30", 18},
		{"每周五", "2018W27 2018-07-06", "2019W52 2019-12-27", 78},
		{"每两周", "2018W27 2018-07-08", "2019W51 2019-12-22", 39},
	} {
		all := Checkpoints(Deadline(tt.phrase, issued), issued, ends)
		if len(all) != tt.n {
			t.Errorf("%s: %d points, want %d", tt.phrase, len(all), tt.n)
			continue
		}
		first, last := all[0], all[len(all)-1]
		if got := first.ID + " " + first.Due.String(); got != tt.first {
			t.Errorf("%s begins with %s, want %s", tt.phrase, got, tt.first)
		}
		if got := last.ID + " " + last.Due.String(); got != tt.last {
			t.Errorf("%s ends with %s, want %s", tt.phrase, got, tt.last)
		}
	}
}

// A careless plan must not flood the store.
func TestCheckpointsAreBoundedAndUnique(t *testing.T) {
	issued := ledger.NewDate(2018, 6, 30)
	all := Checkpoints(Deadline("每周调度、每月1日和15日通报、每季度小结", issued), issued, ledger.NewDate(2099, 12, 31))
	if len(all) != 400 {
		t.Errorf("%d points, want 400", len(all))
	}
	seen := map[string]bool{}
	for _, p := range all {
		if seen[p.ID] {
			t.Fatalf("%s twice", p.ID)
		}
		seen[p.ID] = true
	}
}

// TestNoDayOfIssue: without a first day there are no periods to lay out. (They once began
// in the year 0 and every task was overdue by a hundred thousand days.)
func TestNoDayOfIssue(t *testing.T) {
	every := ledger.Deadline{Kind: ledger.DeadlineEvery, Cycle: ledger.CycleMonth}
	due := ledger.Deadline{Kind: ledger.DeadlineDue, End: ledger.NewDate(2020, 9, 30)}
	mixed := ledger.Deadline{Kind: ledger.DeadlineMulti, Parts: []ledger.Part{{Deadline: every}, {Deadline: due}}}
	if got := Checkpoints(every, ledger.Date{}, ledger.NewDate(2020, 12, 31)); len(got) != 0 {
		t.Errorf("%d checkpoints, first %v", len(got), got[0])
	}
	if got := Checkpoints(mixed, ledger.Date{}, ledger.Date{}); len(got) != 1 || got[0].Due != due.End {
		t.Errorf("got %v, want the one dated part", got)
	}
}
