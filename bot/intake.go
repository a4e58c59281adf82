package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// Limits bounds the intake.
type Limits struct {
	InFlight int           // messages being decided at once; more are ErrFull
	Behind   int           // sendings waiting to be done from behind; more are dropped: what is owed is in the outbox
	Decide   time.Duration // bound on deciding and committing one message
	Send     time.Duration // bound on sending one answer
}

// DefaultLimits suit one process on a small machine: the door must answer within a
// second, so a decision gets 900 ms; DingTalk's gateway itself gives up after 3 s.
func DefaultLimits() Limits {
	return Limits{InFlight: 256, Behind: 1024, Decide: 900 * time.Millisecond, Send: 10 * time.Second}
}

// Intake takes messages from the doors, hands each to the handler within bounds, and
// sends answers from behind. Once-per-id is the store's promise; the intake only
// keeps the same id from being decided twice at the same moment in one process.
type Intake struct {
	handler Handler
	out     Platform
	lim     Limits
	log     *slog.Logger
	slots   chan struct{}
	behind  chan func(context.Context)
	ctx     context.Context // of the sending side; ends after Close has drained
	cancel  context.CancelFunc
	senders sync.WaitGroup
	mu      sync.Mutex // guards closed and the adding to taking
	closed  bool
	taking  sync.WaitGroup
	busy    sync.Map     // message id → struct{}
	unsent  atomic.Int64 // sendings queued or under way
	dropped atomic.Int64
}

// NewIntake starts the senders. parent's values are kept, its end is not: the
// senders run until Close has drained them.
func NewIntake(parent context.Context, h Handler, out Platform, lim Limits, log *slog.Logger) *Intake {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	in := &Intake{
		handler: h, out: out, lim: lim, log: log,
		slots: make(chan struct{}, lim.InFlight), behind: make(chan func(context.Context), lim.Behind),
		ctx: ctx, cancel: cancel,
	}
	for range 16 {
		in.senders.Go(in.sender)
	}
	return in
}

// Take decides one message. It returns nil when the platform may be told that the
// message was received; ErrFull, ErrClosed or another error when it should be sent
// again. The work goes on for at most Limits.Decide even when the caller's ctx ends,
// so that a dropped connection does not cut a commit in half.
func (in *Intake) Take(ctx context.Context, m Message) error {
	_, err := in.Decide(ctx, m)
	return err
}

// Decide is Take for a door that shows what came of the message.
func (in *Intake) Decide(ctx context.Context, m Message) (out Outcome, err error) {
	if !in.enter() {
		return out, ErrClosed
	}
	defer in.taking.Done()
	select {
	case in.slots <- struct{}{}:
		defer func() { <-in.slots }()
	default:
		return out, ErrFull
	}
	if _, twice := in.busy.LoadOrStore(m.ID, struct{}{}); twice {
		return out, fmt.Errorf("bot: message %s is being decided: %w", m.ID, ErrFull)
	}
	defer in.busy.Delete(m.ID)
	defer func() {
		if p := recover(); p != nil {
			in.log.Error("handler panicked", "message", m.ID, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = fmt.Errorf("bot: handler panicked on message %s", m.ID)
		}
	}()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), in.lim.Decide)
	defer cancel()
	if out, err = in.handler.Handle(ctx, m); err != nil {
		return Outcome{}, fmt.Errorf("bot: message %s: %w", m.ID, err)
	}
	in.later(m.ID, out)
	return out, nil
}

// enter counts a message in, unless the intake has been closed.
func (in *Intake) enter() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.closed {
		return false
	}
	in.taking.Add(1)
	return true
}

// later queues what is left to send. What does not fit in the queue is not lost
// when it is owed (the outbox has it); a query's answer is counted as dropped.
func (in *Intake) later(id string, o Outcome) {
	var job func(context.Context)
	switch {
	case o.Owed != nil:
		job = o.Owed
	case o.Answer != nil:
		job = func(ctx context.Context) { in.answer(ctx, id, o) }
	default:
		return
	}
	in.unsent.Add(1)
	select {
	case in.behind <- job:
	default:
		in.unsent.Add(-1)
		in.dropped.Add(1)
		in.log.Warn("answer queue full", "message", id)
	}
}

// answer sends a query's answer. One that the platform refuses for now is owed instead;
// where the outcome is unknown, the person asks again if nothing has come.
func (in *Intake) answer(ctx context.Context, id string, o Outcome) {
	_, err := in.out.Send(ctx, *o.Answer)
	var no *Refusal
	if o.Later != nil && errors.As(err, &no) && no.Retryable() {
		in.log.Info("answer put off", "message", id, "err", err)
		err = o.Later(ctx)
	}
	if err != nil {
		in.log.Warn("answer not sent", "message", id, "err", err)
	}
}

func (in *Intake) sender() {
	for job := range in.behind {
		in.run(job)
	}
}

func (in *Intake) run(job func(context.Context)) {
	defer in.unsent.Add(-1)
	defer func() {
		if p := recover(); p != nil {
			in.log.Error("sending panicked", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	ctx, cancel := context.WithTimeout(in.ctx, in.lim.Send)
	defer cancel()
	job(ctx)
}

// Dropped counts sendings that found the queue full. Query answers among them are
// lost; what was owed goes out by the outbox.
func (in *Intake) Dropped() int64 { return in.dropped.Load() }

// Unsent counts sendings that are queued or under way. A message that has been taken is
// counted before its door is answered.
func (in *Intake) Unsent() int64 { return in.unsent.Load() }

// InFlight counts messages being decided.
func (in *Intake) InFlight() int { return len(in.slots) }

// Close takes nothing new, waits for the messages being decided and for queued
// answers until ctx ends, then cuts what is still being sent. It is safe to call
// once; the outbox keeps what was owed.
func (in *Intake) Close(ctx context.Context) error {
	in.mu.Lock()
	in.closed = true
	in.mu.Unlock()
	done := make(chan struct{})
	go func() {
		in.taking.Wait() // each is bounded by Limits.Decide
		close(in.behind)
		in.senders.Wait()
		close(done)
	}()
	defer in.cancel()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		in.cancel()
		<-done
		return fmt.Errorf("bot: drain: %w", ctx.Err())
	}
}
