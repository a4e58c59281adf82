package dingtalk_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

const (
	eventAES    = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	eventVector = "Q3stYC6hdFzMh9T8HCvyDD5dVMaaZmK6ZzZA1b5vOyMFkyYFMPHbUh2MaVSSZWfWKMaZI5AXbtTD5LZaDgGo2g=="
)

func TestEventVector(t *testing.T) {
	t.Parallel()
	keys, err := dingtalk.NewEventKeys("tok123", eventAES, "dingdemoappkey01")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := keys.Encrypt([]byte("success"), strings.NewReader("0123456789abcdef"))
	if err != nil || sealed != eventVector {
		t.Error(sealed, err)
	}
	const sign = "03638abaa6b6df1bc517aa7e89971f79db2ac250"
	if got := keys.Sign("1700000000000", "nonce01", eventVector); got != sign || !keys.Verify(sign, "1700000000000", "nonce01", eventVector) {
		t.Error(got)
	}
	if msg, err := keys.Decrypt(eventVector); err != nil || string(msg) != "success" {
		t.Error(string(msg), err)
	}
	other, err := dingtalk.NewEventKeys("tok123", eventAES, "someoneelse")
	if err != nil {
		t.Fatal(err)
	}
	for _, broken := range []string{"", "AAAA", "?", eventVector[:64], strings.Repeat("A", 128)} {
		if _, err := keys.Decrypt(broken); !errors.Is(err, dingtalk.ErrEvent) {
			t.Errorf("%q: %v", broken, err)
		}
	}
	if _, err := other.Decrypt(eventVector); !errors.Is(err, dingtalk.ErrEvent) {
		t.Error(err)
	}
	if _, err := keys.Encrypt(nil, strings.NewReader("short")); err == nil {
		t.Error("encrypted without noise")
	}
	for _, bad := range [][3]string{{"", eventAES, "o"}, {"t", "short", "o"}, {"t", strings.Repeat("?", 43), "o"}, {"t", eventAES, ""}} {
		if _, err := dingtalk.NewEventKeys(bad[0], bad[1], bad[2]); err == nil || strings.Contains(err.Error(), "?") {
			t.Error(bad, err)
		}
	}
}

// eventRig is a fake that pushes events to a door.
type eventRig struct {
	*rig
	push bottest.EventPush

	mu    sync.Mutex
	err   error
	heard []dingtalk.Event
}

func (r *eventRig) take(_ context.Context, e dingtalk.Event) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.heard = append(r.heard, e)
	return r.err
}

type noise struct{}

func (noise) Read(p []byte) (int, error) { return len(p), nil }

func newEventRig(t *testing.T) *eventRig {
	t.Helper()
	r := &eventRig{rig: newRig(t, nil)}
	keys, err := dingtalk.NewEventKeys("tok123", eventAES, r.AppKey())
	if err != nil {
		t.Fatal(err)
	}
	door := httptest.NewServer(dingtalk.NewEventDoor(dingtalk.EventDoorOptions{
		Keys: keys, Handle: r.take, Random: noise{}, Now: r.clock.Now, Log: slog.New(slog.NewTextHandler(r.log, nil)),
	}))
	t.Cleanup(door.Close)
	r.push = bottest.EventPush{To: door.URL + "/dingtalk/event", Keys: bottest.EventKeys{Token: "tok123", AESKey: eventAES}}
	return r
}

func (r *eventRig) send(t *testing.T, change func(p *bottest.EventPush)) (int, error) {
	t.Helper()
	p := r.push
	p.Fields = map[string]any{
		"EventType": "chat_add_member", "EventTime": 1700000000000, "CorpId": "dingdemocorp01", "BizId": "b1", "eventId": "e1",
		"OpenConversationId": roomA, "ChatId": "chatDemo01", "UserId": []string{"u3"}, "Operator": "u1", "TimeStamp": 1700000000001, "New": true,
	}
	if change != nil {
		change(&p)
	}
	return r.PushEvent(t.Context(), p)
}

func TestEvents(t *testing.T) {
	t.Parallel()
	r := newEventRig(t)
	for _, change := range []func(p *bottest.EventPush){nil, func(p *bottest.EventPush) { p.Pad = 16 }, func(p *bottest.EventPush) { p.PlainSign = true }} {
		if status, err := r.send(t, change); err != nil || status != 200 {
			t.Fatal(status, err)
		}
	}
	if len(r.heard) != 3 {
		t.Fatal(len(r.heard))
	}
	e := r.heard[0]
	if e.Type != "chat_add_member" || e.ID != "e1" || e.Corp != "dingdemocorp01" || e.At.UnixMilli() != 1700000000000 {
		t.Errorf("%+v", e)
	}
	d, err := e.Detail()
	want := dingtalk.EventDetail{Conversation: roomA, Users: []string{"u3"}, Operator: "u1", At: time.UnixMilli(1700000000001)}
	if diff := cmp.Diff(want, d); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if status, err := r.send(t, func(p *bottest.EventPush) { p.Fields = map[string]any{"EventType": "check_url"} }); err != nil || status != 200 || len(r.heard) != 3 {
		t.Error("the console's try:", status, err)
	}
}

func TestEventDetailOfStream(t *testing.T) {
	t.Parallel()
	e := dingtalk.Event{Type: dingtalk.EventMessageRead, Data: []byte(`{"unionId":"uu1","operatTime":"1700000000000","robotCode":"r","openConversationId":"c","userId":"u1","processQueryKey":"pqk"}`)}
	d, err := e.Detail()
	want := dingtalk.EventDetail{Conversation: "c", Users: []string{"u1"}, Ref: "pqk", At: time.UnixMilli(1700000000000)}
	if diff := cmp.Diff(want, d); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, err := (dingtalk.Event{Data: []byte("[]")}).Detail(); !errors.Is(err, dingtalk.ErrEvent) {
		t.Error(err)
	}
}

func TestEventDoorRefuses(t *testing.T) {
	t.Parallel()
	r := newEventRig(t)
	for name, tt := range map[string]struct {
		change func(p *bottest.EventPush)
		status int
	}{
		"signature":  {func(p *bottest.EventPush) { p.BadSign = true }, 401},
		"old":        {func(p *bottest.EventPush) { p.Age = 2 * time.Hour }, 401},
		"ahead":      {func(p *bottest.EventPush) { p.Age = -2 * time.Hour }, 401},
		"no json":    {func(p *bottest.EventPush) { p.Raw = []byte("x") }, 400},
		"no encrypt": {func(p *bottest.EventPush) { p.Raw = []byte("{}") }, 400},
		"other body": {func(p *bottest.EventPush) { p.Raw = []byte(`{"encrypt":"` + eventVector + `"}`) }, 401},
		"owner":      {func(p *bottest.EventPush) { p.Owner = "someoneelse" }, 400},
		"no type":    {func(p *bottest.EventPush) { p.Fields = map[string]any{} }, 400},
	} {
		if status, err := r.send(t, tt.change); status != tt.status || !errors.Is(err, bottest.ErrEventAnswer) {
			t.Errorf("%s: %d, %v", name, status, err)
		}
	}
	big := `{"encrypt":"` + strings.Repeat("A", 10<<20) + `"}`
	if status, _ := r.send(t, func(p *bottest.EventPush) { p.Raw = []byte(big) }); status != 413 && status != 0 {
		t.Error(status)
	}
	r.err = errors.New("not now")
	if status, _ := r.send(t, nil); status != 503 || len(r.heard) != 1 {
		t.Error(status, r.heard)
	}
}

// Who subscribes hears when a message is read or taken back by an administrator.
func TestEventsAboutMessages(t *testing.T) {
	t.Parallel()
	r := newEventRig(t)
	ref, err := r.client.Send(t.Context(), bot.Outgoing{ID: "1", Room: roomA, Markdown: "请报进展"})
	if err != nil {
		t.Fatal(err)
	}
	if status, err := r.ReadAndTell(t.Context(), "u1", ref); err != nil || status != 0 || len(r.heard) != 0 {
		t.Error("told without a subscription:", status, err)
	}
	wrong := bottest.EventKeys{Token: "other", AESKey: eventAES}
	if err := r.SubscribeEvents(t.Context(), r.push.To, wrong); !errors.Is(err, bottest.ErrEventAnswer) {
		t.Error(err)
	}
	if err := r.SubscribeEvents(t.Context(), r.push.To, r.push.Keys); err != nil {
		t.Fatal(err)
	}
	if status, err := r.ReadAndTell(t.Context(), "u2", ref); err != nil || status != 200 {
		t.Error(status, err)
	}
	if status, err := r.RecallByAdmin(t.Context(), "u1", ref); err != nil || status != 200 || !r.Seen(roomA)[0].Recalled {
		t.Error(status, err)
	}
	if _, err := r.ReadAndTell(t.Context(), "u2", "none"); !errors.Is(err, bottest.ErrNoNote) {
		t.Error(err)
	}
	for i, want := range []struct{ kind, user string }{{dingtalk.EventMessageRead, "u2"}, {dingtalk.EventMessageGone, "u1"}} {
		d, err := r.heard[i].Detail()
		wantDetail := dingtalk.EventDetail{Conversation: roomA, Users: []string{want.user}, Ref: ref, At: r.clock.Now()}
		if diff := cmp.Diff(wantDetail, d, cmp.Comparer(time.Time.Equal)); diff != "" || err != nil || r.heard[i].Type != want.kind || r.heard[i].ID == "" {
			t.Error(diff, err, r.heard[i])
		}
	}
}
