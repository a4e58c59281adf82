package dingtalk_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

const (
	template   = "00000000-aaaa-bbbb-cccc-000000000000.schema"
	cardSecret = "demoApiSecret"
)

// cardRig is a rig whose nudges go as cards and whose presses come by HTTP.
type cardRig struct {
	*rig
	door    string
	outcome dingtalk.PressOutcome
	err     error
	wait    chan struct{} // what Decide waits for, when set

	mu      sync.Mutex
	pressed []bot.Message
}

func (r *cardRig) decide(ctx context.Context, m bot.Message) (dingtalk.PressOutcome, error) {
	r.mu.Lock()
	r.pressed = append(r.pressed, m)
	wait := r.wait
	r.mu.Unlock()
	if wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return dingtalk.PressOutcome{}, ctx.Err()
		}
	}
	return r.outcome, r.err
}

func (r *cardRig) said() []bot.Message {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]bot.Message(nil), r.pressed...)
}

func newCardRig(t *testing.T) *cardRig {
	t.Helper()
	r := &cardRig{outcome: dingtalk.PressOutcome{Status: "沈建国已申请办结", Settled: true}}
	r.rig = newRig(t, func(o *dingtalk.ClientOptions) { o.CardTemplate, o.CardRoute = template, "duban" })
	log := slog.New(slog.NewTextHandler(r.log, nil))
	presses := dingtalk.NewPresses(dingtalk.PressOptions{
		Secret: r.AppSecret(), Decide: r.decide, DirectID: func(id string) string { return "cidDirect" + id + "==" }, Now: r.clock.Now, Log: log,
	})
	door := httptest.NewServer(dingtalk.NewCardDoor(dingtalk.CardDoorOptions{Secret: cardSecret, Handle: presses.Handle, Now: r.clock.Now, Log: log}))
	t.Cleanup(door.Close)
	r.door = door.URL + "/dingtalk/card"
	if err := r.client.RegisterCallback(t.Context(), "duban", r.door, cardSecret); err != nil {
		t.Fatal(err)
	}
	return r
}

func nudge(room, member string) bot.Outgoing {
	return bot.Outgoing{ID: "nudge-28", Room: room, Member: member, Title: "任务28 提醒", Markdown: "**报送进展**\n2018年12月31日前", At: []string{"u1"}, Buttons: []bot.Button{
		{Label: "报进展", Say: "任务28 报进展"}, {Label: "申请办结", Say: "任务28 申请办结"}, {Label: "稍后", Say: "任务28 稍后"}, {Label: "查看", Say: "查看任务28"},
	}}
}

func TestNudgeCard(t *testing.T) {
	t.Parallel()
	r := newCardRig(t)
	for _, out := range []bot.Outgoing{nudge(roomA, ""), nudge("", "u1")} {
		out.ID += out.Room
		ref, err := r.client.Send(t.Context(), out)
		if err != nil || ref == "" {
			t.Fatal(ref, err)
		}
		seen := r.All()
		n := seen[len(seen)-1]
		card, ok := r.Card(dingtalk.CardTrack(out.ID))
		if !ok || n.Via != "card" || n.Card != card.Track || n.Ref != ref || n.Title != "任务28 提醒" || n.Group != out.Room || (len(n.At) == 1) != (out.Room != "") {
			t.Fatalf("%+v", n)
		}
		if card.Template != template || card.Stream || card.Route != "duban" || card.Params["text"] != "**报送进展**  \n2018年12月31日前" || card.Params["status"] != "" {
			t.Errorf("%+v", card)
		}
		for _, name := range dingtalk.CardParams() {
			if _, there := card.Params[name]; !there {
				t.Error(name, "is missing")
			}
		}
		if again, err := r.client.Send(t.Context(), out); err != nil || again != "" || len(r.All()) != len(seen) {
			t.Error("a second try is shown again:", again, err)
		}
		done, failed, err := r.client.Recall(t.Context(), out.Room, []string{ref})
		if err != nil || len(done) != 1 {
			t.Error(done, failed, err)
		}
	}
}

// A 504 after the card was shown: the second try finds it and shows nothing more.
func TestNudgeCardUnknown(t *testing.T) {
	t.Parallel()
	r := newCardRig(t)
	r.Fail(bottest.Fault{Path: "/v1.0/card/instances/createAndDeliver", Status: 504, Body: "", Stored: true})
	_, err := r.client.Send(t.Context(), nudge("", "u1"))
	unknown(t, err)
	if _, err := r.client.Send(t.Context(), nudge("", "u1")); err != nil || len(r.All()) != 1 {
		t.Error(err, len(r.All()))
	}
}

// What cannot be a card goes as before, and is not lost.
func TestNudgeWithoutCard(t *testing.T) {
	t.Parallel()
	for name, breakIt := range map[string]func(r *cardRig, out *bot.Outgoing){
		"no template": func(r *cardRig, _ *bot.Outgoing) { r.SetTemplates("other") },
		"no scope":    func(r *cardRig, _ *bot.Outgoing) { r.SetScope(bottest.ScopeCards, false) },
		"too long":    func(_ *cardRig, out *bot.Outgoing) { out.Markdown = strings.Repeat("很长的一行\n", 300) },
		"too many":    func(_ *cardRig, out *bot.Outgoing) { out.Buttons[0].Say = strings.Repeat("说", 400) },
		"undelivered": func(r *cardRig, _ *bot.Outgoing) {
			r.Fail(bottest.Fault{Path: "/v1.0/card/instances/createAndDeliver", Status: 200, Stored: false, Body: map[string]any{
				"success": true, "result": map[string]any{"outTrackId": "x", "deliverResults": []any{map[string]any{"success": false, "errorMsg": "不可见"}}}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newCardRig(t)
			out := nudge("", "u1")
			breakIt(r, &out)
			if _, err := r.client.Send(t.Context(), out); err != nil {
				t.Fatal(err)
			}
			if seen := r.SeenBy("u1"); len(seen) != 1 || seen[0].Via != "direct" || len(seen[0].Buttons) != 4 {
				t.Errorf("%+v", seen)
			}
		})
	}
	// Where no card can be sent at all, not every message tries one.
	r := newCardRig(t)
	r.SetTemplates("other")
	for i, want := range []int{1, 1, 2} {
		out := nudge("", "u1")
		out.ID = fmt.Sprint(i)
		if _, err := r.client.Send(t.Context(), out); err != nil {
			t.Fatal(err)
		}
		if n := len(r.Requests("/v1.0/card/instances/")); n != want {
			t.Errorf("%d cards tried, want %d", n, want)
		}
		r.clock.Advance(time.Duration(i) * 11 * time.Minute)
		if i == 1 && len(r.SeenBy("u1")) != 2 {
			t.Error("lost")
		}
	}
	r = newCardRig(t)
	r.Fail(apiFaultAt("/v1.0/card/instances/createAndDeliver", 403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"))
	if _, err := r.client.Send(t.Context(), nudge("", "u1")); !refusal(t, err).Retry || len(r.All()) != 0 {
		t.Error("a card that may go a second later:", err)
	}
}

func apiFaultAt(path string, status int, code string) bottest.Fault {
	f := apiFault(status, code)
	f.Path = path
	return f
}

// A card that was made but shown nowhere must not pass for delivered at the next try.
func TestNudgeCardMadeButNotShown(t *testing.T) {
	t.Parallel()
	r := newCardRig(t)
	r.AddGroup(bottest.Group{ID: "cidNoBot", NoBot: true})
	for range 2 {
		if _, err := r.client.Send(t.Context(), nudge("cidNoBot", "")); refusal(t, err).Code != "not.allowed.robotCode" {
			t.Error(err)
		}
	}
	if _, made := r.Card(dingtalk.CardTrack("nudge-28")); !made {
		t.Error("the fake made no card")
	}
}

// hidden is a memory of cards that outlives a client.
type hidden map[string]bool

// Hidden looks it up.
func (h hidden) Hidden(track string) bool { return h[track] }

// Hide keeps it.
func (h hidden) Hide(_ context.Context, track string) error {
	h[track] = true
	return nil
}

// The same over a restart: the way after the card was busy, and the process ended.
func TestHiddenCardOverRestart(t *testing.T) {
	t.Parallel()
	r, known := newCardRig(t), hidden{}
	r.client.KeepCards(known)
	r.AddGroup(bottest.Group{ID: "cidNoBot", NoBot: true})
	r.Fail(apiFaultAt("/v1.0/robot/groupMessages/send", 403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"))
	if _, err := r.client.Send(t.Context(), nudge("cidNoBot", "")); !refusal(t, err).Retry || len(known) != 1 {
		t.Fatal(err, known)
	}
	r.clock.Advance(time.Minute)
	next, err := dingtalk.NewClient(dingtalk.ClientOptions{
		ClientID: r.AppKey(), Secret: r.AppSecret(), APIBase: r.URL(), OAPIBase: r.URL(), CardTemplate: template, Now: r.clock.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	next.KeepCards(known)
	r.AddGroup(bottest.Group{ID: "cidNoBot"})
	if _, err := next.Send(t.Context(), nudge("cidNoBot", "")); err != nil || len(r.Seen("cidNoBot")) != 1 {
		t.Errorf("%d messages, %v", len(r.Seen("cidNoBot")), err)
	}
}

func TestLongNudgeCard(t *testing.T) {
	t.Parallel()
	r := newCardRig(t)
	out := nudge("", "u1")
	out.Markdown = strings.TrimSpace(strings.Repeat("一行四十个字节左右的进展说明。\n", 50))
	if _, err := r.client.Send(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	card, _ := r.Card(dingtalk.CardTrack(out.ID))
	joined := strings.Join([]string{card.Params["text"], card.Params["text2"], card.Params["text3"]}, "\n")
	if strings.ReplaceAll(joined, "  \n", "\n") != strings.ReplaceAll(out.Markdown, "  \n", "\n") && strings.Count(joined, "说明。") != 50 {
		t.Errorf("%q", joined)
	}
}

func TestUpdateCard(t *testing.T) {
	t.Parallel()
	r := newCardRig(t)
	if _, err := r.client.Send(t.Context(), nudge(roomA, "")); err != nil {
		t.Fatal(err)
	}
	track := dingtalk.CardTrack("nudge-28")
	if err := r.client.UpdateCard(t.Context(), track, map[string]string{"status": "已办结"}); err != nil {
		t.Fatal(err)
	}
	card, _ := r.Card(track)
	if card.Params["status"] != "已办结" || card.Params["title"] == "" {
		t.Errorf("%+v", card.Params)
	}
	if err := r.client.SettleCard(t.Context(), "nudge-28", "张敏已申请办结"); err != nil {
		t.Error(err)
	}
	if card, _ := r.Card(track); card.Params["status"] != "张敏已申请办结" || card.Params["buttons"] != "[]" || card.Params["title"] == "" {
		t.Errorf("%+v", card.Params)
	}
	long := map[string]string{"status": strings.Repeat("x", 1025)}
	for code, err := range map[string]error{
		"param.cardNotExist": r.client.UpdateCard(t.Context(), "other", map[string]string{"status": "x"}),
		"bad.message":        r.client.UpdateCard(t.Context(), track, nil),
		"too.long":           r.client.UpdateCard(t.Context(), track, long),
	} {
		if refusal(t, err).Code != code {
			t.Error(code, err)
		}
	}
	for _, bad := range []dingtalk.Card{{}, {Template: template, Track: "t", Room: roomA, Member: "u1"}, {Template: template, Track: "t"}} {
		if _, err := r.client.CreateAndDeliver(t.Context(), bad); refusal(t, err).Code != "bad.message" {
			t.Error(err)
		}
	}
	private := anyCard("t2")
	private.Private = map[string]map[string]string{"u1": {"canEdit": "true"}}
	if _, err := r.client.CreateAndDeliver(t.Context(), private); err != nil {
		t.Error(err)
	}
	if card, _ := r.Card("t2"); card.Seen("u1")["canEdit"] != "true" || card.Seen("u2")["canEdit"] != "" {
		t.Errorf("%+v", card)
	}
	private.Private["u1"] = long
	if _, err := r.client.CreateAndDeliver(t.Context(), private); refusal(t, err).Code != "too.long" {
		t.Error(err)
	}
}
