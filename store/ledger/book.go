package ledger

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Book is a tenant's whole state at one revision, for reading. A Book never
// changes; Apply makes the next one. Its pointers must not be written through.
type Book struct {
	Rev      int64
	Plan     *Plan // head only; nil before the first import
	Clauses  map[string]*Clause
	Tasks    []*Task // in plan order as people count
	Members  map[string]*Member
	Rooms    map[string]*Room
	Aliases  map[string][]string
	Marks    map[string]time.Time
	Settings map[string]json.RawMessage

	plain    map[string]*Task     // as recorded
	tasks    map[string]*Task     // with the deadlines in force
	numbers  map[string]string    // of the tasks, by ID
	progress map[string]*Progress // by task ID
	revs     map[string]int64
	defs     int64 // revision of the newest plan, clause, task or alias record
}

// NewBook returns the empty state.
func NewBook() *Book {
	return &Book{
		Clauses: map[string]*Clause{}, Members: map[string]*Member{}, Rooms: map[string]*Room{},
		Aliases: map[string][]string{}, Marks: map[string]time.Time{}, Settings: map[string]json.RawMessage{},
		plain: map[string]*Task{}, tasks: map[string]*Task{}, numbers: map[string]string{}, progress: map[string]*Progress{}, revs: map[string]int64{},
	}
}

// Task returns the task with the number, with the deadlines in force; or nil.
func (b *Book) Task(no string) *Task { return b.tasks[no] }

// Plain returns a copy of the task as it is recorded, with the plan's own deadlines;
// the zero Task when there is none.
func (b *Book) Plain(no string) Task {
	if t := b.plain[no]; t != nil {
		return *t
	}
	return Task{}
}

// ByID returns the task that the ID names, whatever its number now, with the deadlines
// in force; nil when the plan has it no more.
func (b *Book) ByID(id string) *Task { return b.tasks[b.numbers[id]] }

// IDs are the IDs of the tasks with the numbers; a number that no task has is left out.
func (b *Book) IDs(numbers []string) []string {
	var out []string
	for _, no := range numbers {
		if t := b.plain[no]; t != nil {
			out = append(out, t.ID)
		}
	}
	return out
}

// Numbers are the numbers that the tasks have now; a task that is gone is left out.
func (b *Book) Numbers(ids []string) []string {
	var out []string
	for _, id := range ids {
		if no, ok := b.numbers[id]; ok {
			out = append(out, no)
		}
	}
	return out
}

// Progress returns the progress of the task with the number; nil when nothing was ever
// reported.
func (b *Book) Progress(no string) *Progress {
	t := b.plain[no]
	if t == nil {
		return nil
	}
	return b.progress[t.ID]
}

// Defs changes whenever tasks, clauses or aliases change, so that an index built
// over them can be kept until then.
func (b *Book) Defs() int64 { return b.defs }

// Expect returns the precondition that the record is still as this book has it.
func (b *Book) Expect(kind RecordKind, id string) Expect {
	return Expect{Kind: kind, ID: id, Rev: b.revs[Record{Kind: kind, ID: id}.Name()]}
}

// Apply returns the book after the delta. A delta that is older than the book changes
// nothing; a full one replaces it whatever its revision (an engine that lost writes in
// a failover says so), and must only be applied to the book it was asked for. The error
// names the record that cannot be read.
func (b *Book) Apply(d Delta) (*Book, error) {
	if d.Rev <= b.Rev && !d.Full || len(d.Records) == 0 && d.Rev == b.Rev {
		return b, nil
	}
	next := b.copyFor(d)
	if d.Full {
		next = NewBook()
	}
	next.Rev = d.Rev
	for _, r := range d.Records {
		if r.Rev <= next.revs[r.Name()] {
			continue
		}
		if err := next.put(r); err != nil {
			return nil, fmt.Errorf("ledger: record %s: %w", r.Name(), err)
		}
		next.revs[r.Name()] = r.Rev
	}
	if next.Tasks == nil {
		next.Tasks = inOrder(next.tasks)
	}
	return next, nil
}

// copyFor copies what the delta will write and shares the rest: a busy room's book
// changes by one progress at a time.
func (b *Book) copyFor(d Delta) *Book {
	c := *b
	c.revs = maps.Clone(b.revs)
	done := map[RecordKind]bool{}
	for _, r := range d.Records {
		if done[r.Kind] {
			continue
		}
		done[r.Kind] = true
		switch r.Kind {
		case RecordTask:
			c.plain, c.tasks, c.numbers = maps.Clone(b.plain), maps.Clone(c.tasks), maps.Clone(b.numbers)
		case RecordProgress:
			c.progress, c.tasks = maps.Clone(b.progress), maps.Clone(c.tasks)
		case RecordClause:
			c.Clauses = maps.Clone(b.Clauses)
		case RecordMember:
			c.Members = maps.Clone(b.Members)
		case RecordRoom:
			c.Rooms = maps.Clone(b.Rooms)
		case RecordAlias:
			c.Aliases = maps.Clone(b.Aliases)
		case RecordMark:
			c.Marks = maps.Clone(b.Marks)
		case RecordSetting:
			c.Settings = maps.Clone(b.Settings)
			if slices.ContainsFunc(d.Records, isGroup) {
				c.tasks = maps.Clone(c.tasks)
			}
		case RecordPlan:
		}
	}
	return &c
}

func (b *Book) put(r Record) error {
	switch r.Kind {
	case RecordPlan:
		b.defs = r.Rev
		b.Plan = nil
		if r.Body == nil {
			return nil
		}
		b.Plan = new(Plan)
		return json.Unmarshal(r.Body, b.Plan)
	case RecordTask:
		b.defs = r.Rev
		return b.putTask(r)
	case RecordClause:
		b.defs = r.Rev
		return put(b.Clauses, r)
	case RecordAlias:
		b.defs = r.Rev
		return putValue(b.Aliases, r)
	case RecordProgress:
		if err := put(b.progress, r); err != nil {
			return err
		}
		if no, ok := b.numbers[r.ID]; ok {
			b.force(no)
		}
		return nil
	case RecordMember:
		return put(b.Members, r)
	case RecordRoom:
		return put(b.Rooms, r)
	case RecordMark:
		return putValue(b.Marks, r)
	case RecordSetting:
		if err := putValue(b.Settings, r); err != nil || !isGroup(r) {
			return err
		}
		for no := range b.plain {
			b.force(no)
		}
		return nil
	}
	return fmt.Errorf("kind %q is unknown", r.Kind)
}

// putTask takes a task under its number. In a revision other tasks may have had the number
// and the task another one before: of those that are put together, the last word counts.
func (b *Book) putTask(r Record) error {
	if old := b.plain[r.ID]; old != nil && b.numbers[old.ID] == r.ID {
		delete(b.numbers, old.ID)
	}
	if err := put(b.plain, r); err != nil {
		return err
	}
	if t := b.plain[r.ID]; t != nil {
		if t.ID == "" {
			t.ID = r.ID
		}
		b.numbers[t.ID] = r.ID
	}
	b.force(r.ID)
	return nil
}

// force puts the task with the deadlines in force in the place of the recorded one:
// a checkpoint whose deadline was moved shows the new one and keeps the plan's.
func (b *Book) force(no string) {
	t := b.plain[no]
	if t == nil {
		delete(b.tasks, no)
		b.Tasks = nil // put in order once, by Apply
		return
	}
	if now := t.inForce(b.progress[t.ID]).withMembers(b.Group); now != b.tasks[no] {
		b.tasks[no], b.Tasks = now, nil
	}
}

func put[T any](m map[string]*T, r Record) error {
	if r.Body == nil {
		delete(m, r.ID)
		return nil
	}
	v := new(T)
	if err := json.Unmarshal(r.Body, v); err != nil {
		return err
	}
	m[r.ID] = v
	return nil
}

func putValue[T any](m map[string]T, r Record) error {
	if r.Body == nil {
		delete(m, r.ID)
		return nil
	}
	var v T
	if err := json.Unmarshal(r.Body, &v); err != nil {
		return err
	}
	m[r.ID] = v
	return nil
}

// Put returns the record of a value, ready for a commit. The kinds' own types
// always encode; an error is a programming error.
func Put(kind RecordKind, id string, v any) (Record, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return Record{}, fmt.Errorf("ledger: encode %s %q: %w", kind, id, err)
	}
	return Record{Kind: kind, ID: id, Body: body}, nil
}
