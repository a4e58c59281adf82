package bottest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// maxQueued bounds the frames that wait for one link; a bot that reads so slowly is
// cut off.
const maxQueued = 1024

// Link is one Stream connection of the bot.
type Link struct {
	g      *gateway
	id     string
	conn   *websocket.Conn
	topics map[string]bool
	out    chan []byte
	gone   chan struct{}
	once   sync.Once

	// guarded by g.mu
	since   time.Time
	silent  bool      // the bot's packets and ours vanish
	muted   time.Time // when the disconnect frame was sent
	pinged  time.Time // when the last ping was sent
	opaque  string    // of the ping that waits for its echo
	waiting time.Time // since when
}

// frame is what goes down to the bot.
type frame struct {
	SpecVersion string            `json:"specVersion"`
	Type        string            `json:"type"`
	Headers     map[string]string `json:"headers"`
	Data        string            `json:"data"`
}

// connect upgrades a request with a good ticket and serves the link to its end.
func (f *Fake) connect(w http.ResponseWriter, r *http.Request) {
	f.faults.Linger(r)
	fault := f.faults.Next(ConnectPath)
	if fault != nil && fault.Status == 0 {
		panic(http.ErrAbortHandler) // closes the connection without a word
	}
	if fault != nil {
		w.WriteHeader(fault.Status)
		return
	}
	t, good := f.gate.admit(r.URL.Query().Get("ticket"))
	if !good {
		f.remember(r, nil, http.StatusUnauthorized, nil)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	f.remember(r, nil, http.StatusSwitchingProtocols, nil)
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	l := &Link{g: f.gate, conn: conn, topics: t.topics, out: make(chan []byte, maxQueued), gone: make(chan struct{})}
	if !f.gate.enter(l) {
		_ = conn.Close() // the fake is closing
		return
	}
	defer f.gate.wg.Done()
	f.gate.wg.Go(l.write)
	l.read()
	l.end()
	f.gate.leave(l)
}

func (g *gateway) enter(l *Link) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.wg.Add(1)
	l.id, l.since = g.uuid(), g.f.opt.Now()
	l.pinged = l.since
	g.links = append(g.links, l)
	g.news()
	g.offerDue(g.f.opt.Now())
	return true
}

func (g *gateway) leave(l *Link) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.links = slices.DeleteFunc(g.links, func(o *Link) bool { return o == l })
	g.news()
}

// news wakes those who wait for links; callers hold g.mu.
func (g *gateway) news() {
	close(g.changed)
	g.changed = make(chan struct{})
}

// write is the link's one writer.
func (l *Link) write() {
	defer l.end()
	for {
		select {
		case line := <-l.out:
			if l.conn.WriteMessage(websocket.TextMessage, line) != nil {
				return
			}
		case <-l.gone:
			return
		}
	}
}

// read hands in the bot's answers until the connection ends. Pings of the websocket
// itself are answered unless the link is silent.
func (l *Link) read() {
	pong := l.conn.PingHandler()
	l.conn.SetPingHandler(func(s string) error {
		if l.isSilent() {
			return nil
		}
		return pong(s)
	})
	for {
		_, line, err := l.conn.ReadMessage()
		if err != nil {
			return
		}
		if !l.isSilent() {
			l.g.answered(l, line)
		}
	}
}

func (l *Link) isSilent() bool {
	l.g.mu.Lock()
	defer l.g.mu.Unlock()
	return l.silent
}

func (l *Link) end() {
	l.once.Do(func() {
		close(l.gone)
		_ = l.conn.Close() // it is of no more use either way
	})
}

// send queues a frame; callers hold g.mu. A silent link swallows it.
func (l *Link) send(kind string, headers map[string]string, data string) {
	if l.silent {
		return
	}
	now := l.g.f.opt.Now()
	all := map[string]string{
		"appId": "aaaaaaaa-0000-0000-0000-000000000001", "connectionId": l.id,
		"contentType": "application/json", "time": strconv.FormatInt(now.UnixMilli(), 10),
	}
	for k, v := range headers {
		all[k] = v
	}
	line, err := json.Marshal(frame{"1.0", kind, all, data})
	if err != nil {
		panic(fmt.Sprint("bottest: strings that do not encode: ", err))
	}
	select {
	case l.out <- line:
	default:
		l.end()
	}
}

// ping asks for an echo; callers hold g.mu.
func (l *Link) ping(now time.Time) {
	l.pinged = now
	if l.opaque == "" {
		l.waiting = now
	}
	l.opaque = l.g.id("op-%d")
	l.send("SYSTEM", map[string]string{"topic": "ping", "messageId": "ping-" + l.opaque}, `{"opaque":"`+l.opaque+`"}`)
}

// ID is the connection's id.
func (l *Link) ID() string { return l.id }

// Gone is closed when the connection has ended.
func (l *Link) Gone() <-chan struct{} { return l.gone }

// Disconnect announces the link's end: nothing more is pushed by it, and it is closed
// once Farewell has passed.
func (l *Link) Disconnect(reason string) {
	l.g.mu.Lock()
	defer l.g.mu.Unlock()
	l.farewell(reason)
}

// farewell sends the disconnect frame once; callers hold g.mu.
func (l *Link) farewell(reason string) {
	if !l.muted.IsZero() {
		return
	}
	l.muted = l.g.f.opt.Now()
	l.send("SYSTEM", map[string]string{"topic": "disconnect", "messageId": l.g.id("bye-%d")}, `{"reason":"`+reason+`"}`)
}

// Drop cuts the connection without a word.
func (l *Link) Drop() { l.end() }

// Silence makes everything sent by either side vanish, while the connection stays up.
func (l *Link) Silence() {
	l.g.mu.Lock()
	defer l.g.mu.Unlock()
	l.silent = true
}

// Links lists the connections that are up, oldest first.
func (f *Fake) Links() []*Link {
	f.gate.mu.Lock()
	defer f.gate.mu.Unlock()
	return slices.Clone(f.gate.links)
}

// WaitLinks waits until the links that are up satisfy want; or until ctx ends.
func (f *Fake) WaitLinks(ctx context.Context, want func([]*Link) bool) ([]*Link, error) {
	for {
		f.gate.mu.Lock()
		changed, list := f.gate.changed, slices.Clone(f.gate.links)
		f.gate.mu.Unlock()
		if want(list) {
			return list, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return list, fmt.Errorf("bottest: %d links: %w", len(list), ctx.Err())
		}
	}
}

// close ends all links and waits for them.
func (g *gateway) close() {
	g.mu.Lock()
	g.closed = true
	for _, l := range g.links {
		l.end()
	}
	g.mu.Unlock()
	g.wg.Wait()
}
