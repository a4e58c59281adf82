package store

import (
	"context"
	"errors"

	"duban/store/embedded"
	"duban/store/redis"
)

var (
	_ Engine = (*embedded.Engine)(nil)
	_ Engine = (*redis.Engine)(nil)
)

// Config says where a tenant is kept: in Redis when RedisURL is set, else in a file
// under DataDir.
type Config struct {
	RedisURL string // see redis.Open; may hold a password, never logged
	DataDir  string
	Tenant   string
}

// Open opens the tenant's engine. Of a Redis that does not answer it is ledger.ErrBusy at
// once, of one that refuses the password redis.ErrAuth, of a URL that cannot be meant
// redis.ErrAddress; of a file that another process has open, embedded.ErrLocked.
func Open(ctx context.Context, c Config) (Engine, error) {
	switch {
	case c.Tenant == "":
		return nil, errors.New("store: the tenant has no name")
	case c.RedisURL != "":
		e, err := redis.Open(ctx, c.RedisURL, c.Tenant)
		if err != nil {
			return nil, err // not a nil *redis.Engine inside an Engine
		}
		return e, nil
	case c.DataDir != "":
		e, err := embedded.Open(ctx, c.DataDir, c.Tenant)
		if err != nil {
			return nil, err
		}
		return e, nil
	}
	return nil, errors.New("store: neither redis_url nor data_dir is set")
}
