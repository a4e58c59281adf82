package dingtalk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"duban/bot"
)

const (
	callTimeout = 8 * time.Second // DingTalk's own gateway gives up after 3 s
	maxReply    = 1 << 20
)

// Codes of refusals that come from us and not from DingTalk.
const (
	codeUnsent = "unsent"      // the request was never written
	codeHost   = "host"        // the webhook points to no host of the platform
	codeRate   = "rate"        // our own window is full
	codeRoute  = "no.route"    // no way to this room or person
	codeLong   = "too.long"    // does not fit into the most pages we send
	codeBad    = "bad.message" // the message itself is at fault
)

// reply is what came back.
type reply struct {
	status int
	body   []byte
}

// post sends one JSON body. The error is a *bot.Refusal when nothing was written, so
// that the message is certainly not delivered; otherwise the outcome is unknown.
func (c *Client) post(ctx context.Context, op, to string, header http.Header, body []byte) (reply, error) {
	var written atomic.Bool
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	trace := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { written.Store(true) }})
	req, err := http.NewRequestWithContext(trace, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return reply{}, &bot.Refusal{Op: op, Code: codeBad, Msg: "address cannot be used"}
	}
	for k, v := range header {
		req.Header[k] = v
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return reply{}, sendError(op, err, written.Load())
	}
	defer drop(resp.Body)
	got, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	if err != nil {
		return reply{}, sendError(op, err, true)
	}
	if len(got) > maxReply {
		return reply{}, fmt.Errorf("%w: %s: reply too large", errUnknown, op)
	}
	return reply{status: resp.StatusCode, body: got}, nil
}

// drop closes a body that has been read as far as wanted.
func drop(body io.Closer) {
	_ = body.Close() // the reply is in hand; a failing close only costs the connection
}

// sendError leaves out the address that net/http puts into its errors: webhook
// addresses are secrets.
func sendError(op string, err error, written bool) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	if written {
		return fmt.Errorf("%w: %s: %w", errUnknown, op, err)
	}
	no := &bot.Refusal{Op: op, Code: codeUnsent, Msg: "request not written", Retry: true, After: afterBusy}
	return fmt.Errorf("dingtalk: %w: %w", no, err)
}

// harden copies the client given, or makes one, that follows no redirect and has a
// bound on every call.
func harden(given *http.Client, trusted hosts) *http.Client {
	c := http.Client{Transport: newTransport(trusted)}
	if given != nil {
		c = *given
	}
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if c.Timeout <= 0 || c.Timeout > callTimeout {
		c.Timeout = callTimeout
	}
	return &c
}

var errPrivate = errors.New("dingtalk: address is private")

// newTransport dials public addresses only, but for the hosts that the operator has
// configured: a name that suddenly resolves into our own network is not DingTalk.
func newTransport(trusted hosts) *http.Transport {
	plain := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}
	guarded := &net.Dialer{Timeout: plain.Timeout, KeepAlive: plain.KeepAlive, Control: refusePrivate}
	known := map[string]bool{}
	for o := range trusted {
		if u, err := url.Parse(o); err == nil {
			known[u.Host] = true
		}
	}
	var proxies sync.Map // a proxy is configured by the operator too, in the environment
	return &http.Transport{
		Proxy: func(r *http.Request) (*url.URL, error) {
			u, err := http.ProxyFromEnvironment(r)
			if u != nil {
				proxies.Store(u.Hostname(), true)
			}
			return u, err
		},
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(addr)
			if err != nil {
				return nil, fmt.Errorf("dingtalk: dial: %w", err)
			}
			if _, proxy := proxies.Load(host); proxy || known[addr] {
				return plain.DialContext(ctx, network, addr)
			}
			return guarded.DialContext(ctx, network, addr)
		},
		ForceAttemptHTTP2: true, TLSHandshakeTimeout: 5 * time.Second,
		ResponseHeaderTimeout: callTimeout, IdleConnTimeout: 90 * time.Second,
		MaxIdleConns: 64, MaxIdleConnsPerHost: 16, MaxConnsPerHost: 64, MaxResponseHeaderBytes: 64 << 10,
	}
}

// refusePrivate sees the address after resolution, just before the connect.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("dingtalk: dial: %w", err)
	}
	ip := ap.Addr().Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return errPrivate
	}
	return nil
}
