package llm

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// counts is a tally in memory that can be out of reach.
type counts struct {
	mu   sync.Mutex
	u    Usage
	gone bool
}

var errGone = errors.New("out of reach")

func (c *counts) Used(context.Context) (Usage, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone {
		return Usage{}, errGone
	}
	return c.u, nil
}

func (c *counts) Add(_ context.Context, more Usage) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone {
		return errGone
	}
	c.u = c.u.Plus(more)
	return nil
}

// TestBudgetForAllProcesses: what one process used is used for the next one and for the
// others; a new Beijing day begins anew; while the tally is out of reach a process knows at
// least its own calls.
func TestBudgetForAllProcesses(t *testing.T) {
	now := time.Date(2018, 7, 27, 15, 0, 0, 0, time.UTC)
	all := &counts{}
	process := func() *meter {
		return &meter{now: func() time.Time { return now }, tally: all, log: slog.New(slog.DiscardHandler)}
	}
	ctx := t.Context()
	one, two := process(), process()
	one.add(ctx, 600, false)
	two.add(ctx, 300, true)
	want := Usage{Day: "2018年7月27日", Tokens: 900, Calls: 2, Rejected: 1}
	for name, m := range map[string]*meter{"one": one, "two": two, "restarted": process()} {
		if d := cmp.Diff(want, m.usage(ctx)); d != "" {
			t.Errorf("%s: -want +got\n%s", name, d)
		}
		if !m.left(ctx, 901) || m.left(ctx, 900) || !m.left(ctx, 0) {
			t.Errorf("%s: the budget is not that of all", name)
		}
	}
	all.gone = true
	one.add(ctx, 500, false)
	if u := one.usage(ctx); u.Tokens != 1100 {
		t.Errorf("out of reach: %+v", u)
	}
	all.gone = false
	if u := one.usage(ctx); u.Tokens != 1100 {
		t.Errorf("a call was forgotten: %+v", u)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	two.add(gone, 100, false) // the asker has gone, the tokens are used
	if u := process().usage(ctx); u.Tokens != 1000 {
		t.Errorf("a cancelled call was not counted: %+v", u)
	}
	now = now.Add(2 * time.Hour)
	if u := process().usage(ctx); u != (Usage{Day: "2018年7月28日"}) {
		t.Errorf("the next day: %+v", u)
	}
	one.add(ctx, 5, false)
	if u := two.usage(ctx); u != (Usage{Day: "2018年7月28日", Tokens: 5, Calls: 1}) {
		t.Errorf("the next day, used: %+v", u)
	}
}
