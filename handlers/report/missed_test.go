package report_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/store/ledger"
)

// A bulletin disagreed with itself: its list of what was not closed in time left out what
// was closed late. The list is what the rate's whole has beyond its part, on any day.
func TestMissedIsTheRestOfTheRate(t *testing.T) {
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	late := 0
	for day := ledger.NewDate(2018, 6, 1); day.Before(ledger.NewDate(2020, 2, 1)); day = day.AddDays(9) {
		f := report.AsOf(b, events, reporttest.Query(b, day))
		r := f.Rate(report.RateOnTime)
		want := slices.DeleteFunc(slices.Clone(r.Whole.Refs), func(ref string) bool { return slices.Contains(r.Part.Refs, ref) })
		var got []string
		for _, m := range report.MissedOf(f) {
			got = append(got, m.Ref())
			if m.Point.State.Phase == ledger.PhaseClosed {
				late++
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-the rate's rest +the list):\n%s", day, diff)
		}
	}
	if late == 0 {
		t.Error("nothing in the sample was closed late")
	}
}

// Of a task that goes on, an acceptance closed one checkpoint; what was put aside did not move.
func TestWhatMoved(t *testing.T) {
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	x := b.Task("36")
	at := events[len(events)-1].At
	add := func(kind ledger.EventKind, point string) []ledger.Event {
		return append(slices.Clone(events), ledger.Event{ID: "9999999999999-z", Task: x.ID, Point: point, Kind: kind, At: at})
	}
	q := reporttest.Query(b, ledger.DateOf(at))
	for name, c := range map[string]struct {
		events []ledger.Event
		want   string
	}{
		"accepted":   {add(ledger.EventAccept, x.Points[0].ID), "审核通过，“管理办法”节点办结"},
		"put aside":  {add(ledger.EventPause, ""), ""},
		"taken away": {add(ledger.EventCancel, ""), ""},
	} {
		got := ""
		for _, l := range report.Compute(b, c.events[len(c.events)-1:], q).Moved {
			if l.Task == "36" {
				got = l.Said
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
