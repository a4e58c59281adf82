package dingtalk_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

// ledger takes each id once, as the store does, when it does not stumble.
type ledger struct {
	mu    sync.Mutex
	rng   *rand.Rand
	full  bool
	wild  bool
	done  map[string]int // effects by message id
	calls int
}

var errStumbled = errors.New("stumbled")

// Take has its effect at most once per id. It may fail before or after.
func (b *ledger) Take(_ context.Context, m bot.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
	chance := 1.0
	if b.wild {
		chance = b.rng.Float64()
	}
	switch {
	case b.full:
		return bot.ErrFull
	case chance < 0.02:
		return errStumbled
	case chance < 0.03:
		panic("stumbled")
	}
	if b.done[m.ID] == 0 {
		b.done[m.ID]++
	}
	if chance < 0.05 {
		return errStumbled // done, but the answer is lost
	}
	return nil
}

// storm does one second's worth of damage.
func (b *ledger) storm(s *sim, rng *rand.Rand, second int) {
	links := s.Links()
	one := func(every int) bool { return len(links) > 0 && rng.IntN(every) == 0 }
	pick := func() *bottest.Link { return links[rng.IntN(len(links))] }
	if one(40) {
		pick().Disconnect("connection is expired")
	}
	if one(60) {
		pick().Drop()
	}
	if len(links) > 0 && second%150 == 100 {
		pick().Silence()
	}
	if rng.IntN(400) == 0 { // everything at once
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
	s.Duplicate(second/60%3 == 1)
	s.Shuffle(second/45%3 == 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.full = second%90 >= 80
}

// TestHourOfTheWorst: an hour of disconnects, drops, silence, duplicates, disorder,
// refused openings and a full intake. Whatever DingTalk did not itself lose for want
// of a connection has its effect exactly once.
func TestHourOfTheWorst(t *testing.T) {
	t.Parallel()
	for name, queue := range map[string]bool{"kept": true, "lost": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hour(t, queue, 1)
		})
	}
}

func hour(t *testing.T, queue bool, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 7))
	book := &ledger{rng: rand.New(rand.NewPCG(seed, 8)), done: map[string]int{}, wild: true}
	fake := bottest.Options{Timeout: time.Second, Stream: bottest.StreamOptions{Queue: queue, Seed: seed}}
	simulate(t, fake, func(o *dingtalk.StreamOptions) { o.Taker, o.InFlight = book, 16 }, func(t *testing.T, s *sim) {
		s.up()
		var said sync.Map
		var people sync.WaitGroup
		n := 0
		for second := range 3600 {
			book.storm(s, rng, second)
			for range rng.IntN(3) {
				n++
				people.Go(func() { said.Store(s.say("已完成").MsgID, true) })
			}
			s.pass(time.Second)
		}
		people.Wait()
		s.Duplicate(false)
		s.Shuffle(false)
		book.mu.Lock()
		book.full, book.wild = false, false
		book.mu.Unlock()
		s.pass(5 * time.Minute)
		lost := map[string]bool{}
		for _, id := range s.Lost() {
			lost[id] = true
		}
		if queue && len(lost) > 0 {
			t.Errorf("the fake lost %d messages although it was to keep them", len(lost))
		}
		said.Range(func(id, _ any) bool {
			if took := book.done[id.(string)]; took != 1 && !(took == 0 && lost[id.(string)]) {
				t.Errorf("message %s had its effect %d times", id, took)
			}
			return true
		})
		st := s.stream.State()
		t.Logf("seed %d: %d messages, %d lost by DingTalk, %d calls, %+v", seed, n, len(lost), book.calls, st)
		if n < 3000 || len(book.done)+len(lost) < n || s.Unanswered() != 0 {
			t.Errorf("said %d, took %d, lost %d, unanswered %d", n, len(book.done), len(lost), s.Unanswered())
		}
		if st.Connected != 2 || time.Since(st.LastFrame) > 30*time.Second || st.Left < 30 || st.Broken < 20 || st.Silent < 1 || st.Failed < 10 {
			t.Errorf("the storm was a calm, or has not ended: %+v", st)
		}
	})
}
