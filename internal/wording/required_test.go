package wording

import (
	"testing"

	"duban/store/ledger"
)

func TestTimeRequired(t *testing.T) {
	point := func(label string, m int) ledger.Point {
		return ledger.Point{Label: label, Due: ledger.NewDate(2023, 6, m)}
	}
	for want, x := range map[string]*ledger.Task{
		"":           {},
		"6月底前":       {TimeText: "6月底前", Points: []ledger.Point{point("", 30)}},
		"2023年6月30日": {Points: []ledger.Point{point("建成", 30)}},
		"开工 2023年6月1日、建成 2023年6月30日": {Points: []ledger.Point{point("开工", 1), point("建成", 30)}},
		"2023年6月1日至2023年6月4日，共4个节点":  {Points: []ledger.Point{point("", 1), point("", 2), point("", 3), point("", 4)}},
	} {
		if got := TimeRequired(x); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
