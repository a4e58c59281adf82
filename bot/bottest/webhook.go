package bottest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxWebhookBody = 20000
	robotPerMinute = 20
	robotMute      = 10 * time.Minute
)

const moreLink = ", more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]"

// webhook reads a message as both kinds of webhook do.
func webhook(c call) (message, oapiError) {
	var m message
	switch {
	case !strings.HasPrefix(c.header.Get("Content-Type"), "application/json"):
		return m, oapiError{43004, "无效的HTTP HEADER Content-Type"}
	case len(c.body) > maxWebhookBody:
		return m, oapiError{460101, "message too long, exceed 20000 bytes"}
	case json.Unmarshal(c.body, &m) != nil:
		return m, oapiError{40035, "缺少参数 json"}
	}
	return m, m.check()
}

func (f *Fake) sendBySession(c call) answer {
	s, found := f.sessions[c.query.Get("session")]
	if !found || !f.opt.Now().Before(s.until) {
		return ok(oapiError{300001, "session 不存在"})
	}
	m, no := webhook(c)
	if no != (oapiError{}) {
		return ok(no)
	}
	if m.MsgType != "empty" {
		f.post(m, Note{Via: "session", Group: s.group, User: direct(s)})
	}
	return ok(yes)
}

// direct is the person of a one-to-one session.
func direct(s session) string {
	if s.group != "" {
		return ""
	}
	return s.user
}

func (f *Fake) robotSend(c call) answer {
	r := f.robots[c.query.Get("access_token")]
	if r == nil {
		return ok(oapiError{300001, "token is not exist"})
	}
	if g := f.groups[r.group]; g == nil || g.Gone {
		return ok(oapiError{400013, "群已被解散"})
	}
	if r.Disabled {
		return ok(oapiError{400102, "机器人已停用"})
	}
	m, no := webhook(c)
	if no == (oapiError{}) {
		no = f.secure(r, c, m)
	}
	if no == (oapiError{}) {
		no = f.throttle(r)
	}
	if no != (oapiError{}) {
		return ok(no)
	}
	if m.UUID == "" || !r.uuids[m.UUID] {
		r.uuids[m.UUID] = true
		f.post(m, Note{Via: "robot", Group: r.group})
	}
	return ok(yes)
}

// secure checks the robot's signature, the caller's address and the keywords.
func (f *Fake) secure(r *robot, c call, m message) oapiError {
	if len(r.IPs) > 0 && !slices.Contains(r.IPs, c.from) {
		return oapiError{310000, "ip " + c.from + " not in whitelist" + moreLink}
	}
	if q := c.query; r.Secret != "" {
		stamp := q.Get("timestamp")
		ms, err := strconv.ParseInt(stamp, 10, 64)
		if age := f.opt.Now().Sub(time.UnixMilli(ms)); err != nil || age > time.Hour || age < -time.Hour {
			return oapiError{310000, "invalid timestamp" + moreLink}
		}
		if q.Get("sign") != sign(r.Secret, stamp) {
			return oapiError{310000, "sign not match" + moreLink}
		}
	}
	var n Note
	m.fill(&n)
	in := func(word string) bool { return strings.Contains(n.Title+n.Raw, word) }
	if len(r.Keywords) > 0 && !slices.ContainsFunc(r.Keywords, in) {
		return oapiError{310000, "keywords not in content" + moreLink}
	}
	return oapiError{}
}

// throttle counts twenty a minute and then mutes for ten.
func (f *Fake) throttle(r *robot) oapiError {
	now := f.opt.Now()
	tooFast := oapiError{130101, fmt.Sprintf("send too fast, exceed %d times per minute", robotPerMinute)}
	if now.Before(r.muted) {
		return tooFast
	}
	r.times = recent(r.times, now, time.Minute)
	if len(r.times) >= robotPerMinute {
		r.muted = now.Add(robotMute)
		return tooFast
	}
	r.times = append(r.times, now)
	return oapiError{}
}
