package report

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/store/ledger"
)

// past is a tenant that lives from day to day: its book, its whole history, and the facts
// that were computed at the end of each day.
type past struct {
	t      *rapid.T
	b      *ledger.Book
	events []ledger.Event
	facts  map[ledger.Date]Facts
	seq    int
}

func (h *past) put(list ...ledger.Record) {
	for i := range list {
		list[i].Rev = h.b.Rev + 1
	}
	next, err := h.b.Apply(ledger.Delta{Rev: h.b.Rev + 1, Records: list})
	if err != nil {
		h.t.Fatal(err)
	}
	h.b = next
}

func (h *past) record(kind ledger.RecordKind, id string, v any) ledger.Record {
	r, err := ledger.Put(kind, id, v)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// add enters an event with the progress it leads to.
func (h *past) add(x *ledger.Task, e ledger.Event, more ...ledger.Record) {
	h.seq++
	e.ID, e.Task, e.By = fmt.Sprintf("%04d", h.seq), x.ID, ledger.Actor{ID: "u1", Name: "王工"}
	h.events = append(h.events, e)
	var own []ledger.Event
	for _, o := range h.events {
		if o.Task == x.ID {
			own = append(own, o)
		}
	}
	h.put(append(more, h.record(ledger.RecordProgress, x.ID, ledger.Fold(x.ID, own)))...)
}

// happen lets one thing happen at the moment: a report, a decision, a 转办, or a revised
// plan.
func (h *past) happen(at time.Time) {
	what := rapid.SampledFrom([]string{"event", "event", "event", "assign", "revise"}).Draw(h.t, "what")
	if what == "revise" {
		h.revise(at)
		return
	}
	if len(h.b.Tasks) == 0 {
		return
	}
	x := rapid.SampledFrom(h.b.Tasks).Draw(h.t, "task")
	point := ""
	if len(x.Points) > 0 {
		point = rapid.SampledFrom(x.Points).Draw(h.t, "point").ID
	}
	e := ledger.Event{At: at, Point: point}
	if what == "assign" {
		next := h.b.Plain(x.No)
		e.Kind, e.Handed = ledger.EventAssign, &ledger.Handed{Before: next.Owners}
		next.Owners = []ledger.Owner{{Role: ledger.RoleLead, Name: rapid.SampledFrom(unitNames[:3]).Draw(h.t, "unit")}}
		e.Handed.After = next.Owners
		h.add(x, e, h.record(ledger.RecordTask, x.No, next))
		return
	}
	e.Kind = rapid.SampledFrom([]ledger.EventKind{ledger.EventReport, ledger.EventApply, ledger.EventAccept, ledger.EventReturn, ledger.EventReopen, ledger.EventWithdraw,
		ledger.EventCorrect, ledger.EventExtend, ledger.EventExtendYes, ledger.EventPause, ledger.EventResume, ledger.EventCancel, ledger.EventNeed, ledger.EventMet}).Draw(h.t, "kind")
	if ledger.Lawful(ledger.StateOf(h.b.Progress(x.No), point), e.Kind) != nil {
		return
	}
	switch e.Kind {
	case ledger.EventReport, ledger.EventApply:
		v := float64(rapid.IntRange(0, 100).Draw(h.t, "percent"))
		e.Report = &ledger.Report{Text: "已完成一部分", Percent: &v}
	case ledger.EventWithdraw, ledger.EventCorrect:
		for _, o := range h.events {
			if o.Task == x.ID && o.Point == point && o.Report != nil {
				e.Ref = o.ID
			}
		}
		if e.Ref == "" {
			return
		}
		if e.Kind == ledger.EventCorrect {
			e.Report = &ledger.Report{Text: "更正"}
		}
	case ledger.EventExtend, ledger.EventExtendYes:
		e.Date = date("2018-09-15").AddDays(rapid.IntRange(0, 60).Draw(h.t, "later"))
	default:
		e.Reason = "原因"
	}
	h.add(x, e)
}

// revise puts a plan with other words, units and dates in the place of this one; tasks of
// the same number are the same tasks.
func (h *past) revise(at time.Time) {
	p := h.b.Whole()
	p.Tasks = anyTasks(h.t)
	pairs := map[string]string{}
	for i := range p.Tasks {
		p.Tasks[i].Title += "（修订" + strconv.FormatInt(h.b.Rev, 10) + "）"
		if no := p.Tasks[i].No; h.b.Task(no) != nil {
			pairs[no] = no
		}
	}
	list, err := ledger.PlanRecords(h.b, p, ledger.Revised{Pairs: pairs, On: Day(at)})
	if err != nil {
		h.t.Fatal(err)
	}
	was, err := h.b.KeepPlan(at)
	if err != nil {
		h.t.Fatal(err)
	}
	h.put(append(list, was)...)
}

// TestThePastStaysWhatItWas: what is computed today about any past day, for the whole and
// for a unit, is what was computed on that day, whatever has been decided, handed over,
// extended, withdrawn or revised since.
func TestThePastStaysWhatItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := &past{t: t, facts: map[ledger.Date]Facts{}}
		h.b = bookOf(t, anyTasks(t), nil)
		first, last := date("2018-07-01"), date("2018-07-01").AddDays(rapid.IntRange(3, 30).Draw(t, "days"))
		unit := rapid.SampledFrom([]string{"", "市住建局"}).Draw(t, "of")
		ask := func(d ledger.Date) Query {
			q := queryAt(d, date("2018-06-20"))
			q.Unit = unit
			return q
		}
		for d := first; !d.After(last); d = d.AddDays(1) {
			for i := range rapid.IntRange(0, 2).Draw(t, "things") {
				h.happen(d.In(china, 9+i, 0))
			}
			period := slices.DeleteFunc(slices.Clone(h.events), func(e ledger.Event) bool { return Day(e.At).Before(ask(d).From) })
			h.facts[d] = Compute(h.b, period, ask(d))
		}
		for d, was := range h.facts {
			now := AsOf(h.b, h.events, ask(d))
			if err := Check(now); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(was, now, sameFacts); diff != "" {
				t.Fatalf("%s, looked at on %s: -was +now\n%s", d, last, diff)
			}
		}
	})
}
