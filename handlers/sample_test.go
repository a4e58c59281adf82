package handlers

import (
	"strconv"
	"testing"

	"duban/store/ledger"
)

// TestSampled: a plan of few tasks has examples of its own; they once named a task that it
// did not have.
func TestSampled(t *testing.T) {
	const text = "例如：任务20 已完成招标，或“DING 任务28”；任务201、120除外"
	for _, c := range []struct {
		tasks int
		want  string
	}{
		{30, text},
		{3, "例如：任务1 已完成招标，或“DING 任务1”；任务201、120除外"},
		{0, text},
	} {
		d := ledger.Delta{Rev: 1, Full: true}
		add := func(kind ledger.RecordKind, id string, v any) {
			rec, err := ledger.Put(kind, id, v)
			if err != nil {
				t.Fatal(err)
			}
			rec.Rev = 1
			d.Records = append(d.Records, rec)
		}
		add(ledger.RecordPlan, "plan", ledger.Plan{Title: "方案"})
		for i := range c.tasks {
			no := strconv.Itoa(i + 1)
			add(ledger.RecordTask, no, ledger.Task{No: no, Title: "任务"})
		}
		b, err := ledger.NewBook().Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		if got := (&turn{book: b}).sampled(text); got != c.want {
			t.Errorf("%d tasks: %s", c.tasks, got)
		}
	}
}
