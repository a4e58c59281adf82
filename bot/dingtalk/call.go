package dingtalk

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

const (
	callTimeout = 8 * time.Second // DingTalk's own gateway gives up after 3 s
	fileTimeout = time.Minute     // files have up to 20 MB
	maxReply    = 1 << 20
)

// Codes of refusals that come from us and not from DingTalk.
const (
	codeHost  = "host"        // the webhook points to no host of the platform
	codeRate  = "rate"        // our own window is full
	codeRoute = "no.route"    // no way to this room or person
	codeLong  = "too.long"    // does not fit into the most pages we send
	codeBad   = "bad.message" // the message itself is at fault
)

// post sends one JSON body. The error is a *bot.Refusal when nothing was written, so
// that the message is certainly not delivered; otherwise it is wire.ErrUnknown.
func (c *Client) post(ctx context.Context, op, to string, header http.Header, body []byte) (wire.Reply, error) {
	req, err := http.NewRequest(http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return wire.Reply{}, &bot.Refusal{Op: op, Code: codeBad, Msg: "address cannot be used"}
	}
	for k, v := range header {
		req.Header[k] = v
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	return wire.Do(ctx, c.http, op, req, maxReply, callTimeout)
}
