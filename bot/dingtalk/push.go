package dingtalk

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// push is the body of a robot callback, as far as it is read. Field types are loose
// because the documents and the live service disagree about them, and a slip in one
// field must not cost the message.
type push struct {
	MsgID             loose  `json:"msgId"`
	MsgType           loose  `json:"msgtype"`
	ConversationID    loose  `json:"conversationId"`
	ConversationType  loose  `json:"conversationType"`
	ConversationTitle loose  `json:"conversationTitle"`
	SenderStaffID     loose  `json:"senderStaffId"`
	SenderNick        loose  `json:"senderNick"`
	ChatbotUserID     loose  `json:"chatbotUserId"`
	RobotCode         loose  `json:"robotCode"`
	Webhook           loose  `json:"sessionWebhook"`
	WebhookUntil      millis `json:"sessionWebhookExpiredTime"`
	CreateAt          millis `json:"createAt"`
	IsInAtList        flag   `json:"isInAtList"`
	OriginalMsgID     loose  `json:"originalMsgId"`
	OriginalQueryKey  loose  `json:"originalProcessQueryKey"`
	ErrorCode         loose  `json:"errorCode"`
	ErrCode           loose  `json:"errCode"`

	Text     json.RawMessage `json:"text"`
	Content  json.RawMessage `json:"content"`
	Replied  json.RawMessage `json:"repliedMsg"`
	Legacy   json.RawMessage `json:"quoteMessage"`
	IsReply  flag            `json:"isReplyMsg"`
	RichText json.RawMessage `json:"richText"`

	said  string // text.content, when plain is set
	plain bool   // read by the short way: a text message without a quote
}

// readPush decodes a body, by the short way when it is the common text message.
func readPush(body string) (push, error) {
	if p, ok := readPlain(body); ok {
		return p, nil
	}
	var p push
	err := json.Unmarshal([]byte(body), &p)
	return p, err
}

// loose is a string that may also come as a number or a bool; null and anything
// composite is empty.
type loose string

// UnmarshalJSON never refuses a well-formed value.
func (l *loose) UnmarshalJSON(b []byte) error {
	*l = ""
	switch {
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*l = loose(s)
	case b[0] != '{' && b[0] != '[' && b[0] != 'n':
		*l = loose(b)
	}
	return nil
}

// millis is a Unix time in milliseconds, as a number or a string; 0 when it cannot
// be read.
type millis int64

// UnmarshalJSON never refuses a well-formed value.
func (m *millis) UnmarshalJSON(b []byte) error {
	*m = 0
	s := string(bytes.Trim(b, `"`))
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		*m = millis(n)
	} else if f, err := strconv.ParseFloat(s, 64); err == nil && f > 0 && f < 1e15 {
		*m = millis(f)
	}
	return nil
}

// flag is a bool that knows whether it was there.
type flag byte

const (
	absent flag = iota
	no
	yes
)

// UnmarshalJSON never refuses a well-formed value.
func (f *flag) UnmarshalJSON(b []byte) error {
	switch string(bytes.Trim(b, `"`)) {
	case "true", "1":
		*f = yes
	case "null":
		*f = absent
	default:
		*f = no
	}
	return nil
}

// object reads raw into T, or gives the zero T when raw is no object. raw comes out
// of a body that has already been parsed, so what fails here is a stranger's slip in
// an optional part.
func object[T any](raw json.RawMessage) T {
	var v, zero T
	if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &v) != nil {
		return zero
	}
	return v
}
