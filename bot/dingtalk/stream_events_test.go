package dingtalk_test

import (
	"context"
	"log/slog"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

// That somebody has read or recalled a message comes by Stream in its own form.
func TestStreamEventsAboutMessages(t *testing.T) {
	t.Parallel()
	var events []dingtalk.Event
	change := func(o *dingtalk.StreamOptions) {
		o.OnEvent = func(_ context.Context, e dingtalk.Event) error { events = append(events, e); return nil }
	}
	simulate(t, bottest.Options{}, change, func(t *testing.T, s *sim) {
		s.up()
		client, err := dingtalk.NewClient(dingtalk.ClientOptions{
			ClientID: s.AppKey(), Secret: s.AppSecret(), APIBase: s.URL(), OAPIBase: s.URL(), HTTP: s.http, Now: time.Now, Log: slog.New(slog.NewTextHandler(s.log, nil)),
		})
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		ref, err := client.Send(t.Context(), bot.Outgoing{ID: "a", Room: roomA, Title: "提醒", Markdown: "提醒"})
		if err != nil {
			t.Fatal(err)
		}
		if code, err := s.ReadAndTell(t.Context(), "u1", ref); code != http.StatusOK || err != nil {
			t.Error(code, err)
		}
		if code, err := s.RecallByAdmin(t.Context(), "u1", ref); code != http.StatusOK || err != nil {
			t.Error(code, err)
		}
		synctest.Wait()
		if len(events) != 2 || events[0].Type != "robot_msg_read" || events[1].Type != "robot_msg_recall" {
			t.Fatalf("%+v", events)
		}
		if d, err := events[0].Detail(); err != nil || d.Conversation != roomA || d.Ref != ref || len(d.Users) != 1 || d.Users[0] != "u1" {
			t.Errorf("%s: %+v, %v", events[0].Data, d, err)
		}
	})
}
