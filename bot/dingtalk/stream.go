package dingtalk

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"duban/bot/wire"
)

// Defaults of StreamOptions.
const (
	DefaultConnections = 2
	DefaultInFlight    = 128
	DefaultUserAgent   = "duban-go/1.0"
)

// Event is one event of the organisation, such as a group's new title.
type Event struct {
	ID   string // the once-only key
	Type string // chat_update_title and the like
	Corp string
	At   time.Time
	Data []byte // JSON with camelCase keys
}

// StreamOptions are the settings of the Stream client.
type StreamOptions struct {
	ClientID     string
	Secret       string
	APIBase      string   // empty means DefaultAPIBase; only with http here may the connection be unencrypted
	UserAgent    string   // empty means DefaultUserAgent
	RobotCode    string   // messages naming another robot are logged; empty does not look
	BotName      string   // see DoorOptions
	SessionHosts []string // see DoorOptions
	Taker        Taker
	// OnCard decides a press of a card's button and returns what changes on the card;
	// Presses.Handle is one. It must return when its ctx ends, which is before DingTalk
	// stops waiting. Nil: card callbacks are not asked for.
	OnCard func(ctx context.Context, p CardPress) (CardAnswer, error)
	// OnEvent takes an event; on an error it comes again, and it may come twice at any
	// rate. It must return when its ctx ends. Nil: events are not asked for.
	OnEvent     func(ctx context.Context, e Event) error
	Now         func() time.Time                                // the time of day of what arrives
	Steady      func() time.Time                                // a clock that nobody sets, for how long things last; nil is Now
	Wait        func(ctx context.Context, d time.Duration) bool // false once ctx is done
	Jitter      func() float64                                  // in [0,1); nil is random
	Connections int                                             // 0 means DefaultConnections
	InFlight    int                                             // frames being worked on at once; 0 means DefaultInFlight
	HTTP        *http.Client                                    // nil is one of our own
	// Dial makes the network connections of the websockets; nil dials public addresses
	// and the host of APIBase only.
	Dial    func(ctx context.Context, network, addr string) (net.Conn, error)
	Observe func(result string, took time.Duration) // what became of each robot message; see the Result constants
	Log     *slog.Logger
}

// StreamState is what health and metrics want to know. Counts are since the start.
type StreamState struct {
	Connections int       // wanted
	Connected   int       // up, and not told to leave
	LastFrame   time.Time // when DingTalk last sent anything by any of them; zero before the first
	Opened      int64     // connections made
	Failed      int64     // attempts that failed
	Refused     bool      // the last attempt failed because of the client id or secret
	Left        int64     // connections that DingTalk told to leave
	Silent      int64     // connections given up because nothing came
	Broken      int64     // connections that ended in any other way
	Frames      int64     // frames read
	Answered    int64     // callbacks and events answered, in whatever way
	Unanswered  int64     // callbacks and events left to be sent again: no free slot, or not taken
	Unread      int64     // frames that were no frames
}

// Stream takes robot messages, card callbacks and events by DingTalk's Stream mode.
// It needs no public address. What is answered was taken; what the Taker does not
// take is left unanswered, so that DingTalk sends it again.
//
// The clock that is handed in drives everything but two bounds on the network, which
// run on real time: that of a handshake and that of one stalled write.
type Stream struct {
	opt    StreamOptions
	http   *http.Client
	dialer *websocket.Dialer
	in     *receiver
	slots  chan struct{}
	noise  wire.Window    // of log lines about frames that were not taken
	wg     sync.WaitGroup // of lanes, links and handlers
	mu     sync.Mutex
	state  StreamState
}

// NewStream checks the settings; it does not call out.
func NewStream(o StreamOptions) (*Stream, error) {
	if o.ClientID == "" || o.Secret == "" {
		return nil, errors.New("dingtalk: stream needs the client id and the secret")
	}
	o.defaults()
	trusted, err := newHosts(o.APIBase)
	if err != nil {
		return nil, err
	}
	guarded := newTransport(trusted)
	if o.Dial == nil {
		o.Dial = guarded.DialContext
	}
	return &Stream{
		opt: o, http: harden(o.HTTP, trusted),
		dialer: &websocket.Dialer{Proxy: guarded.Proxy, NetDialContext: o.Dial, HandshakeTimeout: dialTimeout},
		in:     newReceiver(o.BotName, o.RobotCode, o.SessionHosts, o.Log),
		slots:  make(chan struct{}, o.InFlight),
		noise:  wire.Window{Max: strangersLogged, Span: time.Minute},
		state:  StreamState{Connections: o.Connections},
	}, nil
}

func (o *StreamOptions) defaults() {
	if o.APIBase == "" {
		o.APIBase = DefaultAPIBase
	}
	o.APIBase = strings.TrimRight(o.APIBase, "/")
	if o.UserAgent == "" {
		o.UserAgent = DefaultUserAgent
	}
	if o.Steady == nil {
		o.Steady = o.Now
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	if o.Connections <= 0 {
		o.Connections = DefaultConnections
	}
	if o.InFlight <= 0 {
		o.InFlight = DefaultInFlight
	}
	if o.Observe == nil {
		o.Observe = func(string, time.Duration) {}
	}
}

// Run keeps the connections up until ctx ends. Then it finishes and answers what is
// being worked on, closes everything and returns nil. It may be called once.
func (s *Stream) Run(ctx context.Context) error {
	for range s.opt.Connections {
		s.wg.Go(func() { s.lane(ctx) })
	}
	s.wg.Wait()
	s.http.CloseIdleConnections()
	return nil
}

// State tells how things stand.
func (s *Stream) State() StreamState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// LastFrame is when DingTalk last sent anything; it pings about every 25 s, so that
// an age above a minute means that no message comes through.
func (s *Stream) LastFrame() time.Time { return s.State().LastFrame }

// Connected counts the connections by which messages come in.
func (s *Stream) Connected() int { return s.State().Connected }

// note changes the state.
func (s *Stream) note(change func(*StreamState)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.state)
}
