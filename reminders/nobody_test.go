package reminders_test

import (
	"slices"
	"strings"
	"testing"

	"duban/reminders"
	"duban/store/ledger"
)

// TestCollectiveReachesItsUnits: once the office has said for whom a collective name
// stands, its tasks reach those units by the ladder; until then the office hears of them
// once a week, and not of what is far away or put aside.
func TestCollectiveReachesItsUnits(t *testing.T) {
	v := newVault(t, plan(), once("1", "合力推进", "2018-09-18", group("市级有关部门")), once("2", "还早", "2018-12-31", group("市级有关部门")),
		once("3", "已暂缓", "2018-09-18", group("市级有关部门")), record(ledger.RecordProgress, "3", ledger.Progress{Task: "3", Status: ledger.StatusPaused}),
		room("R", "甲"), member("lian", "乙", ledger.DutyContact), member("du", "", ledger.DutySupervisor))
	rules := reminders.DefaultRules()
	on := func(from, to string) []ledger.Notice {
		return reminders.Plan(rules, v.book, holidays{}, clock(from+" 09:00"), clock(to+" 09:00"))
	}
	ns := on("2018-09-14", "2018-09-17") // a Monday
	if len(ns) != 1 || ns[0].To.Member != "du" || len(on("2018-09-17", "2018-09-18")) != 0 {
		t.Fatalf("%v", told(ns))
	}
	body, ok := reminders.Nudge(rules, v.book, holidays{}, ns[0], date("2018-09-17"))
	if !ok {
		t.Fatal("nothing to say")
	}
	sound(t, body)
	golden(t, "nudge-nobody", show(body))
	v.put(t, record(ledger.RecordSetting, ledger.GroupID("市级有关部门"), []string{"甲", "乙"}))
	if body, ok := reminders.Nudge(rules, v.book, holidays{}, ns[0], date("2018-09-17")); ok {
		t.Errorf("said though the units are known:\n%s", body.Text)
	}
	ns = on("2018-09-14", "2018-09-17")
	var who []string
	for _, n := range ns {
		who = append(who, n.To.Room+n.To.Member)
		body, ok := reminders.Nudge(rules, v.book, holidays{}, n, date("2018-09-17"))
		if !ok || !strings.Contains(body.Text, "任务1 合力推进") || strings.Contains(body.Text, "任务2") {
			t.Errorf("%s: %v\n%s", n.To.Key(), ok, body.Text)
		}
	}
	slices.Sort(who)
	if !slices.Equal(who, []string{"R", "lian"}) {
		t.Errorf("told: %v", who)
	}
}
