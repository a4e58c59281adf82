package handlers

import (
	"context"
	"errors"
	"sync"
	"testing"
)

// TestLanes: one at a time on one task, and who waits too long is let go.
func TestLanes(t *testing.T) {
	l := newLanes()
	var wg sync.WaitGroup
	inside, most := 0, 0 // the race detector sees it when the lane does not hold
	for range 50 {
		wg.Go(func() {
			leave, err := l.enter(t.Context(), "28")
			if err != nil {
				t.Error(err)
				return
			}
			defer leave()
			inside++
			most = max(most, inside)
			inside--
		})
	}
	wg.Wait()
	if most != 1 {
		t.Errorf("%d at once on one task, want 1", most)
	}
	leave, err := l.enter(t.Context(), "28")
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.enter(ctx, "28"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v while the lane is taken, want canceled", err)
	}
	if leave, err := l.enter(ctx, ""); err != nil {
		t.Errorf("got %v without a task, want no wait", err)
	} else {
		leave()
	}
}
