package zhengding

import (
	"context"
	"time"
)

// Own limits: the platform allows twenty a minute and punishes more with ten minutes
// of silence.
const robotPerMinute = 18

// DefaultDailyLimit is what the platform lets one app send in a day.
const DefaultDailyLimit = 20000

// notices keeps the platform's rules for work notifications: one call at a time, a gap
// between calls, so many a day. It counts what this process sends.
type notices struct {
	turn  chan struct{} // holds one: the right to call
	gap   time.Duration
	daily int // 0 is endless

	// What follows belongs to the holder of the turn.
	last  time.Time
	day   string
	sent  int
	stamp string         // the second of the texts in said
	said  map[string]int // member and text → how often in that second
}

func newNotices(gap time.Duration, daily int) *notices {
	return &notices{turn: make(chan struct{}, 1), gap: gap, daily: daily, said: map[string]int{}}
}

// enter waits for the turn, which leave gives back.
func (n *notices) enter(ctx context.Context) error {
	select {
	case n.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (n *notices) leave() { <-n.turn }

// take counts one call at now and returns 0, or counts none and says how long to wait.
func (n *notices) take(now time.Time) time.Duration {
	if n.gap > 0 && !n.last.IsZero() {
		// A clock that was set back must not lock the way for longer than the gap.
		if since := now.Sub(n.last); since >= 0 && since < n.gap {
			return n.gap - since
		}
	}
	local := beijing(now)
	if day := local.Format(time.DateOnly); day != n.day {
		n.day, n.sent = day, 0
	}
	if n.daily > 0 && n.sent >= n.daily {
		y, m, d := local.Date()
		return time.Date(y, m, d+1, 0, 0, 0, 0, local.Location()).Sub(local)
	}
	n.last, n.sent = now, n.sent+1
	return 0
}

// maxSaid bounds the texts remembered of one second: far more than one call after
// another can send in it, unless the clock stands still.
const maxSaid = 4096

// again counts how often the text has been sent to the member in the second that
// stamp names, this time included.
func (n *notices) again(stamp, member, text string) int {
	if stamp != n.stamp || len(n.said) >= maxSaid {
		n.stamp = stamp
		clear(n.said)
	}
	key := member + "\x00" + text
	n.said[key]++
	return n.said[key]
}
