package dingtalk

import (
	"slices"

	"duban/bot"
)

// batchSize is how many people one call may name.
const batchSize = 20

// failure is why one member got nothing although the call went well.
func (r sendReply) failure(member string) error {
	switch {
	case slices.Contains(r.Invalid, member):
		return &bot.Refusal{Op: opDirect, Code: "invalidStaffId", Msg: "not a member, or out of the app's range"}
	case slices.Contains(r.FlowControlled, member):
		return &bot.Refusal{Op: opDirect, Code: "flowControlled", Msg: "the person got too much at once", Retry: true, After: afterQPM}
	}
	return nil
}

func distinct(ids []string) []string {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	slices.Sort(ids)
	return slices.Compact(ids)
}
