package bottest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"duban/bot/bottest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const group = "cidA=="

// world is a fake with people, and a bot that answers with what the test sets.
type world struct {
	*bottest.Fake
	t      *testing.T
	clock  *bottest.Clock
	heard  []map[string]any
	header http.Header
	answer func(w http.ResponseWriter)
}

func newWorld(t *testing.T, change ...func(*bottest.Options)) *world {
	t.Helper()
	w := &world{t: t, clock: bottest.NewClock(time.UnixMilli(1700000000000))}
	o := bottest.Options{Now: w.clock.Now}
	for _, c := range change {
		c(&o)
	}
	f, err := bottest.New(o)
	if err != nil {
		t.Fatal(err)
	}
	w.Fake = f
	bot := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		var push map[string]any
		if err := json.NewDecoder(r.Body).Decode(&push); err != nil {
			t.Error(err)
		}
		w.heard, w.header = append(w.heard, push), r.Header.Clone()
		if w.answer != nil {
			w.answer(rw)
		}
	}))
	f.SetBot(bot.URL)
	f.AddUser(bottest.User{ID: "u1", Name: "甲", Admin: true})
	f.AddUser(bottest.User{ID: "u2", Name: "乙"})
	f.AddUser(bottest.User{ID: "x1", Name: "丙", External: true})
	f.AddGroup(bottest.Group{ID: group, Title: "专班", Members: []string{"u1", "u2"}})
	t.Cleanup(func() {
		bot.Close()
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// call posts body, a string or something to encode, and decodes the answer.
func (w *world) call(method, path string, body any, header ...string) (int, map[string]any) {
	w.t.Helper()
	text, plain := body.(string)
	if !plain {
		b, err := json.Marshal(body)
		if err != nil {
			w.t.Fatal(err)
		}
		text = string(b)
	}
	if strings.HasPrefix(path, "/") {
		path = w.URL() + path
	}
	req, err := http.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(text))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	defer func() { _ = resp.Body.Close() }() // read to its end below
	got := map[string]any{}
	reply, err := io.ReadAll(resp.Body)
	if err == nil && bytes.HasPrefix(reply, []byte("{")) {
		err = json.Unmarshal(reply, &got)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return resp.StatusCode, got
}

func (w *world) token() string {
	w.t.Helper()
	status, got := w.call("POST", "/v1.0/oauth2/accessToken", map[string]string{"appKey": w.AppKey(), "appSecret": w.AppSecret()})
	if status != 200 || got["expireIn"] != 7200.0 {
		w.t.Fatal(status, got)
	}
	return got["accessToken"].(string)
}

// errcode calls a webhook and gives the code.
func (w *world) errcode(to string, body any, header ...string) string {
	w.t.Helper()
	status, got := w.call("POST", to, body, header...)
	if status != 200 {
		w.t.Errorf("webhooks answer 200, got %d", status)
	}
	return fmt.Sprint(got["errcode"])
}

func TestPushFollowsTheSheet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if d, err := w.SayGroup(t.Context(), "u1", group, "你好", true); err != nil || !d.Delivered || d.Status != 200 {
		t.Fatal(d, err)
	}
	p := w.heard[0]
	for key, want := range map[string]any{
		"msgtype": "text", "conversationType": "2", "conversationId": group, "conversationTitle": "专班", "isInAtList": true,
		"senderStaffId": "u1", "senderNick": "甲", "isAdmin": true, "createAt": 1700000000000.0, "sessionWebhookExpiredTime": 1700005400000.0,
		"robotCode": w.AppKey(), "chatbotCorpId": "dingdemocorp01",
	} {
		if p[key] != want {
			t.Errorf("%s is %v, want %v", key, p[key], want)
		}
	}
	if text := p["text"].(map[string]any); text["content"] != " 你好" {
		t.Errorf("%v: the space of the mention stays", text)
	}
	if w.header.Get("timestamp") != "1700000000000" || w.header.Get("sign") != "DQ0a7VrFYYkmxhukkcCOs+sML+y6GDMoFzKihvKMieQ=" {
		t.Errorf("signed %v", w.header)
	}
	if _, err := w.SayDirect(t.Context(), "x1", "你好"); err != nil {
		t.Fatal(err)
	}
	p = w.heard[1]
	for _, key := range []string{"senderStaffId", "senderUnionId", "conversationTitle", "isInAtList", "atUsers"} {
		if _, there := p[key]; there {
			t.Errorf("%s must be left out", key)
		}
	}
	if p["sessionWebhook"] == w.heard[0]["sessionWebhook"] {
		t.Error("each message has its own session")
	}
}

func TestWhatDingTalkKeepsBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if d, err := w.SayGroup(t.Context(), "u1", group, "闲聊", false); err != nil || d.Delivered || len(w.heard) != 0 {
		t.Error(d, err)
	}
	for _, s := range []bottest.Saying{{User: "u1", Group: group, At: true, Type: "file"}, {User: "u1", Group: group, Type: "audio"}} {
		if _, err := w.Say(t.Context(), s); !errors.Is(err, bottest.ErrNotSent) {
			t.Error(err)
		}
	}
	for _, s := range []bottest.Saying{{User: "nobody"}, {User: "u1", Group: "nowhere"}} {
		if _, err := w.Say(t.Context(), s); !errors.Is(err, bottest.ErrNobody) {
			t.Error(err)
		}
	}
	if _, err := w.Repeat(t.Context(), "never"); err == nil {
		t.Error("repeated what was never said")
	}
}

func TestReplyInTheAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, body := range []string{`{"msgtype":"text","text":{"content":"好的"}}`, `{"msgtype":"empty"}`, "", "ok", `{"msgtype":"nonsense"}`} {
		w.answer = func(rw http.ResponseWriter) { _, _ = io.WriteString(rw, body) } // a lost answer shows below
		if _, err := w.SayGroup(t.Context(), "u1", group, "x", true); err != nil {
			t.Fatal(err)
		}
	}
	if seen := w.Seen(group); len(seen) != 1 || seen[0].Text != "好的" || seen[0].Via != "reply" {
		t.Errorf("saw %+v", seen)
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.token()
	w.clock.Advance(time.Hour)
	if w.token() != first {
		t.Error("a valid token is given again")
	}
	w.clock.Advance(bottest.TokenLife)
	if w.token() == first {
		t.Error("an ended token is given again")
	}
	status, got := w.call("POST", "/v1.0/oauth2/accessToken", map[string]string{"appKey": w.AppKey(), "appSecret": "x"})
	if status != 400 || got["code"] != "invalidClientIdOrSecret" || got["requestid"] == nil {
		t.Error(status, got)
	}
	if status, got = w.call("POST", "/v1.0/oauth2/accessToken", ""); status != 400 || got["code"] != "Missingbody" {
		t.Error(status, got)
	}
	if _, got = w.call("GET", "/gettoken?appkey="+w.AppKey()+"&appsecret="+w.AppSecret(), ""); got["errcode"] != 0.0 || got["access_token"] != w.token() {
		t.Error(got)
	}
	if _, got = w.call("GET", "/gettoken?appkey=x", ""); got["errcode"] != 40089.0 {
		t.Error(got)
	}
	if status, _ = w.call("GET", "/v1.0/oauth2/accessToken", ""); status != 404 {
		t.Error(status)
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.SayGroup(t.Context(), "u1", group, "x", true); err != nil {
		t.Fatal(err)
	}
	to := w.heard[0]["sessionWebhook"].(string)
	text := func(s string) map[string]any {
		return map[string]any{"msgtype": "text", "text": map[string]any{"content": s}}
	}
	at := map[string]any{"msgtype": "markdown", "markdown": map[string]any{"title": "t", "text": "一\n二  \n三 @u2 @x1"},
		"at": map[string]any{"atUserIds": []string{"u1", "u2", "x1"}}}
	for _, tt := range []struct {
		body any
		code string
	}{
		{text("好"), "0"}, {at, "0"}, {map[string]any{"msgtype": "empty"}, "0"}, {"{", "40035"}, {"{}", "40035"}, {text(""), "40035"},
		{map[string]any{"msgtype": "markdown", "markdown": map[string]any{"text": "x"}}, "40035"},
		{map[string]any{"msgtype": "image"}, "400105"}, {text(strings.Repeat("督", 6700)), "460101"}, {text(strings.Repeat("督", 6600)), "0"},
		{map[string]any{"msgtype": "actionCard", "actionCard": map[string]any{"title": "t", "text": "x"}}, "40035"},
		{map[string]any{"msgtype": "link", "link": map[string]any{"title": "t", "messageUrl": "https://example.com"}}, "0"},
		{map[string]any{"msgtype": "feedCard", "feedCard": map[string]any{"links": []any{map[string]any{"title": "a", "messageURL": "b"}}}}, "0"},
	} {
		if code := w.errcode(to, tt.body); code != tt.code {
			t.Errorf("%v: %s, want %s", tt.body, code, tt.code)
		}
	}
	if code := w.errcode(to, text("x"), "Content-Type", "text/plain"); code != "43004" {
		t.Error(code)
	}
	seen := w.Seen(group)
	if len(seen) != 5 || seen[1].Text != "一 二\n三 @u2 @x1" || !slices.Equal(seen[1].At, []string{"u2"}) {
		t.Errorf("saw %+v", seen)
	}
	w.clock.Advance(bottest.SessionLife)
	for _, ended := range []string{to, "/robot/sendBySession?session=unknown"} {
		if code := w.errcode(ended, text("x")); code != "300001" {
			t.Error(code)
		}
	}
}

func TestRobots(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	text := func(s string) map[string]any {
		return map[string]any{"msgtype": "text", "text": map[string]any{"content": s}}
	}
	signed := w.AddRobot(group, bottest.Robot{Secret: "SECdemo" + strings.Repeat("0", 58), Keywords: []string{"督办"}})
	const sign = "&timestamp=1700000000000&sign=Xj9RSuJGKC2yHQNQQnzh5J0ueNaIwwruApIj36Uk1%2BI%3D"
	for _, tt := range []struct{ query, words, want string }{
		{sign, "督办", "ok"}, {sign, "other", "keywords not in content"}, {"", "督办", "invalid timestamp"},
		{"&timestamp=1700000000000&sign=x", "督办", "sign not match"}, {"&timestamp=1600000000000&sign=x", "督办", "invalid timestamp"},
	} {
		if _, got := w.call("POST", signed+tt.query, text(tt.words)); !strings.HasPrefix(got["errmsg"].(string), tt.want) {
			t.Errorf("%+v: %v", tt, got)
		}
	}
	for ip, want := range map[string]string{"127.0.0.1": "ok", "192.0.2.1": "ip 127.0.0.1 not in whitelist, more: "} {
		only := w.AddRobot(group, bottest.Robot{IPs: []string{ip}})
		if _, got := w.call("POST", only, text("督办")); !strings.HasPrefix(got["errmsg"].(string), want) {
			t.Errorf("only from %s: %v", ip, got)
		}
	}
	open := w.AddRobot(group, bottest.Robot{})
	for i := range 25 {
		want := "0"
		if i >= 20 {
			want = "130101"
		}
		if code := w.errcode(open, text("x")); code != want {
			t.Errorf("message %d: %s", i+1, code)
		}
	}
	w.clock.Advance(9 * time.Minute)
	if code := w.errcode(open, text("x")); code != "130101" {
		t.Error("unmuted too early:", code)
	}
	w.clock.Advance(time.Minute)
	body := text("x")
	body["msgUuid"] = "once"
	before := len(w.Seen(group))
	for range 2 {
		if code := w.errcode(open, body); code != "0" {
			t.Error(code)
		}
	}
	if n := len(w.Seen(group)); n != before+1 {
		t.Error("the same msgUuid was shown twice")
	}
	w.AddGroup(bottest.Group{ID: group, Gone: true})
	for to, want := range map[string]string{open: "400013", "/robot/send?access_token=x": "300001"} {
		if code := w.errcode(to, text("x")); code != want {
			t.Errorf("%s, want %s", code, want)
		}
	}
}
