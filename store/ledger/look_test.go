package ledger_test

import (
	"encoding/json"
	"testing"
	"time"

	"duban/store/ledger"
)

// TestLook: what was kept is read back, and nothing else is taken for a look.
func TestLook(t *testing.T) {
	b := ledger.NewBook()
	at := time.Date(2018, 7, 2, 1, 0, 0, 0, time.UTC)
	want := ledger.Look{At: at, Seen: at.Add(-time.Hour)}
	raw, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	b.Settings = map[string]json.RawMessage{ledger.LookID("chen"): raw, ledger.LookID("bad"): json.RawMessage(`"x"`)}
	for staff, want := range map[string]ledger.Look{"chen": want, "bad": {}, "nobody": {}} {
		if got := b.Look(staff); got != want {
			t.Errorf("%s: %+v, want %+v", staff, got, want)
		}
	}
}
