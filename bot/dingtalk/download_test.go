package dingtalk_test

import (
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
)

const pathFile = "/v1.0/robot/messageFiles/download"

func TestDownload(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	m := r.say(t, bottest.Saying{User: "u1", Type: "file", Text: "方案.txt", Data: []byte("湖政发〔2018〕20号")})
	got, err := r.client.Download(t.Context(), m.File.Code, 100)
	if err != nil || string(got) != "湖政发〔2018〕20号" {
		t.Fatal(got, err)
	}
	if _, err := r.client.Download(t.Context(), m.File.Code, 5); refusal(t, err).Retry {
		t.Error(err)
	}
	r.Fail(bottest.Fault{Path: "/download", Status: 503, Body: ""})
	if _, err := r.client.Download(t.Context(), m.File.Code, 100); !refusal(t, err).Retry {
		t.Error(err)
	}
	r.Fail(bottest.Fault{Path: "/download", Status: 504, Body: ""}) // nothing hangs on it: ask again
	if _, err := r.client.Download(t.Context(), m.File.Code, 100); !refusal(t, err).Retry {
		t.Error(err)
	}
	r.clock.Advance(3 * time.Hour)
	if _, err := r.client.Download(t.Context(), m.File.Code, 100); refusal(t, err).Code != "invalidParameter.robotCode.downloadCode" {
		t.Error(err)
	}
}

func TestDownloadElsewhere(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	other := newRig(t, nil)
	for _, to := range []string{
		"", "file:///etc/passwd", other.URL() + "/download?code=1", "http://169.254.169.254/latest", "http://localhost:1/", "http://[::1]/",
		"http://10.1.2.3/x", strings.Replace(r.URL(), "http://", "http://a@", 1),
	} {
		r.Fail(bottest.Fault{Path: pathFile, Status: 200, Body: map[string]any{"downloadUrl": to}})
		if _, err := r.client.Download(t.Context(), "c", 100); refusal(t, err).Code != "host" {
			t.Error(to, err)
		}
	}
	if len(other.Requests("")) != 0 {
		t.Error("a call went astray")
	}
}
