package dingtalk

import (
	"context"
	"fmt"

	"duban/bot"
)

const (
	opDing         = "ding"
	pathDing       = "/v1.0/robot/ding/send"
	pathDingRecall = "/v1.0/robot/ding/recall"
)

// DingKind is by what a DING reaches people. SMS and phone cost the organisation
// money, so a DING may be sent at a person's command only.
type DingKind int

// The kinds of DING, with DingTalk's numbers.
const (
	DingApp   DingKind = 1
	DingSMS   DingKind = 2
	DingPhone DingKind = 3
)

// receivers is how many people one DING of the kind may name; 0 is no kind.
func (k DingKind) receivers() int {
	switch k {
	case DingApp:
		return 200
	case DingSMS, DingPhone:
		return 20
	}
	return 0
}

// maxDing bounds the text of a DING in bytes; a phone call reads it out.
const maxDing = 1500

// Dinged is what became of a DING.
type Dinged struct {
	ID     string            // for RecallDing
	Failed map[string]string // member → DingTalk's reason
}

// Ding sends an urgent message. A *bot.Refusal means that it reached nobody; a member
// whom it alone did not reach stands in Dinged.Failed. With any other error it may
// have been sent, and it must not be tried again without asking.
func (c *Client) Ding(ctx context.Context, members []string, text string, kind DingKind) (Dinged, error) {
	members = distinct(members)
	switch max := kind.receivers(); {
	case max == 0 || len(members) == 0 || trim(text) == "":
		return Dinged{}, &bot.Refusal{Op: opDing, Code: codeBad, Msg: "a DING needs a kind, people and words"}
	case len(members) > max:
		return Dinged{}, &bot.Refusal{Op: opDing, Code: "ding.receivercount.limit", Msg: fmt.Sprintf("%d people, the limit is %d", len(members), max)}
	case len(text) > maxDing:
		return Dinged{}, &bot.Refusal{Op: opDing, Code: codeLong, Msg: fmt.Sprintf("%d bytes, the limit is %d", len(text), maxDing)}
	}
	ask := struct {
		Robot   string   `json:"robotCode"`
		Kind    DingKind `json:"remindType"`
		Members []string `json:"receiverUserIdList"`
		Text    string   `json:"content"`
	}{c.opt.RobotCode, kind, members, text}
	var got struct {
		ID     loose               `json:"openDingId"`
		Failed map[string][]string `json:"failedList"`
	}
	if err := c.invoke(ctx, opDing, pathDing, ask, &got); err != nil {
		return Dinged{}, err
	}
	d := Dinged{ID: string(got.ID), Failed: map[string]string{}}
	for why, ids := range got.Failed {
		for _, id := range ids {
			d.Failed[id] = cut(why, maxName)
		}
	}
	return d, nil
}

// RecallDing takes a DING back.
func (c *Client) RecallDing(ctx context.Context, id string) error {
	ask := map[string]string{"robotCode": c.opt.RobotCode, "openDingId": id}
	var got struct{}
	return c.invoke(ctx, opDing, pathDingRecall, ask, &got)
}
