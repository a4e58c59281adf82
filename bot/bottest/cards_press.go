package bottest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// CardPressing is a press of a card's button. User, Track and Button are required,
// but with Raw.
type CardPressing struct {
	User   string
	Track  string
	Button string // its text or its id, as the person sees it

	Raw     []byte         // this body instead, as a forger or a repetition would send it
	Set     map[string]any // fields to set at the top of the body, or to leave out when nil
	BadSign bool           // sign with another secret
	Age     time.Duration  // of the signature's timestamp; negative lies ahead
}

// CardPressed is what became of a press.
type CardPressed struct {
	Body   []byte // what was sent to the bot
	Status int    // of the bot's answer; 0 when there was none in time
	Reply  []byte
	Error  string // shown to the person; empty when the answer was applied
}

// Errors of a press that no client would send.
var (
	ErrNoCard   = errors.New("bottest: no such card where the person is")
	ErrNoButton = errors.New("bottest: the person sees no such button")
)

// PressCard presses a button of an interactive card, as its sender wished by Stream
// or HTTP, waits PressLimit for the answer and applies it to the card.
func (f *Fake) PressCard(ctx context.Context, p CardPressing) (CardPressed, error) {
	f.mu.Lock()
	n, limit := f.office.cards[p.Track], f.office.pressLimit
	var route cardRoute
	var body []byte
	err := fmt.Errorf("%w: %s", ErrNoCard, p.Track)
	if n != nil {
		route = f.office.routes[n.Route]
		body, err = f.pressBody(n, p)
	}
	f.mu.Unlock()
	if err != nil {
		return CardPressed{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := CardPressed{Body: body}
	if n.Stream {
		done.Status, done.Reply, err = f.pressByStream(ctx, body)
	} else {
		done.Status, done.Reply, err = f.pressByHTTP(ctx, route, body, p)
	}
	switch {
	case err != nil:
		done.Error = err.Error()
	case done.Status != http.StatusOK:
		done.Error = fmt.Sprintf("the bot answered %d", done.Status)
	default:
		if err := f.applyAnswer(n, p.User, done.Reply); err != nil {
			done.Error = err.Error()
		}
	}
	return done, nil
}

// pressBody makes the callback's body; callers hold f.mu.
func (f *Fake) pressBody(n *CardNote, p CardPressing) ([]byte, error) {
	if p.Raw != nil {
		return p.Raw, nil
	}
	var at *CardSpace
	for i := range n.Spaces {
		if f.in(p.User, n.Spaces[i]) {
			at = &n.Spaces[i]
		}
	}
	if at == nil {
		return nil, fmt.Errorf("%w: %s", ErrNoCard, p.Track)
	}
	var buttons []map[string]any
	if json.Unmarshal([]byte(n.Seen(p.User)["buttons"]), &buttons) != nil {
		buttons = nil // a card without buttons
	}
	for _, b := range buttons {
		if b["text"] != p.Button && b["id"] != p.Button {
			continue
		}
		values := map[string]any{}
		for k, v := range b {
			if k != "id" && k != "text" {
				values[k] = v
			}
		}
		content, err := json.Marshal(map[string]any{"cardPrivateData": map[string]any{"actionIds": []any{b["id"]}, "params": values}})
		if err != nil {
			return nil, fmt.Errorf("bottest: press: %w", err)
		}
		body := map[string]any{
			"type": "actionCallback", "outTrackId": n.Track, "corpId": f.opt.CorpID, "userId": p.User, "userIdType": 1,
			"spaceType": "IM_GROUP", "spaceId": at.Group, "extension": "{}", "content": string(content),
		}
		if at.User != "" {
			body["spaceType"], body["spaceId"] = "IM_ROBOT", at.User
		}
		for k, v := range p.Set {
			if body[k] = v; v == nil {
				delete(body, k)
			}
		}
		return json.Marshal(body)
	}
	return nil, fmt.Errorf("%w: %s", ErrNoButton, p.Button)
}

func (f *Fake) pressByHTTP(ctx context.Context, to cardRoute, body []byte, p CardPressing) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, fmt.Errorf("bottest: press: %w", err)
	}
	stamp := strconv.FormatInt(f.opt.Now().Add(-p.Age).UnixMilli(), 10)
	if p.BadSign {
		to.secret += "x"
	}
	mac := hmac.New(sha256.New, []byte(to.secret))
	mac.Write([]byte(stamp))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("x-ddpaas-signature-timestamp", stamp)
	req.Header.Set("x-ddpaas-signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	resp, err := f.client.Do(req)
	if err != nil {
		return 0, nil, fmt.Errorf("bottest: press: %w", err)
	}
	defer func() { _ = resp.Body.Close() }() // the answer has been read, or its reading has failed
	reply, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return 0, nil, fmt.Errorf("bottest: press: %w", err)
	}
	return resp.StatusCode, reply, nil
}

// pressByStream takes the answer out of its envelope.
func (f *Fake) pressByStream(ctx context.Context, body []byte) (int, []byte, error) {
	r, err := f.Callback(ctx, TopicCard, body)
	if err != nil {
		return 0, nil, err
	}
	var envelope struct {
		Response json.RawMessage `json:"response"`
	}
	if r.Code == http.StatusOK && json.Unmarshal(r.Data, &envelope) != nil {
		return 0, nil, errors.New("bottest: press: the answer has no response")
	}
	return r.Code, envelope.Response, nil
}

// applyAnswer changes the card as the bot's answer says. An empty one changes nothing.
func (f *Fake) applyAnswer(n *CardNote, user string, reply []byte) error {
	if len(reply) == 0 {
		return nil
	}
	var in struct {
		Data    *params `json:"cardData"`
		Private *params `json:"userPrivateData"`
		Options struct {
			ByKey        bool `json:"updateCardDataByKey"`
			PrivateByKey bool `json:"updatePrivateDataByKey"`
		} `json:"cardUpdateOptions"`
	}
	if err := json.Unmarshal(reply, &in); err != nil {
		return fmt.Errorf("bottest: answer to press: %w", err)
	}
	if in.Data != nil && !in.Data.ok() || in.Private != nil && !in.Private.ok() {
		return errors.New("bottest: answer to press: a parameter is too large")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if in.Data != nil && len(in.Data.Map) > 0 {
		n.Params = merge(n.Params, in.Data.Map, in.Options.ByKey)
	}
	if in.Private != nil && len(in.Private.Map) > 0 {
		n.Private[user] = merge(n.Private[user], in.Private.Map, in.Options.PrivateByKey)
	}
	return nil
}
