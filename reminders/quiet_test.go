package reminders_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/internal/zh/workday"
	"duban/reminders"
	"duban/store/ledger"
)

// heard lives through the days and lists what each receiver is told by the rules.
func heard(t *testing.T, v *vault, from, to string) []string {
	t.Helper()
	cal := workday.Default()
	var out []string
	for d := date(from); !d.After(date(to)); d = d.AddDays(1) {
		for _, n := range reminders.Plan(ladderOnly(), v.book, cal, d.AddDays(-1).In(shanghai, 9, 0), d.In(shanghai, 9, 0)) {
			line := d.String() + " " + n.To.Room + n.To.Member
			for _, i := range n.Items {
				line += fmt.Sprintf(" %s%+d", i.Rule, i.Stage)
			}
			out = append(out, line)
		}
	}
	return out
}

// A silence holds back what comes before the deadline, up to its last day, in its own place
// only; never what is overdue, what a person has pressed for and nobody signed, nor what
// goes to the office.
func TestSilences(t *testing.T) {
	hush := func(receiver, task, until string) ledger.Record {
		if task != "*" {
			task = idOf(task)
		}
		return record(ledger.RecordSetting, ledger.QuietID(receiver, task), ledger.Quiet{Until: date(until)})
	}
	issued := record(ledger.RecordProgress, "1", ledger.Progress{Task: "1", Unsigned: []string{"甲"},
		Pressed: &ledger.Remark{Event: "e1", At: clock("2018-08-28 10:00")}})
	for _, c := range []struct {
		name string
		puts []ledger.Record
		gone []string // of what is told without a silence
	}{
		{"none", nil, nil},
		{"a week, ended before the deadline", []ledger.Record{hush("A", "1", "2018-08-28")}, []string{"2018-08-24 A ladder-7", "2018-08-28 A ladder-3"}},
		{"the last silent day", []ledger.Record{hush("A", "1", "2018-08-24")}, []string{"2018-08-24 A ladder-7"}},
		{"the day before it", []ledger.Record{hush("A", "1", "2018-08-23")}, nil},
		{"muted far beyond the deadline", []ledger.Record{hush("A", "1", "2018-11-30")},
			[]string{"2018-08-24 A ladder-7", "2018-08-28 A ladder-3", "2018-08-30 A ladder-1", "2018-08-31 A ladder+0"}},
		{"all muted", []ledger.Record{hush("A", "*", "2018-11-30")},
			[]string{"2018-08-24 A ladder-7", "2018-08-28 A ladder-3", "2018-08-30 A ladder-1", "2018-08-31 A ladder+0"}},
		{"by a person, in the own chat", []ledger.Record{hush("lian", "*", "2018-11-30")}, nil},
		{"of another task", []ledger.Record{hush("A", "2", "2018-11-30")}, nil},
	} {
		open := func(puts ...ledger.Record) *vault {
			return newVault(t, append([]ledger.Record{plan(), once("1", "甲事", "2018-08-31", lead("甲")), room("A", "甲"),
				member("lian", "甲", ledger.DutyContact), member("du", "", ledger.DutySupervisor), issued}, puts...)...)
		}
		whole := heard(t, open(), "2018-08-20", "2018-09-14")
		want := slices.DeleteFunc(slices.Clone(whole), func(line string) bool { return slices.Contains(c.gone, line) })
		if len(want) != len(whole)-len(c.gone) {
			t.Fatalf("%s: not told without a silence: %q of\n%s", c.name, c.gone, strings.Join(whole, "\n"))
		}
		v := open(c.puts...)
		if diff := cmp.Diff(want, heard(t, v, "2018-08-20", "2018-09-14")); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
		if due := v.book.Task("1").Points[0].Due; due != date("2018-08-31") {
			t.Errorf("%s: the deadline moved to %s", c.name, due)
		}
		for _, must := range []string{" A overdue+1", " lian ", "draft+5", "sign"} {
			if !strings.Contains(strings.Join(want, "\n"), must) {
				t.Errorf("%s: nothing of %q", c.name, must)
			}
		}
	}
}

// Over the National Day holiday nothing goes out, whatever is owed; what would fall into it
// comes on the last working day before, a make-up day included, and what is overdue on the
// first day after.
func TestNationalDay(t *testing.T) {
	issued := record(ledger.RecordProgress, "9", ledger.Progress{Task: "9", Unsigned: []string{"甲"},
		Pressed: &ledger.Remark{Event: "e9", At: clock("2018-09-30 16:00")}})
	v := newVault(t, plan(), room("A", "甲"), member("lian", "甲", ledger.DutyContact), member("du", "", ledger.DutySupervisor), issued,
		once("1", "节前到期", "2018-09-30", lead("甲")), once("2", "节中到期", "2018-10-03", lead("甲")),
		once("3", "节后到期", "2018-10-08", lead("甲")), once("9", "已催办", "2018-12-31", lead("甲")))
	got := heard(t, v, "2018-09-28", "2018-10-09")
	want := []string{
		"2018-09-29 A ladder-1",
		"2018-09-30 A ladder+0 ladder+0 ladder-1",
		"2018-10-08 A overdue+1 overdue+1 ladder+0",
		"2018-10-08 lian sign+1 overdue+1 overdue+1",
		"2018-10-09 A overdue+1",
		"2018-10-09 du sign+2",
		"2018-10-09 lian sign+2 overdue+1",
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, line := range got {
		if day := line[:10]; day > "2018-09-30" && day < "2018-10-08" {
			t.Errorf("in the holiday: %s", line)
		}
	}
}
