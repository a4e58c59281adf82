package console

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"duban/bot"
)

// Console is the chat page's server side. It is safe for concurrent use.
type Console struct {
	opt    Options
	people map[string]Person

	// mu guards what follows. It is never held while the Taker or the Clock is called:
	// both may lead straight back into Send.
	mu      sync.Mutex
	taker   Taker
	chats   []*chat // as given; the page sorts
	byID    map[string]*chat
	entries []*entry // of all chats, oldest first
	byRef   map[string]*entry
	byOut   map[string]*entry
	lastN   int64
	clockAt time.Time
	moving  bool
	closed  bool
	journal *journal
	feed    feed
	shelf   shelf
	wg      sync.WaitGroup // websocket connections
}

var _ bot.Platform = (*Console)(nil)

// New makes a console and loads its journal. It starts no goroutine; Close ends it.
func New(o Options) (*Console, error) {
	o = o.withDefaults()
	if o.Clock == nil {
		return nil, errors.New("console: no clock")
	}
	if len(o.People) == 0 {
		return nil, errors.New("console: no people")
	}
	c := &Console{
		opt: o, people: map[string]Person{}, byID: map[string]*chat{},
		byRef: map[string]*entry{}, byOut: map[string]*entry{},
		feed: feed{epoch: rand.Text(), clients: map[*client]struct{}{}},
	}
	if err := c.makeChats(); err != nil {
		return nil, err
	}
	j, lines, err := openJournal(o.Journal, o.Log, c.restore)
	if err != nil {
		return nil, err
	}
	c.journal = j
	c.settle()
	if lines > compactOver {
		if err := j.rewrite(c.snapshot()); err != nil {
			return nil, errors.Join(err, j.close())
		}
	}
	return c, nil
}

// makeChats opens a group for every room and a private chat for every person.
func (c *Console) makeChats() error {
	var ids []string
	for _, p := range c.opt.People {
		if _, twice := c.people[p.ID]; twice || p.ID == "" {
			return fmt.Errorf("console: person id %q is empty or used twice", p.ID)
		}
		c.people[p.ID] = p
		ids = append(ids, p.ID)
	}
	for _, r := range c.opt.Rooms {
		people := r.People
		if len(people) == 0 {
			people = ids
		}
		for _, id := range people {
			if _, ok := c.people[id]; !ok {
				return fmt.Errorf("console: room %s: no person %q", r.ID, id)
			}
		}
		c.chats = append(c.chats, &chat{id: r.ID, title: r.Title, group: true, people: people})
	}
	for _, p := range c.opt.People {
		c.chats = append(c.chats, &chat{id: directID(p.ID), title: p.Name, note: p.Note, people: []string{p.ID}})
	}
	for _, ch := range c.chats {
		if c.byID[ch.id] != nil || ch.id == "" {
			return fmt.Errorf("console: conversation id %q is empty or used twice", ch.id)
		}
		c.byID[ch.id] = ch
	}
	return nil
}

// directID is the conversation id of a person's private chat.
func directID(person string) string { return "dm-" + person }

// Bind hands over who takes what people say. Until then the page answers that the bot
// is not ready. It may be called once, before serving.
func (c *Console) Bind(t Taker) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taker = t
}

// Send shows a message of the bot in a room or in a person's private chat and returns
// its ref, which a later bot.Quote carries. The same out.ID again shows nothing and
// gives the first ref, as long as the message is kept. It is a bot.Refusal when there is
// no such room or person, when there is nothing to show or when it is too long; after
// any error nothing was shown.
func (c *Console) Send(ctx context.Context, out bot.Outgoing) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", fmt.Errorf("console: send: %w", err)
	}
	switch {
	case (out.Room == "") == (out.Member == ""):
		return "", refusal("badTarget", "exactly one of room and member must be set")
	case strings.TrimSpace(out.Markdown) == "" && len(out.Attachments) == 0:
		return "", refusal("empty", "the message has neither text nor files")
	case len(out.Markdown) > maxOut:
		return "", refusal("tooLong", fmt.Sprintf("the message has %d bytes, the limit is %d", len(out.Markdown), maxOut))
	}
	if err := checkFiles(out.Attachments); err != nil {
		return "", err
	}
	target := out.Room
	if out.Member != "" {
		target = directID(out.Member)
	}
	at := c.opt.Clock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return "", fmt.Errorf("console: send: %w", ErrClosed)
	}
	if c.byID[target] == nil {
		return "", refusal("noConversation", fmt.Sprintf("no conversation %q", target))
	}
	if e := c.byOut[out.ID]; e != nil && out.ID != "" {
		return e.Ref, nil
	}
	e := &entry{
		Ref: "bot-" + rand.Text(), Chat: target, At: at, Text: out.Markdown, Title: out.Title,
		Buttons: slices.Clone(out.Buttons), Mention: slices.Clone(out.At), Out: out.ID,
		Files: named(out.Attachments),
	}
	if err := c.addWith(e, out.Attachments); err != nil {
		return "", err
	}
	return e.Ref, nil
}

func refusal(code, msg string) error {
	return &bot.Refusal{Op: "console: send", Code: code, Msg: msg}
}

// LastClock is the time last recorded, false when there is none.
func (c *Console) LastClock() (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.clockAt, !c.clockAt.IsZero()
}

// RecordClock keeps t for LastClock of the next start and shows it on all pages. The
// page's own clock panel calls it after each move; others who move the clock should too.
func (c *Console) RecordClock(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return fmt.Errorf("console: clock: %w", ErrClosed)
	}
	if err := c.journal.append(record{Clock: &t}); err != nil {
		return err
	}
	c.clockAt = t
	c.feed.publish(event{Clock: c.clockView(t)})
	return nil
}

// Close cuts the open pages off, waits for their connections and closes the journal.
// Stop the HTTP server first. A second call does nothing.
func (c *Console) Close() error {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return nil
	}
	c.closed = true
	c.feed.dropAll()
	c.mu.Unlock()
	c.wg.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.journal.close()
}
