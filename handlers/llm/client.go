package llm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"duban/internal/zh/secrecy"
)

// The bounds of one call.
const (
	maxFacts  = 64 << 10 // bytes of facts; larger ones are not sent
	maxAnswer = 4 << 20  // bytes on the wire; one token of a stream takes some 300
	maxText   = 64 << 10 // bytes of content, thinking included
	maxTokens = 1500
	maxWords  = 3000 // bytes of words that are still a short summary
)

// What holds when Options leave it open.
const (
	defaultTimeout = 30 * time.Second
	defaultIdle    = 20 * time.Second
)

// Why words were not used. The caller sends its own text in each case.
var (
	// ErrOff: the switch is off; nothing was sent.
	ErrOff = errors.New("llm: switched off")
	// ErrEmpty: the facts count no task; nothing was sent.
	ErrEmpty = errors.New("llm: facts are empty")
	// ErrSensitive: the facts hold what must not leave; nothing was sent.
	ErrSensitive = errors.New("llm: facts hold sensitive text")
	// ErrTooLarge: the facts are more than a model should be sent; nothing was sent.
	ErrTooLarge = errors.New("llm: facts too large")
	// ErrBudget: the tokens of the day are used up; nothing was sent.
	ErrBudget = errors.New("llm: token budget of the day used up")
	// ErrBusy: too many summaries are waiting for the model; nothing was sent.
	ErrBusy = errors.New("llm: too many waiting")
	// ErrSlow: no whole answer within Options.Timeout.
	ErrSlow = errors.New("llm: no answer in time")
	// ErrIdle: the server fell silent for Options.Idle.
	ErrIdle = errors.New("llm: server fell silent")
	// ErrCutOff: the answer did not end by itself, or was empty or garbled.
	ErrCutOff = errors.New("llm: answer incomplete")
	// ErrUnusable: the connection or the answer cannot be used.
	ErrUnusable = errors.New("llm: connection or answer unusable")
)

// Options are how the model is reached and how much of it may be used.
type Options struct {
	BaseURL     string           // up to and including /v1, as the server wants it
	Key         string           // empty: no Authorization header
	Model       string           // sent as it is
	Timeout     time.Duration    // bound on one summary, waiting and retry included; 0 means 30 s
	Idle        time.Duration    // longest silence of the server; 0 means 20 s
	DailyTokens int              // a call begins only while tokens of the Beijing day are left; 0 means no limit
	Extra       map[string]any   // merged into the request body, e.g. enable_thinking: false
	Enabled     func() bool      // the switch, asked before each summary; nil means on
	Now         func() time.Time // names the day that tokens are counted for; without it counts never reset
	Tally       Tally            // counts for all processes and over restarts; nil: this process, from its start
	Secrecy     *secrecy.Gate    // what must not leave; nil means the list alone
	Log         *slog.Logger
}

// Client words summaries with one model, one at a time. It keeps no conversation; a
// few checked results are kept by the hash of what they were made from.
type Client struct {
	o     Options
	http  *http.Client
	meter *meter
	line  *line
	kept  *cache
}

// New returns a client; nothing is contacted yet.
func New(o Options) *Client {
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Idle <= 0 {
		o.Idle = defaultIdle
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.BaseURL = strings.TrimRight(o.BaseURL, "/")
	return &Client{
		o: o, meter: &meter{now: o.Now, tally: o.Tally, log: o.Log}, line: newLine(), kept: newCache(),
		http: &http.Client{
			Transport: &http.Transport{
				Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
				TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: o.Timeout, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute,
			},
			// A redirect would carry the key and the facts to a place nobody configured.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Close drops idle connections. The client stays usable.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Usage returns what was used of the model on the present Beijing day.
func (c *Client) Usage(ctx context.Context) Usage { return c.meter.usage(ctx) }

// Word asks the model to word the facts and checks all that it says against them. The
// error says why the words cannot be used; it never holds the model's or the server's
// text.
func (c *Client) Word(ctx context.Context, facts any, _ string) (string, error) {
	if c.o.Enabled != nil && !c.o.Enabled() {
		return "", ErrOff
	}
	data, err := c.gate(facts)
	if err != nil {
		return "", err
	}
	key := sha256.Sum256([]byte(c.o.Model + "\x00" + promptVersion + "\x00" + string(data)))
	if words, ok := c.kept.get(key); ok {
		return words, nil
	}
	ctx, cancel := context.WithTimeoutCause(ctx, c.o.Timeout, ErrSlow)
	defer cancel()
	if err := c.line.enter(ctx); err != nil {
		return "", err
	}
	defer c.line.leave()
	if words, ok := c.kept.get(key); ok {
		return words, nil // the one before asked the same
	}
	words, err := c.fresh(ctx, data, hex.EncodeToString(key[:6]))
	if err != nil {
		return "", err
	}
	c.kept.put(key, words)
	return words, nil
}

// fresh asks the model and settles its words, within the budget.
func (c *Client) fresh(ctx context.Context, data []byte, hash string) (string, error) {
	if !c.meter.left(ctx, c.o.DailyTokens) {
		return "", ErrBudget
	}
	words, tokens, err := c.ask(ctx, prompt, data)
	refused := false
	if err == nil {
		words, err = settle(words, data)
		refused = err != nil
	}
	c.meter.add(ctx, tokens, refused)
	c.o.Log.Info("model asked", "model", c.o.Model, "prompt", promptVersion, "input", hash,
		"facts_bytes", len(data), "tokens", tokens, "used", err == nil, "refused", refused)
	if err != nil {
		return "", err
	}
	return words, nil
}
