package console

import (
	"log/slog"
	"strings"
	"testing"

	"duban/bot"
	"duban/bot/platformtest"
)

// contract shows the suite of all platforms what the page shows.
type contract struct {
	*desk
	log *strings.Builder
}

func (c contract) Platform() bot.Platform { return c.Console }
func (c contract) KnownMember() string    { return "zhang" }
func (c contract) KnownRoom() string      { return "cid-1" }

// Seen reads the transcript, which the page's own API would give in pages.
func (c contract) Seen() []platformtest.Shown {
	c.mu.Lock()
	defer c.mu.Unlock()
	var list []platformtest.Shown
	for _, e := range c.entries {
		if e.From != "" {
			continue
		}
		shown := platformtest.Shown{Title: e.Title, Text: e.Text, Notified: e.Mention}
		if ch := c.byID[e.Chat]; ch.group {
			shown.Room = ch.id
		} else {
			shown.Member = ch.people[0]
		}
		for _, b := range e.Buttons {
			shown.Presses = append(shown.Presses, b.Say)
		}
		list = append(list, shown)
	}
	return list
}

func (c contract) Limits() platformtest.Limits {
	return platformtest.Limits{
		MemberText: 20_000, RoomText: 20_000, OnceMember: true, OnceRoom: true, Mentions: true, Log: c.log.String,
	}
}

func TestContract(t *testing.T) {
	t.Parallel()
	platformtest.Run(t, func(t *testing.T) platformtest.Harness {
		log := &strings.Builder{}
		o := options("")
		o.Log = slog.New(slog.NewTextHandler(log, nil))
		return contract{newDesk(t, o), log}
	})
}
