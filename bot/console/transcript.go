package console

import (
	"slices"

	"duban/bot"
)

// add numbers an entry, writes it to the journal, keeps it and shows it on all pages.
// After an error nothing has changed. The caller holds mu.
func (c *Console) add(e *entry) error { return c.addWith(e, nil) }

// addWith adds an entry together with the content of its files.
func (c *Console) addWith(e *entry, files []bot.Attachment) error {
	e.N = c.lastN + 1
	if err := c.journal.append(record{Msg: e}); err != nil {
		return err
	}
	c.keep(e)
	lost := c.shelf.put(e, files)
	c.show(e)
	for _, old := range lost {
		if c.byRef[old.Ref] == old {
			c.show(old)
		}
	}
	return nil
}

// show brings an entry as it now is onto all pages.
func (c *Console) show(e *entry) {
	e.v = c.feed.publish(event{Msg: c.bubble(e, c.feed.seq+1), Chat: c.summary(c.byID[e.Chat])})
}

// keep puts an entry into memory and drops the oldest beyond maxKept.
func (c *Console) keep(e *entry) {
	e.dress()
	c.lastN = max(c.lastN, e.N)
	c.entries = append(c.entries, e)
	ch := c.byID[e.Chat]
	ch.entries = append(ch.entries, e)
	c.byRef[e.Ref] = e
	if e.Out != "" {
		c.byOut[e.Out] = e
	}
	if len(c.entries) > maxKept {
		c.forget(c.entries[0])
	}
}

// forget drops the oldest entry, which is also the oldest of its chat.
func (c *Console) forget(e *entry) {
	c.entries = slices.Delete(c.entries, 0, 1)
	ch := c.byID[e.Chat]
	ch.entries = slices.Delete(ch.entries, 0, 1)
	for _, f := range e.Files {
		c.shelf.drop(f.ID)
	}
	delete(c.byRef, e.Ref)
	if e.Out != "" {
		delete(c.byOut, e.Out)
	}
}

// mark changes the state of a person's message, in the journal and on all pages.
func (c *Console) mark(e *entry, state string) error {
	if err := c.journal.append(record{State: &stateLine{Ref: e.Ref, State: state}}); err != nil {
		return err
	}
	e.State = state
	c.show(e)
	return nil
}

// markRead notes that a chat has been looked at up to entry n. Going back is ignored.
func (c *Console) markRead(ch *chat, n int64) error {
	n = min(n, c.lastN)
	if n <= ch.read {
		return nil
	}
	if err := c.journal.append(record{Read: &readLine{Chat: ch.id, N: n}}); err != nil {
		return err
	}
	ch.read = n
	c.feed.publish(event{Chat: c.summary(ch)})
	return nil
}

// restore replays one record of the journal. What belongs to a conversation that is no
// longer there is passed over.
func (c *Console) restore(r record) {
	switch {
	case r.Msg != nil:
		fresh := r.Msg.N > c.lastN
		c.lastN = max(c.lastN, r.Msg.N) // also of what is passed over: no number is given twice
		if fresh && c.byID[r.Msg.Chat] != nil && c.byRef[r.Msg.Ref] == nil {
			c.keep(r.Msg)
		}
	case r.State != nil:
		if e := c.byRef[r.State.Ref]; e != nil {
			e.State = r.State.State
		}
	case r.Read != nil:
		if ch := c.byID[r.Read.Chat]; ch != nil {
			ch.read = max(ch.read, r.Read.N)
		}
	case r.Clock != nil:
		c.clockAt = *r.Clock
	}
}

// settle ends what a stop cut short: nobody knows whether a message that was being
// delivered arrived, so it may be sent again, under its id, which makes that harmless.
func (c *Console) settle() {
	for _, e := range c.entries {
		if e.State == stateSending {
			e.State = stateFailed
		}
	}
}

// snapshot is the shortest journal that restores what is kept.
func (c *Console) snapshot() []record {
	var all []record
	for _, e := range c.entries {
		all = append(all, record{Msg: e})
	}
	for _, ch := range c.chats {
		if ch.read > 0 {
			all = append(all, record{Read: &readLine{Chat: ch.id, N: ch.read}})
		}
	}
	if !c.clockAt.IsZero() {
		all = append(all, record{Clock: &c.clockAt})
	}
	return all
}
