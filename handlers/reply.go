package handlers

import (
	"context"
	"fmt"
	"time"

	"duban/bot"
	"duban/store/ledger"
)

// receipt is the notice that carries the reply, and with it the worded summary that
// may be owed.
func (d *Desk) receipt(t *turn, a act) []ledger.Notice {
	to := target(t.m)
	if to.Room == "" && to.Member == "" && to.Webhook == "" {
		return nil // nobody to answer
	}
	out := []ledger.Notice{{
		Key: "reply/" + t.m.ID, Kind: ledger.NoticeReply, To: to, Body: t.body(a.reply),
		By: t.m.Sender.ID, Made: t.now, Due: t.now,
	}}
	if a.digest != "" {
		out = append(out, ledger.Notice{
			Key: "digest/" + t.m.ID, Kind: ledger.NoticeDigest, To: to, Ask: a.digest,
			By: t.m.Sender.ID, Made: t.now, Due: t.now,
		})
	}
	return out
}

func (t *turn) body(r reply) ledger.Body {
	b := ledger.Body{Title: r.title, Text: r.text + t.alert(), Buttons: r.buttons, Tasks: r.tasks}
	if t.m.Conversation.Group && t.m.Sender.ID != "" {
		b.At = []string{t.m.Sender.ID}
	}
	return b
}

// outgoing addresses an answer that is not owed.
func (d *Desk) outgoing(t *turn, r reply) bot.Outgoing {
	to, b := target(t.m), t.body(r)
	return Outgoing("answer/"+t.m.ID, to, b)
}

// answerFor is how long the answer to a query is of use.
const answerFor = 30 * time.Minute

// oweAnswer puts an answer that could not be sent at once into the outbox.
func (d *Desk) oweAnswer(ctx context.Context, t *turn, r reply) error {
	_, err := d.o.Ledger.Commit(ctx, ledger.Commit{Now: t.now, Notices: []ledger.Notice{{
		Key: "answer/" + t.m.ID, Kind: ledger.NoticeReply, To: target(t.m), Body: t.body(r),
		By: t.m.Sender.ID, Made: t.now, Due: t.now, Expires: t.now.Add(answerFor),
	}}})
	if err != nil {
		return fmt.Errorf("handlers: owe answer: %w", err)
	}
	d.o.Post.Wake()
	return nil
}

// Outgoing addresses a body: the same for answers and for notices.
func Outgoing(id string, to ledger.Target, b ledger.Body) bot.Outgoing {
	out := bot.Outgoing{
		ID: id, Room: to.Room, Member: to.Member, Webhook: to.Webhook, WebhookUntil: to.WebhookUntil,
		Title: b.Title, Markdown: b.Text, At: b.At,
	}
	for _, x := range b.Buttons {
		out.Buttons = append(out.Buttons, bot.Button{Label: x.Label, Say: x.Say})
	}
	for _, f := range b.Files {
		out.Attachments = append(out.Attachments, bot.Attachment{Name: f.Name, Data: f.Data, Picture: f.Picture})
	}
	return out
}

// dueNow picks the notices that may be sent at once; the others wait in the outbox.
func dueNow(list []ledger.Notice, now time.Time) []ledger.Notice {
	var out []ledger.Notice
	for _, n := range list {
		if !n.Due.After(now) {
			out = append(out, n)
		}
	}
	return out
}
