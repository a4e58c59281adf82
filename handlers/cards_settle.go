package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"duban/bot"
	"duban/internal/wording"
	"duban/store/ledger"
)

// Cards shows on the cards of messages what came of them by another way than a press.
type Cards interface {
	// SettleCard puts the outcome on the card of the message with the key and takes its
	// buttons away, unless it is the card that was pressed. A *bot.Refusal means that there
	// is no such card, or no longer.
	SettleCard(ctx context.Context, key, pressed, status string) error
}

// settleAsk is what a notice of settling asks for.
type settleAsk struct {
	Keys    []string `json:"keys"`
	Pressed string   `json:"pressed,omitempty"` // the card whose button was it
	Status  string   `json:"status"`
}

// settleSigned owes the outcome to the cards of presses for which nobody has to sign any
// more.
func (t *turn) settleSigned(a *act, list []*ledger.Task) error {
	if t.desk.o.Cards == nil {
		return nil
	}
	ask := settleAsk{Pressed: t.m.Card, Status: wording.Short(t.me.Name, 20) + "已签收"}
	for _, x := range list {
		p := t.book.Progress(x.No)
		if p == nil || slices.ContainsFunc(p.Unsigned, func(u string) bool { return !t.me.In(u) }) {
			continue
		}
		for _, s := range t.book.Sendings(x.ID, t.now) {
			if s.Key != "" && len(s.Tasks) == 1 {
				ask.Keys = append(ask.Keys, s.Key)
			}
		}
	}
	if len(ask.Keys) == 0 {
		return nil
	}
	raw, err := json.Marshal(ask)
	if err != nil {
		return fmt.Errorf("handlers: settle: %w", err)
	}
	a.notices = append(a.notices, ledger.Notice{
		Key: "settle/" + t.m.ID, Kind: ledger.NoticeSettle, To: ledger.Target{Member: t.m.Sender.ID}, Ask: string(raw), By: t.m.Sender.ID,
		Made: t.now, Due: t.now, Expires: t.now.Add(traceFor),
	})
	return nil
}

// ComposeSettle shows the outcome on the cards. It never says anything; a card that is not
// there was a message without one.
func (d *Desk) ComposeSettle(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	var ask settleAsk
	if err := json.Unmarshal([]byte(n.Ask), &ask); err != nil || d.o.Cards == nil {
		return ledger.Body{}, false, &bot.Refusal{Op: "settle", Code: "platform", Msg: "the platform has no cards"}
	}
	for _, key := range ask.Keys {
		err := d.o.Cards.SettleCard(ctx, key, ask.Pressed, ask.Status)
		var no *bot.Refusal
		if errors.As(err, &no) && !no.Retryable() {
			d.o.Log.Info("card not settled", "message", key, "err", err)
			continue
		}
		if err != nil {
			return ledger.Body{}, false, fmt.Errorf("handlers: settle %s: %w", key, err)
		}
	}
	return ledger.Body{}, false, nil
}
