package dingtalk

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"duban/bot"
)

// Bounds on what a push may carry on.
const (
	maxText = 32 << 10 // bytes of a text; DingTalk's own clients stop far below
	maxName = 512      // bytes of ids, nicks, titles and file names
)

var (
	errNoID = errors.New("dingtalk: push without a message id")
	errLong = errors.New("dingtalk: push with an oversized id")
)

// Decode reads the body of a robot callback, or the data of a Stream frame, into a
// message. botName, where known, is the mention to strip from the text; now stands in
// for a missing time. The webhook is taken over unchecked: see Door.
func Decode(body string, botName string, now time.Time) (bot.Message, error) {
	p, err := readPush(body)
	if err != nil {
		return bot.Message{}, fmt.Errorf("dingtalk: push: %w", err)
	}
	return p.message(botName, now)
}

func (p *push) message(botName string, now time.Time) (bot.Message, error) {
	switch {
	case p.MsgID == "":
		return bot.Message{}, errNoID
	case len(p.MsgID) > maxName || len(p.ConversationID) > maxName || len(p.SenderStaffID) > maxName:
		return bot.Message{}, errLong
	}
	group := p.ConversationType == "2" || p.ConversationType == "" && p.ConversationTitle != ""
	m := bot.Message{
		ID: string(p.MsgID),
		Conversation: bot.Conversation{
			ID: string(p.ConversationID), Group: group, Title: cut(string(p.ConversationTitle), maxName),
		},
		Sender:  bot.Sender{ID: string(p.SenderStaffID), Nick: cut(string(p.SenderNick), maxName)},
		Webhook: string(p.Webhook),
		At:      now,
		// Group messages come only when the bot is mentioned, so a missing flag is a yes.
		Mentioned: group && p.IsInAtList != no,
	}
	if p.CreateAt > 0 {
		m.At = time.UnixMilli(int64(p.CreateAt))
	}
	if p.WebhookUntil > 0 {
		m.WebhookUntil = time.UnixMilli(int64(p.WebhookUntil))
	}
	p.read(&m, botName)
	m.Text = cut(m.Text, maxText)
	return m, nil
}

// read fills in what was said.
func (p *push) read(m *bot.Message, botName string) {
	if p.plain {
		m.Kind, m.Text = bot.KindText, unmention(p.said, botName)
		return
	}
	c := p.content(m.Mentioned, botName)
	m.Kind, m.Text, m.File = c.kind, c.text, c.file
	m.Quote = p.quote()
	if (p.ErrorCode != "" || p.ErrCode != "") && m.Text == "" && m.File == nil {
		m.Kind = bot.KindUnsupported // the organisation's quota is used up: nothing was sent along
	}
}

// trim takes off space of any kind, also the invisible kinds that chat clients add.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff' || r == 0
	})
}

// unmention trims and takes the bot's own mention off the front. DingTalk removes it
// from text messages itself, but not from every kind.
func unmention(s, botName string) string {
	s = trim(s)
	if botName == "" {
		return s
	}
	rest, ok := strings.CutPrefix(s, "@"+botName)
	if !ok {
		return s
	}
	if r, _ := utf8.DecodeRuneInString(rest); rest != "" && trim(string(r)) != "" && !unicode.IsPunct(r) {
		return s // another name that begins with the bot's
	}
	return trim(rest)
}

// cut shortens s to at most n bytes, between runes.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
