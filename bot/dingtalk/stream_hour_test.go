package dingtalk_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
	"duban/handlers"
	"duban/seeds"
	"duban/store/embedded"
	"duban/store/ledger"
)

const (
	late    = 16 * time.Second // the earliest redelivery that offices have told of
	ticket  = 5 * time.Second
	hourOf  = 3600 // seconds
	shortOf = 1200
)

// office is all that stands behind the Stream door in service: the intake, the desk and
// a store. The store stumbles, and the whole is slow at times.
type office struct {
	*embedded.Engine
	intake *bot.Intake
	desk   *handlers.Desk
	forget bool // the store no longer knows which messages it has had

	mu    sync.Mutex
	rng   *rand.Rand
	wild  bool
	rush  bool // everything takes long
	calls int
}

var errStumbled = errors.New("stumbled")

func newOffice(t *testing.T, seed uint64) *office {
	t.Helper()
	store, err := embedded.Open(t.Context(), t.TempDir(), "hour")
	if err != nil {
		t.Fatal(err)
	}
	o := &office{Engine: store, rng: rand.New(rand.NewPCG(seed, 8))}
	plan, err := seeds.Huzhou()
	if err != nil {
		t.Fatal(err)
	}
	records, err := ledger.PlanRecords(ledger.NewBook(), plan, ledger.Revised{})
	if err != nil {
		t.Fatal(err)
	}
	member, err := ledger.Put(ledger.RecordMember, "u1", ledger.Member{
		ID: "u1", Name: "沈建国", Units: []string{"市大数据中心"}, Duties: []ledger.Duty{ledger.DutyContact},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Commit(t.Context(), ledger.Commit{Puts: append(records, member), Now: time.Now()}); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	if o.desk, err = handlers.NewDesk(t.Context(), handlers.Options{
		Ledger: o, Post: unsent{}, Hours: anyHour{}, Now: time.Now, Log: log, Light: ledger.DefaultLightRules(ledger.Date{}),
	}); err != nil {
		t.Fatal(err)
	}
	lim := bot.DefaultLimits()
	lim.InFlight, lim.Decide = 12, 40*time.Second
	o.intake = bot.NewIntake(t.Context(), o, nobody{}, lim, log)
	return o
}

// close ends the office; it is called inside the bubble.
func (o *office) close(t *testing.T) {
	t.Helper()
	if err := errors.Join(o.intake.Close(t.Context()), o.Engine.Close()); err != nil {
		t.Error(err)
	}
}

// Handle is the desk's, but the answer may come long after the commit, or never.
func (o *office) Handle(ctx context.Context, m bot.Message) (bot.Outcome, error) {
	chance, rush := o.chance()
	switch {
	case chance < 0.01:
		panic("stumbled")
	case rush:
		defer pause(9 * time.Second)
	case chance > 0.96:
		defer pause(late + time.Duration((chance-0.96)*400)*time.Second)
	}
	return o.desk.Handle(ctx, m)
}

// Commit is the store's, but it may fail before it has done anything, or afterwards.
func (o *office) Commit(ctx context.Context, c ledger.Commit) (ledger.Committed, error) {
	chance, _ := o.chance()
	if chance < 0.02 {
		return ledger.Committed{}, errStumbled
	}
	if o.forget {
		c.Message = ""
	}
	got, err := o.Engine.Commit(ctx, c)
	if err == nil && chance < 0.08 {
		err = errStumbled
	}
	return got, err
}

// Arrive is the store's, which may have forgotten the message.
func (o *office) Arrive(ctx context.Context, a ledger.Arrival) (ledger.Arrived, error) {
	if o.forget {
		a.Message += "/forgotten"
	}
	return o.Engine.Arrive(ctx, a)
}

func (o *office) chance() (float64, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.calls++
	if !o.wild {
		return 0.5, false
	}
	return o.rng.Float64(), o.rush
}

func (o *office) set(wild, rush bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.wild, o.rush = wild, rush
}

// handled counts what each message has left in the ledger.
func (o *office) handled(t *testing.T) map[string]int {
	t.Helper()
	events, err := o.Events(t.Context(), "", time.Time{}, time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	done := map[string]int{}
	for _, e := range events {
		if e.Kind == ledger.EventReport {
			done[e.Message]++
		}
	}
	return done
}

type unsent struct{}

func (unsent) SendHeld(context.Context, []ledger.Notice, int64) {}
func (unsent) Wake()                                            {}

type anyHour struct{}

func (anyHour) Next(t time.Time) time.Time { return t }

type nobody struct{}

func (nobody) Send(context.Context, bot.Outgoing) (string, error) { return "", nil }

// storm does one second's worth of damage.
func (o *office) storm(s *sim, rng *rand.Rand, second int) {
	links := s.Links()
	watched := second%400 >= 100 && second%400 < 170 // a silent link is left to the watchdog
	one := func(every int) bool { return len(links) > 0 && !watched && rng.IntN(every) == 0 }
	pick := func() *bottest.Link { return links[rng.IntN(len(links))] }
	hold := func(path string, d time.Duration) {
		release := s.Hold(path)
		time.AfterFunc(d, release)
	}
	if one(40) {
		pick().Disconnect("connection is expired")
	}
	if one(60) {
		pick().Drop()
	}
	if len(links) > 0 && second%400 == 100 {
		pick().Silence()
	}
	if one(400) { // everything at once
		for _, l := range links {
			l.Drop()
		}
		s.Fail(bottest.Fault{Path: bottest.OpenPath, Status: http.StatusServiceUnavailable, Body: "<html>busy</html>", Times: 1 + rng.IntN(4)})
	}
	if rng.IntN(240) == 0 {
		s.Fail(bottest.Fault{Path: bottest.ConnectPath, Status: []int{0, 401, 500}[rng.IntN(3)]})
	}
	if rng.IntN(400) == 0 {
		s.Fail(bottest.Fault{Path: bottest.OpenPath}) // the connection ends without an answer
	}
	if second%200 == 50 && len(links) > 0 && !watched { // the way to the gateway is longer than the ticket lives
		pick().Drop()
		hold(bottest.ConnectPath, ticket+2*time.Second)
	}
	if second%300 == 250 {
		hold(bottest.OpenPath, 3*time.Second)
	}
	s.Duplicate(second/60%3 == 1)
	s.Shuffle(second/45%3 == 1)
	o.set(true, second%90 >= 80)
}

// TestHourOfTheWorst: an hour of disconnects, drops, silence, duplicates, disorder,
// refused openings, tickets that expire, late answers and a full intake. Whatever
// DingTalk did not itself lose for want of a connection stands in the ledger once.
func TestHourOfTheWorst(t *testing.T) {
	t.Parallel()
	for connections := 1; connections <= 3; connections++ {
		t.Run(fmt.Sprint("kept by ", connections), func(t *testing.T) {
			t.Parallel()
			h := storm{seconds: hourOf, connections: connections, queue: true, seed: uint64(connections)}
			if doubled := h.run(t); doubled > 0 {
				t.Errorf("%d messages were handled more than once", doubled)
			}
		})
	}
	t.Run("lost for want of a connection", func(t *testing.T) {
		t.Parallel()
		h := storm{seconds: shortOf, connections: 2, seed: 4}
		if doubled := h.run(t); doubled > 0 {
			t.Errorf("%d messages were handled more than once", doubled)
		}
	})
}

// TestHourTells: with a store that forgets which messages it has had, the same storm
// does make doubles. Else the hour would show nothing.
func TestHourTells(t *testing.T) {
	t.Parallel()
	h := storm{seconds: shortOf, connections: 2, queue: true, seed: 5, forget: true}
	if doubled := h.run(t); doubled < 3 {
		t.Errorf("only %d messages were handled twice by a store that forgets", doubled)
	}
}

// storm is a time of the fake's worst.
type storm struct {
	seconds     int
	connections int
	queue       bool // the fake keeps what finds no connection
	forget      bool // the store forgets
	seed        uint64
}

// run counts the messages that were handled more than once.
func (h storm) run(t *testing.T) (doubled int) {
	rng := rand.New(rand.NewPCG(h.seed, 7))
	fake := bottest.Options{Timeout: time.Second, Stream: bottest.StreamOptions{Queue: h.queue, Seed: h.seed, Redeliver: late, TicketLife: ticket}}
	var o *office
	change := func(so *dingtalk.StreamOptions) {
		so.Taker = takes(func(m bot.Message) error { return o.intake.Take(context.Background(), m) })
		so.InFlight, so.Connections = 16, h.connections
	}
	simulate(t, fake, change, func(t *testing.T, s *sim) {
		o = newOffice(t, h.seed)
		o.forget = h.forget
		defer o.close(t)
		defer s.stop()
		s.up()
		var said sync.Map
		var people sync.WaitGroup
		n := 0
		for second := range h.seconds {
			o.storm(s, rng, second)
			if rng.IntN(6) == 0 {
				n++
				text := fmt.Sprintf("任务28进度：已召开第%d次协调会", n)
				people.Go(func() { said.Store(s.say(text).MsgID, text) })
			}
			s.pass(time.Second)
		}
		people.Wait()
		s.Duplicate(false)
		s.Shuffle(false)
		o.set(false, false)
		s.pass(5 * time.Minute)
		doubled = h.judge(t, s, o, &said, n)
	})
	return doubled
}

func (h storm) judge(t *testing.T, s *sim, o *office, said *sync.Map, n int) (doubled int) {
	lost := map[string]bool{}
	for _, id := range s.Lost() {
		lost[id] = true
	}
	done := o.handled(t)
	said.Range(func(id, text any) bool {
		switch took := done[id.(string)]; {
		case took > 1:
			doubled++
		case took == 0 && (h.queue || !lost[id.(string)]):
			t.Errorf("message %s “%s” was not handled", id, text)
		}
		return true
	})
	expired := 0
	for _, r := range s.Requests(bottest.ConnectPath) {
		if r.Status == http.StatusUnauthorized {
			expired++
		}
	}
	st := s.stream.State()
	t.Logf("%+v: %d messages, %d handled, %d of them again, %d lost by DingTalk, %d tickets expired, %d calls, %+v", h, n, len(done), doubled, len(lost), expired, o.calls, st)
	if n < h.seconds/8 || len(done)+len(lost) < n || s.Unanswered() != 0 {
		t.Errorf("said %d, handled %d, lost %d, unanswered %d", n, len(done), len(lost), s.Unanswered())
	}
	if st.Connected != h.connections || time.Since(st.LastFrame) > 30*time.Second {
		t.Errorf("the storm has not ended: %+v", st)
	}
	if h.seconds == hourOf && (expired == 0 || st.Left < 20 || st.Broken < 15 || st.Silent < 1 || st.Failed < 10 || st.Unanswered < 50) {
		t.Errorf("the storm was a calm: %d expired, %+v", expired, st)
	}
	return doubled
}
