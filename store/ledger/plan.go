package ledger

import (
	"slices"
	"strconv"
	"strings"
)

// Problem is one doubtful point of an imported document: where it is, what is
// doubtful (Chinese, for a person), and what the importer proposes or has done.
type Problem struct {
	Row      string `json:"row"`                // task number, clause ID or "第N行"
	Text     string `json:"text"`               // what is doubtful
	Proposal string `json:"proposal,omitempty"` // what to do about it
}

// Plan is an action plan as its document states it: the head, the clauses of the
// body and the tasks of the list. It carries no progress.
type Plan struct {
	Title    string    `json:"title"`
	Number   string    `json:"number"` // 湖政发〔2018〕20号
	Issuer   string    `json:"issuer,omitempty"`
	Issued   Date      `json:"issued,omitzero"`
	Ends     Date      `json:"ends,omitzero"` // last day of the plan's period; recurring tasks run to it
	Source   string    `json:"source,omitempty"`
	Clauses  []Clause  `json:"clauses,omitempty"`
	Tasks    []Task    `json:"tasks,omitempty"`
	Problems []Problem `json:"problems,omitempty"`
}

// Clause is one numbered paragraph of the plan's body.
type Clause struct {
	ID      string  `json:"id"`      // place in the body, such as "二(四)5"
	Project string  `json:"project"` // the 工程 or section it belongs to
	Heading string  `json:"heading"`
	Text    string  `json:"text"` // whole paragraph without the heading and the unit brackets
	Owners  []Owner `json:"owners,omitempty"`
}

// Task is one numbered duty of the plan.
type Task struct {
	// ID names the task for ever: its events, progress, notices and settings are kept
	// under it. It is the number that the task first had (empty in a record that still has
	// it), with a mark behind it where another task had that number before.
	ID       string    `json:"id,omitempty"`
	No       string    `json:"no"`            // the number people call it by; unique within the plan, and new in a revision
	Was      []Former  `json:"was,omitempty"` // earlier numbers, oldest first
	Title    string    `json:"title"`
	Detail   string    `json:"detail,omitempty"` // further text of the row: requirements, targets
	Owners   []Owner   `json:"owners,omitempty"`
	TimeText string    `json:"time_text,omitempty"` // the time requirement as printed, cleaned
	Deadline Deadline  `json:"deadline"`
	Points   []Point   `json:"points,omitempty"`
	Clause   string    `json:"clause,omitempty"`  // Clause.ID it stems from, where the text supports it
	Project  string    `json:"project,omitempty"` // 工程 or section
	Problems []Problem `json:"problems,omitempty"`
}

// Former is a number that a task had until a revision gave it another.
type Former struct {
	No    string `json:"no"`
	Until Date   `json:"until"` // day of the revision
}

// Point is a checkpoint (节点): one dated obligation of a task, either a milestone
// or one period of a recurring task. ID is unique within the task ("1", "2018Q3").
type Point struct {
	ID    string `json:"id"`
	Label string `json:"label,omitempty"` // 全面应用, 2018年第三季度; empty when it is the task itself
	Text  string `json:"text,omitempty"`  // what the plan wants done by then, where the label does not say it all
	Start Date   `json:"start,omitzero"`
	Due   Date   `json:"due"`

	// Planned is the plan's own deadline, where Due has been moved since.
	Planned Date `json:"planned,omitzero"`
}

// Work says what the checkpoint wants done, in one phrase: its label, or its text where
// there is more to say.
func (p Point) Work() string {
	switch {
	case p.Text == "":
		return p.Label
	case p.Label == "" || p.Label == p.Due.Chinese() || strings.HasPrefix(p.Text, p.Label):
		return p.Text
	}
	return p.Label + "：" + p.Text
}

// inForce returns the task with the deadlines that the progress has moved, or the
// task itself when none was.
func (t *Task) inForce(p *Progress) *Task {
	moved := false
	if p != nil {
		for _, s := range p.Points {
			moved = moved || !s.Due.IsZero()
		}
	}
	if !moved {
		return t
	}
	c := *t
	c.Points = slices.Clone(t.Points)
	for i, pt := range c.Points {
		if due := p.Points[pt.ID].Due; !due.IsZero() {
			c.Points[i].Due, c.Points[i].Planned = due, pt.Due
		}
	}
	return &c
}

// Standing reports whether the task has no dated obligation. It can still be
// reported on, but it is never closed.
func (t *Task) Standing() bool { return len(t.Points) == 0 }

// Recurring reports whether the task's checkpoints are periods.
func (t *Task) Recurring() bool { return t.Deadline.Kind == DeadlineEvery && len(t.Points) > 0 }

// Point returns the checkpoint with the ID.
func (t *Task) Point(id string) (Point, bool) {
	for _, p := range t.Points {
		if p.ID == id {
			return p, true
		}
	}
	return Point{}, false
}

// Named returns the single units (not collective names, not persons) of the task
// in the order of the text, leads first as printed; after them the units that the office
// has said its collective names stand for.
func (t *Task) Named() []string {
	var out []string
	for _, o := range t.Owners {
		if !o.Group && o.Role != RolePerson {
			out = append(out, o.Name)
		}
	}
	return append(out, t.members()...)
}

// Lead returns the unit that answers for the task: the first L, else the first R.
// It is empty when only collective names are responsible.
func (t *Task) Lead() string {
	for _, want := range []Role{RoleLead, RoleResponsible} {
		for _, o := range t.Owners {
			if o.Role == want && !o.Group {
				return o.Name
			}
		}
	}
	return ""
}

// OwnedBy reports whether the unit is named in the task with a duty of its own
// (lead, responsible or support).
func (t *Task) OwnedBy(unit string) bool { return t.RoleOf(unit) != "" }

// RoleOf returns the unit's role in the task, or "" when it has none. A member of a
// collective name supports.
func (t *Task) RoleOf(unit string) Role {
	for _, o := range t.Owners {
		if o.Name == unit && !o.Group && o.Role != RolePerson {
			return o.Role
		}
	}
	if slices.Contains(t.members(), unit) {
		return RoleSupport
	}
	return ""
}

// LessNo orders task numbers as people count: 2 before 10, other words after.
func LessNo(a, b string) bool {
	x, errA := strconv.Atoi(a)
	y, errB := strconv.Atoi(b)
	switch {
	case errA == nil && errB == nil:
		return x < y
	case errA == nil || errB == nil:
		return errA == nil
	}
	return a < b
}
