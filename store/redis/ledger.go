package redis

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"duban/store/entry"
	"duban/store/ledger"
)

// Arrive is one run of luaArrive.
func (e *Engine) Arrive(ctx context.Context, a ledger.Arrival) (ledger.Arrived, error) {
	k := e.keys
	history, want := k.events, ""
	switch {
	case a.History != "":
		history, want = k.history(a.History), "task"
	case entry.WantsEvents(a):
		want = "all"
	}
	final := ""
	if a.Final {
		final = "1"
	}
	b := e.mirror.base()
	from, to := bounds(a.From, a.To)
	v, err := e.call(ctx, e.scripts.arrive,
		[]string{k.records, k.changes, k.messages, k.talks, k.refs, k.events, history},
		b.since(), b.tag, e.author(b), a.Message, final, e.once(), micros(a.Now), a.Talk, a.Quote, want, from, to)
	if err != nil {
		return ledger.Arrived{}, fmt.Errorf("store/redis: arrive: %w", err)
	}
	out, err := e.arrived(ctx, v, b, a)
	if err != nil {
		return ledger.Arrived{}, fmt.Errorf("store/redis: arrive: %w", err)
	}
	return out, nil
}

func (e *Engine) arrived(ctx context.Context, v any, b base, a ledger.Arrival) (ledger.Arrived, error) {
	var r reply
	part := r.list(v, 3)
	answer, _ := r.text(part[1])
	out := ledger.Arrived{Repeat: r.number(part[0]) == 1, Answer: raw(answer)}
	n := r.news(part[2])
	if r.err != nil {
		return out, r.err
	}
	e.mirror.take(b, n)
	if n.mode != "own" { // own commits under way are not acknowledged yet: no need to wait
		if err := e.catchUp(ctx, revOf(n.tag)); err != nil {
			return out, err
		}
	}
	out.Delta = e.mirror.delta(a.Since)
	if out.Repeat {
		return out, nil
	}
	part = r.list(v, 6)
	if value, ok := r.text(part[3]); ok {
		until, body := r.stamped(value)
		if end := r.number(until); end > entry.Micros(a.Now) {
			out.Talk = &ledger.Talk{Key: a.Talk, Until: entry.Moment(end), Body: raw(body)}
		}
	}
	if value, ok := r.text(part[4]); ok {
		_, kept := r.stamped(value)
		out.Quoted = r.quoted(kept)
	}
	skip := 0
	if a.History == "" {
		skip = numbered
	}
	out.Events = r.events(part[5], skip, a.From, a.To)
	return out, r.err
}

// quoted reads a kept message: "B" and a body, or "N" and the notice with its body.
func (r *reply) quoted(kept string) *ledger.Body {
	if strings.HasPrefix(kept, "N") {
		var n ledger.Notice
		r.json(kept[1:], &n)
		return &n.Body
	}
	var b ledger.Body
	r.json(strings.TrimPrefix(kept, "B"), &b)
	return &b
}

// numbered is the length of the number before an event in the events zset.
const numbered = 12

// events reads a list of events, each after skip bytes of its number.
func (r *reply) events(v any, skip int, from, to time.Time) []ledger.Event {
	var out []ledger.Event
	for _, item := range r.list(v, 0) {
		text, _ := r.text(item)
		var e ledger.Event
		r.json(text[min(skip, len(text)):], &e)
		if entry.Within(e.At, from, to) {
			out = append(out, e)
		}
	}
	return out
}

// Commit is one run of luaCommit.
func (e *Engine) Commit(ctx context.Context, c ledger.Commit) (ledger.Committed, error) {
	b := e.mirror.begin()
	defer e.mirror.end()
	out, conflict, err := e.commit(ctx, b, c)
	if err == nil && conflict {
		err = ledger.ErrConflict
	}
	if err != nil {
		return out, fmt.Errorf("store/redis: commit: %w", err)
	}
	return out, nil
}

func (e *Engine) commit(ctx context.Context, b base, c ledger.Commit) (out ledger.Committed, conflict bool, err error) {
	keys, args, err := e.pack(b, c)
	if err != nil {
		return out, false, err
	}
	v, err := e.call(ctx, e.scripts.commit, keys, args...)
	if err != nil {
		return out, false, err
	}
	var r reply
	part := r.list(v, 3)
	status := r.number(part[0])
	answer, _ := r.text(part[1])
	n := r.news(part[2])
	if r.err != nil {
		return out, false, r.err
	}
	e.mirror.take(b, n)
	if status == 0 && len(c.Puts) > 0 {
		e.mirror.wrote(b, n.tag, c.Puts)
	}
	if err := e.catchUp(ctx, revOf(n.tag)); err != nil {
		return out, false, err
	}
	return ledger.Committed{Repeat: status == 1, Answer: raw(answer), Delta: e.mirror.delta(c.Since)}, status == 2, nil
}

// pack makes the keys and arguments of luaCommit. A commit without a message id gets
// one of its own, so that a retry after a lost reply cannot apply it twice.
func (e *Engine) pack(b base, c ledger.Commit) ([]string, []any, error) {
	if err := entry.CheckCommit(c); err != nil {
		return nil, nil, err
	}
	k := e.keys
	keys := []string{k.records, k.changes, k.messages, k.talks, k.notices, k.due, k.events}
	once := e.once()
	message := c.Message
	if message == "" {
		message = "@" + once
	}
	args := make([]any, 0, 14+2*len(c.Expects)+2*len(c.Puts)+3*len(c.Events)+3*len(c.Notices))
	args = append(args, b.since(), b.tag, e.nonce, message, string(c.Answer), once, micros(c.Now))
	args = append(args, talk(c.Talk)...)
	args = append(args, len(c.Expects))
	for _, x := range c.Expects {
		args = append(args, ledger.Record{Kind: x.Kind, ID: x.ID}.Name(), strconv.FormatInt(x.Rev, 10))
	}
	args = append(args, len(c.Puts))
	for _, p := range c.Puts {
		args = append(args, p.Name(), string(p.Body))
	}
	args = append(args, len(c.Events))
	index := map[string]int{}
	for _, v := range c.Events {
		if index[v.Task] == 0 {
			keys = append(keys, k.history(v.Task))
			index[v.Task] = len(keys)
		}
		data, err := json.Marshal(v)
		if err != nil {
			return nil, nil, fmt.Errorf("event %q: %w", v.ID, err)
		}
		args = append(args, index[v.Task], micros(v.At), string(data))
	}
	args = append(args, len(c.Notices))
	for _, n := range c.Notices {
		data, err := json.Marshal(n)
		if err != nil {
			return nil, nil, fmt.Errorf("notice %q: %w", n.Key, err)
		}
		state, fence, at := entry.Born(n, c.Hold)
		score := strconv.FormatInt(at, 10)
		args = append(args, n.Key, score, noticeValue(state, fence, 0, at, "", string(data)))
	}
	return keys, args, nil
}

func talk(t *ledger.Talk) []any {
	switch {
	case t == nil:
		return []any{"", "", ""}
	case t.Until.IsZero():
		return []any{"-", t.Key, ""}
	}
	return []any{"+", t.Key, micros(t.Until) + "\n" + string(t.Body)}
}

// Events is one run of luaEvents.
func (e *Engine) Events(ctx context.Context, task string, from, to time.Time) ([]ledger.Event, error) {
	key, want, skip := e.keys.events, "all", numbered
	if task != "" {
		key, want, skip = e.keys.history(task), "task", 0
	}
	low, high := bounds(from, to)
	v, err := e.call(ctx, e.scripts.events, []string{key}, want, low, high)
	if err != nil {
		return nil, fmt.Errorf("store/redis: events: %w", err)
	}
	var r reply
	list := r.events(v, skip, from, to)
	if r.err != nil {
		return nil, fmt.Errorf("store/redis: events: %w", r.err)
	}
	return list, nil
}

func bounds(from, to time.Time) (low, high string) {
	low, high = "-inf", "+inf"
	if !from.IsZero() {
		low = micros(from)
	}
	if !to.IsZero() {
		high = "(" + micros(to)
	}
	return low, high
}

func micros(t time.Time) string { return strconv.FormatInt(entry.Micros(t), 10) }
