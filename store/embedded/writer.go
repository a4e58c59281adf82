package embedded

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"zombiezen.com/go/sqlite"

	"duban/store/entry"
	"duban/store/ledger"
)

// op is one write. run looks before it writes and keeps its verdict for the caller;
// an error of run is a fault of the disk or the data. It may be run twice: a batch
// that fails is rolled back and each of its writes tried alone.
type op struct {
	run  func(t *txn) error
	done chan error
}

// writer owns the writing connection. One transaction, and so one sync of the disk,
// holds whatever queued up during the one before.
type writer struct {
	txn   *txn
	done  chan struct{}
	mu    sync.RWMutex // guards closed against queue's senders
	queue chan op
	off   bool
}

var errClosed = errors.New("store/embedded: closed")

func newWriter(t *txn) *writer {
	w := &writer{txn: t, queue: make(chan op, maxQueue), done: make(chan struct{})}
	t.reset()
	go w.loop()
	return w
}

// do queues the write and waits for its fate. After ErrBusy it is not known whether
// a write that was queued will be done.
func (w *writer) do(ctx context.Context, run func(t *txn) error) error {
	o := op{run: run, done: make(chan error, 1)}
	if err := w.send(ctx, o); err != nil {
		return err
	}
	select {
	case err := <-o.done:
		return err
	case <-ctx.Done():
		return busy(ctx.Err())
	}
}

func (w *writer) send(ctx context.Context, o op) error {
	if err := ctx.Err(); err != nil {
		return busy(err)
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.off {
		return errClosed
	}
	select {
	case w.queue <- o:
		return nil
	default:
		return busy(errors.New("write queue is full"))
	}
}

func busy(why error) error { return fmt.Errorf("%w: %w", ledger.ErrBusy, why) }

// stop ends the loop after the writes that are queued, and closes the connection.
func (w *writer) stop() error {
	w.mu.Lock()
	w.off = true
	close(w.queue)
	w.mu.Unlock()
	<-w.done
	return w.txn.conn.Close()
}

func (w *writer) loop() {
	defer close(w.done)
	batch := make([]op, 0, maxBatch)
	for o := range w.queue {
		batch = append(batch[:0], o)
		batch = w.gather(batch)
		w.apply(batch)
		clear(batch)
	}
}

// gather takes what has queued up, without waiting for more.
func (w *writer) gather(batch []op) []op {
	for len(batch) < maxBatch {
		select {
		case o, ok := <-w.queue:
			if !ok {
				return batch
			}
			batch = append(batch, o)
		default:
			return batch
		}
	}
	return batch
}

func (w *writer) apply(batch []op) {
	err := w.txn.all(batch)
	if err != nil && len(batch) > 1 {
		for i := range batch {
			batch[i].done <- w.txn.all(batch[i : i+1])
		}
		return
	}
	for _, o := range batch {
		o.done <- err
	}
}

// txn is the transaction under way: the connection, its statements and what it has
// changed of the memory so far.
type txn struct {
	conn  *sqlite.Conn
	stmts *stmts
	mem   *memory
	over  overlay
}

func (t *txn) reset() {
	t.over = overlay{rev: t.mem.rev.Load()}
}

// all runs the batch in one transaction and publishes it once it is safe.
func (t *txn) all(batch []op) (err error) {
	if err := t.stmts.begin.run(); err != nil {
		return err
	}
	for _, o := range batch {
		if err := o.run(t); err != nil {
			return t.rollback(err)
		}
	}
	if err := t.flush(); err != nil {
		return t.rollback(err)
	}
	if err := t.stmts.commit.run(); err != nil {
		return t.rollback(err)
	}
	t.mem.publish(&t.over)
	t.reset()
	return nil
}

// flush writes the changed records, each once however often it was put.
func (t *txn) flush() error {
	for _, p := range t.over.order {
		if r := t.over.records[p.name]; r.Rev == p.rev {
			if err := t.stmts.putRecord.run(p.name, r.Rev, r.Body); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *txn) rollback(err error) error {
	t.reset()
	if t.conn.AutocommitEnabled() {
		return err // SQLite has rolled back by itself
	}
	if undo := t.stmts.rollback.run(); undo != nil {
		return errors.Join(err, undo)
	}
	return err
}

// record is the record as this transaction sees it.
func (t *txn) record(name string) entry.Record {
	if r, ok := t.over.records[name]; ok {
		return r
	}
	return t.mem.records.Get(name) // the writer is the only one to change them
}

func (t *txn) put(name string, r entry.Record) {
	if t.over.records == nil {
		t.over.records = map[string]entry.Record{}
	}
	t.over.records[name] = r
	t.over.order = append(t.over.order, put{r.Rev, name})
}

func (t *txn) talk(key string, p pending) {
	if t.over.talks == nil {
		t.over.talks = map[string]pending{}
	}
	t.over.talks[key] = p
}

// cutTalk removes a talk whose time is over.
func (t *txn) cutTalk(key string, limit int64) error {
	p, ok := t.over.talks[key]
	if !ok {
		p = t.mem.talks[key]
	}
	if p.until >= limit {
		return nil
	}
	return t.clearTalk(key)
}

// hasTalk reports whether there is anything to remove.
func (t *txn) hasTalk(key string) bool {
	if p, ok := t.over.talks[key]; ok {
		return p.until != 0
	}
	_, ok := t.mem.talks[key]
	return ok
}
