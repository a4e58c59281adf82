package zhengding

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// DefaultGateway is the gateway of the shared deployment. 浙政钉 and private
// deployments have their own.
const DefaultGateway = "https://openplatform.dg-work.cn"

// maxURL bounds a webhook address; real ones have about a hundred bytes.
const maxURL = 2048

// errHost: the address is not on the robot's host. Its text stays out of the error,
// because a webhook address is a secret.
var errHost = errors.New("zhengding: address is not on the configured robot host")

// base reads a base address: scheme, host and port only. A path in front of the
// gateway would be signed by us and not be seen by it, or the other way round.
func base(name, raw string) (string, error) {
	u, err := url.Parse(strings.TrimRight(raw, "/"))
	if err != nil {
		return "", fmt.Errorf("zhengding: %s is no address: %w", name, err)
	}
	o, ok := origin(u)
	if !ok {
		return "", fmt.Errorf("zhengding: %s must be an http or https address", name)
	}
	if u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("zhengding: %s must have no path: the path is signed", name)
	}
	return o, nil
}

// origin is scheme://host:port in one spelling, without the port where it is the
// usual one. Addresses with user info are none: "https://good@evil/" exists only to
// deceive.
func origin(u *url.URL) (string, bool) {
	if u.User != nil || u.Opaque != "" || u.Hostname() == "" {
		return "", false
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	host := strings.ToLower(u.Host)
	if p := u.Port(); p == "443" && u.Scheme == "https" || p == "80" && u.Scheme == "http" {
		host = strings.TrimSuffix(host, ":"+p)
	}
	return u.Scheme + "://" + host, true
}

// onHost returns the parsed address when it lies on the given origin.
func onHost(raw, want string) (*url.URL, error) {
	if len(raw) > maxURL {
		return nil, errHost
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, errHost // err would repeat the address
	}
	if o, ok := origin(u); !ok || o != want {
		return nil, errHost
	}
	return u, nil
}

// harden copies the client given, or makes one: it follows no redirect, which could
// carry a signed call elsewhere, and has a bound on every call. Private addresses are
// allowed, since these gateways often stand in one; only configured hosts are called.
func harden(given *http.Client) *http.Client {
	c := http.Client{Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: callTimeout, IdleConnTimeout: 90 * time.Second,
		MaxIdleConns: 16, MaxIdleConnsPerHost: 8, MaxConnsPerHost: 32, MaxResponseHeaderBytes: 64 << 10,
	}}
	if given != nil {
		c = *given
	}
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if c.Timeout <= 0 || c.Timeout > callTimeout {
		c.Timeout = callTimeout
	}
	return &c
}
