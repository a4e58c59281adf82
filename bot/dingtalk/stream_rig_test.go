package dingtalk_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

// pipes is a network in memory, so that a whole hour can pass in a bubble of
// testing/synctest: its clock moves on when every goroutine of both sides waits.
type pipes struct {
	calls chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipes() *pipes { return &pipes{calls: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.calls:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *pipes) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "fake.test:80" }

func (p *pipes) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.calls <- far:
		return near, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// wait is what the program hands in; in a bubble it takes no real time.
func wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// sim is a fake DingTalk and a Stream client in one bubble.
type sim struct {
	*bottest.Fake
	t      *testing.T
	stream *dingtalk.Stream
	log    *syncBuffer
	http   *http.Client // reaches the fake
	stop   func()       // ends Run and waits for it
}

// simulate runs a test in a bubble. By default every message is taken.
func simulate(t *testing.T, fake bottest.Options, change func(*dingtalk.StreamOptions), body func(*testing.T, *sim)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newSim(t, fake, change)
		defer s.close()
		body(t, s)
	})
}

func newSim(t *testing.T, fake bottest.Options, change func(*dingtalk.StreamOptions)) *sim {
	t.Helper()
	s := &sim{t: t, log: &syncBuffer{}}
	network := newPipes()
	s.http = &http.Client{Transport: &http.Transport{DialContext: network.Dial}}
	fake.Now, fake.Listener, fake.Mode = time.Now, network, bottest.ByStream
	var err error
	if s.Fake, err = bottest.New(fake); err != nil {
		t.Fatal(err)
	}
	s.AddUser(bottest.User{ID: "u1", Name: "沈建国"})
	s.AddGroup(bottest.Group{ID: roomA, Title: "吴兴专班", Members: []string{"u1"}})
	o := dingtalk.StreamOptions{
		ClientID: s.AppKey(), Secret: s.AppSecret(), APIBase: s.URL(), Taker: takes(func(bot.Message) error { return nil }),
		SessionHosts: []string{s.URL()}, Now: time.Now, Wait: wait, Jitter: func() float64 { return 0.5 },
		HTTP: s.http, Dial: network.Dial, Log: slog.New(slog.NewTextHandler(s.log, nil)),
	}
	if change != nil {
		change(&o)
	}
	if s.stream, err = dingtalk.NewStream(o); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.stream.Run(ctx) }()
	s.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *sim) close() {
	s.stop()
	if n := s.stream.Connected(); n != 0 {
		s.t.Errorf("%d connections counted after the end", n)
	}
	if strays := s.Strays(); len(strays) > 0 {
		s.t.Errorf("answers that fit nothing: %q", strays)
	}
	if err := s.Fake.Close(); err != nil {
		s.t.Error(err)
	}
	secrets := []string{s.AppSecret()}
	for _, r := range s.Requests(bottest.OpenPath) {
		var reply struct{ Ticket string }
		if json.Unmarshal(r.Reply, &reply) == nil && reply.Ticket != "" {
			secrets = append(secrets, reply.Ticket)
		}
	}
	log := s.log.String()
	for _, secret := range secrets {
		if strings.Contains(log, secret) {
			s.t.Errorf("the log tells %q", secret)
		}
	}
}

// pass lets time go by, second by second, with the fake doing what is due.
func (s *sim) pass(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		wait(s.t.Context(), min(time.Second, time.Until(end)))
		s.Tick()
		synctest.Wait()
	}
}

// up waits until all connections are up.
func (s *sim) up() {
	s.t.Helper()
	for range 1000 {
		if s.pass(100 * time.Millisecond); s.stream.Connected() == s.stream.State().Connections {
			return
		}
	}
	s.t.Fatalf("not connected: %+v", s.stream.State())
}

func (s *sim) say(text string) bottest.Delivery {
	s.t.Helper()
	d, err := s.SayGroup(s.t.Context(), "u1", roomA, text, true)
	if err != nil {
		s.t.Error(err) // people speak in goroutines of their own
	}
	return d
}

// takes is a Taker.
type takes func(bot.Message) error

func (f takes) Take(_ context.Context, m bot.Message) error { return f(m) }

// pause lets time pass in a handler, whose bubble is not that of the test around it.
func pause(d time.Duration) { wait(context.Background(), d) }
