package reminders_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/reminders"
	"duban/store/ledger"
)

func planner(v *vault, now func() time.Time) *reminders.Planner {
	return &reminders.Planner{Rules: ladderOnly(), Books: v, Store: v, Cal: holidays{}, Now: now, Log: slog.New(slog.DiscardHandler)}
}

func office(t testing.TB) *vault {
	return newVault(t, plan(),
		once("28", "建设政务云", "2018-09-28", lead("甲"), support("乙")), once("3", "方案", "2018-07-31", lead("乙")),
		every("5", "培训", "12-31", 2018, 2022, answers("甲")),
		room("A", "甲"), room("B", "乙"), member("lian", "甲", ledger.DutyContact), member("du", "", ledger.DutySupervisor))
}

func run(t testing.TB, p *reminders.Planner, now string) reminders.Planned {
	t.Helper()
	got, err := p.RunOnce(context.Background(), clock(now))
	if err != nil {
		t.Fatalf("%s: %v", now, err)
	}
	return got
}

func TestPlannerRunOnce(t *testing.T) {
	v := office(t)
	p := planner(v, nil)
	steps := []struct {
		now     string
		slot    string // newest slot that was due, if any
		notices int
		waits   bool
		why     string
	}{
		{"2018-09-21 08:59", "", 0, false, "nothing is due before the first slot"},
		{"2018-09-21 09:00", "2018-09-21 09:00", 2, false, "seven days before, in both rooms"},
		{"2018-09-21 09:01", "", 0, false, "the slot is done"},
		{"2018-09-25 08:45", "", 0, false, "a weekend and a holiday without slots"},
		{"2018-09-25 15:00", "2018-09-25 09:00", 2, false, "made up the same day: three days before, and the week's rung of task 3"},
		{"2018-09-27 20:00", "2018-09-27 09:00", 0, true, "missed, and the window is over"},
		{"2018-09-28 08:45", "2018-09-27 09:00", 0, true, "the window is open, but today's slot is near: one message, not two"},
		{"2018-09-28 09:00", "2018-09-28 09:00", 2, false, "the last day; the day before collapsed into it"},
		{"2018-09-01 09:00", "", 0, false, "a clock set back plans nothing again"},
	}
	for _, s := range steps {
		got := run(t, p, s.now)
		want := reminders.Planned{Notices: s.notices, Waits: s.waits}
		if s.slot != "" {
			want.Slot = clock(s.slot)
		}
		got.Items = 0
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (%s): -want +got\n%s", s.now, s.why, diff)
		}
	}
	if mark := v.book.Marks[reminders.MarkName]; !mark.Equal(clock("2018-09-28 09:00")) {
		t.Errorf("mark: %s", mark)
	}
}

// The mark is moved with the notices or not at all: after a failed commit the same run
// plans the same.
func TestPlannerAfterError(t *testing.T) {
	v := office(t)
	v.freshErr = ledger.ErrBusy
	p := planner(v, nil)
	if _, err := p.RunOnce(context.Background(), clock("2018-09-21 09:00")); err == nil {
		t.Fatal("an engine that is away was not noticed")
	}
	v.freshErr = nil
	if got := run(t, p, "2018-09-21 09:05"); got.Notices != 2 {
		t.Errorf("got %+v", got)
	}
}

// stale gives a book that another replica has outrun.
type stale struct{ book *ledger.Book }

func (s stale) Fresh(context.Context) (*ledger.Book, error) { return s.book, nil }

func TestTwoPlannersOneStore(t *testing.T) {
	v := office(t)
	a, b := planner(v, nil), planner(v, nil)
	b.Books = stale{v.book}
	if got := run(t, a, "2018-09-21 09:00"); got.Notices != 2 || got.Lost {
		t.Errorf("first: %+v", got)
	}
	if got := run(t, b, "2018-09-21 09:00"); got.Notices != 0 || !got.Lost {
		t.Errorf("second: %+v", got)
	}
	if len(v.order) != 2 {
		t.Errorf("outbox: %v", v.order)
	}
}

func TestTwoPlannersAtOnce(t *testing.T) {
	v := office(t)
	before := v.commits
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := planner(v, nil).RunOnce(context.Background(), clock("2018-09-21 09:00")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if v.commits != before+1 || len(v.order) != 2 {
		t.Errorf("%d commits, outbox %v", v.commits-before, v.order)
	}
}

func TestNextNudge(t *testing.T) {
	v := newVault(t, plan(), once("28", "建设", "2018-09-28", lead("甲")), room("A", "甲"))
	p := planner(v, nil)
	far := clock("2030-01-01 00:00")
	next := func(now string, horizon time.Time) string {
		t.Helper()
		got, ok, err := p.NextNudge(context.Background(), clock(now), horizon)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return ""
		}
		return got.Format("2006-01-02 15:04")
	}
	if got := next("2018-07-02 10:00", far); got != "2018-08-29 09:00" {
		t.Errorf("first: %s", got)
	}
	if got := next("2018-09-28 10:00", far); got != "2018-09-29 09:00" {
		t.Errorf("after the last day, on a make-up Saturday: %s", got)
	}
	if got := next("2018-07-02 10:00", clock("2018-08-01 00:00")); got != "" {
		t.Errorf("beyond the horizon: %s", got)
	}
	v.put(t, state("28", "1", ledger.PointState{Phase: ledger.PhaseClosed}))
	if got := next("2018-07-02 10:00", far); got != "" {
		t.Errorf("all closed: %s", got)
	}
	if got := p.Next(clock("2018-09-30 09:00")); !got.Equal(clock("2018-10-08 09:00")) {
		t.Errorf("next slot: %s", got)
	}
	if _, _, err := p.NextNudge(cancelled(), clock("2018-07-02 10:00"), far); err == nil {
		t.Error("a search without ctx goes on")
	}
}

func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// Whatever the clock does — steps, stops of weeks, a second replica — no duty is planned
// twice for one receiver, and whatever came due since the first run's day has been told
// at its newest rung or a newer one.
func TestPlanningWalk(t *testing.T) {
	rules := ladderOnly()
	rapid.Check(t, func(rt *rapid.T) {
		v := office(t)
		now := clock("2018-07-02 07:00")
		var first, last time.Time
		for step := range rapid.IntRange(5, 60).Draw(rt, "steps") {
			minutes := rapid.OneOf(rapid.IntRange(1, 120), rapid.IntRange(60, 2*24*60), rapid.IntRange(24*60, 30*24*60)).Draw(rt, fmt.Sprint("pause", step))
			now = now.Add(time.Duration(minutes) * time.Minute)
			p := planner(v, nil)
			if rapid.Bool().Draw(rt, "stale") {
				p.Books = stale{v.book}
			}
			for range rapid.IntRange(1, 2).Draw(rt, "runs") {
				done, err := p.RunOnce(context.Background(), now)
				if err != nil {
					rt.Fatal(err)
				}
				if !done.Slot.IsZero() && !done.Waits {
					last = done.Slot
					if first.IsZero() {
						first = clock(ledger.DateOf(now).String() + " 00:00")
					}
				}
			}
		}
		seen := map[string]bool{}
		newest := map[string]int{}
		for _, key := range v.order {
			for _, i := range v.notices[key].Items {
				if seen[i.Key] {
					rt.Fatalf("%s was planned twice", i.Key)
				}
				seen[i.Key] = true
				who := v.notices[key].To.Room + v.notices[key].To.Member + i.Rule[:1] + i.Task + "/" + i.Point
				newest[who] = max(newest[who], i.Stage+1000)
			}
		}
		if last.IsZero() {
			return
		}
		for _, n := range reminders.Plan(rules, v.book, holidays{}, first, last) {
			for _, i := range n.Items {
				who := n.To.Room + n.To.Member + i.Rule[:1] + i.Task + "/" + i.Point
				if newest[who] < i.Stage+1000 {
					rt.Errorf("%s at %+d was never told", who, i.Stage)
				}
			}
		}
	})
}

func TestPlannerRun(t *testing.T) {
	v := office(t)
	now := clock("2018-09-21 08:59")
	p := planner(v, func() time.Time { return now })
	var runs []reminders.Planned
	p.Report = func(d reminders.Planned, err error) { runs = append(runs, d) }
	ctx, cancel := context.WithCancel(context.Background())
	p.Wait = func(ctx context.Context, d time.Duration) bool {
		if d != time.Minute {
			t.Errorf("pause of %s", d)
		}
		if len(runs) == 3 {
			cancel()
		}
		now = now.Add(d)
		return true
	}
	if err := p.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if len(runs) != 3 || runs[0].Notices != 0 || runs[1].Notices != 2 || runs[2].Notices != 0 {
		t.Errorf("got %+v", runs)
	}
}
