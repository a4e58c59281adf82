package reminders_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/store/ledger"
)

// Whoever was promised a reminder with 稍后 gets it on the first working day after the
// silence, once, in the place where it was asked for; not after the deadline, not for a task
// that is done, and not beside a stage of the same day.
func TestRemindedAgain(t *testing.T) {
	later := func(receiver, until string) ledger.Record {
		return record(ledger.RecordSetting, ledger.QuietID(receiver, idOf("1")), ledger.Quiet{Until: date(until), Again: true})
	}
	closed := record(ledger.RecordProgress, "1", ledger.Progress{Task: "1", Points: map[string]ledger.PointState{"1": {Phase: ledger.PhaseClosed}}})
	for _, c := range []struct {
		name string
		puts []ledger.Record
		want []string
	}{
		{"in the group", []ledger.Record{later("A", "2018-09-11")}, []string{"2018-09-12 A ladder-18"}},
		{"in the own chat", []ledger.Record{later("lian", "2018-09-11")}, []string{"2018-09-12 lian ladder-18"}},
		{"the office's own", []ledger.Record{later("ban", "2018-09-11")}, []string{"2018-09-12 ban ladder-18"}},
		{"over a week-end", []ledger.Record{later("A", "2018-09-07")}, []string{"2018-09-10 A ladder-20"}},
		{"on the day of a stage", []ledger.Record{later("A", "2018-09-13")}, nil},
		{"closed meanwhile", []ledger.Record{later("A", "2018-09-11"), closed}, nil},
	} {
		v := newVault(t, append([]ledger.Record{plan(), once("1", "甲事", "2018-09-30", lead("甲")), room("A", "甲"), member("lian", "甲", ledger.DutyContact), member("ban", "", ledger.DutySupervisor)}, c.puts...)...)
		want := c.want
		if c.name != "closed meanwhile" {
			want = append(want, "2018-09-14 A ladder-15") // 15 days before is a Saturday
		}
		if diff := cmp.Diff(want, heard(t, v, "2018-09-07", "2018-09-17")); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
	}
}
