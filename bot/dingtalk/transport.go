package dingtalk

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"
)

// harden copies the client given, or makes one, that follows no redirect and has a
// bound on every call.
func harden(given *http.Client, trusted hosts) *http.Client {
	c := http.Client{Transport: newTransport(trusted)}
	if given != nil {
		c = *given
	}
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if c.Timeout <= 0 || c.Timeout > fileTimeout {
		c.Timeout = fileTimeout // each call has a tighter one of its own
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
		ResponseHeaderTimeout: fileTimeout, // every call has a limit of its own; this one must not end an upload early
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConns:          64, MaxIdleConnsPerHost: 16, MaxConnsPerHost: 64, MaxResponseHeaderBytes: 64 << 10,
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
