package dingtalk_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

// rig is a fake DingTalk, a door behind a real server and a client, on one clock.
type rig struct {
	*bottest.Fake
	clock  *bottest.Clock
	client *dingtalk.Client
	log    *syncBuffer

	mu   sync.Mutex
	took []bot.Message
	busy error
	room map[string][2]string // room → webhook, secret
}

func (r *rig) Take(_ context.Context, m bot.Message) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.took = append(r.took, m)
	return r.busy
}

func (r *rig) last() bot.Message {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.took) == 0 {
		return bot.Message{}
	}
	return r.took[len(r.took)-1]
}

// syncBuffer is a log that may be written from the server's goroutines.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

const (
	roomA = "cidRoomA=="
	start = "2018-07-02T09:00:00+08:00"
)

func newRig(t *testing.T, change func(*dingtalk.ClientOptions)) *rig {
	t.Helper()
	now, err := time.Parse(time.RFC3339, start)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{clock: bottest.NewClock(now), log: &syncBuffer{}, room: map[string][2]string{}}
	if r.Fake, err = bottest.New(bottest.Options{Now: r.clock.Now}); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(r.log, nil))
	door := httptest.NewServer(dingtalk.NewDoor(dingtalk.DoorOptions{
		Secret: r.AppSecret(), RobotCode: r.AppKey(), Taker: r, Now: r.clock.Now, Log: log, SessionHosts: []string{r.URL()},
	}))
	r.SetBot(door.URL + "/dingtalk/robot")
	o := dingtalk.ClientOptions{
		ClientID: r.AppKey(), Secret: r.AppSecret(), APIBase: r.URL() + "/", OAPIBase: r.URL(), Now: r.clock.Now, Log: log,
		RoomWebhook: func(room string) (string, string, bool) { w, ok := r.room[room]; return w[0], w[1], ok },
	}
	if change != nil {
		change(&o)
	}
	if r.client, err = dingtalk.NewClient(o); err != nil {
		t.Fatal(err)
	}
	r.AddUser(bottest.User{ID: "u1", Name: "沈建国"})
	r.AddUser(bottest.User{ID: "u2", Name: "王芳"})
	r.AddUser(bottest.User{ID: "x9", Name: "路人", External: true})
	r.AddGroup(bottest.Group{ID: roomA, Title: "吴兴专班", Members: []string{"u1", "u2"}})
	t.Cleanup(func() {
		r.client.Close()
		door.Close()
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		for _, secret := range []string{r.AppSecret(), "session=", "access_token="} {
			if strings.Contains(r.log.String(), secret) {
				t.Errorf("the log tells %q:\n%s", secret, r.log)
			}
		}
	})
	return r
}

// say lets someone write, and returns what the bot took.
func (r *rig) say(t *testing.T, s bottest.Saying) bot.Message {
	t.Helper()
	d, err := r.Say(t.Context(), s)
	if err != nil || d.Status != http.StatusOK {
		t.Fatalf("say: %+v, %v", d, err)
	}
	return r.last()
}

// reply is an answer to m.
func reply(m bot.Message, markdown string) bot.Outgoing {
	out := bot.Outgoing{ID: "out-" + m.ID, Title: "回复", Markdown: markdown, Webhook: m.Webhook, WebhookUntil: m.WebhookUntil}
	if m.Conversation.Group {
		out.Room = m.Conversation.ID
	} else {
		out.Member = m.Sender.ID
	}
	return out
}

func refusal(t *testing.T, err error) *bot.Refusal {
	t.Helper()
	var no *bot.Refusal
	if !errors.As(err, &no) {
		t.Fatalf("%v is no refusal", err)
	}
	return no
}

// unknown wants an error that is no refusal: the outcome cannot be known.
func unknown(t *testing.T, err error) {
	t.Helper()
	var no *bot.Refusal
	if err == nil || errors.As(err, &no) {
		t.Fatalf("got %v, want an unknown outcome", err)
	}
}
