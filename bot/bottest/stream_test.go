package bottest_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"duban/bot/bottest"
)

// line is what goes over a Stream connection, either way.
type line struct {
	SpecVersion string            `json:"specVersion,omitempty"`
	Type        string            `json:"type,omitempty"`
	Code        int               `json:"code,omitempty"`
	Message     string            `json:"message,omitempty"`
	Headers     map[string]string `json:"headers"`
	Data        string            `json:"data"`
}

// robot is a bot's side of one connection, as plain as can be.
type robot struct {
	t    *testing.T
	conn *websocket.Conn
}

// ticket opens and gives the whole address to connect to.
func (w *world) ticket(topics ...string) string {
	w.t.Helper()
	var subs []map[string]string
	for _, topic := range topics {
		kind, topic, _ := strings.Cut(topic, " ")
		subs = append(subs, map[string]string{"type": kind, "topic": topic})
	}
	status, got := w.call("POST", bottest.OpenPath, map[string]any{
		"clientId": w.AppKey(), "clientSecret": w.AppSecret(), "subscriptions": subs, "ua": "test/1",
	}, "Accept", "application/json")
	if status != http.StatusOK {
		w.t.Fatal(status, got)
	}
	if !regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`).MatchString(got["ticket"].(string)) {
		w.t.Errorf("ticket %s", got["ticket"])
	}
	return got["endpoint"].(string) + "?ticket=" + url.QueryEscape(got["ticket"].(string))
}

// dial uses an address and gives the handshake's status.
func (w *world) dial(to string) (*robot, int) {
	w.t.Helper()
	conn, resp, err := websocket.DefaultDialer.DialContext(w.t.Context(), to, nil)
	if err != nil {
		if resp == nil {
			return nil, 0
		}
		return nil, resp.StatusCode
	}
	w.t.Cleanup(func() { _ = conn.Close() }) // most are closed by then
	return &robot{w.t, conn}, resp.StatusCode
}

// soon is the patience with what must happen.
func (w *world) soon() context.Context {
	ctx, cancel := context.WithTimeout(w.t.Context(), 10*time.Second)
	w.t.Cleanup(cancel)
	return ctx
}

func (w *world) robot(topics ...string) *robot {
	w.t.Helper()
	before := len(w.Links())
	r, status := w.dial(w.ticket(topics...))
	if r == nil {
		w.t.Fatal("refused with", status)
	}
	if _, err := w.WaitLinks(w.soon(), func(l []*bottest.Link) bool { return len(l) > before }); err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (r *robot) read() line {
	r.t.Helper()
	_ = r.conn.SetReadDeadline(time.Now().Add(10 * time.Second)) // fails only on a closed connection, as the read will
	var l line
	if err := r.conn.ReadJSON(&l); err != nil {
		r.t.Fatal(err)
	}
	return l
}

func (r *robot) answer(l line, code int, data string) {
	r.t.Helper()
	if err := r.conn.WriteJSON(line{Code: code, Headers: map[string]string{"messageId": l.Headers["messageId"]}, Data: data}); err != nil {
		r.t.Fatal(err)
	}
}

// ended reads on to the end of the connection.
func (r *robot) ended() {
	r.t.Helper()
	_ = r.conn.SetReadDeadline(time.Now().Add(10 * time.Second)) // as in read
	var err error
	for err == nil {
		_, _, err = r.conn.ReadMessage()
	}
	var slow interface{ Timeout() bool }
	if errors.As(err, &slow) && slow.Timeout() {
		r.t.Fatal("still there:", err)
	}
}

const robotTopic = "CALLBACK " + bottest.TopicRobot

func TestStreamTickets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	to := w.ticket(robotTopic)
	if _, status := w.dial(to); status != http.StatusSwitchingProtocols {
		t.Error(status)
	}
	late := w.ticket(robotTopic)
	w.clock.Advance(bottest.TicketLife)
	for name, bad := range map[string]string{"used": to, "late": late, "unknown": to + "x"} {
		if _, status := w.dial(bad); status != http.StatusUnauthorized {
			t.Errorf("%s ticket: %d", name, status)
		}
	}
	status, got := w.call("POST", bottest.OpenPath, map[string]any{"clientId": w.AppKey(), "clientSecret": "x"}, "Accept", "application/json")
	if status != http.StatusUnauthorized || got["code"] != "authFailed" || got["requestid"] == nil {
		t.Error(status, got)
	}
	if _, got = w.call("POST", bottest.OpenPath, map[string]any{"clientId": w.AppKey(), "clientSecret": w.AppSecret()}); got["ticket"] != nil {
		t.Error("JSON although nobody accepts it")
	}
	if status, got = w.call("POST", bottest.OpenPath, "{", "Accept", "application/json"); status != http.StatusBadRequest {
		t.Error(status, got)
	}
	w.Fail(bottest.Fault{Path: bottest.ConnectPath, Status: 503})
	w.Fail(bottest.Fault{Path: bottest.ConnectPath})
	for _, want := range []int{503, 0} {
		if _, status := w.dial(w.ticket(robotTopic)); status != want {
			t.Error(status)
		}
	}
}

func TestStreamFrameFollowsTheSheet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.SetMode(bottest.ByStream)
	r := w.robot(robotTopic)
	told := make(chan bottest.Delivery, 1)
	go func() {
		d, err := w.SayGroup(t.Context(), "u1", group, "你好", true)
		if err != nil {
			t.Error(err)
		}
		told <- d
	}()
	l := r.read()
	var push map[string]any
	if err := json.Unmarshal([]byte(l.Data), &push); err != nil {
		t.Fatal(err)
	}
	if l.SpecVersion != "1.0" || l.Type != "CALLBACK" || l.Headers["topic"] != bottest.TopicRobot || l.Headers["messageId"] == "" ||
		l.Headers["contentType"] != "application/json" || l.Headers["time"] != "1700000000000" || l.Headers["connectionId"] == "" ||
		push["senderStaffId"] != "u1" || push["conversationId"] != group {
		t.Errorf("%+v", l)
	}
	r.answer(l, 200, `{"response":null}`)
	if d := <-told; d.Status != 200 || !d.Delivered || d.MsgID != push["msgId"] {
		t.Errorf("%+v", d)
	}
	if len(w.heard) != 0 {
		t.Error("the callback was called all the same")
	}
}

func TestStreamPings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good, dead := w.robot("CALLBACK "+bottest.TopicCard), w.robot(robotTopic)
	for range 4 {
		w.clock.Advance(bottest.PingEvery)
		w.Tick()
		l := good.read()
		if l.Type != "SYSTEM" || l.Headers["topic"] != "ping" || !strings.Contains(l.Data, `"opaque"`) {
			t.Fatalf("%+v", l)
		}
		good.answer(l, 200, l.Data)
		done := make(chan error, 1) // the fake reads in order: when this is answered, so is the ping
		go func() { _, err := w.Callback(t.Context(), bottest.TopicCard, nil); done <- err }()
		good.answer(good.read(), 200, "{}")
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	dead.ended()
	w.PingAll()
	if l := good.read(); l.Headers["topic"] != "ping" {
		t.Errorf("%+v", l)
	}
}

// After the farewell nothing comes by the link, and ten seconds later it is closed.
func TestStreamDisconnect(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.SetMode(bottest.ByStream)
	r := w.robot(robotTopic)
	w.Links()[0].Disconnect("connection is expired")
	if l := r.read(); l.Headers["topic"] != "disconnect" || l.Data != `{"reason":"connection is expired"}` {
		t.Errorf("%+v", l)
	}
	d, err := w.SayDirect(t.Context(), "u1", "有人吗")
	if err != nil || d.Delivered || len(w.Lost()) != 1 || w.Lost()[0] != d.MsgID {
		t.Errorf("%+v, %v, lost %v", d, err, w.Lost())
	}
	w.clock.Advance(bottest.Farewell - time.Second)
	w.Tick()
	if len(w.Links()) != 1 {
		t.Error("closed too early")
	}
	w.clock.Advance(time.Second)
	w.Tick()
	r.ended()
}

// What is not answered comes again after a minute with the same msgId; what finds no
// connection waits when the queue is on.
func TestStreamRedelivers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *bottest.Options) { o.Mode, o.Stream.Queue, o.Timeout = bottest.ByStream, true, time.Millisecond })
	d, err := w.SayDirect(t.Context(), "u1", "已完成")
	if err != nil || d.Delivered || w.Unanswered() != 1 {
		t.Fatalf("not kept: %+v, %v", d, err)
	}
	r := w.robot(robotTopic)
	first := r.read()
	w.clock.Advance(bottest.RedeliverIn)
	w.Tick()
	again := r.read()
	for again.Headers["topic"] == "ping" {
		again = r.read()
	}
	if again.Data != first.Data || again.Headers["messageId"] == first.Headers["messageId"] {
		t.Errorf("%+v\n%+v", first, again)
	}
	r.answer(line{Headers: map[string]string{"messageId": "m"}}, 200, "") // fits nothing
	r.answer(again, 200, "{}")
	if err := r.conn.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.WaitLinks(w.soon(), func(l []*bottest.Link) bool { return len(l) == 0 }); err != nil {
		t.Fatal(err)
	}
	if w.Unanswered() != 0 || len(w.Strays()) != 1 {
		t.Errorf("%d unanswered, strays %q", w.Unanswered(), w.Strays())
	}
}

func TestStreamEventsAndCallbacks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *bottest.Options) { o.Stream.PingTimeout = time.Hour })
	r := w.robot("EVENT *", "CALLBACK "+bottest.TopicCard)
	replies := []struct {
		code int
		data string
	}{{200, `{"response":{}}`}, {200, `{"status":"LATER"}`}, {500, ``}, {200, `{"status":"SUCCESS"}`}}
	ended := make(chan struct{})
	var events []line
	go func() {
		defer close(ended)
		for _, reply := range replies {
			l := r.read()
			if l.Type == "EVENT" {
				events = append(events, l)
			}
			for l.Type == "SYSTEM" {
				l = r.read()
			}
			r.answer(l, reply.code, reply.data)
		}
	}()
	if got, err := w.Callback(t.Context(), bottest.TopicCard, []byte(`{"outTrackId":"t"}`)); err != nil || string(got.Data) != `{"response":{}}` {
		t.Error(got, err)
	}
	if _, err := w.Callback(t.Context(), bottest.TopicRobot, []byte(`{}`)); !errors.Is(err, bottest.ErrNoLink) {
		t.Error("brought what nobody subscribed to:", err)
	}
	happened := make(chan error, 1)
	go func() {
		_, err := w.Event(t.Context(), "chat_quit", []byte(`{"operator":"u1"}`))
		happened <- err
	}()
	if err := <-happened; err != nil {
		t.Error(err)
	}
	for range 2 {
		w.clock.Advance(bottest.RedeliverIn)
		w.Tick()
	}
	<-ended
	if len(events) == 0 || events[0].Headers["eventType"] != "chat_quit" || events[0].Headers["eventId"] == "" || events[0].Headers["topic"] != "*" {
		t.Errorf("%+v", events)
	}
}
