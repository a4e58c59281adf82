package ledger_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/store/ledger"
)

// ours is the unit whose share the tests look at, lead the one that closes for all.
const ours, lead = "市财政局", "市大数据中心"

// moved is the event behind a move of our share.
func moved(m ledger.ShareMove, i int) ledger.Event {
	e := ledger.Event{
		ID: fmt.Sprintf("%03d", i), Task: "28", Point: "1", At: time.Unix(int64(1000+i), 0).UTC(),
		By: ledger.Actor{ID: "zl", Name: "赵蕾", Unit: ours},
	}
	report := func(part ledger.Word) {
		e.Kind, e.Report = ledger.EventReport, &ledger.Report{Text: "进展", Part: part}
	}
	office := func(k ledger.EventKind) { e.Kind, e.By = k, ledger.Actor{ID: "wh", Name: "王慧"} }
	switch m {
	case ledger.MovePress:
		office(ledger.EventInstruct)
		e.Units = []string{lead, ours}
	case ledger.MoveSign:
		e.Kind = ledger.EventSign
	case ledger.MoveReport:
		report(ledger.WordNone)
	case ledger.MoveFinish:
		report(ledger.WordDone)
	case ledger.MoveResume:
		report(ledger.WordOpen)
	case ledger.MoveApply:
		e.Kind, e.Report = ledger.EventApply, &ledger.Report{Text: "已完成"}
	case ledger.MoveReturn:
		office(ledger.EventReturn)
	case ledger.MoveAccept:
		office(ledger.EventAccept)
	case ledger.MoveReopen:
		office(ledger.EventReopen)
	}
	return e
}

// trail is a history of our share's task and the progress built along it.
type trail struct {
	events []ledger.Event
	p      *ledger.Progress
}

// step goes one move on, where the task takes it; it is false where not. The share must
// stand where its table says, and the progress must be the fold.
func (w trail) step(t rapid.TB, m ledger.ShareMove) (trail, bool) {
	e, before := moved(m, len(w.events)), w.p.ShareState("1", ours)
	want, err := ledger.MoveShare(before, m)
	if m != ledger.MoveSign && ledger.Lawful(ledger.StateOf(w.p, "1"), e.Kind) != nil {
		return w, false
	}
	if m == ledger.MoveSign && (w.p == nil || !slices.Contains(w.p.Unsigned, ours)) {
		return w, false
	}
	if err != nil {
		var no *ledger.IllegalShare
		if !errors.As(err, &no) || m != ledger.MoveFinish || before != ledger.ShareDone {
			t.Fatalf("the task takes %s, its share in %s does not: %v", m, before, err)
		}
		return w, false
	}
	next := trail{append(slices.Clone(w.events), e), w.p.With("28", e)}
	if diff := cmp.Diff(ledger.Fold("28", next.events), next.p); diff != "" {
		t.Fatalf("after %d events (-fold +steps):\n%s", len(next.events), diff)
	}
	if want == ledger.ShareWorking && slices.Contains(next.p.Unsigned, ours) {
		want = ledger.ShareUnsigned
	}
	if got := next.p.ShareState("1", ours); got != want {
		t.Fatalf("%s --%s--> %s, the table says %s", before, m, got, want)
	}
	return next, true
}

// TestSharesWalk walks at random over all moves that the tables allow.
func TestSharesWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w trail
		for range 30 {
			w, _ = w.step(t, rapid.SampledFrom(ledger.ShareMoves()).Draw(t, "move"))
		}
	})
}

// TestSharesFollowTheirTable goes every way from the beginning until no new situation
// comes up: every state and every row of the table is met, and no other.
func TestSharesFollowTheirTable(t *testing.T) {
	type row struct {
		from ledger.ShareState
		move ledger.ShareMove
	}
	type situation struct {
		task     ledger.State
		share    ledger.ShareState
		unsigned bool
	}
	met, seen := map[row]bool{}, map[situation]bool{}
	for todo := []trail{{}}; len(todo) > 0; todo = todo[1:] {
		w := todo[0]
		at := situation{ledger.StateOf(w.p, "1"), w.p.ShareState("1", ours), w.p != nil && slices.Contains(w.p.Unsigned, ours)}
		if seen[at] {
			continue
		}
		seen[at] = true
		for _, m := range ledger.ShareMoves() {
			if next, ok := w.step(t, m); ok {
				met[row{at.share, m}] = true
				todo = append(todo, next)
			}
		}
	}
	for _, s := range ledger.ShareStates() {
		for _, m := range ledger.ShareMoves() {
			if _, err := ledger.MoveShare(s, m); (err == nil) != met[row{s, m}] {
				t.Errorf("%s in %s: table says %v, walked %v", m, s, err, met[row{s, m}])
			}
		}
	}
}

// TestShareIsTheUnitsOwn: what one unit says moves only its own share, a return only the
// share of the unit that had applied, and an acceptance closes all.
func TestShareIsTheUnitsOwn(t *testing.T) {
	at := 0
	say := func(p *ledger.Progress, unit string, m ledger.ShareMove) *ledger.Progress {
		at++
		e := moved(m, at)
		if e.By.Unit != "" {
			e.By.Unit = unit
		}
		return p.With("28", e)
	}
	states := func(p *ledger.Progress) [2]ledger.ShareState {
		return [2]ledger.ShareState{p.ShareState("1", lead), p.ShareState("1", ours)}
	}
	first := say(nil, ours, ledger.MoveFinish)
	applied := say(first, lead, ledger.MoveApply)
	for _, c := range []struct {
		name string
		p    *ledger.Progress
		want [2]ledger.ShareState
	}{
		{"the supporter is done", first, [2]ledger.ShareState{ledger.ShareWorking, ledger.ShareDone}},
		{"the lead has applied", applied, [2]ledger.ShareState{ledger.ShareDone, ledger.ShareDone}},
		{"it was returned", say(applied, lead, ledger.MoveReturn), [2]ledger.ShareState{ledger.ShareWorking, ledger.ShareDone}},
		{"it was accepted", say(applied, lead, ledger.MoveAccept), [2]ledger.ShareState{ledger.ShareClosed, ledger.ShareClosed}},
		{"and taken up again", say(say(applied, lead, ledger.MoveAccept), lead, ledger.MoveReopen), [2]ledger.ShareState{ledger.ShareWorking, ledger.ShareWorking}},
		{"the supporter says otherwise", say(applied, ours, ledger.MoveResume), [2]ledger.ShareState{ledger.ShareDone, ledger.ShareWorking}},
	} {
		if got := states(c.p); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	done := 100.0
	e := moved(ledger.MoveFinish, 90)
	e.Report.Percent = &done
	if p := applied.With("28", e); p.Point("1").Percent != nil || *p.Share("1", ours).Percent != done {
		t.Error("the percentage of a share is taken for the task's")
	}
	take := moved(ledger.MoveFinish, 91)
	back := ledger.Event{ID: "092", Task: "28", Point: "1", Kind: ledger.EventWithdraw, Ref: take.ID, By: take.By}
	if got := ledger.Fold("28", []ledger.Event{take, back}).ShareState("1", ours); got != ledger.ShareWorking {
		t.Errorf("after its withdrawal the share is %s", got)
	}
}

// TestWhoOwes: a unit whose share is done is left alone, except for whoever must still
// apply for closing.
func TestWhoOwes(t *testing.T) {
	owner := func(r ledger.Role, name string) ledger.Owner { return ledger.Owner{Role: r, Name: name} }
	finished := func(units ...string) *ledger.Progress {
		var p *ledger.Progress
		for i, u := range units {
			e := moved(ledger.MoveFinish, i)
			e.By.Unit = u
			p = p.With("28", e)
		}
		return p
	}
	for _, c := range []struct {
		name   string
		owners []ledger.Owner
		p      *ledger.Progress
		want   []bool // by owner
	}{
		{"nothing said", []ledger.Owner{owner("L", "甲"), owner("S", "乙")}, nil, []bool{true, true}},
		{"the supporter is done", []ledger.Owner{owner("L", "甲"), owner("S", "乙")}, finished("乙"), []bool{true, false}},
		{"all are done, the lead applies", []ledger.Owner{owner("L", "甲"), owner("S", "乙")}, finished("甲", "乙"), []bool{true, false}},
		{"beside a lead, the responsible one only has its share", []ledger.Owner{owner("L", "甲"), owner("R", "乙")}, finished("乙"), []bool{true, false}},
		{"no lead marked, one is done", []ledger.Owner{owner("R", "甲"), owner("R", "乙")}, finished("乙"), []bool{true, false}},
		{"no lead marked, all are done", []ledger.Owner{owner("R", "甲"), owner("R", "乙"), owner("S", "丙")}, finished("甲", "乙", "丙"), []bool{true, true, false}},
	} {
		x := &ledger.Task{No: "28", Owners: c.owners}
		for i, o := range c.owners {
			if got := x.Owes(c.p, "1", o.Name); got != c.want[i] {
				t.Errorf("%s: %s owes %v", c.name, o.Name, got)
			}
		}
	}
}

// TestOwnLastReport: the newest report of a unit or a person is found behind those of
// others, on whatever checkpoint.
func TestOwnLastReport(t *testing.T) {
	var p *ledger.Progress
	for i, e := range []struct{ unit, staff, point string }{{ours, "zl", "1"}, {ours, "zl", "2"}, {lead, "zm", "1"}, {"", "wh", "2"}} {
		v := moved(ledger.MoveReport, i)
		v.Point, v.By = e.point, ledger.Actor{ID: e.staff, Unit: e.unit}
		p = p.With("28", v)
	}
	for _, c := range []struct {
		name string
		got  *ledger.Entry
		want string
	}{
		{"our unit", p.LastOf(ours), "001"}, {"the lead", p.LastOf(lead), "002"}, {"nobody's unit", p.LastOf("市司法局"), ""},
		{"our person", p.LastBy("zl"), "001"}, {"who was last of all", p.LastBy("wh"), "003"}, {"a stranger", p.LastBy("x"), ""},
		{"of nothing", (*ledger.Progress)(nil).LastBy("zl"), ""},
	} {
		got := ""
		if c.got != nil {
			got = c.got.Event
		}
		if got != c.want {
			t.Errorf("%s: report %q, want %q", c.name, got, c.want)
		}
	}
}
