package reminders

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"duban/bot"
	"duban/store/ledger"
)

// one takes a claimed notice to its end, or hands it back.
func (d *Dispatcher) one(ctx context.Context, c ledger.Claimed, now time.Time) Dispatched {
	if !c.Expires.IsZero() && now.After(c.Expires) {
		return d.bury(ctx, c, now, ErrExpired)
	}
	inHours := c.Formal || (c.Kind == ledger.NoticeNudge || c.Kind == ledger.NoticeBulletin) && c.By == ""
	if inHours && !d.Hours.Within(now) {
		return d.later(ctx, c, d.Hours.Next(now), "outside working hours")
	}
	work, cancel := context.WithTimeout(ctx, d.Limits.Send)
	defer cancel()
	switch verdict, err := d.allow(work, &c, now); {
	case err != nil:
		return d.failed(ctx, c, now, err)
	case verdict == gone:
		return d.settle(ctx, c, ledger.Sent{At: now}, ledger.Body{}, Dispatched{Silent: 1})
	case verdict == waits:
		return d.later(ctx, c, d.Hours.Next(today(now).AddDays(1).In(shanghai, 0, 0)), "enough for the day")
	}
	body, ok, err := d.compose(work, c.Notice)
	switch {
	case errors.Is(err, errNoComposer):
		return d.bury(ctx, c, now, err)
	case err != nil && ctx.Err() != nil: // a shutdown, and nothing was sent
		return d.later(ctx, c, now, "shutting down")
	case err != nil:
		return d.failed(ctx, c, now, err)
	case !ok:
		d.note(ctx, c, now, false)
		return d.settle(ctx, c, ledger.Sent{At: now}, ledger.Body{}, Dispatched{Silent: 1})
	}
	first, words := apart(body)
	ref, err := d.send(work, outgoing(c.Notice, first))
	if err != nil {
		return d.unsent(ctx, c, now, err)
	}
	d.Unsure.drop(c.Key)
	if words.Text != "" {
		if err := d.follow(ctx, c.Key, following(c.Notice, "/words", words, now)); err != nil {
			d.Log.Warn("notice left to its lease", "notice", c.Key, "err", err)
			return Dispatched{Lost: 1}
		}
	}
	d.note(ctx, c, now, true)
	done := d.settle(ctx, c, ledger.Sent{At: now, Ref: ref}, body, Dispatched{Sent: 1})
	d.trace(ctx, c.Notice, body, ref, now)
	return done
}

// note keeps what became of a nudge; what cannot be kept is said once more at worst.
func (d *Dispatcher) note(ctx context.Context, c ledger.Claimed, now time.Time, sent bool) {
	if err := d.told(ctx, c.Notice, now, sent); err != nil {
		d.Log.Warn("not kept what was told", "notice", c.Key, "err", err)
	}
}

var errNoComposer = errors.New("reminders: no composer for this kind of notice")

// ErrExpired: the notice could not be sent while it was of use.
var ErrExpired = errors.New("expired")

func (d *Dispatcher) compose(ctx context.Context, n ledger.Notice) (body ledger.Body, ok bool, err error) {
	compose := d.Composers[n.Kind]
	if compose == nil {
		return ledger.Body{}, false, fmt.Errorf("%w: %s", errNoComposer, n.Kind)
	}
	defer d.rescue(n.Key, &err)
	return compose(ctx, n)
}

// send outlives a shutdown, by its own bounds: what is cut off may have arrived.
func (d *Dispatcher) send(ctx context.Context, out bot.Outgoing) (ref string, err error) {
	defer d.rescue(out.ID, &err)
	end, bounded := ctx.Deadline()
	ctx = context.WithoutCancel(ctx)
	if bounded {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, end)
		defer cancel()
	}
	return d.Platform.Send(ctx, out)
}

// rescue turns a panic into an error of unknown outcome, so that one bad notice cannot
// stop the others.
func (d *Dispatcher) rescue(key string, err *error) {
	if p := recover(); p != nil {
		d.Log.Error("notice panicked", "notice", key, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		*err = fmt.Errorf("reminders: notice %s panicked", key)
	}
}

func (d *Dispatcher) failed(ctx context.Context, c ledger.Claimed, now time.Time, err error) Dispatched {
	v := d.Retry.judge(err, c, now, d.Jitter())
	if v.bury || d.awaited(c.Notice) && stuck(err) {
		d.Log.Warn("notice given up", "notice", c.Key, "tries", c.Attempts+1, "err", err)
		return d.bury(ctx, c, now, err)
	}
	d.Log.Info("notice deferred", "notice", c.Key, "tries", c.Attempts+1, "until", v.until, "err", err)
	return d.later(ctx, c, v.until, err.Error())
}

// awaited reports whether somebody has asked for the notice and waits for it: who is told
// at once why it does not come can do something else.
func (d *Dispatcher) awaited(n ledger.Notice) bool { return !n.Formal && d.GivenUp[n.Kind] != nil }

// stuck reports whether it may take days until the platform takes it.
func stuck(err error) bool {
	no, ok := errors.AsType[*bot.Refusal](err)
	return ok && no.Blocked
}

func (d *Dispatcher) settle(ctx context.Context, c ledger.Claimed, sent ledger.Sent, body ledger.Body, done Dispatched) Dispatched {
	return d.tell(ctx, c, done, func(ctx context.Context) error { return d.Outbox.Settle(ctx, c.Key, c.Fence, sent, body) })
}

func (d *Dispatcher) later(ctx context.Context, c ledger.Claimed, until time.Time, why string) Dispatched {
	return d.tell(ctx, c, Dispatched{Deferred: 1}, func(ctx context.Context) error { return d.Outbox.Defer(ctx, c.Key, c.Fence, until, why) })
}

func (d *Dispatcher) bury(ctx context.Context, c ledger.Claimed, at time.Time, why error) Dispatched {
	if next, ok := d.givenUp(c.Notice, at, why); ok {
		if err := d.follow(ctx, c.Key, next); err != nil {
			d.Log.Warn("notice left to its lease", "notice", c.Key, "err", err)
			return Dispatched{Lost: 1}
		}
	}
	return d.tell(ctx, c, Dispatched{Buried: 1}, func(ctx context.Context) error { return d.Outbox.Bury(ctx, c.Key, c.Fence, at, why.Error()) })
}

// tell reports to the outbox what became of a notice. It outlives a shutdown by
// Limits.Settle: a message that was sent must not be sent again for want of a word.
// One more try bridges a hiccup (the outbox calls are harmless twice); after that the
// lease runs out and the notice comes back by itself. A lost lease is somebody else's.
func (d *Dispatcher) tell(ctx context.Context, c ledger.Claimed, done Dispatched, call func(context.Context) error) Dispatched {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.Limits.Settle)
	defer cancel()
	err := call(ctx)
	if err != nil && !errors.Is(err, ledger.ErrLease) && !errors.Is(err, ledger.ErrNotFound) {
		err = call(ctx)
	}
	if err != nil {
		d.Log.Warn("notice left to its lease", "notice", c.Key, "err", err)
		return Dispatched{Lost: 1}
	}
	return done
}

// outgoing is the notice as the platform takes it. The key is the message id, the same
// at every try.
func outgoing(n ledger.Notice, body ledger.Body) bot.Outgoing {
	out := bot.Outgoing{
		ID: n.Key, Room: n.To.Room, Member: n.To.Member, Webhook: n.To.Webhook, WebhookUntil: n.To.WebhookUntil,
		Title: body.Title, Markdown: body.Text, At: body.At,
	}
	for _, b := range body.Buttons {
		out.Buttons = append(out.Buttons, bot.Button{Label: b.Label, Say: b.Say})
	}
	for _, f := range body.Files {
		out.Attachments = append(out.Attachments, bot.Attachment{Name: f.Name, Data: f.Data, Picture: f.Picture})
	}
	return out
}
