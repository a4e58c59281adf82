package dingtalk_test

import (
	"context"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

// The same over a real network, with nothing handed in that production would not:
// our own HTTP client and dialler, which admit the host of APIBase only.
func TestStreamOverTCP(t *testing.T) {
	t.Parallel()
	limit, done := context.WithTimeout(t.Context(), 30*time.Second)
	defer done()
	fake, err := bottest.New(bottest.Options{Now: time.Now, Mode: bottest.ByStream})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := fake.Close(); err != nil {
			t.Error(err)
		}
	}()
	fake.AddUser(bottest.User{ID: "u1", Name: "沈建国"})
	took := make(chan bot.Message, 1)
	s, err := dingtalk.NewStream(dingtalk.StreamOptions{
		ClientID: fake.AppKey(), Secret: fake.AppSecret(), APIBase: fake.URL() + "/", SessionHosts: []string{fake.URL()},
		Taker: takes(func(m bot.Message) error { took <- m; return nil }), Now: time.Now, Wait: wait, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(limit)
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	two := func(l []*bottest.Link) bool { return len(l) == dingtalk.DefaultConnections }
	if _, err := fake.WaitLinks(limit, two); err != nil {
		t.Fatal(err)
	}
	d, err := fake.SayDirect(limit, "u1", "我的任务")
	if d.Status != http.StatusOK {
		t.Fatalf("%+v, %v", d, err)
	}
	if m := <-took; err != nil || m.Text != "我的任务" || m.Webhook == "" {
		t.Errorf("%+v, %v, took %+v", d, err, m)
	}
	fake.PingAll()
	cancel()
	if err := <-ended; err != nil || s.Connected() != 0 || s.LastFrame().IsZero() {
		t.Errorf("%v, %+v", err, s.State())
	}
	none := func(l []*bottest.Link) bool { return len(l) == 0 }
	if _, err := fake.WaitLinks(limit, none); err != nil {
		t.Error(err)
	}
}
