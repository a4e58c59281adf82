package dingtalk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"duban/bot/wire"
)

// pressTime bounds deciding one press: DingTalk shows an error after two seconds.
const pressTime = 1500 * time.Millisecond

// CardDoorOptions are the settings of the HTTP door of card callbacks.
type CardDoorOptions struct {
	Secret string // the apiSecret given to RegisterCallback; empty refuses every press
	// Handle decides a press; Presses.Handle is one. It must return when ctx ends, which
	// is before DingTalk stops waiting.
	Handle  func(ctx context.Context, p CardPress) (CardAnswer, error)
	Now     func() time.Time
	Log     *slog.Logger
	Observe func(result string, took time.Duration) // may be nil
}

// CardDoor takes presses of card buttons (POST /dingtalk/card). DingTalk's signature
// covers the timestamp and nothing of the body: what the body says is trusted only as
// far as the signed words of our own buttons go, see PressMessage. The server around
// it must set a read timeout.
type CardDoor struct {
	opt   CardDoorOptions
	noise wire.Window // of log lines about strangers
}

// NewCardDoor makes a door.
func NewCardDoor(o CardDoorOptions) *CardDoor {
	if o.Observe == nil {
		o.Observe = func(string, time.Duration) {}
	}
	return &CardDoor{opt: o, noise: wire.Window{Max: strangersLogged, Span: time.Minute}}
}

// CardSign is the signature of a card callback: Base64(HMAC-SHA256(secret, stamp)).
func CardSign(secret, stamp string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// ServeHTTP answers 200 with what changes on the card, or 400, 401, 405, 413 or 503,
// which DingTalk shows to the person as an error; see the Result constants.
func (d *CardDoor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := d.opt.Now()
	result := d.serve(w, r, start)
	d.opt.Observe(result, d.opt.Now().Sub(start))
}

func (d *CardDoor) serve(w http.ResponseWriter, r *http.Request, now time.Time) string {
	stamp, sign := only(r.Header.Values("X-Ddpaas-Signature-Timestamp")), only(r.Header.Values("X-Ddpaas-Signature"))
	switch {
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		return refuse(w, http.StatusMethodNotAllowed, ResultMethod)
	case r.ContentLength > maxPress:
		d.stranger(now, "press refused: too large", "bytes", r.ContentLength, "from", r.RemoteAddr)
		return refuse(w, http.StatusRequestEntityTooLarge, ResultTooLarge)
	case d.opt.Secret == "" || !fresh(stamp, now) || !hmac.Equal([]byte(CardSign(d.opt.Secret, stamp)), []byte(sign)):
		d.stranger(now, "press refused: signature", "from", r.RemoteAddr)
		return refuse(w, http.StatusUnauthorized, ResultUnsigned)
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxPress+1))
	if len(body) > maxPress {
		d.stranger(now, "press refused: too large", "over", maxPress, "from", r.RemoteAddr)
		return refuse(w, http.StatusRequestEntityTooLarge, ResultTooLarge)
	}
	if err != nil {
		d.stranger(now, "press not read", "err", err)
		return refuse(w, http.StatusBadRequest, ResultBad)
	}
	p, err := DecodePress(body)
	if err != nil {
		d.stranger(now, "press not understood", "bytes", len(body), "err", err)
		return refuse(w, http.StatusBadRequest, ResultBad)
	}
	return d.hand(r.Context(), w, p)
}

// hand decides the press. The work outlives a dropped connection, as in Intake, but
// not DingTalk's patience.
func (d *CardDoor) hand(ctx context.Context, w http.ResponseWriter, p CardPress) string {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), pressTime)
	defer cancel()
	answer, err := d.opt.Handle(ctx, p)
	if errors.Is(err, ErrPress) {
		d.stranger(d.opt.Now(), "press refused", "card", p.OutTrackID, "err", err)
		return refuse(w, http.StatusBadRequest, ResultBad)
	}
	if err != nil {
		d.opt.Log.Warn("press not taken", "card", p.OutTrackID, "err", err)
		return refuse(w, http.StatusServiceUnavailable, ResultBusy)
	}
	reply, err := answer.Encode()
	if err != nil { // the press itself was taken: only the card cannot show it
		d.opt.Log.Error("answer to press too large", "card", p.OutTrackID, "err", err)
		reply = []byte("{}")
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if _, err := w.Write(reply); err != nil {
		d.opt.Log.Info("answer to press not written", "card", p.OutTrackID, "err", err)
	}
	return ResultTaken
}

func (d *CardDoor) stranger(now time.Time, msg string, args ...any) {
	if d.noise.Take(now, 1) == 0 {
		d.opt.Log.Warn(msg, args...)
	}
}
