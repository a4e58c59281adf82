package ledger_test

import (
	"slices"
	"testing"
	"time"

	"duban/store/ledger"
)

// TestFollowIsFolded: only an instruction that names the preset is followed, a newer one
// takes its place, and the office's word or striking off ends it.
func TestFollowIsFolded(t *testing.T) {
	at := time.Date(2018, 9, 3, 2, 0, 0, 0, time.UTC)
	instruct := ledger.Event{ID: "e1", Task: "1", Kind: ledger.EventInstruct, At: at, Ref: ledger.Preset13710, Units: []string{"甲"}}
	for name, c := range map[string]struct {
		events []ledger.Event
		want   string
	}{
		"followed":       {[]ledger.Event{instruct}, "e1"},
		"plain":          {[]ledger.Event{{ID: "e0", Kind: ledger.EventInstruct, At: at}}, ""},
		"newer":          {[]ledger.Event{instruct, {ID: "e2", Kind: ledger.EventInstruct, At: at, Ref: ledger.Preset13710}}, "e2"},
		"plain after it": {[]ledger.Event{instruct, {ID: "e2", Kind: ledger.EventInstruct, At: at}}, "e1"},
		"a press":        {[]ledger.Event{{ID: "e3", Kind: ledger.EventPress, At: at, Ref: ledger.Preset13710}}, ""},
		"ended":          {[]ledger.Event{instruct, {ID: "e4", Kind: ledger.EventFollowed, At: at}}, ""},
		"struck off":     {[]ledger.Event{instruct, {ID: "e5", Kind: ledger.EventStrike, At: at}}, ""},
	} {
		p, got := ledger.Fold("1", c.events), ""
		if p.Follow != nil {
			got = p.Follow.Event
		}
		if got != c.want {
			t.Errorf("%s: follows %q, want %q", name, got, c.want)
		}
	}
}

// TestFollowSteps: 1, 3 and 7 days, then months, each on a working day and none earlier
// than its date.
func TestFollowSteps(t *testing.T) {
	f := ledger.Follow{At: time.Date(2018, 8, 31, 2, 0, 0, 0, time.UTC)} // a Friday
	var got []string
	for _, s := range f.Steps(rhythmDay(t, "2018-11-30"), weekdays) {
		got = append(got, s.ID()+" "+s.Due.String())
	}
	want := []string{"1 2018-09-03", "3 2018-09-03", "7 2018-09-07", "m1 2018-10-08", "m2 2018-10-31", "m3 2018-11-30"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
