package handlers_test

import (
	"strings"
	"testing"
	"time"

	"duban/handlers"
	"duban/store/ledger"
)

// TestRebuild: progress that an earlier version folded, without the units' shares, is folded
// anew from the events when the desk begins; what is new already is not written again.
func TestRebuild(t *testing.T) {
	var store handlers.Ledger
	r := newRig(t, nil, shared(t), func(o *handlers.Options) {
		store = o.Ledger
		e := ledger.Event{
			ID: "1", Task: "49", Point: "1", Kind: ledger.EventReport, At: o.Now(), By: ledger.Actor{ID: "赵蕾", Name: "赵蕾", Unit: "市财政局"},
			Report: &ledger.Report{Text: "已报送目录"},
		}
		old := ledger.Progress{Task: "49", Points: map[string]ledger.PointState{"1": {}}, Events: 1}
		rec, err := ledger.Put(ledger.RecordProgress, "49", old)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Ledger.Commit(t.Context(), ledger.Commit{Puts: []ledger.Record{rec}, Events: []ledger.Event{e}, Now: o.Now()}); err != nil {
			t.Fatal(err)
		}
	})
	if got, err := r.say("赵蕾", "任务49", nil); err != nil || !strings.Contains(got, "市财政局（配合）：办理中，2018年7月2日反馈") {
		t.Errorf("%v: %s", err, got)
	}
	rev := func() int64 {
		d, err := store.Sync(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		return d.Rev
	}
	before := rev()
	if _, err := handlers.NewDesk(t.Context(), handlers.Options{Ledger: store, Post: r, Hours: always{}, Now: func() time.Time { return r.now }}); err != nil {
		t.Fatal(err)
	}
	if after := rev(); after != before {
		t.Errorf("the second start moved revision %d to %d", before, after)
	}
}
