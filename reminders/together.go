package reminders

import (
	"context"
	"slices"
	"sync"
	"time"

	"duban/store/ledger"
)

// all handles the notices, at most Limits.Parallel at once, and waits for the last. What
// one message owes one receiver goes in order.
func (d *Dispatcher) all(ctx context.Context, claimed []ledger.Claimed, now time.Time) Dispatched {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		total Dispatched
		slots = make(chan struct{}, max(1, d.Limits.Parallel))
	)
	for _, group := range together(claimed) {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			done := d.inOrder(ctx, group, now)
			mu.Lock()
			defer mu.Unlock()
			total.add(done)
		})
	}
	wg.Wait()
	return total
}

// together groups what was owed at the same moment to the same receiver, the receipt
// first: 正在生成 must not come after the file.
func together(claimed []ledger.Claimed) [][]ledger.Claimed {
	var out [][]ledger.Claimed
	for _, c := range claimed {
		i := slices.IndexFunc(out, func(g []ledger.Claimed) bool { return g[0].To.Key() == c.To.Key() && g[0].Made.Equal(c.Made) })
		if i < 0 {
			out = append(out, []ledger.Claimed{c})
			continue
		}
		out[i] = append(out[i], c)
	}
	for _, g := range out {
		slices.SortStableFunc(g, func(a, b ledger.Claimed) int { return rank(a) - rank(b) })
	}
	return out
}

func rank(c ledger.Claimed) int {
	if c.Kind == ledger.NoticeReply {
		return 0
	}
	return 1
}

// inOrder handles one group. When the first took so long that the lease might end while
// the next is sent, that one is handed back.
func (d *Dispatcher) inOrder(ctx context.Context, group []ledger.Claimed, now time.Time) Dispatched {
	total := d.one(ctx, group[0], now)
	for _, c := range group[1:] {
		if d.Now().Sub(now) > d.Limits.Lease-d.Limits.Send-d.Limits.Settle {
			total.add(d.later(ctx, c, now, "the lease would end"))
			continue
		}
		total.add(d.one(ctx, c, now))
	}
	return total
}
