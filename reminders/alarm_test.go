package reminders

import (
	"context"
	"testing"
	"time"
)

func TestAlarm(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var a alarm
	slept := 0
	sleep := func(context.Context, time.Duration) bool { slept++; return true }
	if !a.wait(ctx, sleep, time.Second) || slept != 1 {
		t.Error("a quiet wait sleeps")
	}
	a.wake()
	a.wake()
	if !a.wait(ctx, sleep, time.Second) || slept != 1 {
		t.Error("a wake before the wait is kept")
	}
	if !a.wait(ctx, sleep, time.Second) || slept != 2 {
		t.Error("two wakes are one")
	}
	during := func(inner context.Context, _ time.Duration) bool {
		a.wake()
		<-inner.Done()
		return false
	}
	if !a.wait(ctx, during, time.Second) {
		t.Error("a wake is taken for the end")
	}
	cancel()
	if a.wait(ctx, sleep, time.Second) {
		t.Error("the end is not seen")
	}
}
