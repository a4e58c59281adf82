package ledger

import "fmt"

// moves is the state table of a checkpoint: in which phases an event is lawful and
// what phase it leaves. A report never moves a checkpoint; a unit's "已完成" is an
// application (申请办结), and only a second person's yes closes.
var moves = map[EventKind]map[Phase]Phase{
	EventReport:   {PhaseOpen: PhaseOpen, PhasePending: PhasePending},
	EventCorrect:  {PhaseOpen: PhaseOpen, PhasePending: PhasePending},
	EventWithdraw: {PhaseOpen: PhaseOpen, PhasePending: PhaseOpen},
	EventApply:    {PhaseOpen: PhasePending},
	EventAccept:   {PhasePending: PhaseClosed},
	EventReturn:   {PhasePending: PhaseOpen},
	EventReopen:   {PhaseClosed: PhaseOpen},
}

// IllegalMove is the refusal of an event that the phase does not allow.
type IllegalMove struct {
	Kind  EventKind
	Phase Phase
}

// Error names the event and the phase.
func (e *IllegalMove) Error() string {
	phase := e.Phase
	if phase == PhaseOpen {
		phase = "open"
	}
	return fmt.Sprintf("ledger: %s is not lawful while %s", e.Kind, phase)
}

// Move returns the phase after the event, or an *IllegalMove.
func Move(phase Phase, kind EventKind) (Phase, error) {
	next, ok := moves[kind][phase]
	if !ok {
		return phase, &IllegalMove{Kind: kind, Phase: phase}
	}
	return next, nil
}

// Begun returns the checkpoints whose time has come: all milestones, and the periods
// of a recurring task that have begun by today.
func (t *Task) Begun(today Date) []Point {
	if !t.Recurring() {
		return t.Points
	}
	var out []Point
	for _, p := range t.Points {
		if !p.Start.After(today) {
			out = append(out, p)
		}
	}
	return out
}

// OpenPoints returns the begun checkpoints that are not closed, earliest due first
// as the plan lists them.
func OpenPoints(t *Task, p *Progress, today Date) []Point {
	var out []Point
	for _, pt := range t.Begun(today) {
		if p.Point(pt.ID).Phase != PhaseClosed {
			out = append(out, pt)
		}
	}
	return out
}
