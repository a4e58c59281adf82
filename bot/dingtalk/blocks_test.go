package dingtalk_test

import (
	"testing"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

// TestBlocked: what is refused until somebody mends it is refused without asking DingTalk
// again, but for one call in a while; what does not depend on it goes on, and so does all
// once it is mended.
func TestBlocked(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		set   func(r *rig, ok bool)
		code  string
		api   string
		path  string // of the call that shows whether it was asked
		every time.Duration
		other bool // people can be looked up meanwhile
	}{
		"calls used up": {func(r *rig, ok bool) { r.SetMonthly(map[bool]int{true: -1, false: 0}[ok]) },
			"Forbidden.AccessDenied.ApiCountLimitForOrg", "", pathGroup, time.Hour, true},
		"permission": {func(r *rig, ok bool) { r.SetScope("qyapi_robot_sendmsg", ok) },
			"Forbidden.AccessDenied.AccessTokenPermissionDenied", pathGroup, pathGroup, 10 * time.Minute, true},
		"secret": {func(r *rig, ok bool) {
			if r.DropToken(); !ok {
				r.Fail(bottest.Fault{Path: pathToken, Status: 400, Body: map[string]any{"code": "invalidClientIdOrSecret", "message": "无效的clientId或者clientSecret"}, Times: 2})
			}
		}, "invalidClientIdOrSecret", "", pathToken, 10 * time.Minute, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			sent := func() error {
				_, err := r.client.Send(t.Context(), bot.Outgoing{ID: "1", Room: roomA, Markdown: "x"})
				return err
			}
			tt.set(r, false)
			for i := range 5 {
				if no := refusal(t, sent()); !no.Blocked || !no.Retryable() || no.Code != tt.code || no.After != tt.every-time.Duration(i)*time.Second {
					t.Errorf("try %d: %+v", i+1, no)
				}
				r.clock.Advance(time.Second)
			}
			if n := len(r.Requests(tt.path)); n != 1 {
				t.Errorf("asked %d times", n)
			}
			list := r.client.Blocked()
			if len(list) != 1 || list[0].API != tt.api || list[0].Why.Code != tt.code || !list[0].Since.Equal(r.clock.Now().Add(-5*time.Second)) {
				t.Errorf("blocked: %+v", list)
			}
			if _, err := r.client.User(t.Context(), "u1"); (err == nil) != tt.other {
				t.Errorf("other calls: %v", err)
			}
			r.clock.Advance(tt.every)
			if no := refusal(t, sent()); no.Code != tt.code || len(r.Requests(tt.path)) != 2 {
				t.Errorf("a second look: %+v, asked %d times", no, len(r.Requests(tt.path)))
			}
			tt.set(r, true)
			if refusal(t, sent()); len(r.Requests(tt.path)) != 2 {
				t.Error("asked before its time")
			}
			r.clock.Advance(tt.every)
			if err := sent(); err != nil || len(r.client.Blocked()) != 0 {
				t.Errorf("mended: %v, %+v", err, r.client.Blocked())
			}
			if n := len(r.Seen(roomA)); n != 1 {
				t.Errorf("%d messages", n)
			}
		})
	}
}

// TestBlockedWebhooks: replies by a session webhook do not need what is blocked.
func TestBlockedWebhooks(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.SetMonthly(0)
	_, err := r.client.Send(t.Context(), bot.Outgoing{ID: "1", Room: roomA, Markdown: "x"})
	if !dingtalk.OutOfCalls(err) {
		t.Fatal(err)
	}
	m := r.say(t, bottest.Saying{User: "u1", Group: roomA, At: true, Text: "我的任务"})
	if _, err := r.client.Send(t.Context(), reply(m, "y")); err != nil || len(r.Seen(roomA)) != 1 {
		t.Errorf("%v, seen %v", err, r.Seen(roomA))
	}
}
