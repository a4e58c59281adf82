package app

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
	"duban/store/embedded"
	"duban/store/ledger"
)

const cardSecret = "demoCardSecret01"

// TestBadInput: whatever comes in at either door that cannot be acted on is answered in
// words or refused, changes nothing, and leaves a line in the log that tells no secret.
func TestBadInput(t *testing.T) {
	bomb := zipBomb(t)
	for _, mode := range []string{"http", "stream"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			b := &badInput{world: newWorld(t), dir: t.TempDir(), mode: mode, bomb: bomb}
			b.start()
			b.bot.end(t)
			before := kept(t, b.dir)
			b.start()
			b.messages()
			b.files()
			b.presses()
			b.floods()
			b.direct("zhangmin", "任务28的记录", "还没有反馈记录") // and all goes on
			b.bot.end(t)
			if after := kept(t, b.dir); !maps.Equal(before, after) {
				t.Errorf("something was changed:\n%q\n%q", before, after)
			}
			b.log()
		})
	}
}

// badInput is a bot, at the door of one mode, that is sent what it cannot use.
type badInput struct {
	*world
	dir    string
	mode   string
	bomb   []byte
	bot    *running
	logged []string // what a line of the log must say, in the order of what was done
}

func (b *badInput) start() {
	b.t.Helper()
	env := []string{"DUBAN_LOG_LEVEL=info", "DUBAN_DINGTALK_MODE=" + b.mode, "DUBAN_DINGTALK_CARD_TEMPLATE=nudge.schema"}
	if b.mode == "stream" {
		b.fake.SetMode(bottest.ByStream)
		b.fake.SetQueue(true)
	} else {
		env = append(env, "DUBAN_DINGTALK_CARD_ROUTE=duban", "DUBAN_DINGTALK_CARD_SECRET="+cardSecret)
	}
	b.bot = b.serve(b.dir, env...)
	if b.mode == "stream" {
		b.linked(2)
	}
}

// linked waits until so many connections are up.
func (b *badInput) linked(n int) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), patience)
	defer cancel()
	if _, err := b.fake.WaitLinks(ctx, func(l []*bottest.Link) bool { return len(l) >= n }); err != nil {
		b.t.Fatal(err)
	}
}

// messages are robot messages of unknown types, of nobody, without words, and with an
// address for the answer that points inside.
func (b *badInput) messages() {
	const odd = "暂不支持这类消息"
	for _, kind := range []string{"unknownMsgType", "interactiveCard", "chatRecord", "mystery"} {
		b.say(bottest.Saying{User: "zhangmin", Type: kind, Set: map[string]any{"content": []any{map[string]any{"x": 1}}}}, odd)
	}
	b.say(bottest.Saying{User: "zhangmin", Type: "video", Data: []byte("x")}, odd)
	b.logged = append(b.logged, "push of a kind that is not read")

	b.direct("outsider", "任务28 已完成，进度100%", "无法识别您的身份")
	b.say(bottest.Saying{User: "outsider", Text: "撤销 任务28", Set: map[string]any{"senderStaffId": nil}}, "无法识别您的身份")
	b.logged = append(b.logged, "push without a staff id")

	b.direct("zhangmin", "   \n ", "没有收到文字内容")
	b.say(bottest.Saying{User: "zhangmin", Set: map[string]any{"text": nil}}, "没有收到文字内容")
	b.say(bottest.Saying{User: "zhangmin", Set: map[string]any{"text": "no object"}}, "没有收到文字内容")
	b.logged = append(b.logged, "push without words")

	for _, inside := range []string{"http://127.0.0.1:9/robot/sendBySession?session=hush", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", b.bot.url + "/metrics"} {
		b.say(bottest.Saying{User: "zhangmin", Text: "任务28", Set: map[string]any{"sessionWebhook": inside}}, "任务28") // by the server API
	}
	b.logged = append(b.logged, "session webhook dropped")
	b.raw([]byte(`{"msgtype":"text","text":{"content":"没有编号"}}`), http.StatusBadRequest)
	b.raw([]byte(`[]`), http.StatusBadRequest)
	b.raw([]byte("\x00\xff"), http.StatusBadRequest)
	b.logged = append(b.logged, "push not understood")
}

// raw brings a body of a robot message as it stands.
func (b *badInput) raw(body []byte, want int) {
	b.t.Helper()
	if b.mode == "stream" {
		if r, err := b.fake.Callback(b.t.Context(), bottest.TopicRobot, body); err != nil || r.Code != want {
			b.t.Errorf("%.40q: %d, %v; want %d", body, r.Code, err, want)
		}
		return
	}
	stamp := strconv.FormatInt(b.clock.Now().UnixMilli(), 10)
	b.post("/dingtalk/robot", body, want, map[string]string{"timestamp": stamp, "sign": mac(secret, stamp+"\n"+secret)})
}

// mac signs as DingTalk does.
func mac(key, text string) string {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

func (b *badInput) post(path string, body []byte, want int, headers map[string]string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.bot.url+path, bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for k, v := range headers {
		req.Header[k] = []string{v}
	}
	req.Header.Set("Expect", "100-continue") // who is refused unread is told so before writing
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatalf("%s: %v", path, err)
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode != want {
		b.t.Errorf("%s with %d bytes: status %d, %v; want %d", path, len(body), resp.StatusCode, err, want)
	}
}

// zipBomb is a Word file of 80 MB in a few kilobytes.
func zipBomb(t *testing.T) []byte {
	t.Helper()
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	f, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 80 {
		if _, err := f.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return bomb.Bytes()
}

// files are plans that are none: a zip bomb, an empty one, and one from somebody who may
// not bring any.
func (b *badInput) files() {
	send := func(user, name string, data []byte, want string) {
		b.say(bottest.Saying{User: user, Type: "file", Text: name, Data: data}, want)
	}
	send("wanghui", "方案.docx", b.bomb, "解压后过大")
	send("wanghui", "方案.docx", []byte("PK\x03\x04 not really"), "文件已损坏")
	send("wanghui", "方案.docx", nil, "文件是空的")
	send("zhangmin", "方案.docx", b.bomb, "不能据此登记进展")
	b.logged = append(b.logged, "plan file refused")
}

// presses are of cards that were never sent, or not signed.
func (b *badInput) presses() {
	forged := []byte(`{"type":"actionCallback","outTrackId":"duban-forged","userId":"wanghui","spaceType":"IM_ROBOT","spaceId":"wanghui",
"content":"{\"cardPrivateData\":{\"actionIds\":[\"b1\"],\"params\":{\"say\":\"撤销 任务28 伪造\",\"sign\":\"00\"}}}"}`)
	bad := [][]byte{forged, []byte(`{}`), []byte(`{"outTrackId":"x","content":"no JSON"}`), []byte(`"`)}
	if b.mode == "stream" {
		for _, body := range bad {
			if r, err := b.fake.Callback(b.t.Context(), bottest.TopicCard, body); err != nil || r.Code != http.StatusBadRequest {
				b.t.Errorf("press %.40q: %d, %v", body, r.Code, err)
			}
		}
		b.logged = append(b.logged, "press refused")
		return
	}
	stamp := strconv.FormatInt(b.clock.Now().UnixMilli(), 10)
	const at, by = "X-Ddpaas-Signature-Timestamp", "X-Ddpaas-Signature"
	for _, body := range bad {
		b.post("/dingtalk/card", body, http.StatusBadRequest, map[string]string{at: stamp, by: mac(cardSecret, stamp)})
	}
	b.post("/dingtalk/card", forged, http.StatusUnauthorized, map[string]string{at: stamp, by: mac("another", stamp)})
	b.post("/dingtalk/card", forged, http.StatusUnauthorized, nil)
	b.post("/dingtalk/card", make([]byte, 10<<20), http.StatusRequestEntityTooLarge, map[string]string{at: stamp, by: mac(cardSecret, stamp)})
	b.logged = append(b.logged, "press refused: signature", "press refused: too large", "press not understood")
}

// floods are bodies of 10 MB.
func (b *badInput) floods() {
	body := []byte(`{"msgId":"big","msgtype":"text","text":{"content":"` + strings.Repeat("长", 10<<20/3) + `"}}`)
	if b.mode == "http" {
		b.raw(body, http.StatusRequestEntityTooLarge)
		b.logged = append(b.logged, "push refused: too large")
		return
	}
	opened := len(b.fake.Requests(bottest.OpenPath))
	ctx, cancel := context.WithCancel(b.t.Context())
	defer cancel()
	gone := make(chan error, 1)
	go func() {
		_, err := b.fake.Callback(ctx, bottest.TopicRobot, body)
		gone <- err
	}()
	b.until("a new connection", func() bool { return len(b.fake.Requests(bottest.OpenPath)) > opened })
	cancel()
	if err := <-gone; err == nil {
		b.t.Error("a frame of 10 MB was answered")
	}
	b.linked(2)
	b.logged = append(b.logged, "read limit exceeded")
}

// log holds what was written down: a line for each, and no secret in any.
func (b *badInput) log() {
	b.t.Helper()
	text := b.bot.stderr.String()
	for _, want := range b.logged {
		if !strings.Contains(text, want) {
			b.t.Errorf("no line of the log says %q:\n%s", want, text)
		}
	}
	secrets := []string{secret, cardSecret, "session=", "hush", "ticket=", "没有编号", "伪造"}
	for _, r := range slices.Concat(b.fake.Requests("/v1.0/oauth2"), b.fake.Requests(bottest.OpenPath)) {
		for _, word := range strings.Split(string(r.Reply), `"`) {
			if len(word) >= 32 {
				secrets = append(secrets, word)
			}
		}
	}
	for _, s := range secrets {
		if strings.Contains(text, s) {
			b.t.Errorf("the log tells %q", s)
		}
	}
}

// kept is what the store holds of the office's state: all records but the bot's own
// counting, and every event.
func kept(t *testing.T, dir string) map[string]string {
	t.Helper()
	engine, err := embedded.Open(t.Context(), dir, "default")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}()
	delta, err := engine.Sync(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range delta.Records {
		if r.Kind != ledger.RecordSetting || !strings.HasPrefix(r.ID, "dingtalk/") {
			out[r.Name()] = string(r.Body)
		}
	}
	events, err := engine.Events(t.Context(), "", time.Time{}, time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		out["event "+e.ID] = fmt.Sprint(e.Kind, e.Task, e.Reason)
	}
	return out
}
