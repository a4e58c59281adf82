package dingtalk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"duban/bot/wire"
)

const (
	firstWait   = time.Second
	longestWait = time.Minute
	mostDouble  = 6                // doublings until the longest wait is reached
	stableAfter = 30 * time.Second // a connection that lived so long was a good one
	dialTimeout = 15 * time.Second
	maxOpen     = 64 << 10 // bytes of the reply to an open
)

// What is subscribed to, and how frames name it.
const (
	topicRobot = "/v1.0/im/bot/messages/get"
	topicCard  = "/v1.0/card/instances/callback"
)

// errAuth: DingTalk does not know this client id with this secret. Asking again soon
// would not help.
var errAuth = errors.New("dingtalk: stream: client id or secret refused")

// backoff is the wait before the try that follows so many failed ones: 1 s, doubled
// each time, never above a minute; the jitter in [0,1) takes off up to a fifth.
func backoff(failed int, jitter float64) time.Duration {
	d := longestWait
	if failed < mostDouble {
		d = firstWait << max(failed, 0)
	}
	return d - time.Duration(min(max(jitter, 0), 1)*float64(d)/5)
}

// lane keeps one connection up. When DingTalk announces the end of one, its
// replacement is opened first: the old one is mute already, and what is still being
// worked on there can yet be answered.
func (s *Stream) lane(ctx context.Context) {
	var old *link
	defer func() { retire(old) }()
	for failed := 0; ctx.Err() == nil; failed++ {
		l, err := s.connect(ctx)
		if err != nil {
			if ctx.Err() != nil || !s.opt.Wait(ctx, s.complain(err, failed)) {
				return
			}
			continue
		}
		retire(old)
		old = l
		up := s.opt.Steady()
		told := l.await(ctx)
		if s.opt.Steady().Sub(up) >= stableAfter {
			failed = -1
			if told {
				continue
			}
		}
		if ctx.Err() != nil || !s.opt.Wait(ctx, backoff(failed, s.opt.Jitter())) {
			return
		}
	}
}

// complain counts and logs a failed attempt and says how long to wait.
func (s *Stream) complain(err error, failed int) time.Duration {
	refused := errors.Is(err, errAuth)
	wait := backoff(failed, s.opt.Jitter())
	if refused {
		wait = backoff(mostDouble, s.opt.Jitter())
	}
	s.mu.Lock()
	again := refused && s.state.Refused
	s.state.Failed++
	s.state.Refused = refused
	s.mu.Unlock()
	switch {
	case again: // said once: only the operator can change it
	case refused:
		s.opt.Log.Error("stream: DingTalk refuses the client id or secret; trying every minute", "err", err)
	default:
		s.opt.Log.Warn("stream not connected", "err", err, "wait", wait.Round(time.Millisecond))
	}
	return wait
}

// connect asks for a ticket and uses it at once.
func (s *Stream) connect(ctx context.Context) (*link, error) {
	to, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	ctx2, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	conn, resp, err := s.dialer.DialContext(ctx2, to, http.Header{"User-Agent": {s.opt.UserAgent}})
	switch {
	case errors.Is(err, websocket.ErrBadHandshake) && resp != nil:
		return nil, fmt.Errorf("dingtalk: stream: connect: status %d", resp.StatusCode)
	case err != nil:
		return nil, fmt.Errorf("dingtalk: stream: connect: %w", bare(err))
	}
	return s.start(ctx, conn), nil
}

// bare takes off the address, which holds the ticket.
func bare(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	return err
}

type subscription struct {
	Type  string `json:"type"`
	Topic string `json:"topic"`
}

func (s *Stream) subscriptions() []subscription {
	list := []subscription{{"CALLBACK", topicRobot}}
	if s.opt.OnCard != nil {
		list = append(list, subscription{"CALLBACK", topicCard})
	}
	if s.opt.OnEvent != nil {
		list = append(list, subscription{"EVENT", "*"})
	}
	return list
}

// open returns the address of a new connection, with its ticket: it is good for one
// use within 90 s and belongs into no log.
func (s *Stream) open(ctx context.Context) (string, error) {
	body, err := encode(struct {
		ID            string         `json:"clientId"`
		Secret        string         `json:"clientSecret"`
		Subscriptions []subscription `json:"subscriptions"`
		UA            string         `json:"ua"`
	}{s.opt.ClientID, s.opt.Secret, s.subscriptions(), s.opt.UserAgent})
	if err != nil {
		return "", fmt.Errorf("dingtalk: stream: open: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.opt.APIBase+"/v1.0/gateway/connections/open", bytes.NewReader(body))
	if err != nil {
		return "", fmt.Errorf("dingtalk: stream: open: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json") // or it may answer in XML
	resp, err := s.http.Do(req)
	if err != nil {
		return "", fmt.Errorf("dingtalk: stream: open: %w", bare(err))
	}
	defer wire.Drop(resp.Body)
	reply, err := io.ReadAll(io.LimitReader(resp.Body, maxOpen))
	if err != nil {
		return "", fmt.Errorf("dingtalk: stream: open: %w", err)
	}
	return s.opened(resp.StatusCode, reply)
}

// opened reads the reply to an open.
func (s *Stream) opened(status int, reply []byte) (string, error) {
	got := object[struct {
		Endpoint loose `json:"endpoint"`
		Ticket   loose `json:"ticket"`
		Code     loose `json:"code"`
	}](json.RawMessage(bytes.TrimSpace(reply)))
	switch {
	case status == http.StatusUnauthorized || got.Code == "authFailed":
		return "", errAuth
	case status != http.StatusOK:
		return "", fmt.Errorf("dingtalk: stream: open: status %d, code %q", status, cut(string(got.Code), maxName))
	case got.Endpoint == "" || got.Ticket == "":
		return "", errors.New("dingtalk: stream: open: reply without endpoint or ticket")
	}
	u, err := url.Parse(string(got.Endpoint))
	if err != nil {
		return "", fmt.Errorf("dingtalk: stream: endpoint: %w", bare(err))
	}
	plain := u.Scheme == "ws" && strings.HasPrefix(s.opt.APIBase, "http://")
	if u.Scheme != "wss" && !plain || u.Host == "" || u.User != nil {
		return "", fmt.Errorf("dingtalk: stream: endpoint on %q is no safe websocket address", u.Host)
	}
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += "ticket=" + url.QueryEscape(string(got.Ticket))
	u.Fragment = ""
	return u.String(), nil
}
