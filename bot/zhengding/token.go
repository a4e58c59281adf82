package zhengding

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

// refreshEarly is how long before its end a token is renewed.
const refreshEarly = 5 * time.Minute

// tokens keeps the access token. One caller at a time fetches, the others wait and
// find what it has brought.
type tokens struct {
	turn chan struct{} // holds one: the right to fetch

	mu    sync.Mutex
	token string
	until time.Time
}

func newTokens() *tokens { return &tokens{turn: make(chan struct{}, 1)} }

// fresh returns the token when it is good for a while yet.
func (t *tokens) fresh(now time.Time) (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.token, t.token != "" && now.Before(t.until.Add(-refreshEarly))
}

// Token returns the app's access token, which calls of the login family take as
// access_token. Sending needs none: every call is signed.
func (c *Client) Token(ctx context.Context) (string, error) {
	if token, ok := c.tokens.fresh(c.opt.Now()); ok {
		return token, nil
	}
	select {
	case c.tokens.turn <- struct{}{}:
		defer func() { <-c.tokens.turn }()
	case <-ctx.Done():
		return "", wire.Unsent(opToken, ctx.Err())
	}
	if token, ok := c.tokens.fresh(c.opt.Now()); ok {
		return token, nil // someone else fetched it meanwhile
	}
	token, life, err := c.fetchToken(ctx)
	if err != nil {
		return "", err
	}
	c.tokens.mu.Lock()
	defer c.tokens.mu.Unlock()
	c.tokens.token, c.tokens.until = token, c.opt.Now().Add(life)
	return token, nil
}

// fetchToken asks for a token. The signature proves who asks; the secret itself
// travels only where the deployment insists on it.
func (c *Client) fetchToken(ctx context.Context) (string, time.Duration, error) {
	method, params := http.MethodGet, []Param(nil)
	if c.opt.TokenByForm {
		method, params = http.MethodPost, []Param{{"appkey", c.opt.AppKey}, {"appsecret", c.opt.AppSecret}}
	}
	payload, err := c.call(ctx, opToken, method, "/gettoken.json", params)
	if err != nil {
		return "", 0, err
	}
	var got struct {
		Token   loose `json:"accessToken"`
		Seconds loose `json:"expiresIn"`
	}
	life, bad := 0, json.Unmarshal(payload, &got) != nil
	if !bad {
		life, err = strconv.Atoi(string(got.Seconds))
	}
	if bad || err != nil || got.Token == "" || life <= 0 {
		return "", 0, &bot.Refusal{Op: opToken, Code: "no.token", Msg: "reply without a usable token", Retry: true, After: wire.AfterBusy}
	}
	return string(got.Token), time.Duration(life) * time.Second, nil
}

// Check asks for an access token: nil means that the gateway answers and takes the
// app's key and signature. It does not prove that the tenant is right or that the app
// may send; only a message does.
func (c *Client) Check(ctx context.Context) error {
	_, err := c.Token(ctx)
	return err
}
