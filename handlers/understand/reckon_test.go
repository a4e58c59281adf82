package understand

import (
	"testing"

	"duban/store/ledger"
)

// A postponement by a time goes from the next limit that is still to come, by calendar
// months, and from today where all have passed.
func TestReckoned(t *testing.T) {
	t.Parallel()
	day := ledger.NewDate
	l := NewLexicon([]*ledger.Task{
		{No: "36", Title: "推进政府网站集约化", Points: []ledger.Point{{ID: "a", Due: day(2018, 7, 31)}, {ID: "b", Due: day(2018, 10, 31)}}},
		{No: "28", Title: "建设电子证照系统", Points: []ledger.Point{{ID: "a", Due: day(2018, 9, 30)}}},
	}, nil, nil)
	for text, want := range map[string]ledger.Date{
		"任务36延期一个月":         day(2018, 11, 30),
		"任务36延期两周":          day(2018, 11, 14),
		"任务36延期半个月":         day(2018, 11, 15),
		"任务36延期到12月31日":     day(2018, 12, 31),
		"任务28延期10天":         day(2018, 10, 27),
		"任务28申请延期三个月":       day(2019, 1, 17),
		"任务28延期":            {},
		"任务28进度60%，还要10天完成": {},
	} {
		m := l.Reckoned(l.Parse(text, Context{Today: world, Bound: true, Unit: "市大数据中心"}), world)
		if m.Date != want {
			t.Errorf("%s: %v, want %v (%s)", text, m.Date, want, m.Expected())
		}
	}
}
