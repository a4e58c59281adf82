package reminders

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"duban/bot"
	"duban/store/ledger"
)

// Composer words a notice at the moment of sending. False means that nothing is left
// to say: the notice is settled without a message. An error means try again later.
type Composer func(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error)

// Written is the composer of notices whose words were written with them.
func Written(_ context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	return n.Body, n.Body.Text != "", nil
}

// GivenUp words what the receiver, or whoever pressed, is told of a notice that will never come, and why it
// will not: a refusal, an outcome that stayed unknown, or ErrExpired.
type GivenUp func(n ledger.Notice, why error) ledger.Body

// Dispatcher empties the outbox onto a platform: claims under a lease, words, sends,
// and settles only what the platform has accepted. All fields are set before use;
// Report may be nil. Several may run on one outbox.
type Dispatcher struct {
	Outbox    Outbox
	Store     Committer // for what follows a notice; see follow
	Platform  bot.Platform
	Composers map[ledger.NoticeKind]Composer // a kind without one is buried
	GivenUp   map[ledger.NoticeKind]GivenUp  // a kind without one is buried in silence
	Missed    GivenUp                        // of a formal notice, for whoever pressed with it; nil: silence
	Hours     Hours                          // for nudges nobody asked for by hand
	Budget    Budget                         // likewise
	Retry     Retry
	Unsure    *Unsure // shared by the dispatchers of a process
	Limits    DispatchLimits
	Now       func() time.Time
	Jitter    func() float64 // in [0, 1)
	Wait      Wait
	Report    func(Dispatched, error) // after every run that did something
	Log       *slog.Logger

	alarm alarm
	busy  atomic.Int64 // runs under way
}

// DispatchLimits bound the dispatcher. Batch/Parallel × (Send + Settle) must stay below
// Lease, or a notice at the end of a slow batch would be claimed again while it is sent.
type DispatchLimits struct {
	Batch    int           // notices claimed at once
	Parallel int           // notices being sent at once
	Lease    time.Duration // how long a claim holds
	Send     time.Duration // bound on wording and sending one notice
	Settle   time.Duration // bound on telling the outbox what became of it
	Idle     time.Duration // longest sleep between looks at the outbox
}

// DefaultDispatchLimits send 8 at a time; a batch takes at most 60 of its 90 seconds.
func DefaultDispatchLimits() DispatchLimits {
	return DispatchLimits{
		Batch: 32, Parallel: 8, Lease: 90 * time.Second,
		Send: 10 * time.Second, Settle: 5 * time.Second, Idle: 2 * time.Second,
	}
}

// Dispatched counts what became of the notices of a run.
type Dispatched struct {
	Sent     int // accepted by the platform and settled
	Silent   int // nothing was left to say
	Deferred int // to be tried again
	Buried   int // given up; the outbox keeps why
	Lost     int // the lease was lost, or the outbox did not answer: at worst sent again
}

func (d *Dispatched) add(e Dispatched) {
	d.Sent, d.Silent, d.Deferred = d.Sent+e.Sent, d.Silent+e.Silent, d.Deferred+e.Deferred
	d.Buried, d.Lost = d.Buried+e.Buried, d.Lost+e.Lost
}

// RunOnce handles one batch of what is due. It returns when every notice of it is
// handled; more may be waiting when Total reaches Limits.Batch.
func (d *Dispatcher) RunOnce(ctx context.Context, now time.Time) (Dispatched, error) {
	d.busy.Add(1)
	defer d.busy.Add(-1)
	claimed, err := d.Outbox.Claim(ctx, now, d.Limits.Lease, d.Limits.Batch)
	if err != nil {
		return Dispatched{}, fmt.Errorf("reminders: claim: %w", err)
	}
	return d.all(ctx, claimed, now), nil
}

// Busy reports whether notices are being claimed or handled.
func (d *Dispatcher) Busy() bool { return d.busy.Load() > 0 }

// Total is the number of notices handled.
func (d Dispatched) Total() int { return d.Sent + d.Silent + d.Deferred + d.Buried + d.Lost }

// SendHeld sends notices that the caller committed under its own fence, at once. What
// it cannot send goes back to the outbox; what it does not reach is free again when the
// hold is over.
func (d *Dispatcher) SendHeld(ctx context.Context, notices []ledger.Notice, fence int64) Dispatched {
	d.busy.Add(1)
	defer d.busy.Add(-1)
	held := make([]ledger.Claimed, len(notices))
	for i, n := range notices {
		held[i] = ledger.Claimed{Notice: n, Fence: fence}
	}
	return d.all(ctx, held, d.Now())
}

// Run empties the outbox until ctx ends; a message being sent then is finished or its
// notice handed back first.
func (d *Dispatcher) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		done, err := d.RunOnce(ctx, d.Now())
		if err != nil && ctx.Err() == nil {
			d.Log.Error("outbox not read", "err", err)
		}
		if d.Report != nil && (err != nil || done.Total() > 0) {
			d.Report(done, err)
		}
		if err == nil && done.Total() >= d.Limits.Batch {
			continue
		}
		pause := d.Limits.Idle
		if err == nil {
			pause = d.pause(ctx)
		}
		if !d.alarm.wait(ctx, d.Wait, pause) {
			break
		}
	}
	return nil
}

// Wake makes Run look at the outbox at once; whoever writes a notice that is due calls it.
func (d *Dispatcher) Wake() { d.alarm.wake() }

// pause is the time until the next notice is due, between a blink and Limits.Idle:
// notices of other replicas are only seen by looking.
func (d *Dispatcher) pause(ctx context.Context) time.Duration {
	const blink = 20 * time.Millisecond
	now := d.Now()
	due, ok, err := d.Outbox.NextDue(ctx, now)
	if err != nil || !ok {
		return d.Limits.Idle
	}
	return min(max(due.Sub(now), blink), d.Limits.Idle)
}
