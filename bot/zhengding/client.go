package zhengding

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

// IPMAC is the address of this machine, as the gateway's own clients report it.
type IPMAC struct{ IP, MAC string }

// Options are the settings of the client. AppKey, AppSecret, TenantID, Now and Log are
// required. What no source has settled stands here to be set: see the package comment.
type Options struct {
	Gateway   string // base address; empty means DefaultGateway
	AppKey    string
	AppSecret string
	TenantID  string // a number
	RobotBase string // base address of group robots; empty means Gateway
	SendIPMAC IPMAC  // sent along when IP is set
	HTTP      *http.Client
	Now       func() time.Time
	Nonce     func() string // one new value a call; nil means time and chance
	Log       *slog.Logger
	// RoomWebhook gives a group's robot, when the configuration has one. May be nil.
	RoomWebhook func(roomID string) (url, secret string, ok bool)
	// MinGap is the time kept between two work notifications. The platform's rule of
	// ten minutes is written for batches of up to a thousand people; 0, the default,
	// takes it so, because it would leave a bot six messages an hour. Set ten minutes
	// where the operator of the gateway takes it by the word: long texts are then cut
	// instead of sent in parts.
	MinGap time.Duration
	// DailyLimit is how many work notifications this process sends in a day of
	// Beijing; 0 means DefaultDailyLimit, less than 0 no limit.
	DailyLimit int
	// DuplicateCodes are the codes by which the gateway refuses a bizMsgId that it has
	// seen. No source names one: while there is none here, its word 重复 counts.
	DuplicateCodes []string
	// BusyCodes are the codes after which the same call may go well later. No source
	// names one; HTTP 429 and 503 always count.
	BusyCodes []string
	// TokenByForm sends key and secret as parameters when asking for a token, for
	// gateways that do not take the signature alone.
	TokenByForm bool
	// PlainNotices sends work notifications as text instead of Markdown.
	PlainNotices bool
	// Inbound is the scheme of the Door where there is one; empty says that nothing
	// comes in, so that no message asks for a reply.
	Inbound string
}

// Client sends messages to 政务钉钉. It implements bot.Platform and is safe for
// concurrent use. It waits for its turn with work notifications, which the platform
// wants one after the other, but never for a rate limit: it returns a *bot.Refusal
// that says when to come back.
type Client struct {
	opt     Options
	http    *http.Client
	tokens  *tokens
	notices *notices
	robots  *wire.Windows
	blocked blocked
}

var _ bot.Platform = (*Client)(nil)

// Names of the calls, as they stand in errors and logs.
const (
	opSend   = "send"
	opNotice = "notice"
	opRobot  = "robot"
	opToken  = "token"
	opPeople = "people"
)

// NewClient checks the settings and makes a client; it does not call out.
func NewClient(o Options) (*Client, error) {
	var err error
	if o.Gateway == "" {
		o.Gateway = DefaultGateway
	}
	if o.RobotBase == "" {
		o.RobotBase = o.Gateway
	}
	if o.Gateway, err = base("gateway", o.Gateway); err != nil {
		return nil, err
	}
	if o.RobotBase, err = base("robot_base", o.RobotBase); err != nil {
		return nil, err
	}
	switch {
	case o.AppKey == "" || o.AppSecret == "":
		return nil, errors.New("zhengding: app_key and app_secret are required")
	case !account(o.TenantID):
		return nil, errors.New("zhengding: tenant_id must be a number")
	case o.Now == nil || o.Log == nil:
		return nil, errors.New("zhengding: a clock and a log are required")
	case o.Inbound != "" && o.Inbound != SchemeDingTalk:
		return nil, errScheme
	}
	if o.Nonce == nil {
		o.Nonce = newNonce(o.Now)
	}
	if o.RoomWebhook == nil {
		o.RoomWebhook = func(string) (string, string, bool) { return "", "", false }
	}
	if o.DailyLimit == 0 {
		o.DailyLimit = DefaultDailyLimit
	}
	return &Client{
		opt: o, http: harden(o.HTTP), tokens: newTokens(),
		notices: newNotices(o.MinGap, o.DailyLimit), robots: wire.NewWindows(robotPerMinute, time.Minute),
	}, nil
}

// Close ends idle connections. Calls under way go on to their own time limits.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Send delivers one message: to a member as a work notification, to a room by its
// group robot. Reply addresses are not used. Files cannot be sent: the text names
// them. A long text goes out in parts, and what is too long even so is cut at the end
// of a line, which the text then says. The same out.ID again is not shown again, as
// far as the platform keeps its promise. The ref is the bizMsgId of a work
// notification, "" for rooms.
func (c *Client) Send(ctx context.Context, out bot.Outgoing) (string, error) {
	switch {
	case (out.Room == "") == (out.Member == ""):
		return "", &bot.Refusal{Op: opSend, Code: codeBad, Msg: "a message needs exactly one addressee"}
	case out.Markdown == "" && out.Title == "" && len(out.Attachments) == 0:
		return "", &bot.Refusal{Op: opSend, Code: codeBad, Msg: "a message needs words"}
	case ctx.Err() != nil:
		return "", wire.Unsent(opSend, ctx.Err())
	}
	send := c.byRobot
	if out.Member != "" {
		send = c.byNotice
	}
	ref, err := send(ctx, out)
	var no *bot.Refusal
	if err != nil && !errors.As(err, &no) && out.ID != "" {
		err = fmt.Errorf("%w: %w", bot.ErrAgain, err)
	}
	return ref, err
}
