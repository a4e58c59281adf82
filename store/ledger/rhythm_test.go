package ledger_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/store/ledger"
)

func rhythmDay(t testing.TB, s string) ledger.Date {
	t.Helper()
	d, err := ledger.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// weekdays is a calendar with the national holiday of 2018.
func weekdays(d ledger.Date) bool {
	if s := d.String(); s >= "2018-10-01" && s <= "2018-10-07" {
		return false
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct {
		rhythm              ledger.Rhythm
		day                 string
		id, label, from, to string
	}{
		{ledger.RhythmMonth, "2018-09-30", "2018-09", "9月月报", "2018-09-01", "2018-09-30"},
		{ledger.RhythmMonth, "2020-02-01", "2020-02", "2月月报", "2020-02-01", "2020-02-29"},
		{ledger.RhythmQuarter, "2018-12-31", "2018Q4", "第四季度季报", "2018-10-01", "2018-12-31"},
		{ledger.RhythmQuarter, "2019-01-01", "2019Q1", "第一季度季报", "2019-01-01", "2019-03-31"},
		{ledger.RhythmHalf, "2018-06-30", "2018H1", "上半年报告", "2018-01-01", "2018-06-30"},
		{ledger.RhythmHalf, "2018-07-01", "2018H2", "下半年报告", "2018-07-01", "2018-12-31"},
		{ledger.RhythmNone, "2019-01-01", "", "", "", ""},
		{"", "2019-01-01", "", "", "", ""},
	} {
		id, label, from, to := ledger.Period(c.rhythm, rhythmDay(t, c.day))
		if id != c.id || label != c.label || from.String() != c.from || to.String() != c.to {
			t.Errorf("%s %s: %s %s %s..%s", c.rhythm, c.day, id, label, from, to)
		}
	}
}

func TestReportDay(t *testing.T) {
	for _, c := range []struct {
		rhythm    ledger.Rhythm
		number    int
		day, want string
	}{
		{ledger.RhythmMonth, 25, "2018-09-03", "2018-09-25"},
		{ledger.RhythmMonth, 25, "2018-08-03", "2018-08-24"}, // the 25th is a Saturday
		{ledger.RhythmMonth, 31, "2018-09-03", "2018-09-28"}, // a Sunday, the last of a short month
		{ledger.RhythmMonth, 31, "2019-02-03", "2019-02-28"},
		{ledger.RhythmMonth, 1, "2018-10-20", "2018-10-08"}, // the working day before lies in September
		{ledger.RhythmQuarter, 25, "2018-07-03", "2018-09-25"},
		{ledger.RhythmNone, 25, "2018-07-03", ""},
	} {
		if got := ledger.ReportDay(c.rhythm, c.number, rhythmDay(t, c.day), weekdays).String(); got != c.want {
			t.Errorf("%s %d %s: %s, want %s", c.rhythm, c.number, c.day, got, c.want)
		}
	}
}

// Periods cover every day once: the day after a period begins the next one, and the day
// of the report lies within its period.
func TestPeriodsJoin(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rapid.SampledFrom([]ledger.Rhythm{ledger.RhythmMonth, ledger.RhythmQuarter}).Draw(rt, "rhythm")
		day := ledger.NewDate(2018, 1, 1).AddDays(rapid.IntRange(0, 3000).Draw(rt, "day"))
		id, _, from, to := ledger.Period(r, day)
		if day.Before(from) || day.After(to) {
			rt.Fatalf("%s is not in %s..%s", day, from, to)
		}
		next, _, begins, _ := ledger.Period(r, to.AddDays(1))
		if begins != to.AddDays(1) || next <= id {
			rt.Fatalf("after %s comes %s from %s", id, next, begins)
		}
		due := ledger.ReportDay(r, rapid.IntRange(1, 31).Draw(rt, "number"), day, weekdays)
		if due.Before(from) || due.After(to) || !weekdays(due) {
			rt.Fatalf("the report of %s is due on %s", id, due)
		}
	})
}

func TestReportable(t *testing.T) {
	day := rhythmDay(t, "2018-09-10")
	once := &ledger.Task{No: "1", Owners: []ledger.Owner{{Role: ledger.RoleLead, Name: "甲"}, {Role: ledger.RoleResponsible, Name: "乙"}, {Role: ledger.RoleSupport, Name: "丙"}},
		Points: []ledger.Point{{ID: "1", Due: day.AddDays(30)}}}
	later := &ledger.Task{No: "2", Points: []ledger.Point{{ID: "1", Start: day.AddDays(1), Due: day.AddDays(30)}}}
	phase := func(ph ledger.Phase) *ledger.Progress {
		return &ledger.Progress{Points: map[string]ledger.PointState{"1": {Phase: ph}}}
	}
	for name, c := range map[string]struct {
		task *ledger.Task
		p    *ledger.Progress
		want bool
	}{
		"untouched": {once, nil, true},
		"pending":   {once, phase(ledger.PhasePending), false},
		"closed":    {once, phase(ledger.PhaseClosed), false},
		"not begun": {later, nil, false},
		"standing":  {&ledger.Task{No: "3"}, nil, true},
		"paused":    {&ledger.Task{No: "3"}, &ledger.Progress{Status: ledger.StatusPaused}, false},
	} {
		if got := ledger.Reportable(c.task, c.p, day); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := once.Reporters(); len(got) != 1 || got[0] != "甲" {
		t.Errorf("reporters: %v", got)
	}
	if got := later.Reporters(); len(got) != 0 {
		t.Errorf("reporters of nobody's task: %v", got)
	}
}

// TestOwing: each task owes the report of its own rhythm whose day lies in the days asked
// about; a task that is freed of reports owes none.
func TestOwing(t *testing.T) {
	day := func(s string) ledger.Date { return rhythmDay(t, s) }
	b := ledger.NewBook()
	var recs []ledger.Record
	put := func(kind ledger.RecordKind, id string, v any) {
		r, err := ledger.Put(kind, id, v)
		if err != nil {
			t.Fatal(err)
		}
		r.Rev = 1
		recs = append(recs, r)
	}
	for no, own := range map[string]*ledger.Reporting{"1": nil, "2": {Every: ledger.RhythmQuarter, Day: 20}, "3": {Every: ledger.RhythmNone}, "4": {Every: ledger.RhythmHalf}} {
		put(ledger.RecordTask, no, ledger.Task{No: no, Owners: []ledger.Owner{{Role: ledger.RoleLead, Name: "甲"}}, Points: []ledger.Point{{ID: "1", Due: day("2019-12-31")}}})
		put(ledger.RecordProgress, no, ledger.Progress{Task: no, Reporting: own})
	}
	b, err := b.Apply(ledger.Delta{Rev: 1, Records: recs})
	if err != nil {
		t.Fatal(err)
	}
	plan := ledger.Reporting{Every: ledger.RhythmMonth, Day: 25}
	for _, c := range []struct {
		from, to string
		want     map[string]string
	}{
		{"2018-09-19", "2018-09-25", map[string]string{"1": "2018-09-01", "2": "2018-07-01"}},
		{"2018-09-21", "2018-09-24", nil},
		{"2018-07-01", "2018-12-31", map[string]string{"1": "2018-12-01", "2": "2018-10-01", "4": "2018-07-01"}},
	} {
		got := ledger.Owing(b.Tasks, b.Progress, plan, day(c.from), day(c.to), weekdays)
		if len(got) != len(c.want) {
			t.Errorf("%s to %s: %v", c.from, c.to, got)
		}
		for no, since := range c.want {
			if got[no] != day(since) {
				t.Errorf("%s to %s: task %s since %s, want %s", c.from, c.to, no, got[no], since)
			}
		}
	}
}
