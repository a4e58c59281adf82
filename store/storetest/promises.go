package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"duban/store"
	"duban/store/entry"
	"duban/store/ledger"
)

func must[T any](t *testing.T) func(v T, err error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

func setting(id, body string) ledger.Record {
	r := ledger.Record{Kind: ledger.RecordSetting, ID: id}
	if body != "" {
		r.Body = json.RawMessage(body)
	}
	return r
}

func commit(t *testing.T, e store.Engine, c ledger.Commit) ledger.Committed {
	t.Helper()
	if c.Now.IsZero() {
		c.Now = start
	}
	return must[ledger.Committed](t)(e.Commit(t.Context(), c))
}

// testBytes: what is stored comes back byte for byte, whatever it looks like.
func testBytes(t *testing.T, open Open) {
	e := fresh(t, open)
	for i, body := range []string{`{ "a" :1.50, "b":"<&>\u003c  "}`, "\"\u2028\u2029\"", "{\"x\":\n1}\n", "\xff\xfe", "\x00", "12 34\n", "@"} {
		id := fmt.Sprint("id:with:colons\n", i)
		c := ledger.Commit{Message: id, Answer: json.RawMessage(body), Puts: []ledger.Record{setting(id, body)}, Now: start,
			Talk: &ledger.Talk{Key: "k", Until: start.Add(time.Hour), Body: json.RawMessage(body)}}
		got := commit(t, e, c)
		want := setting(id, body)
		want.Rev = int64(i + 1)
		if i == 0 {
			equal(t, "full delta", got.Delta, ledger.Delta{Rev: 1, Full: true, Records: []ledger.Record{want}})
		}
		again := commit(t, e, c)
		if !again.Repeat || string(again.Answer) != body {
			t.Fatalf("repeat of %q answers %v %q", body, again.Repeat, again.Answer)
		}
		equal(t, "delta", must[ledger.Delta](t)(e.Sync(t.Context(), int64(i))).Records, []ledger.Record{want})
		arrived := must[ledger.Arrived](t)(e.Arrive(t.Context(), ledger.Arrival{Talk: "k", Now: start}))
		equal(t, "talk", arrived.Talk, c.Talk)
	}
}

// testConflict: a commit whose precondition is gone writes nothing and brings news.
func testConflict(t *testing.T, open Open) {
	e := fresh(t, open)
	commit(t, e, ledger.Commit{Puts: []ledger.Record{setting("a", "1")}})
	commit(t, e, ledger.Commit{Puts: []ledger.Record{setting("a", "2")}})
	out, err := e.Commit(t.Context(), ledger.Commit{
		Message: "m", Answer: json.RawMessage(`"no"`), Since: 1, Now: start,
		Expects: []ledger.Expect{{Kind: ledger.RecordSetting, ID: "a", Rev: 1}},
		Puts:    []ledger.Record{setting("a", "3")},
		Events:  []ledger.Event{{ID: "e", Task: "1", At: start}},
		Notices: []ledger.Notice{{Key: "n", Due: start}},
		Talk:    &ledger.Talk{Key: "k", Until: start.Add(time.Hour)},
	})
	if !errors.Is(err, ledger.ErrConflict) {
		t.Fatalf("commit says %v", err)
	}
	now := setting("a", "2")
	now.Rev = 2
	equal(t, "conflict", out, ledger.Committed{Delta: ledger.Delta{Rev: 2, Records: []ledger.Record{now}}})
	arrived := must[ledger.Arrived](t)(e.Arrive(t.Context(), ledger.Arrival{Message: "m", Since: 2, Talk: "k", History: "1", Now: start}))
	equal(t, "after", arrived, ledger.Arrived{Delta: ledger.Delta{Rev: 2}})
	if waiting, _, err := e.Depth(t.Context()); waiting != 0 || err != nil {
		t.Fatalf("depth %d, %v", waiting, err)
	}
}

// testTombstones: removed records travel in deltas, are no part of the whole, and
// may be made again by who knows them removed in either way.
func testTombstones(t *testing.T, open Open) {
	e := fresh(t, open)
	commit(t, e, ledger.Commit{Puts: []ledger.Record{setting("a", "1"), setting("b", "1")}})
	commit(t, e, ledger.Commit{Puts: []ledger.Record{setting("a", "")}})
	gone, b := setting("a", ""), setting("b", "1")
	gone.Rev, b.Rev = 2, 1
	equal(t, "delta", must[ledger.Delta](t)(e.Sync(t.Context(), 1)), ledger.Delta{Rev: 2, Records: []ledger.Record{gone}})
	equal(t, "whole", must[ledger.Delta](t)(e.Sync(t.Context(), 0)), ledger.Delta{Rev: 2, Full: true, Records: []ledger.Record{b}})
	expect := ledger.Expect{Kind: ledger.RecordSetting, ID: "a", Rev: 1}
	if _, err := e.Commit(t.Context(), ledger.Commit{Expects: []ledger.Expect{expect}, Now: start}); !errors.Is(err, ledger.ErrConflict) {
		t.Fatalf("old revision: %v", err)
	}
	for rev, want := range map[int64]int64{0: 3, 2: 3} {
		expect.Rev = rev
		out := commit(t, e, ledger.Commit{Expects: []ledger.Expect{expect}, Since: 2})
		equal(t, "nothing put", out.Delta, ledger.Delta{Rev: want - 1})
	}
	expect.Rev = 0
	commit(t, e, ledger.Commit{Expects: []ledger.Expect{expect}, Puts: []ledger.Record{setting("a", "9")}})
	if _, err := e.Commit(t.Context(), ledger.Commit{Expects: []ledger.Expect{expect}, Now: start}); !errors.Is(err, ledger.ErrConflict) {
		t.Fatalf("made again: %v", err)
	}
}

// testFinal: a pure query is claimed once; its talk is over.
func testFinal(t *testing.T, open Open) {
	e := fresh(t, open)
	commit(t, e, ledger.Commit{Talk: &ledger.Talk{Key: "k", Until: start.Add(time.Minute), Body: json.RawMessage("{}")}})
	final := ledger.Arrival{Message: "q", Final: true, Talk: "k", Now: start}
	equal(t, "first", must[ledger.Arrived](t)(e.Arrive(t.Context(), final)), ledger.Arrived{})
	equal(t, "second", must[ledger.Arrived](t)(e.Arrive(t.Context(), final)), ledger.Arrived{Repeat: true})
	equal(t, "talk", must[ledger.Arrived](t)(e.Arrive(t.Context(), ledger.Arrival{Talk: "k", Now: start})), ledger.Arrived{})
	if out := commit(t, e, ledger.Commit{Message: "q", Puts: []ledger.Record{setting("a", "1")}}); !out.Repeat || out.Delta.Rev != 0 {
		t.Fatalf("a claimed message was committed: %+v", out)
	}
}

// testTalkExpiry: a talk is over at its time by the caller's clock, and a clock that
// goes back brings it back.
func testTalkExpiry(t *testing.T, open Open) {
	e := fresh(t, open)
	talk := &ledger.Talk{Key: "k", Until: start.Add(time.Minute), Body: json.RawMessage(`{"ask":1}`)}
	commit(t, e, ledger.Commit{Talk: talk})
	for _, c := range []struct {
		now  time.Duration
		want *ledger.Talk
	}{{0, talk}, {time.Minute - time.Microsecond, talk}, {time.Minute, nil}, {time.Hour, nil}, {-time.Hour, talk}} {
		got := must[ledger.Arrived](t)(e.Arrive(t.Context(), ledger.Arrival{Talk: "k", Now: start.Add(c.now)}))
		equal(t, c.now.String(), got.Talk, c.want)
	}
}

// testLease: a lease ends by the caller's clock, the next holder has a higher fence,
// and who lost it cannot end the notice, whatever it tries.
func testLease(t *testing.T, open Open) {
	e := fresh(t, open)
	ctx := t.Context()
	hold := ledger.Hold{Fence: 1530493200123456789, Until: start.Add(10 * time.Second)}
	commit(t, e, ledger.Commit{Notices: []ledger.Notice{{Key: "n", Due: start, Body: ledger.Body{Text: "hi"}}}, Hold: hold})
	claim := func(after time.Duration) []ledger.Claimed {
		return must[[]ledger.Claimed](t)(e.Claim(ctx, start.Add(after), 10*time.Second, 9))
	}
	equal(t, "held", claim(9*time.Second), []ledger.Claimed(nil))
	first := claim(10 * time.Second)
	if len(first) != 1 || first[0].Fence <= hold.Fence || first[0].Body.Text != "hi" {
		t.Fatalf("after the hold: %+v", first)
	}
	equal(t, "leased", claim(15*time.Second), []ledger.Claimed(nil))
	equal(t, "clock back", claim(-time.Hour), []ledger.Claimed(nil))
	second := claim(20 * time.Second)
	if len(second) != 1 || second[0].Fence <= first[0].Fence {
		t.Fatalf("after the lease: %+v", second)
	}
	sent := ledger.Sent{At: start, Ref: "r"}
	for name, err := range map[string]error{
		"settle": e.Settle(ctx, "n", first[0].Fence, sent, ledger.Body{}),
		"defer":  e.Defer(ctx, "n", first[0].Fence, start, "late"),
		"bury":   e.Bury(ctx, "n", hold.Fence, start, "late"),
	} {
		if !errors.Is(err, ledger.ErrLease) {
			t.Errorf("%s without the lease: %v", name, err)
		}
	}
	for range 2 { // a retry after a lost answer
		if err := e.Defer(ctx, "n", second[0].Fence, start.Add(time.Minute), "busy\nnow"); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "deferred", claim(59*time.Second), []ledger.Claimed(nil))
	third := claim(time.Minute)
	if len(third) != 1 || third[0].Attempts != 1 {
		t.Fatalf("after the defer: %+v", third)
	}
	for range 2 {
		if err := e.Settle(ctx, "n", third[0].Fence, sent, ledger.Body{}); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, "settled", claim(time.Hour), []ledger.Claimed(nil))
	quoted := must[ledger.Arrived](t)(e.Arrive(ctx, ledger.Arrival{Quote: "r", Now: start})).Quoted
	equal(t, "quoted", quoted, &ledger.Body{Text: "hi"})
	commit(t, e, ledger.Commit{Notices: []ledger.Notice{{Key: "n", Due: start}}})
	equal(t, "written again", claim(time.Hour), []ledger.Claimed(nil))
	if err := e.Settle(ctx, "unknown", 1, sent, ledger.Body{}); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("unknown notice: %v", err)
	}
}

// testInvalid: what engines could not store alike is refused, and writes nothing.
func testInvalid(t *testing.T, open Open) {
	e := fresh(t, open)
	for name, c := range map[string]ledger.Commit{
		"record":  {Puts: []ledger.Record{{Kind: ledger.RecordTask}}},
		"event":   {Events: []ledger.Event{{ID: "e"}}},
		"notice":  {Notices: []ledger.Notice{{}}},
		"talk":    {Talk: &ledger.Talk{Until: start}},
		"fence":   {Hold: ledger.Hold{Fence: -1}},
		"highest": {Hold: ledger.Hold{Fence: entry.MaxFence + 1}},
	} {
		if _, err := e.Commit(t.Context(), c); !errors.Is(err, entry.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := e.Claim(t.Context(), start, 0, 1); !errors.Is(err, entry.ErrInvalid) {
		t.Errorf("claim for no time: %v", err)
	}
}

// testGone: a caller that has given up and a closed engine get errors, not hangs.
func testGone(t *testing.T, open Open) {
	e := open(t, tenant())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Commit(ctx, ledger.Commit{Puts: []ledger.Record{setting("a", "1")}, Now: start}); !errors.Is(err, ledger.ErrBusy) {
		t.Errorf("commit for a caller that is gone: %v", err)
	}
	if _, err := e.Sync(ctx, 5); !errors.Is(err, ledger.ErrBusy) {
		t.Errorf("sync for a caller that is gone: %v", err)
	}
	if err := e.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	if text, err := e.Persistence(t.Context()); text == "" || err != nil {
		t.Errorf("persistence: %q, %v", text, err)
	}
	closing(t, e)
	if _, err := e.Commit(t.Context(), ledger.Commit{Now: start}); err == nil {
		t.Error("commit on a closed engine succeeds")
	}
	if err := e.Ping(t.Context()); err == nil {
		t.Error("ping of a closed engine succeeds")
	}
}
