package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/bot"
	"duban/internal/wording"
	"duban/store/ledger"
)

const cardPrefix = "card/"

// keepCards is how long a card stays known: as long as the store
// keeps the message that became the card.
const keepCards = 60 * 24 * time.Hour

// cardSweep bounds how many cards one commit forgets.
const cardSweep = 16

// keptCard is what is known of a card: what came of the press that settled it, or that
// it was made and shown nowhere.
type keptCard struct {
	Told   string    `json:"told,omitempty"` // the answer's title
	By     string    `json:"by,omitempty"`   // staff id
	Hidden bool      `json:"hidden,omitempty"`
	At     time.Time `json:"at"`
}

func cardOf(b *ledger.Book, card string) (keptCard, bool) {
	var k keptCard
	raw := b.Settings[cardPrefix+card]
	return k, card != "" && raw != nil && json.Unmarshal(raw, &k) == nil
}

// Hidden reports whether the card was made and shown nowhere, as far as this process
// has read the store.
func (d *Desk) Hidden(card string) bool {
	k, known := cardOf(d.book.Load(), card)
	return known && k.Hidden
}

// Hide remembers that the card was made and shown nowhere: that it exists must not pass
// for its delivery at a later try, also of another process.
func (d *Desk) Hide(ctx context.Context, card string) error {
	rec, err := ledger.Put(ledger.RecordSetting, cardPrefix+card, keptCard{Hidden: true, At: d.o.Now()})
	if err != nil {
		return err
	}
	if _, err := d.o.Ledger.Commit(ctx, ledger.Commit{Puts: []ledger.Record{rec}, Now: d.o.Now()}); err != nil {
		return fmt.Errorf("handlers: hidden card: %w", err)
	}
	_, err = d.Fresh(ctx)
	return err
}

// settledBefore is the outcome of a press on a card that an earlier press has settled:
// nothing is decided, and the card shows what came of the first.
func settledBefore(b *ledger.Book, m bot.Message) (bot.Outcome, bool) {
	old, known := cardOf(b, m.Card)
	if !known || old.Hidden {
		return bot.Outcome{}, false
	}
	told := old.Told
	if who := b.Members[old.By]; who != nil {
		told = wording.Short(who.Name, 20) + "已处理：" + old.Told
	}
	return bot.Outcome{Told: told, Changed: true}, true
}

// settleCard adds to a commit that the pressed card is settled, under the precondition
// that it is not: of two presses at once, by whichever replicas, one is decided.
func (t *turn) settleCard(c *ledger.Commit, told string) error {
	if t.m.Card == "" || len(c.Puts) == 0 {
		return nil
	}
	rec, err := ledger.Put(ledger.RecordSetting, cardPrefix+t.m.Card, keptCard{Told: told, By: t.m.Sender.ID, At: t.now})
	if err != nil {
		return err
	}
	c.Puts = append(slices.Clone(c.Puts), rec)
	c.Expects = append(slices.Clone(c.Expects), t.book.Expect(rec.Kind, rec.ID))
	c.Puts = append(c.Puts, staleCards(t.book, t.now)...)
	return nil
}

// staleCards removes some of the cards that need not be known any more.
func staleCards(b *ledger.Book, now time.Time) []ledger.Record {
	var out []ledger.Record
	for name := range b.Settings {
		card, ours := strings.CutPrefix(name, cardPrefix)
		if k, _ := cardOf(b, card); !ours || now.Sub(k.At) < keepCards {
			continue
		}
		out = append(out, ledger.Record{Kind: ledger.RecordSetting, ID: name})
		if len(out) == cardSweep {
			break
		}
	}
	return out
}
