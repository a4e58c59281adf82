package ledger

import (
	"encoding/json"
	"time"
)

// RecordKind names a sort of record. Records are the small state of a tenant (plan,
// tasks, progress, members, rooms, settings): every replica keeps them all in
// memory and catches up by revision.
type RecordKind string

// The kinds of record and the type of their body.
const (
	RecordPlan     RecordKind = "plan"     // Plan without clauses and tasks; ID "plan"
	RecordClause   RecordKind = "clause"   // Clause, by Clause.ID
	RecordTask     RecordKind = "task"     // Task, by Task.No
	RecordProgress RecordKind = "progress" // Progress, by Task.ID
	RecordMember   RecordKind = "member"   // Member, by staff id
	RecordRoom     RecordKind = "room"     // Room, by conversation id
	RecordAlias    RecordKind = "alias"    // unit alias: []string of names, by alias
	RecordMark     RecordKind = "mark"     // planner mark: time of the last planned slot, by rule
	RecordSetting  RecordKind = "setting"  // free JSON by name
)

// Record is one piece of a tenant's state. A nil Body means that it is removed.
// Rev is the tenant revision at which it was last written (0 = never).
type Record struct {
	Kind RecordKind
	ID   string
	Rev  int64
	Body json.RawMessage
}

// Name is the record's key within the tenant: kind:id.
func (r Record) Name() string { return string(r.Kind) + ":" + r.ID }

// Delta is what changed after a revision. Full means that Records is the whole
// state, not a change to it.
type Delta struct {
	Rev     int64
	Full    bool
	Records []Record
}

// Expect is a precondition: the record's revision must still be Rev (0: it must
// not exist).
type Expect struct {
	Kind RecordKind
	ID   string
	Rev  int64
}

// Commit is one decided change. It is applied whole or not at all.
//
// Message, when set, makes it happen once: if that id was committed (or claimed by
// a final Arrival) before, nothing is written and the first Answer is returned.
type Commit struct {
	Message string          // platform message id, or another name of a duty done once
	Answer  json.RawMessage // kept under Message, for a repeat
	Expects []Expect
	Puts    []Record // Rev ignored; a nil Body removes
	Events  []Event  // appended to their task's history
	Notices []Notice // written unless their key was ever written before
	Hold    Hold     // for notices: whether the caller sends them itself at once
	Talk    *Talk    // replaces what is pending in a conversation
	Since   int64    // revision that the caller knows; the outcome brings it up to date
	Now     time.Time
}

// Hold lets the committer send its own notices at once: they are born claimed, under
// Fence until Until, and anybody may claim them afterwards. The zero Hold leaves them free.
type Hold struct {
	Fence int64
	Until time.Time
}

// Committed is the outcome of a commit.
type Committed struct {
	Repeat bool            // Message was known; nothing was written
	Answer json.RawMessage // the first answer when Repeat, else the commit's own
	Delta  Delta           // changes after Commit.Since, this commit's own included
}

// Talk is what is pending between the bot and one person in one conversation: a
// question that waits for an answer. A zero Until clears it.
type Talk struct {
	Key   string          `json:"key"` // conversation and staff id
	Until time.Time       `json:"until,omitzero"`
	Body  json.RawMessage `json:"body,omitempty"`
}

// Arrival asks, in one round trip, all that a message needs before it is decided.
type Arrival struct {
	Message string    // message id to look up
	Final   bool      // claim it at once: a pure query, whose answer is not kept
	Since   int64     // revision known
	Talk    string    // Talk.Key to read; a final arrival clears it
	Quote   string    // platform handle of the quoted message, when known
	History string    // Task.ID whose events are wanted
	From    time.Time // with To: all events of the period are wanted
	To      time.Time
	Now     time.Time
}

// Arrived is the answer to an Arrival.
type Arrived struct {
	Repeat bool            // the message was committed or claimed before
	Answer json.RawMessage // its first answer, where one was kept
	Delta  Delta
	Talk   *Talk   // nil when nothing is pending (or its time is over)
	Quoted *Body   // the bot's own message that was quoted, when still known
	Events []Event // oldest first
}
