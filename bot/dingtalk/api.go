package dingtalk

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"duban/bot"
	"duban/bot/wire"
)

const (
	pathGroup  = "/v1.0/robot/groupMessages/send"
	pathDirect = "/v1.0/robot/oToMessages/batchSend"
)

// apiMessage is a message in the form of the server API: msgParam is JSON in a string.
type apiMessage struct {
	key, param string
	media      string // id of what it shows, for files and pictures
	known      bool   // the id is of an earlier upload
}

// apiMessages makes the messages of a letter's pages, each within the limit.
func apiMessages(op string, l letter) ([]apiMessage, error) {
	whole, err := l.api("", true)
	if err != nil {
		return nil, fmt.Errorf("dingtalk: %s: %w", op, err)
	}
	texts, ok := paginate(l.text, maxMsgParam-len(whole.param))
	if !ok {
		return nil, tooLong(op, len(l.text))
	}
	list := make([]apiMessage, len(texts))
	for i, text := range texts {
		if list[i], err = l.api(text, i == len(texts)-1); err != nil {
			return nil, fmt.Errorf("dingtalk: %s: %w", op, err)
		}
	}
	return list, nil
}

// api chooses the template: one button has its own field names, two to five are
// numbered.
func (l letter) api(text string, last bool) (apiMessage, error) {
	key, param := "sampleMarkdown", map[string]string{"title": l.title, "text": text}
	if n := len(l.buttons); n > 0 && last {
		key = "sampleActionCard"
		if n == 1 {
			param["singleTitle"], param["singleURL"] = l.buttons[0].Label, sayLink(l.buttons[0].Say)
		} else {
			key += strconv.Itoa(n)
			for i, b := range l.buttons {
				no := strconv.Itoa(i + 1)
				param["actionTitle"+no], param["actionURL"+no] = b.Label, sayLink(b.Say)
			}
		}
	}
	b, err := encode(param)
	return apiMessage{key: key, param: string(b)}, err
}

// sendRequest is the body of both send calls.
type sendRequest struct {
	RobotCode    string   `json:"robotCode"`
	Conversation string   `json:"openConversationId,omitempty"`
	UserIDs      []string `json:"userIds,omitempty"`
	MsgKey       string   `json:"msgKey"`
	MsgParam     string   `json:"msgParam"`
}

// sendReply is the answer to both; the lists are of batchSend, whose 200 does not
// mean delivered.
type sendReply struct {
	QueryKey       loose    `json:"processQueryKey"`
	Invalid        []string `json:"invalidStaffIdList"`
	FlowControlled []string `json:"flowControlledStaffIdList"`
}

// byGroup sends into a group. This call supports no mentions.
func (c *Client) byGroup(ctx context.Context, out bot.Outgoing) (string, error) {
	list, err := apiMessages(opGroup, compose(out, false))
	if err != nil {
		return "", err
	}
	return c.pages(out.ID, messageSum(out.ID, opGroup, list), len(list), func(i int) (string, error) {
		r, err := c.sendAPI(ctx, opGroup, pathGroup, sendRequest{
			RobotCode: c.opt.RobotCode, Conversation: out.Room, MsgKey: list[i].key, MsgParam: list[i].param,
		})
		return string(r.QueryKey), err
	})
}

// byDirect sends to one person.
func (c *Client) byDirect(ctx context.Context, out bot.Outgoing) (string, error) {
	list, err := apiMessages(opDirect, compose(out, false))
	if err != nil {
		return "", err
	}
	return c.pages(out.ID, messageSum(out.ID, opDirect, list), len(list), func(i int) (string, error) {
		r, err := c.sendBatch(ctx, list[i], []string{out.Member})
		if err == nil {
			err = r.failure(out.Member)
		}
		return string(r.QueryKey), err
	})
}

// messageSum is the partSum of messages of the server API.
func messageSum(id, op string, list []apiMessage) [sha256.Size]byte {
	parts := make([]string, len(list))
	for i, m := range list {
		parts[i] = m.param
	}
	return partSum(id, op, parts...)
}

func (c *Client) sendBatch(ctx context.Context, m apiMessage, members []string) (sendReply, error) {
	return c.sendAPI(ctx, opDirect, pathDirect, sendRequest{
		RobotCode: c.opt.RobotCode, UserIDs: members, MsgKey: m.key, MsgParam: m.param,
	})
}

func (c *Client) sendAPI(ctx context.Context, op, path string, body sendRequest) (got sendReply, err error) {
	err = c.invoke(ctx, op, path, body, &got)
	return got, err
}

// apiCall is one call of the server API.
type apiCall struct {
	op     string
	method string // empty means POST
	path   string
	query  string // encoded
	rate   string // the path as DingTalk counts it, where ids stand in it; empty means path
	body   any    // nil sends none
}

// invoke makes one POST, within our own rate.
func (c *Client) invoke(ctx context.Context, op, path string, body, into any) error {
	return c.request(ctx, apiCall{op: op, path: path, body: body}, into)
}

// request makes one call, within our own rate. A token that is refused is replaced
// once: DingTalk may end one early.
func (c *Client) request(ctx context.Context, a apiCall, into any) error {
	var data []byte
	if a.body != nil {
		var err error
		if data, err = encode(a.body); err != nil {
			return fmt.Errorf("dingtalk: %s: %w", a.op, err)
		}
	}
	rate := cmp.Or(a.rate, a.path)
	if err := c.blocks.admit(a.op, rate, false, c.opt.Now()); err != nil {
		return err
	}
	r, token, err := c.callAPI(ctx, a, data)
	if staleToken(err) && token != "" {
		c.tokens.drop(token)
		r, _, err = c.callAPI(ctx, a, data)
	}
	c.blocks.heard(rate, false, err, c.opt.Now())
	if err != nil {
		return refusedAnew(err)
	}
	if err := json.Unmarshal(r.Body, into); err != nil {
		return fmt.Errorf("%w: %s: reply: %w", wire.ErrUnknown, a.op, err)
	}
	return nil
}

// callAPI returns the token it used, "" when it came to none.
func (c *Client) callAPI(ctx context.Context, a apiCall, body []byte) (wire.Reply, string, error) {
	token, err := c.tokens.get(ctx)
	if err != nil {
		return wire.Reply{}, "", err
	}
	if err := c.admit(a.op, cmp.Or(a.rate, a.path), false); err != nil {
		return wire.Reply{}, token, err
	}
	to := c.opt.APIBase + a.path
	if a.query != "" {
		to += "?" + a.query
	}
	req, err := http.NewRequest(cmp.Or(a.method, http.MethodPost), to, bytes.NewReader(body))
	if err != nil {
		return wire.Reply{}, token, &bot.Refusal{Op: a.op, Code: codeBad, Msg: "address cannot be used"}
	}
	req.Header["X-Acs-Dingtalk-Access-Token"] = []string{token}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	r, err := wire.Do(ctx, c.http, a.op, req, maxReply, callTimeout)
	if err == nil {
		err = apiRefusal(a.op, r)
	}
	c.budget.heard(err, c.opt.Now())
	return r, token, err
}

// admit lets a call pass within our own rate and counts it, unless DingTalk makes it
// for free.
func (c *Client) admit(op, rate string, free bool) error {
	now := c.opt.Now()
	if wait := c.apis.Of(rate).Take(now, 1); wait > 0 {
		return &bot.Refusal{Op: op, Code: codeRate, Msg: "our own rate", Retry: true, After: wait}
	}
	if !free {
		c.budget.count(rate, now)
	}
	return nil
}

// notDelivered turns an unknown outcome of a step before the sending into a refusal:
// whatever became of that step, no message went out.
func notDelivered(op string, err error) error {
	var no *bot.Refusal
	if errors.As(err, &no) {
		return err
	}
	return wire.Unsent(op, err)
}
