package reminders_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"duban/bot"
	"duban/reminders"
	"duban/store/ledger"
)

// Where nobody knows whether a message arrived, a reminder of the clock is not said again;
// a receipt and a pressing are, five times in all; and what the platform knows by its id
// is sent until it says yes.
func TestUnsure(t *testing.T) {
	for name, c := range map[string]struct {
		kind   func(n *ledger.Notice)
		err    error
		tries  int
		buried bool
	}{
		"nudge":                  {func(n *ledger.Notice) { *n = nudgeNotice(n.Key, n.Due) }, errWire, 1, true},
		"nudge by hand":          {func(n *ledger.Notice) { *n = nudgeNotice(n.Key, n.Due); n.By = "du" }, errWire, 5, true},
		"receipt":                {func(*ledger.Notice) {}, errWire, 5, true},
		"pressing":               {func(n *ledger.Notice) { n.Formal, n.By = true, "du" }, errWire, 5, true},
		"answer of half an hour": {func(n *ledger.Notice) { n.Expires = n.Due.Add(30 * time.Minute) }, errWire, 3, true},
		"nudge known by its id":  {func(n *ledger.Notice) { *n = nudgeNotice(n.Key, n.Due) }, fmt.Errorf("%w: %w", bot.ErrAgain, errWire), 8, false},
	} {
		t.Run(name, func(t *testing.T) {
			now := clock("2018-09-28 09:00")
			v := newVault(t, plan(), once("28", "建设政务云", "2018-09-30", lead("甲")), room("A", "甲"))
			tries := 0
			w := &wire{fail: func(bot.Outgoing) error {
				if tries++; tries < 8 {
					return c.err
				}
				return nil
			}}
			two := []*reminders.Dispatcher{dispatcher(v, w, &now), dispatcher(v, w, &now)}
			two[1].Unsure = two[0].Unsure // as those of one process
			n := reply("n", now)
			c.kind(&n)
			v.owe(t, n)
			for i, end := 0, now.Add(8*time.Hour); now.Before(end); now = now.Add(30 * time.Second) {
				dispatch(t, two[i%2], now)
				i++
			}
			if tries != c.tries || (v.notices["n"].buried != "") != c.buried {
				t.Errorf("tried %d times, buried %q", tries, v.notices["n"].buried)
			}
		})
	}
}

// A nudge that may have arrived counts as told: the next one does not say it once more.
func TestUnsureNudgeCounts(t *testing.T) {
	now := clock("2018-09-27 09:00")
	v := newVault(t, plan(), once("28", "建设政务云", "2018-09-28", lead("甲")), once("3", "方案", "2018-10-12", lead("甲")), room("A", "甲"))
	w := &wire{fail: func(out bot.Outgoing) error {
		return map[bool]error{true: errWire}[now.Equal(clock("2018-09-27 09:00"))]
	}}
	p, d := planner(v, nil), dispatcher(v, w, &now)
	run(t, p, "2018-09-27 09:00")
	if got := dispatch(t, d, now); got != (reminders.Dispatched{Buried: 1}) {
		t.Fatalf("got %+v", got)
	}
	now = clock("2018-09-28 09:00")
	run(t, p, "2018-09-28 09:00")
	dispatch(t, d, now)
	for _, out := range w.out {
		if slices.ContainsFunc(v.notices[out.ID].Items, func(i ledger.Item) bool { return i.Stage == -15 }) {
			t.Errorf("said again: %s", out.Markdown)
		}
	}
}

// A message under way when the program is told to stop is sent to its end: cut off, it
// might arrive and be sent again.
func TestUnsureNotByStopping(t *testing.T) {
	now := clock("2018-10-17 10:00")
	ctx, cancel := context.WithCancel(context.Background())
	v := newVault(t)
	v.owe(t, reply("r", now))
	d := dispatcher(v, &wire{}, &now)
	d.Platform = sender(func(ctx context.Context, _ bot.Outgoing) error { cancel(); return ctx.Err() })
	if got := d.SendHeld(ctx, []ledger.Notice{reply("r", now)}, 0); got.Sent != 1 {
		t.Errorf("got %+v", got)
	}
}

// sender is a platform.
type sender func(context.Context, bot.Outgoing) error

// Send calls the function.
func (f sender) Send(ctx context.Context, out bot.Outgoing) (string, error) { return "", f(ctx, out) }
