package storetest

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"duban/store"
	"duban/store/ledger"
)

// Write commits reports numbered from first on, at most n, from a crowd of
// goroutines, and tells each number once it is acknowledged. It returns the first
// error, after which it goes on with no more.
func Write(ctx context.Context, e store.Engine, first, n int64, acknowledged func(i int64)) error {
	var next atomic.Int64
	failed := make(chan error, crowd)
	each(crowd, func(int) {
		var rev int64
		for {
			i := next.Add(1) - 1
			if i >= n {
				return
			}
			out, err := e.Commit(ctx, Report(first+i, rev))
			if err != nil {
				failed <- err
				next.Store(n)
				return
			}
			rev = out.Delta.Rev
			acknowledged(first + i)
		}
	})
	close(failed)
	return <-failed // nil when none failed
}

// Survived checks that each acknowledged report is there, whole and once.
func Survived(t *testing.T, e store.Engine, acknowledged []int64) {
	t.Helper()
	events := must[[]ledger.Event](t)(e.Events(t.Context(), "", time.Time{}, time.Time{}))
	seen := map[string]int{}
	for _, v := range events {
		seen[v.ID]++
	}
	d := must[ledger.Delta](t)(e.Sync(t.Context(), 0))
	if d.Rev != int64(len(events)) {
		t.Errorf("%d events but revision %d: a commit was cut in two", len(events), d.Rev)
	}
	waiting, _, err := e.Depth(t.Context())
	if err != nil || waiting != int64(len(events)) {
		t.Errorf("%d events but %d receipts owed, %v", len(events), waiting, err)
	}
	for _, i := range acknowledged {
		c := Report(i, d.Rev)
		if n := seen[c.Events[0].ID]; n != 1 {
			t.Errorf("report %d was acknowledged and is there %d times", i, n)
		}
		arrived := must[ledger.Arrived](t)(e.Arrive(t.Context(), ledger.Arrival{Message: c.Message, Since: d.Rev, Now: c.Now}))
		if !arrived.Repeat || string(arrived.Answer) != string(c.Answer) {
			t.Errorf("message of report %d is not known: %+v", i, arrived)
		}
	}
	t.Logf("%d acknowledged, %d there", len(acknowledged), len(events))
}
