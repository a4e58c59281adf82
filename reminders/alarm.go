package reminders

import (
	"context"
	"sync"
	"time"
)

// alarm lets a loop sleep through its Wait and be woken from elsewhere. A wake that
// comes while nobody sleeps is kept for the next sleep. The zero alarm is ready.
type alarm struct {
	mu     sync.Mutex
	rung   bool
	cancel context.CancelFunc
}

// wait sleeps for d, until wake, or until ctx ends; it is false only when ctx has ended.
func (a *alarm) wait(ctx context.Context, sleep Wait, d time.Duration) bool {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	a.mu.Lock()
	if a.rung {
		a.rung = false
		a.mu.Unlock()
		return ctx.Err() == nil
	}
	a.cancel = cancel
	a.mu.Unlock()
	sleep(inner, d)
	a.mu.Lock()
	a.rung, a.cancel = false, nil
	a.mu.Unlock()
	return ctx.Err() == nil
}

func (a *alarm) wake() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.rung = true
	if a.cancel != nil {
		a.cancel()
	}
}
