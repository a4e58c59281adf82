package reminders_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/internal/zh/workday"
	"duban/reminders"
	"duban/store/ledger"
)

// TestSignAfterStop: the days that a stop let pass are one, under the key of the newest
// stage whenever it is planned; and a unit that never signs is never forgotten.
func TestSignAfterStop(t *testing.T) {
	v := newVault(t, plan(), once("1", "甲事", "2018-12-31", lead("甲")), member("lian", "甲", ledger.DutyContact), member("ban", "", ledger.DutySupervisor),
		record(ledger.RecordProgress, "1", ledger.Progress{Task: "1", Unsigned: []string{"甲"}, Pressed: &ledger.Remark{Event: "e", At: clock("2018-07-02 10:00")}}))
	keys := func(from, to string) (out []string) {
		for _, n := range reminders.Plan(ladderOnly(), v.book, workday.Default(), clock(from), clock(to)) {
			for _, i := range n.Items {
				out = append(out, i.Key)
			}
		}
		return out
	}
	sign := func(stage, who string) string {
		return "sign/" + idOf("1") + "/e/" + stage + "/" + ledger.Target{Member: who}.Key()
	}
	for _, c := range []struct {
		from, to string
		want     []string
	}{
		{"2018-07-02 09:00", "2018-07-03 09:00", []string{sign("1", "lian")}},
		{"2018-07-02 09:00", "2018-07-06 09:00", []string{sign("2", "ban"), sign("3", "lian")}}, // stopped from Monday to Friday
		{"2018-07-04 09:00", "2018-07-10 09:00", []string{sign("3", "lian")}},
		{"2018-07-05 09:00", "2018-07-10 09:00", nil},
	} {
		if diff := cmp.Diff(c.want, keys(c.from, c.to)); diff != "" {
			t.Errorf("%s to %s: -want +got\n%s", c.from, c.to, diff)
		}
	}
	last := time.Time{}
	for d := date("2018-07-03"); d.Before(date("2018-12-01")); d = d.AddDays(1) {
		at := d.In(shanghai, 9, 0)
		if len(keys(at.AddDate(0, 0, -1).Format("2006-01-02 15:04"), at.Format("2006-01-02 15:04"))) > 0 {
			last = at
		}
	}
	if last.Before(clock("2018-11-20 09:00")) {
		t.Errorf("not repeated after %s", last)
	}
}
