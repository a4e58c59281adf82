package reminders_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/internal/zh/workday"
	"duban/reminders"
	"duban/store/ledger"
)

// Every rung of the ladder fires for a deadline on whatever day it lies: on its own
// working day, once, and never in the shadow of an older one. Rungs that share a day
// are told as the newest of them.
func TestEveryRungFires(t *testing.T) {
	cal := workday.Default()
	rules := ladderOnly()
	rules.Weekly = false
	var rungs []int
	for _, n := range rules.Before {
		rungs = append(rungs, -n)
	}
	rungs = append(rungs, rules.After...)
	for due := date("2018-08-10"); due.Before(date("2019-09-15")); due = due.AddDays(1) {
		want := map[string]int{} // day → newest rung of that day
		for _, n := range rungs {
			on := cal.Prev(due.AddDays(n + 1))
			if n > 0 {
				on = due
				for range n {
					on = cal.Next(on)
				}
			}
			if old, ok := want[on.String()]; !ok || n > old {
				want[on.String()] = n
			}
		}
		v := newVault(t, plan(), once("1", "甲事", due.String(), lead("甲")), room("A", "甲"))
		got := map[string]int{}
		for d := due.AddDays(-45); d.Before(due.AddDays(25)); d = d.AddDays(1) {
			for _, n := range reminders.Plan(rules, v.book, cal, d.AddDays(-1).In(shanghai, 9, 0), d.In(shanghai, 9, 0)) {
				got[d.String()] = n.Items[0].Stage
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("due %s: -want +got\n%s", due, diff)
		}
	}
}

// One long stop and many short runs tell every receiver the same newest rung in the end.
func TestCollapseEqualsTheLastOfTheRuns(t *testing.T) {
	v := huzhou(t)
	cal := workday.Default()
	rules := ladderOnly()
	from, to := date("2018-12-10").In(shanghai, 9, 0), date("2019-01-15").In(shanghai, 9, 0)
	last := map[string]int{}
	key := func(n ledger.Notice, i ledger.Item) string {
		return fmt.Sprint(n.To.Room, n.To.Member, i.Rule == reminders.RuleDraft, i.Task, "/", i.Point)
	}
	for a := from; a.Before(to); a = a.AddDate(0, 0, 1) {
		for _, n := range reminders.Plan(rules, v.book, cal, a, a.AddDate(0, 0, 1)) {
			for _, i := range n.Items {
				if i.Point != "2018Q3" { // gives way to the fourth quarter within the interval
					last[key(n, i)] = i.Stage
				}
			}
		}
	}
	once := map[string]int{}
	for _, n := range reminders.Plan(rules, v.book, cal, from, to) {
		for _, i := range n.Items {
			once[key(n, i)] = i.Stage
		}
	}
	if diff := cmp.Diff(last, once); diff != "" {
		t.Errorf("-runs +one\n%s", diff)
	}
}

func BenchmarkNextNudgeNothingOwed(b *testing.B) {
	v := newVault(b, plan(), room("A", "甲"))
	for i := range 48 {
		no := fmt.Sprint(i + 1)
		v.put(b, every(no, "培训", "12-31", 2018, 2022, lead("甲")))
		progress := ledger.Progress{Task: no, Points: map[string]ledger.PointState{}}
		for y := 2018; y <= 2022; y++ {
			progress.Points[fmt.Sprint(y)] = ledger.PointState{Phase: ledger.PhaseClosed}
		}
		v.put(b, record(ledger.RecordProgress, no, progress))
	}
	p := planner(v, nil)
	p.Cal = workday.Default()
	for b.Loop() {
		if _, ok, err := p.NextNudge(context.Background(), clock("2018-07-02 09:00"), clock("2030-01-01 00:00")); ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}

func BenchmarkPlan(b *testing.B) {
	v := newVault(b, plan(), room("A", "甲"))
	for i := range 1000 {
		v.put(b, every(fmt.Sprint(i+1), "培训", "12-31", 2018, 2022, lead("甲")))
	}
	cal := workday.Default()
	for b.Loop() {
		if got := reminders.Plan(ladderOnly(), v.book, cal, clock("2018-12-21 09:00"), clock("2018-12-24 09:00")); len(got) != 1 {
			b.Fatal(len(got))
		}
	}
}
