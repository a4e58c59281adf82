package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"zombiezen.com/go/sqlite"
)

const (
	readers  = 4
	maxQueue = 4096 // writes that may wait; more are ledger.ErrBusy at once
	maxBatch = 256  // writes in one transaction
)

// Engine is one tenant in one file. It is safe for concurrent use.
type Engine struct {
	path  string
	lock  *os.File
	mem   *memory
	write *writer
	pool  chan *sqlite.Conn
	open  int           // connections that belong into the pool
	quit  chan struct{} // closed by Close

	closing sync.Once
	closed  error
}

// ErrLocked: another process (or another Engine) has the file open.
var ErrLocked = errors.New("store/embedded: the data file is in use by another process")

// Exists reports whether the tenant has a file in the folder; it makes nothing.
func Exists(dir, tenant string) (bool, error) {
	_, err := os.Stat(pathOf(dir, tenant))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// pathOf is the tenant's file. Escaped names never leave the folder and never meet: "." and
// "/" are escaped too.
func pathOf(dir, tenant string) string {
	return filepath.Join(dir, "duban-"+url.QueryEscape(tenant)+".db")
}

// Open opens the tenant's file in the folder and makes both where they are missing.
func Open(ctx context.Context, dir, tenant string) (*Engine, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("store/embedded: open: %w", err)
	}
	path := pathOf(dir, tenant)
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	e := &Engine{path: path, lock: lock, pool: make(chan *sqlite.Conn, readers), quit: make(chan struct{})}
	if err := e.start(ctx); err != nil {
		return nil, fmt.Errorf("store/embedded: open %s: %w", path, errors.Join(err, e.release()))
	}
	return e, nil
}

func (e *Engine) start(ctx context.Context) error {
	conn, err := openConn(e.path, sqlite.OpenReadWrite|sqlite.OpenCreate|sqlite.OpenWAL)
	if err != nil {
		return err
	}
	if err := prepareSchema(conn); err != nil {
		return errors.Join(err, conn.Close())
	}
	if e.mem, err = load(conn); err != nil {
		return errors.Join(err, conn.Close())
	}
	stmts, err := prepare(conn)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	e.write = newWriter(&txn{conn: conn, stmts: stmts, mem: e.mem})
	for range readers {
		conn, err := openConn(e.path, sqlite.OpenReadOnly)
		if err != nil {
			return err
		}
		e.pool <- conn
		e.open++
	}
	return ctx.Err()
}

// Close finishes the writes that were accepted and closes the file. A second call
// answers as the first.
func (e *Engine) Close() error {
	e.closing.Do(func() {
		if err := e.release(); err != nil {
			e.closed = fmt.Errorf("store/embedded: close: %w", err)
		}
	})
	return e.closed
}

func (e *Engine) release() error {
	var errs []error
	close(e.quit)
	// Readers go first: the last connection to close, the writer's, empties the WAL.
	for range e.open {
		conn := <-e.pool
		errs = append(errs, conn.Close())
	}
	if e.write != nil {
		errs = append(errs, e.write.stop())
	}
	errs = append(errs, e.lock.Close())
	return errors.Join(errs...)
}

func openConn(path string, flags sqlite.OpenFlags) (*sqlite.Conn, error) {
	conn, err := sqlite.OpenConn(path, flags)
	if err != nil {
		return nil, err
	}
	// FULL: with NORMAL a power cut was measured to lose acknowledged commits.
	// The two sizes were measured: with SQLite's own the writer spends its time on
	// checkpoints and on reading back what it wrote a moment ago.
	for _, sql := range []string{"PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=8000", "PRAGMA cache_size=-32000"} {
		if err := exec(conn, sql); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	return conn, nil
}

// read runs fn on a reader's connection.
func (e *Engine) read(ctx context.Context, fn func(conn *sqlite.Conn) error) error {
	select {
	case conn := <-e.pool:
		defer func() { e.pool <- conn }()
		return fn(conn)
	case <-ctx.Done():
		return busy(ctx.Err())
	case <-e.quit:
		return errClosed
	}
}
