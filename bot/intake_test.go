package bot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"duban/bot"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// handler is a bot.Handler made of one function.
type handler func(ctx context.Context, m bot.Message) (bot.Outcome, error)

func (h handler) Handle(ctx context.Context, m bot.Message) (bot.Outcome, error) { return h(ctx, m) }

// platform records what is sent; gate, when set, must be passed first.
type platform struct {
	mu   sync.Mutex
	sent []string
	gate chan struct{}
	err  error
}

func (p *platform) Send(ctx context.Context, out bot.Outgoing) (string, error) {
	if p.gate != nil {
		select {
		case <-p.gate:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = append(p.sent, out.ID)
	return "", p.err
}

func (p *platform) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.sent)
}

func answer(_ context.Context, m bot.Message) (bot.Outcome, error) {
	return bot.Outcome{Answer: &bot.Outgoing{ID: m.ID}}, nil
}

func limits() bot.Limits {
	return bot.Limits{InFlight: 2, Behind: 4, Decide: time.Second, Send: 10 * time.Second}
}

func intake(t *testing.T, h handler, out bot.Platform, lim bot.Limits) (*bot.Intake, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	return bot.NewIntake(t.Context(), h, out, lim, slog.New(slog.NewTextHandler(&log, nil))), &log
}

func closeIntake(t *testing.T, in *bot.Intake) {
	t.Helper()
	if err := in.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestTakeAnswersFromBehind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &platform{gate: make(chan struct{})}
		in, _ := intake(t, answer, p, limits())
		if err := in.Take(t.Context(), bot.Message{ID: "1"}); err != nil {
			t.Fatal(err)
		}
		if p.count() != 0 {
			t.Error("Take waited for the sending")
		}
		close(p.gate)
		synctest.Wait()
		if p.count() != 1 {
			t.Error("answer not sent")
		}
		closeIntake(t, in)
	})
}

func TestFullIntake(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		free := make(chan struct{})
		in, _ := intake(t, func(context.Context, bot.Message) (bot.Outcome, error) { <-free; return bot.Outcome{}, nil }, &platform{}, limits())
		done := make(chan error, 2)
		for _, id := range []string{"1", "2"} {
			go func() { done <- in.Take(t.Context(), bot.Message{ID: id}) }()
		}
		synctest.Wait()
		if n := in.InFlight(); n != 2 {
			t.Fatalf("%d in flight", n)
		}
		if err := in.Take(t.Context(), bot.Message{ID: "3"}); !errors.Is(err, bot.ErrFull) {
			t.Errorf("got %v", err)
		}
		close(free)
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if err := in.Take(t.Context(), bot.Message{ID: "3"}); err != nil {
			t.Errorf("slots are free again: %v", err)
		}
		closeIntake(t, in)
	})
}

func TestSameMessageAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		free := make(chan struct{})
		var handled atomic.Int32
		in, _ := intake(t, func(context.Context, bot.Message) (bot.Outcome, error) {
			handled.Add(1)
			<-free
			return bot.Outcome{}, nil
		}, &platform{}, limits())
		done := make(chan error, 1)
		go func() { done <- in.Take(t.Context(), bot.Message{ID: "1"}) }()
		synctest.Wait()
		if err := in.Take(t.Context(), bot.Message{ID: "1"}); !errors.Is(err, bot.ErrFull) {
			t.Errorf("got %v", err)
		}
		close(free)
		if err := <-done; err != nil || handled.Load() != 1 {
			t.Error(err, handled.Load())
		}
		if err := in.Take(t.Context(), bot.Message{ID: "1"}); err != nil || handled.Load() != 2 {
			t.Error("a later repeat goes to the handler, which knows it:", err)
		}
		closeIntake(t, in)
	})
}

func TestHandlerErrorAndPanic(t *testing.T) {
	t.Parallel()
	cause := errors.New("store is down")
	in, log := intake(t, func(_ context.Context, m bot.Message) (bot.Outcome, error) {
		if m.ID == "panic" {
			panic("boom")
		}
		return bot.Outcome{}, cause
	}, &platform{}, limits())
	if err := in.Take(t.Context(), bot.Message{ID: "1"}); !errors.Is(err, cause) {
		t.Errorf("got %v", err)
	}
	for range 5 { // more often than there are slots: each must be given back
		if err := in.Take(t.Context(), bot.Message{ID: "panic"}); err == nil || errors.Is(err, bot.ErrFull) {
			t.Errorf("got %v", err)
		}
	}
	if in.InFlight() != 0 || !strings.Contains(log.String(), "boom") {
		t.Errorf("%d in flight, log %q", in.InFlight(), log)
	}
	closeIntake(t, in)
}

// The deadline is the intake's own: the caller's end does not cut a commit in half.
func TestDecideDeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		in, _ := intake(t, func(ctx context.Context, _ bot.Message) (bot.Outcome, error) {
			<-ctx.Done()
			return bot.Outcome{}, ctx.Err()
		}, &platform{}, limits())
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		start := time.Now()
		err := in.Take(gone, bot.Message{ID: "1"})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		closeIntake(t, in)
	})
}

func TestOwedAndPanickingSends(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var owed atomic.Int32
		in, _ := intake(t, func(_ context.Context, m bot.Message) (bot.Outcome, error) {
			return bot.Outcome{Owed: func(ctx context.Context) {
				if _, bounded := ctx.Deadline(); !bounded {
					t.Error("sending without a bound")
				}
				owed.Add(1)
				panic("boom")
			}}, nil
		}, &platform{}, limits())
		for _, id := range []string{"1", "2", "3"} {
			if err := in.Take(t.Context(), bot.Message{ID: id}); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		if owed.Load() != 3 {
			t.Errorf("%d of 3 sent", owed.Load())
		}
		closeIntake(t, in)
	})
}

func TestQueueFull(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &platform{gate: make(chan struct{})}
		lim := limits()
		in, _ := intake(t, answer, p, lim)
		const senders = 16
		for range senders { // one for each sender first, so that the queue fills up behind them
			if err := in.Take(t.Context(), bot.Message{ID: "a"}); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		for range lim.Behind + 3 {
			if err := in.Take(t.Context(), bot.Message{ID: "b"}); err != nil {
				t.Fatal(err)
			}
		}
		if in.Dropped() != 3 {
			t.Errorf("dropped %d", in.Dropped())
		}
		close(p.gate)
		closeIntake(t, in)
		if p.count() != senders+lim.Behind {
			t.Errorf("sent %d", p.count())
		}
	})
}

func TestCloseDrains(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &platform{gate: make(chan struct{})}
		in, _ := intake(t, answer, p, limits())
		for _, id := range []string{"1", "2"} {
			if err := in.Take(t.Context(), bot.Message{ID: id}); err != nil {
				t.Fatal(err)
			}
		}
		closed := make(chan error, 1)
		go func() { closed <- in.Close(t.Context()) }()
		synctest.Wait()
		if err := in.Take(t.Context(), bot.Message{ID: "3"}); !errors.Is(err, bot.ErrClosed) {
			t.Errorf("got %v", err)
		}
		close(p.gate)
		if err := <-closed; err != nil || p.count() != 2 {
			t.Errorf("%v, sent %d", err, p.count())
		}
	})
}

// A platform that hangs holds the end up for no longer than Close's ctx allows.
func TestCloseCutsWhatHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &platform{gate: make(chan struct{})}
		in, _ := intake(t, answer, p, limits())
		if err := in.Take(t.Context(), bot.Message{ID: "1"}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := in.Close(ctx); !errors.Is(err, context.DeadlineExceeded) || p.count() != 0 {
			t.Errorf("%v, sent %d", err, p.count())
		}
	})
}

// The senders outlive the parent: what was taken is still answered.
func TestParentEnds(t *testing.T) {
	t.Parallel()
	parent, cancel := context.WithCancel(t.Context())
	p := &platform{}
	in := bot.NewIntake(parent, handler(answer), p, bot.DefaultLimits(), slog.New(slog.DiscardHandler))
	cancel()
	if err := in.Take(parent, bot.Message{ID: "1"}); err != nil {
		t.Fatal(err)
	}
	closeIntake(t, in)
	if p.count() != 1 {
		t.Error("answer lost")
	}
}

func TestRefusalIsFoundInAWrap(t *testing.T) {
	t.Parallel()
	no := &bot.Refusal{Op: "send", Code: "130101", Msg: "too fast", Retry: true}
	var found *bot.Refusal
	if !errors.As(fmt.Errorf("outbox: %w", fmt.Errorf("send: %w", no)), &found) || !found.Retryable() {
		t.Error("the verdict is lost in the wrapping")
	}
	if no.Error() != "send: refused with 130101: too fast" {
		t.Error(no)
	}
}

// TestIntakeAnswerPutOff: an answer that the platform refuses for now is owed instead;
// one that it refuses for good, or that may have arrived, is not.
func TestIntakeAnswerPutOff(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		owed int32
	}{
		"sent":             {nil, 0},
		"busy":             {fmt.Errorf("dingtalk: %w", &bot.Refusal{Op: "session", Code: "-1", Retry: true}), 1},
		"refused for good": {&bot.Refusal{Op: "session", Code: "43004"}, 0},
		"outcome unknown":  {errors.New("cut"), 0},
	} {
		t.Run(name, func(t *testing.T) {
			var owed atomic.Int32
			p := &platform{err: c.err}
			in, _ := intake(t, func(_ context.Context, m bot.Message) (bot.Outcome, error) {
				return bot.Outcome{Answer: &bot.Outgoing{ID: m.ID}, Later: func(context.Context) error { owed.Add(1); return nil }}, nil
			}, p, limits())
			if err := in.Take(t.Context(), bot.Message{ID: "m"}); err != nil {
				t.Fatal(err)
			}
			closeIntake(t, in)
			if owed.Load() != c.owed || p.count() != 1 {
				t.Errorf("owed %d times, sent %d times", owed.Load(), p.count())
			}
		})
	}
}
