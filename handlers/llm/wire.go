package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// StatusError is an answer other than 200. The server's text is not kept: it may be a
// whole page or hold what was asked.
type StatusError struct {
	Code int
	wait time.Duration // what Retry-After asks for; -1 when it asks for too much
}

// Error names the status.
func (e *StatusError) Error() string { return fmt.Sprintf("llm: server answered %d", e.Code) }

// maxPause is the longest Retry-After that is worth waiting for within one summary.
const maxPause = 5 * time.Second

// again reports whether a second try makes sense: the server was busy or broken.
func (e *StatusError) again() bool {
	return e.wait >= 0 && (e.Code == http.StatusTooManyRequests || e.Code >= 500)
}

// retryAfter reads seconds. A date would need a clock that agrees with the server's,
// so it counts as too long.
func retryAfter(h string) time.Duration {
	if h == "" {
		return 500 * time.Millisecond
	}
	n, err := strconv.Atoi(strings.TrimSpace(h))
	if wait := time.Duration(n) * time.Second; err == nil && n >= 0 && n <= 60 && wait <= maxPause {
		return wait
	}
	return -1
}

// wire is what go-openai sends through, for one call: it adds the configured fields,
// lets no body but that of a 200 through, bounds it, and tells the watchdog of each
// sign of life.
type wire struct {
	http  *http.Client
	extra map[string]any
	dog   *watchdog
}

// Do sends the request.
func (w wire) Do(r *http.Request) (*http.Response, error) {
	if err := w.merge(r); err != nil {
		return nil, err
	}
	res, err := w.http.Do(r)
	if err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		err := &StatusError{Code: res.StatusCode, wait: retryAfter(res.Header.Get("Retry-After"))}
		if cerr := res.Body.Close(); cerr != nil {
			return nil, fmt.Errorf("%w; close: %w", err, cerr)
		}
		return nil, err
	}
	w.dog.alive()
	res.Body = &body{ReadCloser: res.Body, left: maxAnswer, dog: w.dog}
	return res, nil
}

// merge sets the configured fields of the body. What makes the call this call is not
// theirs to change.
func (w wire) merge(r *http.Request) error {
	if len(w.extra) == 0 || r.Body == nil {
		return nil
	}
	var fields map[string]any
	dec := json.NewDecoder(r.Body)
	dec.UseNumber()
	if err := dec.Decode(&fields); err != nil {
		return fmt.Errorf("llm: read own request: %w", err)
	}
	for k, v := range w.extra {
		if k != "messages" && k != "stream" {
			fields[k] = v
		}
	}
	data, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("llm: encode request: %w", err)
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	return nil
}

// body is an answer of bounded length that is watched. Going on for longer is an
// error and not an end, so that a cut answer never looks whole.
type body struct {
	io.ReadCloser
	left int
	dog  *watchdog
}

// Read reads on.
func (b *body) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, ErrCutOff
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	if n > 0 {
		b.dog.alive()
	}
	return n, err // io.EOF must stay itself
}

// watchdog ends a call whose server has been silent for too long.
type watchdog struct {
	timer *time.Timer
	idle  time.Duration
}

func watch(ctx context.Context, idle time.Duration) (context.Context, *watchdog, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	d := &watchdog{idle: idle, timer: time.AfterFunc(idle, func() { cancel(ErrIdle) })}
	return ctx, d, func() { d.timer.Stop(); cancel(nil) }
}

// alive starts the wait anew, unless it is over already.
func (d *watchdog) alive() {
	if d.timer.Stop() {
		d.timer.Reset(d.idle)
	}
}

// hurry shortens the patience: the words are whole, only the count is missing.
func (d *watchdog) hurry(most time.Duration) {
	d.idle = min(d.idle, most)
	d.alive()
}
