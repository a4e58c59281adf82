package console

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	pingEvery = 30 * time.Second
	stallTime = 10 * time.Second // for one write; then the page is cut off
)

// resetEvent tells a page to load its state anew.
var resetEvent = []byte(`{"reset":true}`)

// client is one open page. queue is written and closed under the Console's mu only.
type client struct {
	conn   *websocket.Conn
	queue  chan []byte
	silent atomic.Bool // has not answered the last ping
}

// serveSocket sends a page the events after the one it names (?epoch=&since=), then
// every new one, until it goes away, falls too far behind, or the console closes.
func (c *Console) serveSocket(w http.ResponseWriter, r *http.Request) {
	since, err := strconv.ParseInt(r.URL.Query().Get("since"), 10, 64)
	if err != nil {
		http.Error(w, "bad since", http.StatusBadRequest)
		return
	}
	if c.full() {
		http.Error(w, "打开的页面太多了，请先关掉几个。", http.StatusServiceUnavailable)
		return
	}
	up := websocket.Upgrader{CheckOrigin: sameHost}
	conn, err := up.Upgrade(w, r, nil) // answers the request itself when it fails
	if err != nil {
		c.opt.Log.Debug("websocket refused", "err", err)
		return
	}
	cl := &client{conn: conn, queue: make(chan []byte, maxQueue)}
	missed, ok := c.enter(cl, r.URL.Query().Get("epoch"), since)
	if !ok {
		cl.send(websocket.TextMessage, resetEvent)
		cl.hangUp()
		return
	}
	defer c.wg.Done()
	c.wg.Go(func() { cl.write(missed) })
	cl.read()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.feed.drop(cl)
}

func (c *Console) full() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed || len(c.feed.clients) >= maxClients
}

// enter counts the page in; false when it must start over or the console is closing.
func (c *Console) enter(cl *client, epoch string, since int64) ([][]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed || len(c.feed.clients) >= maxClients {
		return nil, false
	}
	missed, ok := c.feed.join(cl, epoch, since)
	if ok {
		c.wg.Add(1)
	}
	return missed, ok
}

// sameHost lets in pages of our own, and clients that are no browser.
func sameHost(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}

// write is the connection's one writer. It ends when the queue is closed or the page is
// gone, and takes the connection with it, which ends read.
func (cl *client) write(missed [][]byte) {
	defer cl.hangUp()
	for _, line := range missed {
		if !cl.send(websocket.TextMessage, line) {
			return
		}
	}
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		select {
		case line, open := <-cl.queue:
			if !open {
				cl.send(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseGoingAway, ""))
				return
			}
			if !cl.send(websocket.TextMessage, line) {
				return
			}
		case <-ping.C:
			if cl.silent.Swap(true) || !cl.send(websocket.PingMessage, nil) {
				return
			}
		}
	}
}

// send writes one frame and reports whether it went out. A timer cuts a stalled page
// off, so that no clock is needed for deadlines.
func (cl *client) send(kind int, data []byte) bool {
	stall := time.AfterFunc(stallTime, cl.hangUp)
	defer stall.Stop()
	return cl.conn.WriteMessage(kind, data) == nil
}

// read waits for the page to go away; it has nothing to say here but pongs.
func (cl *client) read() {
	cl.conn.SetReadLimit(1 << 10)
	cl.conn.SetPongHandler(func(string) error { cl.silent.Store(false); return nil })
	for {
		if _, _, err := cl.conn.ReadMessage(); err != nil {
			return
		}
	}
}

func (cl *client) hangUp() {
	_ = cl.conn.Close() // it is of no more use either way
}
