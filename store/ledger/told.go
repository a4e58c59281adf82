package ledger

import (
	"encoding/json"
	"slices"
	"strings"
)

// Told is what the clock owes one receiver and has told it: a nudge that a platform could
// not take stands here until a newer one has carried what it spoke of.
type Told struct {
	Day  Date      `json:"day,omitzero"`   // the newest day on which something was sent
	Sent int       `json:"sent,omitempty"` // messages of that day
	Last string    `json:"last,omitempty"` // key of the newest nudge that was sent
	Owed []Pending `json:"owed,omitempty"` // planned and not sent, oldest first
}

// Pending is one nudge that was planned and not sent yet.
type Pending struct {
	Key   string `json:"key"` // of its notice
	Items []Item `json:"items,omitempty"`
}

// maxOwed bounds what is kept for a receiver whom nothing reaches: the ladder speaks of
// every open checkpoint again within a week.
const maxOwed = 20

// tellID is the ID of the setting that holds what the receiver was told.
func tellID(to Target) string { return "told/" + to.Key() }

// Told returns what the receiver is owed and was told by the clock. A setting that cannot
// be read counts as nothing.
func (b *Book) Told(to Target) Told {
	var t Told
	if raw := b.Settings[tellID(to)]; raw == nil || json.Unmarshal(raw, &t) != nil {
		return Told{}
	}
	return t
}

// SetTold is the record of what the receiver was told, with the precondition that nobody
// else has written it in between.
func (b *Book) SetTold(to Target, t Told) (Record, Expect, error) {
	id := tellID(to)
	rec, err := Put(RecordSetting, id, t)
	return rec, b.Expect(RecordSetting, id), err
}

// Owing adds a nudge that was planned.
func (t Told) Owing(key string, items []Item) Told {
	t.Owed = append(slices.DeleteFunc(slices.Clone(t.Owed), func(p Pending) bool { return p.Key == key }), Pending{Key: key, Items: items})
	t.Owed = t.Owed[max(0, len(t.Owed)-maxOwed):]
	return t
}

// Newer reports whether a nudge was sent or planned after the one with the key: then that
// one carries what this one speaks of. Keys of one receiver are in the order of their days.
func (t Told) Newer(key string) bool {
	return key < t.Last || slices.ContainsFunc(t.Owed, func(p Pending) bool { return key < p.Key })
}

// Merged is what the newest nudge speaks of: its own items and those of the nudges that
// were never sent, of each duty the newest.
func (t Told) Merged(own []Item) []Item {
	out := slices.Clone(own)
	for _, p := range slices.Backward(t.Owed) {
		for _, i := range p.Items {
			if !slices.ContainsFunc(out, func(o Item) bool { return o.duty() == i.duty() }) {
				out = append(out, i)
			}
		}
	}
	return out
}

// duty names what an item is about, whatever its stage: the rungs of a deadline are one.
func (i Item) duty() string {
	rule := i.Rule
	if rule == "overdue" || rule == "head" {
		rule = "ladder"
	}
	return strings.Join([]string{rule, i.Task, i.Point, i.Due.String()}, "/")
}

// After is the record once the nudge was sent on the day, or had nothing left to say. A
// nudge that is sent a second time, since its end was not known, counts once.
func (t Told) After(key string, day Date, sent bool) Told {
	t.Owed = slices.DeleteFunc(slices.Clone(t.Owed), func(p Pending) bool { return p.Key <= key })
	if !sent || key <= t.Last && t.Day == day {
		return t
	}
	t.Sent = t.On(day) + 1
	t.Day, t.Last = day, max(t.Last, key)
	return t
}

// On is how many messages were sent on the day.
func (t Told) On(day Date) int {
	if t.Day != day {
		return 0
	}
	return t.Sent
}
