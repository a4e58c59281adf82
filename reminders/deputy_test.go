package reminders_test

import (
	"slices"
	"strings"
	"testing"

	"duban/internal/zh/workday"
	"duban/reminders"
	"duban/store/ledger"
)

// 代管 moves mentions and direct nudges to the deputy until the day, and nothing else.
func TestDeputy(t *testing.T) {
	away := func(until string) ledger.Record {
		return record(ledger.RecordMember, "zhang", ledger.Member{ID: "zhang", Name: "zhang", Units: []string{"甲"}, Duties: []ledger.Duty{ledger.DutyContact},
			Deputy: &ledger.Deputy{ID: "li", Until: date(until)}})
	}
	v := newVault(t, plan(), once("28", "建设政务云", "2018-09-28", lead("甲")), room("A", "甲"), away("2018-09-29"), member("li", "乙", ledger.DutyContact))
	plan := func(from, to string) []ledger.Notice {
		return reminders.Plan(ladderOnly(), v.book, holidays{}, clock(from+" 09:00"), clock(to+" 09:00"))
	}
	at := func(n ledger.Notice, day string) []string {
		t.Helper()
		body, ok := reminders.Nudge(ladderOnly(), v.book, holidays{}, n, date(day))
		if !ok {
			t.Fatalf("%s: nothing to say to %s", day, n.To.Key())
		}
		return body.At
	}
	if got := at(plan("2018-09-26", "2018-09-27")[0], "2018-09-27"); !slices.Equal(got, []string{"li"}) {
		t.Errorf("mentions %v", got)
	}
	first := plan("2018-09-28", "2018-09-29")
	if got := told(first); !slices.Equal(got, []string{"A 28/1+1", "li 28/1+1"}) {
		t.Errorf("the last day of the hand-over: %v", got)
	}
	for _, n := range first {
		at(n, "2018-09-29") // both have something to say
	}
	if got := told(plan("2018-09-30", "2018-10-08")); !slices.Equal(got, []string{"A 28/1+3", "zhang 28/1+3"}) {
		t.Errorf("after it: %v", got)
	}
	v.put(t, ledger.Record{Kind: ledger.RecordMember, ID: "li"})
	if got := at(plan("2018-09-26", "2018-09-27")[0], "2018-09-27"); !slices.Equal(got, []string{"zhang"}) {
		t.Errorf("an unknown deputy: %v", got)
	}
}

// The last nudge before a long holiday comes on its last working day, and the stages
// after a deadline within it roll to the first one after: never into the holiday.
func TestNationalHoliday(t *testing.T) {
	cal := workday.Default()
	for _, c := range []struct{ due, last, after string }{
		{"2018-10-01", "2018-09-30", "2018-10-08"}, // a make-up Sunday
		{"2018-10-03", "2018-09-30", "2018-10-08"},
		{"2018-10-07", "2018-09-30", "2018-10-08"},
		{"2019-02-06", "2019-02-03", "2019-02-11"}, // the Spring Festival
		{"2025-10-06", "2025-09-30", "2025-10-09"},
	} {
		v := newVault(t, plan(), once("28", "建设政务云", c.due, lead("甲")), room("A", "甲"))
		var days []string
		due := date(c.due)
		for d := due.AddDays(-2 * 7); d.Before(due.AddDays(10)); d = d.AddDays(1) {
			if len(reminders.Plan(ladderOnly(), v.book, cal, d.AddDays(-1).In(shanghai, 9, 0), d.In(shanghai, 9, 0))) > 0 {
				if !cal.IsWorkday(d) {
					t.Errorf("due %s: told on %s, a day off", c.due, d)
				}
				days = append(days, d.String())
			}
		}
		at := slices.IndexFunc(days, func(d string) bool { return d > c.last })
		if at < 1 || days[at-1] != c.last || days[at] != c.after {
			t.Errorf("due %s: told on %s", c.due, strings.Join(days, " "))
		}
	}
}
