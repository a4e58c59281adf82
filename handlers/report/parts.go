package report

import "duban/store/ledger"

// ShareRow is one unit's part of a checkpoint that several units work on.
type ShareRow struct {
	ledger.Share
	Point PointRow // the zero PointRow for a standing task
	Unit  string
	Role  ledger.Role
	State ledger.ShareState
}

// Shares lists the units' parts, checkpoint by checkpoint, of the one that the task is
// working on and of those that a unit has reported on. A task of one unit has none.
func (r Row) Shares() []ShareRow {
	units := r.Task.Sharers()
	if len(units) < 2 {
		return nil
	}
	points := r.Points
	if r.Task.Standing() {
		points = []PointRow{{State: r.Progress.Point("")}}
	}
	var out []ShareRow
	for i, p := range points {
		if i != r.now && len(p.State.Shares) == 0 && !r.Task.Standing() {
			continue
		}
		for _, u := range units {
			out = append(out, ShareRow{
				Share: r.Progress.Share(p.ID, u), Point: p, Unit: u, Role: r.Task.RoleOf(u), State: r.Progress.ShareState(p.ID, u),
			})
		}
	}
	return out
}
