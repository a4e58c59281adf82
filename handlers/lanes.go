package handlers

import (
	"context"
	"hash/maphash"
)

// lanes let one message at a time decide on a task. Without them, messages of this
// process that hit one task together would decide on the same state, and all but one
// of their commits would be conflicts: each again and again, until their tries run
// out. Other replicas are not held back; the preconditions of a commit see to them.
//
// Several tasks may share a lane: that costs them a wait, nothing else.
type lanes struct {
	seed maphash.Seed
	gate [256]chan struct{}
}

func newLanes() *lanes {
	l := &lanes{seed: maphash.MakeSeed()}
	for i := range l.gate {
		l.gate[i] = make(chan struct{}, 1)
	}
	return l
}

// enter waits for the task's lane until ctx ends. The caller leaves when its commit
// has been learnt. Without a task there is nothing to wait for.
func (l *lanes) enter(ctx context.Context, task string) (leave func(), err error) {
	if task == "" {
		return func() {}, nil
	}
	gate := l.gate[maphash.String(l.seed, task)%uint64(len(l.gate))]
	select {
	case gate <- struct{}{}:
		return func() { <-gate }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
