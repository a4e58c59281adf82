package dingtalk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

// oapiCall is one POST of the old API, which wants its token in the query and answers
// 200 to everything.
type oapiCall struct {
	op          string
	path        string
	contentType string
	body        []byte
	limit       time.Duration
	free        bool // of the monthly budget
}

// oapi makes one call, within our own rate; a refused token is replaced once.
func (c *Client) oapi(ctx context.Context, a oapiCall) (wire.Reply, error) {
	if err := c.blocks.admit(a.op, a.path, a.free, c.opt.Now()); err != nil {
		return wire.Reply{}, err
	}
	r, token, err := c.callOAPI(ctx, a)
	if staleToken(err) && token != "" {
		c.tokens.drop(token)
		r, _, err = c.callOAPI(ctx, a)
	}
	c.blocks.heard(a.path, a.free, err, c.opt.Now())
	return r, refusedAnew(err)
}

// callOAPI returns the token it used, "" when it came to none.
func (c *Client) callOAPI(ctx context.Context, a oapiCall) (wire.Reply, string, error) {
	token, err := c.tokens.get(ctx)
	if err != nil {
		return wire.Reply{}, "", err
	}
	if err := c.admit(a.op, a.path, a.free); err != nil {
		return wire.Reply{}, token, err
	}
	to := strings.TrimRight(c.opt.OAPIBase, "/") + a.path + "?access_token=" + url.QueryEscape(token)
	req, err := http.NewRequest(http.MethodPost, to, bytes.NewReader(a.body))
	if err != nil {
		return wire.Reply{}, token, &bot.Refusal{Op: a.op, Code: codeBad, Msg: "address cannot be used"}
	}
	req.Header.Set("Content-Type", a.contentType)
	req.Header.Set("Accept", "application/json")
	r, err := wire.Do(ctx, c.http, a.op, req, maxReply, a.limit)
	if err == nil {
		err = oapiRefusal(a.op, r)
	}
	if !a.free {
		c.budget.heard(err, c.opt.Now())
	}
	return r, token, err
}

// ask makes a free call about people with a JSON body and reads its result. It changes
// nothing anywhere, so every failure is a refusal.
func (c *Client) ask(ctx context.Context, op, path string, body, into any) error {
	data, err := encode(body)
	if err != nil {
		return fmt.Errorf("dingtalk: %s: %w", op, err)
	}
	r, err := c.oapi(ctx, oapiCall{op: op, path: path, contentType: "application/json", body: data, limit: callTimeout, free: true})
	if err != nil {
		return notDelivered(op, err)
	}
	got := struct {
		Result any `json:"result"`
	}{into}
	if err := json.Unmarshal(r.Body, &got); err != nil {
		return notDelivered(op, fmt.Errorf("%s: reply: %w", op, err))
	}
	return nil
}
