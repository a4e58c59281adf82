package embedded

import (
	"errors"

	"zombiezen.com/go/sqlite"
)

// stmt is a prepared statement of the writer, with its arguments bound in order.
type stmt struct {
	*sqlite.Stmt
}

// bind makes the statement ready to run with the arguments, which are string, int64,
// int or []byte.
func (s stmt) bind(args ...any) error {
	if err := s.Reset(); err != nil {
		return err
	}
	for i, a := range args {
		switch a := a.(type) {
		case string:
			s.BindText(i+1, a)
		case int64:
			s.BindInt64(i+1, a)
		case int:
			s.BindInt64(i+1, int64(a))
		case []byte:
			s.BindBytes(i+1, a)
		default:
			return errors.New("store/embedded: argument of a type that is not bound")
		}
	}
	return nil
}

// run runs a statement without rows.
func (s stmt) run(args ...any) error {
	if err := s.bind(args...); err != nil {
		return err
	}
	if _, err := s.Step(); err != nil {
		return err
	}
	return s.Reset()
}

// first runs a statement and hands over its first row, if there is one.
func (s stmt) first(row func(s *sqlite.Stmt), args ...any) error {
	if err := s.bind(args...); err != nil {
		return err
	}
	ok, err := s.Step()
	if err != nil {
		return err
	}
	if ok {
		row(s.Stmt)
	}
	return s.Reset()
}

// each runs a statement and hands over its rows.
func (s stmt) each(row func(s *sqlite.Stmt), args ...any) error {
	if err := s.bind(args...); err != nil {
		return err
	}
	for {
		ok, err := s.Step()
		if err != nil {
			return err
		}
		if !ok {
			return s.Reset()
		}
		row(s.Stmt)
	}
}

type stmts struct {
	begin, commit, rollback                         stmt
	putRecord, addMessage, getMessage               stmt
	putTalk, cutTalk, addEvent                      stmt
	addNotice, dueNotices, lease, getNotice, change stmt
	putRef                                          stmt
}

func prepare(conn *sqlite.Conn) (*stmts, error) {
	var s stmts
	for _, p := range []struct {
		into *stmt
		sql  string
	}{
		{&s.begin, "BEGIN IMMEDIATE"},
		{&s.commit, "COMMIT"},
		{&s.rollback, "ROLLBACK"},
		{&s.putRecord, "INSERT INTO records VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET rev = excluded.rev, body = excluded.body"},
		{&s.addMessage, "INSERT INTO messages VALUES (?, ?, ?) ON CONFLICT DO NOTHING"},
		{&s.getMessage, "SELECT answer FROM messages WHERE id = ?"},
		{&s.putTalk, "INSERT INTO talks VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET until = excluded.until, body = excluded.body"},
		{&s.cutTalk, "DELETE FROM talks WHERE key = ?"},
		{&s.addEvent, "INSERT INTO events (task, at, body) VALUES (?, ?, ?)"},
		{&s.addNotice, "INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"},
		{&s.dueNotices, "SELECT key, fence, attempts, body FROM notices WHERE state IN ('w', 'l') AND at <= ? ORDER BY at, key LIMIT ?"},
		{&s.lease, "UPDATE notices SET state = 'l', at = ?, fence = ? WHERE key = ?"},
		{&s.getNotice, "SELECT state, fence, attempts, body FROM notices WHERE key = ?"},
		{&s.change, "UPDATE notices SET state = ?, at = ?, attempts = ?, why = ?, body = ? WHERE key = ?"},
		{&s.putRef, "INSERT INTO refs VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, body = excluded.body"},
	} {
		prepared, err := conn.Prepare(p.sql)
		if err != nil {
			return nil, err
		}
		*p.into = stmt{prepared}
	}
	return &s, nil
}
