package report

import (
	"fmt"

	"duban/store/ledger"
)

// Missed is a checkpoint that fell due and was not closed in time: closed late, or not yet.
type Missed struct {
	Row   Row
	Point PointRow
}

// MissedOf lists, in plan order, exactly the checkpoints that 按期办结率 divides by and
// does not count as closed in time.
func MissedOf(f Facts) []Missed {
	var out []Missed
	for _, r := range f.Rows {
		for _, p := range r.Points {
			if fellDue(r, p, f.Today) && !p.OnTime() {
				out = append(out, Missed{r, p})
			}
		}
	}
	return out
}

// fellDue reports whether the checkpoint's last day is over and it counts in the rate of
// those closed in time.
func fellDue(r Row, p PointRow, today ledger.Date) bool {
	return !uncounted(r.Level) && p.Due.Before(today) && p.Level != ledger.LevelPending
}

// Ref names the checkpoint as the rates do.
func (m Missed) Ref() string { return m.Row.ref(m.Point) }

// State says by how many days it was missed, and whether it is closed since.
func (m Missed) State() string {
	if m.Point.State.Phase == ledger.PhaseClosed {
		return fmt.Sprintf("逾期%d天办结", Day(m.Point.done()).Sub(m.Point.Due))
	}
	return fmt.Sprintf("逾期%d天，未办结", m.Row.today.Sub(m.Point.Due))
}

// ClosedLate says of a task which of its checkpoints were closed late, and by how many
// days; empty when none was.
func (r Row) ClosedLate() string {
	out := ""
	for _, p := range r.Points {
		if p.State.Phase != ledger.PhaseClosed || p.OnTime() || uncounted(r.Level) {
			continue
		}
		if l := r.Label(p); l != "" {
			out += "，“" + l + "”节点"
		} else {
			out += "，"
		}
		out += Missed{r, p}.State()
	}
	return out
}
