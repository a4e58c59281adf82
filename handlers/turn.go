package handlers

import (
	"context"
	"time"

	"duban/bot"
	"duban/handlers/understand"
	"duban/store/ledger"
)

// turn is one message with all that its decision may look at. A command reads it and
// returns an act; it may be run again on a newer book when a commit found a conflict,
// so it must not keep state.
type turn struct {
	ctx    context.Context
	desk   *Desk
	m      bot.Message
	book   *ledger.Book
	lex    *understand.Lexicon
	mean   understand.Meaning
	talk   *pending // what the bot had asked, when it waits for an answer
	events []ledger.Event
	asked  string // ID of the task whose whole history events is; "" when it is none's
	now    time.Time
	today  ledger.Date
	me     *ledger.Member // nil: not known
	room   *ledger.Room   // nil: one-to-one, or a group that is not bound
	see    scope

	chosen      bool           // the task was picked from a question
	quoted      bool           // the store knows the tasks that the quoted message is about
	quotedTasks []string       // numbers of the tasks that the quoted message is about
	several     []choice       // the reports on several tasks that a yes was given to
	secret      bool           // the words carry a marking of secrecy
	page        int            // of a list that was made: which of its pages
	pagesAll    int            // and of how many
	point       string         // the checkpoint chosen in answer to a question
	confirmed   bool           // a yes was given to the pending question
	open        *pending       // the question that stays open unless the act puts another
	about       []string       // tasks of the quoted message
	quote       string         // text of the quoted message
	marks       []string       // the applications that the person was asked about
	claim       *ledger.Member // whose claim is decided, where that is known
	behalf      bool           // it was said that the speaker speaks for another's unit
	nth         int            // of several events of one message
	points      []string       // all checkpoints of the question, when the answer was that all are done
}

// wants asks for the events that the answer to a query will look at, so that they come
// with its arrival.
func (t *turn) wants(q *ledger.Arrival) {
	switch t.mean.Intent {
	case understand.History:
		q.History = t.idOf(t.mean.Task)
	case understand.Summary:
		q.From, q.To = movedSince(t).In(t.now.Location(), 0, 0), t.now.Add(time.Second)
	}
}

// received keeps the events that came. That none came of a period is not the same as
// that none were asked for.
func (t *turn) received(q ledger.Arrival, got ledger.Arrived) {
	t.events = got.Events
	t.asked = q.History
	if t.events == nil && !q.To.IsZero() {
		t.events = []ledger.Event{}
	}
}

// act is what a command decided. Without puts, events, notices and talk it is a
// pure answer.
type act struct {
	reply   reply
	puts    []ledger.Record
	expects []ledger.Expect
	events  []ledger.Event
	notices []ledger.Notice
	pressed []ledger.Notice // those of notices that a person presses with; they count as load
	ask     *pending
	digest  string // owe a worded summary of this question
	slow    bool   // its notices take long to word: leave them to whoever empties the outbox
}

func (a act) writes() bool {
	return len(a.puts)+len(a.events)+len(a.notices) > 0 || a.ask != nil || a.digest != ""
}

// put adds a record to the act, under the precondition that nobody else has written it
// meanwhile; a nil v removes it.
func (t *turn) put(a *act, kind ledger.RecordKind, id string, v any) error {
	rec := ledger.Record{Kind: kind, ID: id}
	if v != nil {
		var err error
		if rec, err = ledger.Put(kind, id, v); err != nil {
			return err
		}
	}
	a.puts = append(a.puts, rec)
	a.expects = append(a.expects, t.book.Expect(kind, id))
	return nil
}

// reply is an answer before it is addressed.
type reply struct {
	title   string
	text    string
	buttons []ledger.Button
	tasks   []string
}

// say is an act that only answers.
func say(title, text string, buttons ...ledger.Button) act {
	return act{reply: reply{title: title, text: text, buttons: buttons}}
}

// talkKey names the exchange between the bot and one person in one conversation.
// A person's own chat is named by the person, so that a message which the bot begins can
// ask in it.
func talkKey(m bot.Message) string {
	if !m.Conversation.Group && m.Sender.ID != "" {
		return "dm:" + m.Sender.ID
	}
	return m.Conversation.ID + "/" + m.Sender.ID
}

// moment is the time of a turn. No two turns of a process share one, even while the clock
// stands still, as in a demonstration: what was said last is told by its time.
func (d *Desk) moment() time.Time {
	now := d.o.Now()
	for {
		last := d.last.Load()
		next := now.UnixNano()
		if ahead := last - next; ahead >= 0 && ahead < int64(time.Millisecond) { // a clock that was set back further is followed
			next = last + 1
		}
		if d.last.CompareAndSwap(last, next) {
			return now.Add(time.Duration(next - now.UnixNano()))
		}
	}
}

// target is where answers to the message go.
func target(m bot.Message) ledger.Target {
	to := ledger.Target{Webhook: m.Webhook, WebhookUntil: m.WebhookUntil}
	if m.Conversation.Group {
		to.Room = m.Conversation.ID
	} else {
		to.Member = m.Sender.ID
	}
	return to
}

// unit is the unit that the speaker speaks for on the task: an own unit named in it.
func (t *turn) unit(task *ledger.Task) string {
	if t.me == nil {
		return ""
	}
	for _, u := range t.me.Units {
		if task.OwnedBy(u) {
			return u
		}
	}
	return ""
}

// myUnit is the speaker's first unit, for the understanding of words like 我们.
func (t *turn) myUnit() string {
	if t.me == nil || len(t.me.Units) == 0 {
		return ""
	}
	return t.me.Units[0]
}

func (t *turn) level(task *ledger.Task) ledger.Level {
	return ledger.TaskLevel(task, t.book.Progress(task.No), t.today, t.desk.lights(t.book))
}
