package handlers

import (
	"context"
	"unicode/utf8"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// Suggester says which command a person may have meant, in words for the person to
// send; "" when none. It carries nothing out.
type Suggester interface {
	Suggest(ctx context.Context, text string, commands []string) (string, error)
}

// suggest owes a suggestion for words that the rules could not place. Only members are
// helped so, in their own chat, and only for what may be a sentence.
func (t *turn) suggest(a act) act {
	n := utf8.RuneCountInString(t.m.Text)
	if t.desk.o.Suggester == nil || !modelOn(t.book) || t.mean.Intent != understand.Unknown || t.m.Conversation.Group || !may(t.me, seePlan) || n < 4 || n > 200 {
		return a
	}
	a.notices = append(a.notices, ledger.Notice{
		Key: "suggest/" + t.m.ID, Kind: ledger.NoticeSuggest, To: target(t.m), Ask: t.m.Text, By: t.m.Sender.ID, Made: t.now, Due: t.now,
		Expires: t.now.Add(askFor),
	})
	a.slow = true
	return a
}

// ComposeSuggestion words a suggestion when it is sent: a command that this person may
// give, for them to send or not. Without one there is nothing to say.
func (d *Desk) ComposeSuggestion(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	b, err := d.Fresh(ctx)
	if err != nil {
		return ledger.Body{}, false, err
	}
	t := d.reopen(ctx, n, b)
	var examples []string
	for _, c := range d.commands {
		if c.usage != "" && (c.need == "" || may(t.me, c.need)) {
			examples = append(examples, c.usage)
		}
	}
	if d.o.Suggester == nil || t.me == nil {
		return ledger.Body{}, false, nil
	}
	words, err := d.o.Suggester.Suggest(ctx, n.Ask, examples)
	if err != nil {
		d.o.Log.Info("no suggestion", "notice", n.Key, "err", err)
		return ledger.Body{}, false, nil
	}
	if words == "" {
		return ledger.Body{}, false, nil
	}
	switch t.lex.Parse(words, t.context()).Intent {
	case understand.Unknown, understand.Clarify, understand.Chitchat, understand.Confirm, understand.Choose, understand.Cancel, "":
		return ledger.Body{}, false, nil
	}
	return ledger.Body{Title: "您是不是想说", Text: "您是不是想说：“" + wording.Escape(words) + "”？是的话，请点按钮或直接发送这句话。\n\n〔AI建议，不会自动执行〕",
		Buttons: []ledger.Button{{Label: wording.Short(words, 12), Say: words}}}, true, nil
}
