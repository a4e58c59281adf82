package reminders

import (
	"context"
	"fmt"
	"time"

	"duban/store/ledger"
)

// apart parts a body that has both files and words. The files go out by the notice
// itself, the words follow them by a notice of their own: so neither is said again
// when only the other fails, and no words announce a file that never comes.
func apart(body ledger.Body) (first, words ledger.Body) {
	if len(body.Files) == 0 || body.Text == "" {
		return body, ledger.Body{}
	}
	words = body
	words.Files = nil
	return ledger.Body{Files: body.Files}, words
}

// follow owes the receiver of a notice another message, under a key that follows from
// the notice's own: however often the notice comes back, it is written once. Like tell
// it outlives a shutdown and bridges a hiccup with one more try.
func (d *Dispatcher) follow(ctx context.Context, c ledger.Claimed, as string, body ledger.Body, now time.Time) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.Limits.Settle)
	defer cancel()
	next := ledger.Commit{Now: now, Notices: []ledger.Notice{{
		Key: c.Key + as, Kind: ledger.NoticeReply, To: c.To, Body: body, By: c.By, Made: now, Due: now,
	}}}
	_, err := d.Store.Commit(ctx, next)
	if err != nil {
		_, err = d.Store.Commit(ctx, next)
	}
	if err != nil {
		return fmt.Errorf("reminders: follow %s: %w", c.Key, err)
	}
	d.Wake()
	return nil
}
