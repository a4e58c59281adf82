package ledger

import "fmt"

// Revised says which tasks of a revised plan are those of the plan before.
type Revised struct {
	Pairs map[string]string // new number by old number
	On    Date              // the day of the revision
}

// PlanRecords are the records that put the plan in place of the one that the book
// holds: its head, clauses and tasks, and the removal of those that are gone. Progress
// is never among them: it is kept under the tasks' IDs, which go with the tasks to their
// new numbers. A task that is new to the plan begins with none, even under a number that
// another one had.
func PlanRecords(b *Book, p *Plan, revised Revised) ([]Record, error) {
	head := *p
	head.Clauses, head.Tasks = nil, nil
	var out []Record
	add := func(kind RecordKind, id string, v any) error {
		r, err := Put(kind, id, v)
		out = append(out, r)
		return err
	}
	if err := add(RecordPlan, "plan", head); err != nil {
		return nil, err
	}
	clauses, tasks := map[string]bool{}, map[string]bool{}
	for _, c := range p.Clauses {
		clauses[c.ID] = true
		if err := add(RecordClause, c.ID, c); err != nil {
			return nil, err
		}
	}
	before := make(map[string]string, len(revised.Pairs))
	for old, no := range revised.Pairs {
		before[no] = old
	}
	for _, t := range p.Tasks {
		tasks[t.No] = true
		b.identify(&t, before[t.No], revised.On)
		if err := add(RecordTask, t.No, t); err != nil {
			return nil, err
		}
	}
	for id := range b.Clauses {
		if !clauses[id] {
			out = append(out, Record{Kind: RecordClause, ID: id})
		}
	}
	for _, t := range b.Tasks {
		if !tasks[t.No] {
			out = append(out, Record{Kind: RecordTask, ID: t.No})
		}
	}
	return out, nil
}

// identify gives the task of a document its ID and its earlier numbers: those of the
// task that had the old number, else new ones.
func (b *Book) identify(t *Task, old string, on Date) {
	t.ID, t.Was = "", nil
	switch was := b.plain[old]; {
	case was != nil:
		t.ID, t.Was = was.ID, was.Was
		if old != t.No {
			t.Was = append(append([]Former(nil), was.Was...), Former{No: old, Until: on})
		}
	case b.Plan != nil: // the revision makes it unlike every ID that was ever given
		t.ID = fmt.Sprintf("%s@%d", t.No, b.Rev)
	}
	if t.ID == t.No {
		t.ID = ""
	}
}

// Whole returns the book's plan with its clauses and tasks as they were recorded, or nil before the first
// import.
func (b *Book) Whole() *Plan {
	if b.Plan == nil {
		return nil
	}
	p := *b.Plan
	for _, c := range b.Clauses {
		p.Clauses = append(p.Clauses, *c)
	}
	for _, t := range b.Tasks {
		p.Tasks = append(p.Tasks, *b.plain[t.No])
	}
	return &p
}
