package embedded

import (
	"sync"
	"sync/atomic"

	"zombiezen.com/go/sqlite"

	"duban/store/entry"
	"duban/store/ledger"
)

// pending is what waits in a conversation.
type pending struct {
	until int64
	body  []byte
}

// memory is what is on disk of records and talks, so that most messages are decided
// without reading it. Only the writer changes it, after its transaction is safe.
type memory struct {
	rev atomic.Int64 // for callers that are up to date

	mu      sync.RWMutex
	records *entry.Records
	talks   map[string]pending
}

func load(conn *sqlite.Conn) (*memory, error) {
	m := &memory{records: entry.NewRecords(), talks: map[string]pending{}}
	err := query(conn, "SELECT name, rev, body FROM records ORDER BY rev, name", func(s *sqlite.Stmt) error {
		m.records.Put(s.ColumnText(0), entry.Record{Rev: s.ColumnInt64(1), Body: blob(s, 2)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	m.rev.Store(m.records.Rev())
	err = query(conn, "SELECT key, until, body FROM talks", func(s *sqlite.Stmt) error {
		m.talks[s.ColumnText(0)] = pending{s.ColumnInt64(1), blob(s, 2)}
		return nil
	})
	return m, err
}

// delta is what changed after the revision.
func (m *memory) delta(since int64) ledger.Delta {
	if rev := m.rev.Load(); rev == since {
		return ledger.Delta{Rev: rev}
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.records.Delta(since)
}

// talk returns what is pending under the key at the moment, nil when nothing is.
func (m *memory) talk(key string, now int64) *pending {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if p, ok := m.talks[key]; ok && p.until > now {
		return &p
	}
	return nil
}

// overlay is what a transaction under way has changed. The zero pending in talks
// means removed.
type overlay struct {
	rev     int64
	records map[string]entry.Record
	order   []put // by revision
	talks   map[string]pending
}

type put struct {
	rev  int64
	name string
}

// publish takes over what a transaction has made safe.
func (m *memory) publish(o *overlay) {
	if len(o.order) == 0 && len(o.talks) == 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range o.order {
		// What was written again in the same transaction comes in its later place.
		if r := o.records[p.name]; r.Rev == p.rev {
			m.records.Put(p.name, r)
		}
	}
	for key, p := range o.talks {
		if p.until == 0 {
			delete(m.talks, key)
		} else {
			m.talks[key] = p
		}
	}
	m.rev.Store(o.rev)
}
