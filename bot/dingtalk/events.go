package dingtalk

import (
	"encoding/json"
	"fmt"
	"time"
)

// Types of events that matter to a bot. There is none for a robot that is
// added to a group: a group is known from the first message in it.
const (
	EventCheckURL    = "check_url" // the console tries the address
	EventMemberAdded = "chat_add_member"
	EventMemberGone  = "chat_remove_member"
	EventMemberQuit  = "chat_quit"
	EventTitle       = "chat_update_title"
	EventGroupGone   = "chat_disband"
	EventMessageRead = "robot_msg_read"
	EventMessageGone = "robot_msg_recall"
	EventLeave       = "user_leave_org" // people have left the organisation
)

// Bounds on what an event may carry.
const (
	maxEventUsers = 1000
	maxEventBody  = 256 << 10
)

// decodeEvent reads the body of an event as it comes over HTTP, where its kind and id
// stand beside its details.
func decodeEvent(data []byte) (Event, error) {
	var in struct {
		Type  loose  `json:"EventType"`
		ID    loose  `json:"eventId"`
		BizID loose  `json:"BizId"`
		At    millis `json:"EventTime"`
		Corp  loose  `json:"CorpId"`
	}
	if len(data) > maxEventBody {
		return Event{}, fmt.Errorf("%w: %d bytes", ErrEvent, len(data))
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return Event{}, fmt.Errorf("%w: %w", ErrEvent, err)
	}
	if in.Type == "" {
		return Event{}, fmt.Errorf("%w: no type", ErrEvent)
	}
	e := Event{Type: cut(string(in.Type), maxName), ID: pick(in.ID, in.BizID), Corp: cut(string(in.Corp), maxName), Data: data}
	if in.At > 0 {
		e.At = time.UnixMilli(int64(in.At))
	}
	return e, nil
}

// EventDetail is what events about groups and messages tell.
type EventDetail struct {
	Conversation string
	Title        string
	Users        []string // staff ids
	Operator     string
	Ref          string // processQueryKey, for events about a message of ours
	At           time.Time
}

// Detail reads an event's data: PascalCase as it comes over HTTP, camelCase as in
// Stream mode. errors.Is(err, ErrEvent) when it is no JSON object.
func (e Event) Detail() (EventDetail, error) {
	var in struct { // encoding/json does not look at the case of the keys
		Conversation loose           `json:"OpenConversationId"`
		Title        loose           `json:"Title"`
		User         json.RawMessage `json:"UserId"`
		Operator     loose           `json:"Operator"`
		Ref          loose           `json:"ProcessQueryKey"`
		Operated     millis          `json:"OperatTime"` // DingTalk's spelling
		Stamp        millis          `json:"TimeStamp"`
	}
	if err := json.Unmarshal(e.Data, &in); err != nil {
		return EventDetail{}, fmt.Errorf("%w: %w", ErrEvent, err)
	}
	d := EventDetail{
		Conversation: cut(string(in.Conversation), maxName), Title: cut(string(in.Title), maxName), Users: users(in.User),
		Operator: cut(string(in.Operator), maxName), Ref: cut(string(in.Ref), maxName), At: e.At,
	}
	if ms := max(in.Operated, in.Stamp); ms > 0 {
		d.At = time.UnixMilli(int64(ms))
	}
	return d, nil
}

// users reads one id or a list of them.
func users(raw json.RawMessage) []string {
	var list []loose
	if len(raw) > 0 && raw[0] != '[' {
		raw = append(append(json.RawMessage{'['}, raw...), ']')
	}
	if len(raw) == 0 || json.Unmarshal(raw, &list) != nil {
		return nil
	}
	var ids []string
	for _, id := range list[:min(len(list), maxEventUsers)] {
		if id != "" && len(id) <= maxName {
			ids = append(ids, string(id))
		}
	}
	return ids
}
