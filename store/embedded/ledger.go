package embedded

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"zombiezen.com/go/sqlite"

	"duban/store/entry"
	"duban/store/ledger"
)

// Arrive answers from memory and one reader; a final arrival is one write.
func (e *Engine) Arrive(ctx context.Context, a ledger.Arrival) (ledger.Arrived, error) {
	out, err := e.arrive(ctx, a)
	if err != nil {
		return ledger.Arrived{}, fmt.Errorf("store/embedded: arrive: %w", err)
	}
	return out, nil
}

func (e *Engine) arrive(ctx context.Context, a ledger.Arrival) (ledger.Arrived, error) {
	var out ledger.Arrived
	var err error
	if a.Final {
		out.Repeat, out.Answer, err = e.claimMessage(ctx, a)
	} else if a.Message != "" {
		out.Repeat, out.Answer, err = e.message(ctx, a.Message)
	}
	if err != nil {
		return out, err
	}
	out.Delta = e.mem.delta(a.Since)
	if out.Repeat {
		return out, nil
	}
	if !a.Final && a.Talk != "" {
		if p := e.mem.talk(a.Talk, entry.Micros(a.Now)); p != nil {
			out.Talk = &ledger.Talk{Key: a.Talk, Until: entry.Moment(p.until), Body: p.body}
		}
	}
	if a.Quote != "" {
		if out.Quoted, err = e.quoted(ctx, a.Quote); err != nil {
			return out, err
		}
	}
	if entry.WantsEvents(a) {
		out.Events, err = e.events(ctx, a.History, a.From, a.To)
	}
	return out, err
}

// claimMessage marks a final message and clears its talk.
func (e *Engine) claimMessage(ctx context.Context, a ledger.Arrival) (repeat bool, answer json.RawMessage, err error) {
	if a.Message == "" && a.Talk == "" {
		return false, nil, nil
	}
	type verdict struct {
		repeat bool
		answer []byte
	}
	v := new(verdict)
	err = e.write.do(ctx, func(t *txn) error {
		*v = verdict{}
		if a.Message != "" {
			var err error
			if v.repeat, v.answer, err = t.mark(a.Message, nil, a.Now); err != nil || v.repeat {
				return err
			}
		}
		return t.clearTalk(a.Talk)
	})
	if err != nil {
		return false, nil, err
	}
	return v.repeat, v.answer, nil
}

func (e *Engine) message(ctx context.Context, id string) (known bool, answer json.RawMessage, err error) {
	err = e.read(ctx, func(conn *sqlite.Conn) error {
		return query(conn, "SELECT answer FROM messages WHERE id = ?", func(s *sqlite.Stmt) error {
			known, answer = true, blob(s, 0)
			return nil
		}, id)
	})
	return known, answer, err
}

func (e *Engine) quoted(ctx context.Context, ref string) (*ledger.Body, error) {
	var data []byte
	err := e.read(ctx, func(conn *sqlite.Conn) error {
		return query(conn, "SELECT body FROM refs WHERE ref = ?", func(s *sqlite.Stmt) error {
			data = blob(s, 0)
			return nil
		}, ref)
	})
	if err != nil || data == nil {
		return nil, err
	}
	b := new(ledger.Body)
	if err := json.Unmarshal(data, b); err != nil {
		return nil, fmt.Errorf("message %q: %w", ref, err)
	}
	return b, nil
}

// Commit is one write, in one transaction with others that queued up.
func (e *Engine) Commit(ctx context.Context, c ledger.Commit) (ledger.Committed, error) {
	p, err := pack(c)
	if err != nil {
		return ledger.Committed{}, fmt.Errorf("store/embedded: commit: %w", err)
	}
	if err := e.write.do(ctx, p.run); err != nil {
		return ledger.Committed{}, fmt.Errorf("store/embedded: commit: %w", err)
	}
	out := ledger.Committed{Repeat: p.repeat, Answer: p.answer, Delta: e.mem.delta(c.Since)}
	if p.conflict {
		return out, fmt.Errorf("store/embedded: commit: %w", ledger.ErrConflict)
	}
	return out, nil
}

// parcel is a commit with its bodies encoded, and after run its verdict.
type parcel struct {
	c       ledger.Commit
	events  [][]byte
	notices [][]byte

	repeat, conflict bool
	answer           []byte
}

func pack(c ledger.Commit) (*parcel, error) {
	if err := entry.CheckCommit(c); err != nil {
		return nil, err
	}
	p := &parcel{c: c}
	for _, v := range c.Events {
		data, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("event %q: %w", v.ID, err)
		}
		p.events = append(p.events, data)
	}
	for _, n := range c.Notices {
		data, err := json.Marshal(n)
		if err != nil {
			return nil, fmt.Errorf("notice %q: %w", n.Key, err)
		}
		p.notices = append(p.notices, data)
	}
	return p, nil
}

func (p *parcel) run(t *txn) error {
	p.repeat, p.conflict, p.answer = false, false, nil
	if !t.holds(p.c.Expects) {
		// A known message is a repeat, whatever has changed since.
		var err error
		p.repeat, p.answer, err = t.known(p.c.Message)
		p.conflict = !p.repeat
		return err
	}
	if p.c.Message != "" {
		var err error
		p.repeat, p.answer, err = t.mark(p.c.Message, p.c.Answer, p.c.Now)
		if err != nil || p.repeat {
			return err
		}
	}
	if len(p.c.Answer) > 0 {
		p.answer = p.c.Answer
	}
	return p.write(t)
}

func (p *parcel) write(t *txn) error {
	if len(p.c.Puts) > 0 {
		t.over.rev++
	}
	for _, r := range p.c.Puts {
		body := append([]byte(nil), r.Body...) // the caller may use its slice again
		t.put(r.Name(), entry.Record{Rev: t.over.rev, Body: body})
	}
	for i, v := range p.c.Events {
		if err := t.stmts.addEvent.run(v.Task, entry.Micros(v.At), p.events[i]); err != nil {
			return err
		}
	}
	for i, n := range p.c.Notices {
		state, fence, at := entry.Born(n, p.c.Hold)
		if err := t.stmts.addNotice.run(n.Key, state, at, fence, 0, "", p.notices[i]); err != nil {
			return err
		}
	}
	switch k := p.c.Talk; {
	case k == nil:
		return nil
	case k.Until.IsZero():
		return t.clearTalk(k.Key)
	default:
		return t.setTalk(k.Key, pending{entry.Micros(k.Until), append([]byte(nil), k.Body...)})
	}
}

// holds reports whether the preconditions are met. A removed record counts as one
// that does not exist; who saw it removed may say so by its revision too.
func (t *txn) holds(expects []ledger.Expect) bool {
	for _, x := range expects {
		r := t.record(ledger.Record{Kind: x.Kind, ID: x.ID}.Name())
		if x.Rev != r.Rev && (x.Rev != 0 || len(r.Body) > 0) {
			return false
		}
	}
	return true
}

func (t *txn) known(message string) (known bool, answer []byte, err error) {
	if message == "" {
		return false, nil, nil
	}
	err = t.stmts.getMessage.first(func(s *sqlite.Stmt) { known, answer = true, blob(s, 0) }, message)
	return known, answer, err
}

// mark keeps the answer under the message, unless it is known: then it returns the
// first answer.
func (t *txn) mark(message string, answer []byte, now time.Time) (repeat bool, first []byte, err error) {
	if err := t.stmts.addMessage.run(message, entry.Micros(now), answer); err != nil {
		return false, nil, err
	}
	if t.conn.Changes() > 0 {
		return false, nil, nil
	}
	return t.known(message)
}

func (t *txn) setTalk(key string, p pending) error {
	if err := t.stmts.putTalk.run(key, p.until, p.body); err != nil {
		return err
	}
	t.talk(key, p)
	return nil
}

func (t *txn) clearTalk(key string) error {
	if !t.hasTalk(key) {
		return nil
	}
	if err := t.stmts.cutTalk.run(key); err != nil {
		return err
	}
	t.talk(key, pending{})
	return nil
}

// Sync answers from memory.
func (e *Engine) Sync(ctx context.Context, since int64) (ledger.Delta, error) {
	if err := ctx.Err(); err != nil {
		return ledger.Delta{}, fmt.Errorf("store/embedded: sync: %w", busy(err))
	}
	return e.mem.delta(since), nil
}

// Events reads a task's history or a period on a reader's connection.
func (e *Engine) Events(ctx context.Context, task string, from, to time.Time) ([]ledger.Event, error) {
	out, err := e.events(ctx, task, from, to)
	if err != nil {
		return nil, fmt.Errorf("store/embedded: events: %w", err)
	}
	return out, nil
}
