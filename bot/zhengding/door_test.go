package zhengding_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot"
	"duban/bot/zhengding"
	"duban/bot/zhengding/zhengtest"
)

// desk takes messages and remembers what became of pushes.
type desk struct {
	mu      sync.Mutex
	took    []bot.Message
	results []string
	busy    error
}

func (d *desk) Take(_ context.Context, m bot.Message) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.took = append(d.took, m)
	return d.busy
}

func (d *desk) observe(result string, _ time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.results = append(d.results, result)
}

func newDoor(t *testing.T, r *rig, d *desk) string {
	t.Helper()
	door, err := zhengding.NewDoor(zhengding.DoorOptions{
		Inbound: zhengding.SchemeDingTalk, Secret: robotSecret, BotName: "督办助手", Taker: d, Now: r.clock.Now, Log: r.logger(),
		MaxBody: 4 << 10, Observe: d.observe,
	})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(door)
	t.Cleanup(s.Close)
	return s.URL
}

func TestDoor(t *testing.T) {
	t.Parallel()
	r, d := newRig(t, zhengtest.Options{}, nil), &desk{}
	url := newDoor(t, r, d)
	now := r.clock.Now()
	for _, tt := range []struct {
		saying zhengtest.Saying
		want   bot.Message
	}{
		{zhengtest.Saying{Person: shen, Text: " 我的任务 "}, bot.Message{Kind: bot.KindText, Text: "我的任务", Conversation: bot.Conversation{ID: "single-1001"}}},
		{zhengtest.Saying{Person: shen, Group: roomA, Text: "@督办助手\u2005汇总"}, bot.Message{Kind: bot.KindText, Text: "汇总", Mentioned: true,
			Conversation: bot.Conversation{ID: roomA, Group: true, Title: "吴兴专班"}}},
		{zhengtest.Saying{Person: shen, Rich: []string{"@督办助手 ", "20号", "已完成"}}, bot.Message{Kind: bot.KindText, Text: "20号已完成", Conversation: bot.Conversation{ID: "single-1001"}}},
		{zhengtest.Saying{Person: shen, Type: "picture"}, bot.Message{Kind: bot.KindUnsupported, Conversation: bot.Conversation{ID: "single-1001"}}},
		{zhengtest.Saying{Person: shen, Text: "逾期", NoID: true}, bot.Message{Kind: bot.KindText, Text: "逾期", Conversation: bot.Conversation{ID: "single-1001"}}},
	} {
		tt.saying.Secret = robotSecret
		if status, err := r.Push(t.Context(), url, tt.saying); err != nil || status != http.StatusOK {
			t.Fatal(status, err)
		}
		got := d.took[len(d.took)-1]
		if got.ID == "" || got.Webhook != "" || !got.At.Equal(now) {
			t.Errorf("%+v", got)
		}
		tt.want.ID, tt.want.At, tt.want.Sender = got.ID, got.At, bot.Sender{ID: shen, Nick: "沈建国"}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestDoorRefuses(t *testing.T) {
	t.Parallel()
	r, d := newRig(t, zhengtest.Options{}, nil), &desk{busy: errors.New("full")}
	url := newDoor(t, r, d)
	for name, tt := range map[string]struct {
		saying zhengtest.Saying
		status int
	}{
		"busy":         {zhengtest.Saying{Secret: robotSecret, Text: "一"}, 503},
		"other sign":   {zhengtest.Saying{Secret: "other", Text: "一"}, 401},
		"no secret":    {zhengtest.Saying{Text: "一"}, 401},
		"old":          {zhengtest.Saying{Secret: robotSecret, Shift: -time.Hour - time.Second, Text: "一"}, 401},
		"much too big": {zhengtest.Saying{Secret: robotSecret, Text: strings.Repeat("一", 2000)}, 413},
	} {
		tt.saying.Person = shen
		if status, err := r.Push(t.Context(), url, tt.saying); err != nil || status != tt.status {
			t.Errorf("%s: %d, %v; want %d", name, status, err, tt.status)
		}
	}
	stamp := "1530493200000" // the rig's clock
	for name, tt := range map[string]struct {
		method, body string
		twice        bool
		status       int
	}{
		"method":        {http.MethodGet, "", false, 405},
		"two signs":     {http.MethodPost, "{}", true, 401},
		"no JSON":       {http.MethodPost, "]", false, 400},
		"no message":    {http.MethodPost, "{}", false, 400},
		"body unstated": {http.MethodPost, strings.Repeat(" ", 5<<10), false, 413},
	} {
		var body = struct{ *strings.Reader }{strings.NewReader(tt.body)} // hides the length
		req, err := http.NewRequestWithContext(t.Context(), tt.method, url, body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("timestamp", stamp)
		req.Header.Set("sign", zhengding.SignRobot(robotSecret, stamp))
		if tt.twice {
			req.Header.Add("sign", "x")
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if err := resp.Body.Close(); err != nil || resp.StatusCode != tt.status {
			t.Errorf("%s: %d, %v; want %d", name, resp.StatusCode, err, tt.status)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	if len(d.results) != 10 || len(d.took) != 1 {
		t.Errorf("%v, took %d", d.results, len(d.took))
	}
}

// There is no door unless the configuration names the scheme.
func TestNoDoor(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	for _, o := range []zhengding.DoorOptions{
		{Taker: &desk{}, Now: time.Now, Log: r.logger()}, {Inbound: "other", Taker: &desk{}, Now: time.Now, Log: r.logger()},
		{Inbound: zhengding.SchemeDingTalk, Now: time.Now, Log: r.logger()}, {Inbound: zhengding.SchemeDingTalk, Taker: &desk{}, Log: r.logger()},
	} {
		if _, err := zhengding.NewDoor(o); err == nil {
			t.Errorf("a door with %+v", o)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		``, `[]`, `{}`, `{"msgId":"1"}`, `{"msgId":"1","msgtype":"text"}`, `{"msgtype":"text","conversationId":"c"}`,
		`{"msgId":"` + strings.Repeat("1", 600) + `","msgtype":"text","conversationId":"c"}`,
	} {
		if m, err := zhengding.Decode([]byte(body), "", time.Now()); err == nil {
			t.Errorf("%s: %+v", body, m)
		}
	}
	m, err := zhengding.Decode([]byte(`{"msgId":1,"msgtype":"text","conversationId":"c","senderId":"$:LWCP_v1:$x","text":{"content":"好"}}`), "", time.Now())
	if err != nil || m.Sender.ID != "" || m.ID != "1" {
		t.Errorf("%+v, %v: a sender id that is no account is an outsider's", m, err)
	}
}

// The shapes that words come in are not settled: all of these are read.
func TestDecodeShapes(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		`"msgtype":"text","text":{"content":" 好 "}`: "好", `"msgtype":"text","text":"好"`: "好", `"msgtype":"text","text":7`: "7",
		`"msgtype":"text","text":[1]`: "", `"msgtype":"text"`: "",
		`"msgtype":"richText","richText":{"richTextList":[{"text":"甲"},{"content":"乙"},"丙",[],null]}`: "甲乙丙",
		`"msgtype":"richtext","richText":[{"text":"甲"}]`:                                              "甲", `"msgtype":"richText","richText":5`: "",
	} {
		m, err := zhengding.Decode([]byte(`{"msgId":"1","conversationId":"c",`+words+`}`), "", time.Now())
		if err != nil || m.Text != want {
			t.Errorf("%s: %q, %v", words, m.Text, err)
		}
	}
}

// Whatever comes, a message that is taken has an id and a conversation, and the same
// body gives the same message.
func FuzzDecode(f *testing.F) {
	for _, body := range []map[string]any{
		{"msgtype": "text", "msgId": "1", "conversationId": "c", "conversationType": "2", "text": map[string]any{"content": "@督办助手 好"}, "senderId": 1001},
		{"msgtype": "richText", "createAt": 1530493200000, "conversationId": "c", "richText": map[string]any{"richTextList": []any{map[string]any{"text": "好"}}}},
		{"msgtype": []int{1}, "text": "x", "richText": nil},
	} {
		raw, err := json.Marshal(body)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	now := time.UnixMilli(1530493200000)
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := zhengding.Decode(body, "督办助手", now)
		if err != nil {
			return
		}
		again, err := zhengding.Decode(body, "督办助手", now)
		if diff := cmp.Diff(m, again); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
		if m.ID == "" || m.Conversation.ID == "" || m.Webhook != "" || m.Kind == "" || len(m.Text) > 32<<10 {
			t.Fatalf("%+v", m)
		}
		if strings.Trim(m.Sender.ID, "0123456789") != "" {
			t.Fatalf("sender %q is no account", m.Sender.ID)
		}
	})
}
