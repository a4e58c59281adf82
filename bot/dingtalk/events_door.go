package dingtalk

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"duban/bot/wire"
)

// eventPatience bounds handling one event: DingTalk counts the push as failed after 1.5 s.
const eventPatience = 1200 * time.Millisecond

// EventDoorOptions are the settings of the HTTP door of events.
type EventDoorOptions struct {
	Keys *EventKeys // nil refuses every push
	// Handle takes one event; it must return when ctx ends. An error makes DingTalk send
	// it again. The console's try of the address does not come to it.
	Handle  func(ctx context.Context, e Event) error
	Random  io.Reader // crypto/rand.Reader
	Now     func() time.Time
	Log     *slog.Logger
	Observe func(result string, took time.Duration) // may be nil
}

// EventDoor takes encrypted event pushes (POST /dingtalk/event). Nothing is decrypted
// before its signature is verified. The server around it must set a read timeout.
type EventDoor struct {
	opt   EventDoorOptions
	noise wire.Window // of log lines about strangers
}

// NewEventDoor makes a door.
func NewEventDoor(o EventDoorOptions) *EventDoor {
	if o.Observe == nil {
		o.Observe = func(string, time.Duration) {}
	}
	return &EventDoor{opt: o, noise: wire.Window{Max: strangersLogged, Span: time.Minute}}
}

// ServeHTTP answers 200 with the encrypted "success", or 400, 401, 405, 413 or 503;
// see the Result constants.
func (d *EventDoor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := d.opt.Now()
	result := d.serve(w, r, start)
	d.opt.Observe(result, d.opt.Now().Sub(start))
}

func (d *EventDoor) serve(w http.ResponseWriter, r *http.Request, now time.Time) string {
	switch {
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		return refuse(w, http.StatusMethodNotAllowed, ResultMethod)
	case r.ContentLength > 2*maxEventBody:
		return refuse(w, http.StatusRequestEntityTooLarge, ResultTooLarge)
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 2*maxEventBody+1))
	if len(body) > 2*maxEventBody {
		return refuse(w, http.StatusRequestEntityTooLarge, ResultTooLarge)
	}
	if err != nil {
		d.stranger(now, "event not read", "err", err)
		return refuse(w, http.StatusBadRequest, ResultBad)
	}
	var in struct {
		Encrypt loose `json:"encrypt"`
	}
	if err := json.Unmarshal(body, &in); err != nil || in.Encrypt == "" {
		d.stranger(now, "event not understood", "bytes", len(body))
		return refuse(w, http.StatusBadRequest, ResultBad)
	}
	q := r.URL.Query()
	// The prose of the documents names the one, their code reads the other.
	sign := cmp.Or(only(q["msg_signature"]), only(q["signature"]))
	stamp := only(q["timestamp"])
	if d.opt.Keys == nil || !fresh(stamp, now) || !d.opt.Keys.Verify(sign, stamp, only(q["nonce"]), string(in.Encrypt)) {
		d.stranger(now, "event refused: signature", "from", r.RemoteAddr)
		return refuse(w, http.StatusUnauthorized, ResultUnsigned)
	}
	return d.open(r.Context(), w, string(in.Encrypt))
}

// open decrypts a verified push and hands the event in.
func (d *EventDoor) open(ctx context.Context, w http.ResponseWriter, encrypted string) string {
	plain, err := d.opt.Keys.Decrypt(encrypted)
	var e Event
	if err == nil {
		e, err = decodeEvent(plain)
	}
	if err != nil {
		d.opt.Log.Warn("event not understood", "err", err)
		return refuse(w, http.StatusBadRequest, ResultBad)
	}
	if e.Type != EventCheckURL {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), eventPatience)
		defer cancel()
		if err := d.opt.Handle(ctx, e); err != nil {
			d.opt.Log.Warn("event not taken", "event", e.ID, "type", e.Type, "err", err)
			return refuse(w, http.StatusServiceUnavailable, ResultBusy)
		}
	}
	reply, err := d.success()
	if err != nil {
		d.opt.Log.Error("event not answered", "event", e.ID, "err", err)
		return refuse(w, http.StatusServiceUnavailable, ResultBusy)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if _, err := w.Write(reply); err != nil {
		d.opt.Log.Info("answer to event not written", "event", e.ID, "err", err)
	}
	return ResultTaken
}

// success is the answer that DingTalk wants: the word, encrypted and signed anew.
func (d *EventDoor) success() ([]byte, error) {
	encrypted, err := d.opt.Keys.Encrypt([]byte("success"), d.opt.Random)
	if err != nil {
		return nil, err
	}
	stamp := strconv.FormatInt(d.opt.Now().UnixMilli(), 10)
	nonce := stamp[len(stamp)-8:] // the random bytes inside make each answer new
	return encode(struct {
		Sign    string `json:"msg_signature"`
		Stamp   string `json:"timeStamp"`
		Nonce   string `json:"nonce"`
		Encrypt string `json:"encrypt"`
	}{d.opt.Keys.Sign(stamp, nonce, encrypted), stamp, nonce, encrypted})
}

func (d *EventDoor) stranger(now time.Time, msg string, args ...any) {
	if d.noise.Take(now, 1) == 0 {
		d.opt.Log.Warn(msg, args...)
	}
}
