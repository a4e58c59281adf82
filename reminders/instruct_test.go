package reminders_test

import (
	"slices"
	"strings"
	"testing"

	"duban/reminders"
	"duban/store/ledger"
)

// instructed is the progress of a task whose instruction of Monday 2018-09-03 is followed.
func instructed(no string, change ...func(*ledger.Progress)) ledger.Record {
	p := ledger.Progress{Task: no, Points: map[string]ledger.PointState{},
		Follow: &ledger.Follow{Event: "e1", Preset: ledger.Preset13710, At: clock("2018-09-03 10:00"), Units: []string{"甲"}}}
	for _, f := range change {
		f(&p)
	}
	return record(ledger.RecordProgress, no, p)
}

// followed lists, day by day, who is asked for which step and reads a line of it.
func followed(t *testing.T, v *vault, from, to string) []string {
	t.Helper()
	var out []string
	for d := date(from); !d.After(date(to)); d = d.AddDays(1) {
		for _, n := range reminders.Plan(ladderOnly(), v.book, holidays{}, d.AddDays(-1).In(shanghai, 9, 0), d.In(shanghai, 9, 0)) {
			for _, i := range n.Items {
				if i.Rule != reminders.RuleFollow {
					continue
				}
				body, ok := reminders.Nudge(ladderOnly(), v.book, holidays{}, n, d)
				if !ok || !strings.Contains(body.Text, "#### 批示落实") {
					t.Errorf("%s: %s is owed and not said:\n%s", d, i.Key, body.Text)
				}
				if asked := strings.Contains(body.Text, "引用本消息"); asked == (n.To.Member == "du") {
					t.Errorf("%s: the units are asked for an answer and the office is told:\n%s", d, body.Text)
				}
				out = append(out, d.String()+" "+n.To.Room+n.To.Member+" "+i.Point)
			}
		}
	}
	return out
}

func reportedAt(at string, expect ledger.Date) func(*ledger.Progress) {
	return func(p *ledger.Progress) {
		p.Last = &ledger.Entry{At: clock(at), Report: ledger.Report{Text: "在办", Expect: expect}}
	}
}

// TestFollow13710: the steps are 1, 3 and 7 days, a month and then each month, on working
// days; the office hears the working day after what was not met.
func TestFollow13710(t *testing.T) {
	all := []string{
		"2018-09-04 R 1", "2018-09-06 R 3", "2018-09-10 R 7", "2018-09-11 du 7",
		"2018-10-08 R m1", "2018-10-09 du m1", "2018-11-05 R m2", "2018-11-06 du m2", "2018-12-03 R m3", "2018-12-04 du m3",
	}
	for _, tt := range []struct {
		name string
		put  ledger.Record
		want []string
	}{
		{"nobody answers", instructed("1", func(p *ledger.Progress) { p.Unsigned = []string{"甲"} }), all},
		{"signed", instructed("1"), all[1:]},
		{"reported, no timetable", instructed("1", reportedAt("2018-09-03 15:00", ledger.Date{})), all[2:]},
		{"a timetable", instructed("1", reportedAt("2018-09-05 15:00", date("2018-10-20"))), all[4:]},
		{"a report before the instruction is none", instructed("1", reportedAt("2018-09-03 09:00", date("2018-10-20"))), all[1:]},
		{"reported after a month", instructed("1", reportedAt("2018-10-08 15:00", date("2018-12-20"))), all[8:]},
		{"applied for closing", instructed("1", func(p *ledger.Progress) {
			p.Points["1"] = ledger.PointState{Phase: ledger.PhasePending, AppliedAt: clock("2018-09-05 10:00")}
		}), nil},
		{"paused", instructed("1", func(p *ledger.Progress) { p.Status = ledger.StatusPaused }), nil},
		{"ended by the office", instructed("1", func(p *ledger.Progress) { p.Follow = nil }), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := newVault(t, plan(), once("1", "事项", "2019-12-31", lead("甲")), room("R", "甲"), member("du", "", ledger.DutySupervisor), tt.put)
			if got := followed(t, v, "2018-09-03", "2018-12-10"); !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// TestFollowCollapses: after a stop only the newest step is asked for, and a step that was
// met or ended while its notice waited is not said.
func TestFollowCollapses(t *testing.T) {
	v := newVault(t, plan(), once("1", "事项", "2019-12-31", lead("甲")), room("R", "甲"), member("du", "", ledger.DutySupervisor), instructed("1"))
	ns := reminders.Plan(ladderOnly(), v.book, holidays{}, clock("2018-09-03 09:00"), clock("2018-09-13 09:00"))
	if len(ns) != 2 {
		t.Fatalf("%v", told(ns))
	}
	room := ns[1]
	if len(room.Items) != 1 || room.Items[0].Point != "7" {
		t.Errorf("%+v", room.Items)
	}
	body, ok := reminders.Nudge(ladderOnly(), v.book, holidays{}, room, date("2018-09-13"))
	if !ok {
		t.Fatal("nothing to say")
	}
	sound(t, body)
	golden(t, "nudge-follow", show(body))
	for _, put := range []ledger.Record{instructed("1", reportedAt("2018-09-13 09:30", date("2018-10-20"))), instructed("1", func(p *ledger.Progress) { p.Follow = nil })} {
		v.put(t, put)
		if body, ok := reminders.Nudge(ladderOnly(), v.book, holidays{}, room, date("2018-09-13")); ok {
			t.Errorf("said though it is met:\n%s", body.Text)
		}
	}
}
