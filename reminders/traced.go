package reminders

import (
	"context"
	"errors"
	"fmt"
	"time"

	"duban/store/ledger"
)

// trace keeps by which handle a nudge or a press can be asked about and taken back. What
// cannot be kept is only logged: the message was sent all the same.
func (d *Dispatcher) trace(ctx context.Context, n ledger.Notice, body ledger.Body, ref string, now time.Time) {
	if !n.Formal && n.Kind != ledger.NoticeNudge || n.To.Room == "" && n.To.Member == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.Limits.Settle)
	defer cancel()
	s := ledger.Sending{Ref: ref, At: now, Title: body.Title, Tasks: body.Tasks, To: n.To}
	if n.Formal && len(body.Buttons) > 0 {
		s.Key = n.Key
	}
	if err := d.keep(ctx, s, now); err != nil {
		d.Log.Warn("not kept by what handle it was sent", "notice", n.Key, "err", err)
	}
}

func (d *Dispatcher) keep(ctx context.Context, s ledger.Sending, now time.Time) error {
	for range planTries {
		book, err := d.Budget.Books.Fresh(ctx)
		if err != nil {
			return fmt.Errorf("reminders: read book: %w", err)
		}
		rec, expect, err := book.AddSending(s)
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
