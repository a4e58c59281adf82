// Package zhengtest is a fake 政务钉钉 over real HTTP: a gateway that recomputes the
// signature of every call from what arrived, work notifications with their limits, the
// look-up of people, group robots, and people who write to the bot. It has JSON types
// of its own, so that a slip in bot/zhengding cannot hide behind the same slip here.
//
// Only tests may import it. Its clock is the caller's. Where no source names a code,
// it answers with one of its own that begins with "fake.".
package zhengtest

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"duban/bot/faults"
)

// Options are the settings of the fake; the zero value but for Now is a usable app.
type Options struct {
	Now       func() time.Time // required
	AppKey    string           // default zwdd-demo-key
	AppSecret string           // default demoZwSecret
	TenantID  string           // default 50001
	BotName   string           // default 督办助手

	Skew           time.Duration // accepted age of a stamp; default 15 minutes, not documented
	FaultStatus    int           // HTTP status of the gateway's own errors; default 403, not documented
	DuplicateCode  string        // default fake.duplicate
	DuplicateWords string        // default bizMsgId重复
	Quoted         bool          // content comes as JSON in a string, as some services answer
	TokenNeedsForm bool          // refuse a token to the signature alone
	MinGap         time.Duration // between work notifications; default none
	DailyLimit     int           // work notifications a day; default 20000
}

// Fake is one deployment with one app. All methods are safe for concurrent use.
type Fake struct {
	opt    Options
	ln     net.Listener
	server *http.Server
	served chan struct{}
	faults *faults.Board
	client *http.Client

	mu       sync.Mutex
	count    int
	people   map[string]Person // by account id
	groups   map[string]group
	robots   map[string]*robot // by access token
	nonces   map[string]bool
	bizIDs   map[string]bool
	said     map[string]bool // day, person and words
	calls    []time.Time     // of work notifications that were let through
	under    int             // work notifications being answered
	token    string
	until    time.Time
	notes    []Note
	requests []Request
	swallow  int
}

// Person is somebody in the directory.
type Person struct {
	AccountID string // a number
	Employee  string // GE_…
	Mobile    string
	Name      string
}

type group struct {
	title   string
	members []string
}

// Note is one message of the bot, as people see it.
type Note struct {
	Group  string // where it was shown: a group,
	Person string // or one person's work notifications
	BizID  string // of work notifications
	Type   string // msgtype
	Title  string // shown in lists only; text messages have none
	Raw    string // Markdown or text as it was sent
	Text   string // as it is read, with the line breaks that Markdown makes
	At     []string
	When   time.Time
}

// New starts a fake on a free port of 127.0.0.1.
func New(o Options) (*Fake, error) {
	if o.Now == nil {
		return nil, errors.New("zhengtest: a clock is required")
	}
	o.AppKey, o.AppSecret = or(o.AppKey, "zwdd-demo-key"), or(o.AppSecret, "demoZwSecret")
	o.TenantID, o.BotName = or(o.TenantID, "50001"), or(o.BotName, "督办助手")
	o.DuplicateCode, o.DuplicateWords = or(o.DuplicateCode, "fake.duplicate"), or(o.DuplicateWords, "bizMsgId重复")
	o.Skew, o.FaultStatus, o.DailyLimit = or(o.Skew, 15*time.Minute), or(o.FaultStatus, http.StatusForbidden), or(o.DailyLimit, 20000)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("zhengtest: listen: %w", err)
	}
	f := &Fake{
		opt: o, ln: ln, served: make(chan struct{}), faults: faults.New(),
		client: &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{}},
		people: map[string]Person{}, groups: map[string]group{}, robots: map[string]*robot{},
		nonces: map[string]bool{}, bizIDs: map[string]bool{}, said: map[string]bool{},
	}
	f.server = &http.Server{Handler: f, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		defer close(f.served)
		_ = f.server.Serve(ln) // always ends with an error; Close is the reason
	}()
	return f, nil
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// URL is the base address of the gateway and of the robots.
func (f *Fake) URL() string { return "http://" + f.ln.Addr().String() }

// AppKey is the app's key.
func (f *Fake) AppKey() string { return f.opt.AppKey }

// AppSecret is the app's secret.
func (f *Fake) AppSecret() string { return f.opt.AppSecret }

// TenantID is the tenant in which everybody is.
func (f *Fake) TenantID() string { return f.opt.TenantID }

// Close ends the server and every held request. It is safe to call once.
func (f *Fake) Close() error {
	f.faults.Close()
	err := f.server.Close()
	<-f.served
	f.client.CloseIdleConnections()
	if err != nil {
		return fmt.Errorf("zhengtest: close: %w", err)
	}
	return nil
}

// AddPerson adds or replaces somebody.
func (f *Fake) AddPerson(p Person) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.people[p.AccountID] = p
}

// AddGroup adds or replaces a group of people.
func (f *Fake) AddGroup(id, title string, members ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.groups[id] = group{title: title, members: slices.Clone(members)}
}

// Notices lists what a person saw as work notifications, oldest first.
func (f *Fake) Notices(account string) []Note {
	return f.seen(func(n Note) bool { return n.Group == "" && n.Person == account })
}

// Group lists what a group saw, oldest first.
func (f *Fake) Group(id string) []Note {
	return f.seen(func(n Note) bool { return n.Group != "" && n.Group == id })
}

// All lists everything that the bot made anyone see, oldest first.
func (f *Fake) All() []Note { return f.seen(func(Note) bool { return true }) }

// Swallowed counts work notifications that were taken and not shown, because the
// person had seen the same words that day.
func (f *Fake) Swallowed() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.swallow
}

func (f *Fake) seen(want func(Note) bool) []Note {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []Note
	for _, n := range f.notes {
		if want(n) {
			list = append(list, n)
		}
	}
	return list
}

// show adds a note; callers hold f.mu.
func (f *Fake) show(n Note) {
	n.When, n.Text = f.opt.Now(), n.Raw
	if n.Type == "markdown" {
		n.Text = render(n.Raw)
	}
	f.notes = append(f.notes, n)
}

// id makes a new id; callers hold f.mu.
func (f *Fake) id(format string) string {
	f.count++
	return fmt.Sprintf(format, f.count)
}
