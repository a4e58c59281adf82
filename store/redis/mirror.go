package redis

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"duban/store/entry"
	"duban/store/ledger"
)

// mirror is the engine's own copy of the records. It lets a script send only what
// other processes wrote: with many commits under way at once each answer would
// otherwise repeat all the others.
//
// What it holds is always whole up to its revision. An own commit whose predecessors
// are still on their way waits among the pending.
type mirror struct {
	mu      sync.Mutex
	records *entry.Records
	tag     string // of its revision: "revision:nonce"
	age     int    // counts how often the whole was replaced
	suspect int64  // revisions up to here may have been handed out from a lost history
	pending map[int64]own
	flying  int           // own commits under way
	moved   chan struct{} // closed and renewed when the revision changes
}

// own is a commit of this engine with the revision that it got.
type own struct {
	tag  string
	puts []ledger.Record
}

func newMirror() *mirror {
	return &mirror{records: entry.NewRecords(), tag: "0:", pending: map[int64]own{}, moved: make(chan struct{})}
}

// base is what a call tells the script of the mirror.
type base struct {
	rev int64
	tag string
	age int

	flying int // own commits under way
}

func (m *mirror) base() base {
	m.mu.Lock()
	defer m.mu.Unlock()
	return base{m.records.Rev(), m.tag, m.age, m.flying}
}

// begin is base for a commit, end its end.
func (m *mirror) begin() base {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.flying++
	return base{m.records.Rev(), m.tag, m.age, m.flying}
}

func (m *mirror) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.flying--
}

// news is a script's answer about the records.
type news struct {
	tag  string // of the newest revision
	mode string // same, own: the mirror has or will have it; full; "": the changes after the base
	list []ledger.Record
}

// take adds what a script answered to a call that began at the base.
func (m *mirror) take(b base, n news) {
	if n.mode == "same" || n.mode == "own" {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	rev := revOf(n.tag)
	switch {
	case n.mode == "full" && (m.age == b.age || rev > m.records.Rev()):
		m.replace(rev, n)
	case n.mode == "" && m.age == b.age && rev > m.records.Rev():
		for _, r := range n.list {
			// What came in meanwhile is as new or newer.
			if r.Rev > m.records.Get(r.Name()).Rev {
				m.records.Put(r.Name(), entry.Record{Rev: r.Rev, Body: r.Body})
			}
		}
		m.records.Advance(rev)
	default:
		return
	}
	m.tag = n.tag
	m.settle()
}

// replace takes a whole state. It comes at the start, when the mirror is far behind,
// or when the server has lost the end of the history: then revisions that were
// handed out may come again with another meaning.
func (m *mirror) replace(rev int64, n news) {
	if known := m.records.Rev(); known > 0 {
		m.suspect = max(m.suspect, known)
	}
	m.records = entry.NewRecords()
	for _, r := range n.list {
		m.records.Put(r.Name(), entry.Record{Rev: r.Rev, Body: r.Body})
	}
	m.records.Advance(rev)
	m.age++
	clear(m.pending)
}

// wrote adds a commit of this engine.
func (m *mirror) wrote(b base, tag string, puts []ledger.Record) {
	copies := make([]ledger.Record, len(puts))
	for i, r := range puts {
		r.Body = append(json.RawMessage(nil), r.Body...) // the caller may use its slice again
		copies[i] = r
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if rev := revOf(tag); m.age == b.age && rev > m.records.Rev() {
		m.pending[rev] = own{tag, copies}
		m.settle()
	}
}

// settle moves on over the pending that are next, and wakes who waits.
func (m *mirror) settle() {
	for {
		rev := m.records.Rev() + 1
		next, ok := m.pending[rev]
		if !ok {
			break
		}
		for _, r := range next.puts {
			m.records.Put(r.Name(), entry.Record{Rev: rev, Body: r.Body})
		}
		m.tag = next.tag
		delete(m.pending, rev)
	}
	for rev := range m.pending {
		if rev <= m.records.Rev() {
			delete(m.pending, rev)
		}
	}
	close(m.moved)
	m.moved = make(chan struct{})
}

// delta is what a caller is told who knows the revision.
func (m *mirror) delta(since int64) ledger.Delta {
	m.mu.Lock()
	defer m.mu.Unlock()
	if since > 0 && since <= m.suspect {
		return m.records.Full()
	}
	return m.records.Delta(since)
}

// gapWait is how long an own commit's predecessors may take: their answers came down
// the same connection or are lost.
const gapWait = 20 * time.Millisecond

// reached waits until the mirror has the revision; false when that takes too long.
func (m *mirror) reached(ctx context.Context, rev int64) bool {
	var timer *time.Timer
	for {
		m.mu.Lock()
		have, moved := m.records.Rev(), m.moved
		m.mu.Unlock()
		if have >= rev {
			return true
		}
		if timer == nil {
			timer = time.NewTimer(gapWait)
			defer timer.Stop()
		}
		select {
		case <-moved:
		case <-timer.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}
