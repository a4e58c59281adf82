package ledger

import (
	"encoding/json"
	"strings"
)

// Quiet is a wish to hear nothing of a task before its deadline for a while (稍后,
// 静音). It never moves a deadline, and it silences neither what is overdue nor what a
// person presses for.
type Quiet struct {
	Until Date   `json:"until"` // the last silent day
	By    string `json:"by"`    // staff id

	// Again is a promise to remind when the silence is over (稍后).
	Again bool `json:"again,omitempty"`
}

// Snoozed is a silence at whose end the receiver was promised a reminder.
type Snoozed struct {
	Receiver string // room or staff id
	Task     string // its ID
	Until    Date   // the last silent day
}

// Snoozes lists them, in no order.
func (b *Book) Snoozes() []Snoozed {
	var out []Snoozed
	for id, raw := range b.Settings {
		rest, ours := strings.CutPrefix(id, quietPrefix)
		i := strings.LastIndexByte(rest, '/')
		var q Quiet
		if ours && i > 0 && json.Unmarshal(raw, &q) == nil && q.Again {
			out = append(out, Snoozed{Receiver: rest[:i], Task: rest[i+1:], Until: q.Until})
		}
	}
	return out
}

const quietPrefix = "quiet/"

// QuietID is the setting's ID for a receiver (room or staff id) and a task's ID; task "*"
// stands for all.
func QuietID(receiver, task string) string { return quietPrefix + receiver + "/" + task }

// Hushed reports whether the receiver has asked for silence about the task, by its ID, on
// the day.
// A setting that cannot be read silences nothing.
func (b *Book) Hushed(receiver, task string, day Date) bool {
	for _, no := range []string{task, "*"} {
		var q Quiet
		if raw := b.Settings[QuietID(receiver, no)]; raw != nil && json.Unmarshal(raw, &q) == nil && !day.After(q.Until) {
			return true
		}
	}
	return false
}
