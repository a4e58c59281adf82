package embedded

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"zombiezen.com/go/sqlite"

	"duban/store/entry"
	"duban/store/ledger"
)

// TestQueueFull: a full queue is answered at once, a caller that gives up is let go.
func TestQueueFull(t *testing.T) {
	w := &writer{queue: make(chan op, 1), done: make(chan struct{})} // nobody takes from it
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan error)
	go func() { waiting <- w.do(ctx, nil) }()
	for len(w.queue) == 0 {
		runtime.Gosched() // the goroutine above is about to fill the queue
	}
	if err := w.do(t.Context(), nil); !errors.Is(err, ledger.ErrBusy) {
		t.Errorf("full queue: %v", err)
	}
	cancel()
	if err := <-waiting; !errors.Is(err, ledger.ErrBusy) || !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}

// TestFaultAlone: a write that fails does not take down those that share its
// transaction, and leaves nothing behind, neither on disk nor in memory.
func TestFaultAlone(t *testing.T) {
	e, err := Open(t.Context(), t.TempDir(), "t")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}()
	held, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		err := e.write.do(t.Context(), func(*txn) error {
			close(held)
			<-release
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-held
	fault := errors.New("fault")
	for i := range 10 {
		wg.Go(func() {
			err := e.write.do(t.Context(), func(x *txn) error {
				x.over.rev++
				x.put(fmt.Sprint("setting:", i), entry.Record{Rev: x.over.rev, Body: []byte("1")})
				if i == 5 {
					return fault
				}
				return nil
			})
			if i == 5 != errors.Is(err, fault) || i != 5 && err != nil {
				t.Errorf("write %d: %v", i, err)
			}
		})
	}
	for len(e.write.queue) < 10 {
		runtime.Gosched() // the writer is held; the others are about to queue up
	}
	close(release)
	wg.Wait()
	d, err := e.Sync(t.Context(), 0)
	if err != nil || d.Rev != 9 || len(d.Records) != 9 {
		t.Errorf("revision %d with %d records, %v", d.Rev, len(d.Records), err)
	}
	rows := 0
	err = e.read(t.Context(), func(conn *sqlite.Conn) error {
		return query(conn, "SELECT count(*) FROM records", func(s *sqlite.Stmt) error {
			rows = s.ColumnInt(0)
			return nil
		})
	})
	if err != nil || rows != 9 {
		t.Errorf("%d rows on disk, %v", rows, err)
	}
}
