package xlsx

import "duban/store/ledger"

// Complete gives a plan that was read from an edited ledger what the workbook does not
// hold: the clauses of the body, the clause each task stems from, who issued the plan and
// where it came from. Call it before the plan is compared and written; a plan that brings
// clauses of its own is left alone.
func Complete(old, revised *ledger.Plan) {
	if old == nil || len(revised.Clauses) > 0 {
		return
	}
	revised.Clauses = old.Clauses
	if revised.Issuer == "" {
		revised.Issuer = old.Issuer
	}
	if revised.Ends.IsZero() {
		revised.Ends = old.Ends
	}
	was := make(map[string]*ledger.Task, len(old.Tasks))
	for i := range old.Tasks {
		was[old.Tasks[i].No] = &old.Tasks[i]
	}
	for i := range revised.Tasks {
		t := &revised.Tasks[i]
		if o := was[t.No]; o != nil && t.Clause == "" && o.Title == t.Title {
			t.Clause = o.Clause
			if t.Project == "" {
				t.Project = o.Project
			}
		}
	}
}
