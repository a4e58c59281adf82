package zhengding

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

const (
	maxNotice = 2048 // bytes of a work notification's msg
	maxParts  = 4    // messages that one text may become
)

// notice is the msg of a work notification.
type notice struct {
	MsgType  string    `json:"msgtype"`
	Markdown *markdown `json:"markdown,omitempty"`
	Text     *plain    `json:"text,omitempty"`
}

type markdown struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

type plain struct {
	Content string `json:"content"`
}

// longest stands for the longest line that marks a part, when room for it is kept.
const longest = "\n\n（第4/4部分，2018年12月31日 23:59:59·9999）"

// byNotice sends a work notification, in parts where it is long. Every part has an id
// that follows from out.ID: a repeated Send sends no part twice, so whatever stopped
// it, it may be tried again. The ref is the id of the first part, by which the gateway
// can revoke it.
func (c *Client) byNotice(ctx context.Context, out bot.Outgoing) (string, error) {
	if !account(out.Member) {
		return "", &bot.Refusal{Op: opNotice, Code: codeAccount, Msg: "an accountId is a number"}
	}
	if out.ID == "" {
		out.ID = c.opt.Nonce() // a message without an id is a new one each time
	}
	l, most := c.compose(out), maxParts
	if c.opt.MinGap > 0 {
		most = 1 // the second part would be refused
	}
	frame, err := c.notice(l.title, longest)
	if err != nil {
		return "", fmt.Errorf("zhengding: %s: %w", opNotice, err)
	}
	parts := l.pages(maxNotice-len(frame), most)
	if err := c.notices.enter(ctx); err != nil {
		return "", wire.Unsent(opNotice, err)
	}
	defer c.notices.leave()
	for i, text := range parts {
		if err := c.sendPart(ctx, out, l.title, text, i, len(parts)); err != nil {
			return "", partly(err, i, len(parts))
		}
	}
	return bizID(out, 0), nil
}

// partly says how far a message in parts has come. A refusal stays one: the parts
// that are through will not be shown twice.
func partly(err error, done, all int) error {
	var no *bot.Refusal
	if done > 0 && errors.As(err, &no) {
		no.Msg = fmt.Sprintf("%s (%d of %d parts sent)", no.Msg, done, all)
	}
	return err
}

// sendPart makes one call. The caller holds the turn.
func (c *Client) sendPart(ctx context.Context, out bot.Outgoing, title, text string, i, all int) error {
	now := c.opt.Now()
	if wait := c.notices.take(now); wait > 0 {
		return &bot.Refusal{Op: opNotice, Code: codeRate, Msg: "work notifications are used up for now", Retry: true, After: wait}
	}
	msg, err := c.notice(title, text+"\n\n"+c.mark(now, out.Member, text, i, all))
	if err != nil {
		return fmt.Errorf("zhengding: %s: %w", opNotice, err)
	}
	if len(msg) > maxNotice {
		return &bot.Refusal{Op: opNotice, Code: codeLong, Msg: fmt.Sprintf("%d bytes are more than a work notification holds", len(msg))}
	}
	_, err = c.call(ctx, opNotice, http.MethodPost, "/message/workNotification", []Param{
		{"receiverIds", out.Member}, {"tenantId", c.opt.TenantID}, {"bizMsgId", bizID(out, i)}, {"msg", string(msg)},
	})
	var no *bot.Refusal
	if errors.As(err, &no) && c.duplicate(no) {
		c.opt.Log.Info("work notification was there already", "message", out.ID, "part", i+1)
		return nil
	}
	return err
}

// notice is the JSON text of the msg parameter.
func (c *Client) notice(title, text string) ([]byte, error) {
	if c.opt.PlainNotices {
		return encode(notice{MsgType: "text", Text: &plain{Content: text}})
	}
	return encode(notice{MsgType: "markdown", Markdown: &markdown{Title: title, Text: text}})
}

// mark is the last line of every part. The platform shows the same words to the same
// person once a day and swallows the rest without a word: the time makes them differ.
func (c *Client) mark(now time.Time, member, text string, i, all int) string {
	stamp := beijing(now).Format("2006年1月2日 15:04:05")
	if n := c.notices.again(stamp, member, text); n > 1 {
		stamp += "·" + strconv.Itoa(n)
	}
	if all > 1 {
		stamp = fmt.Sprintf("第%d/%d部分，%s", i+1, all, stamp)
	}
	return "（" + stamp + "）"
}

// bizID is the same at every try of the same part. The id given is hashed because
// nobody has said how long this one may be or what it may contain.
func bizID(out bot.Outgoing, part int) string {
	h := sha256.Sum256([]byte(out.ID + "\x00" + out.Member))
	return "duban-" + hex.EncodeToString(h[:12]) + "-" + strconv.Itoa(part+1)
}
