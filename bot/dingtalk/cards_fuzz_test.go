package dingtalk_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"duban/bot/dingtalk"
)

const pressBody = `{"type":"actionCallback","outTrackId":"trk-0001","corpId":"dingdemocorp01","userId":"user0001","userIdType":1,
 "spaceType":"IM_GROUP","spaceId":"cidDemoGroup0000000001==","extension":"{}",
 "content":"{\"cardPrivateData\":{\"actionIds\":[\"done\"],\"params\":{\"task\":\"42\"}}}"}`

func TestDecodePress(t *testing.T) {
	t.Parallel()
	p, err := dingtalk.DecodePress([]byte(pressBody))
	if err != nil || p.OutTrackID != "trk-0001" || p.UserID != "user0001" || !p.Group || p.SpaceID != "cidDemoGroup0000000001==" || p.Actions[0] != "done" || p.Params["task"] != "42" {
		t.Error(p, err)
	}
}

func FuzzDecodePress(f *testing.F) {
	f.Add([]byte(pressBody))
	f.Add([]byte(strings.Replace(pressBody, `"content"`, `"value"`, 1)))
	f.Add([]byte(`{"outTrackId":1,"userId":true,"content":{"cardPrivateData":{"actionIds":[2],"params":{"a":null,"b":[1],"c":{}}}}}`))
	f.Add([]byte(`{"outTrackId":"t","userId":"u","content":"\"{}\""}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := dingtalk.DecodePress(data)
		if err != nil {
			if !errors.Is(err, dingtalk.ErrPress) {
				t.Fatal(err)
			}
			return
		}
		if p.OutTrackID == "" || p.UserID == "" || len(p.Actions) == 0 {
			t.Fatalf("%+v", p)
		}
		if m, err := dingtalk.PressMessage("secret", p, time.UnixMilli(1)); err == nil {
			t.Fatalf("forged: %+v", m)
		}
	})
}

func FuzzEventDecrypt(f *testing.F) {
	keys, err := dingtalk.NewEventKeys("tok123", eventAES, "dingdemoappkey01")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(eventVector, []byte(`{"EventType":"check_url"}`))
	f.Add("AAAA", []byte{})
	f.Add(strings.Repeat("A", 44), []byte("成功"))
	f.Fuzz(func(t *testing.T, encrypted string, msg []byte) {
		if _, err := keys.Decrypt(encrypted); err != nil && !errors.Is(err, dingtalk.ErrEvent) {
			t.Fatal(err)
		}
		sealed, err := keys.Encrypt(msg, strings.NewReader("0123456789abcdef"))
		if err != nil {
			t.Fatal(err)
		}
		got, err := keys.Decrypt(sealed)
		if err != nil || !bytes.Equal(got, msg) {
			t.Fatal(got, err)
		}
		if d, err := (dingtalk.Event{Data: msg}).Detail(); err == nil && !utf8.ValidString(d.Title) {
			t.Fatalf("%+v", d)
		}
	})
}
