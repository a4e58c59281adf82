package zhengding

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// errNoEnvelope: the reply is not what the gateway's services answer.
var errNoEnvelope = errors.New("zhengding: reply is no envelope")

// loose is text that comes as a string, a number, a truth value or null; anything
// else reads as "".
type loose string

// UnmarshalJSON never fails: one odd field must not hide the others.
func (l *loose) UnmarshalJSON(b []byte) error {
	switch b[0] {
	case '"':
		var s string
		if json.Unmarshal(b, &s) == nil {
			*l = loose(s)
		}
	case '{', '[', 'n':
		*l = ""
	default:
		*l = loose(b)
	}
	return nil
}

// layer is one of the two shells of a reply. The fields of both are read at both:
// services differ in which one they fill.
type layer struct {
	Success loose           `json:"success"`
	Content json.RawMessage `json:"content"`
	Data    json.RawMessage `json:"data"`
	Biz     loose           `json:"bizErrorCode"`
	Code    loose           `json:"responseCode"`
	Message loose           `json:"responseMessage"`
	ErrCode loose           `json:"errorCode"`
	ErrMsg  loose           `json:"errorMsg"`
}

// fault is what the gateway says of a call that went wrong.
type fault struct{ code, msg string }

// open takes a reply out of both shells. Exactly one of these holds: a payload (null
// when the service gave none), a fault, or errNoEnvelope.
func open(body []byte) (payload json.RawMessage, no *fault, err error) {
	var outer layer
	if json.Unmarshal(body, &outer) != nil || outer.Success == "" {
		return nil, nil, errNoEnvelope
	}
	content := unquote(outer.Content)
	var inner layer
	if isObject(content) && json.Unmarshal(content, &inner) != nil {
		return nil, nil, errNoEnvelope
	}
	if !outer.ok() || inner.Success != "" && !inner.ok() {
		return nil, &fault{code: code(inner, outer), msg: message(inner, outer)}, nil
	}
	switch {
	case len(inner.Data) > 0:
		payload = inner.Data
	case inner.Success != "" && len(inner.Content) > 0:
		payload = unquote(inner.Content)
	case inner.Success == "" && len(content) > 0: // work notifications have one shell
		payload = content
	}
	if len(payload) == 0 {
		payload = json.RawMessage("null")
	}
	return payload, nil, nil
}

func (l layer) ok() bool { return strings.EqualFold(string(l.Success), "true") }

// unquote opens JSON that was put into a string: some services answer so.
func unquote(raw json.RawMessage) json.RawMessage {
	var s string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		return raw
	}
	if in := bytes.TrimSpace([]byte(s)); len(in) > 0 && (in[0] == '{' || in[0] == '[') && json.Valid(in) {
		return in
	}
	return raw
}

func isObject(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '{' }

// code is the first that says something; "0" is the word for no error.
func code(layers ...layer) string {
	for _, l := range layers {
		for _, c := range []loose{l.Code, l.Biz, l.ErrCode} {
			if c != "" && c != "0" {
				return cut(string(c), maxCode)
			}
		}
	}
	return "unnamed"
}

func message(layers ...layer) string {
	for _, l := range layers {
		for _, m := range []loose{l.Message, l.ErrMsg} {
			if m != "" {
				return cut(string(m), maxMsg)
			}
		}
	}
	return ""
}
