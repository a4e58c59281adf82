package embedded

import (
	"fmt"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

const schemaVersion = 1

// schema is version 1. Moments are microseconds. The newest revision is the highest
// in records, which removed ones never leave.
const schema = `
CREATE TABLE version (version INTEGER NOT NULL);
CREATE TABLE records (name TEXT PRIMARY KEY, rev INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE messages (id TEXT PRIMARY KEY, at INTEGER NOT NULL, answer BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE talks (key TEXT PRIMARY KEY, until INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE events (number INTEGER PRIMARY KEY, task TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL);
CREATE INDEX events_task ON events (task);
CREATE INDEX events_at ON events (at);
CREATE TABLE notices (
	key TEXT PRIMARY KEY, state TEXT NOT NULL, at INTEGER NOT NULL, fence INTEGER NOT NULL,
	attempts INTEGER NOT NULL, why TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX notices_due ON notices (at, key) WHERE state IN ('w', 'l');
CREATE INDEX notices_dead ON notices (at, key) WHERE state = 'd';
CREATE TABLE refs (ref TEXT PRIMARY KEY, at INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
INSERT INTO version VALUES (1);
`

// prepareSchema makes the tables of an empty file and refuses a file of another version.
func prepareSchema(conn *sqlite.Conn) (err error) {
	tables := 0
	err = query(conn, "SELECT count(*) FROM sqlite_schema", func(s *sqlite.Stmt) error {
		tables = s.ColumnInt(0)
		return nil
	})
	if err != nil {
		return err
	}
	if tables == 0 {
		return sqlitex.ExecuteScript(conn, schema, nil)
	}
	version := 0
	err = query(conn, "SELECT version FROM version", func(s *sqlite.Stmt) error {
		version = s.ColumnInt(0)
		return nil
	})
	if err != nil {
		return fmt.Errorf("not a data file of this program: %w", err)
	}
	if version != schemaVersion {
		return fmt.Errorf("data file has version %d, this program knows version %d", version, schemaVersion)
	}
	return nil
}

// query runs one statement and hands over its rows.
func query(conn *sqlite.Conn, sql string, row func(s *sqlite.Stmt) error, args ...any) error {
	return sqlitex.Execute(conn, sql, &sqlitex.ExecOptions{Args: args, ResultFunc: row})
}

func exec(conn *sqlite.Conn, sql string, args ...any) error {
	return query(conn, sql, func(*sqlite.Stmt) error { return nil }, args...)
}

// blob copies a column out of the statement; empty is nil.
func blob(s *sqlite.Stmt, col int) []byte {
	n := s.ColumnLen(col)
	if n == 0 {
		return nil
	}
	b := make([]byte, n)
	s.ColumnBytes(col, b)
	return b
}
