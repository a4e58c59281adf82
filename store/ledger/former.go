package ledger

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// Handed is what a 转办 did to the owners of its task.
type Handed struct {
	Before []Owner `json:"before,omitempty"`
	After  []Owner `json:"after,omitempty"`
}

const (
	formerPrefix = "former/"
	formerTime   = "2006-01-02T15:04:05.000000000Z" // in UTC, so that the order of text is that of time
)

// KeepPlan is the record that keeps the book's plan, as it is recorded, as the one that was
// in force until the moment. It belongs into the commit that puts another in its place.
func (b *Book) KeepPlan(until time.Time) (Record, error) {
	return Put(RecordSetting, formerPrefix+until.UTC().Format(formerTime), b.Whole())
}

// former is the plan that was in force at the moment, and until when, where another has
// taken its place since.
func (b *Book) former(at time.Time) (*Plan, time.Time, bool) {
	first := ""
	for id := range b.Settings {
		if s, ok := strings.CutPrefix(id, formerPrefix); ok && s > at.UTC().Format(formerTime) && (first == "" || s < first) {
			first = s
		}
	}
	until, err := time.Parse(formerTime, first)
	p := new(Plan)
	if err != nil || json.Unmarshal(b.Settings[formerPrefix+first], p) != nil {
		return nil, time.Time{}, false // none, or none that can be read: the plan of now has to do
	}
	return p, until, true
}

// AsOf returns the book with the plan and the owners of tasks as they were at the moment:
// the plan before a later revision, the owners before a later 转办. events are all events,
// oldest first. Progress, people and rooms stay those of now, and so do the owners where an
// old event does not say who they were.
func (b *Book) AsOf(at time.Time, events []Event) *Book {
	c := *b
	p, until, revised := b.former(at)
	if revised {
		c.putPlan(p)
	}
	own, done := revised, map[string]bool{}
	for _, e := range events {
		if e.Handed == nil || !e.At.After(at) || revised && e.At.After(until) || done[e.Task] {
			continue
		}
		done[e.Task] = true
		no, ok := c.numbers[e.Task]
		if !ok {
			continue
		}
		if !own { // nothing of the book's is written through
			own, c.plain, c.tasks = true, maps.Clone(b.plain), maps.Clone(b.tasks)
		}
		t := *c.plain[no]
		t.Owners = e.Handed.Before
		c.plain[no], c.tasks[no] = &t, t.inForce(c.progress[t.ID])
		c.Tasks = nil
	}
	if c.Tasks == nil {
		c.Tasks = inOrder(c.tasks)
	}
	return &c
}

// putPlan puts a whole plan into a copy of a book.
func (b *Book) putPlan(p *Plan) {
	head := *p
	head.Clauses, head.Tasks = nil, nil
	b.Plan, b.Tasks = &head, nil
	b.Clauses, b.plain, b.tasks, b.numbers = map[string]*Clause{}, map[string]*Task{}, map[string]*Task{}, map[string]string{}
	for i := range p.Clauses {
		b.Clauses[p.Clauses[i].ID] = &p.Clauses[i]
	}
	for i := range p.Tasks {
		t := &p.Tasks[i]
		if t.ID == "" {
			t.ID = t.No
		}
		b.plain[t.No], b.numbers[t.ID], b.tasks[t.No] = t, t.No, t.inForce(b.progress[t.ID])
	}
}

// inOrder lists tasks in plan order as people count.
func inOrder(tasks map[string]*Task) []*Task {
	return slices.SortedFunc(maps.Values(tasks), func(x, y *Task) int {
		if LessNo(x.No, y.No) {
			return -1
		}
		return 1
	})
}
