package console

import (
	"cmp"
	"context"
	"crypto/rand"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"duban/bot"
)

// sayRequest is something a person says, or says again when it was not delivered.
type sayRequest struct {
	Chat    string `json:"chat"`
	As      string `json:"as"` // person id
	Text    string `json:"text"`
	Mention bool   `json:"mention"` // groups: to the bot
	Quote   string `json:"quote"`   // ref of the message replied to
	Key     string `json:"key"`     // the page's own mark: the same key again says nothing twice
	Resend  string `json:"resend"`  // ref of an undelivered message; all else is ignored
}

// pressRequest presses a button of a bot's message.
type pressRequest struct {
	As     string `json:"as"`
	Ref    string `json:"ref"`
	Button int    `json:"button"`
	Key    string `json:"key"`
}

var keyShape = regexp.MustCompile(`^[A-Za-z0-9-]{8,64}$`)

func (c *Console) postSay(r *http.Request) (any, error) {
	var req sayRequest
	if err := decode(r, &req); err != nil {
		return nil, err
	}
	if req.Resend != "" {
		e, err := c.again(req.Resend)
		if err != nil {
			return nil, err
		}
		return c.deliver(r.Context(), e)
	}
	return c.say(r.Context(), req)
}

func (c *Console) postPress(r *http.Request) (any, error) {
	var req pressRequest
	if err := decode(r, &req); err != nil {
		return nil, err
	}
	c.mu.Lock()
	e := c.byRef[req.Ref]
	c.mu.Unlock()
	if e == nil || req.Button < 0 || req.Button >= len(e.Buttons) {
		return nil, complain(http.StatusNotFound, "这个按钮已经失效。")
	}
	return c.say(r.Context(), sayRequest{
		Chat: e.Chat, As: req.As, Text: e.Buttons[req.Button].Say, Mention: true, Key: req.Key,
	})
}

// say shows what a person says and, when it is said to the bot, hands it over.
func (c *Console) say(ctx context.Context, req sayRequest) (*bubble, error) {
	text := strings.TrimSpace(req.Text)
	at := "@" + c.opt.Bot
	if strings.Contains(text, at) {
		req.Mention = true
		text = strings.TrimSpace(strings.ReplaceAll(text, at, ""))
	}
	if n := utf8.RuneCountInString(text); n > maxText {
		return nil, complain(http.StatusBadRequest, "一条消息最长 %d 字，这条有 %d 字。", maxText, n)
	}
	if text == "" {
		return nil, complain(http.StatusBadRequest, "请先写点内容。")
	}
	req.Text = text
	e, fresh, err := c.begin(req)
	switch {
	case err != nil:
		return nil, err
	case !fresh || e.State == stateSent:
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.bubble(e, e.v), nil
	}
	return c.deliver(ctx, e)
}

// begin puts what a person says into the transcript; fresh is false when the page's key
// was seen before.
func (c *Console) begin(req sayRequest) (e *entry, fresh bool, err error) {
	now := c.opt.Clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, false, ErrClosed
	}
	ch, err := c.find(req.Chat)
	if err != nil {
		return nil, false, err
	}
	if !slices.Contains(ch.people, req.As) {
		return nil, false, complain(http.StatusForbidden, "请先选好以谁的身份说话。")
	}
	if c.taker == nil {
		return nil, false, complain(http.StatusServiceUnavailable, "机器人还没有准备好，请稍候再发。")
	}
	if !keyShape.MatchString(req.Key) {
		req.Key = rand.Text()
	}
	ref := "say-" + req.Key
	if e := c.byRef[ref]; e != nil {
		return e, false, nil
	}
	e = &entry{
		Ref: ref, Chat: ch.id, From: req.As, At: now, Text: req.Text, ToBot: !ch.group || req.Mention,
	}
	if c.opt.Secret(req.Text) {
		e.Text, e.said = withheld, req.Text
	}
	if e.ToBot {
		e.State = stateSending
	}
	if req.Quote != "" {
		q := c.byRef[req.Quote]
		if q == nil || q.Chat != ch.id {
			return nil, false, complain(http.StatusNotFound, "引用的消息已经不在了。")
		}
		e.Quote = &quoted{Ref: q.Ref, From: q.From, Text: q.gist(), Full: q.Text}
	}
	return e, true, c.add(e)
}

// again claims an undelivered message for another try.
func (c *Console) again(ref string) (*entry, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byRef[ref]
	switch {
	case c.closed:
		return nil, ErrClosed
	case e == nil || e.State != stateFailed:
		return nil, complain(http.StatusConflict, "这条消息不需要重发。")
	case e.Text == withheld && e.said == "":
		return nil, complain(http.StatusConflict, "这条消息的内容没有保存，请重新输入。")
	case c.taker == nil:
		return nil, complain(http.StatusServiceUnavailable, "机器人还没有准备好，请稍候再发。")
	}
	return e, c.mark(e, stateSending)
}

// deliver hands a message over and notes what became of it. That it was not delivered
// is no error here: the page shows it on the message.
func (c *Console) deliver(ctx context.Context, e *entry) (*bubble, error) {
	c.mu.Lock()
	taker, m := c.taker, c.message(e)
	c.mu.Unlock()
	// The message is in the transcript: it goes out even when the page has just closed.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeTime)
	defer cancel()
	state := stateSent
	if err := taker.Take(ctx, m); err != nil {
		c.opt.Log.Warn("message not taken", "message", m.ID, "err", err)
		state = stateFailed
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, ErrClosed
	}
	if err := c.mark(e, state); err != nil {
		return nil, err
	}
	return c.bubble(e, e.v), nil
}

// message is an entry as the bot gets it, the same at every try.
func (c *Console) message(e *entry) bot.Message {
	ch := c.byID[e.Chat]
	m := bot.Message{
		ID: e.Ref, Kind: bot.KindText, Text: cmp.Or(e.said, e.Text), At: e.At, Mentioned: ch.group && e.ToBot,
		Conversation: bot.Conversation{ID: ch.id, Group: ch.group},
		Sender:       bot.Sender{ID: e.From, Nick: c.people[e.From].Name},
	}
	if ch.group {
		m.Conversation.Title = ch.title
	}
	if q := e.Quote; q != nil {
		m.Quote = &bot.Quote{Ref: q.Ref, Text: q.Full, FromBot: q.From == ""}
	}
	return m
}
