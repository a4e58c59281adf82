package reminders_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/reminders"
	"duban/store/ledger"
)

// TestRenumberedDuty: a duty belongs to the task, not to its number. What was told before a
// revision is neither told again under the new number nor taken for the duty of the task
// that has the old number now; the words and their order follow the numbers of now.
func TestRenumberedDuty(t *testing.T) {
	dated := func(id, no, title string) ledger.Record {
		return task(ledger.Task{ID: id, No: no, Title: title, Owners: []ledger.Owner{lead("甲")}, Points: []ledger.Point{{ID: "1", Due: date("2018-09-18")}}})
	}
	rules, from, to := ladderOnly(), clock("2018-09-14 09:00"), clock("2018-09-17 09:00")
	before := newVault(t, plan(), room("R", "甲"), dated("a", "1", "先事"), dated("b", "2", "后事"))
	after := newVault(t, plan(), room("R", "甲"), dated("b", "1", "后事"), dated("a", "2", "先事"), dated("c", "3", "新事"))
	keys := func(v *vault) map[string]string {
		out := map[string]string{}
		for _, n := range reminders.Plan(rules, v.book, holidays{}, from, to) {
			for _, i := range n.Items {
				out[v.book.ByID(i.Task).Title] = i.Key
			}
		}
		return out
	}
	want := keys(before)
	want["新事"] = strings.Replace(want["先事"], "/a/", "/c/", 1)
	if d := cmp.Diff(want, keys(after)); d != "" {
		t.Errorf("duties -want +got\n%s", d)
	}
	old := reminders.Plan(rules, before.book, holidays{}, from, to)[0]
	body, ok := reminders.Nudge(rules, after.book, holidays{}, old, date("2018-09-17"))
	if !ok || !strings.Contains(body.Text, "任务1 后事") || !strings.Contains(body.Text, "任务2 先事") {
		t.Errorf("a nudge that waited through the revision says:\n%s", body.Text)
	}
	now := reminders.Plan(rules, after.book, holidays{}, from, to)[0]
	body, _ = reminders.Nudge(rules, after.book, holidays{}, now, date("2018-09-17"))
	if d := cmp.Diff([]string{"b", "a", "c"}, body.Tasks); d != "" {
		t.Errorf("tasks of the words, -want +got\n%s", d)
	}
}
