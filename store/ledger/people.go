package ledger

import (
	"slices"
	"time"
)

// Duty is what a member may do in the office's own order (roles × scope stand in
// handlers' permission table).
type Duty string

// The duties of members, as configuration writes them.
const (
	DutyStaff      Duty = "staff"      // 单位成员
	DutyContact    Duty = "contact"    // 联络员: reports for the unit
	DutyHead       Duty = "head"       // 负责人: answers for the unit; hears of what stays overdue
	DutySupervisor Duty = "supervisor" // 督查员: accepts, returns, imports, binds
	DutyLeader     Duty = "leader"     // 领导
	DutyAdmin      Duty = "admin"      // 管理员
)

// Member is a person known by the platform's own staff id. Pending units are
// claimed by the person and wait for a supervisor's yes; they grant nothing.
type Member struct {
	ID      string    `json:"id"` // staff id; the only identity
	Name    string    `json:"name"`
	Units   []string  `json:"units,omitempty"`
	Pending []string  `json:"pending,omitempty"`
	Duties  []Duty    `json:"duties,omitempty"`
	Since   time.Time `json:"since,omitzero"`

	// Configured marks a member whom the configuration lists; when it no longer does,
	// the member is removed at the next start.
	Configured bool `json:"configured,omitempty"`

	Deputy *Deputy `json:"deputy,omitempty"` // 代管

	// Leaving are units that the member leaves when the pending claim is granted.
	Leaving []string `json:"leaving,omitempty"`

	// Found is what the organisation's directory says, where it has bound or proposed the
	// member; nil when a person or the configuration has.
	Found *Found `json:"found,omitempty"`
}

// Found is where the directory has a person.
type Found struct {
	Department string    `json:"department"` // paths, joined by 、
	At         time.Time `json:"at"`         // when it was read
}

// Automatic reports whether the directory alone has bound the member, so that it may
// also move and end the binding.
func (m *Member) Automatic() bool {
	return m != nil && m.Found != nil && !m.Configured && len(m.Units) == 1 && len(m.Duties) == 1 && m.Duties[0] == DutyStaff
}

// Proposed reports whether the directory has proposed the member's units and nobody has
// said yes or no.
func (m *Member) Proposed() bool {
	return m != nil && m.Found != nil && !m.Configured && len(m.Units)+len(m.Duties) == 0 && len(m.Pending) > 0
}

// Deputy stands in for a member who is away: what would be sent to the member, or call
// the member by name, goes to the deputy. Duties, units and rights stay where they are.
type Deputy struct {
	ID    string `json:"id"`
	Until Date   `json:"until"` // the last day
}

// StandIn returns who is to be told in the member's place on the day: the deputy while
// there is one whom the bot knows, else the member. Deputies have no deputies.
func (b *Book) StandIn(id string, day Date) string {
	m := b.Members[id]
	if m == nil || m.Deputy == nil || day.After(m.Deputy.Until) {
		return id
	}
	if d := b.Members[m.Deputy.ID]; d == nil || len(d.Duties) == 0 {
		return id
	}
	return m.Deputy.ID
}

// Has reports whether the member holds the duty.
func (m *Member) Has(d Duty) bool { return m != nil && slices.Contains(m.Duties, d) }

// In reports whether the member belongs to the unit (a pending claim does not count).
func (m *Member) In(unit string) bool { return m != nil && slices.Contains(m.Units, unit) }

// Room is a group chat bound to units.
type Room struct {
	ID      string   `json:"id"` // the platform's conversation id
	Title   string   `json:"title"`
	Units   []string `json:"units,omitempty"`
	Webhook string   `json:"webhook,omitempty"` // group robot address, where the room has one
	Secret  string   `json:"secret,omitempty"`
}

// ForAny reports whether one of the units is bound to the room.
func (r *Room) ForAny(units []string) bool {
	return slices.ContainsFunc(units, func(u string) bool { return slices.Contains(r.Units, u) })
}
