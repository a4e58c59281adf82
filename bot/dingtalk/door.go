package dingtalk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

// DefaultMaxBody bounds a push: 1 MiB, far above what DingTalk sends.
const DefaultMaxBody = 1 << 20

// What became of a push, as told to DoorOptions.Observe.
const (
	ResultTaken    = "taken"     // 200: received
	ResultMethod   = "method"    // 405
	ResultTooLarge = "too_large" // 413
	ResultUnsigned = "unsigned"  // 401: signature or timestamp
	ResultBad      = "bad"       // 400: no JSON, no message id
	ResultBusy     = "busy"      // 503: not taken, to be sent again
)

// DoorOptions are the settings of the HTTP door.
type DoorOptions struct {
	Secret       string // the app's secret; empty refuses every push
	RobotCode    string // pushes naming another robot are logged; empty does not look
	BotName      string // the robot's name in groups, to strip its mention; may be empty
	Taker        Taker
	Now          func() time.Time
	Log          *slog.Logger
	MaxBody      int64    // 0 means DefaultMaxBody
	SessionHosts []string // hosts or base URLs that a session webhook may point to, beside DefaultOAPIBase
	Observe      func(result string, took time.Duration)
}

// Door takes DingTalk's robot callbacks (POST /dingtalk/robot). It looks at nothing
// of a body before its signature is verified, and answers 200 only when the Taker has
// taken the message. The server around it must set a read timeout.
type Door struct {
	opt   DoorOptions
	signs *verifier
	in    *receiver
	noise wire.Window // of log lines about strangers
	bufs  sync.Pool
}

// NewDoor makes a door. Session hosts that are no addresses are left out and logged,
// so that webhooks to them are refused.
func NewDoor(o DoorOptions) *Door {
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.Observe == nil {
		o.Observe = func(string, time.Duration) {}
	}
	d := &Door{
		opt: o, signs: newVerifier(o.Secret), noise: wire.Window{Max: strangersLogged, Span: time.Minute},
		in: newReceiver(o.BotName, o.RobotCode, o.SessionHosts, o.Log),
	}
	d.bufs.New = func() any { return new(bytes.Buffer) }
	return d
}

// ServeHTTP answers 200, 400, 401, 405, 413 or 503; see the Result constants.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := d.opt.Now()
	result := d.serve(w, r, start)
	d.opt.Observe(result, d.opt.Now().Sub(start))
}

// serve does the work of ServeHTTP and returns what became of the push.
func (d *Door) serve(w http.ResponseWriter, r *http.Request, now time.Time) string {
	switch {
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		return refuse(w, http.StatusMethodNotAllowed, ResultMethod)
	case r.ContentLength > d.opt.MaxBody:
		d.stranger(now, "push refused: too large", "bytes", r.ContentLength, "from", r.RemoteAddr)
		return refuse(w, http.StatusRequestEntityTooLarge, ResultTooLarge)
	case !d.signs.verify(only(r.Header["Timestamp"]), only(r.Header["Sign"]), now):
		d.stranger(now, "push refused: signature", "from", r.RemoteAddr)
		return refuse(w, http.StatusUnauthorized, ResultUnsigned)
	}
	body, err := d.read(r.Body)
	if errors.Is(err, errTooLarge) {
		d.stranger(now, "push refused: too large", "over", d.opt.MaxBody, "from", r.RemoteAddr)
		return refuse(w, http.StatusRequestEntityTooLarge, ResultTooLarge)
	}
	if err != nil {
		d.stranger(now, "push not read", "err", err)
		return refuse(w, http.StatusBadRequest, ResultBad)
	}
	m, err := d.in.message(body, now)
	if err != nil {
		d.opt.Log.Warn("push not understood", "bytes", len(body), "err", err)
		return refuse(w, http.StatusBadRequest, ResultBad)
	}
	return d.hand(r.Context(), w, m)
}

// strangersLogged bounds the log lines a minute that anyone on the network can cause;
// Observe counts them all.
const strangersLogged = 10

func (d *Door) stranger(now time.Time, msg string, args ...any) {
	if d.noise.Take(now, 1) == 0 {
		d.opt.Log.Warn(msg, args...)
	}
}

// hand gives the message in and answers by what became of it.
func (d *Door) hand(ctx context.Context, w http.ResponseWriter, m bot.Message) string {
	if err := d.opt.Taker.Take(ctx, m); err != nil {
		d.opt.Log.Warn("push not taken", "message", m.ID, "err", err)
		w.Header().Set("Retry-After", "1")
		return refuse(w, http.StatusServiceUnavailable, ResultBusy)
	}
	h := w.Header()
	h["Content-Type"], h["Content-Length"] = jsonType, emptyLength
	if _, err := w.Write(emptyReply); err != nil {
		d.opt.Log.Info("answer to push not written", "message", m.ID, "err", err)
	}
	return ResultTaken
}

// The one good answer, made once: its header slices are never written to.
var (
	emptyReply  = []byte(`{"msgtype":"empty"}`)
	emptyLength = []string{"19"}
	jsonType    = []string{"application/json; charset=utf-8"}
)

var errTooLarge = errors.New("dingtalk: push too large")

// keepBuf is the largest buffer worth keeping for the next push.
const keepBuf = 64 << 10

// read reads at most MaxBody bytes; a chunked body states no length.
func (d *Door) read(r io.Reader) (string, error) {
	buf := d.bufs.Get().(*bytes.Buffer)
	defer func() {
		if buf.Cap() <= keepBuf {
			buf.Reset()
			d.bufs.Put(buf)
		}
	}()
	n, err := buf.ReadFrom(io.LimitReader(r, d.opt.MaxBody+1))
	if n > d.opt.MaxBody {
		return "", errTooLarge
	}
	if err != nil {
		return "", fmt.Errorf("dingtalk: push body: %w", err)
	}
	return buf.String(), nil
}

// refuse answers without a word of explanation: who may know it has the log.
func refuse(w http.ResponseWriter, status int, result string) string {
	w.Header().Set("Content-Length", "0")
	if status == http.StatusRequestEntityTooLarge {
		w.Header().Set("Connection", "close")
	}
	w.WriteHeader(status)
	return result
}

// only wants exactly one value: with two, others might look at the wrong one.
func only(values []string) string {
	if len(values) != 1 {
		return ""
	}
	return values[0]
}
