package embedded

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"zombiezen.com/go/sqlite"

	"duban/store/entry"
	"duban/store/ledger"
)

func (e *Engine) events(ctx context.Context, task string, from, to time.Time) ([]ledger.Event, error) {
	low, high := int64(math.MinInt64), int64(math.MaxInt64)
	if !from.IsZero() {
		low = entry.Micros(from)
	}
	if !to.IsZero() {
		high = entry.Micros(to)
	}
	sql, args := "SELECT number, body FROM events WHERE at >= ? AND at < ? ORDER BY at, number", []any{low, high}
	if task != "" {
		sql = "SELECT number, body FROM events WHERE at >= ? AND at < ? AND task = ? ORDER BY number"
		args = append(args, task)
	}
	var out []ledger.Event
	err := e.read(ctx, func(conn *sqlite.Conn) error {
		return query(conn, sql, func(s *sqlite.Stmt) error {
			var v ledger.Event
			if err := json.Unmarshal(blob(s, 1), &v); err != nil {
				return fmt.Errorf("event %d: %w", s.ColumnInt64(0), err)
			}
			out = append(out, v)
			return nil
		}, args...)
	})
	return out, err
}
