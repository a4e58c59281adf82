// Package wire makes one HTTP call of a platform within bounds and says of one that
// failed whether anything can have been delivered; its windows keep calls within a
// platform's rate. In go requests, out come replies, refusals or ErrUnknown. It knows
// no platform, and no address stands in its errors.
package wire

import (
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

// ErrUnknown: nobody can say whether the message was delivered.
var ErrUnknown = errors.New("bot/wire: outcome unknown")

// ErrTooLarge: the reply has more bytes than the call allows. It comes with ErrUnknown.
var ErrTooLarge = errors.New("bot/wire: reply too large")

// CodeUnsent is the refusal of a call that was never written.
const CodeUnsent = "unsent"

// AfterBusy is how long to stay away from a platform that is busy or out of reach.
const AfterBusy = 5 * time.Second

// Reply is what came back.
type Reply struct {
	Status int
	Body   []byte
}

// Do makes a request and reads a reply of at most max bytes within limit. The error is
// a *bot.Refusal when nothing was written, so that the message is certainly not
// delivered; otherwise it is ErrUnknown.
func Do(ctx context.Context, client *http.Client, op string, req *http.Request, max int64, limit time.Duration) (Reply, error) {
	var written atomic.Bool
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	trace := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { written.Store(true) }})
	resp, err := client.Do(req.WithContext(trace))
	if err != nil {
		return Reply{}, failed(op, err, written.Load())
	}
	defer Drop(resp.Body)
	got, err := io.ReadAll(io.LimitReader(resp.Body, max+1))
	if err != nil {
		return Reply{}, failed(op, err, true)
	}
	if int64(len(got)) > max {
		return Reply{}, fmt.Errorf("%w: %s: %w", ErrUnknown, op, ErrTooLarge)
	}
	return Reply{Status: resp.StatusCode, Body: got}, nil
}

// Drop closes a body that has been read as far as wanted.
func Drop(body io.Closer) {
	_ = body.Close() // the reply is in hand; a failing close only costs the connection
}

// failed leaves out the address that net/http puts into its errors: webhook addresses
// are secrets.
func failed(op string, err error, written bool) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	if written {
		return fmt.Errorf("%w: %s: %w", ErrUnknown, op, err)
	}
	return Unsent(op, err)
}

// Unsent says that certainly nothing was delivered, for the cause given: trying again
// is safe.
func Unsent(op string, cause error) error {
	no := &bot.Refusal{Op: op, Code: CodeUnsent, Msg: "nothing was delivered", Retry: true, After: AfterBusy}
	return fmt.Errorf("bot/wire: %w: %w", no, cause)
}
