package llm

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// beijing is where the day of the budget begins.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// Usage is what was used of the model on one Beijing day.
type Usage struct {
	Day      string `json:"day"`      // 2018年12月31日; empty without a clock
	Tokens   int    `json:"tokens"`   // as the server counted, or our estimate where it did not say
	Calls    int    `json:"calls"`    // that reached the server
	Rejected int    `json:"rejected"` // answers that said what the facts do not
}

// Plus is the count after more was used: on another day it begins anew.
func (u Usage) Plus(more Usage) Usage {
	if u.Day != more.Day {
		return more
	}
	return Usage{u.Day, u.Tokens + more.Tokens, u.Calls + more.Calls, u.Rejected + more.Rejected}
}

// Tally keeps the count for all processes and over restarts.
type Tally interface {
	// Used returns what was counted last, whatever its day.
	Used(ctx context.Context) (Usage, error)
	// Add counts more, with Usage.Plus.
	Add(ctx context.Context, more Usage) error
}

// meter counts a day's use and starts anew at midnight in Beijing. Without a tally, or
// while it cannot be read, it knows of this process only.
type meter struct {
	now   func() time.Time
	tally Tally
	log   *slog.Logger
	mu    sync.Mutex
	u     Usage
}

func (m *meter) day() string {
	if m.now == nil {
		return ""
	}
	return m.now().In(beijing).Format("2006年1月2日")
}

func (m *meter) left(ctx context.Context, daily int) bool {
	return daily <= 0 || m.usage(ctx).Tokens < daily
}

// add counts a call. What was used is counted although its caller has gone.
func (m *meter) add(ctx context.Context, tokens int, rejected bool) {
	more := Usage{Day: m.day(), Tokens: tokens, Calls: 1}
	if rejected {
		more.Rejected = 1
	}
	m.mu.Lock()
	m.u = m.u.Plus(more)
	m.mu.Unlock()
	if m.tally == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), countFor)
	defer cancel()
	if err := m.tally.Add(ctx, more); err != nil {
		m.log.Warn("use of the model not counted for the other processes", "tokens", tokens, "err", err)
	}
}

// countFor bounds the counting of one call.
const countFor = 5 * time.Second

// usage is the day's count: that of all processes, or of this one where that is more,
// which is when the tally did not take a call.
func (m *meter) usage(ctx context.Context) Usage {
	day := m.day()
	m.mu.Lock()
	u := m.u
	m.mu.Unlock()
	if u.Day != day {
		u = Usage{Day: day}
	}
	if m.tally == nil {
		return u
	}
	all, err := m.tally.Used(ctx)
	if err != nil {
		m.log.Warn("use of the model not known for the other processes", "err", err)
	}
	if err != nil || all.Day != day || all.Tokens < u.Tokens {
		return u
	}
	return all
}

// maxWaiting is how many summaries may wait while one is worded.
const maxWaiting = 4

// line lets one summary to the model at a time.
type line struct {
	room chan struct{} // who is being served or waits
	turn chan struct{} // who is being served
}

func newLine() *line {
	return &line{room: make(chan struct{}, 1+maxWaiting), turn: make(chan struct{}, 1)}
}

// enter waits for the turn; nil obliges the caller to leave.
func (l *line) enter(ctx context.Context) error {
	select {
	case l.room <- struct{}{}:
	default:
		return ErrBusy
	}
	select {
	case l.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		<-l.room
		return ErrSlow
	}
}

func (l *line) leave() {
	<-l.turn
	<-l.room
}

// maxKept is how many results are kept. The facts name their day, so a result never
// serves another day.
const maxKept = 64

// cache keeps checked words by the hash of what they were made from; the oldest goes
// first.
type cache struct {
	mu    sync.Mutex
	words map[[32]byte]string
	order [][32]byte
}

func newCache() *cache { return &cache{words: map[[32]byte]string{}} }

func (c *cache) get(key [32]byte) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, ok := c.words[key]
	return w, ok
}

func (c *cache) put(key [32]byte, words string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.words[key]; !ok {
		c.order = append(c.order, key)
	}
	c.words[key] = words
	if len(c.order) > maxKept {
		delete(c.words, c.order[0])
		c.order = c.order[1:]
	}
}
