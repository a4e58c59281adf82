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

// following is another message to the receiver of a notice, under a key that follows
// from the notice's own.
func following(n ledger.Notice, as string, body ledger.Body, now time.Time) ledger.Notice {
	return ledger.Notice{Key: n.Key + as, Kind: ledger.NoticeReply, To: n.To, Body: body, By: n.By, Made: now, Due: now}
}

// missedFor is how long the word that a formal notice was given up is tried: longer than
// any platform was ever away.
const missedFor = 90 * 24 * time.Hour

// givenUp is the word that a notice will never come, to its receiver or, of a formal one,
// to whoever pressed with it, in working hours; false when nobody waits for one.
func (d *Dispatcher) givenUp(n ledger.Notice, at time.Time, why error) (ledger.Notice, bool) {
	const as = "/given-up"
	if n.Formal && n.By != "" && d.Missed != nil {
		next := following(n, as, d.Missed(n, why), at)
		next.To, next.By, next.Formal = ledger.Target{Member: n.By}, "", true
		next.Due = d.Hours.Next(at)
		next.Expires = next.Due.Add(missedFor)
		return next, true
	}
	if word := d.GivenUp[n.Kind]; word != nil {
		return following(n, as, word(n, why), at), true
	}
	return ledger.Notice{}, false
}

// follow owes a message that follows the notice with the key: however often the notice
// comes back, it is written once. Like tell it outlives a shutdown and bridges a hiccup
// with one more try.
func (d *Dispatcher) follow(ctx context.Context, key string, next ledger.Notice) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.Limits.Settle)
	defer cancel()
	c := ledger.Commit{Now: next.Made, Notices: []ledger.Notice{next}}
	_, err := d.Store.Commit(ctx, c)
	if err != nil {
		_, err = d.Store.Commit(ctx, c)
	}
	if err != nil {
		return fmt.Errorf("reminders: follow %s: %w", key, err)
	}
	d.Wake()
	return nil
}
