package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"duban/bot/dingtalk"
	"duban/seeds"
	"duban/store/ledger"
)

// The world of the bench: the Huzhou plan, one contact for each unit that leads a
// task, and a clock that stands in the plan's first days.
const (
	secret  = "benchAppSecret0001"
	appKey  = "dingbenchappkey01"
	oneTask = "28" // the record that the worst case hits with every message
)

// shifted moves the clock by the span that the parent chose for all processes of a
// run, into the plan's first days.
func shifted(now func() time.Time, by time.Duration) func() time.Time {
	zone := time.FixedZone("CST", 8*60*60)
	return func() time.Time { return now().Add(by).In(zone) }
}

// firstDay is the morning at which every run begins.
func firstDay() time.Time { return time.Date(2018, 7, 2, 9, 0, 0, 0, time.FixedZone("CST", 8*60*60)) }

// saying is what one person writes.
type saying struct {
	person string
	text   string
}

// sayings lists what is said in turn in one kind of load.
func sayings(kind string) ([]saying, error) {
	p, err := seeds.Huzhou()
	if err != nil {
		return nil, err
	}
	var out []saying
	for i := range p.Tasks {
		x := &p.Tasks[i]
		if x.Lead() == "" || kind == "one" && x.No != oneTask {
			continue
		}
		s := saying{person: person(x.Lead())}
		switch kind {
		case "list":
			s.text = "我的任务"
		case "task":
			s.text = "任务" + x.No
		case "spread", "one":
			s.text = "任务" + x.No + " 进度60%"
		default:
			return nil, fmt.Errorf("load kind %q is not known", kind)
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("the plan has no task for load kind %q", kind)
	}
	return out, nil
}

// person is the staff id of a unit's contact.
func person(unit string) string {
	h := fnv.New32a()
	// a hash takes everything
	_, _ = h.Write([]byte(unit))
	return fmt.Sprintf("staff%08x", h.Sum32())
}

// members are the contacts of all units that lead a task.
func members(p *ledger.Plan) []ledger.Member {
	var out []ledger.Member
	seen := map[string]bool{"": true}
	for i := range p.Tasks {
		if unit := p.Tasks[i].Lead(); !seen[unit] {
			seen[unit] = true
			out = append(out, ledger.Member{ID: person(unit), Name: "联络员", Units: []string{unit}, Duties: []ledger.Duty{ledger.DutyContact}, Configured: true})
		}
	}
	return out
}

// push has the fields and the sizes of a real one-to-one text message.
type push struct {
	ConversationID string            `json:"conversationId"`
	AtUsers        []map[string]any  `json:"atUsers"`
	CorpID         string            `json:"chatbotCorpId"`
	BotID          string            `json:"chatbotUserId"`
	MsgID          string            `json:"msgId"`
	Nick           string            `json:"senderNick"`
	Admin          bool              `json:"isAdmin"`
	StaffID        string            `json:"senderStaffId"`
	UnionID        string            `json:"senderUnionId"`
	Until          int64             `json:"sessionWebhookExpiredTime"`
	CreateAt       int64             `json:"createAt"`
	SenderCorp     string            `json:"senderCorpId"`
	Type           string            `json:"conversationType"`
	SenderID       string            `json:"senderId"`
	Webhook        string            `json:"sessionWebhook"`
	RobotCode      string            `json:"robotCode"`
	Platform       string            `json:"senderPlatform"`
	MsgType        string            `json:"msgtype"`
	Text           map[string]string `json:"text"`
}

// request renders the signed push of a saying, with a place for the message's number.
func request(s saying, sink string, now time.Time) template {
	mark := strings.Repeat("9", idLen)
	stamp := strconv.FormatInt(now.UnixMilli(), 10)
	body, err := json.Marshal(push{
		ConversationID: "cid" + s.person + "0000000001==", CorpID: "dingbenchcorp00000000000001", BotID: "$:LWCP_v1:$benchBot0000000000000000001",
		AtUsers: []map[string]any{{"dingtalkId": "$:LWCP_v1:$benchBot0000000000000000001", "staffId": "", "unionId": ""}},
		MsgID:   "msg" + mark + "==", Nick: "联络员", StaffID: s.person, UnionID: "benchUnion0000000000001iEiE",
		Until: now.Add(90 * time.Minute).UnixMilli(), CreateAt: now.UnixMilli(), SenderCorp: "dingbenchcorp00000000000001", Type: "1",
		SenderID: "$:LWCP_v1:$benchUser" + s.person, Webhook: sink + "/robot/sendBySession?session=fedcba9876543210fedcba9876543210",
		RobotCode: appKey, Platform: "Mac", MsgType: "text", Text: map[string]string{"content": s.text},
	})
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	head := fmt.Sprintf("POST /dingtalk/robot HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json; charset=utf-8\r\nTimestamp: %s\r\nSign: %s\r\nContent-Length: %d\r\n\r\n",
		stamp, dingtalk.Sign(secret, stamp), len(body))
	all := append([]byte(head), body...)
	return template{bytes: all, at: bytes.Index(all, []byte(mark))}
}
