package zhengtest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	pathNotice   = "/message/workNotification"
	maxMsg       = 2048
	maxReceivers = 1000
)

// message is a msg with one body of the kind that its msgtype names.
type message struct {
	MsgType string `json:"msgtype"`
	Text    *struct {
		Content string `json:"content"`
	} `json:"text"`
	Markdown *struct {
		Title string `json:"title"`
		Text  string `json:"text"`
	} `json:"markdown"`
}

// note is what the message shows; ok is false when a part is missing.
func (m message) note() (n Note, ok bool) {
	switch {
	case m.MsgType == "text" && m.Text != nil:
		n = Note{Type: "text", Raw: m.Text.Content}
	case m.MsgType == "markdown" && m.Markdown != nil:
		n = Note{Type: "markdown", Title: m.Markdown.Title, Raw: m.Markdown.Text}
	}
	return n, n.Raw != "" && (n.Type == "text" || n.Title != "")
}

// workNotification shows a message to each receiver.
func (f *Fake) workNotification(form url.Values) answer {
	var m message
	msg, biz := form.Get("msg"), form.Get("bizMsgId")
	receivers := strings.Split(form.Get("receiverIds"), ",")
	if no := f.wants(form, "tenantId", f.opt.TenantID); no != nil {
		return *no
	}
	switch {
	case f.under > 1:
		return f.no("fake.parallel", "calls must not overlap")
	case biz == "":
		return f.no("fake.parameter", "bizMsgId is missing")
	case f.bizIDs[biz]:
		return f.no(f.opt.DuplicateCode, f.opt.DuplicateWords)
	case len(msg) > maxMsg:
		return f.no("fake.long", "msg has more than 2048 bytes")
	case len(receivers) > maxReceivers:
		return f.no("fake.receivers", "more than 1000 receivers")
	case json.Unmarshal([]byte(msg), &m) != nil:
		return f.no("fake.msg", "msg is no JSON")
	}
	n, ok := m.note()
	if !ok {
		return f.no("fake.msg", "msg lacks its body")
	}
	for _, id := range receivers {
		if _, known := f.people[id]; !known {
			return f.no("fake.receiver", "no such account")
		}
	}
	if no := f.pace(); no != nil {
		return *no
	}
	f.bizIDs[biz] = true
	for _, id := range receivers {
		n.Person, n.BizID = id, biz
		f.push(n, msg)
	}
	return f.sent()
}

// sent has one shell only, unlike all other answers.
func (f *Fake) sent() answer {
	msgID := map[string]any{"msgId": f.id("wn-demo-%d")}
	if !f.opt.Quoted {
		return answer{http.StatusOK, reply{Success: true, Content: msgID}}
	}
	return f.wrap(map[string]any{"success": true, "content": msgID}, "")
}

// push shows a message unless the person has seen the same today: then it is lost,
// and nobody is told.
func (f *Fake) push(n Note, msg string) {
	day := f.opt.Now().In(time.FixedZone("CST", 8*3600)).Format(time.DateOnly)
	key := day + "\n" + n.Person + "\n" + msg
	if f.said[key] {
		f.swallow++
		return
	}
	f.said[key] = true
	f.show(n)
}

// pace keeps the gap and the day's limit.
func (f *Fake) pace() *answer {
	now := f.opt.Now()
	kept := f.calls[:0]
	for _, t := range f.calls {
		if now.Sub(t) < 24*time.Hour {
			kept = append(kept, t)
		}
	}
	f.calls = kept
	var no answer
	switch n := len(f.calls); {
	case n > 0 && now.Sub(f.calls[n-1]) < f.opt.MinGap:
		no = f.no("fake.gap", "too soon after the last call")
	case n >= f.opt.DailyLimit:
		no = f.no("fake.daily", "the day's limit is used up")
	default:
		f.calls = append(f.calls, now)
		return nil
	}
	return &no
}
