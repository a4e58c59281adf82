package redis

import (
	"context"
	"fmt"
	"log/slog"

	goredis "github.com/redis/go-redis/v9"
)

// LogTo sends what the Redis client logs to the logger. It holds for the whole
// process, whatever engines are open, so main calls it, once and first.
func LogTo(l *slog.Logger) { goredis.SetLogger(clientLog{l}) }

type clientLog struct{ log *slog.Logger }

// Printf is the client's own interface. It reports lost connections and failovers,
// one line per attempt and connection; the calls that suffer have errors of their own.
func (c clientLog) Printf(ctx context.Context, format string, v ...any) {
	c.log.DebugContext(ctx, "redis client", "text", fmt.Sprintf(format, v...))
}
