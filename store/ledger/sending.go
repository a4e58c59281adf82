package ledger

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Sending is a nudge, a press or a DING as the platform took it: by it a person asks who
// has read it, or takes it back.
type Sending struct {
	Ref    string    `json:"ref,omitempty"` // the platform's handle; empty where it gave none
	At     time.Time `json:"at"`
	Title  string    `json:"title"`
	Tasks  []string  `json:"tasks"`            // IDs of the tasks it speaks of
	Dinged []string  `json:"dinged,omitempty"` // of a DING: the staff ids it went to
	Key    string    `json:"key,omitempty"`    // of the notice, of a press with buttons: they go when it is settled
	To     Target    `json:"-"`                // where it stands in the book
}

const (
	// KeepSendings is how long DingTalk tells who has read a message, and takes it back.
	KeepSendings = 24 * time.Hour
	maxSendings  = 20 // kept of one receiver

	sendingPrefix = "sent/"
	dingTarget    = "ding"
)

// sendingID is the ID of the setting that holds what the receiver was sent of late; those
// of all DINGs stand in one, which has no receiver.
func sendingID(to Target) string {
	if to == (Target{}) {
		return sendingPrefix + dingTarget
	}
	return sendingPrefix + to.Key()
}

// Sendings lists what is still kept at the moment about the task with the ID, or about all
// for "", newest first.
func (b *Book) Sendings(task string, now time.Time) []Sending {
	var out []Sending
	for id := range b.Settings {
		key, ours := strings.CutPrefix(id, sendingPrefix)
		if !ours {
			continue
		}
		for _, s := range b.sendings(targetOf(key)) {
			if now.Sub(s.At) <= KeepSendings && (task == "" || slices.Contains(s.Tasks, task)) {
				out = append(out, s)
			}
		}
	}
	slices.SortFunc(out, func(x, y Sending) int {
		return cmp.Or(y.At.Compare(x.At), cmp.Compare(sendingID(x.To), sendingID(y.To)), cmp.Compare(x.Ref, y.Ref))
	})
	return out
}

// sendings is what the setting of the receiver holds. One that cannot be read counts as
// nothing.
func (b *Book) sendings(to Target) []Sending {
	var list []Sending
	if raw := b.Settings[sendingID(to)]; raw == nil || json.Unmarshal(raw, &list) != nil {
		return nil
	}
	for i := range list {
		list[i].To = to
	}
	return list
}

// targetOf reads Target.Key back.
func targetOf(key string) Target {
	switch kind, id, _ := strings.Cut(key, ":"); kind {
	case "room":
		return Target{Room: id}
	case "member":
		return Target{Member: id}
	}
	return Target{}
}

// AddSending is the record with one sending more and without those that are over, with
// the precondition that nobody else has written it in between. The same Ref stands once.
func (b *Book) AddSending(s Sending) (Record, Expect, error) {
	to := Target{Room: s.To.Room, Member: s.To.Member}
	list := slices.DeleteFunc(b.sendings(to), func(o Sending) bool {
		return s.At.Sub(o.At) > KeepSendings || s.Ref != "" && o.Ref == s.Ref
	})
	list = append(list, s)
	return b.setSendings(to, list[max(0, len(list)-maxSendings):])
}

// DropSending is the record without the sending that was taken back.
func (b *Book) DropSending(s Sending) (Record, Expect, error) {
	return b.setSendings(s.To, slices.DeleteFunc(b.sendings(s.To), func(o Sending) bool { return o.Ref == s.Ref }))
}

func (b *Book) setSendings(to Target, list []Sending) (Record, Expect, error) {
	id := sendingID(to)
	if len(list) == 0 {
		return Record{Kind: RecordSetting, ID: id}, b.Expect(RecordSetting, id), nil
	}
	rec, err := Put(RecordSetting, id, list)
	return rec, b.Expect(RecordSetting, id), err
}
