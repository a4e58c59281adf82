package zhengding

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

const (
	callTimeout = 8 * time.Second
	maxReply    = 1 << 20
)

// Codes of refusals that come from us and not from the platform.
const (
	codeHost    = "host"        // the webhook points to another host
	codeRate    = "rate"        // our own limits are used up
	codeRoute   = "no.route"    // no way to this room
	codeAccount = "bad.account" // an accountId is a number
	codeBad     = "bad.message" // the message itself is at fault
	codeLong    = "too.long"    // does not fit into the most messages we send
	codeNobody  = "no.person"   // the directory knows no such person
)

// call signs and makes one call of the gateway and returns the payload of its
// envelope. The error is a *bot.Refusal when the gateway said no or nothing was
// written; else the outcome is unknown.
func (c *Client) call(ctx context.Context, op, method, path string, params []Param) (json.RawMessage, error) {
	req, err := c.request(method, path, params)
	if err != nil {
		return nil, &bot.Refusal{Op: op, Code: codeBad, Msg: "address cannot be used"}
	}
	r, err := c.do(ctx, op, req)
	if err != nil {
		return nil, err
	}
	payload, err := c.read(op, r)
	c.heard(err)
	return payload, err
}

// request makes the signed request. What is sent is what was signed: the same
// parameters, in the same order.
func (c *Client) request(method, path string, params []Param) (*http.Request, error) {
	list := canonical(params)
	form := make([]string, len(list))
	for i, p := range list {
		form[i] = url.QueryEscape(p.Key) + "=" + url.QueryEscape(p.Value)
	}
	to, text := c.opt.Gateway+path, strings.Join(form, "&")
	if method == http.MethodGet && text != "" {
		to, text = to+"?"+text, ""
	}
	req, err := http.NewRequest(method, to, strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	}
	stamp, nonce := beijing(c.opt.Now()).Format(stampLayout), c.opt.Nonce()
	req.Header["apiKey"] = []string{c.opt.AppKey} // spelled as the gateway's own clients do
	req.Header.Set("X-Hmac-Auth-Timestamp", stamp)
	req.Header.Set("X-Hmac-Auth-Version", "1.0")
	req.Header.Set("X-Hmac-Auth-Nonce", nonce)
	req.Header.Set("X-Hmac-Auth-Signature", Sign(c.opt.AppSecret, method, stamp, nonce, path, list))
	if at := c.opt.SendIPMAC; at.IP != "" {
		req.Header.Set("X-Hmac-Auth-IP", at.IP)
		req.Header.Set("X-Hmac-Auth-MAC", at.MAC)
	}
	return req, nil
}

// newNonce is 13 digits of time and 4 of chance.
func newNonce(now func() time.Time) func() string {
	return func() string {
		n, err := rand.Int(rand.Reader, big.NewInt(10000))
		if err != nil {
			n = new(big.Int) // cannot happen since Go 1.24; the time alone would still do
		}
		return fmt.Sprintf("%s%04d", strconv.FormatInt(now().UnixMilli(), 10), n)
	}
}

// do makes a request and reads a bounded reply within callTimeout.
func (c *Client) do(ctx context.Context, op string, req *http.Request) (wire.Reply, error) {
	req.Header.Set("Accept", "application/json")
	return wire.Do(ctx, c.http, op, req, maxReply, callTimeout)
}
