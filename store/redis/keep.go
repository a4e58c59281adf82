package redis

import (
	"context"
	"fmt"
	"strings"
	"time"

	"duban/store/entry"
)

// Ping asks the server, or one of a cluster's, for an answer.
func (e *Engine) Ping(ctx context.Context) error {
	if err := e.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("store/redis: ping: %w", verdict(ctx, err))
	}
	return nil
}

// Persistence says what the server is set to promise about a crash. Hosted servers
// may not tell; that is said too.
func (e *Engine) Persistence(ctx context.Context) (string, error) {
	settings := map[string]string{}
	for _, name := range []string{"appendonly", "appendfsync", "save"} {
		got, err := e.client.ConfigGet(ctx, name).Result()
		if err != nil {
			if err = verdict(ctx, err); away(err) || ctx.Err() != nil {
				return "", fmt.Errorf("store/redis: persistence: %w", err)
			}
			return "warning: the server does not tell its persistence settings", nil
		}
		settings[name] = got[name]
	}
	return persistence(settings), nil
}

func persistence(settings map[string]string) string {
	if settings["appendonly"] == "yes" {
		switch settings["appendfsync"] {
		case "always":
			return "append-only file, synced at every write: a crash loses nothing"
		case "everysec":
			return "append-only file, synced every second: a power failure may lose about a second"
		}
		return "warning: append-only file, synced when the system likes: a power failure may lose half a minute"
	}
	if strings.TrimSpace(settings["save"]) != "" {
		return "warning: snapshots only (save " + settings["save"] + "): a crash loses what came after the last one; set appendonly yes"
	}
	return "warning: nothing is kept on disk: a restart loses everything; set appendonly yes"
}

// Trim runs luaTrim over the four hashes that would grow for ever.
func (e *Engine) Trim(ctx context.Context, now time.Time) error {
	k := e.keys
	for _, step := range []struct {
		key   string
		limit time.Time
		kind  string
	}{
		{k.messages, now.Add(-entry.KeepMessages), ""},
		{k.talks, now.Add(time.Microsecond), ""},
		{k.refs, now.Add(-entry.KeepSent), ""},
		{k.notices, now.Add(-entry.KeepSent), "notice"},
	} {
		for cursor := "0"; ; {
			v, err := e.call(ctx, e.scripts.trim, []string{step.key, k.dead}, cursor, micros(step.limit), step.kind)
			var r reply
			if err == nil {
				cursor, _ = r.text(v)
				err = r.err
			}
			if err != nil {
				return fmt.Errorf("store/redis: trim: %w", err)
			}
			if cursor == "0" {
				break
			}
		}
	}
	return nil
}
