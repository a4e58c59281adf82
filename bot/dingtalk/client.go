package dingtalk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

// Own limits, a little below DingTalk's (20 a minute for a group robot, which it
// punishes with ten minutes of silence; 20 a second for an API).
const (
	robotPerMinute = 18
	apiPerSecond   = 15
)

// webhookMargin is how long before its end a session webhook is no longer used.
const webhookMargin = 30 * time.Second

// ClientOptions are the settings of the client.
type ClientOptions struct {
	ClientID     string
	Secret       string
	RobotCode    string   // empty means ClientID
	APIBase      string   // empty means DefaultAPIBase
	OAPIBase     string   // empty means DefaultOAPIBase
	SessionHosts []string // further hosts or base URLs that webhooks may point to
	HTTP         *http.Client
	Now          func() time.Time
	Log          *slog.Logger
	// RoomWebhook gives a group's robot, when the configuration has one. May be nil.
	RoomWebhook func(roomID string) (url, secret string, ok bool)
	// CardTemplate is the id of a card template with the parameters that CardParams
	// names; empty sends buttons as an actionCard.
	CardTemplate string
	// CardRoute is the route that RegisterCallback has registered for presses; empty
	// lets them come by Stream.
	CardRoute string
	// MonthlyCalls is the organisation's limit as Budget shows it; 0 means
	// DefaultMonthlyCalls, less than 0 unknown.
	MonthlyCalls int
}

// Client sends messages to DingTalk. It implements bot.Platform and is safe for
// concurrent use. It never waits for a rate limit: it returns a *bot.Refusal that
// says when to come back.
type Client struct {
	opt     ClientOptions
	http    *http.Client
	hosts   hosts // that webhooks may point to
	trusted hosts // that the operator has configured
	tokens  *tokens
	robots  *wire.Windows
	apis    *wire.Windows
	budget  *budget
	media   *mediaIDs
	halves  *halves
	cards   *cardWay
	blocks  *blocks
}

var _ bot.Platform = (*Client)(nil)

// NewClient checks the addresses and makes a client; it does not call out. A given
// HTTP client is copied, follows no redirects and is given a time limit.
func NewClient(o ClientOptions) (*Client, error) {
	if o.RobotCode == "" {
		o.RobotCode = o.ClientID
	}
	if o.APIBase == "" {
		o.APIBase = DefaultAPIBase
	}
	if o.OAPIBase == "" {
		o.OAPIBase = DefaultOAPIBase
	}
	o.APIBase = strings.TrimRight(o.APIBase, "/")
	if o.RoomWebhook == nil {
		o.RoomWebhook = func(string) (string, string, bool) { return "", "", false }
	}
	configured, err := newHosts(append([]string{o.APIBase, o.OAPIBase}, o.SessionHosts...)...)
	if err != nil {
		return nil, err
	}
	allowed, err := newHosts(append([]string{DefaultOAPIBase, o.OAPIBase}, o.SessionHosts...)...)
	if err != nil {
		return nil, err
	}
	c := &Client{
		opt: o, hosts: allowed, trusted: configured, http: harden(o.HTTP, configured),
		robots: wire.NewWindows(robotPerMinute, time.Minute), apis: wire.NewWindows(apiPerSecond, time.Second),
		budget: &budget{limit: o.MonthlyCalls}, media: newMediaIDs(), halves: newHalves(), cards: newCardWay(),
		blocks: newBlocks(o.Log),
	}
	c.tokens = newTokens(c.fetchToken, o.Now, o.Log)
	return c, nil
}

// Close ends idle connections. Calls under way go on to their own time limits.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Send delivers one message: as an interactive card when it has buttons and there is a
// template, else by its session webhook while that lives, then for a group by its
// robot, then by the server API. It goes on to the next way only when the one before
// certainly delivered nothing because it is gone or closed, or broke off there after the
// first pages of a long text, which are then sent again. Attachments are uploaded
// before the words go out and follow them by the server API. The ref is the
// processQueryKey of the server API, "" for webhooks.
func (c *Client) Send(ctx context.Context, out bot.Outgoing) (string, error) {
	words := out.Markdown != "" || out.Title != ""
	if out.Room != "" && out.Member != "" || !words && len(out.Attachments) == 0 {
		return "", &bot.Refusal{Op: "send", Code: codeBad, Msg: "a message needs words or files and exactly one addressee"}
	}
	files, err := c.attach(ctx, out.Attachments)
	if err != nil {
		return "", err
	}
	ref := ""
	if words {
		if ref, err = c.sendWords(ctx, out); err != nil || len(files) == 0 {
			return ref, err
		}
	}
	got, err := c.sendFiles(ctx, out, files)
	if err != nil && words {
		// %v as in pages: a second try would repeat the words.
		return ref, fmt.Errorf("%w: words delivered, not all files: %v", wire.ErrUnknown, err)
	}
	return cmp.Or(ref, got), err
}

// sendWords sends the text and the buttons by the first way that is open.
func (c *Client) sendWords(ctx context.Context, out bot.Outgoing) (string, error) {
	var dead error
	for _, w := range c.ways(out) {
		ref, err := w.send(ctx, out)
		if err = w.settled(out, err); err == nil {
			return ref, nil
		}
		if !deadRoute(err) && !(w.op == opSession && muted(err)) && !(w.op == opCard && closedToCards(err)) {
			return ref, err
		}
		c.opt.Log.Warn("way is closed, taking the next", "message", out.ID, "way", w.op, "err", err)
		dead = err
	}
	if dead == nil {
		dead = &bot.Refusal{Op: "send", Code: codeRoute, Msg: "no way to this room or person"}
	}
	return "", dead
}

// muted reports whether DingTalk has closed a webhook for minutes. Where someone
// waits for an answer, another way may be open now.
func muted(err error) bool {
	var no *bot.Refusal
	return errors.As(err, &no) && (no.Code == "130101" || no.Code == "410100")
}

// Names of the ways, as they stand in errors and logs.
const (
	opSession = "session"
	opRobot   = "robot"
	opGroup   = "group"
	opDirect  = "direct"
)

// way is one route to the addressee.
type way struct {
	op   string
	send func(ctx context.Context, out bot.Outgoing) (string, error)
}

// settled marks an error of unknown outcome on a way on which DingTalk shows no message
// twice that is sent twice under its ID: cards by their track, group robots by msgUuid.
func (w way) settled(out bot.Outgoing, err error) error {
	var no *bot.Refusal
	if err == nil || errors.As(err, &no) || out.ID == "" || w.op != opCard && w.op != opRobot {
		return err
	}
	return fmt.Errorf("%w: %w", bot.ErrAgain, err)
}

// ways lists the routes that exist for out, best first.
func (c *Client) ways(out bot.Outgoing) []way {
	var list []way
	if c.cardable(out) {
		list = append(list, way{opCard, c.byCard})
	}
	until := out.WebhookUntil
	if out.Webhook != "" && (until.IsZero() || c.opt.Now().Add(webhookMargin).Before(until)) {
		list = append(list, way{opSession, c.bySession})
	}
	if out.Room != "" {
		if to, secret, ok := c.opt.RoomWebhook(out.Room); ok && to != "" {
			list = append(list, way{opRobot, func(ctx context.Context, out bot.Outgoing) (string, error) {
				return c.byRobot(ctx, out, to, secret)
			}})
		}
	}
	switch {
	case c.opt.ClientID == "":
	case out.Room != "":
		list = append(list, way{opGroup, c.byGroup})
	case out.Member != "":
		list = append(list, way{opDirect, c.byDirect})
	}
	return list
}
