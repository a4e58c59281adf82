package storetest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"duban/store/entry"
	"duban/store/ledger"
)

// Model is what an engine must mean: maps and lists, nothing durable, one caller.
type Model struct {
	rev      int64
	records  map[string]ledger.Record
	messages map[string]answered
	talks    map[string]ledger.Talk
	events   []ledger.Event
	notices  map[string]*notice
	refs     map[string]said
}

type answered struct {
	at     int64
	answer []byte
}

type said struct {
	at   int64
	body ledger.Body
}

// notice is an outbox entry: at is the moment from which it can be claimed, or that
// of its end.
type notice struct {
	ledger.Notice
	state    string
	at       int64
	fence    int64
	attempts int
	why      string
}

// NewModel returns an empty tenant.
func NewModel() *Model {
	return &Model{
		records: map[string]ledger.Record{}, messages: map[string]answered{}, talks: map[string]ledger.Talk{},
		notices: map[string]*notice{}, refs: map[string]said{},
	}
}

// Arrive answers as an engine does.
func (m *Model) Arrive(a ledger.Arrival) ledger.Arrived {
	out := ledger.Arrived{Delta: m.Sync(a.Since)}
	if a.Message != "" {
		if known, ok := m.messages[a.Message]; ok {
			out.Repeat, out.Answer = true, known.answer
			return out
		}
		if a.Final {
			m.messages[a.Message] = answered{at: entry.Micros(a.Now)}
		}
	}
	if talk, ok := m.talks[a.Talk]; a.Final {
		delete(m.talks, a.Talk)
	} else if ok && entry.Micros(talk.Until) > entry.Micros(a.Now) {
		out.Talk = &talk
	}
	if ref, ok := m.refs[a.Quote]; ok && a.Quote != "" {
		out.Quoted = &ref.body
	}
	if entry.WantsEvents(a) {
		out.Events = m.Events(a.History, a.From, a.To)
	}
	return out
}

// Commit answers as an engine does.
func (m *Model) Commit(c ledger.Commit) (ledger.Committed, error) {
	if err := entry.CheckCommit(c); err != nil {
		return ledger.Committed{}, err
	}
	if known, ok := m.messages[c.Message]; ok && c.Message != "" {
		return ledger.Committed{Repeat: true, Answer: known.answer, Delta: m.Sync(c.Since)}, nil
	}
	for _, x := range c.Expects {
		if !m.holds(x) {
			return ledger.Committed{Delta: m.Sync(c.Since)}, ledger.ErrConflict
		}
	}
	if len(c.Puts) > 0 {
		m.rev++
	}
	for _, r := range c.Puts {
		r.Rev = m.rev
		m.records[r.Name()] = r
	}
	m.events = append(m.events, c.Events...)
	for _, n := range c.Notices {
		if m.notices[n.Key] == nil {
			state, fence, at := entry.Born(n, c.Hold)
			m.notices[n.Key] = &notice{Notice: n, state: state, fence: fence, at: at}
		}
	}
	if c.Talk != nil && c.Talk.Until.IsZero() {
		delete(m.talks, c.Talk.Key)
	} else if c.Talk != nil {
		m.talks[c.Talk.Key] = *c.Talk
	}
	if c.Message != "" {
		m.messages[c.Message] = answered{entry.Micros(c.Now), c.Answer}
	}
	return ledger.Committed{Answer: c.Answer, Delta: m.Sync(c.Since)}, nil
}

func (m *Model) holds(x ledger.Expect) bool {
	r := m.records[ledger.Record{Kind: x.Kind, ID: x.ID}.Name()]
	return x.Rev == r.Rev || x.Rev == 0 && len(r.Body) == 0
}

// Sync answers as an engine does.
func (m *Model) Sync(since int64) ledger.Delta {
	d := ledger.Delta{Rev: m.rev}
	since = max(since, 0)
	if since == m.rev {
		return d
	}
	d.Full = since == 0 || since > m.rev
	for _, r := range m.records {
		if d.Full && len(r.Body) > 0 || !d.Full && r.Rev > since {
			d.Records = append(d.Records, r)
		}
	}
	slices.SortFunc(d.Records, func(a, b ledger.Record) int {
		return cmp.Or(cmp.Compare(a.Rev, b.Rev), strings.Compare(a.Name(), b.Name()))
	})
	return d
}

// Events answers as an engine does.
func (m *Model) Events(task string, from, to time.Time) []ledger.Event {
	var out []ledger.Event
	for _, e := range m.events {
		if (task == "" || e.Task == task) && entry.Within(e.At, from, to) {
			out = append(out, e)
		}
	}
	if task == "" {
		slices.SortStableFunc(out, func(a, b ledger.Event) int { return cmp.Compare(entry.Micros(a.At), entry.Micros(b.At)) })
	}
	return out
}

func (m *Model) open() []*notice {
	list := slices.DeleteFunc(slices.Collect(maps.Values(m.notices)), func(n *notice) bool {
		return n.state != entry.Waiting && n.state != entry.Leased
	})
	sortNotices(list)
	return list
}

func sortNotices(list []*notice) {
	slices.SortFunc(list, func(a, b *notice) int { return cmp.Or(cmp.Compare(a.at, b.at), strings.Compare(a.Key, b.Key)) })
}

// Claim answers as an engine does.
func (m *Model) Claim(now time.Time, lease time.Duration, most int) []ledger.Claimed {
	var out []ledger.Claimed
	for _, n := range m.open() {
		if n.at > entry.Micros(now) || len(out) == most {
			break
		}
		n.state, n.at = entry.Leased, entry.Micros(now.Add(lease))
		n.fence++
		out = append(out, ledger.Claimed{Notice: n.Notice, Fence: n.fence, Attempts: n.attempts})
	}
	return out
}

// end finds the notice of a claim: go on only when it is returned.
func (m *Model) end(key string, fence int64, same func(n *notice) bool) (*notice, error) {
	n := m.notices[key]
	switch {
	case n == nil:
		return nil, ledger.ErrNotFound
	case n.fence != fence:
		return nil, ledger.ErrLease
	case same(n):
		return nil, nil
	case n.state != entry.Leased:
		return nil, ledger.ErrLease
	}
	return n, nil
}

// Settle answers as an engine does.
func (m *Model) Settle(key string, fence int64, sent ledger.Sent, body ledger.Body) error {
	n, err := m.end(key, fence, func(n *notice) bool { return n.state == entry.Sent })
	if n == nil {
		return err
	}
	n.state, n.at = entry.Sent, entry.Micros(sent.At)
	if !entry.HasBody(body) {
		body = n.Body
	}
	if sent.Ref != "" {
		m.refs[sent.Ref] = said{n.at, body}
	}
	return nil
}

// Defer answers as an engine does.
func (m *Model) Defer(key string, fence int64, until time.Time, why string) error {
	n, err := m.end(key, fence, func(n *notice) bool { return n.state == entry.Waiting && n.attempts > 0 })
	if n == nil {
		return err
	}
	n.state, n.at, n.why = entry.Waiting, entry.Micros(until), why
	n.attempts++
	return nil
}

// Bury answers as an engine does.
func (m *Model) Bury(key string, fence int64, at time.Time, why string) error {
	n, err := m.end(key, fence, func(n *notice) bool { return n.state == entry.Buried })
	if n == nil {
		return err
	}
	n.state, n.at, n.why = entry.Buried, entry.Micros(at), why
	return nil
}

// NextDue answers as an engine does.
func (m *Model) NextDue(now time.Time) (time.Time, bool) {
	list := m.open()
	if len(list) == 0 {
		return time.Time{}, false
	}
	if at := entry.Moment(list[0].at); at.After(now) {
		return at, true
	}
	return now, true
}

// Dead answers as an engine does.
func (m *Model) Dead(most int) []entry.Dead {
	var list []*notice
	for _, n := range m.notices {
		if n.state == entry.Buried {
			list = append(list, n)
		}
	}
	sortNotices(list)
	slices.Reverse(list)
	var out []entry.Dead
	for _, n := range list[:min(most, len(list))] {
		out = append(out, entry.Dead{Notice: n.Notice, At: entry.Moment(n.at), Why: n.why, Attempts: n.attempts})
	}
	return out
}

// Depth answers as an engine does.
func (m *Model) Depth() (waiting, dead int64) {
	return int64(len(m.open())), int64(len(m.Dead(len(m.notices))))
}

// Trim forgets as an engine does.
func (m *Model) Trim(now time.Time) {
	old, over := entry.Micros(now.Add(-entry.KeepMessages)), entry.Micros(now.Add(-entry.KeepSent))
	maps.DeleteFunc(m.messages, func(_ string, a answered) bool { return a.at < old })
	maps.DeleteFunc(m.talks, func(_ string, t ledger.Talk) bool { return entry.Micros(t.Until) <= entry.Micros(now) })
	maps.DeleteFunc(m.refs, func(_ string, s said) bool { return s.at < over })
	maps.DeleteFunc(m.notices, func(_ string, n *notice) bool {
		return n.at < over && (n.state == entry.Sent || n.state == entry.Buried)
	})
}
