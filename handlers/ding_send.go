package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"duban/bot"
	"duban/internal/wording"
	"duban/store/ledger"
)

// Dings sends urgent messages inside the platform's own app.
type Dings interface {
	// Ding sends one to the people. Those it did not reach stand in failed, with the
	// platform's reason. ref takes it back. A *bot.Refusal means that it reached nobody;
	// after any other error it may have been sent.
	Ding(ctx context.Context, staff []string, text string) (ref string, failed map[string]string, err error)
}

// ComposeDing sends an owed DING, at most once: where it is not known what became of an
// earlier try, whoever commanded it is told so, and decides. It never says anything else:
// what it could not reach is a message of its own.
func (d *Desk) ComposeDing(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	var ask dingAsk
	if err := json.Unmarshal([]byte(n.Ask), &ask); err != nil || d.o.Dings == nil {
		return ledger.Body{}, false, &bot.Refusal{Op: "ding", Code: "platform", Msg: "the platform has no DING"}
	}
	begun, err := d.beginDing(ctx, n)
	switch {
	case err != nil:
		return ledger.Body{}, false, fmt.Errorf("handlers: ding %s: %w", n.Key, err)
	case begun == dingOver:
		return ledger.Body{}, false, nil
	case begun == dingUnknown:
		return ledger.Body{}, false, d.endDing(ctx, n, d.dingUnsure(n))
	}
	ref, failed, err := d.o.Dings.Ding(ctx, ask.To, ask.Text)
	ctx = context.WithoutCancel(ctx) // what became of it must be kept
	var no *bot.Refusal
	switch {
	case errors.As(err, &no):
		if undo := d.dropDing(ctx, n); undo != nil {
			return ledger.Body{}, false, errors.Join(err, undo)
		}
		return ledger.Body{}, false, err
	case err != nil:
		d.o.Log.Warn("outcome of a DING unknown", "notice", n.Key, "err", err)
		return ledger.Body{}, false, d.endDing(ctx, n, d.dingUnsure(n))
	}
	if ref != "" {
		d.keepDing(ctx, n, ask, ref)
	}
	if len(failed) > 0 {
		return ledger.Body{}, false, d.endDing(ctx, n, d.dingMissed(n, ask, failed))
	}
	return ledger.Body{}, false, d.endDing(ctx, n, ledger.Body{})
}

// What is known of an owed DING before it is sent.
type dingState int

const (
	dingFresh   dingState = iota // it is marked as being sent now
	dingOver                     // an earlier try has ended it
	dingUnknown                  // an earlier try broke off while it was sent
)

// dingMark is the setting that stands while a DING is being sent.
func dingMark(n ledger.Notice) string { return n.Key }

// dingEnd names the end of a DING for the store, which lets it happen once.
func dingEnd(n ledger.Notice) string { return n.Key + "/over" }

// beginDing marks the DING as being sent, before it is.
func (d *Desk) beginDing(ctx context.Context, n ledger.Notice) (dingState, error) {
	got, err := d.o.Ledger.Arrive(ctx, ledger.Arrival{Message: dingEnd(n), Now: d.o.Now()})
	switch {
	case err != nil:
		return 0, err
	case got.Repeat:
		return dingOver, nil
	}
	b, err := d.Fresh(ctx)
	switch {
	case err != nil:
		return 0, err
	case b.Settings[dingMark(n)] != nil:
		return dingUnknown, nil
	}
	rec, err := ledger.Put(ledger.RecordSetting, dingMark(n), true)
	if err != nil {
		return 0, err
	}
	_, err = d.o.Ledger.Commit(ctx, ledger.Commit{Puts: []ledger.Record{rec}, Expects: []ledger.Expect{b.Expect(rec.Kind, rec.ID)}, Now: d.o.Now()})
	return dingFresh, err
}

// dropDing takes the mark back: nothing was sent, and it may be tried again.
func (d *Desk) dropDing(ctx context.Context, n ledger.Notice) error {
	_, err := d.o.Ledger.Commit(ctx, ledger.Commit{Puts: []ledger.Record{{Kind: ledger.RecordSetting, ID: dingMark(n)}}, Now: d.o.Now()})
	return err
}

// endDing ends the DING for good, with a word to whoever commanded it where there is one.
func (d *Desk) endDing(ctx context.Context, n ledger.Notice, word ledger.Body) error {
	now := d.o.Now()
	c := ledger.Commit{Message: dingEnd(n), Puts: []ledger.Record{{Kind: ledger.RecordSetting, ID: dingMark(n)}}, Now: now}
	if word.Text != "" {
		c.Notices = []ledger.Notice{{Key: n.Key + "/word", Kind: ledger.NoticeReply, To: n.To, By: n.By, Body: word, Made: now, Due: now}}
	}
	if _, err := d.o.Ledger.Commit(ctx, c); err != nil {
		return fmt.Errorf("handlers: end of ding %s: %w", n.Key, err)
	}
	d.o.Post.Wake()
	return nil
}

// dingUnsure says that nobody knows whether the DING arrived.
func (d *Desk) dingUnsure(n ledger.Notice) ledger.Body {
	return ledger.Body{Title: "DING未确认送达", Tasks: n.Body.Tasks, Text: fmt.Sprintf(
		"“%s”已发出，但平台没有回音，不能确定是否送达。为免重复打扰，没有再发。请电话确认；需要再发的，请重新发送命令。", wording.Escape(n.Body.Title))}
}

// dingMissed says whom the DING did not reach.
func (d *Desk) dingMissed(n ledger.Notice, ask dingAsk, failed map[string]string) ledger.Body {
	var b strings.Builder
	book := d.book.Load()
	fmt.Fprintf(&b, "“%s”没有送达：\n", wording.Escape(n.Body.Title))
	for _, id := range ask.To {
		if why, missed := failed[id]; missed {
			fmt.Fprintf(&b, "\n- %s：%s", personOf(book, id), wording.Escape(wording.Short(why, 60)))
		}
	}
	b.WriteString("\n\n请用电话等方式另行通知。")
	if !slices.ContainsFunc(ask.To, func(id string) bool { _, missed := failed[id]; return !missed }) {
		return ledger.Body{Title: "DING没有送达", Tasks: n.Body.Tasks, Text: b.String()}
	}
	return ledger.Body{Title: "DING部分未送达", Tasks: n.Body.Tasks, Text: b.String() + "其余人员已发送。"}
}

// DingGivenUp words what whoever commanded a DING is told when it was not sent.
func (d *Desk) DingGivenUp(n ledger.Notice, why error) ledger.Body {
	return ledger.Body{Title: "DING没有发出", Tasks: n.Body.Tasks, Text: fmt.Sprintf(
		"“%s”没有发出：%s。\n\n可改发“催办”，或用电话等方式通知。", wording.Escape(n.Body.Title), d.refusal(why, "平台拒绝了这次DING"))}
}

// personOf names a person with the units spoken for.
func personOf(b *ledger.Book, id string) string {
	m := b.Members[id]
	switch {
	case m == nil:
		return wording.Escape(id)
	case len(m.Units) == 0:
		return wording.Escape(m.Name)
	}
	return wording.Escape(m.Name) + "（" + wording.Escape(wording.Units(m.Units, 2)) + "）"
}
