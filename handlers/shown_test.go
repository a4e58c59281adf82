package handlers

import (
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestMoments: turns have moments of their own while the clock stands still, and follow a
// clock that is set forward or back.
func TestMoments(t *testing.T) {
	now := time.Date(2018, 7, 2, 9, 0, 0, 0, time.UTC)
	d := &Desk{o: Options{Now: func() time.Time { return now }}}
	var got []time.Duration
	for _, move := range []time.Duration{0, 0, 0, time.Second, -time.Nanosecond, -time.Hour, 0} {
		now = now.Add(move)
		got = append(got, d.moment().Sub(now))
	}
	if diff := cmp.Diff([]time.Duration{0, 1, 2, 0, 2, 0, 1}, got); diff != "" {
		t.Errorf("ahead of the clock (-want +got):\n%s", diff)
	}
}

// TestShownIsBounded: however many conversations there are, memory is bounded, and what is
// remembered ends.
func TestShownIsBounded(t *testing.T) {
	now := time.Date(2018, 7, 2, 9, 0, 0, 0, time.UTC)
	var s shown
	for i := range shownMost * 2 {
		s.note(strconv.Itoa(i), []string{"28"}, now)
	}
	if len(s.kept) > shownMost {
		t.Errorf("%d conversations are remembered", len(s.kept))
	}
	last := strconv.Itoa(shownMost*2 - 1)
	for _, tt := range []struct {
		after time.Duration
		want  string
	}{{0, "28"}, {askFor, "28"}, {askFor + 1, ""}} {
		if got := s.about(last, now.Add(tt.after)); got != tt.want {
			t.Errorf("after %s: %q, want %q", tt.after, got, tt.want)
		}
	}
	s.note(last, nil, now)
	if s.about(last, now) != "28" {
		t.Error("an answer about no task made it forget")
	}
	s.note(last, []string{"28", "29"}, now)
	if got := s.about(last, now); got != "" {
		t.Errorf("a list leaves %q", got)
	}
}
