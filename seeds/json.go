package seeds

import (
	"encoding/json"
	"fmt"

	"duban/store/ledger"
)

// The shapes of import --json. Owners and deadlines stand in the small languages of
// the explain command.
type planJSON struct {
	Plan struct {
		Title  string      `json:"title"`
		Number string      `json:"number"`
		Issued ledger.Date `json:"issued"`
	} `json:"plan"`
	Clauses  []clauseJSON     `json:"clauses"`
	Tasks    []taskJSON       `json:"tasks"`
	Problems []ledger.Problem `json:"problems"`
}

type clauseJSON struct {
	ID      string `json:"id"`
	Project string `json:"project"`
	Heading string `json:"heading"`
	Text    string `json:"text"`
	Owners  string `json:"owners"`
}

type taskJSON struct {
	No       string           `json:"no"`            // as printed
	Key      string           `json:"key,omitempty"` // unique in the plan, where the printed number is not
	Title    string           `json:"title"`
	Owners   string           `json:"owners"`
	TimeText string           `json:"time_text"`
	Deadline string           `json:"deadline"`
	Clause   string           `json:"clause"`
	Points   []pointJSON      `json:"points"`
	Problems []ledger.Problem `json:"problems"`
}

type pointJSON struct {
	ID    string      `json:"id"`
	Label string      `json:"label,omitempty"`
	Text  string      `json:"text,omitempty"`
	Due   ledger.Date `json:"due"`
}

// JSON writes the plan as import --json prints it. Lists are never null.
func JSON(p *ledger.Plan) ([]byte, error) {
	out := planJSON{Clauses: []clauseJSON{}, Tasks: []taskJSON{}, Problems: []ledger.Problem{}}
	out.Plan.Title, out.Plan.Number, out.Plan.Issued = p.Title, p.Number, p.Issued
	out.Problems = append(out.Problems, p.Problems...)
	for _, c := range p.Clauses {
		out.Clauses = append(out.Clauses, clauseJSON{c.ID, c.Project, c.Heading, c.Text, ledger.Owners(c.Owners)})
	}
	for i := range p.Tasks {
		t := &p.Tasks[i]
		j := taskJSON{No: printedNo(t.No), Title: t.Title, Owners: ledger.Owners(t.Owners), TimeText: t.TimeText, Deadline: t.Deadline.Expected(),
			Clause: t.Clause, Points: []pointJSON{}, Problems: []ledger.Problem{}}
		if j.No != t.No {
			j.Key = t.No
		}
		for _, pt := range t.Points {
			j.Points = append(j.Points, pointJSON{pt.ID, pt.Label, pt.Text, pt.Due})
		}
		j.Problems = append(j.Problems, t.Problems...)
		out.Tasks = append(out.Tasks, j)
	}
	b, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("seeds: plan as JSON: %w", err)
	}
	return b, nil
}
