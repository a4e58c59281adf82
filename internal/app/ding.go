package app

import (
	"context"

	"duban/bot"
	"duban/bot/dingtalk"
	"duban/handlers"
	"duban/store/ledger"
)

// dinger is a platform that may have DING.
type dinger interface {
	handlers.Dings
	handlers.Traces
	handlers.Cards
	dings() bool
}

var _ dinger = (*platform)(nil)

// dings reports whether the platform has DING: only DingTalk does.
func (p *platform) dings() bool { return p.ding != nil }

// Ding sends a DING inside the app: SMS and phone calls cost the organisation money and
// are not sent.
func (p *platform) Ding(ctx context.Context, staff []string, text string) (string, map[string]string, error) {
	got, err := p.ding.Ding(ctx, staff, text, dingtalk.DingApp)
	return got.ID, got.Failed, err
}

// Readers asks DingTalk who has read a message.
func (p *platform) Readers(ctx context.Context, to ledger.Target, ref string) (handlers.Readership, error) {
	got, err := p.ding.ReadBy(ctx, to.Room, ref)
	return handlers.Readership{Recalled: got.State == dingtalk.ReadRecalled, Read: got.Read, Unread: got.Unread, More: got.More}, err
}

// Recall takes a message back. Why DingTalk does not is a *bot.Refusal.
func (p *platform) Recall(ctx context.Context, to ledger.Target, ref string) error {
	_, failed, err := p.ding.Recall(ctx, to.Room, []string{ref})
	if why, no := failed[ref]; err == nil && no {
		return &bot.Refusal{Op: "recall", Code: "recall", Msg: why}
	}
	return err
}

// RecallDing takes a DING back.
func (p *platform) RecallDing(ctx context.Context, ref string) error {
	return p.ding.RecallDing(ctx, ref)
}

// SettleCard shows the outcome on the card of a message, unless it is the one that was
// pressed: its own answer shows it.
func (p *platform) SettleCard(ctx context.Context, key, pressed, status string) error {
	if dingtalk.CardTrack(key) == pressed {
		return nil
	}
	return p.ding.SettleCard(ctx, key, status)
}
