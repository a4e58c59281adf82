package redis

import (
	"context"
	"errors"
	"fmt"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"duban/store/ledger"
)

// runner sends EVALSHA or EVAL: over a plain client or its automatic pipeline.
type runner interface {
	eval(ctx context.Context, verb, script string, keys []string, args []any) (any, error)
}

// script is one operation's script and whether it can write.
type script struct {
	*goredis.Script
	text   string
	writes bool
}

type scripts struct {
	arrive, commit, sync, claim, settle, postpone, bury script
	events, dead, depth, trim, snapshot, install        script
}

func newScripts() scripts {
	read := func(text string) script { return script{goredis.NewScript(text), text, false} }
	write := func(text string) script { return script{goredis.NewScript(text), text, true} }
	return scripts{
		arrive: write(luaArrive), commit: write(luaCommit), sync: read(luaSync), claim: write(luaClaim),
		settle: write(luaSettle), postpone: write(luaDefer), bury: write(luaBury), dead: read(luaDead),
		events: read(luaEvents),
		depth:  read(luaDepth), trim: write(luaTrim), snapshot: read(luaSnapshot), install: write(luaInstall),
	}
}

const (
	patience  = 10 * time.Second // a failover is over by then, or nobody waits any more
	firstWait = 50 * time.Millisecond
	reloadGap = 200 * time.Millisecond
	replyWait = time.Second // for replicas, with ?wait=N
)

// call runs the script until it has an answer, the error is not one of connection or
// failover, or the patience is at its end. Every script can be run again: a repeat
// is known by its message, nonce or fence.
func (e *Engine) call(ctx context.Context, s script, keys []string, args ...any) (any, error) {
	if err := ctx.Err(); err != nil { // the automatic pipeline would not look before it sends
		return nil, verdict(ctx, err)
	}
	reply, err := e.run(ctx, s, keys, args)
	if err == nil || !away(err) {
		return reply, verdict(ctx, err)
	}
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for pause := firstWait; err != nil && away(err); pause = min(2*pause, reloadGap) {
		e.reloadState(bounded)
		if !sleep(bounded, pause) {
			break
		}
		var again error
		if reply, again = e.run(bounded, s, keys, args); again == nil || bounded.Err() == nil {
			err = again
		}
	}
	return reply, verdict(ctx, err)
}

func (e *Engine) run(ctx context.Context, s script, keys []string, args []any) (any, error) {
	if e.wait > 0 && s.writes {
		return e.runReplicated(ctx, s, keys, args)
	}
	reply, err := e.runner.eval(ctx, "EVALSHA", s.Hash(), keys, args)
	if goredis.HasErrorPrefix(err, "NOSCRIPT") {
		reply, err = e.runner.eval(ctx, "EVAL", s.text, keys, args)
	}
	return reply, err
}

// runReplicated sends WAIT down the same connection, since a connection waits for
// its own writes only.
func (e *Engine) runReplicated(ctx context.Context, s script, keys []string, args []any) (any, error) {
	var node interface{ Pipeline() goredis.Pipeliner } = e.client
	if c, ok := e.client.(*goredis.ClusterClient); ok {
		master, err := c.MasterForKey(ctx, e.keys.records)
		if err != nil {
			return nil, err
		}
		node = master
	}
	send := func(verb, text string) (any, error) {
		p := node.Pipeline()
		cmd := command(ctx, verb, text, keys, args)
		if err := p.Process(ctx, cmd); err != nil {
			return nil, err
		}
		wait := p.Do(ctx, "WAIT", e.wait, replyWait.Milliseconds())
		// Exec repeats the first command's error; each command is asked for its own.
		_, _ = p.Exec(ctx)
		if cmd.Err() != nil {
			return nil, cmd.Err()
		}
		n, err := wait.Int()
		if err != nil {
			return nil, err
		}
		if n < e.wait {
			return nil, fmt.Errorf("%w: %d of %d replicas have it", errReplicas, n, e.wait)
		}
		return cmd.Val(), nil
	}
	reply, err := send("EVALSHA", s.Hash())
	if goredis.HasErrorPrefix(err, "NOSCRIPT") {
		reply, err = send("EVAL", s.text)
	}
	return reply, err
}

var errReplicas = errors.New("too few replicas")

// away reports whether the error is one of connection or failover, after which the
// same call may succeed: all that is not the server's own refusal.
func away(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, goredis.ErrClosed) || full(err) {
		return false
	}
	var refusal goredis.Error
	if !errors.As(err, &refusal) {
		return true
	}
	for _, code := range []string{"CLUSTERDOWN", "LOADING", "READONLY", "MASTERDOWN", "TRYAGAIN", "MOVED", "ASK", "NOREPLICAS", "UNBLOCKED"} {
		if goredis.HasErrorPrefix(err, code) {
			return true
		}
	}
	return false
}

// full reports that too many commands wait already; waiting longer would add to it.
func full(err error) bool { return errors.Is(err, goredis.ErrAutoPipelineQueueFull) }

// verdict makes ErrBusy of what only means that Redis is not there.
func verdict(ctx context.Context, err error) error {
	switch {
	case err == nil || errors.Is(err, goredis.Nil):
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("%w: %w", ledger.ErrBusy, ctx.Err())
	case away(err) || full(err):
		return fmt.Errorf("%w: %w", ledger.ErrBusy, err)
	}
	return err
}

// reloadState makes a cluster client look for the new master now; by itself it
// would do so once a minute.
func (e *Engine) reloadState(ctx context.Context) {
	c, ok := e.client.(*goredis.ClusterClient)
	if !ok || !e.reload.CompareAndSwap(false, true) {
		return
	}
	c.ReloadState(ctx)
	time.AfterFunc(reloadGap, func() { e.reload.Store(false) })
}

// sleep reports whether it slept, false once ctx is done.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func join(err, other error) error {
	if other != nil {
		return errors.Join(err, other)
	}
	return err
}
