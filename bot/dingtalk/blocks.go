package dingtalk

import (
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"duban/bot"
)

// How often one call is let through to see whether DingTalk still refuses.
const (
	afterConfig = 10 * time.Minute // what an operator has to put right
	afterSpent  = time.Hour        // a new month or a purchase
)

// Block is what DingTalk refuses, whatever the message, until somebody mends the set-up
// or a new month begins.
type Block struct {
	API   string // by path; "" is all of the server API
	Why   *bot.Refusal
	Since time.Time
}

// Blocked lists what is refused now, by API. Webhooks are never among it.
func (c *Client) Blocked() []Block { return c.blocks.list() }

// blocks keeps a client from asking again and again what is refused anyway: while an API
// is blocked, one call is let through each time that Refusal.After is over.
type blocks struct {
	log *slog.Logger

	mu sync.Mutex
	by map[string]*blocked // by API
}

type blocked struct {
	Block
	next time.Time // when a call is let through
}

func newBlocks(log *slog.Logger) *blocks { return &blocks{log: log, by: map[string]*blocked{}} }

// admit refuses a call that would be refused. Calls that DingTalk makes for free do not
// mind that the others are used up.
func (b *blocks) admit(op, api string, free bool, now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, key := range []string{"", api} {
		x := b.by[key]
		if x == nil || free && OutOfCalls(x.Why) {
			continue
		}
		if now.Before(x.next) {
			no := *x.Why
			no.Op, no.After = op, x.next.Sub(now)
			return &no
		}
		x.next = now.Add(x.Why.After)
	}
	return nil
}

// heard learns from the outcome of a call that was made.
func (b *blocks) heard(api string, free bool, err error, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var no *bot.Refusal
	switch {
	case errors.As(err, &no) && no.Blocked:
		if OutOfCalls(no) || no.Op == opToken {
			api = ""
		}
		if x := b.by[api]; x != nil && x.Why.Code == no.Code {
			return
		}
		why := *no
		b.by[api] = &blocked{Block{api, &why, now}, now.Add(no.After)}
		b.log.Error("DingTalk refuses until this is mended; what is owed is kept", "api", api, "code", no.Code, "msg", no.Msg)
	case err == nil:
		for _, key := range []string{"", api} {
			if x := b.by[key]; x != nil && !(free && OutOfCalls(x.Why)) {
				delete(b.by, key)
				b.log.Warn("DingTalk takes calls again", "api", key, "code", x.Why.Code)
			}
		}
	}
}

func (b *blocks) list() []Block {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []Block
	for _, api := range slices.Sorted(maps.Keys(b.by)) {
		out = append(out, b.by[api].Block)
	}
	return out
}
