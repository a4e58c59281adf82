package reminders

import (
	"context"
	"errors"
	"sync"
	"time"

	"duban/bot"
	"duban/store/ledger"
)

// Unsure counts, by notice, the tries of this process of which nobody knows whether they
// arrived; its dispatchers share one. It is bounded: forgetting, as a restart does, only
// means more tries. The zero value is ready.
type Unsure struct {
	mu sync.Mutex
	by map[string]int
}

const keptUnsure = 1024

func (u *Unsure) add(key string) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.by == nil || len(u.by) >= keptUnsure {
		u.by = map[string]int{}
	}
	u.by[key]++
	return u.by[key]
}

func (u *Unsure) drop(key string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.by, key)
}

// unsent decides on a notice that the platform has not said yes to. One that may have
// arrived all the same, and that the platform would show a second time, is a choice
// between twice and never. A reminder of the clock is not said twice: its task comes
// again at the next stage. What a person did or asked for is: a receipt, an answer or a
// pressing, a few times with growing pauses.
func (d *Dispatcher) unsent(ctx context.Context, c ledger.Claimed, now time.Time, err error) Dispatched {
	if _, refused := errors.AsType[*bot.Refusal](err); refused || errors.Is(err, bot.ErrAgain) {
		return d.failed(ctx, c, now, err)
	}
	if byClock(c.Notice) {
		d.Log.Warn("nudge of unknown outcome not repeated", "notice", c.Key, "err", err)
		d.note(ctx, c, now, true)
		return d.bury(ctx, c, now, err)
	}
	n := d.Unsure.add(c.Key)
	if n > len(d.Retry.Unsure) || now.Add(d.Retry.Unsure[n-1]).After(d.Retry.end(err, c)) {
		d.Unsure.drop(c.Key)
		d.Log.Warn("notice of unknown outcome given up", "notice", c.Key, "tries", n, "err", err)
		return d.bury(ctx, c, now, err)
	}
	until := now.Add(d.Retry.Unsure[n-1])
	d.Log.Info("notice of unknown outcome deferred", "notice", c.Key, "tries", n, "until", until, "err", err)
	return d.later(ctx, c, until, err.Error())
}
