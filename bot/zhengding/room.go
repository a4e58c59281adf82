package zhengding

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"duban/bot"
)

const (
	maxRobotBody = 20000 // bytes of a group robot's body
	maxPages     = 5
)

// robotBody is what a group robot takes.
type robotBody struct {
	MsgType  string    `json:"msgtype"`
	Markdown markdown  `json:"markdown"`
	At       *mentions `json:"at,omitempty"`
	UUID     string    `json:"msgUuid,omitempty"` // the same try is not posted twice
}

type mentions struct {
	UserIDs []string `json:"atUserIds"`
}

// byRobot posts through the group's robot, within its minute's allowance.
func (c *Client) byRobot(ctx context.Context, out bot.Outgoing) (string, error) {
	address, secret, ok := c.opt.RoomWebhook(out.Room)
	if !ok || address == "" {
		return "", &bot.Refusal{Op: opRobot, Code: codeRoute, Msg: "no robot is configured for this room"}
	}
	to, err := onHost(address, c.opt.RobotBase)
	if err != nil {
		return "", &bot.Refusal{Op: opRobot, Code: codeHost, Msg: err.Error()}
	}
	bodies, err := robotBodies(c.compose(out), out.ID)
	if err != nil {
		return "", err
	}
	allowance := c.robots.Of(address)
	if wait := allowance.Take(c.opt.Now(), len(bodies)); wait > 0 {
		return "", &bot.Refusal{Op: opRobot, Code: codeRate, Msg: "the robot's minute is used up", Retry: true, After: wait}
	}
	for i, body := range bodies {
		err := c.postRobot(ctx, c.signed(*to, secret), body)
		var no *bot.Refusal
		if errors.As(err, &no) && muted(no) {
			allowance.Close(c.opt.Now().Add(afterMuted))
		}
		if err != nil {
			return "", partly(err, i, len(bodies))
		}
	}
	return "", nil
}

// robotBodies makes the bodies of a letter's pages, each within the limit.
func robotBodies(l letter, id string) ([][]byte, error) {
	frame, err := encode(l.page(pageMark(maxPages-1, maxPages), id, maxPages))
	if err != nil {
		return nil, fmt.Errorf("zhengding: %s: %w", opRobot, err)
	}
	texts := l.pages(maxRobotBody-len(frame), maxPages)
	bodies := make([][]byte, len(texts))
	for i, text := range texts {
		page := l.page(text+pageMark(i, len(texts)), id, i)
		if i < len(texts)-1 {
			page.At = nil // those mentioned stand on the last page
		}
		if bodies[i], err = encode(page); err != nil {
			return nil, fmt.Errorf("zhengding: %s: %w", opRobot, err)
		}
		if len(bodies[i]) > maxRobotBody {
			return nil, &bot.Refusal{Op: opRobot, Code: codeLong, Msg: fmt.Sprintf("%d bytes are more than a robot posts", len(bodies[i]))}
		}
	}
	return bodies, nil
}

// pageMark numbers the pages where there is more than one.
func pageMark(i, all int) string {
	if all < 2 {
		return ""
	}
	return fmt.Sprintf("\n\n（第%d/%d部分）", i+1, all)
}

func (l letter) page(text, id string, i int) robotBody {
	b := robotBody{MsgType: "markdown", Markdown: markdown{Title: l.title, Text: text}, UUID: id}
	if i > 0 && id != "" {
		b.UUID = id + "-" + strconv.Itoa(i+1)
	}
	if len(l.at) > 0 {
		b.At = &mentions{UserIDs: l.at}
	}
	return b
}

// signed adds the time and the signature to a robot's address.
func (c *Client) signed(to url.URL, secret string) string {
	if secret == "" {
		return to.String()
	}
	q, stamp := to.Query(), strconv.FormatInt(c.opt.Now().UnixMilli(), 10)
	q.Set("timestamp", stamp)
	q.Set("sign", SignRobot(secret, stamp))
	to.RawQuery = q.Encode()
	return to.String()
}

func (c *Client) postRobot(ctx context.Context, to string, body []byte) error {
	req, err := http.NewRequest(http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return &bot.Refusal{Op: opRobot, Code: codeHost, Msg: "address cannot be used"}
	}
	req.Header.Set("Content-Type", "application/json")
	r, err := c.do(ctx, opRobot, req)
	if err != nil {
		return err
	}
	return robotRefusal(opRobot, r)
}
