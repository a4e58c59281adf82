package storetest

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/store"
	"duban/store/entry"
	"duban/store/ledger"
)

// Fill writes a bit of everything to a new tenant.
func Fill(t *testing.T, e store.Engine) {
	t.Helper()
	commit(t, e, ledger.Commit{
		Message: "m1", Answer: []byte(`{"ok": true}`), Puts: []ledger.Record{setting("a", `{"x": "<&>"}`), setting("b", "\xff")},
		Events: []ledger.Event{
			{ID: "e1", Task: "20", At: start.Add(time.Hour), Report: &ledger.Report{Text: "已完成\n60%"}}, {ID: "e2", Task: "3", At: start},
			{ID: "e3", Task: "20", At: start},
		},
		Notices: []ledger.Notice{
			{Key: "free", Due: start.Add(time.Hour)}, {Key: "gone", Due: start, Body: ledger.Body{Text: "催办", Tasks: []string{"20"}}},
			{Key: "dead", Due: start}, {Key: "later", Due: start},
		},
		Talk: &ledger.Talk{Key: "k", Until: start.Add(time.Hour), Body: []byte("{ }")},
	})
	commit(t, e, ledger.Commit{Puts: []ledger.Record{setting("a", "")}})
	must[ledger.Arrived](t)(e.Arrive(t.Context(), ledger.Arrival{Message: "q", Final: true, Now: start}))
	for _, c := range must[[]ledger.Claimed](t)(e.Claim(t.Context(), start, time.Minute, 9)) {
		var err error
		switch c.Key {
		case "gone":
			err = e.Settle(t.Context(), c.Key, c.Fence, ledger.Sent{At: start, Ref: "ref"}, ledger.Body{})
		case "dead":
			err = e.Bury(t.Context(), c.Key, c.Fence, start, "no such room")
		case "later":
			err = e.Defer(t.Context(), c.Key, c.Fence, start.Add(time.Minute), "busy")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Backup is the tenant as its backup has it.
func Backup(t *testing.T, e store.Engine) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := e.Backup(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Restored puts a backup into the engine and checks that it gives the same backup,
// and behaves as the tenant that Fill wrote.
func Restored(t *testing.T, e store.Engine, backup []byte) {
	t.Helper()
	if err := e.Restore(t.Context(), bytes.NewReader(backup)); err != nil {
		t.Fatal(err)
	}
	equal(t, "backup of the restored", string(Backup(t, e)), string(backup))
	arrived := must[ledger.Arrived](t)(e.Arrive(t.Context(), ledger.Arrival{Since: 1, Talk: "k", Quote: "ref", History: "20", Now: start}))
	gone := setting("a", "")
	gone.Rev = 2
	equal(t, "delta", arrived.Delta, ledger.Delta{Rev: 2, Records: []ledger.Record{gone}})
	equal(t, "quoted", arrived.Quoted, &ledger.Body{Text: "催办", Tasks: []string{"20"}})
	if arrived.Talk == nil || string(arrived.Talk.Body) != "{ }" || len(arrived.Events) != 2 || arrived.Events[0].ID != "e1" {
		t.Fatalf("talk %+v, events %+v", arrived.Talk, arrived.Events)
	}
	for _, message := range []string{"m1", "q"} {
		if out := commit(t, e, ledger.Commit{Message: message, Puts: []ledger.Record{setting("z", "1")}}); !out.Repeat {
			t.Fatalf("message %s is not known any more", message)
		}
	}
	out := commit(t, e, ledger.Commit{Since: 2, Puts: []ledger.Record{setting("c", "1")}})
	if out.Delta.Rev != 3 || out.Delta.Full {
		t.Fatalf("next revision: %+v", out.Delta)
	}
	list := must[[]ledger.Claimed](t)(e.Claim(t.Context(), start.Add(time.Hour), time.Minute, 9))
	if len(list) != 2 || list[0].Key != "later" || list[0].Attempts != 1 || list[0].Fence != 2 || list[1].Key != "free" {
		t.Fatalf("claimed %+v", list)
	}
	if err := e.Restore(t.Context(), bytes.NewReader(backup)); !errors.Is(err, entry.ErrNotEmpty) {
		t.Fatalf("restore into a tenant that is not empty: %v", err)
	}
}

// testBackup: a tenant comes back as it was, an empty one too.
func testBackup(t *testing.T, open Open) {
	e := fresh(t, open)
	empty := fresh(t, open)
	if err := empty.Restore(t.Context(), bytes.NewReader(Backup(t, e))); err != nil {
		t.Fatal(err)
	}
	Fill(t, e)
	Restored(t, empty, Backup(t, e))
}

// testBadBackup: a file that is cut, lengthened or changed anywhere changes nothing.
func testBadBackup(t *testing.T, open Open) {
	e := fresh(t, open)
	Fill(t, e)
	backup := Backup(t, e)
	empty := fresh(t, open)
	clean := string(Backup(t, empty))
	rapid.Check(t, func(rt *rapid.T) {
		i := rapid.IntRange(0, len(backup)-2).Draw(rt, "at")
		bad := bytes.Clone(backup)
		switch rapid.IntRange(0, 2).Draw(rt, "harm") {
		case 0:
			bad = bad[:i]
		case 1:
			bad = append(bad, backup[i:]...)
		case 2:
			bad[i] ^= 1
		}
		if err := empty.Restore(t.Context(), bytes.NewReader(bad)); !errors.Is(err, entry.ErrBackup) {
			rt.Fatalf("restore of a bad file: %v", err)
		}
	})
	equal(t, "after bad files", string(Backup(t, empty)), clean)
	Restored(t, empty, backup)
	if err := fresh(t, open).Restore(t.Context(), strings.NewReader("")); !errors.Is(err, entry.ErrBackup) {
		t.Fatalf("an empty file: %v", err)
	}
}
