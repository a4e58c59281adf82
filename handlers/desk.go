package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"duban/bot"
	"duban/handlers/understand"
	"duban/store/ledger"
)

// maxTries bounds how often a decision is made again after a conflict. Each conflict
// means that somebody else's commit succeeded in between.
const maxTries = 8

// holdFor is how long a commit keeps its own notices for this process; then any
// dispatcher may send them. What is not begun within beginFor is left to those: sending
// may take the rest (bot.Limits.Send and reminders.DispatchLimits.Settle).
const (
	holdFor  = 20 * time.Second
	beginFor = 5 * time.Second
)

// askFor is how long a question of the bot waits for its answer.
const askFor = 10 * time.Minute

// Desk decides messages: it is the bot's Handler.
type Desk struct {
	o     Options
	book  atomic.Pointer[ledger.Book]
	lex   atomic.Pointer[indexed]
	fence atomic.Int64
	last  atomic.Int64 // nanoseconds: the newest moment that a turn was given
	lanes *lanes
	told  sync.Map // of an alert: staff id → told
	heard heard
	shown shown
	apply sync.Mutex // held while the next book is made, so that it is made once

	commands []command
	table    map[understand.Intent]command
}

// NewDesk reads the tenant's state once and is then ready to decide.
func NewDesk(ctx context.Context, o Options) (*Desk, error) {
	list := slices.Concat(commands(), loopCommands(), askCommands())
	d := &Desk{o: o, commands: list, table: index(list), lanes: newLanes()}
	d.book.Store(ledger.NewBook())
	d.fence.Store(o.Now().UnixNano())
	if err := d.rebuild(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

// Fresh returns the tenant's state as the store has it now.
func (d *Desk) Fresh(ctx context.Context) (*ledger.Book, error) {
	asked := d.book.Load()
	delta, err := d.o.Ledger.Sync(ctx, asked.Rev)
	if err != nil {
		return nil, fmt.Errorf("handlers: read state: %w", err)
	}
	return d.learn(asked, delta)
}

// learn brings the shared book up to the delta that was asked for from a book. An older
// delta changes nothing; a full one only replaces the very book it was asked for.
func (d *Desk) learn(asked *ledger.Book, delta ledger.Delta) (*ledger.Book, error) {
	if b := d.book.Load(); !delta.Full && delta.Rev <= b.Rev {
		return b, nil
	}
	d.apply.Lock()
	defer d.apply.Unlock()
	old := d.book.Load()
	if delta.Full && old != asked {
		return old, nil
	}
	next, err := old.Apply(delta)
	if err != nil {
		return nil, fmt.Errorf("handlers: %w", err)
	}
	d.book.Store(next)
	return next, nil
}

// Handle decides one message. What the words alone carry is decided on the book at
// hand: a query reads the store once, a write commits once and is decided again only
// when the commit found that something had changed. Everything else first asks the
// store for the quote and for what the bot had asked.
func (d *Desk) Handle(ctx context.Context, m bot.Message) (bot.Outcome, error) {
	if m.Conversation.Group && !m.Mentioned {
		return bot.Outcome{}, nil
	}
	if m.Card != "" { // another replica may have settled it
		b, err := d.Fresh(ctx)
		if err != nil {
			return bot.Outcome{}, err
		}
		if out, done := settledBefore(b, m); done {
			return out, nil
		}
	}
	t := d.open(ctx, m, d.book.Load())
	switch {
	case m.Kind != bot.KindText && m.Kind != bot.KindVoice:
		return d.answer(t)
	case !t.mean.Firm || answers(t.mean):
		return d.inContext(t)
	case t.mean.ReadOnly:
		return d.answer(t)
	case m.Quote == nil && !needsHistory(t.mean.Intent) && t.mean.Intent != understand.Recall: // what was sent a moment ago counts
		return d.settle(t)
	}
	return d.inContext(t)
}

func needsHistory(i understand.Intent) bool {
	return i == understand.Correct || i == understand.Withdraw || i == understand.History
}

// open begins a turn on a book: who speaks, where, and what the words alone mean.
func (d *Desk) open(ctx context.Context, m bot.Message, b *ledger.Book) *turn {
	now := d.moment()
	t := &turn{ctx: ctx, desk: d, m: m, now: now, today: ledger.DateOf(now)}
	t.on(b)
	if t.secret = d.o.Secrecy.Marked(m.Text); !t.secret { // what is refused is not even remembered
		t.mean = d.heard.parse(t.lex, m.Text, t.context())
		t.asksForHelp()
		t.signing()
	}
	return t
}

// on moves the turn to a book.
func (t *turn) on(b *ledger.Book) {
	t.book, t.lex = b, t.desk.lexicon(b)
	t.me, t.room = nil, nil
	if t.m.Sender.ID != "" {
		t.me = b.Members[t.m.Sender.ID]
	}
	if t.m.Conversation.Group {
		t.room = b.Rooms[t.m.Conversation.ID]
	}
	t.see = scopeOf(t.me, t.m.Conversation.Group, t.room)
}

// answer runs a query: one round trip that also claims the message.
func (d *Desk) answer(t *turn) (bot.Outcome, error) {
	q := ledger.Arrival{Message: t.m.ID, Final: true, Since: t.book.Rev, Talk: talkKey(t.m), Now: t.now}
	t.wants(&q)
	got, err := d.o.Ledger.Arrive(t.ctx, q)
	if err != nil {
		return bot.Outcome{}, fmt.Errorf("handlers: arrive: %w", err)
	}
	if got.Repeat {
		return bot.Outcome{}, nil
	}
	if err := d.renew(t, got.Delta); err != nil {
		return bot.Outcome{}, err
	}
	t.received(q, got)
	a, err := run(t)
	if err != nil {
		return bot.Outcome{}, err
	}
	d.shown.note(talkKey(t.m), t.showing(a.reply), t.now)
	if a.writes() { // a summary that a model is to word is owed, not answered
		t.m.ID += "/owed" // the message itself is claimed already
		return d.commit(t, a)
	}
	out := d.outgoing(t, a.reply)
	return bot.Outcome{Answer: &out, Told: a.reply.title, Later: func(ctx context.Context) error { return d.oweAnswer(ctx, t, a.reply) }}, nil
}

// inContext asks the store what the message is about, then decides.
func (d *Desk) inContext(t *turn) (bot.Outcome, error) {
	q := ledger.Arrival{Message: t.m.ID, Since: t.book.Rev, Talk: talkKey(t.m), Now: t.now}
	if t.m.Quote != nil {
		q.Quote = t.m.Quote.Ref
	}
	if needsHistory(t.mean.Intent) {
		q.History = t.idOf(t.withdrawn())
	}
	got, err := d.o.Ledger.Arrive(t.ctx, q)
	if err != nil {
		return bot.Outcome{}, fmt.Errorf("handlers: arrive: %w", err)
	}
	if got.Repeat {
		return bot.Outcome{}, nil
	}
	if err := d.renew(t, got.Delta); err != nil {
		return bot.Outcome{}, err
	}
	t.received(q, got)
	t.recall(got)
	return d.settle(t)
}

// renew moves the turn to the newest book.
func (d *Desk) renew(t *turn, delta ledger.Delta) error {
	b, err := d.learn(t.book, delta)
	if err != nil {
		return err
	}
	if b != t.book {
		t.on(b)
	}
	return nil
}

// settle decides and commits until the decision stands.
func (d *Desk) settle(t *turn) (bot.Outcome, error) {
	leave, err := d.lanes.enter(t.ctx, t.mean.Task)
	if err != nil {
		return bot.Outcome{}, fmt.Errorf("handlers: message %s: %w: %w", t.m.ID, ledger.ErrBusy, err)
	}
	defer leave()
	if b := d.book.Load(); b != t.book { // whoever was in the lane before has changed it
		t.on(b)
	}
	for range maxTries {
		if out, done := settledBefore(t.book, t.m); done {
			return out, nil
		}
		a, err := run(t)
		if err != nil {
			return bot.Outcome{}, err
		}
		out, err := d.commit(t, a)
		if !errors.Is(err, ledger.ErrConflict) {
			return out, err
		}
	}
	return bot.Outcome{}, fmt.Errorf("handlers: message %s: %w", t.m.ID, ledger.ErrBusy)
}

// commit writes what was decided together with the receipt that is owed for it. On a
// conflict the turn stands on the newest book afterwards.
func (d *Desk) commit(t *turn, a act) (bot.Outcome, error) {
	fence := d.fence.Add(1)
	c := ledger.Commit{
		Message: t.m.ID, Expects: a.expects, Puts: a.puts, Events: a.events, Notices: a.notices,
		Hold: ledger.Hold{Fence: fence, Until: t.now.Add(holdFor)}, Since: t.book.Rev, Now: t.now,
		Talk: &ledger.Talk{Key: talkKey(t.m)},
	}
	if len(a.puts) > 0 && t.me != nil {
		c.Expects = append(c.Expects, t.book.Expect(ledger.RecordMember, t.me.ID))
	}
	if a.digest != "" || a.slow { // slow work is left to whoever empties the outbox
		c.Hold = ledger.Hold{}
	}
	if err := a.pend(c.Talk, t.book, t.now); err != nil {
		return bot.Outcome{}, err
	}
	if err := t.settleCard(&c, a.reply.title); err != nil {
		return bot.Outcome{}, err
	}
	answer, err := json.Marshal(a.reply.text)
	if err != nil {
		return bot.Outcome{}, fmt.Errorf("handlers: encode answer: %w", err)
	}
	c.Answer = answer
	c.Notices = named(t.book, append(c.Notices, d.receipt(t, a)...))
	got, err := d.o.Ledger.Commit(t.ctx, c)
	if err == nil || errors.Is(err, ledger.ErrConflict) {
		if err := d.renew(t, got.Delta); err != nil {
			return bot.Outcome{}, err
		}
	}
	if err != nil {
		return bot.Outcome{}, fmt.Errorf("handlers: commit: %w", err)
	}
	if got.Repeat {
		return bot.Outcome{}, nil
	}
	d.shown.note(talkKey(t.m), t.showing(a.reply), t.now)
	out := bot.Outcome{Told: a.reply.title, Changed: len(a.puts) > 0}
	if c.Hold == (ledger.Hold{}) {
		out.Owed = func(context.Context) { d.o.Post.Wake() }
		return out, nil
	}
	due := dueNow(c.Notices, t.now)
	out.Owed = func(ctx context.Context) {
		late := d.o.Now().Sub(t.now) > beginFor // it waited long for a free sender
		if !late {
			d.o.Post.SendHeld(ctx, due, fence)
		}
		if late || len(due) < len(c.Notices) {
			d.o.Post.Wake() // the senders must learn when the others are due
		}
	}
	return out, nil
}
