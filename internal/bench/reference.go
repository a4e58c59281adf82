package main

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"

	goredis "github.com/redis/go-redis/v9"

	"duban/bot"
	"duban/store"
	"duban/store/ledger"
)

// taker is a function as a Taker.
type taker func(ctx context.Context, m bot.Message) error

// Take calls the function.
func (t taker) Take(ctx context.Context, m bot.Message) error { return t(ctx, m) }

func takeNothing(context.Context, bot.Message) error { return nil }

// luaThree is the least that a progress report needs: known once, the task's newest
// state, its history.
//
// KEYS: messages, tasks, history; ARGV: message id, task, state
const luaThree = `
if redis.call('HSETNX', KEYS[1], ARGV[1], '1') == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('RPUSH', KEYS[3], ARGV[3])
return 1
`

// spread is over how many tasks the reference handler writes, as in the plan.
const spread = 48

// reference is the door with one write behind it and nothing decided: what a handler
// written only for this could do on the same store.
func reference(ctx context.Context, o outside, s spec) (*server, error) {
	v := &server{}
	var sent atomic.Int64
	v.tally = func(context.Context, bool) (tally, error) { return tally{Sent: sent.Load()}, nil }
	take, closing, err := referenceOn(ctx, o, s)
	if err != nil {
		return nil, err
	}
	v.close = func(context.Context) error { return closing() }
	v.handler = door(shifted(o.now, s.Shift), s.Sink, taker(func(ctx context.Context, m bot.Message) error {
		n := sent.Add(1)
		return take(ctx, m, strconv.FormatInt(n%spread+1, 10))
	}))
	return v, nil
}

type write func(ctx context.Context, m bot.Message, task string) error

func referenceOn(ctx context.Context, o outside, s spec) (write, func() error, error) {
	if s.Redis != "" {
		return referenceRedis(s)
	}
	engine, err := store.Open(ctx, store.Config{DataDir: s.Dir, Tenant: s.Tenant})
	if err != nil {
		return nil, nil, err
	}
	now := shifted(o.now, s.Shift)
	return func(ctx context.Context, m bot.Message, task string) error {
		at := now()
		_, err := engine.Commit(ctx, ledger.Commit{
			Message: m.ID, Now: at, Since: 1 << 60, // knows everything: no delta is made
			Puts:   []ledger.Record{{Kind: ledger.RecordSetting, ID: task, Body: []byte(strconv.Quote(m.Text))}},
			Events: []ledger.Event{{ID: m.ID, Task: task, Kind: ledger.EventReport, At: at, Report: &ledger.Report{Text: m.Text}}},
		})
		return err
	}, engine.Close, nil
}

func referenceRedis(s spec) (write, func() error, error) {
	c := goredis.NewClient(&goredis.Options{Addr: s.Redis, PoolSize: 64, Protocol: 2, DisableIdentity: true})
	pipe, err := c.AsyncAutoPipelineWithOptions(&goredis.AutoPipelineOptions{MaxBatchSize: 300, MaxConcurrentBatches: 1, MaxQueuedCommands: 8192})
	if err != nil {
		return nil, nil, fmt.Errorf("reference: %w", err)
	}
	script := goredis.NewScript(luaThree)
	tag := "{" + s.Tenant + "}:"
	return func(ctx context.Context, m bot.Message, task string) error {
		args := func(verb, text string) *goredis.Cmd {
			cmd := goredis.NewCmd(ctx, verb, text, 3, tag+"messages", tag+"tasks", tag+"history:"+task, m.ID, task, m.Text)
			cmd.SetFirstKeyPos(3)
			return cmd
		}
		err := pipe.Submit(ctx, args("EVALSHA", script.Hash())).WaitContext(ctx)
		if goredis.HasErrorPrefix(err, "NOSCRIPT") {
			err = pipe.Submit(ctx, args("EVAL", luaThree)).WaitContext(ctx)
		}
		return err
	}, c.Close, nil
}
