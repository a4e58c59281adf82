package dingtalk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"duban/bot"
)

const (
	callTimeout = 8 * time.Second // DingTalk's own gateway gives up after 3 s
	fileTimeout = time.Minute     // files have up to 20 MB
	maxReply    = 1 << 20
)

// Codes of refusals that come from us and not from DingTalk.
const (
	codeUnsent = "unsent"      // the request was never written
	codeHost   = "host"        // the webhook points to no host of the platform
	codeRate   = "rate"        // our own window is full
	codeRoute  = "no.route"    // no way to this room or person
	codeLong   = "too.long"    // does not fit into the most pages we send
	codeBad    = "bad.message" // the message itself is at fault
)

// reply is what came back.
type reply struct {
	status int
	body   []byte
}

// post sends one JSON body. The error is a *bot.Refusal when nothing was written, so
// that the message is certainly not delivered; otherwise the outcome is unknown.
func (c *Client) post(ctx context.Context, op, to string, header http.Header, body []byte) (reply, error) {
	req, err := http.NewRequest(http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return reply{}, &bot.Refusal{Op: op, Code: codeBad, Msg: "address cannot be used"}
	}
	for k, v := range header {
		req.Header[k] = v
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	return c.do(ctx, op, req, maxReply, callTimeout)
}

// do makes a request and reads a reply of at most max bytes within limit.
func (c *Client) do(ctx context.Context, op string, req *http.Request, max int64, limit time.Duration) (reply, error) {
	var written atomic.Bool
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	trace := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { written.Store(true) }})
	resp, err := c.http.Do(req.WithContext(trace))
	if err != nil {
		return reply{}, sendError(op, err, written.Load())
	}
	defer drop(resp.Body)
	got, err := io.ReadAll(io.LimitReader(resp.Body, max+1))
	if err != nil {
		return reply{}, sendError(op, err, true)
	}
	if int64(len(got)) > max {
		return reply{}, fmt.Errorf("%w: %s: %w", errUnknown, op, errReplyTooLarge)
	}
	return reply{status: resp.StatusCode, body: got}, nil
}

var errReplyTooLarge = errors.New("dingtalk: reply too large")

// drop closes a body that has been read as far as wanted.
func drop(body io.Closer) {
	_ = body.Close() // the reply is in hand; a failing close only costs the connection
}

// sendError leaves out the address that net/http puts into its errors: webhook
// addresses are secrets.
func sendError(op string, err error, written bool) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	if written {
		return fmt.Errorf("%w: %s: %w", errUnknown, op, err)
	}
	no := &bot.Refusal{Op: op, Code: codeUnsent, Msg: "request not written", Retry: true, After: afterBusy}
	return fmt.Errorf("dingtalk: %w: %w", no, err)
}
