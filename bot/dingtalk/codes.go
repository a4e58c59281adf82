package dingtalk

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

// How long to stay away when DingTalk or our own windows say so.
const (
	afterQPS   = time.Second
	afterQPM   = time.Minute
	afterBan   = 5 * time.Minute
	afterMuted = 10 * time.Minute
)

// apiError is the error body of the new API; the gateway's ban page has other fields.
type apiError struct {
	Code    loose           `json:"code"`
	Message loose           `json:"message"`
	Status  loose           `json:"status"`
	Punish  loose           `json:"punish"`
	Denied  json.RawMessage `json:"accessdenieddetail"`
}

// denial says which permissions the app lacks.
type denial struct {
	Scopes []string `json:"requiredScopes"`
}

// oapiError is the body of the old API, which always answers HTTP 200.
type oapiError struct {
	ErrCode loose `json:"errcode"`
	ErrMsg  loose `json:"errmsg"`
	SubCode loose `json:"sub_code"`
	SubMsg  loose `json:"sub_msg"`
	Status  loose `json:"status"`
	Punish  loose `json:"punish"`
}

// apiRefusal reads a reply of the new API: nil when it is a success, a *bot.Refusal
// when the message was certainly not delivered, wire.ErrUnknown else.
func apiRefusal(op string, r wire.Reply) error {
	e := object[apiError](json.RawMessage(r.Body))
	no := &bot.Refusal{Op: op, Code: string(e.Code), Msg: cut(string(e.Message), maxName)}
	if no.Code == "" {
		no.Code = fmt.Sprint(r.Status)
	}
	if lacks := object[denial](e.Denied).Scopes; len(lacks) > 0 {
		no.Msg = cut(no.Msg+" ["+strings.Join(lacks, " ")+"]", maxName)
	}
	switch {
	case e.Status == "1111" || e.Punish != "":
		return banned(op)
	case r.Status == http.StatusOK:
		return nil
	case r.Status == http.StatusGatewayTimeout, r.Status == http.StatusBadGateway, e.Code == "unknown.send.result":
		return fmt.Errorf("%w: %s: status %d %s", wire.ErrUnknown, op, r.Status, no.Code)
	case e.Code == "" && r.Status >= 400 && r.Status < 500 && r.Status != http.StatusTooManyRequests: // not DingTalk's: a proxy's, or that of a wrong address
		no.Blocked, no.After = true, afterConfig
	case OutOfCalls(no):
		no.Blocked, no.After = true, afterSpent
	case strings.HasPrefix(no.Code, "Forbidden.AccessDenied.") && !strings.Contains(no.Code, "Limit"): // a permission, the address
		no.Blocked, no.After = true, afterConfig
	case strings.Contains(no.Code, "QpsLimit"):
		no.Retry, no.After = true, afterQPS
	case strings.Contains(no.Code, "QpmLimit"), no.Code == "send.too.fast", no.Code == "send.byToken.tooFast":
		no.Retry, no.After = true, afterQPM
	case r.Status >= 500, r.Status == http.StatusTooManyRequests, no.Code == "system.busy":
		no.Retry, no.After = true, wire.AfterBusy
	}
	return no
}

// oapiRefusal does the same for a reply of the old API or a webhook.
func oapiRefusal(op string, r wire.Reply) error {
	e := object[oapiError](json.RawMessage(r.Body))
	no := &bot.Refusal{Op: op, Code: string(e.ErrCode), Msg: cut(string(e.ErrMsg), maxName)}
	switch {
	case e.Status == "1111" || e.Punish != "":
		return banned(op)
	case r.Status != http.StatusOK:
		return apiRefusal(op, r) // the gateway in front, not the service
	case e.ErrCode == "":
		return fmt.Errorf("%w: %s: reply without an errcode", wire.ErrUnknown, op)
	case e.ErrCode == "0":
		return nil
	case e.ErrCode == "15":
		return fmt.Errorf("%w: %s: errcode 15: %s", wire.ErrUnknown, op, no.Msg)
	case e.ErrCode == "88" && e.SubCode != "":
		no.Code, no.Msg = string(e.SubCode), cut(string(e.SubMsg), maxName)
	}
	switch no.Code {
	case "-1", "88":
		no.Retry, no.After = true, wire.AfterBusy
	case "90020":
		no.Blocked, no.After = true, afterSpent
	case "60011":
		no.Blocked, no.After = true, afterConfig
	case "90018", "90002":
		no.Retry, no.After = true, afterQPS
	case "90005", "90006":
		no.Retry, no.After = true, afterQPM
	case "130101", "410100":
		no.Retry, no.After = true, afterMuted
	}
	return no
}

// banned is the gateway's answer to an address that called too often.
func banned(op string) error {
	return &bot.Refusal{Op: op, Code: "1111", Msg: "address banned by the gateway", Retry: true, After: afterBan}
}

// staleToken reports whether err says that the access token is no longer good.
func staleToken(err error) bool {
	var no *bot.Refusal
	if !errors.As(err, &no) {
		return false
	}
	switch no.Code {
	case "InvalidAuthentication", "invalidParameter.token.invalid", "token.notExisted", "40014", "40001", "41001", "42001":
		return true
	}
	return false
}

// refusedAnew lets a call be tried again later whose token was refused even after it had
// been replaced: nothing was delivered, and that DingTalk does not know its own newest
// token is a trouble of its own that passes.
func refusedAnew(err error) error {
	var no *bot.Refusal
	if staleToken(err) && errors.As(err, &no) {
		no.Retry, no.After = true, wire.AfterBusy
	}
	return err
}

// deadRoute reports whether err says that a webhook is gone, closed or wrongly set up
// (310000: signature, keyword, address), so that the same message may go another way
// at once.
func deadRoute(err error) bool {
	var no *bot.Refusal
	if !errors.As(err, &no) {
		return false
	}
	switch no.Code {
	case "300001", "300005", "310000", "400101", "400102", "400106", "session.expired", "session.notExisted", codeHost:
		return true
	}
	return false
}
