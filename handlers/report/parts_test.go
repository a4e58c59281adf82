package report_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/handlers/report"
	"duban/store/ledger"
)

// TestShares: a shared task has a row for each unit's part of what it is working on and of
// what a unit has spoken of; a task of one unit has none.
func TestShares(t *testing.T) {
	at := time.Date(2018, 8, 3, 1, 0, 0, 0, time.UTC)
	owner := func(r ledger.Role, name string) ledger.Owner { return ledger.Owner{Role: r, Name: name} }
	b := ledger.NewBook()
	var recs []ledger.Record
	put := func(kind ledger.RecordKind, id string, v any) {
		rec, err := ledger.Put(kind, id, v)
		if err != nil {
			t.Fatal(err)
		}
		rec.Rev = 1
		recs = append(recs, rec)
	}
	points := []ledger.Point{{ID: "1", Due: ledger.NewDate(2018, 9, 30)}, {ID: "2", Due: ledger.NewDate(2018, 12, 31)}, {ID: "3", Due: ledger.NewDate(2019, 12, 31)}}
	put(ledger.RecordTask, "1", ledger.Task{No: "1", Owners: []ledger.Owner{owner("L", "甲"), owner("S", "乙"), {Role: "S", Name: "各县区", Group: true}}, Points: points})
	put(ledger.RecordTask, "2", ledger.Task{No: "2", Owners: []ledger.Owner{owner("R", "甲")}, Points: points})
	put(ledger.RecordTask, "3", ledger.Task{No: "3", Owners: []ledger.Owner{owner("R", "甲"), owner("R", "乙")}})
	done := ledger.Event{ID: "a", Task: "1", Point: "2", Kind: ledger.EventReport, At: at, By: ledger.Actor{Unit: "乙"}, Report: &ledger.Report{Text: "已完成", Part: ledger.WordDone}}
	events := []ledger.Event{done}
	put(ledger.RecordProgress, "1", ledger.Fold("1", events))
	b, err := b.Apply(ledger.Delta{Rev: 1, Full: true, Records: recs})
	if err != nil {
		t.Fatal(err)
	}
	f := report.Compute(b, events, report.Query{From: ledger.DateOf(at), To: ledger.DateOf(at), Now: at.Add(time.Hour), Rules: ledger.DefaultLightRules(ledger.Date{})})
	var got []string
	for _, r := range f.Rows {
		for _, s := range r.Shares() {
			got = append(got, r.Task.No+"/"+s.Point.ID+" "+s.Unit+" "+string(s.State))
		}
	}
	want := []string{"1/1 甲 办理中", "1/1 乙 办理中", "1/2 甲 办理中", "1/2 乙 本单位已完成", "3/ 甲 办理中", "3/ 乙 办理中"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}
