package wire

import (
	"sync"
	"time"
)

// Window admits at most Max events in any span of time. It is a log of the last
// events and not a token bucket: a bucket that has rested lets nearly twice its rate
// through, and DingTalk mutes a robot for ten minutes for that.
type Window struct {
	Max  int
	Span time.Duration

	mu     sync.Mutex
	times  []time.Time // of the last events, oldest first, at most Max
	closed time.Time   // nothing before, after the platform itself said stop
}

// Take admits n events at now and returns 0, or admits none and returns how long
// to wait. More than Max at once can never pass in one span; it counts as Max.
func (w *Window) Take(now time.Time, n int) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if wait := w.closed.Sub(now); wait > 0 {
		return wait
	}
	n = min(n, w.Max)
	w.forget(now)
	if over := len(w.times) + n - w.Max; over > 0 {
		return w.times[over-1].Add(w.Span).Sub(now)
	}
	for range n {
		w.times = append(w.times, now)
	}
	return 0
}

// forget drops events older than the span, and those of a clock that was set back.
func (w *Window) forget(now time.Time) {
	kept := w.times[:0]
	for _, t := range w.times {
		if age := now.Sub(t); age < w.Span && age >= 0 {
			kept = append(kept, t)
		}
	}
	w.times = kept
}

// Close admits nothing until t.
func (w *Window) Close(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = t
}

// Windows keeps one window for each robot or API path. Keys come from the
// configuration and the code, so their number is bounded by both.
type Windows struct {
	mu   sync.Mutex
	max  int
	span time.Duration
	by   map[string]*Window
}

// NewWindows makes windows that each admit at most max events in any span.
func NewWindows(max int, span time.Duration) *Windows {
	return &Windows{max: max, span: span, by: map[string]*Window{}}
}

// Of is the window of the key.
func (ws *Windows) Of(key string) *Window {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	w := ws.by[key]
	if w == nil {
		w = &Window{Max: ws.max, Span: ws.span}
		ws.by[key] = w
	}
	return w
}
