package redis

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"duban/store/entry"
	"duban/store/ledger"
)

func noticeValue(state string, fence int64, attempts int, at int64, why, body string) string {
	return state + " " + strconv.FormatInt(fence, 10) + " " + strconv.Itoa(attempts) + " " +
		strconv.FormatInt(at, 10) + "\n" + entry.Line(why) + "\n" + body
}

// Claim is one run of luaClaim.
func (e *Engine) Claim(ctx context.Context, now time.Time, lease time.Duration, most int) ([]ledger.Claimed, error) {
	if err := entry.CheckClaim(lease, most); err != nil {
		return nil, fmt.Errorf("store/redis: claim: %w", err)
	}
	v, err := e.call(ctx, e.scripts.claim, []string{e.keys.notices, e.keys.due}, micros(now), micros(now.Add(lease)), most)
	if err != nil {
		return nil, fmt.Errorf("store/redis: claim: %w", err)
	}
	var r reply
	flat := r.list(v, 0)
	out := make([]ledger.Claimed, 0, len(flat)/4)
	for i := 0; i+3 < len(flat); i += 4 {
		c := ledger.Claimed{Fence: r.number(flat[i+1]), Attempts: int(r.number(flat[i+2]))}
		r.json(flat[i+3], &c.Notice)
		out = append(out, c)
	}
	if r.err != nil {
		return nil, fmt.Errorf("store/redis: claim: %w", r.err)
	}
	return out, nil
}

// Settle is one run of luaSettle.
func (e *Engine) Settle(ctx context.Context, key string, fence int64, sent ledger.Sent, body ledger.Body) error {
	text := ""
	if entry.HasBody(body) {
		data, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("store/redis: settle: %w", err)
		}
		text = string(data)
	}
	return e.end(ctx, "settle", e.scripts.settle, []string{e.keys.notices, e.keys.due, e.keys.refs},
		key, strconv.FormatInt(fence, 10), micros(sent.At), sent.Ref, text)
}

// Defer is one run of luaDefer.
func (e *Engine) Defer(ctx context.Context, key string, fence int64, until time.Time, why string) error {
	return e.end(ctx, "defer", e.scripts.postpone, []string{e.keys.notices, e.keys.due},
		key, strconv.FormatInt(fence, 10), micros(until), entry.Line(why))
}

// Bury is one run of luaBury.
func (e *Engine) Bury(ctx context.Context, key string, fence int64, at time.Time, why string) error {
	return e.end(ctx, "bury", e.scripts.bury, []string{e.keys.notices, e.keys.due, e.keys.dead},
		key, strconv.FormatInt(fence, 10), micros(at), entry.Line(why))
}

func (e *Engine) end(ctx context.Context, op string, s script, keys []string, args ...any) error {
	v, err := e.call(ctx, s, keys, args...)
	if err != nil {
		return fmt.Errorf("store/redis: %s %q: %w", op, args[0], err)
	}
	var r reply
	switch r.number(v) {
	case 0:
		err = ledger.ErrLease
	case -1:
		err = ledger.ErrNotFound
	}
	if r.err != nil {
		err = r.err
	}
	if err != nil {
		return fmt.Errorf("store/redis: %s %q: %w", op, args[0], err)
	}
	return nil
}

// NextDue is one run of luaDepth.
func (e *Engine) NextDue(ctx context.Context, now time.Time) (time.Time, bool, error) {
	_, _, next, err := e.look(ctx)
	if err != nil || next == nil {
		return time.Time{}, false, err
	}
	if at := entry.Moment(*next); at.After(now) {
		return at, true, nil
	}
	return now, true, nil
}

// Depth is one run of luaDepth.
func (e *Engine) Depth(ctx context.Context) (waiting, dead int64, err error) {
	waiting, dead, _, err = e.look(ctx)
	return waiting, dead, err
}

func (e *Engine) look(ctx context.Context) (waiting, dead int64, next *int64, err error) {
	v, err := e.call(ctx, e.scripts.depth, []string{e.keys.due, e.keys.dead})
	if err != nil {
		return 0, 0, nil, fmt.Errorf("store/redis: depth: %w", err)
	}
	var r reply
	part := r.list(v, 3)
	waiting, dead = r.number(part[0]), r.number(part[1])
	if part[2] != nil {
		us := r.number(part[2])
		next = &us
	}
	if r.err != nil {
		return 0, 0, nil, fmt.Errorf("store/redis: depth: %w", r.err)
	}
	return waiting, dead, next, nil
}

// Dead is one run of luaDead.
func (e *Engine) Dead(ctx context.Context, most int) ([]entry.Dead, error) {
	if most <= 0 {
		return nil, nil
	}
	v, err := e.call(ctx, e.scripts.dead, []string{e.keys.notices, e.keys.dead}, most)
	if err != nil {
		return nil, fmt.Errorf("store/redis: dead: %w", err)
	}
	var r reply
	flat := r.list(v, 0)
	out := make([]entry.Dead, 0, len(flat)/5)
	for i := 0; i+4 < len(flat); i += 5 {
		d := entry.Dead{At: entry.Moment(r.number(flat[i+1])), Attempts: int(r.number(flat[i+2]))}
		d.Why, _ = r.text(flat[i+3])
		r.json(flat[i+4], &d.Notice)
		out = append(out, d)
	}
	if r.err != nil {
		return nil, fmt.Errorf("store/redis: dead: %w", r.err)
	}
	return out, nil
}
