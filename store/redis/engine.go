package redis

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"

	goredis "github.com/redis/go-redis/v9"
)

// Engine is one tenant in Redis. It is safe for concurrent use. Calls wait for a
// failover for at most ten seconds and then are ledger.ErrBusy.
type Engine struct {
	client  goredis.UniversalClient
	runner  runner
	keys    keys
	scripts scripts
	wait    int    // replicas that must have a write before it is acknowledged
	nonce   string // names this engine among the writers, and with a number each call
	calls   atomic.Int64
	mirror  *mirror
	reload  atomic.Bool
}

// ErrAuth: the server does not take the user name or the password.
var ErrAuth = errors.New("store/redis: not authorized")

// Open connects to the tenant at the address and checks that it answers.
//
// The address is redis://, rediss:// (TLS) or unix:// as go-redis reads them, or
// redis+sentinel://[user:pw@]host1,host2/master/db, or redis+cluster://host1,host2
// (rediss+… for TLS). Options after the question mark are go-redis's (pool_size,
// read_timeout, …) and our own: autopipeline=off, wait=N replicas, for Sentinel
// sentinel_username and sentinel_password.
func Open(ctx context.Context, address, tenant string) (*Engine, error) {
	a, err := parse(address)
	if err != nil {
		return nil, fmt.Errorf("store/redis: %w", err)
	}
	nonce := make([]byte, 6)
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("store/redis: %w", err)
	}
	e := &Engine{keys: newKeys(tenant), scripts: newScripts(), wait: a.wait, nonce: hex.EncodeToString(nonce), mirror: newMirror()}
	e.client, e.runner, err = a.connect()
	if err != nil {
		return nil, fmt.Errorf("store/redis: %w", err)
	}
	if err := e.Ping(ctx); err != nil {
		if goredis.IsAuthError(err) {
			err = fmt.Errorf("%w: %w", ErrAuth, err)
		}
		return nil, fmt.Errorf("store/redis: open: %w", join(err, e.client.Close()))
	}
	return e, nil
}

// Close waits for commands under way and closes all connections.
func (e *Engine) Close() error {
	if err := e.client.Close(); err != nil {
		return fmt.Errorf("store/redis: close: %w", err)
	}
	return nil
}

// once names one call, so that a retry after a lost reply is known as the same.
func (e *Engine) once() string {
	return e.nonce + strconv.FormatInt(e.calls.Add(1), 36)
}
