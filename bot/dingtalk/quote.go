package dingtalk

import (
	"encoding/json"
	"strings"

	"duban/bot"
)

// replied is the quoted message inside a push; msgType is camel case here.
type replied struct {
	MsgID    loose           `json:"msgId"`
	MsgType  loose           `json:"msgType"`
	SenderID loose           `json:"senderId"`
	Content  json.RawMessage `json:"content"`
}

// legacy is the form that older clients sent.
type legacy struct {
	MsgID    loose           `json:"msgId"`
	MsgType  loose           `json:"msgtype"`
	SenderID loose           `json:"senderId"`
	Text     json.RawMessage `json:"text"`
	Content  json.RawMessage `json:"content"`
}

// quote is the message that this one replies to, or nil. A reply whose original is
// not sent along is still a quote: an empty one says that something was quoted.
func (p *push) quote() *bot.Quote {
	text, content := object[media](p.Text), object[media](p.Content)
	r := object[replied](first(text.Replied, content.Replied, p.Replied))
	l := object[legacy](first(text.Legacy, content.Legacy, p.Legacy))
	isReply := text.IsReply == yes || content.IsReply == yes || p.IsReply == yes
	q := bot.Quote{
		Ref:  pick(p.OriginalQueryKey, p.OriginalMsgID, r.MsgID, l.MsgID),
		Text: cut(r.words(), maxText),
		FromBot: p.OriginalQueryKey != "" ||
			p.ChatbotUserID != "" && (r.SenderID == p.ChatbotUserID || l.SenderID == p.ChatbotUserID),
	}
	if q.Text == "" {
		q.Text = cut(l.words(), maxText)
	}
	if !isReply && q == (bot.Quote{}) {
		return nil
	}
	return &q
}

// words is the quoted text, where the type has one; a file's name serves as text.
func (r replied) words() string {
	c := object[media](r.Content)
	switch r.MsgType {
	case "richText":
		return richWords(c.RichText)
	case "audio":
		return trim(string(c.Recognition))
	case "file":
		return trim(string(c.FileName))
	case "picture", "video":
		return ""
	}
	if s := trim(plainText(r.Content)); s != "" {
		return s
	}
	return richWords(c.RichText)
}

func (l legacy) words() string {
	if s := trim(plainText(l.Text)); s != "" {
		return s
	}
	return trim(plainText(l.Content))
}

func richWords(raw json.RawMessage) string {
	var b strings.Builder
	for _, part := range richParts(raw) {
		b.WriteString(part.words(""))
	}
	return trim(b.String())
}

func first(raws ...json.RawMessage) json.RawMessage {
	for _, raw := range raws {
		if len(raw) > 0 && raw[0] == '{' {
			return raw
		}
	}
	return nil
}

func pick(ids ...loose) string {
	for _, id := range ids {
		if id != "" && len(id) <= maxName {
			return string(id)
		}
	}
	return ""
}
