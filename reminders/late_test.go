package reminders_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"duban/reminders"
	"duban/store/ledger"
)

// A working day without a run raises an alarm; weekends, holidays and a first start do not.
func TestPlannerLate(t *testing.T) {
	v := office(t)
	p := planner(v, nil)
	late := func(now, want string) {
		t.Helper()
		since, ok := p.Late(clock(now))
		if ok != (want != "") || ok && !since.Equal(clock(want)) {
			t.Errorf("%s: %s %v, want %q", now, since, ok, want)
		}
	}
	late("2018-09-20 20:00", "") // not started yet
	run(t, p, "2018-09-20 18:00")
	late("2018-09-20 20:00", "") // a first start in the evening
	run(t, p, "2018-09-21 09:00")
	late("2018-09-21 17:00", "")
	late("2018-09-24 17:00", "") // weekend and holiday
	late("2018-09-25 09:59", "") // the hour of grace
	late("2018-09-25 10:00", "2018-09-25 09:00")
	late("2018-09-27 10:00", "2018-09-25 09:00")
	v.freshErr = ledger.ErrBusy
	if _, err := p.RunOnce(context.Background(), clock("2018-09-27 10:30")); err == nil {
		t.Fatal("an engine that is away was not noticed")
	}
	late("2018-09-27 10:30", "2018-09-25 09:00") // runs that fail are none
	v.freshErr = nil
	run(t, p, "2018-09-27 11:00")
	late("2018-09-27 11:00", "")
	late("2018-09-20 11:00", "2018-09-27 09:00") // the clock set back by a week: silence until it has caught up
}

// A planner that stands still makes no alarm of its own; another one on the store sees it.
func TestLateSeenByAnotherReplica(t *testing.T) {
	v := office(t)
	run(t, planner(v, nil), "2018-09-21 09:00")
	p := planner(v, nil)
	run(t, p, "2018-09-25 20:00") // after the window: the missed slot waits
	if since, ok := p.Late(clock("2018-09-25 20:00")); !ok || !since.Equal(clock("2018-09-25 09:00")) {
		t.Errorf("%s %v", since, ok)
	}
	run(t, p, "2018-09-26 09:00")
	if _, ok := p.Late(clock("2018-09-26 12:00")); ok {
		t.Error("late after it was made up")
	}
}

// shaky panics at its first look.
type shaky struct {
	reminders.Books
	left int
}

func (b *shaky) Fresh(ctx context.Context) (*ledger.Book, error) {
	if b.left--; b.left >= 0 {
		panic("a book that cannot be read")
	}
	return b.Books.Fresh(ctx)
}

// cron.Recover outside SkipIfStillRunning stops a job for ever after one panic; our loop
// goes on, says so, and plans the slot a minute later.
func TestPanicDoesNotEndTheLoop(t *testing.T) {
	v := office(t)
	now := clock("2018-09-21 09:00")
	p := planner(v, func() time.Time { return now })
	p.Books = &shaky{Books: v, left: 2}
	var errs, notices int
	p.Report = func(d reminders.Planned, err error) {
		notices += d.Notices
		if err != nil {
			errs++
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	steps := 0
	p.Wait = func(_ context.Context, d time.Duration) bool {
		if steps++; steps == 4 {
			cancel()
		}
		now = now.Add(d)
		return true
	}
	if err := p.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if errs != 2 || notices != 2 {
		t.Errorf("%d errors, %d notices", errs, notices)
	}
}

// A clock set forward for a moment and back again: what was planned ahead of time is not
// planned a second time, and the alarm says that the mark lies in the future.
func TestClockForthAndBack(t *testing.T) {
	v := office(t)
	p := planner(v, nil)
	run(t, p, "2018-09-20 09:00")
	run(t, p, "2018-09-27 09:00") // a week ahead
	n := len(v.order)
	for _, now := range []string{"2018-09-21 09:00", "2018-09-25 09:00", "2018-09-26 09:00", "2018-09-27 09:00"} {
		run(t, p, now)
	}
	if len(v.order) != n {
		t.Errorf("planned again: %v", v.order[n:])
	}
	if _, late := p.Late(clock("2018-09-21 09:00")); !late {
		t.Error("a mark in the future raises no alarm")
	}
	if run(t, p, "2018-09-28 09:00"); len(v.order) == n {
		t.Error("silent for ever after")
	}
}

// A host that lives in another zone, with daylight saving, plans the same slots: the zone
// is the plan's, whatever zone the clock's time is written in.
func TestHostInAnotherZone(t *testing.T) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Skip("no zones on this machine")
	}
	v := office(t)
	p := planner(v, nil)
	for _, now := range []string{"2018-11-02 09:00", "2018-11-05 09:00", "2019-03-08 09:00", "2019-03-11 09:00"} { // around both changes
		at := clock(now)
		for range 2 {
			got, err := p.RunOnce(context.Background(), at.In(zone))
			if err != nil || !got.Slot.IsZero() && !got.Slot.Equal(at) {
				t.Fatalf("%s: %+v, %v", now, got, err)
			}
		}
		if mark := v.book.Marks[reminders.MarkName]; !mark.Equal(at) {
			t.Errorf("%s: mark %s", now, mark)
		}
		if next := p.Next(at.In(zone)).In(shanghai); next.Hour() != 9 || next.Minute() != 0 {
			t.Errorf("%s: next slot %s", now, next)
		}
	}
}

func TestDescribeRhythm(t *testing.T) {
	r := reminders.DefaultRules()
	if text := r.Describe(ledger.Ladder{}); strings.Contains(text, "报送") {
		t.Errorf("a rhythm that is off:\n%s", text)
	}
	for rhythm, want := range map[ledger.Rhythm]string{ledger.RhythmMonth: "每月25日报送", ledger.RhythmQuarter: "每季度最后一个月25日报送"} {
		r.Report = rhythm
		if text := r.Describe(ledger.Ladder{}); !strings.Contains(text, want) {
			t.Errorf("%s is not in:\n%s", want, text)
		}
	}
}

func TestValidateRhythm(t *testing.T) {
	for want, spoil := range map[string]func(*reminders.Rules){
		"报送周期": func(r *reminders.Rules) { r.Report = "weekly" },
		"报送日":  func(r *reminders.Rules) { r.ReportDay = 32 },
		"每日消息": func(r *reminders.Rules) { r.Budget = 0 },
	} {
		r := reminders.DefaultRules()
		spoil(&r)
		if faults := r.Validate(); len(faults) != 1 || !strings.Contains(faults[0].Error(), want) {
			t.Errorf("%s: %v", want, faults)
		}
	}
}
