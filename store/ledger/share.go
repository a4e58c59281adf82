package ledger

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Share is one unit's part (件) of a checkpoint that several units work on. Like the
// checkpoint it is the fold of the events; Event.By.Unit says whose it is. A share never
// closes a task: that takes the lead's application, which speaks for all.
type Share struct {
	DoneAt  time.Time `json:"done_at,omitzero"`  // since when the unit says that its part is done; zero: it is not
	Percent *float64  `json:"percent,omitempty"` // as the unit last reported
	Last    *Entry    `json:"last,omitempty"`    // the unit's newest report in force
}

// ShareState is where a unit's share stands.
type ShareState string

// The states of a share, named by their Chinese terms.
const (
	ShareUnsigned ShareState = "待签收"
	ShareWorking  ShareState = "办理中"
	ShareDone     ShareState = "本单位已完成"
	ShareClosed   ShareState = "已办结" // with the whole checkpoint
)

// ShareStates lists all states of a share in the order of the work.
func ShareStates() []ShareState {
	return []ShareState{ShareUnsigned, ShareWorking, ShareDone, ShareClosed}
}

// Word is what a report says of the reporting unit's own part.
type Word string

// The words of a report on its unit's part. A report without one speaks of the task.
const (
	WordNone Word = ""
	WordDone Word = "done" // 本单位部分已完成
	WordOpen Word = "open" // the part is being worked on
)

// ShareMove is something that can happen to a share, in the trade's words.
type ShareMove string

// The moves. What nobody of the unit does itself happens to the task as a whole.
const (
	MovePress  ShareMove = "催办、批示"
	MoveSign   ShareMove = "签收"
	MoveReport ShareMove = "反馈"
	MoveFinish ShareMove = "反馈本单位部分已完成"
	MoveResume ShareMove = "反馈本单位部分未完成"
	MoveApply  ShareMove = "申请办结"
	MoveReturn ShareMove = "退回（提出申请的单位）"
	MoveAccept ShareMove = "审核通过"
	MoveReopen ShareMove = "恢复办理"
)

// ShareMoves lists all moves in the order of the work.
func ShareMoves() []ShareMove {
	return []ShareMove{MovePress, MoveSign, MoveReport, MoveFinish, MoveResume, MoveApply, MoveReturn, MoveAccept, MoveReopen}
}

// shareTable says for each state which moves it takes and where they lead. ShareWorking
// reads as ShareUnsigned while the unit has not signed for what was pressed. A report that
// is withdrawn no longer counts, so that its share goes back to where it was.
var shareTable = map[ShareState]map[ShareMove]ShareState{
	ShareUnsigned: {
		MovePress: ShareUnsigned, MoveSign: ShareWorking, MoveReport: ShareUnsigned, MoveFinish: ShareDone, MoveResume: ShareUnsigned,
		MoveApply: ShareDone, MoveReturn: ShareUnsigned, MoveAccept: ShareClosed,
	},
	ShareWorking: {
		MovePress: ShareUnsigned, MoveReport: ShareWorking, MoveFinish: ShareDone, MoveResume: ShareWorking,
		MoveApply: ShareDone, MoveReturn: ShareWorking, MoveAccept: ShareClosed,
	},
	ShareDone: {
		MovePress: ShareDone, MoveSign: ShareDone, MoveReport: ShareDone, MoveResume: ShareWorking,
		MoveApply: ShareDone, MoveReturn: ShareWorking, MoveAccept: ShareClosed,
	},
	ShareClosed: {MovePress: ShareClosed, MoveSign: ShareClosed, MoveReopen: ShareWorking},
}

// IllegalShare is the refusal of a move that the share's state does not take; nothing
// may be written for it.
type IllegalShare struct {
	Move  ShareMove
	State ShareState
}

// Error names the move and the state.
func (e *IllegalShare) Error() string {
	return fmt.Sprintf("ledger: share: %s is not lawful in state %s", e.Move, e.State)
}

// MoveShare returns the state that the move leads to, or an *IllegalShare.
func MoveShare(s ShareState, m ShareMove) (ShareState, error) {
	if to, ok := shareTable[s][m]; ok {
		return to, nil
	}
	return s, &IllegalShare{Move: m, State: s}
}

// Share returns the unit's share of the checkpoint; an untouched one is the zero Share.
func (p *Progress) Share(point, unit string) Share { return p.Point(point).Shares[unit] }

// LastOf returns the newest report in force that one of the unit has given, on whatever
// checkpoint; nil when there is none.
func (p *Progress) LastOf(unit string) *Entry {
	if p == nil {
		return nil
	}
	if p.Last != nil && p.Last.By.Unit == unit {
		return p.Last
	}
	var last *Entry
	for _, s := range p.Points {
		if e := s.Shares[unit].Last; e != nil && (last == nil || e.At.After(last.At)) {
			last = e
		}
	}
	return last
}

// LastBy is LastOf for one person, whatever unit was spoken for.
func (p *Progress) LastBy(staff string) *Entry {
	if p == nil {
		return nil
	}
	last := p.Last
	if last != nil && last.By.ID == staff {
		return last
	}
	last = nil
	for _, s := range p.Points {
		for _, h := range s.Shares {
			if e := h.Last; e != nil && e.By.ID == staff && (last == nil || e.At.After(last.At)) {
				last = e
			}
		}
	}
	return last
}

// ShareState returns where the unit's share of the checkpoint stands. A share that is done
// stays so however often it is pressed; that the unit has to sign is said of the task.
func (p *Progress) ShareState(point, unit string) ShareState {
	switch {
	case p.Point(point).Phase == PhaseClosed:
		return ShareClosed
	case !p.Share(point, unit).DoneAt.IsZero():
		return ShareDone
	case p != nil && slices.Contains(p.Unsigned, unit):
		return ShareUnsigned
	}
	return ShareWorking
}

// share is what an event does to the units' shares of its checkpoint, which is still as
// it was before the event.
func (s *PointState) share(e Event, entry *Entry) {
	shares := maps.Clone(s.Shares) // the progress before may still be read
	if shares == nil {
		shares = map[string]Share{}
	}
	switch {
	case e.Kind == EventReturn:
		reopen(shares, s.AppliedUnit)
	case e.Kind == EventReopen:
		for unit := range shares {
			reopen(shares, unit)
		}
	case e.By.Unit != "" && (entry != nil || e.Kind == EventApply):
		h := shares[e.By.Unit]
		h.take(e, entry)
		shares[e.By.Unit] = h
	}
	if len(shares) > 0 {
		s.Shares = shares
	}
}

// take is what the unit's own report or application does to its share.
func (h *Share) take(e Event, entry *Entry) {
	part := WordDone
	if entry != nil {
		h.Last = entry
		if e.Kind != EventApply {
			part = e.Report.Part
		}
		if e.Report.Percent != nil || part == WordDone {
			h.Percent = e.Report.Percent // an earlier figure says nothing of a share that is done
		}
	}
	switch part {
	case WordDone:
		h.DoneAt = e.At
	case WordOpen:
		h.DoneAt = time.Time{}
	case WordNone:
	}
}

func reopen(shares map[string]Share, unit string) {
	if h, ok := shares[unit]; ok {
		h.DoneAt = time.Time{}
		shares[unit] = h
	}
}

// Sharers lists the single units that have a share of the task: those that lead it, are
// responsible for it or support it, each once, as printed.
func (t *Task) Sharers() []string {
	var out []string
	for _, o := range t.Owners {
		if !o.Group && (o.Role == RoleLead || o.Role == RoleResponsible || o.Role == RoleSupport) && !slices.Contains(out, o.Name) {
			out = append(out, o.Name)
		}
	}
	return append(out, t.members()...)
}

// Assists reports whether the unit works on the task beside others that speak for it:
// it supports, or it is responsible beside a lead, or only collective names are written.
// Its "已完成" is about its own share.
func (t *Task) Assists(unit string) bool {
	role := t.RoleOf(unit)
	switch {
	case len(t.Named()) == 0, slices.Contains(t.members(), unit):
		return true
	case role == RoleSupport:
		return t.Lead() != ""
	case role == RoleResponsible:
		return slices.ContainsFunc(t.Owners, func(o Owner) bool { return o.Role == RoleLead && !o.Group })
	}
	return false
}

// Owing lists the units named in the task that still have to act for the checkpoint.
func (t *Task) Owing(p *Progress, point string) []string {
	return slices.DeleteFunc(t.Named(), func(u string) bool { return !t.Owes(p, point, u) })
}

// Owes reports whether the unit still has to act for the checkpoint: its share is not
// done, or it is for the unit to apply for closing. Where everybody says that the own
// part is done and no lead is marked, all of them owe the application.
func (t *Task) Owes(p *Progress, point, unit string) bool {
	switch {
	case p.Point(point).Phase != PhaseOpen:
		return false
	case p.Share(point, unit).DoneAt.IsZero() || t.RoleOf(unit) == RoleLead:
		return true
	case t.Assists(unit):
		return false
	}
	return !slices.ContainsFunc(t.Sharers(), func(u string) bool {
		return !t.Assists(u) && p.Share(point, u).DoneAt.IsZero()
	})
}

// Finished reports whether the unit has done its share of what the open task is working
// on that day, so that it is for others to finish it.
func (t *Task) Finished(p *Progress, day Date, unit string) bool {
	pt, ok := CurrentPoint(t, p, day)
	return ok && p.Point(pt.ID).Phase == PhaseOpen && !t.Owes(p, pt.ID, unit)
}

// ReportersOn are the Reporters without those that have finished on the day.
func (t *Task) ReportersOn(p *Progress, day Date) []string {
	return slices.DeleteFunc(t.Reporters(), func(u string) bool { return t.Finished(p, day, u) })
}
