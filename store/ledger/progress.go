package ledger

import (
	"slices"
	"time"
)

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
	Task   string                `json:"task"`             // its ID
	Points map[string]PointState `json:"points,omitempty"` // by checkpoint ID; "" for a standing task
	Last   *Entry                `json:"last,omitempty"`   // the newest report in force
	Events int                   `json:"events"`
	Form   int                   `json:"form,omitempty"` // how it was folded: see Old

	Status   TaskStatus `json:"status,omitempty"`
	Why      string     `json:"why,omitempty"`      // of the status
	Unsigned []string   `json:"unsigned,omitempty"` // units that have not signed for what was pressed
	Pressed  *Remark    `json:"issued,omitempty"`   // the newest 催办 or 批示
	Declined *Remark    `json:"declined,omitempty"` // 退办 that waits for the office
	Need     *Remark    `json:"need,omitempty"`     // 需协调 that waits for a leader

	Follow    *Follow    `json:"follow,omitempty"`    // 批示 that is followed up
	Reporting *Reporting `json:"reporting,omitempty"` // the task's own rhythm; nil: the plan's
}

// TaskStatus is what the office has decided about a task as a whole.
type TaskStatus string

// The statuses. Paused and cancelled tasks are not counted in rates.
const (
	StatusActive    TaskStatus = ""
	StatusPaused    TaskStatus = "paused"    // 已暂缓
	StatusCancelled TaskStatus = "cancelled" // 已撤销
	StatusStruck    TaskStatus = "struck"    // 已销号
)

// Remark is a word on a task: who said it, when and what.
type Remark struct {
	Event string    `json:"event"`
	At    time.Time `json:"at"`
	By    Actor     `json:"by"`
	Text  string    `json:"text"`
}

// PointState is the state of one checkpoint.
type PointState struct {
	Phase     Phase     `json:"phase,omitempty"`
	Percent   *float64  `json:"percent,omitempty"` // as last reported; nil when never reported
	Last      *Entry    `json:"last,omitempty"`
	AppliedAt time.Time `json:"applied_at,omitzero"`
	AppliedBy string    `json:"applied_by,omitempty"` // staff id; who reports never accepts

	// AppliedUnit is the unit that the application was made for.
	AppliedUnit string `json:"applied_unit,omitempty"`
	// Shares are the units' parts of the checkpoint, by unit.
	Shares map[string]Share `json:"shares,omitempty"`

	ClosedAt time.Time  `json:"closed_at,omitzero"`
	Returned int        `json:"returned,omitempty"` // how often it was returned
	Reason   string     `json:"reason,omitempty"`   // of the last return
	Due      Date       `json:"due,omitzero"`       // current deadline, once it was moved; the plan's own stays in the task
	Extended int        `json:"extended,omitempty"` // how often it was moved
	Ask      *Extension `json:"ask,omitempty"`      // a request that waits for a decision
}

// Extension is a request for a later deadline.
type Extension struct {
	Event  string    `json:"event"`
	To     Date      `json:"to"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
	By     Actor     `json:"by"`
	Late   bool      `json:"late,omitempty"` // asked for after the deadline had passed
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

// form is the present way of folding. One that counts more of the events than those
// before it gets the next number.
const form = 1

// Old reports whether the progress was folded by an earlier version, which left out what
// this one keeps (the units' shares); Fold over the task's events makes it new.
func (p *Progress) Old() bool { return p != nil && p.Form < form }

// Fold adds up the events of one task, oldest first. Withdrawn and corrected
// reports stay in the events but no longer count.
func Fold(task string, events []Event) *Progress {
	gone := map[string]bool{}
	for _, e := range events {
		if e.Kind == EventWithdraw || e.Kind == EventCorrect {
			gone[e.Ref] = true
		}
	}
	p := &Progress{Task: task, Points: map[string]PointState{}, Events: len(events), Form: form}
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
	next := &Progress{Task: task, Points: map[string]PointState{}, Form: form}
	if p != nil {
		*next = *p
		next.Points = map[string]PointState{}
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
	var entry *Entry
	if e.Report != nil {
		entry = &Entry{Event: e.ID, At: e.At, By: e.By, Point: e.Point, Report: *e.Report}
		s.Last, p.Last = entry, entry
		if e.Report.Percent != nil && e.Report.Part == WordNone {
			s.Percent = e.Report.Percent
		}
	}
	s.share(e, entry)
	s.apply(e)
	p.Points[e.Point] = s
	p.decide(e)
}

// apply is what an event does to its checkpoint.
func (s *PointState) apply(e Event) {
	switch e.Kind {
	case EventApply:
		s.Phase, s.AppliedAt, s.AppliedBy, s.AppliedUnit = PhasePending, e.At, e.By.ID, e.By.Unit
	case EventAccept:
		s.Phase, s.ClosedAt = PhaseClosed, e.At
	case EventReturn:
		s.Phase, s.Returned, s.Reason = PhaseOpen, s.Returned+1, e.Reason
	case EventReopen:
		s.Phase, s.ClosedAt, s.AppliedAt, s.Reason = PhaseOpen, time.Time{}, time.Time{}, e.Reason
	case EventExtend:
		s.Ask = &Extension{Event: e.ID, To: e.Date, Reason: e.Reason, At: e.At, By: e.By, Late: e.Ref == Late}
	case EventExtendYes:
		s.Due, s.Extended, s.Ask = e.Date, s.Extended+1, nil
	case EventExtendNo:
		s.Ask = nil
	}
}

// Late marks, in Event.Ref, a request for extension made after the deadline.
const Late = "late"

// ByDing marks, in Event.Ref, a pressing that went out as a DING.
const ByDing = "DING"

// follow begins to follow an instruction that names a preset; a newer one takes the place
// of an older.
func (p *Progress) follow(e Event) {
	if e.Kind == EventInstruct && e.Ref == Preset13710 {
		p.Follow = &Follow{Event: e.ID, Preset: e.Ref, At: e.At, Units: slices.Clone(e.Units)}
	}
}

// decide is what an event does to the task as a whole.
func (p *Progress) decide(e Event) {
	remark := &Remark{Event: e.ID, At: e.At, By: e.By, Text: e.Reason}
	switch e.Kind {
	case EventPress, EventInstruct:
		p.follow(e)
		p.Pressed, p.Unsigned = remark, union(p.Unsigned, e.Units)
	case EventSign:
		p.Unsigned = slices.DeleteFunc(slices.Clone(p.Unsigned), func(u string) bool { return u == e.By.Unit })
	case EventDecline:
		p.Declined = remark
	case EventKeep, EventAssign:
		p.Declined = nil
	case EventNeed:
		p.Need = remark
	case EventMet:
		p.Need = nil
	case EventFollowed:
		p.Follow = nil
	case EventRhythm:
		p.Reporting = e.Reporting
	case EventPause:
		p.Status, p.Why = StatusPaused, e.Reason
	case EventCancel:
		p.Status, p.Why = StatusCancelled, e.Reason
	case EventResume, EventReopen:
		p.Status, p.Why = StatusActive, ""
	case EventStrike:
		p.Follow = nil
		p.Status, p.Why = StatusStruck, e.Reason
	}
}

// union returns what is in either, in a new slice: a unit that still owes a signature goes
// on owing it when another unit is pressed.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
