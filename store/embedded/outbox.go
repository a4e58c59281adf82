package embedded

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"zombiezen.com/go/sqlite"

	"duban/store/entry"
	"duban/store/ledger"
)

// Claim is one write, but only when something is due.
func (e *Engine) Claim(ctx context.Context, now time.Time, lease time.Duration, most int) ([]ledger.Claimed, error) {
	out, err := e.claim(ctx, now, lease, most)
	if err != nil {
		return nil, fmt.Errorf("store/embedded: claim: %w", err)
	}
	return out, nil
}

func (e *Engine) claim(ctx context.Context, now time.Time, lease time.Duration, most int) ([]ledger.Claimed, error) {
	if err := entry.CheckClaim(lease, most); err != nil {
		return nil, err
	}
	// A dispatcher asks many times a second; without this look each time would be a transaction.
	if first, ok, err := e.first(ctx); err != nil || !ok || first > entry.Micros(now) {
		return nil, err
	}
	type claimed struct {
		ledger.Claimed
		key  string
		body []byte
	}
	taken := new([]claimed)
	err := e.write.do(ctx, func(t *txn) error {
		*taken = nil
		err := t.stmts.dueNotices.each(func(s *sqlite.Stmt) {
			c := claimed{key: s.ColumnText(0), body: blob(s, 3)}
			c.Fence, c.Attempts = s.ColumnInt64(1)+1, s.ColumnInt(2)
			*taken = append(*taken, c)
		}, entry.Micros(now), most)
		if err != nil {
			return err
		}
		until := entry.Micros(now.Add(lease))
		for _, c := range *taken {
			if err := t.stmts.lease.run(until, c.Fence, c.key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]ledger.Claimed, 0, len(*taken))
	for _, c := range *taken {
		if err := json.Unmarshal(c.body, &c.Notice); err != nil {
			return nil, fmt.Errorf("notice %q: %w", c.key, err)
		}
		out = append(out, c.Claimed)
	}
	return out, nil
}

// held is a notice as an ending finds it.
type held struct {
	state    string
	fence    int64
	attempts int
	body     []byte
}

// end runs one of the three endings of a claim on the notice if the fence still
// holds it. same reports that this ending was made before under this fence.
func (e *Engine) end(ctx context.Context, op, key string, fence int64, same func(h held) bool, write func(t *txn, h held) error) error {
	verdict := new(error)
	err := e.write.do(ctx, func(t *txn) error {
		var h *held
		err := t.stmts.getNotice.first(func(s *sqlite.Stmt) {
			h = &held{s.ColumnText(0), s.ColumnInt64(1), s.ColumnInt(2), blob(s, 3)}
		}, key)
		*verdict = nil
		switch {
		case err != nil:
			return err
		case h == nil:
			*verdict = ledger.ErrNotFound
		case h.fence != fence:
			*verdict = ledger.ErrLease
		case same(*h):
		case h.state != entry.Leased:
			*verdict = ledger.ErrLease
		default:
			return write(t, *h)
		}
		return nil
	})
	if err == nil {
		err = *verdict
	}
	if err != nil {
		return fmt.Errorf("store/embedded: %s %q: %w", op, key, err)
	}
	return nil
}

// Settle is one write.
func (e *Engine) Settle(ctx context.Context, key string, fence int64, sent ledger.Sent, body ledger.Body) error {
	same := func(h held) bool { return h.state == entry.Sent }
	return e.end(ctx, "settle", key, fence, same, func(t *txn, h held) error {
		at := entry.Micros(sent.At)
		if err := t.stmts.change.run(entry.Sent, at, h.attempts, "", []byte(nil), key); err != nil {
			return err
		}
		if sent.Ref == "" {
			return nil
		}
		said := body
		if !entry.HasBody(body) {
			var n ledger.Notice
			if err := json.Unmarshal(h.body, &n); err != nil {
				return err
			}
			said = n.Body
		}
		data, err := json.Marshal(said)
		if err != nil {
			return err
		}
		return t.stmts.putRef.run(sent.Ref, at, data)
	})
}

// Defer is one write.
func (e *Engine) Defer(ctx context.Context, key string, fence int64, until time.Time, why string) error {
	same := func(h held) bool { return h.state == entry.Waiting && h.attempts > 0 }
	return e.end(ctx, "defer", key, fence, same, func(t *txn, h held) error {
		return t.stmts.change.run(entry.Waiting, entry.Micros(until), h.attempts+1, entry.Line(why), h.body, key)
	})
}

// Bury is one write.
func (e *Engine) Bury(ctx context.Context, key string, fence int64, at time.Time, why string) error {
	same := func(h held) bool { return h.state == entry.Buried }
	return e.end(ctx, "bury", key, fence, same, func(t *txn, h held) error {
		return t.stmts.change.run(entry.Buried, entry.Micros(at), h.attempts, entry.Line(why), h.body, key)
	})
}

// NextDue reads the head of the queue.
func (e *Engine) NextDue(ctx context.Context, now time.Time) (time.Time, bool, error) {
	first, ok, err := e.first(ctx)
	if err != nil {
		return time.Time{}, false, fmt.Errorf("store/embedded: next due: %w", err)
	}
	if !ok {
		return time.Time{}, false, nil
	}
	if at := entry.Moment(first); at.After(now) {
		return at, true, nil
	}
	return now, true, nil
}

func (e *Engine) first(ctx context.Context) (at int64, ok bool, err error) {
	err = e.read(ctx, func(conn *sqlite.Conn) error {
		return query(conn, "SELECT at FROM notices WHERE state IN ('w', 'l') ORDER BY at, key LIMIT 1", func(s *sqlite.Stmt) error {
			at, ok = s.ColumnInt64(0), true
			return nil
		})
	})
	return at, ok, err
}

// Dead reads the dead letters.
func (e *Engine) Dead(ctx context.Context, most int) ([]entry.Dead, error) {
	var out []entry.Dead
	err := e.read(ctx, func(conn *sqlite.Conn) error {
		const sql = "SELECT key, at, attempts, why, body FROM notices WHERE state = 'd' ORDER BY at DESC, key DESC LIMIT ?"
		return query(conn, sql, func(s *sqlite.Stmt) error {
			d := entry.Dead{At: entry.Moment(s.ColumnInt64(1)), Attempts: s.ColumnInt(2), Why: s.ColumnText(3)}
			if err := json.Unmarshal(blob(s, 4), &d.Notice); err != nil {
				return fmt.Errorf("notice %q: %w", s.ColumnText(0), err)
			}
			out = append(out, d)
			return nil
		}, max(most, 0))
	})
	if err != nil {
		return nil, fmt.Errorf("store/embedded: dead: %w", err)
	}
	return out, nil
}

// Depth counts by the two small indexes.
func (e *Engine) Depth(ctx context.Context) (waiting, dead int64, err error) {
	err = e.read(ctx, func(conn *sqlite.Conn) error {
		const sql = "SELECT (SELECT count(*) FROM notices WHERE state IN ('w', 'l')), (SELECT count(*) FROM notices WHERE state = 'd')"
		return query(conn, sql, func(s *sqlite.Stmt) error {
			waiting, dead = s.ColumnInt64(0), s.ColumnInt64(1)
			return nil
		})
	})
	if err != nil {
		return 0, 0, fmt.Errorf("store/embedded: depth: %w", err)
	}
	return waiting, dead, nil
}
