package reminders_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"duban/bot"
	"duban/reminders"
	"duban/store/embedded"
	"duban/store/ledger"
)

// books reads a real engine from its beginning each time.
type books struct{ engine *embedded.Engine }

func (b books) Fresh(ctx context.Context) (*ledger.Book, error) {
	d, err := b.engine.Sync(ctx, 0)
	if err != nil {
		return nil, err
	}
	return ledger.NewBook().Apply(d)
}

func openEngine(t *testing.T, dir string) *embedded.Engine {
	t.Helper()
	e, err := embedded.Open(context.Background(), dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// replica is a planner and a dispatcher on an engine, as one process has them.
func replica(e *embedded.Engine, w *wire, now *time.Time) (*reminders.Planner, *reminders.Dispatcher) {
	p := planner(nil, nil)
	p.Books, p.Store = books{e}, e
	d := dispatcher(nil, w, now)
	d.Outbox, d.Store, d.Budget.Books = e, e, books{e}
	d.Composers[ledger.NoticeNudge] = reminders.Nudges{Books: books{e}, Rules: p.Rules, Cal: holidays{}, Now: d.Now}.Compose
	return p, d
}

// Two replicas on a real engine, restarted every day, with a platform that refuses every
// other message at first: each nudge goes out once.
func TestReplicasOnAnEngine(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	puts := []ledger.Record{plan(), once("28", "建设政务云", "2018-09-28", lead("甲")), once("3", "方案", "2018-09-20", lead("乙")),
		room("A", "甲"), room("B", "乙"), member("lian", "乙", ledger.DutyContact), member("du", "", ledger.DutySupervisor)}
	e := openEngine(t, dir)
	if _, err := e.Commit(ctx, ledger.Commit{Puts: puts, Now: clock("2018-09-01 08:00")}); err != nil {
		t.Fatal(err)
	}
	refused := map[string]bool{}
	w := &wire{fail: func(out bot.Outgoing) error {
		if !refused[out.ID] && len(refused)%2 == 0 {
			refused[out.ID] = true
			return &bot.Refusal{Op: "send", Retry: true}
		}
		refused[out.ID] = true
		return nil
	}}
	for day := date("2018-09-03"); day.Before(date("2018-10-13")); day = day.AddDays(1) {
		for _, at := range []string{"09:00", "09:01", "14:00"} {
			now := clock(day.String() + " " + at)
			var wg sync.WaitGroup
			for range 2 {
				p, d := replica(e, w, &now)
				wg.Go(func() {
					_, errPlan := p.RunOnce(ctx, now)
					_, errSend := d.RunOnce(ctx, now)
					if err := errors.Join(errPlan, errSend); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		e = openEngine(t, dir)
	}
	waiting, dead, err := e.Depth(ctx)
	if err != nil || waiting+dead != 0 {
		t.Errorf("left over: %d waiting, %d dead, %v", waiting, dead, err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	ids := w.ids()
	slices.Sort(ids)
	if len(ids) != len(slices.Compact(slices.Clone(ids))) || len(ids) < 15 {
		t.Errorf("sent %d: %v", len(ids), ids)
	}
}
