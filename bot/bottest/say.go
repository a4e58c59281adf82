package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// SessionLife is how long a session webhook lives.
const SessionLife = 90 * time.Minute

// Saying is one thing that a person does in a chat. Only User is required.
type Saying struct {
	User  string
	Group string // empty: in the person's own chat with the bot
	At    bool   // in a group: with the bot mentioned; without, the bot hears nothing
	Type  string // default text; else picture, richText, audio, video, file, unknownMsgType, or any other
	Text  string // words, the audio's transcript, the file's name

	Data  []byte         // content of a picture, audio, video or file, to be downloaded
	Quote *Quote         // the message replied to
	Set   map[string]any // fields to set at the top of the body, or to leave out when nil
	MsgID string         // default a new one

	BadSign bool          // sign with another secret
	Age     time.Duration // age of the signature's timestamp; negative lies ahead
}

// Delivery is what became of a Saying.
type Delivery struct {
	MsgID     string
	Delivered bool   // false: DingTalk itself keeps such a message from the bot
	Status    int    // HTTP status of the bot's answer
	Reply     []byte // body of the bot's answer
}

// ErrNobody: the person or group is not known to the fake.
var ErrNobody = errors.New("bottest: no such person or group")

// ErrNotSent: DingTalk does not let this type be sent there.
var ErrNotSent = errors.New("bottest: audio, video and files reach a bot only one-to-one")

// SayDirect writes text to the bot in the person's own chat.
func (f *Fake) SayDirect(ctx context.Context, user, text string) (Delivery, error) {
	return f.Say(ctx, Saying{User: user, Text: text})
}

// SayGroup writes text into a group, with or without mentioning the bot.
func (f *Fake) SayGroup(ctx context.Context, user, group, text string, at bool) (Delivery, error) {
	return f.Say(ctx, Saying{User: user, Group: group, Text: text, At: at})
}

// Say does what s says and delivers it to the bot, signed. It returns once the bot
// has answered. The error is for what could not be delivered at all.
func (f *Fake) Say(ctx context.Context, s Saying) (Delivery, error) {
	id, body, err := f.record(s)
	if err != nil {
		return Delivery{}, err
	}
	if s.Group != "" && !s.At {
		return Delivery{MsgID: id}, nil
	}
	return f.deliver(ctx, id, body, s)
}

// Repeat delivers an earlier message again, as DingTalk may: same body, new signature.
func (f *Fake) Repeat(ctx context.Context, msgID string) (Delivery, error) {
	f.mu.Lock()
	body, ok := f.pushed[msgID]
	f.mu.Unlock()
	if !ok {
		return Delivery{}, fmt.Errorf("bottest: message %s was never sent", msgID)
	}
	return f.deliver(ctx, msgID, body, Saying{})
}

// record makes the push of s and the session that goes with it.
func (f *Fake) record(s Saying) (id string, body []byte, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	u, g := f.users[s.User], f.groups[s.Group]
	switch {
	case u == nil, s.Group != "" && (g == nil || g.NoBot || g.Gone):
		return "", nil, fmt.Errorf("%w: %s %s", ErrNobody, s.User, s.Group)
	case g != nil && (s.Type == "audio" || s.Type == "video" || s.Type == "file"):
		return "", nil, ErrNotSent
	}
	id = s.MsgID
	if id == "" {
		id = f.id("msgFake%016d==")
	}
	push := f.push(s, u, g, id)
	for key, value := range s.Set {
		if push[key] = value; value == nil {
			delete(push, key)
		}
	}
	body, err = json.Marshal(push)
	if err != nil {
		return "", nil, fmt.Errorf("bottest: push: %w", err)
	}
	f.pushed[id] = body
	return id, body, nil
}
