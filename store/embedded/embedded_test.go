package embedded_test

import (
	"errors"
	"path/filepath"
	"testing"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"duban/store"
	"duban/store/embedded"
	"duban/store/storetest"
)

func open(tb testing.TB, tenant string) store.Engine {
	tb.Helper()
	e, err := embedded.Open(tb.Context(), tb.TempDir(), tenant)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func TestEngine(t *testing.T) { storetest.Run(t, open) }

func BenchmarkEngine(b *testing.B) { storetest.Benchmark(b, open) }

// TestLocked: a second opener of the same file is told so, and a closed file is free.
func TestLocked(t *testing.T) {
	dir := t.TempDir()
	e, err := embedded.Open(t.Context(), dir, "a/b")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := embedded.Open(t.Context(), dir, "a/b"); !errors.Is(err, embedded.ErrLocked) {
		t.Errorf("second open: %v", err)
	}
	other, err := embedded.Open(t.Context(), dir, "a")
	if err != nil {
		t.Fatalf("another tenant: %v", err)
	}
	for range 2 {
		if err := errors.Join(e.Close(), other.Close()); err != nil {
			t.Fatal(err)
		}
	}
	again, err := embedded.Open(t.Context(), dir, "a/b")
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestReopen: what was written is there after closing and opening again.
func TestReopen(t *testing.T) {
	dir := t.TempDir()
	var backup []byte
	for range 2 {
		e, err := embedded.Open(t.Context(), dir, "t")
		if err != nil {
			t.Fatal(err)
		}
		if backup == nil {
			storetest.Fill(t, e)
			backup = storetest.Backup(t, e)
		} else if again := storetest.Backup(t, e); string(again) != string(backup) {
			t.Errorf("backup after opening again:\n%s\nbefore:\n%s", again, backup)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestForeignFile: a file of another program or a later version is refused, not changed.
func TestForeignFile(t *testing.T) {
	for name, script := range map[string]string{
		"other": "CREATE TABLE things (a)",
		"later": "CREATE TABLE version (version INTEGER NOT NULL); INSERT INTO version VALUES (99)",
	} {
		dir := t.TempDir()
		conn, err := sqlite.OpenConn(filepath.Join(dir, "duban-t.db"))
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(sqlitex.ExecuteScript(conn, script, nil), conn.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := embedded.Open(t.Context(), dir, "t"); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

// BenchmarkRaw is the yardstick of BenchmarkEngine: SQLite itself with one insert in
// each fully synced transaction.
func BenchmarkRaw(b *testing.B) {
	conn, err := sqlite.OpenConn(filepath.Join(b.TempDir(), "raw.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	if err := sqlitex.ExecuteScript(conn, "CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB)", nil); err != nil {
		b.Fatal(err)
	}
	if err := sqlitex.Execute(conn, "PRAGMA synchronous=FULL", nil); err != nil {
		b.Fatal(err)
	}
	insert := conn.Prep("INSERT INTO t (v) VALUES (?)")
	value := make([]byte, 160)
	for b.Loop() {
		insert.BindBytes(1, value)
		if _, err := insert.Step(); err != nil {
			b.Fatal(err)
		}
		if err := insert.Reset(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ops/s")
}
