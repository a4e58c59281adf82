package wording

import "duban/store/ledger"

// duties are the duties of members in words, the lesser first.
var duties = []struct {
	duty ledger.Duty
	word string
}{
	{ledger.DutyStaff, "单位成员"}, {ledger.DutyContact, "联络员"}, {ledger.DutyHead, "负责人"}, {ledger.DutySupervisor, "督查员"}, {ledger.DutyLeader, "领导"}, {ledger.DutyAdmin, "管理员"},
}

// Duty is the duty in words; an unknown one is its own name.
func Duty(d ledger.Duty) string {
	for _, x := range duties {
		if x.duty == d {
			return x.word
		}
	}
	return string(d)
}

// DutyOf is the duty that the word names; false when it names none.
func DutyOf(word string) (ledger.Duty, bool) {
	for _, x := range duties {
		if x.word == word {
			return x.duty, true
		}
	}
	return "", false
}
