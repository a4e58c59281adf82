package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"duban/bot"
	"duban/handlers"
	"duban/internal/zh/workday"
	"duban/reminders"
	"duban/seeds"
	"duban/store"
	"duban/store/ledger"
)

// office is the bot as the program wires it, with a platform that only counts and an
// engine whose calls are counted.
type office struct {
	engine  *counted
	desk    *handlers.Desk
	intake  *bot.Intake
	senders []*reminders.Dispatcher
	sent    counting
	now     func() time.Time
	began   time.Time
}

// counting is a platform that takes everything.
type counting struct{ n atomic.Int64 }

// Send counts.
func (c *counting) Send(context.Context, bot.Outgoing) (string, error) {
	c.n.Add(1)
	return "", nil
}

// counted counts the calls that messages make.
type counted struct {
	store.Engine
	before, behind atomic.Int64
}

// Arrive counts.
func (c *counted) Arrive(ctx context.Context, a ledger.Arrival) (ledger.Arrived, error) {
	c.before.Add(1)
	return c.Engine.Arrive(ctx, a)
}

// Commit counts.
func (c *counted) Commit(ctx context.Context, x ledger.Commit) (ledger.Committed, error) {
	c.before.Add(1)
	return c.Engine.Commit(ctx, x)
}

// Sync counts.
func (c *counted) Sync(ctx context.Context, since int64) (ledger.Delta, error) {
	c.before.Add(1)
	return c.Engine.Sync(ctx, since)
}

// Events counts.
func (c *counted) Events(ctx context.Context, task string, from, to time.Time) ([]ledger.Event, error) {
	c.before.Add(1)
	return c.Engine.Events(ctx, task, from, to)
}

// Settle counts.
func (c *counted) Settle(ctx context.Context, key string, fence int64, sent ledger.Sent, body ledger.Body) error {
	c.behind.Add(1)
	return c.Engine.Settle(ctx, key, fence, sent, body)
}

// Claim counts.
func (c *counted) Claim(ctx context.Context, now time.Time, lease time.Duration, most int) ([]ledger.Claimed, error) {
	c.behind.Add(1)
	return c.Engine.Claim(ctx, now, lease, most)
}

// NextDue counts.
func (c *counted) NextDue(ctx context.Context, now time.Time) (time.Time, bool, error) {
	c.behind.Add(1)
	return c.Engine.NextDue(ctx, now)
}

// SendHeld sends what a commit holds for this process.
func (f *office) SendHeld(ctx context.Context, list []ledger.Notice, fence int64) {
	if done := f.senders[0].SendHeld(ctx, list, fence); done.Deferred+done.Lost > 0 {
		f.Wake()
	}
}

// Wake makes the senders look at the outbox.
func (f *office) Wake() {
	for _, s := range f.senders {
		s.Wake()
	}
}

// openBot wires the office on a store with the plan and its contacts.
func openBot(ctx context.Context, o outside, s spec) (*server, error) {
	engine, err := openStore(ctx, s)
	if err != nil {
		return nil, err
	}
	now := shifted(o.now, s.Shift)
	f := &office{engine: &counted{Engine: engine}, now: now, began: now()}
	if err := seed(ctx, engine, now()); err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	log := slog.New(slog.DiscardHandler)
	if f.desk, err = newDesk(ctx, f.engine, f, now); err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	limits := reminders.DefaultDispatchLimits()
	for range 2 {
		f.senders = append(f.senders, &reminders.Dispatcher{
			Unsure: new(reminders.Unsure),
			Outbox: f.engine, Store: f.engine, Platform: &f.sent, Hours: hours(), Retry: reminders.DefaultRetry(), Limits: limits,
			Composers: map[ledger.NoticeKind]reminders.Composer{ledger.NoticeReply: reminders.Written},
			Now:       now, Jitter: rand.Float64, Wait: o.wait, Log: log,
		})
	}
	f.intake = bot.NewIntake(ctx, f.desk, &f.sent, bot.DefaultLimits(), log)
	return &server{handler: door(now, s.Sink, f.intake), tally: f.tally, close: f.loops(ctx)}, nil
}

// newDesk is the desk as the program makes it, without a model.
func newDesk(ctx context.Context, l handlers.Ledger, post handlers.Post, now func() time.Time) (*handlers.Desk, error) {
	return handlers.NewDesk(ctx, handlers.Options{
		Ledger: l, Post: post, Hours: hours(), Now: now, Log: slog.New(slog.DiscardHandler), Bot: "督办助手", Imprint: ledger.Imprint{Office: "督查室"},
		Light: ledger.DefaultLightRules(ledger.Date{}), Rules: reminders.DefaultRules(), State: func(context.Context) string { return "" },
	})
}

func hours() reminders.Hours {
	rules := reminders.DefaultRules()
	return reminders.Hours{Open: rules.Open, Close: rules.Close, Cal: workday.Default()}
}

// loops runs the senders; the returned function drains and ends everything.
func (f *office) loops(parent context.Context) func(ctx context.Context) error {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	var wg sync.WaitGroup
	var errs [2]error
	for i, s := range f.senders {
		wg.Go(func() { errs[i] = s.Run(ctx) })
	}
	return func(ctx context.Context) error {
		draining, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer stop()
		err := f.intake.Close(draining)
		cancel()
		wg.Wait()
		return errors.Join(err, errs[0], errs[1], f.engine.Close())
	}
}

func (f *office) tally(ctx context.Context, events bool) (tally, error) {
	t := tally{Before: f.engine.before.Load(), Behind: f.engine.behind.Load(), Sent: f.sent.n.Load(), Dropped: f.intake.Dropped()}
	if !events {
		return t, nil
	}
	var err error
	t.Events, err = countEvents(ctx, f.engine.Engine, f.began, f.now())
	return t, err
}

// countEvents counts second by second, so that a long run need not fit into memory.
func countEvents(ctx context.Context, r store.Reader, from, to time.Time) (int64, error) {
	n := int64(0)
	for at := from; !at.After(to); at = at.Add(time.Second) {
		list, err := r.Events(ctx, "", at, at.Add(time.Second))
		if err != nil {
			return 0, err
		}
		n += int64(len(list))
	}
	return n, nil
}

func openStore(ctx context.Context, s spec) (store.Engine, error) {
	c := store.Config{DataDir: s.Dir, Tenant: s.Tenant}
	if s.Redis != "" {
		c.RedisURL = "redis://" + s.Redis
	}
	return store.Open(ctx, c)
}

// seed imports the plan and binds the contacts.
func seed(ctx context.Context, engine store.Committer, now time.Time) error {
	p, err := seeds.Huzhou()
	if err != nil {
		return err
	}
	recs, err := ledger.PlanRecords(ledger.NewBook(), p, ledger.Revised{})
	if err != nil {
		return err
	}
	for _, m := range members(p) {
		r, err := ledger.Put(ledger.RecordMember, m.ID, m)
		if err != nil {
			return err
		}
		recs = append(recs, r)
	}
	if _, err := engine.Commit(ctx, ledger.Commit{Message: "seed", Puts: recs, Now: now}); err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	return nil
}
