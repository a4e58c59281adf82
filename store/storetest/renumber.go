package storetest

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"duban/store"
	"duban/store/ledger"
)

// testRenumber: a revision under which two tasks change numbers and a third gives its own
// to a new one is one commit, refused whole when a report came in between. Afterwards, and
// in a tenant restored from a backup, history, progress and quoted messages stand with their task.
func testRenumber(t *testing.T, open Open) {
	e := fresh(t, open)
	first := ledger.Plan{Title: "方案", Tasks: []ledger.Task{{No: "1", Title: "甲"}, {No: "2", Title: "乙"}, {No: "3", Title: "丙"}}}
	commit(t, e, ledger.Commit{Puts: must[[]ledger.Record](t)(ledger.PlanRecords(ledger.NewBook(), &first, ledger.Revised{}))})
	for _, no := range []string{"1", "2", "3"} {
		reported(t, e, no, "关于"+no)
	}
	for _, c := range must[[]ledger.Claimed](t)(e.Claim(t.Context(), start, time.Minute, 9)) {
		if err := e.Settle(t.Context(), c.Key, c.Fence, ledger.Sent{At: start, Ref: "ref/" + c.Key}, ledger.Body{}); err != nil {
			t.Fatal(err)
		}
	}

	second := ledger.Plan{Title: "方案", Tasks: []ledger.Task{{No: "1", Title: "乙"}, {No: "2", Title: "甲"}, {No: "3", Title: "丁"}}}
	revise := func(b *ledger.Book) ledger.Commit {
		puts := must[[]ledger.Record](t)(ledger.PlanRecords(b, &second, ledger.Revised{Pairs: map[string]string{"1": "2", "2": "1"}, On: ledger.DateOf(start)}))
		c := ledger.Commit{Puts: puts, Expects: []ledger.Expect{b.Expect(ledger.RecordPlan, "plan")}, Now: start}
		for _, old := range []string{"1", "2"} {
			x := b.Task(old)
			v := ledger.Event{ID: "renumber " + x.ID, Task: x.ID, Kind: ledger.EventRenumber, At: start}
			c.Events = append(c.Events, v)
			c.Puts = append(c.Puts, must[ledger.Record](t)(ledger.Put(ledger.RecordProgress, x.ID, b.Progress(old).With(x.ID, v))))
			c.Expects = append(c.Expects, b.Expect(ledger.RecordProgress, x.ID))
		}
		return c
	}
	early := bookOf(t, e)
	reported(t, e, "1", "又一次")
	if _, err := e.Commit(t.Context(), revise(early)); !errors.Is(err, ledger.ErrConflict) {
		t.Fatalf("a revision over a report that it has not seen: %v", err)
	}
	commit(t, e, revise(bookOf(t, e)))
	renumbered(t, e)

	copied := open(t, tenant())
	defer closing(t, copied)
	if err := copied.Restore(t.Context(), bytes.NewReader(Backup(t, e))); err != nil {
		t.Fatal(err)
	}
	renumbered(t, copied)
}

func bookOf(t *testing.T, e store.Engine) *ledger.Book {
	t.Helper()
	d := must[ledger.Delta](t)(e.Sync(t.Context(), 0))
	d.Full = true
	return must[*ledger.Book](t)(ledger.NewBook().Apply(d))
}

// reported writes a report on the task with the number, and a receipt for it.
func reported(t *testing.T, e store.Engine, no, text string) {
	t.Helper()
	b := bookOf(t, e)
	x := b.Task(no)
	v := ledger.Event{ID: text, Task: x.ID, Kind: ledger.EventReport, At: start, Report: &ledger.Report{Text: text}}
	commit(t, e, ledger.Commit{
		Puts:    []ledger.Record{must[ledger.Record](t)(ledger.Put(ledger.RecordProgress, x.ID, b.Progress(no).With(x.ID, v)))},
		Expects: []ledger.Expect{b.Expect(ledger.RecordTask, no), b.Expect(ledger.RecordProgress, x.ID)}, Events: []ledger.Event{v},
		Notices: []ledger.Notice{{Key: text, Due: start, Body: ledger.Body{Text: text, Tasks: b.IDs([]string{no})}}},
	})
}

// renumbered checks the state after the revision.
func renumbered(t *testing.T, e store.Engine) {
	t.Helper()
	b := bookOf(t, e)
	for _, c := range []struct {
		no, title, last string
		events          []string
	}{
		{"1", "乙", "关于2", []string{"关于2", "renumber 2"}},
		{"2", "甲", "又一次", []string{"关于1", "又一次", "renumber 1"}},
		{"3", "丁", "", nil},
	} {
		x := b.Task(c.no)
		last := ""
		if p := b.Progress(c.no); p != nil {
			last = p.Last.Report.Text
		}
		var got []string
		for _, v := range must[ledger.Arrived](t)(e.Arrive(t.Context(), ledger.Arrival{History: x.ID, Now: start})).Events {
			got = append(got, v.ID)
		}
		equal(t, "task "+c.no, []any{x.Title, last, got}, []any{c.title, c.last, c.events})
	}
	quoted := must[ledger.Arrived](t)(e.Arrive(t.Context(), ledger.Arrival{Quote: "ref/关于1", Now: start})).Quoted
	equal(t, "quoted", b.Numbers(quoted.Tasks), []string{"2"})
	quoted = must[ledger.Arrived](t)(e.Arrive(t.Context(), ledger.Arrival{Quote: "ref/关于3", Now: start})).Quoted
	equal(t, "quoted of a task that is gone", b.Numbers(quoted.Tasks), []string(nil))
	if list := must[[]ledger.Event](t)(e.Events(t.Context(), "3", start, start.Add(time.Hour))); len(list) != 1 {
		t.Fatalf("the history of the task that is gone: %+v", list)
	}
}
