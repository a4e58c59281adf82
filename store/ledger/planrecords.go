package ledger

// PlanRecords are the records that put the plan in place of the one that the book
// holds: its head, clauses and tasks, and the removal of those that are gone.
// Progress is never among them, so that a revised plan keeps it all.
func PlanRecords(b *Book, p *Plan) ([]Record, error) {
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
	for _, t := range p.Tasks {
		tasks[t.No] = true
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
