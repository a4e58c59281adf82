package console

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"duban/bot"

	"github.com/gorilla/websocket"
)

// listener is an open page, as the browser's script behaves.
type listener struct {
	t    *testing.T
	conn *websocket.Conn
}

func (d *desk) listen(epoch string, since int64) *listener {
	d.t.Helper()
	url := fmt.Sprintf("ws%s/console/ws?epoch=%s&since=%d", strings.TrimPrefix(d.srv.URL, "http"), epoch, since)
	conn, res, err := websocket.DefaultDialer.Dial(url, http.Header{"Origin": {d.srv.URL}})
	if err != nil {
		d.t.Fatalf("dial: %v (%v)", err, res)
	}
	d.t.Cleanup(func() { _ = conn.Close() }) // most tests close it themselves
	return &listener{d.t, conn}
}

// told is one frame: an event, or the order to start over.
type told struct {
	event
	Reset bool `json:"reset"`
}

func (l *listener) next() told {
	l.t.Helper()
	_, data, err := l.conn.ReadMessage()
	if err != nil {
		l.t.Fatalf("read: %v", err)
	}
	var got told
	if err := json.Unmarshal(data, &got); err != nil {
		l.t.Fatalf("%v in %q", err, data)
	}
	return got
}

func TestSocketResumesWithoutLossOrRepeat(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	s := d.state()
	send := func(i int) {
		d.send(bot.Outgoing{ID: fmt.Sprint(i), Member: "zhang", Markdown: fmt.Sprint(i)})
	}
	l := d.listen(s.Epoch, s.Seq)
	send(1)
	first := l.next()
	if first.Msg.Gist != "1" || first.Seq != s.Seq+1 || first.Chat.Unread != 1 || first.Msg.V != first.Seq {
		t.Fatalf("first = %+v", first.event)
	}
	if err := l.conn.Close(); err != nil {
		t.Fatal(err)
	}
	for i := 2; i <= 40; i++ {
		send(i)
	}
	l = d.listen(s.Epoch, first.Seq)
	for i := 2; i <= 42; i++ {
		if i == 41 {
			send(41)
			send(42)
		}
		if got := l.next(); got.Msg == nil || got.Msg.Gist != fmt.Sprint(i) || got.Seq != first.Seq+int64(i)-1 {
			t.Fatalf("event %d = %+v", i, got.event)
		}
	}
}

func TestSocketTellsToStartOver(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	s := d.state()
	for i := range 2*maxBacklog + 10 {
		d.send(bot.Outgoing{ID: fmt.Sprint(i), Member: "zhang", Markdown: "x"})
	}
	for name, l := range map[string]*listener{
		"other process": d.listen("other", s.Seq),
		"too far back":  d.listen(s.Epoch, s.Seq),
		"ahead of us":   d.listen(s.Epoch, 1<<40),
	} {
		if got := l.next(); !got.Reset {
			t.Errorf("%s: %+v, want a reset", name, got)
		}
	}
	l := d.listen(s.Epoch, d.state().Seq-maxBacklog)
	if got := l.next(); got.Reset || got.Msg == nil {
		t.Errorf("within the backlog: %+v", got)
	}
}

func TestSocketCarriesEveryChange(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	s := d.state()
	l := d.listen(s.Epoch, s.Seq)
	b := d.say(sayRequest{Chat: "dm-zhang", As: "zhang", Text: "汇总"})
	if got := l.next(); got.Msg.Ref != b.Ref || got.Msg.State != stateSending {
		t.Errorf("first = %+v", got.Msg)
	}
	if got := l.next(); got.Msg.Ref != b.Ref || got.Msg.State != stateSent {
		t.Errorf("then = %+v", got.Msg)
	}
	d.send(bot.Outgoing{ID: "1", Member: "zhang", Markdown: "x"})
	if got := l.next(); got.Chat.Unread != 1 {
		t.Errorf("unread = %+v", got.Chat)
	}
	d.do("POST", "api/read", readLine{Chat: "dm-zhang", N: 2}, nil)
	if got := l.next(); got.Chat.Unread != 0 || got.Msg != nil {
		t.Errorf("read = %+v", got.Chat)
	}
	d.do("POST", "api/clock", clockRequest{Do: "day"}, nil)
	if got := l.next(); !got.Clock.Moving || got.Clock.Date != "2018-07-02" {
		t.Errorf("moving = %+v", got.Clock)
	}
	if got := l.next(); got.Clock.Moving || got.Clock.Date != "2018-07-03" {
		t.Errorf("moved = %+v", got.Clock)
	}
}

func TestSocketRefusesForeignPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	url := "ws" + strings.TrimPrefix(d.srv.URL, "http") + "/console/ws?since=0"
	for _, h := range []http.Header{{"Origin": {"http://evil.example"}}, {"Origin": {"null"}}, {"Host": {"evil.example"}}} {
		conn, res, err := websocket.DefaultDialer.Dial(url, h)
		if err == nil {
			_ = conn.Close() // it should not be open at all
			t.Errorf("%v is let in", h)
		} else if res == nil || res.StatusCode != http.StatusForbidden {
			t.Errorf("%v: %v, %+v", h, err, res)
		}
	}
}

func TestSocketsAreBounded(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	s := d.state()
	var open []*listener
	for range maxClients {
		open = append(open, d.listen(s.Epoch, s.Seq))
	}
	d.send(bot.Outgoing{ID: "1", Member: "zhang", Markdown: "x"})
	for _, l := range open { // each is counted in once it has heard something
		l.next()
	}
	url := "ws" + strings.TrimPrefix(d.srv.URL, "http") + "/console/ws?since=0"
	conn, res, err := websocket.DefaultDialer.Dial(url, nil)
	if err == nil {
		_ = conn.Close() // it should not be open at all
		t.Fatal("one page too many is let in")
	}
	if res == nil || res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%v, %+v; want 503", err, res)
	}
}

func TestSlowPageIsCutOff(t *testing.T) {
	t.Parallel()
	f := feed{epoch: "e", clients: map[*client]struct{}{}}
	slow, quick := &client{queue: make(chan []byte, 1)}, &client{queue: make(chan []byte, 9)}
	for _, cl := range []*client{slow, quick} {
		if _, ok := f.join(cl, "e", 0); !ok {
			t.Fatal("not let in")
		}
	}
	for range 3 {
		f.publish(event{})
	}
	<-slow.queue
	if _, open := <-slow.queue; open || len(f.clients) != 1 || len(quick.queue) != 3 {
		t.Errorf("slow open %v, %d pages, quick has %d", open, len(f.clients), len(quick.queue))
	}
}

func TestCloseEndsOpenPages(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	s := d.state()
	l := d.listen(s.Epoch, s.Seq)
	d.send(bot.Outgoing{ID: "1", Member: "zhang", Markdown: "x"})
	l.next()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := l.conn.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
		t.Errorf("after Close: %v, want going away", err)
	}
	d.refused("api/say", sayRequest{Chat: "dm-zhang", As: "zhang", Text: "x"}, http.StatusServiceUnavailable)
}
