// Package platformtest is the contract of bot.Platform as a test suite: whatever the
// platform, what the bot sends arrives whole or says what is missing, reaches only
// whom it is for, and every no says whether trying again can help. Each platform's
// tests run it on the real client against a fake of the platform over real sockets.
// Only tests may import it; it knows no platform.
package platformtest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"duban/bot"
)

// Harness is one platform with nothing said on it yet, a person and a room.
type Harness interface {
	// Platform is the client under test.
	Platform() bot.Platform
	// KnownMember can be written to and is in KnownRoom.
	KnownMember() string
	// KnownRoom can be written to.
	KnownRoom() string
	// Seen is everything that the bot made anyone see, oldest first.
	Seen() []Shown
	// Limits says what this platform promises.
	Limits() Limits
}

// Staller is a Harness that can keep every answer waiting until release is called.
type Staller interface {
	Stall() (release func())
}

// Shown is one message as people see it.
type Shown struct {
	Room     string // of one-to-one messages: empty
	Member   string // of group messages: empty
	Title    string
	Text     string   // as it is read: with Markdown's own line breaks, its other marks left as they are
	Presses  []string // what each button makes the pressing person say
	Notified []string // whom it mentions
}

// Limits is what a platform promises, and what the suite must know of it.
type Limits struct {
	MemberText int // bytes of Chinese text that reach a person whole, in as many messages as it takes
	RoomText   int // the same for a room
	// Omission is in a text from which something was left out.
	Omission string
	// Burst is how many messages to a room within a minute are followed by a refusal;
	// 0 for a platform without such a limit.
	Burst      int
	OnceMember bool // the same Outgoing.ID is shown to a person once
	OnceRoom   bool // the same Outgoing.ID is shown in a room once
	Mentions   bool // people asked for in a room are notified
	Strangers  []string
	Secrets    []string // what no error and no log may contain
	Log        func() string
}

// patience bounds what must happen promptly.
const patience = 5 * time.Second

// Run holds a platform to the contract; open makes a new harness and cleans up after
// itself.
func Run(t *testing.T, open func(t *testing.T) Harness) {
	for _, tt := range []struct {
		name string
		test func(*suite)
	}{
		{"whole", (*suite).whole},
		{"long", (*suite).long},
		{"endless", (*suite).endless},
		{"buttons", (*suite).buttons},
		{"mentions", (*suite).mentions},
		{"unknown", (*suite).unknown},
		{"nonsense", (*suite).nonsense},
		{"burst", (*suite).burst},
		{"cancelled", (*suite).cancelled},
		{"stalled", (*suite).stalled},
		{"once", (*suite).once},
		{"distinct", (*suite).distinct},
		{"concurrent", (*suite).concurrent},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := &suite{T: t, h: open(t)}
			s.lim = s.h.Limits()
			tt.test(s)
			if s.lim.Log != nil {
				s.silent("the log", s.lim.Log())
			}
		})
	}
}

// suite is one test of the contract.
type suite struct {
	*testing.T
	h   Harness
	lim Limits
}

// target is one way to send: to a person or to a room.
type target struct {
	name string
	to   func(bot.Outgoing) bot.Outgoing
	has  func(Shown) bool
	text int
	once bool
}

func (s *suite) targets() []target {
	member, room := s.h.KnownMember(), s.h.KnownRoom()
	return []target{
		{"member", func(o bot.Outgoing) bot.Outgoing { o.Member = member; return o },
			func(n Shown) bool { return n.Room == "" && n.Member == member }, s.lim.MemberText, s.lim.OnceMember},
		{"room", func(o bot.Outgoing) bot.Outgoing { o.Room = room; return o },
			func(n Shown) bool { return n.Member == "" && n.Room == room }, s.lim.RoomText, s.lim.OnceRoom},
	}
}

// send sends and looks into what is said about it.
func (s *suite) send(ctx context.Context, out bot.Outgoing) error {
	_, err := s.h.Platform().Send(ctx, out)
	if err != nil {
		s.silent("the error", err.Error())
	}
	return err
}

// must sends what must go well.
func (s *suite) must(out bot.Outgoing) {
	s.Helper()
	if err := s.send(s.Context(), out); err != nil {
		s.Fatalf("send %s: %v", out.ID, err)
	}
}

// since lists what was shown after the first so many messages; all of it must have
// gone to the target.
func (s *suite) since(before int, to target) []Shown {
	s.Helper()
	list := s.h.Seen()[before:]
	for _, n := range list {
		if !to.has(n) {
			s.Errorf("%s: shown elsewhere: %+v", to.name, n)
		}
	}
	return list
}

// refused wants a refusal.
func (s *suite) refused(err error, retry bool) *bot.Refusal {
	s.Helper()
	var no *bot.Refusal
	if !errors.As(err, &no) {
		s.Fatalf("got %v, want a refusal", err)
	}
	if no.Retryable() != retry || no.Code == "" || no.Op == "" {
		s.Errorf("refusal %+v, want one with operation, code and retry %v", no, retry)
	}
	return no
}

// silent wants no secret in a text.
func (s *suite) silent(where, text string) {
	s.Helper()
	for _, secret := range s.lim.Secrets {
		if secret != "" && strings.Contains(text, secret) {
			s.Errorf("%s tells a secret:\n%s", where, text)
		}
	}
}

// words joins the texts of messages.
func words(list []Shown) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = n.Text
	}
	return strings.Join(texts, "\n")
}
