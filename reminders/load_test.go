package reminders_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/internal/zh/workday"
	"duban/reminders"
	"duban/store/ledger"
)

// The load of a month is counted with the notices, once, however many replicas run.
func TestLoadCountedOnce(t *testing.T) {
	v := newVault(t, plan(), once("28", "建设政务云", "2018-09-28", lead("甲")), once("29", "共享平台", "2018-09-28", lead("甲")),
		room("A", "甲"), member("lian", "甲", ledger.DutyContact))
	day, to := date("2018-09-27"), ledger.Target{Room: "A"}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if _, err := planner(v, nil).RunOnce(context.Background(), clock("2018-09-27 09:00")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if diff := cmp.Diff(ledger.Load{Messages: 1, Items: 2, Mentions: 1}, v.book.Load(day, to)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if l := v.book.Load(date("2018-10-01"), to); l != (ledger.Load{}) {
		t.Errorf("next month: %+v", l)
	}
}

// Loads are kept for two years.
func TestLoadForgotten(t *testing.T) {
	v := office(t)
	for _, month := range []string{"2016-08-01", "2016-09-01", "2018-08-01"} {
		rec, _, err := v.book.AddLoad(date(month), ledger.Target{Room: "A"}, ledger.Load{Messages: 1})
		if err != nil {
			t.Fatal(err)
		}
		v.put(t, rec)
	}
	run(t, planner(v, nil), "2018-09-27 09:00")
	for month, want := range map[string]int{"2016-08-01": 0, "2016-09-01": 1, "2018-08-01": 1} {
		if got := v.book.Load(date(month), ledger.Target{Room: "A"}).Messages; got != want {
			t.Errorf("%s: %d", month, got)
		}
	}
}

// pressing is a store in which somebody presses between the planner's look and its commit.
type pressing struct {
	*vault
	t    *testing.T
	once sync.Once
}

func (p *pressing) Commit(ctx context.Context, c ledger.Commit) (ledger.Committed, error) {
	p.once.Do(func() {
		rec, expect, err := p.book.AddLoad(date("2018-09-27"), ledger.Target{Room: "A"}, ledger.Load{Pressed: 1})
		if err != nil {
			p.t.Error(err)
		}
		if _, err := p.vault.Commit(ctx, ledger.Commit{Puts: []ledger.Record{rec}, Expects: []ledger.Expect{expect}}); err != nil {
			p.t.Error(err)
		}
	})
	return p.vault.Commit(ctx, c)
}

func TestLoadBesideAPress(t *testing.T) {
	v := office(t)
	p := planner(v, nil)
	p.Store = &pressing{vault: v, t: t}
	run(t, p, "2018-09-26 09:00")
	if got := run(t, p, "2018-09-27 09:00"); got.Lost || got.Notices == 0 {
		t.Errorf("the slot was lost to a press: %+v", got)
	}
	if l := v.book.Load(date("2018-09-27"), ledger.Target{Room: "A"}); l.Pressed != 1 || l.Messages == 0 {
		t.Errorf("load %+v", l)
	}
}

// Whatever the slots of a day, the clock's steps and the rules, no receiver is owed more
// messages a day than the budget, and no more than one.
func TestBudget(t *testing.T) {
	cal := workday.Default()
	rapid.Check(t, func(rt *rapid.T) {
		v := office(t)
		v.put(t, room("C", "甲", "乙"), member("li", "丙", ledger.DutyContact), once("7", "丙事", "2018-09-10", lead("丙")),
			record(ledger.RecordProgress, "28", ledger.Progress{Task: "28", Unsigned: []string{"甲"}, Pressed: &ledger.Remark{Event: "e", At: clock("2018-09-03 10:00")}}))
		rules := reminders.DefaultRules()
		rules.Slot = rapid.SampledFrom([]string{"0 9 * * *", "0 9,14 * * *", "*/30 * * * *", "@hourly", "15 10 * * 1-5"}).Draw(rt, "slot")
		rules.Report = rapid.SampledFrom([]ledger.Rhythm{ledger.RhythmNone, ledger.RhythmMonth, ledger.RhythmQuarter}).Draw(rt, "report")
		rules.ReportDay = rapid.IntRange(1, 31).Draw(rt, "day")
		rules.Budget = rapid.IntRange(1, 3).Draw(rt, "budget")
		now := clock("2018-09-03 08:00")
		for step := range rapid.IntRange(10, 60).Draw(rt, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(5, 20*60).Draw(rt, fmt.Sprint("minutes", step))) * time.Minute)
			p := planner(v, nil)
			p.Rules, p.Cal = rules, cal
			if _, err := p.RunOnce(context.Background(), now); err != nil {
				rt.Fatal(err)
			}
		}
		days := map[string]int{}
		for _, key := range v.order {
			n := v.notices[key]
			id := n.To.Key() + " " + ledger.DateOf(n.Due.In(shanghai)).String()
			if days[id]++; days[id] > 1 || days[id] > rules.Budget {
				rt.Fatalf("%s: %d messages", id, days[id])
			}
		}
	})
}

// mainRooms are the groups of the six units with the most to do.
var mainRooms = map[string][]string{
	"政府办群": {"市政府办公室"}, "数据群": {"市大数据中心"}, "法制群": {"市政府法制办", "市司法局"},
	"编办群": {"市编委办", "市综治办"}, "政务群": {"市政务办"}, "发改群": {"市发改委", "市财政局"},
}

// TestYear lives through the plan's first year with monthly reports and the figures of
// the week. Its golden file is the load of each room and month; units act by their habits
// and nobody reports, so that it is the most that can come. No room gets more than one
// message a day that no person asked for.
func TestYear(t *testing.T) {
	v := huzhou(t)
	for id := range v.book.Rooms {
		v.put(t, ledger.Record{Kind: ledger.RecordRoom, ID: id})
	}
	for id, units := range mainRooms {
		v.put(t, room(id, units...))
	}
	cal := workday.Default()
	rules := reminders.DefaultRules()
	rules.Report = ledger.RhythmMonth
	p := planner(v, nil)
	p.Rules, p.Cal = rules, cal
	perDay := map[string]int{}
	for day := date("2018-07-02"); day.Before(date("2019-07-01")); day = day.AddDays(1) {
		v.apply(t, day)
		for _, at := range []int{8, 9, 10, 15, 21} {
			if _, err := p.RunOnce(context.Background(), day.In(shanghai, at, 0)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, key := range v.order {
		n := v.notices[key]
		id := n.To.Key() + " " + ledger.DateOf(n.Due.In(shanghai)).String()
		if perDay[id]++; perDay[id] > 1 {
			t.Errorf("%s got %d messages", id, perDay[id])
		}
	}
	var out strings.Builder
	for month := date("2018-07-01"); month.Before(date("2019-07-01")); month = month.AddMonths(1) {
		fmt.Fprintf(&out, "%04d-%02d\n", month.Year, int(month.Month))
		for _, id := range slices.Sorted(maps.Keys(mainRooms)) {
			l := v.book.Load(month, ledger.Target{Room: id})
			fmt.Fprintf(&out, "  %s messages %d items %d requests %d mentions %d\n", id, l.Messages, l.Items, l.Requests, l.Mentions)
			if l.Messages > 20 {
				t.Errorf("%s %s: %d messages", month, id, l.Messages)
			}
		}
	}
	golden(t, "year", out.String())
}
