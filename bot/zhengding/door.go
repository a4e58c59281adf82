package zhengding

import (
	"context"
	"crypto/hmac"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

// SchemeDingTalk is the one signature scheme that the Door knows: the headers
// timestamp and sign of the public DingTalk, made with the robot's secret. That this
// platform uses it is not verified.
const SchemeDingTalk = "dingtalk"

// DefaultMaxBody bounds a push.
const DefaultMaxBody = 1 << 20

// maxSkew is how far a push's timestamp may lie from our clock, both ways.
const maxSkew = time.Hour

// What became of a push, as told to DoorOptions.Observe.
const (
	ResultTaken    = "taken"     // 200: received
	ResultMethod   = "method"    // 405
	ResultTooLarge = "too_large" // 413
	ResultUnsigned = "unsigned"  // 401: signature or timestamp
	ResultBad      = "bad"       // 400: no message
	ResultBusy     = "busy"      // 503: not taken, to be sent again
)

var errScheme = errors.New("zhengding: inbound knows the scheme \"dingtalk\" only")

// Taker takes what people say; bot.Intake is one. An error means that the message was
// not received and may come again.
type Taker interface {
	Take(ctx context.Context, m bot.Message) error
}

// DoorOptions are the settings of the door.
type DoorOptions struct {
	Inbound string // the signature scheme; must be SchemeDingTalk
	Secret  string // of the robot; empty refuses every push
	BotName string // to strip its mention; may be empty
	Taker   Taker
	Now     func() time.Time
	Log     *slog.Logger
	MaxBody int64 // 0 means DefaultMaxBody
	Observe func(result string, took time.Duration)
}

// Door takes robot callbacks. Nothing of their wire is verified for this platform, so
// there is a door only where the configuration names a scheme. It looks at nothing of
// a body before its signature is verified, and answers 200 only when the Taker has
// taken the message. The server around it must set a read timeout.
type Door struct {
	opt   DoorOptions
	noise wire.Window // of log lines about strangers
}

// strangersLogged bounds the log lines a minute that anyone on the network can cause;
// Observe counts them all.
const strangersLogged = 10

// NewDoor makes a door, or an error where no known scheme is named.
func NewDoor(o DoorOptions) (*Door, error) {
	if o.Inbound != SchemeDingTalk {
		return nil, errScheme
	}
	if o.Taker == nil || o.Now == nil || o.Log == nil {
		return nil, errors.New("zhengding: the door needs a taker, a clock and a log")
	}
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.Observe == nil {
		o.Observe = func(string, time.Duration) {}
	}
	return &Door{opt: o, noise: wire.Window{Max: strangersLogged, Span: time.Minute}}, nil
}

// ServeHTTP answers 200, 400, 401, 405, 413 or 503; see the Result constants.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := d.opt.Now()
	status, result := d.serve(w, r, start)
	if status != http.StatusOK {
		w.WriteHeader(status) // without a word: who may know why has the log
	}
	d.opt.Observe(result, d.opt.Now().Sub(start))
}

// serve takes a push; only the good answer is written here.
func (d *Door) serve(w http.ResponseWriter, r *http.Request, now time.Time) (int, string) {
	switch {
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		return http.StatusMethodNotAllowed, ResultMethod
	case r.ContentLength > d.opt.MaxBody:
		d.stranger(now, "push refused: too large", "bytes", r.ContentLength, "from", r.RemoteAddr)
		return http.StatusRequestEntityTooLarge, ResultTooLarge
	case !Verify(d.opt.Secret, only(r.Header.Values("timestamp")), only(r.Header.Values("sign")), now):
		d.stranger(now, "push refused: signature", "from", r.RemoteAddr)
		return http.StatusUnauthorized, ResultUnsigned
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, d.opt.MaxBody+1))
	switch {
	case err != nil:
		d.stranger(now, "push not read", "err", err)
		return http.StatusBadRequest, ResultBad
	case int64(len(body)) > d.opt.MaxBody:
		d.stranger(now, "push refused: too large", "over", d.opt.MaxBody, "from", r.RemoteAddr)
		return http.StatusRequestEntityTooLarge, ResultTooLarge
	}
	m, err := Decode(body, d.opt.BotName, now)
	if err != nil {
		d.opt.Log.Warn("push not understood", "bytes", len(body), "err", err)
		return http.StatusBadRequest, ResultBad
	}
	if err := d.opt.Taker.Take(r.Context(), m); err != nil {
		d.opt.Log.Warn("push not taken", "message", m.ID, "err", err)
		w.Header().Set("Retry-After", "1")
		return http.StatusServiceUnavailable, ResultBusy
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if _, err := io.WriteString(w, `{"msgtype":"empty"}`); err != nil {
		d.opt.Log.Info("answer to push not written", "message", m.ID, "err", err)
	}
	return http.StatusOK, ResultTaken
}

// stranger logs what anyone on the network can cause, so many times a minute.
func (d *Door) stranger(now time.Time, msg string, args ...any) {
	if d.noise.Take(now, 1) == 0 {
		d.opt.Log.Warn(msg, args...)
	}
}

// Verify reports whether sign was made with secret for stamp (Unix milliseconds) and
// stamp lies within an hour of now. An empty secret verifies nothing.
func Verify(secret, stamp, sign string, now time.Time) bool {
	if secret == "" || len(stamp) > 15 || !account(stamp) { // plain digits: ParseInt would take a sign in front
		return false
	}
	ms, err := strconv.ParseInt(stamp, 10, 64)
	if age := now.Sub(time.UnixMilli(ms)); err != nil || age > maxSkew || age < -maxSkew {
		return false
	}
	return hmac.Equal([]byte(SignRobot(secret, stamp)), []byte(sign))
}

// only wants exactly one value: with two, others might look at the wrong one.
func only(values []string) string {
	if len(values) != 1 {
		return ""
	}
	return values[0]
}
