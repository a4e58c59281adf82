package embedded

import (
	"context"
	"fmt"
	"time"

	"zombiezen.com/go/sqlite"

	"duban/store/entry"
)

// Ping reads one row.
func (e *Engine) Ping(ctx context.Context) error {
	err := e.read(ctx, func(conn *sqlite.Conn) error { return exec(conn, "SELECT version FROM version") })
	if err != nil {
		return fmt.Errorf("store/embedded: ping: %w", err)
	}
	return nil
}

// Persistence is always the same promise: a crash or power cut loses nothing that
// was acknowledged.
func (e *Engine) Persistence(context.Context) (string, error) { return "wal,full", nil }

const trimStep = 500 // rows removed per write, so that others get their turn

// Trim looks for what is over on a reader's connection and removes it in small writes.
func (e *Engine) Trim(ctx context.Context, now time.Time) error {
	cut := func(sql string) func(t *txn, key string, limit int64) error {
		return func(t *txn, key string, limit int64) error { return exec(t.conn, sql, key, limit) }
	}
	for _, step := range []struct {
		find  string
		cut   func(t *txn, key string, limit int64) error
		limit time.Time
	}{
		{"SELECT id FROM messages WHERE at < ?", cut("DELETE FROM messages WHERE id = ? AND at < ?"), now.Add(-entry.KeepMessages)},
		{"SELECT key FROM talks WHERE until < ?", (*txn).cutTalk, now.Add(time.Microsecond)},
		{"SELECT ref FROM refs WHERE at < ?", cut("DELETE FROM refs WHERE ref = ? AND at < ?"), now.Add(-entry.KeepSent)},
		{"SELECT key FROM notices WHERE at < ? AND state IN ('s', 'd')", cut("DELETE FROM notices WHERE key = ? AND at < ?"), now.Add(-entry.KeepSent)},
	} {
		if err := e.trim(ctx, step.find, step.cut, entry.Micros(step.limit)); err != nil {
			return fmt.Errorf("store/embedded: trim: %w", err)
		}
	}
	return nil
}

func (e *Engine) trim(ctx context.Context, find string, cut func(t *txn, key string, limit int64) error, limit int64) error {
	var keys []string
	err := e.read(ctx, func(conn *sqlite.Conn) error {
		return query(conn, find, func(s *sqlite.Stmt) error {
			keys = append(keys, s.ColumnText(0))
			return nil
		}, limit)
	})
	for err == nil && len(keys) > 0 {
		step := keys[:min(trimStep, len(keys))]
		keys = keys[len(step):]
		err = e.write.do(ctx, func(t *txn) error {
			for _, key := range step {
				if err := cut(t, key, limit); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return err
}
