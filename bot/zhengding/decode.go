package zhengding

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"duban/bot"
)

// Bounds on what a push may carry on.
const (
	maxText = 32 << 10
	maxName = 512
)

var errNoMessage = errors.New("zhengding: push without a message")

// push is the body of a robot callback, as one published channel has seen it.
type push struct {
	MsgID     loose  `json:"msgId"`
	MsgType   loose  `json:"msgtype"`
	Text      part   `json:"text"`
	RichText  pieces `json:"richText"`
	SenderID  loose  `json:"senderId"`
	Nick      loose  `json:"senderNick"`
	Room      loose  `json:"conversationId"`
	RoomType  loose  `json:"conversationType"`
	RoomTitle loose  `json:"conversationTitle"`
	InAtList  loose  `json:"isInAtList"`
	CreateAt  loose  `json:"createAt"`
}

// part is one piece of what was said, where the words may stand in "content", in
// "text" or alone.
type part string

// UnmarshalJSON never fails: what has another shape has no words.
func (p *part) UnmarshalJSON(b []byte) error {
	var in struct {
		Content loose `json:"content"`
		Text    loose `json:"text"`
	}
	if json.Unmarshal(b, &in) != nil && json.Unmarshal(b, &in.Text) != nil {
		return nil
	}
	*p = part(in.Content + in.Text)
	return nil
}

// pieces is a rich text: a list, alone or as richTextList.
type pieces []part

// UnmarshalJSON never fails: what has another shape has no words.
func (p *pieces) UnmarshalJSON(b []byte) error {
	var in struct {
		List []part `json:"richTextList"`
	}
	if json.Unmarshal(b, &in) != nil && json.Unmarshal(b, &in.List) != nil {
		return nil
	}
	*p = in.List
	return nil
}

// Decode reads a robot callback into a message. The sender's identity is the
// accountId; a sender id that is no number is an outsider's. sessionWebhook is passed
// over: nothing is known of it here. botName, where known, is the mention to strip;
// now stands in for a missing time.
func Decode(body []byte, botName string, now time.Time) (bot.Message, error) {
	var p push
	if err := json.Unmarshal(body, &p); err != nil {
		return bot.Message{}, fmt.Errorf("zhengding: push: %w", err)
	}
	id, err := p.id(body)
	if err != nil {
		return bot.Message{}, err
	}
	group := p.RoomType == "2"
	m := bot.Message{
		ID: id, Kind: bot.KindUnsupported, At: now,
		Conversation: bot.Conversation{ID: string(p.Room), Group: group},
		Sender:       bot.Sender{Nick: cut(string(p.Nick), maxName)},
		Mentioned:    group && p.InAtList != "false",
	}
	if group {
		m.Conversation.Title = cut(string(p.RoomTitle), maxName)
	}
	if account(string(p.SenderID)) {
		m.Sender.ID = string(p.SenderID)
	}
	if ms, err := strconv.ParseInt(string(p.CreateAt), 10, 64); err == nil && ms > 0 {
		m.At = time.UnixMilli(ms)
	}
	if words, ok := p.words(); ok {
		m.Kind, m.Text = bot.KindText, cut(unmention(words, botName), maxText)
	}
	return m, nil
}

// id is the key under which a message is taken once. Where the platform gives none,
// the body stands for itself, provided that its time tells it from the same words said
// again.
func (p push) id(body []byte) (string, error) {
	switch {
	case len(p.MsgID) > maxName || len(p.Room) > maxName:
		return "", fmt.Errorf("%w: oversized id", errNoMessage)
	case p.MsgType == "" || p.Room == "":
		return "", fmt.Errorf("%w: no type or conversation", errNoMessage)
	case p.MsgID != "":
		return string(p.MsgID), nil
	case p.CreateAt == "":
		return "", fmt.Errorf("%w: neither id nor time", errNoMessage)
	}
	h := sha256.Sum256(body)
	return "zd-" + hex.EncodeToString(h[:16]), nil
}

// words is what was said, where it was said in words.
func (p push) words() (string, bool) {
	switch strings.ToLower(string(p.MsgType)) {
	case "text":
		return string(p.Text), true
	case "richtext":
		var b strings.Builder
		for _, piece := range p.RichText {
			b.WriteString(string(piece))
		}
		return b.String(), b.Len() > 0
	}
	return "", false
}

// unmention trims and takes the bot's own mention off the front.
func unmention(s, botName string) string {
	space := func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff' || r == 0
	}
	s = strings.TrimFunc(s, space)
	if botName == "" {
		return s
	}
	rest, ok := strings.CutPrefix(s, "@"+botName)
	if !ok || rest != "" && strings.TrimLeftFunc(rest, space) == rest {
		return s // no mention, or of a name that begins with the bot's
	}
	return strings.TrimFunc(rest, space)
}
