package ledger

import (
	"fmt"
	"slices"
)

// State is where a checkpoint stands in the work-flow of supervision (督查督办).
// Overdue is not a state: it is computed from the deadline, never stored.
type State string

// The states, named by their Chinese terms.
const (
	StateUnsigned  State = "待签收"
	StateWorking   State = "办理中"
	StateExtending State = "延期审批中"
	StatePending   State = "待审核"
	StateClosed    State = "已办结"
	StateStruck    State = "已销号"
	StateDeclined  State = "退办待定"
	StatePaused    State = "已暂缓"
	StateCancelled State = "已撤销"
)

// States lists all states in the order of the work.
func States() []State {
	return []State{StateUnsigned, StateWorking, StateExtending, StatePending, StateClosed, StateStruck, StateDeclined, StatePaused, StateCancelled}
}

// StateOf returns the state of one checkpoint ("" for a standing task).
func StateOf(p *Progress, point string) State {
	if p == nil {
		return StateWorking
	}
	s := p.Points[point]
	switch {
	case p.Status == StatusCancelled:
		return StateCancelled
	case p.Status == StatusPaused:
		return StatePaused
	case p.Status == StatusStruck:
		return StateStruck
	case s.Phase == PhaseClosed:
		return StateClosed
	case s.Phase == PhasePending:
		return StatePending
	case p.Declined != nil:
		return StateDeclined
	case s.Ask != nil:
		return StateExtending
	case len(p.Unsigned) > 0:
		return StateUnsigned
	}
	return StateWorking
}

// work is what may happen to a checkpoint that is being worked on.
var work = []EventKind{
	EventReport, EventCorrect, EventWithdraw, EventApply, EventNeed, EventMet, EventPress, EventInstruct, EventSign, EventAssign, EventPause, EventCancel,
	EventFollowed, EventRhythm,
}

// lawful is the state table: which events each state allows. A report moves nothing; a
// unit's "已完成" is an application (申请办结), and only a second person's yes closes.
var lawful = map[State][]EventKind{
	StateUnsigned:  append(slices.Clone(work), EventDecline, EventExtend),
	StateWorking:   append(slices.Clone(work), EventDecline, EventExtend),
	StateExtending: append(slices.Clone(work), EventExtendYes, EventExtendNo),
	StatePending:   {EventReport, EventCorrect, EventWithdraw, EventAccept, EventReturn, EventNeed, EventMet, EventPress, EventInstruct, EventSign, EventPause, EventCancel, EventFollowed, EventRhythm},
	StateClosed:    {EventReopen, EventStrike, EventInstruct, EventFollowed},
	StateStruck:    {EventReopen},
	StateDeclined:  {EventReport, EventWithdraw, EventKeep, EventAssign, EventPause, EventCancel},
	StatePaused:    {EventResume, EventCancel},
	StateCancelled: {EventResume},
}

// IllegalMove is the refusal of an event that the state does not allow; nothing may be
// written for it.
type IllegalMove struct {
	Kind  EventKind
	State State
}

// Error names the event and the state.
func (e *IllegalMove) Error() string {
	return fmt.Sprintf("ledger: %s is not lawful in state %s", e.Kind, e.State)
}

// Lawful returns nil when the state allows the event, else an *IllegalMove.
func Lawful(s State, kind EventKind) error {
	if !slices.Contains(lawful[s], kind) {
		return &IllegalMove{Kind: kind, State: s}
	}
	return nil
}

// Begun returns the checkpoints whose time has come: all milestones, and the periods
// of a recurring task that have begun by today.
func (t *Task) Begun(today Date) []Point {
	if !t.Recurring() {
		return t.Points
	}
	var out []Point
	for _, p := range t.Points {
		if p.Begun(today) {
			out = append(out, p)
		}
	}
	return out
}

// OpenPoints returns the begun checkpoints that are not closed, as the plan lists them.
func OpenPoints(t *Task, p *Progress, today Date) []Point {
	var out []Point
	for _, pt := range t.Begun(today) {
		if p.Point(pt.ID).Phase != PhaseClosed {
			out = append(out, pt)
		}
	}
	return out
}

// Whole returns the status that the office has given the task as a whole.
func (p *Progress) Whole() TaskStatus {
	if p == nil {
		return StatusActive
	}
	return p.Status
}
