package dingtalk

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Where DingTalk lives unless the configuration says otherwise.
const (
	DefaultAPIBase  = "https://api.dingtalk.com"
	DefaultOAPIBase = "https://oapi.dingtalk.com"
)

// maxURL bounds a webhook address; real ones have about a hundred bytes.
const maxURL = 2048

// errHost: the address is not one of the platform's. Its text stays out of the
// error, because a webhook address is a secret.
var errHost = errors.New("dingtalk: address is not on a configured platform host")

// hosts is the list of origins that a webhook may point to. A push names the address
// that we are to POST to, so it must not be able to choose one of its own.
type hosts map[string]bool

// newHosts takes base URLs, or bare host names, which mean https. A base with http
// or a port admits exactly that scheme and port.
func newHosts(bases ...string) (hosts, error) {
	h := hosts{}
	for _, base := range bases {
		if base == "" {
			continue
		}
		if !strings.Contains(base, "://") {
			base = "https://" + base
		}
		u, err := url.Parse(base)
		if err != nil {
			return nil, fmt.Errorf("dingtalk: host %q: %w", base, err)
		}
		o, ok := origin(u)
		if !ok {
			return nil, fmt.Errorf("dingtalk: host %q is no http or https address", base)
		}
		h[o] = true
	}
	return h, nil
}

// check returns the parsed address when its origin is on the list.
func (h hosts) check(raw string) (*url.URL, error) {
	if len(raw) > maxURL {
		return nil, errHost
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, errHost // err would repeat the address
	}
	o, ok := origin(u)
	if !ok || !h[o] {
		return nil, errHost
	}
	return u, nil
}

// origin is scheme://host:port in one spelling. Addresses with user info are no
// origin: "https://good@evil/" exists only to deceive.
func origin(u *url.URL) (string, bool) {
	if u.User != nil || u.Opaque != "" || u.Hostname() == "" {
		return "", false
	}
	port := u.Port()
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return "", false
	case port == "" && u.Scheme == "http":
		port = "80"
	case port == "":
		port = "443"
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port, true
}
