package zhengding_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot"
	"duban/bot/zhengding"
	"duban/bot/zhengding/zhengtest"
)

const robotPath = "/robot/send"

func room(id, text string) bot.Outgoing {
	return bot.Outgoing{ID: id, Room: roomA, Title: "督办提醒", Markdown: text}
}

func TestRoom(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	out := room("r-1", "**20号任务**\n今天到期")
	out.At, out.Buttons = []string{shen, "", "a b", "@all"}, []bot.Button{{Say: "20号已完成"}}
	if ref := r.send(t, out); ref != "" {
		t.Error(ref)
	}
	n := r.Group(roomA)[0]
	if diff := cmp.Diff("**20号任务**\n今天到期\n\n办理时请说：「20号已完成」\n\n@1001", n.Text); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{shen}, n.At); diff != "" {
		t.Error(diff)
	}
	for name := range r.Requests(robotPath)[0].Header {
		if strings.HasPrefix(name, "X-Hmac") || name == "Apikey" {
			t.Errorf("a robot takes no %s", name)
		}
	}
}

// A long text comes in pages; only the last one mentions.
func TestRoomPages(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	out := room("r-1", tasks(600))
	out.At = []string{wang}
	r.send(t, out)
	r.send(t, out)
	list := r.Group(roomA)
	if len(list) != 3 {
		t.Fatalf("saw %d pages", len(list))
	}
	for i, n := range list {
		if !strings.HasSuffix(n.Text, fmt.Sprintf("（第%d/3部分）", i+1)) || (len(n.At) == 1) != (i == 2) {
			t.Errorf("page %d mentions %v and ends with %q", i+1, n.At, n.Text[len(n.Text)-80:])
		}
	}
	for _, q := range r.Requests(robotPath) {
		if len(q.Body) > 20000 {
			t.Errorf("%d bytes", len(q.Body))
		}
	}
}

func TestRobotAnswers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status int
		body   any
		code   string // "" wants an unknown outcome, "ok" success
		after  time.Duration
	}{
		"fine, in words":   {200, map[string]any{"errcode": "0", "errmsg": "ok"}, "ok", 0},
		"busy":             {200, map[string]any{"errcode": -1}, "-1", 5 * time.Second},
		"too fast":         {200, map[string]any{"errcode": 130101}, "130101", 10 * time.Minute},
		"too fast, newer":  {200, map[string]any{"errcode": 410100}, "410100", 10 * time.Minute},
		"keywords":         {200, map[string]any{"errcode": 310000, "errmsg": "keywords not in content"}, "310000", 0},
		"unknown robot":    {200, map[string]any{"errcode": 300001}, "300001", 0},
		"no errcode":       {200, `{}`, "", 0},
		"no JSON":          {200, `<html>`, "", 0},
		"away":             {503, ``, "503", 5 * time.Second},
		"throttled":        {429, ``, "429", 5 * time.Second},
		"forbidden":        {403, ``, "403", 0},
		"gateway timeout":  {504, ``, "", 0},
		"connection ended": {0, ``, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, zhengtest.Options{}, nil)
			r.Fail(zhengtest.Fault{Path: robotPath, Status: tt.status, Body: tt.body})
			err := r.try(t.Context(), room("1", "到期"))
			switch tt.code {
			case "ok":
				if err != nil {
					t.Error(err)
				}
			case "":
				unknown(t, err)
			default:
				if no := refusal(t, err); no.Code != tt.code || no.After != tt.after || no.Retry != (tt.after > 0) {
					t.Errorf("%+v", no)
				}
			}
			if err != nil && strings.Contains(err.Error(), "access_token") {
				t.Errorf("%v tells the address", err)
			}
		})
	}
}

// After "too fast" the robot is left alone for as long as it is muted.
func TestRobotMuted(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	r.Fail(zhengtest.Fault{Path: robotPath, Status: 200, Body: map[string]any{"errcode": 130101}})
	for i, want := range []time.Duration{10 * time.Minute, 9 * time.Minute} {
		if no := refusal(t, r.try(t.Context(), room("1", "到期"))); no.After != want {
			t.Errorf("try %d: %+v", i, no)
		}
		r.clock.advance(time.Minute)
	}
	if n := len(r.Requests(robotPath)); n != 1 {
		t.Errorf("%d calls to a muted robot", n)
	}
	r.clock.advance(8 * time.Minute)
	r.send(t, room("1", "到期"))
}

// Nineteen a minute are never sent, whichever minute one looks at.
func TestRobotMinute(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	for i := range 60 {
		err := r.try(t.Context(), room(fmt.Sprint(i), "到期"))
		var no *bot.Refusal
		if errors.As(err, &no) {
			r.clock.advance(no.After)
			r.send(t, room(fmt.Sprint(i), "到期"))
		} else if err != nil {
			t.Fatal(err)
		}
		r.clock.advance(time.Second)
	}
	if n := len(r.Group(roomA)); n != 60 {
		t.Errorf("saw %d", n)
	}
}

// A robot's address that is not on the robot's host is never called.
func TestRobotElsewhere(t *testing.T) {
	t.Parallel()
	r, other := newRig(t, zhengtest.Options{}, nil), newRig(t, zhengtest.Options{}, nil)
	for _, address := range []string{
		other.webhook, "https://oapi.dingtalk.com/robot/send?access_token=1", "::", "/robot/send",
		strings.Replace(r.webhook, "http://", "http://good@", 1), strings.Replace(r.webhook, "http://", "https://", 1),
		r.webhook + strings.Repeat("x", 3000),
	} {
		r.webhook = address
		if no := refusal(t, r.try(t.Context(), room("1", "到期"))); no.Retry || no.Code != "host" || strings.Contains(no.Error(), "access_token") {
			t.Errorf("%s: %+v", address, no)
		}
	}
	if len(r.Requests(""))+len(other.Requests("")) != 0 {
		t.Error("a call went astray")
	}
	r.webhook = ""
	if no := refusal(t, r.try(t.Context(), room("1", "到期"))); no.Retry || no.Code != "no.route" {
		t.Errorf("%+v", no)
	}
}

// A robot on a host of its own, without a secret.
func TestRobotUnsigned(t *testing.T) {
	t.Parallel()
	other := newRig(t, zhengtest.Options{}, nil)
	address := other.AddRobot(roomA, "", "督办")
	r := newRig(t, zhengtest.Options{}, func(o *zhengding.Options) {
		o.RobotBase, o.HTTP = other.URL(), &http.Client{Transport: &http.Transport{}}
		o.RoomWebhook = func(string) (string, string, bool) { return address, "", true }
	})
	r.send(t, room("1", "到期"))
	if len(other.Group(roomA)) != 1 || len(r.Requests("")) != 0 {
		t.Error("not posted to the robot's host")
	}
}
