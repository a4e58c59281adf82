package zhengding

import (
	"errors"
	"sync"
	"time"

	"duban/bot"
)

// Block is that the gateway refuses every call, whatever it asks, until somebody mends
// the secret, the clock or a proxy.
type Block struct {
	Why   *bot.Refusal
	Since time.Time
}

// Blocked is what is refused now; false when nothing is.
func (c *Client) Blocked() (Block, bool) {
	c.blocked.mu.Lock()
	defer c.blocked.mu.Unlock()
	if c.blocked.why == nil {
		return Block{}, false
	}
	return Block{c.blocked.why, c.blocked.since}, true
}

// blocked keeps since when the gateway refuses everything.
type blocked struct {
	mu    sync.Mutex
	why   *bot.Refusal
	since time.Time
}

// heard learns from the outcome of a call of the gateway.
func (c *Client) heard(err error) {
	b := &c.blocked
	b.mu.Lock()
	defer b.mu.Unlock()
	var no *bot.Refusal
	switch {
	case errors.As(err, &no) && no.Blocked:
		if b.why == nil {
			b.why, b.since = no, c.opt.Now()
			c.opt.Log.Error("政务钉钉 refuses until this is mended; what is owed is kept", "code", no.Code, "msg", no.Msg)
		}
	case err == nil && b.why != nil:
		c.opt.Log.Warn("政务钉钉 takes calls again", "code", b.why.Code)
		b.why = nil
	}
}
