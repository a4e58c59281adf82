package reminders

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/store/ledger"
)

// Budget keeps what the clock sends to one receiver within bounds when it is sent. After
// a platform was away, the nudges that waited are one message, the newest, and what would
// be one too many on a day waits for the next working day. What a person caused (a press,
// a receipt) is not the clock's and always goes.
type Budget struct {
	Books Books
	Most  int // messages by the clock for one receiver and day
}

// byClock reports whether the notice is a nudge that no person asked for.
func byClock(n ledger.Notice) bool { return n.Kind == ledger.NoticeNudge && n.By == "" }

// errTold means that what was told could not be kept for the other side's writing.
var errTold = errors.New("reminders: what was told is being written elsewhere")

// allowance is the verdict on a nudge.
type allowance int

const (
	goes  allowance = iota
	gone            // a newer nudge carries what it speaks of
	waits           // the receiver has had enough for the day
)

// allow decides on a nudge of the clock, which then speaks of everything that was owed
// to the receiver and never sent.
func (d *Dispatcher) allow(ctx context.Context, c *ledger.Claimed, now time.Time) (allowance, error) {
	if !byClock(c.Notice) {
		return goes, nil
	}
	book, err := d.Budget.Books.Fresh(ctx)
	if err != nil {
		return goes, fmt.Errorf("reminders: read book: %w", err)
	}
	told := book.Told(c.To)
	switch {
	case told.Newer(c.Key):
		return gone, nil
	case told.On(today(now)) >= d.Budget.Most:
		return waits, nil
	}
	c.Items = told.Merged(c.Items)
	slices.SortFunc(c.Items, byUrgency(book))
	return goes, nil
}

// told keeps that the nudge was sent, or that nothing was left to say. When it cannot be
// kept, a later nudge may say once more what this one said.
func (d *Dispatcher) told(ctx context.Context, n ledger.Notice, now time.Time, sent bool) error {
	if !byClock(n) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.Limits.Settle)
	defer cancel()
	for range planTries {
		book, err := d.Budget.Books.Fresh(ctx)
		if err != nil {
			return fmt.Errorf("reminders: read book: %w", err)
		}
		rec, expect, err := book.SetTold(n.To, book.Told(n.To).After(n.Key, today(now), sent))
		if err != nil {
			return err
		}
		_, err = d.Store.Commit(ctx, ledger.Commit{Puts: []ledger.Record{rec}, Expects: []ledger.Expect{expect}, Since: book.Rev, Now: now})
		if !errors.Is(err, ledger.ErrConflict) {
			return err
		}
	}
	return errTold
}

// expected are the records that keep the planned nudges as owed, with their preconditions.
func expected(book *ledger.Book, notices []ledger.Notice) ([]ledger.Record, []ledger.Expect, error) {
	var puts []ledger.Record
	var expects []ledger.Expect
	for _, n := range notices {
		if !byClock(n) {
			continue
		}
		rec, expect, err := book.SetTold(n.To, book.Told(n.To).Owing(n.Key, n.Items))
		if err != nil {
			return nil, nil, err
		}
		puts, expects = append(puts, rec), append(expects, expect)
	}
	return puts, expects, nil
}
