package wording

import (
	"testing"
	"time"
)

func TestClockWords(t *testing.T) {
	// 16:05 of the last day of the year in UTC is the new year in China.
	if got := Moment(time.Date(2018, 12, 31, 16, 5, 0, 0, time.UTC)); got != "2019年1月1日 00:05" {
		t.Errorf("got %s", got)
	}
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{{"督办提醒", 12, "督办提醒"}, {"督办提醒", 11, "督办…"}, {"督办提醒", 3, "…"}, {"督办提醒", 2, ""}, {"", 0, ""}} {
		if got := Cut(tt.in, tt.n); got != tt.want {
			t.Errorf("%q to %d: got %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}
