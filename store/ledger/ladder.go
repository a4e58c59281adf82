package ledger

import (
	"encoding/json"
	"time"
)

// LadderID is the ID of the setting that holds the office's Ladder.
const LadderID = "ladder"

// Ladder is what the office has changed in chat of the stages at which checkpoints are
// spoken of; a nil field is as configured.
type Ladder struct {
	Before []int     `json:"before,omitempty"` // days before the deadline
	After  []int     `json:"after,omitempty"`  // working days after it
	Weekly *bool     `json:"weekly,omitempty"` // go on once a week after the last stage
	By     string    `json:"by,omitzero"`      // staff id of who changed it last
	At     time.Time `json:"at,omitzero"`      // when
}

// Ladder returns the stages that the office has set. A setting that cannot be read sets
// none.
func (b *Book) Ladder() Ladder {
	var l Ladder
	if raw := b.Settings[LadderID]; raw == nil || json.Unmarshal(raw, &l) != nil {
		return Ladder{}
	}
	return l
}

// Set reports whether anything is not as configured.
func (l Ladder) Set() bool { return l.Before != nil || l.After != nil || l.Weekly != nil }
