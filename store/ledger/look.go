package ledger

import (
	"encoding/json"
	"time"
)

// LookID is the ID of the setting that holds when the person last looked at what is new.
func LookID(staff string) string { return "look/" + staff }

// Look is when a person last looked at what is new, so that the next look begins there.
// It serves that person's question and nothing else.
type Look struct {
	At     time.Time `json:"at"`
	Seen   time.Time `json:"seen"`            // the newest event that was there
	Before time.Time `json:"before,omitzero"` // Seen of the look before, after which the pages of the last one begin
}

// Look returns when the person last looked. The zero Look is that of somebody who has not
// looked yet, and of a setting that cannot be read.
func (b *Book) Look(staff string) Look {
	var l Look
	if raw := b.Settings[LookID(staff)]; raw == nil || json.Unmarshal(raw, &l) != nil {
		return Look{}
	}
	return l
}
