package report_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/store/ledger"
)

// TestFactsOfRenumbered: the facts of a plan whose tasks have all moved on by one number are
// those of a plan whose numbers stayed.
func TestFactsOfRenumbered(t *testing.T) {
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	id := map[string]string{} // the neighbour's number, by number
	for i, x := range b.Tasks {
		id[x.No] = b.Tasks[(i+1)%len(b.Tasks)].No
	}
	var recs []ledger.Record
	put := func(kind ledger.RecordKind, id string, v any) {
		rec, err := ledger.Put(kind, id, v)
		if err != nil {
			t.Fatal(err)
		}
		rec.Rev = 1
		recs = append(recs, rec)
	}
	put(ledger.RecordPlan, "plan", b.Plan)
	moved := make([]ledger.Event, len(events))
	byTask := map[string][]ledger.Event{}
	for i, e := range events {
		e.Task = id[e.Task]
		moved[i] = e
		byTask[e.Task] = append(byTask[e.Task], e)
	}
	for _, x := range b.Tasks {
		y := b.Plain(x.No)
		y.ID = id[x.No]
		put(ledger.RecordTask, x.No, y)
		if list := byTask[y.ID]; list != nil {
			put(ledger.RecordProgress, y.ID, ledger.Fold(y.ID, list))
		}
	}
	after, err := ledger.NewBook().Apply(ledger.Delta{Rev: 1, Full: true, Records: recs})
	if err != nil {
		t.Fatal(err)
	}
	q := reporttest.Query(b, ledger.NewDate(2018, 9, 30))
	q.Owing = map[string]ledger.Date{}
	for no := range id {
		q.Owing[no] = ledger.NewDate(2018, 9, 1)
	}
	for name, facts := range map[string]func(*ledger.Book, []ledger.Event, report.Query) report.Facts{"now": report.Compute, "as of": report.AsOf} {
		want, got := facts(b, events, q), facts(after, moved, q)
		if want.Fresh.Count+len(want.Moved) == 0 {
			t.Fatal("nothing happened in the sample")
		}
		if d := cmp.Diff(summary(want), summary(got)); d != "" {
			t.Errorf("%s: -as they were +after\n%s", name, d)
		}
	}
}

// summary is what a report says in words and figures.
func summary(f report.Facts) []string {
	var out []string
	for _, v := range []any{f.Chat(), f.Basis(), f.Moved, f.Attention, f.Classes, f.Rates, f.Units, f.Projects, f.Fresh, f.Extended} {
		out = append(out, fmt.Sprintf("%+v", v))
	}
	for _, r := range f.Rows {
		out = append(out, r.Task.No, r.State(), r.Percent(), r.Said(100), r.Need())
		for _, s := range r.Shares() {
			out = append(out, s.Unit, string(s.State))
		}
	}
	return out
}
