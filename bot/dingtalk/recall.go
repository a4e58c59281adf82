package dingtalk

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"duban/bot"
)

const (
	opRecall = "recall"
	opRead   = "read"
)

// Paths of what happens to a message afterwards. The lower-case "oto" is DingTalk's.
const (
	pathRecallDirect = "/v1.0/robot/otoMessages/batchRecall"
	pathRecallGroup  = "/v1.0/robot/groupMessages/recall"
	pathReadDirect   = "/v1.0/robot/oToMessages/readStatus"
	pathReadGroup    = "/v1.0/robot/groupMessages/query"
)

// Recall takes back messages by their refs, within 24 hours of their sending. room is
// the group they were sent to, "" for one-to-one chats. A ref stands in done, or in
// failed with DingTalk's reason. With an error, refs in neither were not asked about
// or their fate is unknown; recalling twice does no harm.
func (c *Client) Recall(ctx context.Context, room string, refs []string) (done []string, failed map[string]string, err error) {
	failed = map[string]string{}
	path := pathRecallDirect
	if room != "" {
		path = pathRecallGroup
	}
	for batch := range slices.Chunk(distinct(refs), batchSize) {
		ask := struct {
			Robot string   `json:"robotCode"`
			Room  string   `json:"openConversationId,omitempty"`
			Keys  []string `json:"processQueryKeys"`
		}{c.opt.RobotCode, room, batch}
		var got struct {
			Done   []string         `json:"successResult"`
			Failed map[string]loose `json:"failedResult"`
		}
		if err := c.invoke(ctx, opRecall, path, ask, &got); err != nil {
			return done, failed, err
		}
		done = append(done, got.Done...)
		for ref, why := range got.Failed {
			failed[ref] = cut(string(why), maxName)
		}
	}
	return done, failed, nil
}

// ReadState is what became of a sending.
type ReadState string

// The states that DingTalk tells.
const (
	ReadSent     ReadState = "sent"
	ReadRecalled ReadState = "recalled"
	ReadPending  ReadState = "pending"
)

// ReadStatus is who has read a message. Groups name readers only.
type ReadStatus struct {
	State  ReadState
	Read   []string // staff ids
	Unread []string // staff ids; one-to-one only
	More   bool     // there are more readers than the pages that were asked for
}

// Bounds on asking who of a group has read.
const (
	readPage     = 200
	maxReadPages = 25
)

// ReadBy asks who has read the message with that ref, within 24 hours of its sending.
// room is the group it was sent to, "" for one-to-one chats.
func (c *Client) ReadBy(ctx context.Context, room, ref string) (ReadStatus, error) {
	if ref == "" {
		return ReadStatus{}, &bot.Refusal{Op: opRead, Code: codeBad, Msg: "a message sent by webhook has no read status"}
	}
	if room == "" {
		return c.readDirect(ctx, ref)
	}
	var all ReadStatus
	next := ""
	for range maxReadPages {
		ask := struct {
			Room  string `json:"openConversationId"`
			Robot string `json:"robotCode"`
			Key   string `json:"processQueryKey"`
			Max   int    `json:"maxResults"`
			Next  string `json:"nextToken,omitempty"`
		}{room, c.opt.RobotCode, ref, readPage, next}
		var got struct {
			State loose    `json:"sendStatus"`
			Read  []string `json:"readUserIds"`
			Next  loose    `json:"nextToken"`
			More  flag     `json:"hasMore"`
		}
		if err := c.invoke(ctx, opRead, pathReadGroup, ask, &got); err != nil {
			return all, notDelivered(opRead, err)
		}
		all.State, all.Read = readState(got.State), append(all.Read, got.Read...)
		if all.More = got.More == yes && got.Next != "" && string(got.Next) != next; !all.More {
			break
		}
		next = string(got.Next)
	}
	return all, nil
}

func (c *Client) readDirect(ctx context.Context, ref string) (ReadStatus, error) {
	var got struct {
		State loose `json:"sendStatus"`
		List  []struct {
			User loose `json:"userId"`
			Read loose `json:"readStatus"`
		} `json:"messageReadInfoList"`
	}
	query := url.Values{"robotCode": {c.opt.RobotCode}, "processQueryKey": {ref}}
	a := apiCall{op: opRead, method: http.MethodGet, path: pathReadDirect, query: query.Encode()}
	if err := c.request(ctx, a, &got); err != nil {
		return ReadStatus{}, notDelivered(opRead, err)
	}
	s := ReadStatus{State: readState(got.State)}
	for _, x := range got.List {
		if x.Read == "READ" {
			s.Read = append(s.Read, string(x.User))
		} else {
			s.Unread = append(s.Unread, string(x.User))
		}
	}
	return s, nil
}

// readState reads DingTalk's word, also as its own document misspells it.
func readState(word loose) ReadState {
	switch word {
	case "SUCCESS", "SUCESS":
		return ReadSent
	case "RECALLED":
		return ReadRecalled
	case "PROCESSING":
		return ReadPending
	}
	return ReadState(fmt.Sprintf("%.32s", string(word)))
}
