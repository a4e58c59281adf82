package bottest

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"duban/bot/faults"
)

// Options are the settings of the fake; the zero value but for Now is a usable app.
type Options struct {
	Now       func() time.Time // required
	AppKey    string           // default dingdemoappkey01
	AppSecret string           // default demoAppSecret0001
	RobotCode string           // default AppKey
	CorpID    string           // default dingdemocorp01
	BotName   string           // default 督办助手
	BotURL    string           // where the bot listens; may be set later by SetBot
	Timeout   time.Duration    // bound on one delivery to the bot; default 5 s
	Listener  net.Listener     // default a free port of 127.0.0.1; its Addr is the host of every address given out
	Mode      Mode             // by which way messages come; may be changed by SetMode
	Stream    StreamOptions
}

// Fake is one DingTalk with one app. All methods are safe for concurrent use.
type Fake struct {
	opt    Options
	ln     net.Listener
	server *http.Server
	client *http.Client
	served chan struct{}
	faults *faults.Board
	gate   *gateway

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced whenever a note is added
	botURL   string
	count    int // makes ids
	users    map[string]*User
	groups   map[string]*Group
	sessions map[string]session
	robots   map[string]*robot // by access token
	token    token
	scopes   map[string]bool
	calls    map[string][]time.Time // by path, of the last second
	month    int                    // calls left this month; -1 is endless
	notes    []*Note
	requests []Request
	pushed   map[string][]byte // bodies by message id, to be sent again
	files    map[string]file   // by download code
	flow     map[string]bool   // flow-controlled people
	office   office            // media, departments, cards and the like
}

// New starts a fake, on a free port of 127.0.0.1 unless a Listener is given.
func New(o Options) (*Fake, error) {
	if o.Now == nil {
		return nil, errors.New("bottest: a clock is required")
	}
	o.AppKey = or(o.AppKey, "dingdemoappkey01")
	o.AppSecret = or(o.AppSecret, "demoAppSecret0001")
	o.RobotCode = or(o.RobotCode, o.AppKey)
	o.CorpID = or(o.CorpID, "dingdemocorp01")
	o.BotName = or(o.BotName, "督办助手")
	if o.Timeout <= 0 {
		o.Timeout = 5 * time.Second
	}
	ln := o.Listener
	if ln == nil {
		var err error
		if ln, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return nil, fmt.Errorf("bottest: listen: %w", err)
		}
	}
	f := &Fake{
		opt: o, ln: ln, botURL: o.BotURL,
		client: &http.Client{Timeout: o.Timeout, Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
		served: make(chan struct{}), faults: faults.New(), changed: make(chan struct{}),
		users: map[string]*User{}, groups: map[string]*Group{}, sessions: map[string]session{},
		robots: map[string]*robot{}, calls: map[string][]time.Time{}, month: -1,
		scopes: map[string]bool{scopeRobot: true},
		pushed: map[string][]byte{}, flow: map[string]bool{}, files: map[string]file{},
		office: newOffice(),
	}
	f.gate = newGateway(f, o.Mode, o.Stream)
	f.server = &http.Server{Handler: f, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		defer close(f.served)
		_ = f.server.Serve(ln) // always ends with an error; Close is the reason
	}()
	return f, nil
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// URL is the base address of both the API and the old API.
func (f *Fake) URL() string { return "http://" + f.ln.Addr().String() }

// AppKey is the app's client id.
func (f *Fake) AppKey() string { return f.opt.AppKey }

// AppSecret is the app's client secret, which also signs the callbacks.
func (f *Fake) AppSecret() string { return f.opt.AppSecret }

// SetBot tells where the bot takes callbacks.
func (f *Fake) SetBot(url string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.botURL = url
}

// Close ends the server and every held request, and waits for the server's end. It
// is safe to call once.
func (f *Fake) Close() error {
	f.faults.Close()
	err := f.server.Close()
	<-f.served
	f.gate.close()
	f.client.CloseIdleConnections()
	if err != nil {
		return fmt.Errorf("bottest: close: %w", err)
	}
	return nil
}

// id makes a new id; callers hold f.mu.
func (f *Fake) id(format string) string {
	f.count++
	return fmt.Sprintf(format, f.count)
}
