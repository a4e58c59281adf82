package reminders_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/internal/zh/workday"
	"duban/reminders"
	"duban/seeds"
	"duban/store/ledger"
)

// huzhou is the real plan with some rooms, contacts and one supervisor.
func huzhou(t *testing.T) *vault {
	t.Helper()
	p, err := seeds.Huzhou()
	if err != nil {
		t.Fatal(err)
	}
	head := *p
	head.Clauses, head.Tasks = nil, nil
	puts := []ledger.Record{record(ledger.RecordPlan, "plan", head),
		room("数据群", "市大数据中心"), room("综合群", "市政府办公室", "市发改委"), room("政务群", "市政务办"),
		member("联络员甲", "市大数据中心", ledger.DutyContact), member("联络员乙", "市编委办", ledger.DutyContact), member("督查员", "", ledger.DutySupervisor),
	}
	for _, one := range p.Tasks {
		puts = append(puts, task(one))
	}
	return newVault(t, puts...)
}

// habits say on which day a unit applies for closing a checkpoint: most in time, every
// fifth task ten days late, every seventh three months late, task 28 never.
func habits(no string, due ledger.Date) ledger.Date {
	var n int
	if _, err := fmt.Sscan(no, &n); err != nil {
		n = 1
	}
	switch {
	case n == 28:
		return ledger.NewDate(9999, 1, 1)
	case n%7 == 0:
		return due.AddDays(90)
	case n%5 == 0:
		return due.AddDays(10)
	}
	return due.AddDays(-5)
}

// apply lets the units act on a day.
func (v *vault) apply(t *testing.T, day ledger.Date) {
	t.Helper()
	var puts []ledger.Record
	for _, one := range v.book.Tasks {
		next := ledger.Progress{Task: one.No, Points: map[string]ledger.PointState{}}
		changed := false
		for _, pt := range one.Points {
			s := v.book.Progress(one.No).Point(pt.ID)
			if s.Phase == ledger.PhaseOpen && !habits(one.No, pt.Due).After(day) && pt.Begun(day) {
				s.Phase, s.AppliedAt, changed = ledger.PhasePending, day.In(shanghai, 8, 0), true
			}
			next.Points[pt.ID] = s
		}
		if changed {
			puts = append(puts, record(ledger.RecordProgress, one.No, next))
		}
	}
	if len(puts) > 0 {
		v.put(t, puts...)
	}
}

// down are the times in which no replica runs: a week, a morning, an afternoon that
// lasts into the night.
func down(now time.Time) bool {
	for _, stop := range [][2]string{{"2018-09-26 08:00", "2018-09-29 16:00"}, {"2019-12-23 08:00", "2019-12-30 08:00"}, {"2021-06-25 08:00", "2021-06-25 20:00"}} {
		if !now.Before(clock(stop[0])) && now.Before(clock(stop[1])) {
			return true
		}
	}
	return false
}

// TestWalk lives through the whole plan with two replicas on one store. Its golden file
// lists every nudge that goes out.
func TestWalk(t *testing.T) {
	v, w := huzhou(t), &wire{}
	cal := workday.Default()
	rules := ladderOnly()
	var now time.Time
	plans := []*reminders.Planner{planner(v, nil), planner(v, nil)}
	sends := []*reminders.Dispatcher{dispatcher(v, w, &now), dispatcher(v, w, &now)}
	for i := range plans {
		plans[i].Cal, sends[i].Hours.Cal = cal, cal
	}
	hours := sends[0].Hours
	var log strings.Builder
	for day := date("2018-07-02"); !day.After(date("2022-12-31")); day = day.AddDays(1) {
		v.apply(t, day)
		for _, at := range []string{"08:30", "09:00", "09:01", "16:00", "20:00"} {
			if now = clock(day.String() + " " + at); down(now) {
				continue
			}
			before := len(w.out)
			for i := range plans {
				if _, err := plans[i].RunOnce(context.Background(), now); err != nil {
					t.Fatal(err)
				}
				dispatch(t, sends[i], now)
			}
			if len(w.out) > before && !hours.Within(now) {
				t.Errorf("%s: sent outside working hours", now)
			}
			v.write(&log, now, w, before)
		}
	}
	for _, k := range v.notices {
		if !k.settled {
			t.Errorf("%s was never sent: %q", k.Key, k.buried)
		}
		for _, n := range k.Items {
			if n.Stage < 0 && !slices.Contains(rules.Before, -n.Stage) {
				t.Errorf("%s is no rung", n.Key)
			}
		}
	}
	golden(t, "walk", log.String())
}

// write lists what went out since before: day, receiver, title, and the rungs.
func (v *vault) write(log *strings.Builder, now time.Time, w *wire, before int) {
	sent := w.out[before:]
	slices.SortFunc(sent, func(a, b bot.Outgoing) int { return strings.Compare(a.ID, b.ID) })
	for _, out := range sent {
		fmt.Fprintf(log, "%s %s%s %s\n", now.Format("2006-01-02 Mon 15:04"), out.Room, out.Member, strings.TrimPrefix(out.Title, "【督办提醒】"))
		for _, i := range v.notices[out.ID].Items {
			if strings.Contains(out.Markdown, "任务"+noOf(i.Task)+" ") {
				fmt.Fprintf(log, "  %s %s/%s due %s %+d\n", i.Rule, noOf(i.Task), i.Point, i.Due, i.Stage)
			}
		}
	}
}
