package bottest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// sign is the signature of callbacks and of custom robots.
func sign(secret, stamp string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "\n" + secret))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// deliver brings a push to the bot: by Stream, or by the callback. When the answer to
// a callback holds a message, that is shown as the reply.
func (f *Fake) deliver(ctx context.Context, id string, body []byte, s Saying) (Delivery, error) {
	if f.gate.streams() {
		return f.gate.byStream(ctx, id, body), nil
	}
	f.mu.Lock()
	to := f.botURL
	f.mu.Unlock()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return Delivery{}, fmt.Errorf("bottest: deliver: %w", err)
	}
	stamp := strconv.FormatInt(f.opt.Now().Add(-s.Age).UnixMilli(), 10)
	secret := f.opt.AppSecret
	if s.BadSign {
		secret += "x"
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header["timestamp"] = []string{stamp} // as DingTalk writes them
	req.Header["sign"] = []string{sign(secret, stamp)}
	resp, err := f.client.Do(req)
	if err != nil {
		return Delivery{}, fmt.Errorf("bottest: deliver: %w", err)
	}
	defer func() { _ = resp.Body.Close() }() // the answer has been read, or its reading has failed
	reply, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return Delivery{}, fmt.Errorf("bottest: deliver: %w", err)
	}
	d := Delivery{MsgID: id, Delivered: true, Status: resp.StatusCode, Reply: reply}
	if d.Status == http.StatusOK {
		f.replyBody(body, reply)
	}
	return d, nil
}

// replyBody posts a message that stands in the answer to a callback.
func (f *Fake) replyBody(push, reply []byte) {
	var m message
	if json.Unmarshal(reply, &m) != nil || m.MsgType == "" || m.MsgType == "empty" {
		return // most bots answer nothing here, or no JSON
	}
	var p struct {
		Group string `json:"conversationId"`
		Type  string `json:"conversationType"`
		User  string `json:"senderStaffId"`
	}
	if json.Unmarshal(push, &p) != nil || m.check() != (oapiError{}) {
		return // DingTalk drops what it cannot show
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	s := session{user: p.User}
	if p.Type == "2" {
		s.group = p.Group
	}
	f.post(m, Note{Via: "reply", Group: s.group, User: direct(s)})
}
