package bottest

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Note is one message of the bot, as people see it.
type Note struct {
	ID      string // message id
	Ref     string // processQueryKey; webhooks give none
	Via     string // session, robot, group, direct or reply
	Group   string // where it was shown: a group,
	User    string // or one person's own chat
	Type    string // msgtype or msgKey
	Title   string // shown in lists and notifications only
	Raw     string // the text as sent
	Text    string // the text as shown: joined lines are joined
	At      []string
	Buttons []Button
	When    time.Time

	Recalled bool
	ReadBy   []string

	Media string // id of the picture or file shown, see Fake.Media
	File  string // name of the file
	Card  string // outTrackId of the interactive card, see Fake.Card
}

// Button is a button or link that can be pressed.
type Button struct {
	Label string
	URL   string
}

// Says is what pressing the button makes the person say, when it does so at all:
// DingTalk ignores a host that is not all lower case.
func (b Button) Says() (string, bool) {
	rest, ok := strings.CutPrefix(b.URL, "dtmd://dingtalkclient/sendMessage?content=")
	if !ok {
		return "", false
	}
	words, err := url.PathUnescape(rest) // leaves "+" as it is
	return words, err == nil && words != ""
}

// post adds a note; callers hold f.mu.
func (f *Fake) post(m message, n Note) *Note {
	m.fill(&n)
	n.At = f.notified(m, n.Group)
	return f.show(n)
}

// show gives the note an id and tells those who wait.
func (f *Fake) show(n Note) *Note {
	n.ID, n.When = f.id("msgBot%016d=="), f.opt.Now()
	f.notes = append(f.notes, &n)
	close(f.changed)
	f.changed = make(chan struct{})
	return &n
}

// notified lists whom a message mentions: both the text and the list must say so.
func (f *Fake) notified(m message, group string) []string {
	g := f.groups[group]
	if g == nil {
		return nil
	}
	if m.At.All {
		return slices.Clone(g.Members)
	}
	var raw Note
	m.fill(&raw)
	var ids []string
	for _, id := range m.At.UserIDs {
		if slices.Contains(g.Members, id) && strings.Contains(raw.Raw, "@"+id) && m.MsgType != "link" && m.MsgType != "feedCard" {
			ids = append(ids, id)
		}
	}
	return ids
}

// Seen lists what a group saw, oldest first.
func (f *Fake) Seen(group string) []Note {
	return f.seen(func(n *Note) bool { return n.Group != "" && n.Group == group })
}

// SeenBy lists what a person saw in the own chat with the bot, oldest first.
func (f *Fake) SeenBy(user string) []Note {
	return f.seen(func(n *Note) bool { return n.Group == "" && n.User == user })
}

// All lists everything that the bot made anyone see, oldest first.
func (f *Fake) All() []Note { return f.seen(func(*Note) bool { return true }) }

func (f *Fake) seen(want func(*Note) bool) []Note {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []Note
	for _, n := range f.notes {
		if want(n) {
			list = append(list, *n)
		}
	}
	return list
}

// WaitSeen waits until the bot has made people see at least n messages in all, and
// returns them; or until ctx ends.
func (f *Fake) WaitSeen(ctx context.Context, n int) ([]Note, error) {
	return f.wait(ctx, n, f.All)
}

// WaitGroup waits until a group has seen at least n messages.
func (f *Fake) WaitGroup(ctx context.Context, group string, n int) ([]Note, error) {
	return f.wait(ctx, n, func() []Note { return f.Seen(group) })
}

// WaitUser waits until a person has seen at least n messages in the own chat.
func (f *Fake) WaitUser(ctx context.Context, user string, n int) ([]Note, error) {
	return f.wait(ctx, n, func() []Note { return f.SeenBy(user) })
}

func (f *Fake) wait(ctx context.Context, n int, look func() []Note) ([]Note, error) {
	for {
		f.mu.Lock()
		changed := f.changed // taken before looking, so that nothing is missed in between
		f.mu.Unlock()
		list := look()
		if len(list) >= n {
			return list, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return list, fmt.Errorf("bottest: saw %d of %d messages: %w", len(list), n, ctx.Err())
		}
	}
}

// Press lets a person press the button with that label under a note. What it says
// comes to the bot as the person's own message.
func (f *Fake) Press(ctx context.Context, user string, n Note, label string) (Delivery, error) {
	for _, b := range n.Buttons {
		if b.Label != label {
			continue
		}
		words, ok := b.Says()
		if !ok {
			return Delivery{}, fmt.Errorf("bottest: button %q says nothing", label)
		}
		return f.Say(ctx, Saying{User: user, Group: n.Group, Text: words})
	}
	return Delivery{}, fmt.Errorf("bottest: no button %q", label)
}
