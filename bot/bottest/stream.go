package bottest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Mode is the way by which the bot hears of messages.
type Mode int

// The modes. In either one the connections of Stream mode may stand; the mode says
// where messages of people go.
const (
	ByHTTP   Mode = iota // the signed callback, see SetBot
	ByStream             // one of the open Stream connections
)

// Times of Stream mode.
const (
	TicketLife  = 90 * time.Second
	PingEvery   = 25 * time.Second
	Farewell    = 10 * time.Second // between the disconnect frame and the end of the connection
	RedeliverIn = time.Minute
)

// Paths of Stream mode.
const (
	OpenPath    = "/v1.0/gateway/connections/open"
	ConnectPath = "/connect"
)

// Topics of callbacks.
const (
	TopicRobot = "/v1.0/im/bot/messages/get"
	TopicCard  = "/v1.0/card/instances/callback"
)

// StreamOptions are the choices that the documents leave open.
type StreamOptions struct {
	Redeliver   time.Duration // unanswered robot messages and events come again after; default RedeliverIn, negative never
	SameID      bool          // a second delivery has the first one's messageId
	Queue       bool          // robot messages that find no connection wait for one; else they are lost
	Lifetime    time.Duration // links as old are told to leave; default never
	PingTimeout time.Duration // links that leave a ping unanswered for so long are closed; default 1 min
	TicketLife  time.Duration // a ticket that is as old admits nobody; default TicketLife
	Seed        uint64        // of the random choices
}

// gateway is the Stream side of a Fake. Its lock comes after the Fake's.
type gateway struct {
	f   *Fake
	opt StreamOptions
	wg  sync.WaitGroup // of links' readers and writers

	mu        sync.Mutex
	closed    bool
	changed   chan struct{} // closed and replaced whenever a link comes or goes
	mode      Mode
	rng       *rand.Rand
	count     int
	tickets   map[string]ticket
	links     []*Link
	parcels   []*parcel // not yet answered, oldest first
	sent      map[string]dispatch
	held      []*parcel // kept back to be shuffled
	lost      []string
	strays    []string
	duplicate bool
	shuffle   bool
}

// ticket admits one connection.
type ticket struct {
	topics map[string]bool
	until  time.Time
}

// dispatch is one frame on its way: what it carries and by which link it went.
type dispatch struct {
	p *parcel
	l *Link
}

func newGateway(f *Fake, mode Mode, o StreamOptions) *gateway {
	if o.Redeliver == 0 {
		o.Redeliver = RedeliverIn
	}
	if o.PingTimeout <= 0 {
		o.PingTimeout = time.Minute
	}
	if o.TicketLife <= 0 {
		o.TicketLife = TicketLife
	}
	return &gateway{
		f: f, opt: o, mode: mode, rng: rand.New(rand.NewPCG(o.Seed, 1)), changed: make(chan struct{}),
		tickets: map[string]ticket{}, sent: map[string]dispatch{},
	}
}

// id makes a new id; callers hold g.mu.
func (g *gateway) id(format string) string {
	g.count++
	return fmt.Sprintf(format, g.count)
}

// uuid makes a random one; callers hold g.mu.
func (g *gateway) uuid() string {
	a, b := g.rng.Uint64(), g.rng.Uint64()
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", a>>32, a>>16&0xffff, a&0xffff, b>>48, b&(1<<48-1))
}

// openConnection gives out a ticket. Without an Accept header the reply is XML.
func (f *Fake) openConnection(c call) answer {
	var in struct {
		ID            string `json:"clientId"`
		Secret        string `json:"clientSecret"`
		Subscriptions []struct {
			Type  string `json:"type"`
			Topic string `json:"topic"`
		} `json:"subscriptions"`
	}
	if json.Unmarshal(c.body, &in) != nil {
		return answer{http.StatusBadRequest, f.apiError("Missingbody", "body is mandatory for this action")}
	}
	if in.ID != f.opt.AppKey || in.Secret != f.opt.AppSecret {
		return answer{http.StatusUnauthorized, f.apiError("authFailed", "鉴权失败")}
	}
	g := f.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	t := ticket{topics: map[string]bool{}, until: f.opt.Now().Add(g.opt.TicketLife)}
	for _, s := range in.Subscriptions {
		t.topics[s.Type+" "+s.Topic] = true
	}
	key := g.uuid()
	g.tickets[key] = t
	endpoint := "ws" + f.URL()[len("http"):] + ConnectPath
	if !slices.Contains(c.header.Values("Accept"), "application/json") {
		return ok("<OpenConnectionResponse><endpoint>" + endpoint + "</endpoint><ticket>" + key + "</ticket></OpenConnectionResponse>")
	}
	return ok(map[string]any{"endpoint": endpoint, "ticket": key})
}

// admit takes a ticket away; it works once.
func (g *gateway) admit(key string) (ticket, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t, known := g.tickets[key]
	delete(g.tickets, key)
	return t, known && !g.closed && g.f.opt.Now().Before(t.until)
}

// SetMode tells by which way messages of people go from now on.
func (f *Fake) SetMode(m Mode) {
	f.gate.mu.Lock()
	defer f.gate.mu.Unlock()
	f.gate.mode = m
}

func (g *gateway) streams() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.mode == ByStream
}

// SetQueue tells whether robot messages that find no connection wait for one.
func (f *Fake) SetQueue(on bool) {
	f.gate.mu.Lock()
	defer f.gate.mu.Unlock()
	f.gate.opt.Queue = on
}

// Duplicate sends every frame but pings twice from now on, or no more.
func (f *Fake) Duplicate(on bool) {
	f.gate.mu.Lock()
	defer f.gate.mu.Unlock()
	f.gate.duplicate = on
}

// Shuffle keeps frames back until the next Tick and sends them in any order from now
// on, or no more.
func (f *Fake) Shuffle(on bool) {
	f.gate.mu.Lock()
	defer f.gate.mu.Unlock()
	f.gate.shuffle = on
}

// Lost lists the message ids that found no connection.
func (f *Fake) Lost() []string {
	f.gate.mu.Lock()
	defer f.gate.mu.Unlock()
	return slices.Clone(f.gate.lost)
}

// Unanswered counts what was sent, or waits to be, and was not answered yet.
func (f *Fake) Unanswered() int {
	f.gate.mu.Lock()
	defer f.gate.mu.Unlock()
	return len(f.gate.parcels)
}

// Strays lists the answers that fit no frame of the link they came by.
func (f *Fake) Strays() []string {
	f.gate.mu.Lock()
	defer f.gate.mu.Unlock()
	return slices.Clone(f.gate.strays)
}
