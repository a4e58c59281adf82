package ledger

import (
	"testing"
	"time"
)

func day(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func percent(v float64) *float64 { return &v }

func TestPointLevel(t *testing.T) {
	applied := func(s string) time.Time { return day(s).In(time.UTC, 1, 0) }
	year := Point{ID: "2018", Start: day("2018-01-01"), Due: day("2018-12-31")}
	once := Point{ID: "1", Due: day("2018-09-30")}
	tests := []struct {
		name  string
		point Point
		state PointState
		today string
		want  Level
	}{
		{"far", once, PointState{}, "2018-09-22", LevelNormal},
		{"seven days left", once, PointState{}, "2018-09-23", LevelNear},
		{"last day", once, PointState{}, "2018-09-30", LevelNear},
		{"day after", once, PointState{}, "2018-10-01", LevelOverdue},
		{"closed late", once, PointState{Phase: PhaseClosed}, "2018-10-20", LevelClosed},
		{"applied in time", once, PointState{Phase: PhasePending, AppliedAt: applied("2018-09-30")}, "2018-10-09", LevelPending},
		{"applied late", once, PointState{Phase: PhasePending, AppliedAt: applied("2018-10-01")}, "2018-10-09", LevelOverdue},
		// 17:30 UTC of the last day is 01:30 of the next day in China.
		{"applied late by China's day", once, PointState{Phase: PhasePending, AppliedAt: day("2018-09-30").In(time.UTC, 17, 30)}, "2018-10-09", LevelOverdue},
		{"returned", once, PointState{Phase: PhaseOpen, Returned: 1}, "2018-10-01", LevelOverdue},
		{"not begun", Point{Start: day("2019-01-01"), Due: day("2019-12-31")}, PointState{}, "2018-12-31", LevelNormal},
		{"behind by more than ten points", year, PointState{Percent: percent(39)}, "2018-07-02", LevelBehind},
		{"behind by less", year, PointState{Percent: percent(41)}, "2018-07-02", LevelNormal},
		{"no figure, never behind", year, PointState{}, "2018-11-30", LevelNormal},
		{"behind is worse than near", year, PointState{Percent: percent(10)}, "2018-12-30", LevelBehind},
		{"start taken from the plan", once, PointState{Percent: percent(0)}, "2018-08-15", LevelBehind},
		{"done by figure, near by date", year, PointState{Percent: percent(100)}, "2018-12-30", LevelNear},
	}
	rules := DefaultLightRules(day("2018-07-02"))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := PointLevel(tt.point, tt.state, day(tt.today), rules); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	if got := PointLevel(once, PointState{Percent: percent(0)}, day("2018-08-15"), LightRules{Near: 7, Behind: 10}); got != LevelNormal {
		t.Errorf("without any start: got %s, want normal", got)
	}
}

func yearly() *Task {
	return &Task{No: "5", Deadline: Deadline{Kind: DeadlineEvery, Cycle: CycleYear}, Points: []Point{
		{ID: "2018", Start: day("2018-01-01"), Due: day("2018-12-31")},
		{ID: "2019", Start: day("2019-01-01"), Due: day("2019-12-31")},
	}}
}

func TestTaskLevelAndCurrentPoint(t *testing.T) {
	pending := PointState{Phase: PhasePending, AppliedAt: day("2018-12-20").In(time.UTC, 1, 0)}
	closed := PointState{Phase: PhaseClosed}
	tests := []struct {
		name   string
		states map[string]PointState
		today  string
		level  Level
		point  string
	}{
		{"untouched", nil, "2018-07-02", LevelNormal, "2018"},
		{"near", nil, "2018-12-28", LevelNear, "2018"},
		{"old period overdue, new one begun", nil, "2019-01-02", LevelOverdue, "2018"},
		{"applied, next period not begun", map[string]PointState{"2018": pending}, "2018-12-28", LevelPending, "2018"},
		{"applied, next period begun", map[string]PointState{"2018": pending}, "2019-01-02", LevelNormal, "2019"},
		{"closed, next period not begun", map[string]PointState{"2018": closed}, "2018-12-28", LevelNormal, "2019"},
		{"all closed", map[string]PointState{"2018": closed, "2019": closed}, "2019-12-28", LevelClosed, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := &Progress{Points: tt.states}
			if got := TaskLevel(yearly(), p, day(tt.today), DefaultLightRules(Date{})); got != tt.level {
				t.Errorf("level: got %s, want %s", got, tt.level)
			}
			if got, ok := CurrentPoint(yearly(), p, day(tt.today)); got.ID != tt.point || ok != (tt.point != "") {
				t.Errorf("point: got %q %v, want %q", got.ID, ok, tt.point)
			}
		})
	}
	if got := TaskLevel(&Task{}, nil, day("2018-07-02"), LightRules{}); got != LevelStanding {
		t.Errorf("no checkpoint: got %s", got)
	}
	if _, ok := CurrentPoint(&Task{}, nil, day("2018-07-02")); ok {
		t.Error("a standing task has no current checkpoint")
	}
	if LevelOverdue.rank() <= LevelBehind.rank() || LevelPending.rank() > LevelNormal.rank() {
		t.Error("order of levels")
	}
}
