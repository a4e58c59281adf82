package dingtalk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/bot"
)

// webhookBody is what session webhooks and group robots take.
type webhookBody struct {
	MsgType  string      `json:"msgtype"`
	Markdown *markdown   `json:"markdown,omitempty"`
	Card     *actionCard `json:"actionCard,omitempty"`
	At       *mentions   `json:"at,omitempty"`
	UUID     string      `json:"msgUuid,omitempty"` // group robots: the same try is not posted twice
}

type markdown struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

type actionCard struct {
	Title       string       `json:"title"`
	Text        string       `json:"text"`
	Orientation string       `json:"btnOrientation"`
	Buttons     []cardButton `json:"btns"`
}

type cardButton struct {
	Title string `json:"title"`
	URL   string `json:"actionURL"`
}

type mentions struct {
	UserIDs []string `json:"atUserIds"`
}

// webhookBodies makes the bodies of a letter's pages, each within DingTalk's limit.
func webhookBodies(op string, l letter, id string) ([][]byte, error) {
	whole, err := encode(l.webhook("", true, id+"-10"))
	if err != nil {
		return nil, fmt.Errorf("dingtalk: %s: %w", op, err)
	}
	texts, ok := paginate(l.text, maxWebhookBody-len(whole))
	if !ok {
		return nil, tooLong(op, len(l.text))
	}
	bodies := make([][]byte, len(texts))
	for i, text := range texts {
		uuid := id
		if i > 0 && id != "" {
			uuid = id + "-" + strconv.Itoa(i+1)
		}
		if bodies[i], err = encode(l.webhook(text, i == len(texts)-1, uuid)); err != nil {
			return nil, fmt.Errorf("dingtalk: %s: %w", op, err)
		}
	}
	return bodies, nil
}

func (l letter) webhook(text string, last bool, uuid string) webhookBody {
	b := webhookBody{UUID: uuid}
	at := slices.Clone(l.at)
	if text != "" { // the empty text is for measuring: it counts them all
		at = slices.DeleteFunc(at, func(id string) bool { return !strings.Contains(text, "@"+id) })
	}
	if len(at) > 0 {
		b.At = &mentions{UserIDs: at}
	}
	if len(l.buttons) == 0 || !last {
		b.MsgType, b.Markdown = "markdown", &markdown{Title: l.title, Text: text}
		return b
	}
	card := &actionCard{Title: l.title, Text: text, Orientation: "0"}
	if len(l.buttons) == 2 {
		card.Orientation = "1"
	}
	for _, button := range l.buttons {
		card.Buttons = append(card.Buttons, cardButton{Title: button.Label, URL: sayLink(button.Say)})
	}
	b.MsgType, b.Card = "actionCard", card
	return b
}

func tooLong(op string, n int) error {
	return &bot.Refusal{Op: op, Code: codeLong, Msg: fmt.Sprintf("%d bytes do not fit into %d messages", n, maxPages)}
}

// bySession replies through the conversation's own webhook.
func (c *Client) bySession(ctx context.Context, out bot.Outgoing) (string, error) {
	to, err := c.hosts.check(out.Webhook)
	if err != nil {
		return "", &bot.Refusal{Op: opSession, Code: codeHost, Msg: err.Error()}
	}
	bodies, err := webhookBodies(opSession, compose(out, true), "")
	if err != nil {
		return "", err
	}
	return c.pages(out.ID, partSum(out.ID, opSession, whole(bodies)...), len(bodies), func(i int) (string, error) {
		return "", c.postWebhook(ctx, opSession, to.String(), bodies[i])
	})
}

// byRobot posts through the group's custom robot, within its minute's allowance.
func (c *Client) byRobot(ctx context.Context, out bot.Outgoing, address, secret string) (string, error) {
	to, err := c.hosts.check(address)
	if err != nil {
		return "", &bot.Refusal{Op: opRobot, Code: codeHost, Msg: err.Error()}
	}
	bodies, err := webhookBodies(opRobot, compose(out, true), out.ID)
	if err != nil {
		return "", err
	}
	allowance := c.robots.Of(address)
	if wait := allowance.Take(c.opt.Now(), len(bodies)); wait > 0 {
		return "", &bot.Refusal{Op: opRobot, Code: codeRate, Msg: "the robot's minute is used up", Retry: true, After: wait}
	}
	return c.pages(out.ID, partSum(out.ID, opRobot, whole(bodies)...), len(bodies), func(i int) (string, error) {
		signed := *to
		if secret != "" {
			q := signed.Query()
			stamp := strconv.FormatInt(c.opt.Now().UnixMilli(), 10)
			q.Set("timestamp", stamp)
			q.Set("sign", Sign(secret, stamp))
			signed.RawQuery = q.Encode()
		}
		err := c.postWebhook(ctx, opRobot, signed.String(), bodies[i])
		if muted(err) {
			allowance.Close(c.opt.Now().Add(afterMuted))
		}
		return "", err
	})
}

// whole are the bodies as text.
func whole(bodies [][]byte) []string {
	list := make([]string, len(bodies))
	for i, b := range bodies {
		list[i] = string(b)
	}
	return list
}

func (c *Client) postWebhook(ctx context.Context, op, to string, body []byte) error {
	r, err := c.post(ctx, op, to, nil, body)
	if err != nil {
		return err
	}
	return oapiRefusal(op, r)
}
