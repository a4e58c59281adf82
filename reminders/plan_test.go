package reminders_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/reminders"
	"duban/store/ledger"
)

func TestPlanLadder(t *testing.T) {
	// Sunday 2018-09-30 is a make-up working day; 1 to 7 October is the holiday.
	base := []ledger.Record{plan(), room("A", "市数据中心"), member("lian", "市数据中心", ledger.DutyContact), member("du", "", ledger.DutySupervisor)}
	due := func(d string) []ledger.Record {
		return []ledger.Record{once("28", "建设", d, lead("市数据中心"))}
	}
	tests := []struct {
		name     string
		puts     []ledger.Record
		from, to string
		want     []string
	}{
		{"thirty days", due("2018-09-28"), "2018-08-28 09:00", "2018-08-29 09:00", []string{"A 28/1-30"}},
		{"the slot itself belongs to the earlier interval", due("2018-09-28"), "2018-08-29 09:00", "2018-08-30 09:00", nil},
		{"before the slot", due("2018-09-28"), "2018-08-28 09:00", "2018-08-29 08:59", nil},
		{"a stage on Saturday comes on Friday", due("2018-09-15"), "2018-09-06 09:00", "2018-09-07 09:00", []string{"A 28/1-7"}},
		{"a deadline in a holiday is told on the last working day before", due("2018-10-03"), "2018-09-29 09:00", "2018-09-30 09:00", []string{"A 28/1+0"}},
		{"nothing in the holiday", due("2018-10-03"), "2018-09-30 09:00", "2018-10-07 20:00", nil},
		{"after-stages are working days: a holiday brings no draft", due("2018-10-03"), "2018-09-30 09:00", "2018-10-08 09:00", []string{"A 28/1+1", "lian 28/1+1"}},
		{"the third of them", due("2018-10-03"), "2018-10-09 09:00", "2018-10-10 09:00", []string{"A 28/1+3", "lian 28/1+3"}},
		{"day after", due("2018-09-18"), "2018-09-18 09:00", "2018-09-19 09:00", []string{"A 28/1+1", "lian 28/1+1"}},
		{"three after", due("2018-09-18"), "2018-09-20 09:00", "2018-09-21 09:00", []string{"A 28/1+3", "lian 28/1+3"}},
		{"four after, behind a weekend and a holiday", due("2018-09-18"), "2018-09-21 09:00", "2018-09-25 09:00", nil},
		{"five after", due("2018-09-18"), "2018-09-25 09:00", "2018-09-26 09:00", []string{"A 28/1+5", "du draft 28/1+5"}},
		{"weekly on the first working day", due("2018-09-03"), "2018-09-14 09:00", "2018-09-17 09:00", []string{"A 28/1+14"}},
		{"weekly, not on the second", due("2018-09-03"), "2018-09-17 09:00", "2018-09-18 09:00", nil},
		{"weekly moved by a holiday keeps its Monday's number", due("2018-09-03"), "2018-09-21 09:00", "2018-09-25 09:00", []string{"A 28/1+21"}},
		{"no weekly in a week without a working day", due("2018-09-03"), "2018-09-30 09:00", "2018-10-07 23:00", nil},
		{"a stop of a month gives the newest only", due("2018-09-28"), "2018-08-28 09:00", "2018-09-27 09:00", []string{"A 28/1-1"}},
		{"a long stop loses no escalation", due("2018-07-31"), "2018-07-30 09:00", "2018-09-27 09:00", []string{"A 28/1+55", "du draft 28/1+5", "lian 28/1+3"}},
		{"applied", append(due("2018-09-18"), state("28", "1", ledger.PointState{Phase: ledger.PhasePending})), "2018-08-28 09:00", "2018-09-30 09:00", nil},
		{"closed", append(due("2018-09-18"), state("28", "1", ledger.PointState{Phase: ledger.PhaseClosed})), "2018-08-28 09:00", "2018-09-30 09:00", nil},
		{"standing", []ledger.Record{task(ledger.Task{No: "28", Owners: []ledger.Owner{lead("市数据中心")}})}, "2018-08-28 09:00", "2018-09-30 09:00", nil},
		{"a year's ladder only in its year", []ledger.Record{every("5", "培训", "12-31", 2018, 2022, lead("市数据中心"))}, "2018-11-29 09:00", "2018-11-30 09:00", []string{"A 5/2018-30"}},
		{"a period that has not begun", []ledger.Record{every("5", "培训", "01-20", 2018, 2022, lead("市数据中心"))}, "2018-12-03 09:00", "2018-12-28 09:00", []string{"A 5/2018+338"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := newVault(t, append(base, tt.puts...)...)
			got := reminders.Plan(ladderOnly(), v.book, holidays{}, clock(tt.from), clock(tt.to))
			if diff := cmp.Diff(tt.want, told(got)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestPlanHearers(t *testing.T) {
	tests := []struct {
		name string
		puts []ledger.Record
		to   string // the day of the slot; the deadline is 2018-09-18
		want []string
	}{
		{"every named unit's room, one message for a room of two", []ledger.Record{
			once("1", "甲事", "2018-09-18", lead("甲"), support("乙")), room("R", "甲", "乙"), room("S", "乙"), room("T", "丙"), room("U"),
		}, "2018-09-17", []string{"R 1/1-1", "S 1/1-1"}},
		{"who has done its share is left alone, in a room of two for the other's sake not", []ledger.Record{
			once("1", "甲事", "2018-09-18", lead("甲"), support("乙"), support("丙")), room("R", "甲", "乙"), room("S", "乙"), member("z", "乙", ledger.DutyContact),
			member("y", "丙", ledger.DutyContact), state("1", "1", ledger.PointState{Shares: map[string]ledger.Share{"乙": {DoneAt: clock("2018-09-03 09:00")}, "丙": {}}}),
		}, "2018-09-17", []string{"R 1/1-1", "y 1/1-1"}},
		{"where all are done and no lead is marked, all are told to apply", []ledger.Record{
			once("1", "甲事", "2018-09-18", answers("甲"), answers("乙")), room("R", "甲"), room("S", "乙"),
			state("1", "1", ledger.PointState{Shares: map[string]ledger.Share{"甲": {DoneAt: clock("2018-09-03 09:00")}, "乙": {DoneAt: clock("2018-09-04 09:00")}}}),
		}, "2018-09-17", []string{"R 1/1-1", "S 1/1-1"}},
		{"tasks are merged, oldest deadline first", []ledger.Record{
			once("10", "甲事", "2018-09-18", lead("甲")), once("2", "乙事", "2018-09-18", lead("甲")), once("3", "丙事", "2018-09-14", lead("甲")), room("R", "甲"),
		}, "2018-09-17", []string{"R 3/1+1 2/1-1 10/1-1"}},
		{"a collective name reaches nobody", []ledger.Record{
			once("1", "甲事", "2018-09-18", group("市级有关部门")), room("R", "市级有关部门"), member("lian", "市级有关部门", ledger.DutyContact),
		}, "2018-09-17", nil},
		{"no room: the contact directly, at all stages", []ledger.Record{
			once("1", "甲事", "2018-09-18", lead("甲"), support("乙")), room("R", "甲"), member("lian", "乙", ledger.DutyContact), member("staff", "乙", ledger.DutyStaff),
		}, "2018-09-17", []string{"R 1/1-1", "lian 1/1-1"}},
		{"supporters' contacts are not told directly when there is a room", []ledger.Record{
			once("1", "甲事", "2018-09-18", lead("甲"), support("乙")), room("R", "甲", "乙"), member("a", "甲", ledger.DutyContact), member("b", "乙", ledger.DutyContact),
		}, "2018-09-19", []string{"R 1/1+1", "a 1/1+1"}},
		{"responsible where nobody leads", []ledger.Record{
			once("1", "甲事", "2018-09-18", answers("甲"), answers("乙")), room("R", "甲", "乙"), member("a", "甲", ledger.DutyContact), member("b", "乙", ledger.DutyContact),
		}, "2018-09-19", []string{"R 1/1+1", "a 1/1+1"}},
		{"a pending claim of a unit counts for nothing", []ledger.Record{
			once("1", "甲事", "2018-09-18", lead("甲")),
			record(ledger.RecordMember, "x", ledger.Member{ID: "x", Pending: []string{"甲"}, Duties: []ledger.Duty{ledger.DutyContact}}),
		}, "2018-09-17", nil},
		{"a supervisor who is a contact gets both in one message", []ledger.Record{
			once("1", "甲事", "2018-09-18", lead("甲")), member("x", "甲", ledger.DutyContact, ledger.DutySupervisor),
		}, "2018-09-26", []string{"x draft 1/1+5 1/1+5"}},
		{"the lead's head at the third, beside its contact", []ledger.Record{
			once("1", "甲事", "2018-09-18", lead("甲"), support("乙")), room("R", "甲", "乙"), member("a", "甲", ledger.DutyContact), member("h", "甲", ledger.DutyHead), member("k", "乙", ledger.DutyHead),
		}, "2018-09-21", []string{"R 1/1+3", "a 1/1+3", "h head 1/1+3"}},
		{"the head hears nothing before", []ledger.Record{
			once("1", "甲事", "2018-09-18", lead("甲")), room("R", "甲"), member("h", "甲", ledger.DutyHead),
		}, "2018-09-19", []string{"R 1/1+1"}},
		{"a head who is the contact hears once", []ledger.Record{
			once("1", "甲事", "2018-09-18", lead("甲")), room("R", "甲"), member("h", "甲", ledger.DutyHead, ledger.DutyContact),
		}, "2018-09-21", []string{"R 1/1+3", "h 1/1+3"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := newVault(t, append(tt.puts, plan())...)
			day := date(tt.to)
			from := clock(day.AddDays(-1).String() + " 09:00")
			if tt.to == "2018-09-17" { // a Monday
				from = clock(day.AddDays(-4).String() + " 09:00")
			}
			got := reminders.Plan(ladderOnly(), v.book, holidays{}, from, clock(tt.to+" 09:00"))
			if diff := cmp.Diff(tt.want, told(got)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestPlanNotice(t *testing.T) {
	v := newVault(t, plan(), once("28", "建设", "2018-09-28", lead("甲")), room("cid/A+=", "甲"))
	got := reminders.Plan(ladderOnly(), v.book, holidays{}, clock("2018-09-20 09:00"), clock("2018-09-21 15:00"))
	want := []ledger.Notice{{
		Key: "nudge/room:cid/A+=/2018-09-21", Kind: ledger.NoticeNudge, To: ledger.Target{Room: "cid/A+="},
		Items: []ledger.Item{{Key: "ladder/id28/1/2018-09-28/-7/room:cid/A+=", Rule: "ladder", Task: "id28", Point: "1", Due: date("2018-09-28"), Stage: -7}},
		Made:  clock("2018-09-21 15:00"), Due: clock("2018-09-21 09:00"), Expires: clock("2018-09-29 17:30"),
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// A deadline that is moved is a new duty with a ladder of its own.
func TestPlanMovedDeadline(t *testing.T) {
	v := newVault(t, plan(), once("28", "建设", "2018-09-18", lead("甲")), room("A", "甲"))
	rules := ladderOnly()
	first := reminders.Plan(rules, v.book, holidays{}, clock("2018-09-10 09:00"), clock("2018-09-11 09:00"))
	v.put(t, once("28", "建设", "2018-09-19", lead("甲")))
	second := reminders.Plan(rules, v.book, holidays{}, clock("2018-09-11 09:00"), clock("2018-09-12 09:00"))
	if len(first) != 1 || len(second) != 1 || first[0].Items[0].Key == second[0].Items[0].Key {
		t.Errorf("got %v, then %v", told(first), told(second))
	}
}

// Short periods have short ladders, and of several forgotten periods only the newest
// overdue one is pressed for.
func TestPlanRecurring(t *testing.T) {
	weekly := ledger.Task{No: "7", Title: "周报", Owners: []ledger.Owner{lead("甲")}, Deadline: ledger.Deadline{Kind: ledger.DeadlineEvery, Cycle: ledger.CycleWeek}}
	for d := date("2018-09-03"); d.Before(date("2018-09-20")); d = d.AddDays(7) {
		weekly.Points = append(weekly.Points, ledger.Point{ID: d.String(), Start: d, Due: d.AddDays(4)})
	}
	monthly := ledger.Task{No: "8", Title: "月报", Owners: []ledger.Owner{lead("乙")}, Deadline: ledger.Deadline{Kind: ledger.DeadlineEvery, Cycle: ledger.CycleMonth},
		Points: []ledger.Point{{ID: "2018-09", Start: date("2018-09-01"), Due: date("2018-09-30")}}}
	v := newVault(t, plan(), task(weekly), task(monthly), room("A", "甲"), room("B", "乙"))
	rules := ladderOnly()
	var got []string
	for d := date("2018-09-03"); d.Before(date("2018-09-20")); d = d.AddDays(1) {
		for _, line := range told(reminders.Plan(rules, v.book, holidays{}, clock(d.AddDays(-1).String()+" 09:00"), clock(d.String()+" 09:00"))) {
			got = append(got, d.String()+" "+line)
		}
	}
	want := []string{
		"2018-09-06 A 7/2018-09-03-1", "2018-09-07 A 7/2018-09-03+0",
		"2018-09-10 A 7/2018-09-03+1", "2018-09-12 A 7/2018-09-03+3",
		"2018-09-13 A 7/2018-09-10-1", "2018-09-14 A 7/2018-09-03+5 7/2018-09-10+0",
		"2018-09-17 A 7/2018-09-10+1", "2018-09-19 A 7/2018-09-10+3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestPlanRefusedRules(t *testing.T) {
	v := newVault(t, plan(), once("28", "建设", "2018-09-18", lead("甲")), room("A", "甲"))
	r := ladderOnly()
	r.Slot = "TZ="
	if got := reminders.Plan(r, v.book, holidays{}, clock("2018-09-01 09:00"), clock("2018-09-18 09:00")); len(got) > 0 {
		t.Errorf("got %v", told(got))
	}
}
