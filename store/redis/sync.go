package redis

import (
	"context"
	"fmt"
	"strconv"

	"duban/store/ledger"
)

// Sync is one run of luaSync.
func (e *Engine) Sync(ctx context.Context, since int64) (ledger.Delta, error) {
	tag, err := e.refresh(ctx)
	if err == nil {
		err = e.catchUp(ctx, revOf(tag))
	}
	if err != nil {
		return ledger.Delta{}, fmt.Errorf("store/redis: sync: %w", err)
	}
	return e.mirror.delta(since), nil
}

// refresh brings the mirror up to date, own commits whose answers were lost included,
// and returns the tag of the newest revision.
func (e *Engine) refresh(ctx context.Context) (tag string, err error) {
	b := e.mirror.base()
	v, err := e.call(ctx, e.scripts.sync, []string{e.keys.records, e.keys.changes}, b.since(), b.tag, "")
	if err != nil {
		return "", err
	}
	var r reply
	n := r.news(v)
	if r.err != nil {
		return "", r.err
	}
	e.mirror.take(b, n)
	return n.tag, nil
}

// catchUp waits until the mirror has the revision, and asks for it when it does not
// come by itself.
func (e *Engine) catchUp(ctx context.Context, rev int64) error {
	for range 3 {
		if e.mirror.reached(ctx, rev) {
			return nil
		}
		if _, err := e.refresh(ctx); err != nil {
			return err
		}
	}
	if e.mirror.reached(ctx, rev) {
		return nil
	}
	return fmt.Errorf("%w: revision %d is gone again", ledger.ErrBusy, rev)
}

func (b base) since() string { return strconv.FormatInt(b.rev, 10) }

// author allows the answer "own" only while own commits are under way: else what the
// mirror lacks of them was lost and has to be sent.
func (e *Engine) author(b base) string {
	if b.flying > 0 {
		return e.nonce
	}
	return ""
}
