package handlers

import (
	"slices"

	"duban/store/ledger"
)

// tell owes each of the people one message, at the next working hour. The person who
// caused it is left out: the receipt tells them.
func (t *turn) tell(a *act, key string, ids []string, b ledger.Body) {
	for _, id := range ids {
		if id == t.m.Sender.ID {
			continue
		}
		a.notices = append(a.notices, ledger.Notice{
			Key: key + "/" + id, Kind: ledger.NoticeReply, To: ledger.Target{Member: id}, Body: b,
			By: t.m.Sender.ID, Made: t.now, Due: t.desk.o.Hours.Next(t.now),
		})
	}
}

// supervisors lists the staff ids of the supervision office, in a fixed order.
func supervisors(b *ledger.Book) []string {
	var out []string
	for id, m := range b.Members {
		if m.Has(ledger.DutySupervisor) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}
