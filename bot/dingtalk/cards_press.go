package dingtalk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"duban/bot"
)

// ErrPress: a press that cannot be taken: not readable, not by a person of the
// organisation, or with words that we never put on that button.
var ErrPress = errors.New("dingtalk: press not taken")

// Bounds on what a press may carry.
const (
	maxPress        = 64 << 10
	maxPressActions = 16
	maxPressParams  = 64
)

// CardPress is one press of a button of an interactive card.
type CardPress struct {
	OutTrackID string
	UserID     string // staff id
	SpaceID    string // of a group: its conversation id
	Group      bool
	Actions    []string
	Params     map[string]string
}

// DecodePress reads the body of a card callback, as it comes over HTTP or as the data
// of a Stream frame. errors.Is(err, ErrPress) for everything that is none.
func DecodePress(data []byte) (CardPress, error) {
	var in struct {
		Type       loose           `json:"type"`
		Track      loose           `json:"outTrackId"`
		User       loose           `json:"userId"`
		UserIDType loose           `json:"userIdType"`
		SpaceType  loose           `json:"spaceType"`
		SpaceID    loose           `json:"spaceId"`
		Content    json.RawMessage `json:"content"`
		Value      json.RawMessage `json:"value"` // what one page of the documents calls content
	}
	if len(data) > maxPress {
		return CardPress{}, fmt.Errorf("%w: %d bytes", ErrPress, len(data))
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return CardPress{}, fmt.Errorf("%w: %w", ErrPress, err)
	}
	p := CardPress{
		OutTrackID: string(in.Track), UserID: string(in.User), SpaceID: string(in.SpaceID),
		Group: strings.EqualFold(string(in.SpaceType), "IM_GROUP"), Params: map[string]string{},
	}
	switch {
	case in.Type != "" && in.Type != "actionCallback":
		return CardPress{}, fmt.Errorf("%w: type %q", ErrPress, cut(string(in.Type), maxParamKey))
	case p.OutTrackID == "" || p.UserID == "":
		return CardPress{}, fmt.Errorf("%w: no card or no person", ErrPress)
	case len(p.OutTrackID) > maxName || len(p.UserID) > maxName || len(p.SpaceID) > maxName:
		return CardPress{}, fmt.Errorf("%w: oversized id", ErrPress)
	case in.UserIDType != "" && in.UserIDType != "1" && in.UserIDType != "0":
		return CardPress{}, fmt.Errorf("%w: the person is given by another kind of id", ErrPress)
	}
	if !p.fill(in.Content) && !p.fill(in.Value) {
		return CardPress{}, fmt.Errorf("%w: no action", ErrPress)
	}
	return p, nil
}

// fill reads the content, JSON in a string or as it is, and reports whether it holds
// an action.
func (p *CardPress) fill(raw json.RawMessage) bool {
	if len(raw) > 0 && raw[0] == '"' {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			return false
		}
		raw = json.RawMessage(strings.TrimSpace(text))
	}
	data := object[struct {
		Private json.RawMessage `json:"cardPrivateData"`
	}](raw)
	in := object[struct {
		Actions []loose          `json:"actionIds"`
		Params  map[string]loose `json:"params"`
	}](data.Private)
	if len(in.Actions) == 0 || len(in.Actions) > maxPressActions || len(in.Params) > maxPressParams {
		return false
	}
	for _, a := range in.Actions {
		if a == "" || len(a) > maxName {
			return false
		}
		p.Actions = append(p.Actions, string(a))
	}
	for k, v := range in.Params {
		p.Params[k] = string(v)
	}
	return true
}

// PressMessage makes a press the person's own words: those that stood behind the
// button when the card was sent with the same secret to this room or person. Its id
// follows from the card, the person and the button, so that the once-per-id rule makes
// a replay harmless. errors.Is(err, ErrPress) when the words are not ours.
func PressMessage(secret string, p CardPress, now time.Time) (bot.Message, error) {
	to := p.UserID // a card in someone's own chat is theirs alone to press
	if p.Group {
		to = p.SpaceID
	}
	if len(p.Actions) != 1 || secret == "" || to == "" {
		return bot.Message{}, fmt.Errorf("%w: not one button of a known place", ErrPress)
	}
	action, say := p.Actions[0], p.Params[ParamSay]
	want := pressSign(secret, p.OutTrackID, to, action, say)
	if say == "" || !hmac.Equal([]byte(want), []byte(p.Params[ParamSign])) {
		return bot.Message{}, fmt.Errorf("%w: the words are not those of the button", ErrPress)
	}
	sum := sha256.Sum256([]byte(fmt.Sprintf("%q %q %q", p.OutTrackID, p.UserID, action)))
	return bot.Message{
		ID: "press-" + hex.EncodeToString(sum[:16]), Kind: bot.KindText, Text: cut(trim(say), maxText),
		Conversation: bot.Conversation{ID: p.SpaceID, Group: p.Group},
		Sender:       bot.Sender{ID: p.UserID}, Mentioned: p.Group, At: now, Card: p.OutTrackID,
	}, nil
}

// CardAnswer is what a press changes on the card: Params for everyone, Private for who
// pressed. The zero answer changes nothing.
type CardAnswer struct {
	Params  map[string]string
	Private map[string]string
}

// Encode makes the body of the answer to a press. Over HTTP it is the answer; in
// Stream mode it stands under "response".
func (a CardAnswer) Encode() ([]byte, error) {
	if len(a.Params) == 0 && len(a.Private) == 0 {
		return []byte("{}"), nil
	}
	for _, params := range []map[string]string{a.Params, a.Private} {
		if err := checkParams(params); err != nil {
			return nil, err
		}
	}
	return encode(struct {
		Data    *paramMap     `json:"cardData,omitempty"`
		Private *paramMap     `json:"userPrivateData,omitempty"`
		Options updateOptions `json:"cardUpdateOptions"`
	}{paramsOrNone(a.Params), paramsOrNone(a.Private), byKey()})
}

func paramsOrNone(params map[string]string) *paramMap {
	if len(params) == 0 {
		return nil
	}
	return &paramMap{params}
}

// label is what the person chose, for the line that tells the outcome.
func (p CardPress) label() string {
	if text := p.Params["text"]; text != "" {
		return cut(text, maxParamKey)
	}
	return cut(p.Params[ParamSay], maxParamKey)
}
