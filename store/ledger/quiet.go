package ledger

import "encoding/json"

// Quiet is a wish to hear nothing of a task before its deadline for a while (稍后,
// 静音). It never moves a deadline, and it silences neither what is overdue nor what a
// person presses for.
type Quiet struct {
	Until Date   `json:"until"` // the last silent day
	By    string `json:"by"`    // staff id
}

// QuietID is the setting's ID for a receiver (room or staff id) and a task's ID; task "*"
// stands for all.
func QuietID(receiver, task string) string { return "quiet/" + receiver + "/" + task }

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
