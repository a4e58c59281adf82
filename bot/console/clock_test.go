package console

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"duban/bot"
)

func TestClockMoves(t *testing.T) {
	t.Parallel()
	nudge := time.Date(2018, 7, 5, 9, 30, 0, 0, beijing)
	tests := []struct {
		req  clockRequest
		want string
	}{
		{clockRequest{Do: "now"}, "2018年7月2日 星期一 09:00"},
		{clockRequest{Do: "day"}, "2018年7月3日 星期二 09:00"},
		{clockRequest{Do: "week"}, "2018年7月9日 星期一 09:00"},
		{clockRequest{Do: "nudge"}, "2018年7月5日 星期四 09:30"},
		{clockRequest{Do: "date", Date: "2018-12-31"}, "2018年12月31日 星期一 09:00"},
	}
	for _, tt := range tests {
		t.Run(tt.req.Do, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, options(""))
			d.clock.next = nudge
			var got clockView
			if code := d.do("POST", "api/clock", tt.req, &got); code != http.StatusOK {
				t.Fatalf("status %d", code)
			}
			if got.Full != tt.want || got.Moving || stampOf(d.clock.Now()).Full != tt.want {
				t.Errorf("shows %q, stands at %v, want %q", got.Full, d.clock.Now(), tt.want)
			}
			if at, ok := d.LastClock(); tt.req.Do != "now" && (!ok || !at.Equal(d.clock.Now())) {
				t.Errorf("recorded %v, %v", at, ok)
			}
		})
	}
}

func TestClockRefuses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	tests := []struct {
		req    clockRequest
		status int
		says   string
	}{
		{clockRequest{Do: "date", Date: "2018-07-01"}, http.StatusBadRequest, "只能向后调"},
		{clockRequest{Do: "date", Date: "2018-07-02"}, http.StatusBadRequest, "只能向后调"},
		{clockRequest{Do: "date", Date: "2021-01-01"}, http.StatusBadRequest, "一年"},
		{clockRequest{Do: "date"}, http.StatusBadRequest, "日期"},
		{clockRequest{Do: "nudge"}, http.StatusConflict, "没有"},
		{clockRequest{Do: "back"}, http.StatusBadRequest, "格式"},
	}
	for _, tt := range tests {
		if got := d.refused("api/clock", tt.req, tt.status); !strings.Contains(got, tt.says) {
			t.Errorf("%+v says %q, want %q in it", tt.req, got, tt.says)
		}
	}
	if !d.clock.Now().Equal(start) {
		t.Errorf("the clock moved to %v", d.clock.Now())
	}
}

// What falls due on the way is sent while the clock moves: Send must not wait for it,
// and a second move must be refused.
func TestClockMovesOneAtATimeAndMessagesComeThrough(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	d.clock.onMove = func(ctx context.Context) {
		if _, err := d.Send(ctx, bot.Outgoing{ID: "n1", Room: "cid-1", Markdown: "到期"}); err != nil {
			t.Error(err)
		}
		d.refused("api/clock", clockRequest{Do: "day"}, http.StatusConflict)
		if s := d.state(); !s.Clock.Moving {
			t.Error("the state does not say that the clock moves")
		}
	}
	if code := d.do("POST", "api/clock", clockRequest{Do: "day"}, nil); code != http.StatusOK {
		t.Fatalf("status %d", code)
	}
	if n := len(d.messages("cid-1")); n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
	if s := d.state(); s.Clock.Moving {
		t.Error("the clock still moves")
	}
}

func TestClockFailureGivesTheClockBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	d.clock.moveErr = errors.New("redis: secret detail")
	if got := d.refused("api/clock", clockRequest{Do: "day"}, http.StatusInternalServerError); strings.Contains(got, "redis") {
		t.Errorf("internal text reaches the page: %q", got)
	}
	d.clock.moveErr = nil
	if code := d.do("POST", "api/clock", clockRequest{Do: "day"}, nil); code != http.StatusOK {
		t.Errorf("the next move: status %d", code)
	}
}
