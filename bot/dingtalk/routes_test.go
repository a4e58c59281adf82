package dingtalk_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

const (
	pathToken   = "/v1.0/oauth2/accessToken"
	pathGroup   = "/v1.0/robot/groupMessages/send"
	pathDirect  = "/v1.0/robot/oToMessages/batchSend"
	pathRobot   = "/robot/send"
	pathSession = "/robot/sendBySession"
)

func robotRig(t *testing.T, robot bottest.Robot) *rig {
	t.Helper()
	r := newRig(t, nil)
	r.room[roomA] = [2]string{r.AddRobot(roomA, robot), robot.Secret}
	return r
}

func TestRobot(t *testing.T) {
	t.Parallel()
	r := robotRig(t, bottest.Robot{Secret: "SECdemo", Keywords: []string{"督办"}})
	out := bot.Outgoing{ID: "n-1", Room: roomA, Title: "督办提醒", Markdown: "20号任务\n今天到期", At: []string{"u2"}}
	for range 2 { // the same id is shown once
		if ref, err := r.client.Send(t.Context(), out); err != nil || ref != "" {
			t.Fatal(ref, err)
		}
	}
	seen := r.Seen(roomA)
	if len(seen) != 1 || seen[0].Via != "robot" || !slices.Equal(seen[0].At, []string{"u2"}) || seen[0].Text != "20号任务\n今天到期\n\n@u2" {
		t.Errorf("saw %+v", seen)
	}
}

// What is set up wrongly keeps no notice back while there is another way.
func TestRobotSetUpWrongly(t *testing.T) {
	t.Parallel()
	r := robotRig(t, bottest.Robot{Secret: "SECdemo", Keywords: []string{"督办"}})
	out := bot.Outgoing{ID: "n-1", Room: roomA, Title: "x", Markdown: "no keyword"}
	if ref, err := r.client.Send(t.Context(), out); err != nil || ref == "" {
		t.Error(ref, err)
	}
	alone := robotRig(t, bottest.Robot{})
	alone.room[roomA] = [2]string{alone.AddRobot(roomA, bottest.Robot{Secret: "SECdemo"}), "SECother"}
	c, err := dingtalk.NewClient(dingtalk.ClientOptions{
		OAPIBase: alone.URL(), Now: alone.clock.Now, Log: slog.New(slog.DiscardHandler),
		RoomWebhook: func(room string) (string, string, bool) { return alone.room[room][0], alone.room[room][1], true },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if no := refusal(t, second(c.Send(t.Context(), out))); no.Code != "310000" || no.Retry || !strings.Contains(no.Msg, "sign not match") {
		t.Error(no)
	}
}

// Eighteen a minute, in any minute; the wait that is named is enough.
func TestRobotRate(t *testing.T) {
	t.Parallel()
	r := robotRig(t, bottest.Robot{})
	send := func(i int) error {
		return second(r.client.Send(t.Context(), bot.Outgoing{ID: fmt.Sprint(i), Room: roomA, Markdown: "x"}))
	}
	sent := 0
	for i := range 200 {
		err := send(i)
		if err == nil {
			sent++
			r.clock.Advance(time.Second)
			continue
		}
		no := refusal(t, err)
		if !no.Retry || no.After <= 0 || no.After > time.Minute || no.Code != "rate" {
			t.Fatal(i, no)
		}
		r.clock.Advance(no.After)
		if err := send(1000 + i); err != nil {
			t.Fatal("after the wait:", err)
		}
		sent++
	}
	if len(r.Seen(roomA)) != sent || len(r.Requests(pathRobot)) != sent {
		t.Errorf("sent %d, saw %d", sent, len(r.Seen(roomA)))
	}
}

// Muted by DingTalk (others use the robot too): ten minutes, without asking again.
func TestRobotMuted(t *testing.T) {
	t.Parallel()
	for _, code := range []int{130101, 410100} {
		r := robotRig(t, bottest.Robot{})
		r.Fail(bottest.Fault{Path: pathRobot, Status: 200, Body: map[string]any{"errcode": code, "errmsg": "send too fast"}})
		out := bot.Outgoing{ID: "1", Room: roomA, Markdown: "x"}
		if no := refusal(t, second(r.client.Send(t.Context(), out))); !no.Retry || no.After != 10*time.Minute {
			t.Error(no)
		}
		r.clock.Advance(9 * time.Minute)
		if no := refusal(t, second(r.client.Send(t.Context(), out))); !no.Retry || no.After != time.Minute {
			t.Error(no)
		}
		r.clock.Advance(time.Minute)
		if _, err := r.client.Send(t.Context(), out); err != nil {
			t.Error(err)
		}
	}
}

func TestRobotGoneFallsBack(t *testing.T) {
	t.Parallel()
	r := robotRig(t, bottest.Robot{Disabled: true})
	for i, hook := range []string{
		r.room[roomA][0], r.URL() + "/robot/send?access_token=unknown", "https://evil.example/robot/send?access_token=1",
	} {
		r.room[roomA] = [2]string{hook, ""}
		if ref, err := r.client.Send(t.Context(), bot.Outgoing{ID: "1", Room: roomA, Markdown: "x"}); err != nil || ref == "" {
			t.Error(hook, ref, err)
		}
		if seen := r.Seen(roomA); len(seen) != i+1 || seen[i].Via != "group" {
			t.Errorf("saw %+v", seen)
		}
	}
}

// A muted session does not keep the answer back.
func TestSessionMutedFallsBack(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	m := r.say(t, bottest.Saying{User: "u1", Text: "汇总"})
	r.Fail(bottest.Fault{Path: pathSession, Status: 200, Body: map[string]any{"errcode": 130101, "errmsg": "x"}})
	if ref, err := r.client.Send(t.Context(), reply(m, "好")); err != nil || ref == "" {
		t.Error(ref, err)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	const unsure = -time.Second // marks an unknown outcome
	api := func(status int, code string) bottest.Fault {
		return bottest.Fault{Path: pathGroup, Status: status, Body: map[string]any{"code": code, "message": "m", "requestid": "r"}}
	}
	old := func(body string) bottest.Fault { return bottest.Fault{Path: pathRobot, Status: 200, Body: body} }
	for _, tt := range []struct {
		fault bottest.Fault
		code  string
		retry bool
		after time.Duration
	}{
		{api(400, "invalidParameter.msgKey.invalid"), "invalidParameter.msgKey.invalid", false, 0},
		{api(400, "group.disbanded"), "group.disbanded", false, 0},
		{api(400, "send.too.fast"), "send.too.fast", true, time.Minute},
		{api(400, "unknown.send.result"), "", false, unsure},
		{api(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"), "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", true, time.Second},
		{api(403, "Forbidden.AccessDenied.QpsLimitForApi"), "Forbidden.AccessDenied.QpsLimitForApi", true, time.Second},
		{api(403, "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"), "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", true, time.Minute},
		{api(403, "Forbidden.AccessDenied.ApiCountLimitForOrg"), "Forbidden.AccessDenied.ApiCountLimitForOrg", true, time.Hour},
		{api(403, "Forbidden.AccessDenied.IpNotInWhiteList"), "Forbidden.AccessDenied.IpNotInWhiteList", true, 10 * time.Minute},
		{api(500, "system.error"), "system.error", true, 5 * time.Second},
		{api(503, ""), "503", true, 5 * time.Second},
		{api(429, "system.busy"), "system.busy", true, 5 * time.Second},
		{api(504, ""), "", false, unsure},
		{api(502, ""), "", false, unsure},
		{api(404, ""), "404", true, 10 * time.Minute},
		{bottest.Fault{Path: pathGroup, Status: 403, Body: "<html>blocked</html>"}, "403", true, 10 * time.Minute},
		{bottest.Fault{Path: pathGroup, Status: 200, Body: "<html>welcome</html>"}, "", false, unsure},
		{bottest.Fault{Path: pathGroup, Status: 200, Body: map[string]any{"status": 1111, "punish": "deny"}}, "1111", true, 5 * time.Minute},
		{bottest.Fault{Path: pathGroup, Status: 200, Body: strings.Repeat("x", 2<<20)}, "", false, unsure},
		{bottest.Fault{Path: pathGroup}, "", false, unsure},               // dropped
		{bottest.Fault{Path: pathGroup, Stored: true}, "", false, unsure}, // dropped, but delivered
		{old(`{"errcode":-1,"errmsg":"busy"}`), "-1", true, 5 * time.Second},
		{old(`{"errcode":"-1","errmsg":"busy"}`), "-1", true, 5 * time.Second},
		{old(`{"errcode":88,"sub_code":"","errmsg":"x"}`), "88", true, 5 * time.Second},
		{old(`{"errcode":88,"sub_code":"60011","sub_msg":"没有权限"}`), "60011", true, 10 * time.Minute},
		{old(`{"errcode":88,"sub_code":"90018","sub_msg":"x"}`), "90018", true, time.Second},
		{old(`{"errcode":90002}`), "90002", true, time.Second},
		{old(`{"errcode":90006}`), "90006", true, time.Minute},
		{old(`{"errcode":90020}`), "90020", true, time.Hour},
		{old(`{"errcode":15,"errmsg":"isp.top-remote-connection-timeout"}`), "", false, unsure},
		{old(`{"errcode":460101}`), "460101", false, 0},
		{old(`{"errcode":430102}`), "430102", false, 0},
		{old(`{"status":1111,"wait":5,"punish":"deny"}`), "1111", true, 5 * time.Minute},
		{old(`{}`), "", false, unsure},
		{old(`<html>`), "", false, unsure},
		{bottest.Fault{Path: pathRobot, Status: 500, Body: "x"}, "500", true, 5 * time.Second},
		{bottest.Fault{Path: pathRobot, Status: 504, Body: "x"}, "", false, unsure},
	} {
		r := newRig(t, nil)
		if tt.fault.Path == pathRobot {
			r.room[roomA] = [2]string{r.AddRobot(roomA, bottest.Robot{}), ""}
		}
		r.Fail(tt.fault)
		_, err := r.client.Send(t.Context(), bot.Outgoing{ID: "1", Room: roomA, Markdown: "x"})
		if tt.after == unsure {
			unknown(t, err)
			continue
		}
		no := refusal(t, err)
		if no.Code != tt.code || no.Retryable() != tt.retry || no.After != tt.after {
			t.Errorf("%+v: %+v", tt.fault, no)
		}
	}
}

func TestErrcodeAsString(t *testing.T) {
	t.Parallel()
	r := robotRig(t, bottest.Robot{})
	r.Fail(bottest.Fault{Path: pathRobot, Status: 200, Body: `{"errcode":"0","errmsg":"ok"}`})
	if _, err := r.client.Send(t.Context(), bot.Outgoing{ID: "1", Room: roomA, Markdown: "x"}); err != nil {
		t.Error(err)
	}
}

func TestScopeMissing(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.SetScope("qyapi_robot_sendmsg", false)
	no := refusal(t, second(r.client.Send(t.Context(), bot.Outgoing{Room: roomA, Markdown: "x"})))
	if no.Retry || !strings.Contains(no.Code, "AccessTokenPermissionDenied") {
		t.Error(no)
	}
}

// Fifteen a second for each call, below DingTalk's twenty.
func TestAPIRate(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	var sent, held int
	for range 30 {
		_, err := r.client.Send(t.Context(), bot.Outgoing{Room: roomA, Markdown: "x"})
		if err == nil {
			sent++
			continue
		}
		if no := refusal(t, err); !no.Retry || no.After != time.Second {
			t.Fatal(no)
		}
		held++
	}
	if sent != 15 || held != 15 || len(r.Seen(roomA)) != 15 {
		t.Errorf("sent %d, held %d", sent, held)
	}
	if _, err := r.client.Send(t.Context(), bot.Outgoing{Member: "u1", Markdown: "x"}); err != nil {
		t.Error("the other call has its own rate:", err)
	}
	r.clock.Advance(time.Second)
	if _, err := r.client.Send(t.Context(), bot.Outgoing{Room: roomA, Markdown: "x"}); err != nil {
		t.Error(err)
	}
}

func TestOneMember(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.FlowControl("u2", true)
	for member, want := range map[string]struct {
		code  string
		retry bool
	}{"x9": {"invalidStaffId", false}, "nobody": {"invalidStaffId", false}, "u2": {"flowControlled", true}} {
		no := refusal(t, second(r.client.Send(t.Context(), bot.Outgoing{Member: member, Markdown: "x"})))
		if no.Code != want.code || no.Retry != want.retry {
			t.Error(member, no)
		}
	}
}

func TestTokenSingleFlight(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	send := func(n int) {
		release := r.Hold(pathToken)
		errs := make(chan error, n)
		var ready sync.WaitGroup
		ready.Add(n)
		for range n {
			go func() {
				ready.Done()
				_, err := r.client.Send(t.Context(), bot.Outgoing{Member: "u1", Markdown: "x"})
				errs <- err
			}()
		}
		ready.Wait()
		release()
		for range n {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
	}
	send(12)
	if n := len(r.Requests(pathToken)); n != 1 {
		t.Fatalf("%d token calls", n)
	}
	r.clock.Advance(7200*time.Second - 6*time.Minute)
	send(3)
	if n := len(r.Requests(pathToken)); n != 1 {
		t.Fatalf("%d token calls: renewed too early", n)
	}
	r.clock.Advance(2 * time.Minute)
	send(12)
	if n := len(r.Requests(pathToken)); n != 2 {
		t.Fatalf("%d token calls: not renewed early", n)
	}
}

func TestTokenEndsEarly(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	out := bot.Outgoing{Room: roomA, Markdown: "x"}
	for range 2 {
		if _, err := r.client.Send(t.Context(), out); err != nil {
			t.Fatal(err)
		}
		r.DropToken()
	}
	if len(r.Requests(pathToken)) != 2 || len(r.Seen(roomA)) != 2 {
		t.Errorf("%d tokens, %d messages", len(r.Requests(pathToken)), len(r.Seen(roomA)))
	}
	// Refused twice: no third try now, but one later.
	r.Fail(bottest.Fault{Path: pathGroup, Status: 400, Times: 3, Body: map[string]any{"code": "InvalidAuthentication"}})
	if no := refusal(t, second(r.client.Send(t.Context(), out))); no.Code != "InvalidAuthentication" || !no.Retry {
		t.Error(no)
	}
	if n := len(r.Requests(pathGroup)); n != 5 {
		t.Errorf("%d calls", n)
	}
}

func TestTokenTrouble(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	out := bot.Outgoing{Room: roomA, Markdown: "x"}
	for _, fault := range []bottest.Fault{
		{Path: pathToken}, {Path: pathToken, Status: 504}, {Path: pathToken, Status: 200, Body: "{}"}, {Path: pathToken, Status: 503, Body: ""},
	} {
		r.Fail(fault) // whatever becomes of the token call, no message went out
		if no := refusal(t, second(r.client.Send(t.Context(), out))); !no.Retry {
			t.Errorf("%+v: %v", fault, no)
		}
	}
	if _, err := r.client.Send(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	r.clock.Advance(7200*time.Second - time.Minute)
	r.Fail(bottest.Fault{Path: pathToken, Status: 503, Body: ""})
	if _, err := r.client.Send(t.Context(), out); err != nil {
		t.Error("the old token is still good:", err)
	}
	bad := newRig(t, func(o *dingtalk.ClientOptions) { o.Secret = "wrong" })
	if no := refusal(t, second(bad.client.Send(t.Context(), out))); no.Retry || no.Code != "invalidClientIdOrSecret" {
		t.Error(no)
	}
}

// What ends while the answer is awaited may have been delivered; what ends before
// the sending was not.
func TestCancel(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	out := bot.Outgoing{Room: roomA, Markdown: "x"}
	if _, err := r.client.Send(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	release := r.Hold(pathGroup)
	defer release()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := r.client.Send(ctx, out)
	unknown(t, err)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	_, err = r.client.Send(ctx, out)
	if no := refusal(t, err); !no.Retry || !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	r := newRig(t, func(o *dingtalk.ClientOptions) { o.APIBase = gone.URL })
	if no := refusal(t, second(r.client.Send(t.Context(), bot.Outgoing{Room: roomA, Markdown: "x"}))); !no.Retry {
		t.Error(no)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	trap := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("redirect followed") }))
	defer trap.Close()
	sly := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		http.Redirect(w, q, trap.URL, http.StatusTemporaryRedirect)
	}))
	defer sly.Close()
	given := &http.Client{}
	c, err := dingtalk.NewClient(dingtalk.ClientOptions{
		OAPIBase: sly.URL, Now: r.clock.Now, Log: nil, HTTP: given,
		RoomWebhook: func(string) (string, string, bool) { return sly.URL + "/robot/send?access_token=1", "", true },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if no := refusal(t, second(c.Send(t.Context(), bot.Outgoing{Room: roomA, Markdown: "x"}))); no.Code != "307" || no.Retry {
		t.Error(no)
	}
	if given.CheckRedirect != nil || given.Timeout != 0 {
		t.Error("the client given was changed")
	}
}

// A name that is no configured base and resolves into our own network is not called.
func TestPrivateAddresses(t *testing.T) {
	t.Parallel()
	for addr, ok := range map[string]bool{
		"10.0.0.8:443": false, "192.168.1.1:443": false, "169.254.169.254:80": false, "[::1]:443": false, "[fe80::1]:443": false, "[fd00::1]:443": false,
		"0.0.0.0:443": false, "[::ffff:127.0.0.1]:443": false, "224.0.0.1:443": false, "nonsense": false, "106.11.23.19:443": true, "[2401:b180::1]:443": true,
	} {
		if err := dingtalk.RefusePrivate(addr); (err == nil) != ok {
			t.Error(addr, err)
		}
	}
}
