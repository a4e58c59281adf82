package zhengtest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxRobotBody   = 20000
	robotPerMinute = 20
	robotMute      = 10 * time.Minute
)

// robot is a group robot at work.
type robot struct {
	group, secret string
	keywords      []string
	times         []time.Time
	muted         time.Time
	uuids         map[string]bool
}

// AddRobot adds a robot to a group and returns its webhook address. An empty secret
// leaves posts unsigned; of keywords, one must appear in each post.
func (f *Fake) AddRobot(group, secret string, keywords ...string) (webhook string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	sum := sha256.Sum256([]byte(f.id("robot-%d")))
	token := hex.EncodeToString(sum[:])
	f.robots[token] = &robot{group: group, secret: secret, keywords: keywords, uuids: map[string]bool{}}
	return f.URL() + "/robot/send?access_token=" + token
}

// robotPost is the body of a post.
type robotPost struct {
	message
	At struct {
		UserIDs []string `json:"atUserIds"`
		All     bool     `json:"isAtAll"`
	} `json:"at"`
	UUID string `json:"msgUuid"`
}

type robotReply struct {
	Code  int    `json:"errcode"`
	Words string `json:"errmsg"`
}

// robotSend answers every refusal with HTTP 200.
func (f *Fake) robotSend(r *http.Request, body []byte) answer {
	post, rb, no := f.readPost(r, body)
	if no != (robotReply{}) {
		return answer{http.StatusOK, no}
	}
	if post.UUID == "" || !rb.uuids[post.UUID] {
		rb.uuids[post.UUID] = true
		n, _ := post.note()
		n.Group, n.At = rb.group, f.notified(rb.group, n.Raw, post)
		f.show(n)
	}
	return answer{http.StatusOK, robotReply{0, "ok"}}
}

func (f *Fake) readPost(r *http.Request, body []byte) (robotPost, *robot, robotReply) {
	var post robotPost
	rb := f.robots[r.URL.Query().Get("access_token")]
	switch {
	case rb == nil:
		return post, nil, robotReply{300001, "token is not exist"}
	case !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
		return post, nil, robotReply{43004, "无效的HTTP HEADER Content-Type"}
	case len(body) > maxRobotBody:
		return post, nil, robotReply{460101, "message too long, exceed 20000 bytes"}
	case json.Unmarshal(body, &post) != nil:
		return post, nil, robotReply{40035, "缺少参数 json"}
	}
	n, ok := post.note()
	switch {
	case !ok:
		return post, nil, robotReply{40035, "缺少参数 json"}
	case !f.genuine(rb, r):
		return post, nil, robotReply{310000, "sign not match"}
	case len(rb.keywords) > 0 && !slices.ContainsFunc(rb.keywords, func(w string) bool { return strings.Contains(n.Title+n.Raw, w) }):
		return post, nil, robotReply{310000, "keywords not in content"}
	case !f.throttle(rb):
		return post, nil, robotReply{130101, "send too fast, exceed 20 times per minute"}
	}
	return post, rb, robotReply{}
}

func (f *Fake) genuine(rb *robot, r *http.Request) bool {
	if rb.secret == "" {
		return true
	}
	stamp := r.URL.Query().Get("timestamp")
	ms, err := strconv.ParseInt(stamp, 10, 64)
	age := f.opt.Now().Sub(time.UnixMilli(ms))
	return err == nil && age <= time.Hour && age >= -time.Hour && r.URL.Query().Get("sign") == hash(rb.secret, stamp+"\n"+rb.secret)
}

// throttle lets twenty a minute through and then nothing for ten.
func (f *Fake) throttle(rb *robot) bool {
	now := f.opt.Now()
	if now.Before(rb.muted) {
		return false
	}
	rb.times = slices.DeleteFunc(rb.times, func(t time.Time) bool { return now.Sub(t) >= time.Minute })
	if len(rb.times) >= robotPerMinute {
		rb.muted = now.Add(robotMute)
		return false
	}
	rb.times = append(rb.times, now)
	return true
}

// notified lists whom a post mentions: text and list must both say so.
func (f *Fake) notified(group, raw string, post robotPost) []string {
	members := f.groups[group].members
	if post.At.All {
		return slices.Clone(members)
	}
	var ids []string
	for _, id := range post.At.UserIDs {
		if slices.Contains(members, id) && strings.Contains(raw, "@"+id) {
			ids = append(ids, id)
		}
	}
	return ids
}
