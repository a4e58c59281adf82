package console

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"duban/bot"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var start = time.Date(2018, 7, 2, 9, 0, 0, 0, beijing)

// fakeClock stands still until it is moved; onMove runs in the middle of a move.
type fakeClock struct {
	mu      sync.Mutex
	now     time.Time
	next    time.Time
	onMove  func(ctx context.Context)
	moveErr error
}

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) MoveTo(ctx context.Context, t time.Time) error {
	if c.onMove != nil {
		c.onMove(ctx)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.moveErr == nil {
		c.now = t
	}
	return c.moveErr
}

func (c *fakeClock) NextNudge(context.Context) (time.Time, bool, error) {
	return c.next, !c.next.IsZero(), nil
}

// taker is a Taker made of a function; taken are the messages it was given.
type taker struct {
	mu    sync.Mutex
	taken []bot.Message
	take  func(ctx context.Context, m bot.Message) error
}

func (k *taker) Take(ctx context.Context, m bot.Message) error {
	k.mu.Lock()
	k.taken = append(k.taken, m)
	k.mu.Unlock()
	if k.take == nil {
		return nil
	}
	return k.take(ctx, m)
}

func (k *taker) messages() []bot.Message {
	k.mu.Lock()
	defer k.mu.Unlock()
	return append([]bot.Message(nil), k.taken...)
}

// desk is a console with two people and a group, served over HTTP.
type desk struct {
	*Console
	t     *testing.T
	clock *fakeClock
	taker *taker
	srv   *httptest.Server
}

func options(journal string) Options {
	return Options{
		People:  []Person{{"zhang", "张敏", "市大数据中心 联络员"}, {"wang", "王华", "市建设局 联络员"}},
		Rooms:   []Room{{ID: "cid-1", Title: "数字政府督办群"}, {ID: "cid-2", Title: "建设组", People: []string{"wang"}}},
		Clock:   &fakeClock{now: start},
		Journal: journal,
	}
}

func newDesk(t *testing.T, o Options) *desk {
	t.Helper()
	return newDeskAt(t, o, "127.0.0.1:0")
}

// newDeskAt serves at an address, such as one that was just given up.
func newDeskAt(t *testing.T, o Options, addr string) *desk {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, c, o, addr)
}

func serve(t *testing.T, c *Console, o Options, addr string) *desk {
	t.Helper()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{Console: c, t: t, clock: o.Clock.(*fakeClock), taker: &taker{}}
	c.Bind(d.taker)
	d.srv = httptest.NewUnstartedServer(c.Handler())
	if err := d.srv.Listener.Close(); err != nil {
		t.Fatal(err)
	}
	d.srv.Listener = l
	d.srv.Start()
	t.Cleanup(d.stop)
	return d
}

// stop ends the desk as main does; it may be called twice.
func (d *desk) stop() {
	d.srv.Close()
	if err := d.Close(); err != nil {
		d.t.Error(err)
	}
}

// do sends one request and decodes the answer into out unless that is nil.
func (d *desk) do(method, path string, in, out any) int {
	d.t.Helper()
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			d.t.Fatal(err)
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequest(method, d.srv.URL+"/console/"+path, body)
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := d.srv.Client().Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	if out != nil {
		if err := json.Unmarshal(data, out); err != nil {
			d.t.Fatalf("%s %s: %v in %q", method, path, err, data)
		}
	}
	return res.StatusCode
}

// say says something and wants it accepted.
func (d *desk) say(req sayRequest) bubble {
	d.t.Helper()
	var b bubble
	if code := d.do("POST", "api/say", req, &b); code != http.StatusOK {
		d.t.Fatalf("say %+v: status %d", req, code)
	}
	return b
}

// refused wants a request refused with a sentence, and returns it.
func (d *desk) refused(path string, req any, status int) string {
	d.t.Helper()
	var answer struct{ Error string }
	if code := d.do("POST", path, req, &answer); code != status || answer.Error == "" {
		d.t.Errorf("%s %+v: status %d, %q; want %d and a sentence", path, req, code, answer.Error, status)
	}
	return answer.Error
}

// send sends a message of the bot and wants it delivered.
func (d *desk) send(out bot.Outgoing) string {
	d.t.Helper()
	ref, err := d.Send(d.t.Context(), out)
	if err != nil {
		d.t.Fatal(err)
	}
	return ref
}

func (d *desk) state() state {
	d.t.Helper()
	var s state
	if code := d.do("GET", "api/state", nil, &s); code != http.StatusOK {
		d.t.Fatalf("state: status %d", code)
	}
	return s
}

func (d *desk) summaryOf(id string) *summary {
	d.t.Helper()
	for _, ch := range d.state().Chats {
		if ch.ID == id {
			return ch
		}
	}
	d.t.Fatalf("no conversation %s", id)
	return nil
}

func (d *desk) messages(chat string) []*bubble {
	d.t.Helper()
	var p pageOf
	if code := d.do("GET", "api/older?chat="+chat, nil, &p); code != http.StatusOK {
		d.t.Fatalf("older: status %d", code)
	}
	return p.Messages
}
