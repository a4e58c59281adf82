package dingtalk

import (
	"sync"
	"time"
)

// window admits at most max events in any span of time. It is a log of the last
// events and not a token bucket: a bucket that has rested lets nearly twice its rate
// through, and DingTalk mutes a robot for ten minutes for that.
type window struct {
	mu     sync.Mutex
	max    int
	span   time.Duration
	times  []time.Time // of the last events, oldest first, at most max
	closed time.Time   // nothing before, after DingTalk itself said stop
}

// take admits n events at now and returns 0, or admits none and returns how long
// to wait. More than max at once can never pass in one span; it counts as max.
func (w *window) take(now time.Time, n int) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if wait := w.closed.Sub(now); wait > 0 {
		return wait
	}
	n = min(n, w.max)
	w.forget(now)
	if over := len(w.times) + n - w.max; over > 0 {
		return w.times[over-1].Add(w.span).Sub(now)
	}
	for range n {
		w.times = append(w.times, now)
	}
	return 0
}

// forget drops events older than the span, and those of a clock that was set back.
func (w *window) forget(now time.Time) {
	kept := w.times[:0]
	for _, t := range w.times {
		if age := now.Sub(t); age < w.span && age >= 0 {
			kept = append(kept, t)
		}
	}
	w.times = kept
}

// close admits nothing until t.
func (w *window) close(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = t
}

// windows keeps one window for each robot or API path. Keys come from the
// configuration and the code, so their number is bounded by both.
type windows struct {
	mu   sync.Mutex
	max  int
	span time.Duration
	by   map[string]*window
}

func newWindows(max int, span time.Duration) *windows {
	return &windows{max: max, span: span, by: map[string]*window{}}
}

func (ws *windows) of(key string) *window {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	w := ws.by[key]
	if w == nil {
		w = &window{max: ws.max, span: ws.span}
		ws.by[key] = w
	}
	return w
}
