package reminders

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"duban/store/ledger"
)

// MarkName is the ID of the record that holds the newest planned slot.
const MarkName = "nudge"

// backlogDays bounds how far back a run looks after a long stop; every open checkpoint
// is spoken of again within a week of coming back in any case.
const backlogDays = 400

// horizonDays bounds the search for the next nudge.
const horizonDays = 800

// Planner turns passed slots into notices in the outbox, once per slot however many
// replicas run. All fields are set before use; Report may be nil.
type Planner struct {
	Rules  Rules // must be free of faults, see Rules.Validate
	Books  Books
	Store  Committer
	Cal    Calendar
	Now    func() time.Time
	Wait   Wait
	Every  time.Duration        // between looks at the clock; zero means a minute
	Report func(Planned, error) // after every run, for metrics and health
	Log    *slog.Logger

	alarm alarm
	pulse pulse
}

// Planned is what one run did.
type Planned struct {
	Slot    time.Time // newest slot that was due; zero when none was
	Notices int       // written
	Items   int       // duties in them
	Lost    bool      // another replica planned the slot
	Waits   bool      // the slot was missed and its window is over: the next slot has its duties too
}

// RunOnce plans the slots since the mark, up to now. A slot missed by a stop is made up
// while the window of its own day is open; after that it waits, so that one message
// comes of it and the next slot. The first run ever looks back to the start of its day.
// Any error leaves the mark where it was (or, when the answer was lost, moved together
// with its notices), so that the call may be repeated.
func (p *Planner) RunOnce(ctx context.Context, now time.Time) (Planned, error) {
	p.pulse.begin(now)
	tt, err := p.Rules.timetable(p.Cal)
	if err != nil {
		return Planned{}, fmt.Errorf("reminders: rules: %w", err)
	}
	var done Planned
	for range planTries {
		book, err := p.Books.Fresh(ctx)
		if err != nil {
			return Planned{}, fmt.Errorf("reminders: read book: %w", err)
		}
		from := start(book, now)
		slot, ok := tt.newest(from, now)
		switch {
		case !ok: // nothing is due, or it was planned by whoever was faster
			p.pulse.beat(marked(book))
			return done, nil
		case today(slot) != today(now) || !tt.hours.Within(now):
			p.pulse.beat(marked(book))
			return Planned{Slot: slot, Waits: true}, nil
		}
		done, err = p.plan(ctx, book, from, slot, now)
		if err != nil {
			return Planned{}, err
		}
		if !done.Lost {
			p.pulse.beat(slot)
			break
		}
	}
	return done, nil
}

// planTries bounds how often a slot is planned again within one run. A commit is lost to
// another replica, or to a person who pressed and was counted at the same moment.
const planTries = 3

// plan commits what the slot owes. Lost means that a precondition no longer held.
func (p *Planner) plan(ctx context.Context, book *ledger.Book, from, slot, now time.Time) (Planned, error) {
	done := Planned{Slot: slot}
	notices := append(Plan(p.Rules, book, p.Cal, from, now), Bulletins(p.Rules, book, p.Cal, from, now)...)
	mark, err := ledger.Put(ledger.RecordMark, MarkName, slot)
	if err != nil {
		return Planned{}, err
	}
	puts, expects, err := p.burden(book, notices, today(now))
	if err != nil {
		return Planned{}, err
	}
	owed, unmoved, err := expected(book, notices)
	if err != nil {
		return Planned{}, err
	}
	puts, expects = append(puts, owed...), append(expects, unmoved...)
	_, err = p.Store.Commit(ctx, ledger.Commit{
		Expects: append(expects, book.Expect(ledger.RecordMark, MarkName)),
		Puts:    append(puts, mark), Notices: notices, Since: book.Rev, Now: now,
	})
	if errors.Is(err, ledger.ErrConflict) {
		done.Lost = true
		return done, nil
	}
	if err != nil {
		return Planned{}, fmt.Errorf("reminders: commit slot %s: %w", slot.Format(time.DateTime), err)
	}
	done.Notices = len(notices)
	for _, n := range notices {
		done.Items += len(n.Items)
	}
	return done, nil
}

// start is the time after which slots are still to be planned. A mark later than now
// (a clock set back) plans nothing until now has caught up.
func start(book *ledger.Book, now time.Time) time.Time {
	mark, ok := book.Marks[MarkName]
	if !ok {
		return today(now).In(shanghai, 0, 0)
	}
	if oldest := now.AddDate(0, 0, -backlogDays); mark.Before(oldest) {
		return oldest
	}
	return mark
}

// Next is the first slot after now that fires; zero when there is none within the
// horizon.
func (p *Planner) Next(now time.Time) time.Time {
	tt, err := p.Rules.timetable(p.Cal)
	if err != nil {
		return time.Time{}
	}
	s, _ := tt.next(now, now.AddDate(0, 0, horizonDays))
	return s
}

// NextNudge is the first slot after now, and not after horizon, at which something
// would be owed if nothing changed until then. It looks at most 800 days ahead.
func (p *Planner) NextNudge(ctx context.Context, now, horizon time.Time) (time.Time, bool, error) {
	tt, err := p.Rules.timetable(p.Cal)
	if err != nil {
		return time.Time{}, false, fmt.Errorf("reminders: rules: %w", err)
	}
	book, err := p.Books.Fresh(ctx)
	if err != nil {
		return time.Time{}, false, fmt.Errorf("reminders: read book: %w", err)
	}
	if limit := now.AddDate(0, 0, horizonDays); horizon.After(limit) {
		horizon = limit
	}
	from := start(book, now)
	for at := now; ctx.Err() == nil; {
		slot, ok := tt.next(at, horizon)
		if !ok {
			return time.Time{}, false, nil
		}
		if len(Plan(p.Rules, book, p.Cal, from, slot))+len(Bulletins(p.Rules, book, p.Cal, from, slot)) > 0 {
			return slot, true, nil
		}
		at, from = slot, slot
	}
	return time.Time{}, false, fmt.Errorf("reminders: next nudge: %w", ctx.Err())
}

// Run plans until ctx ends. It looks at the clock every minute instead of arming a
// timer for the slot: such a timer does not count the time a host was asleep and knows
// nothing of a clock that was set.
func (p *Planner) Run(ctx context.Context) error {
	every := p.Every
	if every <= 0 {
		every = time.Minute
	}
	for {
		done, err := p.look(ctx)
		p.tell(ctx, done, err)
		if !p.alarm.wait(ctx, p.Wait, every) {
			return nil
		}
	}
}

// look is one run of the loop.
func (p *Planner) look(ctx context.Context) (done Planned, err error) {
	defer p.rescue(&err)
	return p.RunOnce(ctx, p.Now())
}

// Wake makes Run look at the clock at once; a demo that moves the clock calls it.
func (p *Planner) Wake() { p.alarm.wake() }

func (p *Planner) tell(ctx context.Context, done Planned, err error) {
	switch {
	case err != nil && ctx.Err() == nil:
		p.Log.Error("nudges not planned", "err", err)
	case done.Lost:
		p.Log.Debug("slot planned by another replica", "slot", done.Slot)
	case done.Notices > 0:
		p.Log.Info("nudges planned", "slot", done.Slot, "notices", done.Notices, "items", done.Items)
	}
	if p.Report != nil && ctx.Err() == nil {
		p.Report(done, err)
	}
}
