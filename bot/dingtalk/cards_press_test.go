package dingtalk_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

func (r *cardRig) send(t *testing.T, out bot.Outgoing) string {
	t.Helper()
	if _, err := r.client.Send(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	return dingtalk.CardTrack(out.ID)
}

func (r *cardRig) press(t *testing.T, p bottest.CardPressing) bottest.CardPressed {
	t.Helper()
	done, err := r.PressCard(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestPress(t *testing.T) {
	t.Parallel()
	for name, out := range map[string]bot.Outgoing{"group": nudge(roomA, ""), "direct": nudge("", "u1")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newCardRig(t)
			track := r.send(t, out)
			done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Button: "申请办结"})
			if done.Error != "" || done.Status != http.StatusOK {
				t.Fatal(done.Error, done.Status)
			}
			want := bot.Message{
				ID: r.said()[0].ID, Kind: bot.KindText, Text: "任务28 申请办结", Sender: bot.Sender{ID: "u1"}, At: r.clock.Now(), Card: track,
				Conversation: bot.Conversation{ID: roomA, Group: true}, Mentioned: true,
			}
			if out.Room == "" {
				want.Conversation, want.Mentioned = bot.Conversation{ID: "cidDirectu1=="}, false
			}
			if diff := cmp.Diff([]bot.Message{want}, r.said()); diff != "" {
				t.Error(diff)
			}
			card, _ := r.Card(track)
			if card.Params["status"] != "沈建国已申请办结" || card.Params["buttons"] != "[]" || card.Params["title"] == "" {
				t.Errorf("%+v", card.Params)
			}
			again := r.press(t, bottest.CardPressing{User: "u1", Track: track, Raw: done.Body})
			if said := r.said(); again.Error != "" || string(again.Reply) != string(done.Reply) || len(said) != 2 || said[1].ID != want.ID || said[1].Card != track {
				t.Error("a replay is not the same message:", again.Error, said)
			}
			if _, err := r.PressCard(t.Context(), bottest.CardPressing{User: "u1", Track: track, Button: "稍后"}); !errors.Is(err, bottest.ErrNoButton) {
				t.Error("the buttons are still there:", err)
			}
		})
	}
}

// What is not settled is told to the person alone; a replay has the same message id.
func TestPressNotSettled(t *testing.T) {
	t.Parallel()
	r := newCardRig(t)
	track := r.send(t, nudge(roomA, ""))
	r.outcome = dingtalk.PressOutcome{Status: "请回复进展"}
	done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Button: "报进展"})
	r.press(t, bottest.CardPressing{User: "u1", Track: track, Raw: done.Body})
	r.press(t, bottest.CardPressing{User: "u1", Track: track, Button: "b3"})
	r.press(t, bottest.CardPressing{User: "u2", Track: track, Button: "报进展"})
	said := r.said()
	if len(said) != 4 || said[0].ID != said[1].ID || said[0].ID == said[2].ID || said[0].ID == said[3].ID || said[2].Text != "任务28 稍后" {
		t.Errorf("%+v", said)
	}
	card, _ := r.Card(track)
	if card.Seen("u1")["status"] != "请回复进展" || card.Params["status"] != "" || card.Params["buttons"] == "[]" {
		t.Errorf("%+v", card)
	}
	r.outcome = dingtalk.PressOutcome{}
	if done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Button: "查看"}); string(done.Reply) != "{}" {
		t.Errorf("%s", done.Reply)
	}
	r.outcome, r.err = dingtalk.PressOutcome{}, bot.ErrFull
	if done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Button: "查看"}); done.Status != http.StatusServiceUnavailable {
		t.Error(done.Status)
	}
	r.outcome, r.err = dingtalk.PressOutcome{Settled: true}, nil
	r.press(t, bottest.CardPressing{User: "u1", Track: track, Button: "查看"})
	if card, _ := r.Card(track); card.Params["status"] != "已处理：查看任务28" {
		t.Errorf("%+v", card.Params)
	}
}

// While one press is being decided, another on the same card is not taken.
func TestPressTwiceAtOnce(t *testing.T) {
	t.Parallel()
	r := newCardRig(t)
	track := r.send(t, nudge(roomA, ""))
	r.wait = make(chan struct{})
	first := make(chan bottest.CardPressed)
	go func() {
		done, err := r.PressCard(t.Context(), bottest.CardPressing{User: "u1", Track: track, Button: "申请办结"})
		if err != nil {
			t.Error(err)
		}
		first <- done
	}()
	var statuses []int
	for len(r.said()) == 0 { // until the first is being decided; each look is a call of its own
		if done := r.press(t, bottest.CardPressing{User: "u2", Track: track, Raw: []byte("{}")}); done.Status != http.StatusBadRequest {
			t.Error(done.Status)
		}
	}
	statuses = append(statuses, r.press(t, bottest.CardPressing{User: "u2", Track: track, Button: "稍后"}).Status)
	close(r.wait)
	statuses = append(statuses, (<-first).Status)
	if diff := cmp.Diff([]int{503, 200}, statuses); diff != "" || len(r.said()) != 1 {
		t.Error(diff, r.said())
	}
}

// A decision that takes too long ends before DingTalk stops waiting.
func TestPressTooSlow(t *testing.T) {
	t.Parallel()
	r := newCardRig(t)
	track := r.send(t, nudge(roomA, ""))
	r.wait = make(chan struct{})
	if done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Button: "申请办结"}); done.Status != http.StatusServiceUnavailable {
		t.Error(done.Status, done.Error)
	}
	r.SetPressLimit(30 * time.Millisecond)
	if done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Button: "申请办结"}); done.Status != 0 || done.Error == "" {
		t.Error(done.Status, done.Error)
	}
	if card, _ := r.Card(track); card.Params["status"] != "" {
		t.Errorf("%+v", card.Params)
	}
}

// Everything that a press could be forged with, without the app's secret.
func TestPressForged(t *testing.T) {
	t.Parallel()
	r := newCardRig(t)
	track := r.send(t, nudge("", "u1"))
	other := nudge(roomA, "")
	other.ID = "other"
	r.send(t, other)
	body := r.press(t, bottest.CardPressing{User: "u1", Track: track, Button: "申请办结", Set: map[string]any{"outTrackId": "x"}}).Body
	if len(r.said()) != 0 {
		t.Fatal("taken under another card")
	}
	forge := func(change func(m, in map[string]any)) []byte { return forged(t, body, track, change) }
	params := func(m map[string]any) map[string]any { return m["params"].(map[string]any) }
	for name, change := range map[string]func(m, in map[string]any){
		"other words":      func(_, in map[string]any) { params(in)["say"] = "撤销任务28" },
		"no words":         func(_, in map[string]any) { delete(params(in), "say") },
		"no signature":     func(_, in map[string]any) { delete(params(in), "sig") },
		"short signature":  func(_, in map[string]any) { params(in)["sig"] = params(in)["sig"].(string)[:21] },
		"other button":     func(_, in map[string]any) { in["actionIds"] = []any{"b1"} },
		"two buttons":      func(_, in map[string]any) { in["actionIds"] = []any{"b2", "b1"} },
		"no button":        func(_, in map[string]any) { in["actionIds"] = []any{} },
		"other person":     func(m, _ map[string]any) { m["userId"] = "u2" },
		"nobody":           func(m, _ map[string]any) { m["userId"] = "" },
		"union id":         func(m, _ map[string]any) { m["userIdType"] = 2 },
		"other place":      func(m, _ map[string]any) { m["spaceType"], m["spaceId"] = "IM_GROUP", roomA },
		"no card":          func(m, _ map[string]any) { delete(m, "outTrackId") },
		"other kind":       func(m, _ map[string]any) { m["type"] = "somethingNew" },
		"content of a lie": func(m, _ map[string]any) { m["content"] = []any{1} },
		"oversized":        func(m, _ map[string]any) { m["userId"] = strings.Repeat("u", 600) },
	} {
		if done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Raw: forge(change)}); done.Status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, done.Status)
		}
	}
	if got := r.said(); len(got) != 0 {
		t.Fatalf("taken: %+v", got)
	}
	// Unknown fields, and content as an object or under its other name, are no forgery.
	for name, change := range map[string]func(m, in map[string]any){
		"unknown fields": func(m, in map[string]any) { m["new"], in["new"], params(in)["local"] = 1, true, 5 },
		"object":         func(m, in map[string]any) { m["content"] = map[string]any{"cardPrivateData": in} },
		"value": func(m, in map[string]any) {
			m["content"], m["value"] = nil, map[string]any{"cardPrivateData": in}
		},
		"lower case": func(m, _ map[string]any) { m["spaceType"] = "im_robot" },
	} {
		if done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Raw: forge(change)}); done.Status != http.StatusOK {
			t.Errorf("%s: %d", name, done.Status)
		}
	}
}

func TestCardDoorRefuses(t *testing.T) {
	t.Parallel()
	r := newCardRig(t)
	track := r.send(t, nudge(roomA, ""))
	for _, p := range []bottest.CardPressing{{BadSign: true}, {Age: 2 * time.Hour}, {Age: -2 * time.Hour}} {
		p.User, p.Track, p.Button = "u1", track, "申请办结"
		if done := r.press(t, p); done.Status != http.StatusUnauthorized {
			t.Errorf("%+v: %d", p, done.Status)
		}
	}
	big := append([]byte(`{"x":"`), strings.Repeat("x", 10<<20)...)
	if done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Raw: append(big, `"}`...)}); done.Status != http.StatusRequestEntityTooLarge && done.Status != 0 {
		t.Error(done.Status)
	}
	if done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Raw: []byte("no json")}); done.Status != http.StatusBadRequest {
		t.Error(done.Status)
	}
	resp, err := http.Get(r.door)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusMethodNotAllowed {
		t.Error(err, resp.StatusCode)
	}
	http.DefaultClient.CloseIdleConnections()
	if len(r.said()) != 0 {
		t.Errorf("%+v", r.said())
	}
}

func TestCardSignVector(t *testing.T) {
	t.Parallel()
	if got := dingtalk.CardSign("demoApiSecret", "1700000000000"); got != "XJtFSyA/iGGEooVQUUuaYC6n1AA/ISVGVZy07IiBMmE=" {
		t.Error(got)
	}
}

// The same presses come by Stream, where nothing is signed but our own words.
func TestPressByStream(t *testing.T) {
	t.Parallel()
	r := &cardRig{outcome: dingtalk.PressOutcome{Status: "已办", Settled: true}}
	r.rig = newRig(t, func(o *dingtalk.ClientOptions) { o.CardTemplate = template })
	log := slog.New(slog.NewTextHandler(r.log, nil))
	presses := dingtalk.NewPresses(dingtalk.PressOptions{Secret: r.AppSecret(), Decide: r.decide, Now: r.clock.Now, Log: log})
	stream, err := dingtalk.NewStream(dingtalk.StreamOptions{
		ClientID: r.AppKey(), Secret: r.AppSecret(), APIBase: r.URL(), Taker: r, OnCard: presses.Handle, Now: r.clock.Now, Wait: wait, Connections: 1, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() {
		if err := stream.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	defer running.Wait()
	defer cancel()
	if _, err := r.WaitLinks(t.Context(), func(links []*bottest.Link) bool { return len(links) > 0 }); err != nil {
		t.Fatal(err)
	}
	track := r.send(t, nudge("", "u1"))
	if card, _ := r.Card(track); !card.Stream {
		t.Fatalf("%+v", card)
	}
	if done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Raw: []byte(strings.Replace(pressBody, "trk-0001", track, 1))}); done.Status != http.StatusBadRequest || len(r.said()) != 0 {
		t.Error("a forged press:", done.Status, done.Error)
	}
	done := r.press(t, bottest.CardPressing{User: "u1", Track: track, Button: "稍后"})
	card, _ := r.Card(track)
	if done.Error != "" || card.Params["status"] != "已办" || len(r.said()) != 1 || r.said()[0].Text != "任务28 稍后" || r.said()[0].Conversation.ID != "u1" {
		t.Error(done.Error, card.Params, r.said())
	}
}

// forged changes the body of a press: its fields, and those of its cardPrivateData.
func forged(t *testing.T, body []byte, track string, change func(m, in map[string]any)) []byte {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	m["outTrackId"] = track
	var content map[string]map[string]any
	if err := json.Unmarshal([]byte(m["content"].(string)), &content); err != nil {
		t.Fatal(err)
	}
	change(m, content["cardPrivateData"])
	if _, raw := m["content"].(string); raw {
		b, err := json.Marshal(content)
		if err != nil {
			t.Fatal(err)
		}
		m["content"] = string(b)
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
