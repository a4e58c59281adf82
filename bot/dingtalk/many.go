package dingtalk

import (
	"context"
	"fmt"
	"slices"

	"duban/bot"
	"duban/bot/wire"
)

// batchSize is how many people one call may name.
const batchSize = 20

// Many is what became of one message to many people. Every member asked for stands
// in Sent or in Failed.
type Many struct {
	Sent   map[string]string // member → processQueryKey of the batch
	Failed map[string]error  // member → *bot.Refusal, or an error of unknown outcome
}

// SendMany sends one message to each member's own chat, twenty to a call. out's
// addressee and webhook are not looked at. The error is for messages that cannot be
// sent to anyone; what goes wrong for some stands in Many.Failed.
func (c *Client) SendMany(ctx context.Context, members []string, out bot.Outgoing) (Many, error) {
	res := Many{Sent: map[string]string{}, Failed: map[string]error{}}
	members = distinct(members)
	if len(members) == 0 {
		return res, nil
	}
	if c.opt.ClientID == "" {
		return res, &bot.Refusal{Op: opDirect, Code: codeRoute, Msg: "no app configured"}
	}
	out.Room, out.Member = "", members[0] // composed as for one person
	files, err := c.attach(ctx, out.Attachments)
	if err != nil {
		return res, err
	}
	var list []apiMessage
	if out.Markdown != "" || out.Title != "" || len(files) == 0 {
		if list, err = apiMessages(opDirect, compose(out, false)); err != nil {
			return res, err
		}
	}
	list = append(list, files...)
	for batch := range slices.Chunk(members, batchSize) {
		c.sendPages(ctx, list, batch, &res)
	}
	return res, nil
}

// sendPages sends each page to those whom all pages before have reached.
func (c *Client) sendPages(ctx context.Context, list []apiMessage, batch []string, res *Many) {
	left := slices.Clone(batch)
	ref := ""
	for i, m := range list {
		if len(left) == 0 {
			return
		}
		r, err := c.sendBatch(ctx, m, left)
		left = slices.DeleteFunc(left, func(member string) bool {
			why := err
			if why == nil {
				why = r.failure(member)
			}
			if why != nil && i > 0 {
				// As in pages: part was delivered, so it is no refusal any more.
				why = fmt.Errorf("%w: %d of %d pages delivered: %v", wire.ErrUnknown, i, len(list), why)
			}
			if why != nil {
				res.Failed[member] = why
			}
			return why != nil
		})
		ref = string(r.QueryKey)
	}
	for _, member := range left {
		res.Sent[member] = ref
	}
}

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
