package embedded

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"zombiezen.com/go/sqlite"

	"duban/store/ledger"
)

// record is a record's newest form; an empty body is a tombstone.
type record struct {
	rev  int64
	body []byte
}

// pending is what waits in a conversation.
type pending struct {
	until int64
	body  []byte
}

type change struct {
	rev  int64
	name string
}

// memory is what is on disk of records and talks, so that most messages are decided
// without reading it. Only the writer changes it, after its transaction is safe.
type memory struct {
	rev atomic.Int64 // for callers that are up to date

	mu      sync.RWMutex
	records map[string]record
	log     []change // by revision; entries whose record was written again are dead
	talks   map[string]pending
}

func load(conn *sqlite.Conn) (*memory, error) {
	m := &memory{records: map[string]record{}, talks: map[string]pending{}}
	err := query(conn, "SELECT name, rev, body FROM records ORDER BY rev, name", func(s *sqlite.Stmt) error {
		name, rev := s.ColumnText(0), s.ColumnInt64(1)
		m.records[name] = record{rev, blob(s, 2)}
		m.log = append(m.log, change{rev, name})
		m.rev.Store(rev)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = query(conn, "SELECT key, until, body FROM talks", func(s *sqlite.Stmt) error {
		m.talks[s.ColumnText(0)] = pending{s.ColumnInt64(1), blob(s, 2)}
		return nil
	})
	return m, err
}

// delta is what changed after the revision; below 0 is 0.
func (m *memory) delta(since int64) ledger.Delta {
	since = max(since, 0)
	if rev := m.rev.Load(); rev == since {
		return ledger.Delta{Rev: rev}
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	d := ledger.Delta{Rev: m.rev.Load()}
	if since == d.Rev {
		return d
	}
	if since == 0 || since > d.Rev {
		d.Full = true
		for name, r := range m.records {
			if len(r.body) > 0 {
				d.Records = append(d.Records, asRecord(name, r))
			}
		}
	} else {
		first := sort.Search(len(m.log), func(i int) bool { return m.log[i].rev > since })
		for _, c := range m.log[first:] {
			if r := m.records[c.name]; r.rev == c.rev {
				d.Records = append(d.Records, asRecord(c.name, r))
			}
		}
	}
	slices.SortFunc(d.Records, func(a, b ledger.Record) int {
		return cmp.Or(cmp.Compare(a.Rev, b.Rev), cmp.Compare(a.Name(), b.Name()))
	})
	return d
}

func asRecord(name string, r record) ledger.Record {
	kind, id, _ := strings.Cut(name, ":")
	return ledger.Record{Kind: ledger.RecordKind(kind), ID: id, Rev: r.rev, Body: r.body}
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
	records map[string]record
	log     []change
	talks   map[string]pending
}

// publish takes over what a transaction has made safe.
func (m *memory) publish(o *overlay) {
	if len(o.log) == 0 && len(o.talks) == 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.Copy(m.records, o.records)
	m.log = append(m.log, o.log...)
	if len(m.log) > 2*len(m.records)+1024 {
		m.log = slices.DeleteFunc(m.log, func(c change) bool { return m.records[c.name].rev != c.rev })
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
