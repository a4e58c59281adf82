package ledger

import "time"

// Phase is where a checkpoint stands in the work-flow. Overdue is not a phase: it
// is computed from the deadline, never stored.
type Phase string

// The phases of a checkpoint.
const (
	PhaseOpen    Phase = ""        // 办理中
	PhasePending Phase = "pending" // 待审核: the unit has applied for closing
	PhaseClosed  Phase = "closed"  // 已办结
)

// Progress is what the events of one task add up to. It is always the fold of the
// task's events and is stored beside them only to make reading one step.
type Progress struct {
	Task   string                `json:"task"`
	Points map[string]PointState `json:"points,omitempty"` // by checkpoint ID; "" for a standing task
	Last   *Entry                `json:"last,omitempty"`   // the newest report in force
	Events int                   `json:"events"`
}

// PointState is the state of one checkpoint.
type PointState struct {
	Phase     Phase     `json:"phase,omitempty"`
	Percent   *float64  `json:"percent,omitempty"` // as last reported; nil when never reported
	Last      *Entry    `json:"last,omitempty"`
	AppliedAt time.Time `json:"applied_at,omitzero"`
	AppliedBy string    `json:"applied_by,omitempty"` // staff id; who reports never accepts
	ClosedAt  time.Time `json:"closed_at,omitzero"`
	Returned  int       `json:"returned,omitempty"` // how often it was returned
	Reason    string    `json:"reason,omitempty"`   // of the last return
}

// Entry is a report in force, with who gave it and when.
type Entry struct {
	Event  string    `json:"event"`
	At     time.Time `json:"at"`
	By     Actor     `json:"by"`
	Point  string    `json:"point,omitempty"`
	Report Report    `json:"report"`
}

// Point returns the state of the checkpoint; an untouched one is open.
func (p *Progress) Point(id string) PointState {
	if p == nil {
		return PointState{}
	}
	return p.Points[id]
}

// Fold adds up the events of one task, oldest first. Withdrawn and corrected
// reports stay in the events but no longer count.
func Fold(task string, events []Event) *Progress {
	gone := map[string]bool{}
	for _, e := range events {
		if e.Kind == EventWithdraw || e.Kind == EventCorrect {
			gone[e.Ref] = true
		}
	}
	p := &Progress{Task: task, Points: map[string]PointState{}, Events: len(events)}
	for _, e := range events {
		if !gone[e.ID] {
			p.apply(e)
		}
	}
	return p
}

// With returns the progress after one more event that withdraws and corrects
// nothing; such events need Fold over the whole history.
func (p *Progress) With(task string, e Event) *Progress {
	next := &Progress{Task: task, Points: map[string]PointState{}}
	if p != nil {
		next.Last, next.Events = p.Last, p.Events
		for id, s := range p.Points {
			next.Points[id] = s
		}
	}
	next.Events++
	next.apply(e)
	return next
}

func (p *Progress) apply(e Event) {
	s := p.Points[e.Point]
	if e.Report != nil {
		entry := &Entry{Event: e.ID, At: e.At, By: e.By, Point: e.Point, Report: *e.Report}
		s.Last, p.Last = entry, entry
		if e.Report.Percent != nil {
			s.Percent = e.Report.Percent
		}
	}
	switch e.Kind {
	case EventApply:
		s.Phase, s.AppliedAt, s.AppliedBy = PhasePending, e.At, e.By.ID
	case EventAccept:
		s.Phase, s.ClosedAt = PhaseClosed, e.At
	case EventReturn:
		s.Phase, s.Returned, s.Reason = PhaseOpen, s.Returned+1, e.Reason
	case EventReopen:
		s.Phase, s.ClosedAt, s.AppliedAt, s.Reason = PhaseOpen, time.Time{}, time.Time{}, e.Reason
	case EventReport, EventCorrect, EventWithdraw:
	}
	p.Points[e.Point] = s
}
