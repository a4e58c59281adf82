package dingtalk

import (
	"context"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	silentAfter = time.Minute     // without a frame a connection counts as dead
	watchEvery  = 5 * time.Second // looks at a connection's age
	pingLooks   = 4               // looks between our own pings: they keep routers from forgetting us
	stallTime   = 10 * time.Second
	maxFrame    = 1 << 20
	spareOut    = 64 // answers beyond those of the frames being worked on
)

// link is one connection. Each has a reader, a writer and a watchdog; whichever ends
// first takes the others along.
type link struct {
	s       *Stream
	conn    *websocket.Conn
	out     chan packet
	told    chan struct{} // closed when DingTalk announces the end
	flush   chan struct{} // closed when nothing more will be put into out
	gone    chan struct{} // closed when the connection is closed
	cancel  context.CancelFunc
	tell    sync.Once
	leave   sync.Once
	end     sync.Once
	uncount sync.Once

	mu      sync.Mutex // guards last, retired and the adding to work
	last    time.Time  // of the last frame
	retired bool
	work    sync.WaitGroup
}

// packet is one websocket frame to be written.
type packet struct {
	kind int
	data []byte
}

// start sets a connection to work.
func (s *Stream) start(ctx context.Context, conn *websocket.Conn) *link {
	watched, cancel := context.WithCancel(ctx)
	l := &link{
		s: s, conn: conn, out: make(chan packet, s.opt.InFlight+spareOut), cancel: cancel, last: s.opt.Steady(),
		told: make(chan struct{}), flush: make(chan struct{}), gone: make(chan struct{}),
	}
	s.note(func(st *StreamState) {
		st.Opened++
		st.Connected++
		st.Refused = false
	})
	s.opt.Log.Info("stream connected")
	s.wg.Go(func() { l.read(ctx) })
	s.wg.Go(l.write)
	s.wg.Go(func() { l.watch(watched) })
	return l
}

// await returns when the link must be replaced, with true when it was told so.
func (l *link) await(ctx context.Context) bool {
	select {
	case <-l.told:
		return true
	case <-l.gone:
	case <-ctx.Done():
	}
	return false
}

// retire lets the frames being worked on be answered and then closes the link. It
// does not wait.
func retire(l *link) {
	if l == nil {
		return
	}
	l.leave.Do(func() {
		l.mu.Lock()
		l.retired = true
		l.mu.Unlock()
		l.s.wg.Go(func() {
			l.work.Wait()
			close(l.flush)
		})
	})
}

// begin counts a frame in, unless the link has been retired.
func (l *link) begin() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.retired {
		l.work.Add(1)
	}
	return !l.retired
}

// read is the link's one reader.
func (l *link) read(ctx context.Context) {
	l.conn.SetReadLimit(maxFrame)
	l.conn.SetPingHandler(func(data string) error {
		l.alive()
		l.put(websocket.PongMessage, []byte(data))
		return nil
	})
	for {
		_, line, err := l.conn.ReadMessage()
		if err != nil {
			l.close("ended", err, broken)
			return
		}
		l.alive()
		l.s.note(func(st *StreamState) { st.Frames++ })
		l.frame(ctx, line)
	}
}

// alive notes that DingTalk has sent something of its own accord. Answers to our
// pings do not count: a gateway may give them for a link that it has forgotten.
func (l *link) alive() {
	l.mu.Lock()
	l.last = l.s.opt.Steady()
	l.mu.Unlock()
	now := l.s.opt.Now()
	l.s.note(func(st *StreamState) { st.LastFrame = now })
}

// age is how long the link has been silent, by a clock that nobody sets: moving the
// time of day cuts no link.
func (l *link) age() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.s.opt.Steady().Sub(l.last)
}

// watch gives the link up when it has been silent for too long.
func (l *link) watch(ctx context.Context) {
	for n := 1; l.s.opt.Wait(ctx, watchEvery); n++ {
		if l.age() >= silentAfter {
			l.close("silent", nil, func(st *StreamState) { st.Silent++ })
			return
		}
		if n%pingLooks == 0 {
			l.put(websocket.PingMessage, nil)
		}
	}
}

// put queues a packet. A peer that lets the queue run full reads nothing any more.
func (l *link) put(kind int, data []byte) {
	select {
	case l.out <- packet{kind, data}:
	case <-l.gone:
	default:
		l.close("not read by the other side", nil, broken)
	}
}

// write is the link's one writer.
func (l *link) write() {
	for {
		select {
		case p := <-l.out:
			if !l.send(p) {
				return
			}
		case <-l.flush:
			l.goodbye()
			return
		case <-l.gone:
			return
		}
	}
}

// goodbye writes what is queued and closes in good order.
func (l *link) goodbye() {
	for {
		select {
		case p := <-l.out:
			if !l.send(p) {
				return
			}
			continue
		default:
		}
		l.send(packet{websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")})
		l.close("done", nil, func(*StreamState) {})
		return
	}
}

// send writes one packet and reports whether it went out. A timer cuts a stalled
// connection off, so that no deadline needs the time of day.
func (l *link) send(p packet) bool {
	stall := time.AfterFunc(stallTime, func() { l.close("stalled", nil, broken) })
	defer stall.Stop()
	err := l.conn.WriteMessage(p.kind, p.data)
	if err != nil {
		l.close("not written to", err, broken)
	}
	return err == nil
}

// broken counts a link that ended out of turn.
func broken(st *StreamState) { st.Broken++ }

// leaving is what the disconnect frame sets off.
func (l *link) leaving() {
	l.tell.Do(func() {
		l.s.note(func(st *StreamState) { st.Left++ })
		l.down()
		close(l.told)
	})
}

// down takes the link out of the count of those by which messages come.
func (l *link) down() {
	l.uncount.Do(func() { l.s.note(func(st *StreamState) { st.Connected-- }) })
}

// close ends the connection; the first to call it says why.
func (l *link) close(why string, err error, count func(*StreamState)) {
	l.end.Do(func() {
		l.cancel()
		select {
		case <-l.told: // its end was announced
		default:
			l.s.note(count)
		}
		l.down()
		close(l.gone)
		_ = l.conn.Close() // it is of no more use either way
		l.s.opt.Log.Info("stream connection closed", "why", why, "err", err)
	})
}
