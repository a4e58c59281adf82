package redis

import (
	"context"

	goredis "github.com/redis/go-redis/v9"
)

// processor is the part of a client that runs one command.
type processor interface {
	Process(ctx context.Context, cmd goredis.Cmder) error
}

// pipeliner is the part of a client that sends the commands of many goroutines
// together, in their order. It is marked experimental there, hence the switch
// autopipeline=off.
type pipeliner interface {
	AsyncAutoPipelineWithOptions(config *goredis.AutoPipelineOptions) (*goredis.AutoPipeliner, error)
}

// maxPiped bounds the commands that wait to be sent; more are ledger.ErrBusy.
const maxPiped = 8192

func withRunner(c goredis.UniversalClient, p pipeliner, on bool) (goredis.UniversalClient, runner, error) {
	if !on {
		return c, direct{c}, nil
	}
	ap, err := p.AsyncAutoPipelineWithOptions(&goredis.AutoPipelineOptions{
		MaxBatchSize: 300, MaxConcurrentBatches: 1, MaxQueuedCommands: maxPiped,
	})
	if err != nil {
		return nil, nil, join(err, c.Close())
	}
	return c, piped{ap}, nil
}

// direct takes a connection of the pool for each command.
type direct struct{ client processor }

func (d direct) eval(ctx context.Context, verb, script string, keys []string, args []any) (any, error) {
	cmd := command(ctx, verb, script, keys, args)
	if err := d.client.Process(ctx, cmd); err != nil {
		return nil, err
	}
	return cmd.Val(), nil
}

// piped hands commands to the automatic pipeline. Its deferred face is used, not the
// blocking one, since only here a caller whose ctx ends can stop waiting.
type piped struct{ pipeline *goredis.AutoPipeliner }

func (p piped) eval(ctx context.Context, verb, script string, keys []string, args []any) (any, error) {
	cmd := command(ctx, verb, script, keys, args)
	if err := p.pipeline.Submit(ctx, cmd).WaitContext(ctx); err != nil {
		return nil, err // on the end of ctx the command may still be under way: not touched
	}
	return cmd.Val(), nil
}

func command(ctx context.Context, verb, script string, keys []string, args []any) *goredis.Cmd {
	all := make([]any, 0, 3+len(keys)+len(args))
	all = append(all, verb, script, len(keys))
	for _, key := range keys {
		all = append(all, key)
	}
	cmd := goredis.NewCmd(ctx, append(all, args...)...)
	cmd.SetFirstKeyPos(3)
	return cmd
}
