package zhengding

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

// How long to stay away when the platform or our own limits say so.
const (
	afterConfig = 5 * time.Minute // what an operator has to put right
	afterMuted  = 10 * time.Minute
)

// Bounds on what is repeated of a reply.
const (
	maxCode = 128
	maxMsg  = 512
)

// codeSignature is the gateway's code for a signature that does not match.
const codeSignature = "OPF-B001-05-16-0009"

// explainSignature goes with it: the gateway's own sentence names none of the causes.
const explainSignature = "signature does not match: check app_secret, this machine's clock, and that no proxy rewrites path or parameters"

// read opens the gateway's reply: the payload, a *bot.Refusal, or wire.ErrUnknown.
func (c *Client) read(op string, r wire.Reply) (json.RawMessage, error) {
	if r.Status >= 300 || r.Status == http.StatusNonAuthoritativeInfo {
		return nil, c.gatewayRefusal(op, r)
	}
	payload, no, err := open(r.Body)
	if err != nil {
		if g := gatewayError(r.Body); g.Code != "" {
			return nil, c.gatewayRefusal(op, r)
		}
		return nil, fmt.Errorf("%w: %s: %w", wire.ErrUnknown, op, err)
	}
	if no != nil {
		return nil, c.refusal(op, no.code, no.msg)
	}
	return payload, nil
}

// gatewayFault is the body of the gateway itself, before any service is asked.
type gatewayFault struct {
	Code    loose `json:"Code"`
	Message loose `json:"Message"`
}

func gatewayError(body []byte) gatewayFault {
	var g gatewayFault
	if json.Unmarshal(body, &g) != nil {
		return gatewayFault{} // a page of some proxy: the status has to do
	}
	return g
}

// gatewayRefusal reads a status of 300 and more, or 203, or a body of the gateway's
// own. Which statuses come with which errors is not documented: what may
// have been delivered is unknown, not refused.
func (c *Client) gatewayRefusal(op string, r wire.Reply) error {
	g := gatewayError(r.Body)
	no := c.refusal(op, cut(string(g.Code), maxCode), cut(string(g.Message), maxMsg))
	if no.Code == "" {
		no.Code = fmt.Sprint(r.Status)
	}
	switch {
	case r.Status == http.StatusTooManyRequests, r.Status == http.StatusServiceUnavailable:
		no.Retry, no.After = true, max(no.After, wire.AfterBusy)
	case r.Status >= 500 && !no.Retry:
		return fmt.Errorf("%w: %s: status %d, code %s", wire.ErrUnknown, op, r.Status, no.Code)
	}
	return no
}

// refusal sorts a code. Codes that no source names are the operator's to configure;
// what is not known will not go away by itself.
func (c *Client) refusal(op, code, msg string) *bot.Refusal {
	no := &bot.Refusal{Op: op, Code: code, Msg: strings.ReplaceAll(msg, c.opt.AppSecret, "***")} // some gateways repeat what they were sent
	switch {
	case code == codeSignature, strings.Contains(code, "SignatureDoesNotMatch"), strings.Contains(msg, "SignatureDoesNotMatch"):
		// The message is not at fault: it can go once the secret or the clock is right.
		no.Msg, no.Retry, no.Blocked, no.After = explainSignature, true, true, afterConfig
	case slices.Contains(c.opt.BusyCodes, code):
		no.Retry, no.After = true, wire.AfterBusy
	case code == "250027", code == "240133": // the access token, which the next call renews
		no.Retry, no.After = true, wire.AfterBusy
	}
	return no
}

// duplicate reports whether the gateway refused a work notification because its id
// has been sent before.
func (c *Client) duplicate(no *bot.Refusal) bool {
	if slices.Contains(c.opt.DuplicateCodes, no.Code) {
		return true
	}
	// The platform's documentation promises an error that says 重复 and names no code
	// for it, so its word is all there is until a deployment has shown the code.
	return len(c.opt.DuplicateCodes) == 0 && strings.Contains(no.Msg, "重复")
}

// robotRefusal reads the reply of a group robot, which answers as the public one does.
func robotRefusal(op string, r wire.Reply) error {
	var e struct {
		Code loose `json:"errcode"`
		Msg  loose `json:"errmsg"`
	}
	bad := json.Unmarshal(r.Body, &e) != nil || e.Code == ""
	no := &bot.Refusal{Op: op, Code: cut(string(e.Code), maxCode), Msg: cut(string(e.Msg), maxMsg)}
	switch {
	case r.Status == http.StatusTooManyRequests, r.Status == http.StatusServiceUnavailable:
		no.Code, no.Retry, no.After = fmt.Sprint(r.Status), true, wire.AfterBusy
	case r.Status >= 500, r.Status == http.StatusOK && bad:
		return fmt.Errorf("%w: %s: status %d without an errcode", wire.ErrUnknown, op, r.Status)
	case r.Status != http.StatusOK:
		no.Code = fmt.Sprint(r.Status)
	case no.Code == "0":
		return nil
	case no.Code == "-1":
		no.Retry, no.After = true, wire.AfterBusy
	case muted(no):
		no.Retry, no.After = true, afterMuted
	}
	return no
}

// muted reports whether the platform has silenced a robot for minutes.
func muted(no *bot.Refusal) bool { return no.Code == "130101" || no.Code == "410100" }
