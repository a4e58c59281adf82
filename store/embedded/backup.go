package embedded

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"zombiezen.com/go/sqlite"

	"duban/store/entry"
)

// Backup reads the whole tenant in one reading transaction; writers go on.
func (e *Engine) Backup(ctx context.Context, w io.Writer) error {
	s := &entry.Snapshot{}
	err := e.read(ctx, func(conn *sqlite.Conn) (err error) {
		if err := exec(conn, "BEGIN"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, exec(conn, "COMMIT")) }()
		return snapshot(conn, s)
	})
	if err != nil {
		return fmt.Errorf("store/embedded: backup: %w", err)
	}
	return entry.Write(w, s)
}

func snapshot(conn *sqlite.Conn, s *entry.Snapshot) error {
	for _, table := range []struct {
		sort entry.Sort
		sql  string
	}{
		{entry.SortRecord, "SELECT name, rev, body FROM records ORDER BY name"},
		{entry.SortMessage, "SELECT id, at, answer FROM messages ORDER BY id"},
		{entry.SortTalk, "SELECT key, until, body FROM talks ORDER BY key"},
		{entry.SortNotice, "SELECT key, at, body, state, fence, attempts, why FROM notices ORDER BY key"},
		{entry.SortRef, "SELECT ref, at, body FROM refs ORDER BY ref"},
		{entry.SortEvent, "SELECT task, at, body FROM events ORDER BY number"},
	} {
		err := query(conn, table.sql, func(r *sqlite.Stmt) error {
			row := entry.Row{Sort: table.sort, ID: r.ColumnText(0), At: r.ColumnInt64(1), Body: blob(r, 2)}
			switch table.sort {
			case entry.SortRecord:
				s.Rev = max(s.Rev, row.At)
			case entry.SortNotice:
				row.State, row.Fence, row.Attempts, row.Why = r.ColumnText(3), r.ColumnInt64(4), r.ColumnInt(5), r.ColumnText(6)
			}
			s.Rows = append(s.Rows, row)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Restore fills an empty tenant in one transaction.
func (e *Engine) Restore(ctx context.Context, in io.Reader) error {
	s, err := entry.Read(in)
	if err != nil {
		return fmt.Errorf("store/embedded: restore: %w", err)
	}
	full := new(bool)
	err = e.write.do(ctx, func(t *txn) error {
		var err error
		if *full, err = t.full(); err != nil || *full {
			return err
		}
		for _, row := range s.Rows {
			if err := t.restore(row); err != nil {
				return fmt.Errorf("%s %q: %w", row.Sort, row.ID, err)
			}
		}
		t.over.rev = s.Rev
		// A backup is in the order of names; they are published in the order of revisions.
		slices.SortFunc(t.over.order, func(a, b put) int { return cmp.Compare(a.rev, b.rev) })
		return nil
	})
	if err == nil && *full {
		err = entry.ErrNotEmpty
	}
	if err != nil {
		return fmt.Errorf("store/embedded: restore: %w", err)
	}
	return nil
}

// full reports whether the tenant holds anything.
func (t *txn) full() (full bool, err error) {
	err = query(t.conn, `SELECT EXISTS (SELECT 1 FROM records) OR EXISTS (SELECT 1 FROM messages) OR EXISTS (SELECT 1 FROM talks)
		OR EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM notices) OR EXISTS (SELECT 1 FROM refs)`,
		func(s *sqlite.Stmt) error {
			full = s.ColumnBool(0)
			return nil
		})
	return full, err
}

func (t *txn) restore(r entry.Row) error {
	body := []byte(r.Body)
	switch r.Sort {
	case entry.SortRecord:
		t.put(r.ID, entry.Record{Rev: r.At, Body: body})
		return nil
	case entry.SortMessage:
		return t.stmts.addMessage.run(r.ID, r.At, body)
	case entry.SortTalk:
		return t.setTalk(r.ID, pending{r.At, body})
	case entry.SortEvent:
		return t.stmts.addEvent.run(r.ID, r.At, body)
	case entry.SortNotice:
		return t.stmts.addNotice.run(r.ID, r.State, r.At, r.Fence, r.Attempts, r.Why, body)
	case entry.SortRef:
		return t.stmts.putRef.run(r.ID, r.At, body)
	}
	return fmt.Errorf("sort %q is unknown", r.Sort)
}
