package zhengding_test

import (
	"encoding/json"
	"testing"

	"duban/bot/zhengding"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		body          string
		payload, code string
		bad           bool
	}{
		"data":             {body: `{"success":true,"content":{"data":{"a":1},"success":true,"responseCode":"0","bizErrorCode":"0"},"bizErrorCode":"0"}`, payload: `{"a":1}`},
		"list":             {body: `{"success":true,"content":{"data":[1],"success":true}}`, payload: `[1]`},
		"no data":          {body: `{"success":true,"content":{"success":true,"responseCode":"0"}}`, payload: `null`},
		"one shell":        {body: `{"success":true,"content":{"msgId":"wn-1"}}`, payload: `{"msgId":"wn-1"}`},
		"quoted":           {body: `{"success":true,"content":"{\"success\":true,\"content\":{\"msgId\":\"wn-1\"}}"}`, payload: `{"msgId":"wn-1"}`},
		"quoted twice":     {body: `{"success":true,"content":"{\"success\":true,\"content\":\"{\\\"msgId\\\":1}\"}"}`, payload: `{"msgId":1}`},
		"quoted words":     {body: `{"success":true,"content":"ok"}`, payload: `"ok"`},
		"no content":       {body: `{"success":true}`, payload: `null`},
		"text for truth":   {body: `{"success":"true","content":{"success":"True","data":2}}`, payload: `2`},
		"inner no":         {body: `{"success":true,"content":{"success":false,"responseMessage":"no","responseCode":"250027","bizErrorCode":"1"},"bizErrorCode":"2"}`, code: "250027"},
		"inner no, quoted": {body: `{"success":true,"content":"{\"success\":false,\"responseCode\":7}"}`, code: "7"},
		"inner no, outer":  {body: `{"success":true,"content":{"success":false,"responseCode":"0"},"bizErrorCode":"2"}`, code: "2"},
		"outer no":         {body: `{"success":false,"errorCode":"E1","errorMsg":"no"}`, code: "E1"},
		"outer no, inner":  {body: `{"success":false,"content":{"success":true,"responseCode":"I1"}}`, code: "I1"},
		"no without code":  {body: `{"success":false}`, code: "unnamed"},
		"odd truth":        {body: `{"success":1,"content":{}}`, code: "unnamed"},
		"no envelope":      {body: `{"errcode":0}`, bad: true},
		"gateway":          {body: `{"Code":"X","Message":"m"}`, bad: true},
		"page":             {body: `<html>`, bad: true},
		"empty":            {body: ``, bad: true},
		"null":             {body: `null`, bad: true},
		"list of nothing":  {body: `[]`, bad: true},
	} {
		payload, code, _, err := zhengding.Open([]byte(tt.body))
		if string(payload) != tt.payload || code != tt.code || (err != nil) != tt.bad {
			t.Errorf("%s: %s, %q, %v", name, payload, code, err)
		}
	}
}

// Whatever comes: exactly one of payload, fault and error, and the payload is JSON.
func FuzzOpen(f *testing.F) {
	for _, s := range []string{
		`{"success":true,"content":{"data":{"accessToken":"app_demo0001","expiresIn":7200},"success":true},"bizErrorCode":"0"}`,
		`{"success":true,"content":"{\"success\":true,\"content\":{\"msgId\":\"x\"}}"}`,
		`{"success":true,"content":{"success":false,"responseCode":"250027"}}`, `{"success":false}`,
		`{"success":true,"content":[{"success":false}]}`, `{"success":{},"content":1e999}`, `{"Code":"OPF-B001-05-16-0009"}`, `{"success":true,"content":"\ud800"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		payload, code, msg, err := zhengding.Open(body)
		n := 0
		for _, is := range []bool{payload != nil, code != "", err != nil} {
			if is {
				n++
			}
		}
		if n != 1 || len(code) > 128 || len(msg) > 512 {
			t.Fatalf("%s, %q, %q, %v", payload, code, msg, err)
		}
		if payload != nil && !json.Valid(payload) {
			t.Fatalf("payload %q is no JSON", payload)
		}
	})
}
