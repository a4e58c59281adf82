package ledger_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/store/ledger"
)

// TestRenumber: through any row of revisions each task keeps its ID, its progress and the
// deadline that was moved, whatever numbers go round; a task that is new to the plan has
// nothing, even under a number that another had.
func TestRenumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, rev := ledger.NewBook(), int64(0)
		apply := func(recs []ledger.Record) {
			rev++
			for i := range recs {
				recs[i].Rev = rev
			}
			next, err := b.Apply(ledger.Delta{Rev: rev, Records: rapid.Permutation(recs).Draw(t, "order")})
			if err != nil {
				t.Fatal(err)
			}
			b = next
		}
		plan := &ledger.Plan{Title: "方案"}
		for i := range 4 {
			plan.Tasks = append(plan.Tasks, task(strconv.Itoa(i+1), fmt.Sprint("事项", i+1)))
		}
		must := func(recs []ledger.Record, err error) []ledger.Record {
			if err != nil {
				t.Fatal(err)
			}
			return recs
		}
		apply(must(ledger.PlanRecords(b, plan, ledger.Revised{})))
		said := map[string]string{} // title → what was reported
		ids := map[string]string{}  // title → ID
		for round := range 4 {
			for _, x := range b.Tasks {
				if rapid.Bool().Draw(t, "report") {
					text := fmt.Sprintf("%s第%d轮", x.Title, round)
					e := ledger.Event{ID: text, Task: x.ID, Point: "1", Kind: ledger.EventReport, At: time.Unix(int64(round), 0), Report: &ledger.Report{Text: text}}
					rec, err := ledger.Put(ledger.RecordProgress, x.ID, b.Progress(x.No).With(x.ID, e))
					if err != nil {
						t.Fatal(err)
					}
					apply([]ledger.Record{rec})
					said[x.Title] = text
				}
			}
			old := b.Whole()
			revised := &ledger.Plan{Title: "方案"}
			pairs := map[string]string{}
			kept := rapid.SampledFrom([]int{len(old.Tasks), len(old.Tasks) - 1}).Draw(t, "kept")
			list := rapid.Permutation(old.Tasks).Draw(t, "tasks")[:kept]
			fresh := task("", fmt.Sprint("新事项", round))
			list = append(list[:len(list):len(list)], fresh)
			for i, x := range rapid.Permutation(list).Draw(t, "numbers") {
				no := strconv.Itoa(i + 1)
				if x.No != "" {
					pairs[x.No] = no
				}
				x.No, x.ID, x.Was = no, "", nil
				revised.Tasks = append(revised.Tasks, x)
			}
			apply(must(ledger.PlanRecords(b, revised, ledger.Revised{Pairs: pairs, On: ledger.NewDate(2018, 8, 30+round%2)})))
			seen := map[string]bool{}
			for _, x := range b.Tasks {
				if was, ok := ids[x.Title]; ok && was != x.ID || seen[x.ID] {
					t.Fatalf("task %s %s had the ID %s, has %s", x.No, x.Title, was, x.ID)
				}
				ids[x.Title], seen[x.ID] = x.ID, true
				if b.ByID(x.ID) != x || !cmp.Equal(b.Numbers(b.IDs([]string{x.No})), []string{x.No}) {
					t.Fatalf("task %s is not found by its ID %s", x.No, x.ID)
				}
				got := ""
				if p := b.Progress(x.No); p != nil {
					got = p.Last.Report.Text
				}
				if got != said[x.Title] {
					t.Fatalf("task %s %s has the report %q, want %q", x.No, x.Title, got, said[x.Title])
				}
			}
			whole := b.Whole()
			if again := must(ledger.PlanRecords(b, whole, ledger.Revised{Pairs: same(whole)})); len(again) != len(whole.Tasks)+1 {
				t.Fatalf("the same plan again gives %d records", len(again))
			}
		}
	})
}

func task(no, title string) ledger.Task {
	return ledger.Task{No: no, Title: title, Points: []ledger.Point{{ID: "1", Due: ledger.NewDate(2018, 12, 31)}}}
}

func same(p *ledger.Plan) map[string]string {
	out := map[string]string{}
	for _, t := range p.Tasks {
		out[t.No] = t.No
	}
	return out
}
