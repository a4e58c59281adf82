package seeds

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/store/ledger"
)

func simpleTask(no, title, unit, due string) ledger.Task {
	d, err := ledger.ParseDate(due)
	if err != nil {
		d = ledger.Date{}
	}
	return ledger.Task{No: no, Title: title, Owners: []ledger.Owner{{Role: ledger.RoleResponsible, Name: unit}},
		TimeText: due, Deadline: ledger.Deadline{Kind: ledger.DeadlineDue, End: d}}
}

func TestCompare(t *testing.T) {
	bridge := simpleTask("1", "建设城南大桥并完成引道工程", "市住建局", "2023-12-31")
	school := simpleTask("2", "迁建第三中学", "市教育局", "2023-09-30")
	tests := []struct {
		name     string
		old, new []ledger.Task
		want     []Change
	}{
		{"equal", []ledger.Task{bridge, school}, []ledger.Task{bridge, school}, nil},
		{"new", []ledger.Task{bridge}, []ledger.Task{bridge, school},
			[]Change{{Kind: ChangeNew, NewNo: "2", Title: "迁建第三中学", New: "R:市教育局"}}},
		{"gone", []ledger.Task{bridge, school}, []ledger.Task{school},
			[]Change{{Kind: ChangeGone, OldNo: "1", Title: "建设城南大桥并完成引道工程", Old: "R:市住建局"}}},
		{"number", []ledger.Task{bridge}, []ledger.Task{simpleTask("7", "建设城南大桥并完成引道工程", "市住建局", "2023-12-31")},
			[]Change{{Kind: ChangeNumber, OldNo: "1", NewNo: "7", Title: "建设城南大桥并完成引道工程", Old: "1", New: "7"}}},
		{"neighbours much alike change places", []ledger.Task{simpleTask("1", "建设电子证照系统一期", "市数据局", ""), simpleTask("2", "建设电子证照系统二期", "市数据局", "")},
			[]ledger.Task{simpleTask("1", "建设电子证照系统二期", "市数据局", ""), simpleTask("2", "建设电子证照系统一期", "市数据局", "")},
			[]Change{{Kind: ChangeNumber, OldNo: "2", NewNo: "1", Title: "建设电子证照系统二期", Old: "2", New: "1"},
				{Kind: ChangeNumber, OldNo: "1", NewNo: "2", Title: "建设电子证照系统一期", Old: "1", New: "2"}}},
		{"units", []ledger.Task{school}, []ledger.Task{simpleTask("2", "迁建第三中学", "市代建中心", "2023-09-30")},
			[]Change{{Kind: ChangeUnits, OldNo: "2", NewNo: "2", Title: "迁建第三中学", Old: "R:市教育局", New: "R:市代建中心"}}},
		{"deadline", []ledger.Task{school}, []ledger.Task{simpleTask("2", "迁建第三中学", "市教育局", "2023-10-31")},
			[]Change{{Kind: ChangeDeadline, OldNo: "2", NewNo: "2", Title: "迁建第三中学", Old: "2023-09-30（2023年9月30日）", New: "2023-10-31（2023年10月31日）"}}},
		{"words", []ledger.Task{bridge}, []ledger.Task{simpleTask("1", "建设城南大桥", "市住建局", "2023-12-31")},
			[]Change{{Kind: ChangeWords, OldNo: "1", NewNo: "1", Title: "建设城南大桥", Old: "建设城南大桥并完成引道工程", New: "建设城南大桥"}}},
		{"another task under the number", []ledger.Task{bridge}, []ledger.Task{simpleTask("1", "培训乡村医生", "市卫健委", "2023-12-31")},
			[]Change{
				{Kind: ChangeNew, NewNo: "1", Title: "培训乡村医生", New: "R:市卫健委"},
				{Kind: ChangeGone, OldNo: "1", Title: "建设城南大桥并完成引道工程", Old: "R:市住建局"},
			}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Compare(&ledger.Plan{Tasks: tt.old}, &ledger.Plan{Tasks: tt.new})
			if diff := cmp.Diff(tt.want, d.Changes); diff != "" {
				t.Error(diff)
			}
			if d.Empty() != (len(tt.want) == 0) {
				t.Error("Empty disagrees with the changes")
			}
		})
	}
}

func TestComparePlanItself(t *testing.T) {
	a := &ledger.Plan{Title: "甲方案", Number: "澄政发〔2023〕1号"}
	b := &ledger.Plan{Title: "甲方案", Number: "澄政发〔2023〕9号"}
	want := []Change{{Kind: ChangePlan, Title: "文号", Old: "澄政发〔2023〕1号", New: "澄政发〔2023〕9号"}}
	if d := cmp.Diff(want, Compare(a, b).Changes); d != "" {
		t.Error(d)
	}
}

// TestCompareTwice: importing the same document again changes nothing.
func TestCompareTwice(t *testing.T) {
	if d := Compare(huzhou(t), huzhou(t)); !d.Empty() || len(d.Pairs) != 48 {
		t.Errorf("%d pairs, changes %+v", len(d.Pairs), d.Changes)
	}
}

// TestCompareAnyOrder: rows shuffled and renumbered are moves, never new or gone.
func TestCompareAnyOrder(t *testing.T) {
	base := huzhou(t)
	rapid.Check(t, func(rt *rapid.T) {
		moved := *base
		moved.Tasks = rapid.Permutation(slices.Clone(base.Tasks)).Draw(rt, "order")
		for i := range moved.Tasks {
			moved.Tasks[i].No = base.Tasks[i].No
		}
		for _, c := range Compare(base, &moved).Changes {
			if c.Kind != ChangeNumber {
				rt.Fatalf("unexpected %+v", c)
			}
		}
	})
}
