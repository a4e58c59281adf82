package ledger

import (
	"encoding/json"
	"fmt"
)

// Load is what the bot itself burdened one room or person with in a month. It counts the
// bot's own messages and nothing that people do.
type Load struct {
	Messages int `json:"messages"` // owed by the clock
	Items    int `json:"items"`    // lines in them
	Requests int `json:"requests"` // lines that ask for a report or a signature
	Mentions int `json:"mentions"` // people called by name, by the clock or by hand
	Pressed  int `json:"pressed"`  // sent because a person pressed
}

// Plus adds up.
func (l Load) Plus(m Load) Load {
	return Load{l.Messages + m.Messages, l.Items + m.Items, l.Requests + m.Requests, l.Mentions + m.Mentions, l.Pressed + m.Pressed}
}

// LoadID is the ID of the setting that holds the load of the day's month.
func LoadID(day Date, to Target) string {
	return fmt.Sprintf("load/%04d-%02d/%s", day.Year, int(day.Month), to.Key())
}

// Load returns the load of the receiver in the day's month. A setting that cannot be
// read counts as none.
func (b *Book) Load(day Date, to Target) Load {
	var l Load
	if raw := b.Settings[LoadID(day, to)]; raw == nil || json.Unmarshal(raw, &l) != nil {
		return Load{}
	}
	return l
}

// AddLoad is the record that adds to the receiver's load, with the precondition that
// nobody else has counted in between.
func (b *Book) AddLoad(day Date, to Target, more Load) (Record, Expect, error) {
	id := LoadID(day, to)
	rec, err := Put(RecordSetting, id, b.Load(day, to).Plus(more))
	return rec, b.Expect(RecordSetting, id), err
}
