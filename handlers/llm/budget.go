package llm

import (
	"context"
	"sync"
	"time"
)

// beijing is where the day of the budget begins.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// Usage is what was used of the model on one Beijing day, by this process.
type Usage struct {
	Day      string // 2018年12月31日; empty without a clock
	Tokens   int    // as the server counted, or our estimate where it did not say
	Calls    int
	Rejected int // answers that said what the facts do not
}

// meter counts a day's use and starts anew at midnight in Beijing.
type meter struct {
	now func() time.Time
	mu  sync.Mutex
	u   Usage
}

// today turns the page when the day has changed. The caller holds the lock.
func (m *meter) today() {
	if m.now == nil {
		return
	}
	if day := m.now().In(beijing).Format("2006年1月2日"); day != m.u.Day {
		m.u = Usage{Day: day}
	}
}

func (m *meter) left(daily int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.today()
	return daily <= 0 || m.u.Tokens < daily
}

func (m *meter) add(tokens int, rejected bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.today()
	m.u.Tokens += tokens
	m.u.Calls++
	if rejected {
		m.u.Rejected++
	}
}

func (m *meter) usage() Usage {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.today()
	return m.u
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
