package ledger_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/store/ledger"
)

// TestFoldIsStepByStep: for any lawful history the progress built event by event is the
// fold of all events, as long as nothing is withdrawn or corrected.
func TestFoldIsStepByStep(t *testing.T) {
	kinds := []ledger.EventKind{
		ledger.EventReport, ledger.EventApply, ledger.EventAccept, ledger.EventReturn, ledger.EventReopen, ledger.EventExtend, ledger.EventExtendYes,
		ledger.EventExtendNo, ledger.EventPress, ledger.EventSign, ledger.EventDecline, ledger.EventKeep, ledger.EventNeed, ledger.EventMet,
		ledger.EventPause, ledger.EventResume, ledger.EventCancel, ledger.EventStrike,
	}
	rapid.Check(t, func(t *rapid.T) {
		var events []ledger.Event
		var p *ledger.Progress
		for i := range rapid.IntRange(1, 40).Draw(t, "n") {
			point := rapid.SampledFrom([]string{"1", "2"}).Draw(t, "point")
			kind := rapid.SampledFrom(kinds).Draw(t, "kind")
			if ledger.Lawful(ledger.StateOf(p, point), kind) != nil {
				continue
			}
			e := event(t, i, point, kind)
			events = append(events, e)
			p = p.With("28", e)
			if diff := cmp.Diff(ledger.Fold("28", events), p); diff != "" {
				t.Fatalf("after %d events (-fold +steps):\n%s", len(events), diff)
			}
			if p.Points[point].Phase == ledger.PhaseClosed && ledger.Lawful(ledger.StateOf(p, point), ledger.EventApply) == nil {
				t.Fatal("a closed checkpoint takes an application")
			}
		}
	})
}

func event(t *rapid.T, i int, point string, kind ledger.EventKind) ledger.Event {
	e := ledger.Event{
		ID: fmt.Sprintf("%03d", i), Task: "28", Point: point, Kind: kind, At: time.Unix(int64(1000+i), 0).UTC(),
		By: ledger.Actor{ID: "zm", Name: "张敏", Unit: "市大数据中心"}, Reason: rapid.SampledFrom([]string{"", "原因"}).Draw(t, "reason"),
	}
	switch kind {
	case ledger.EventReport, ledger.EventApply:
		v := float64(rapid.IntRange(0, 100).Draw(t, "percent"))
		e.Report = &ledger.Report{Text: "进展", Percent: &v}
	case ledger.EventExtend, ledger.EventExtendYes:
		e.Date = ledger.NewDate(2018, 10, 31)
	case ledger.EventPress:
		e.Units = []string{"市大数据中心", "市政务办"}
	}
	return e
}

// TestWithdrawnCountsNoMore: what was withdrawn or corrected stays in the history and
// leaves no trace in the progress.
func TestWithdrawnCountsNoMore(t *testing.T) {
	fifty, sixty := 50.0, 60.0
	at := time.Unix(1000, 0).UTC()
	events := []ledger.Event{
		{ID: "1", Task: "28", Point: "1", Kind: ledger.EventReport, At: at, Report: &ledger.Report{Text: "一", Percent: &fifty}},
		{ID: "2", Task: "28", Point: "1", Kind: ledger.EventReport, At: at, Report: &ledger.Report{Text: "二", Percent: &sixty}},
		{ID: "3", Task: "28", Point: "1", Kind: ledger.EventWithdraw, At: at, Ref: "2"},
		{ID: "4", Task: "28", Point: "1", Kind: ledger.EventApply, At: at, Report: &ledger.Report{Text: "完成"}},
		{ID: "5", Task: "28", Point: "1", Kind: ledger.EventWithdraw, At: at, Ref: "4"},
	}
	p := ledger.Fold("28", events)
	if s := p.Point("1"); s.Phase != ledger.PhaseOpen || s.Percent == nil || *s.Percent != 50 || p.Last.Event != "1" || p.Events != 5 {
		t.Errorf("progress after withdrawals: %+v, last %+v", s, p.Last)
	}
}

// TestExtensionIsInForce: the book shows the moved deadline and keeps the plan's own.
func TestExtensionIsInForce(t *testing.T) {
	due, later := ledger.NewDate(2018, 9, 30), ledger.NewDate(2018, 10, 31)
	task := ledger.Task{No: "28", Points: []ledger.Point{{ID: "1", Due: due}}}
	p := ledger.Fold("28", []ledger.Event{
		{ID: "1", Task: "28", Point: "1", Kind: ledger.EventExtend, Date: later, Reason: "设备"},
		{ID: "2", Task: "28", Point: "1", Kind: ledger.EventExtendYes, Date: later},
	})
	b, err := ledger.NewBook().Apply(ledger.Delta{Rev: 2, Full: true, Records: []ledger.Record{
		record(t, ledger.RecordProgress, "28", 2, p), record(t, ledger.RecordTask, "28", 1, task),
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Task("28").Points[0]; got.Due != later || got.Planned != due {
		t.Errorf("in force: %+v", got)
	}
	if got := b.Plain("28").Points[0]; got.Due != due || !got.Planned.IsZero() {
		t.Errorf("recorded: %+v", got)
	}
	if b.Tasks[0] != b.Task("28") {
		t.Error("the list and the index disagree")
	}
	if l := ledger.TaskLevel(b.Task("28"), b.Progress("28"), ledger.NewDate(2018, 10, 15), ledger.DefaultLightRules(ledger.Date{})); l == ledger.LevelOverdue {
		t.Error("overdue within the extended deadline")
	}
}

func record(t *testing.T, kind ledger.RecordKind, id string, rev int64, v any) ledger.Record {
	t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return ledger.Record{Kind: kind, ID: id, Rev: rev, Body: body}
}
