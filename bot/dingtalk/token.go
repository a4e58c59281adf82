package dingtalk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

const opToken = "token"

// refreshEarly is how long before its end a token is renewed.
const refreshEarly = 5 * time.Minute

// tokens keeps one access token and lets one caller at a time fetch a new one; the
// others wait for it and share its outcome.
type tokens struct {
	fetch func(ctx context.Context) (token string, life time.Duration, err error)
	now   func() time.Time
	log   *slog.Logger
	turn  chan struct{} // holds one token: the right to fetch

	mu    sync.Mutex
	token string
	until time.Time
	round int   // counts fetches
	err   error // of the last fetch
}

func newTokens(fetch func(context.Context) (string, time.Duration, error), now func() time.Time, log *slog.Logger) *tokens {
	return &tokens{fetch: fetch, now: now, log: log, turn: make(chan struct{}, 1)}
}

// get returns a token that is good for minutes, or the old one while it lasts when
// DingTalk gives no new one.
func (t *tokens) get(ctx context.Context) (string, error) {
	token, until, round, _ := t.state()
	if token != "" && t.now().Before(until.Add(-refreshEarly)) {
		return token, nil
	}
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return "", wire.Unsent(opToken, ctx.Err())
	}
	if token, until, now, err := t.state(); now != round { // someone else fetched meanwhile
		return usable(token, until, t.now(), err)
	}
	err := t.renew(ctx)
	token, until, _, _ = t.state()
	if err != nil && token != "" {
		t.log.Warn("access token not renewed", "err", err)
	}
	return usable(token, until, t.now(), err)
}

func usable(token string, until, now time.Time, err error) (string, error) {
	if token != "" && now.Before(until) {
		return token, nil
	}
	if err == nil {
		err = &bot.Refusal{Op: opToken, Code: wire.CodeUnsent, Msg: "token ended on arrival", Retry: true, After: wire.AfterBusy}
	}
	return "", err
}

// renew is called by the holder of the turn only.
func (t *tokens) renew(ctx context.Context) error {
	token, life, err := t.fetch(ctx)
	t.mu.Lock()
	defer t.mu.Unlock()
	if ctx.Err() == nil {
		t.round++ // one caller's cancelled fetch says nothing to the others
	}
	t.err = err
	if err == nil {
		t.token, t.until = token, t.now().Add(life)
	}
	return err
}

func (t *tokens) state() (token string, until time.Time, round int, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.token, t.until, t.round, t.err
}

// drop forgets a token that DingTalk refused, unless a newer one is already here.
func (t *tokens) drop(token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.token == token {
		t.token, t.until = "", time.Time{}
	}
}

// fetchToken asks for an access token by the app's key and secret.
func (c *Client) fetchToken(ctx context.Context) (string, time.Duration, error) {
	body, err := json.Marshal(struct {
		Key    string `json:"appKey"`
		Secret string `json:"appSecret"`
	}{c.opt.ClientID, c.opt.Secret})
	if err != nil {
		return "", 0, fmt.Errorf("dingtalk: token: %w", err)
	}
	r, err := c.post(ctx, opToken, c.opt.APIBase+"/v1.0/oauth2/accessToken", nil, body)
	if err == nil {
		err = apiRefusal(opToken, r)
	}
	if no := (*bot.Refusal)(nil); errors.As(err, &no) && !no.Retry { // whatever its code: the app itself is refused
		no.Blocked, no.After = true, max(no.After, afterConfig)
	}
	if err != nil {
		return "", 0, notDelivered(opToken, err)
	}
	got := object[struct {
		Token loose  `json:"accessToken"`
		Life  millis `json:"expireIn"` // seconds
	}](json.RawMessage(r.Body))
	if got.Token == "" {
		return "", 0, &bot.Refusal{Op: opToken, Code: wire.CodeUnsent, Msg: "reply without a token", Retry: true, After: wire.AfterBusy}
	}
	return string(got.Token), time.Duration(got.Life) * time.Second, nil
}
