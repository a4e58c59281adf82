package dingtalk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

// oneCall is one call of the client, for the tables of what can go wrong with each.
type oneCall struct {
	name  string
	path  string
	scope string // "" needs none
	old   bool   // the old API: 200 with an errcode
	reads bool   // changes nothing: a failure is never of unknown outcome
	free  bool   // of the monthly budget
	do    func(ctx context.Context, c *dingtalk.Client) error
}

func png() []byte { return []byte("\x89PNG\r\n\x1a\n and the rest of it") }

func anyCard(track string) dingtalk.Card {
	return dingtalk.Card{Template: "t.schema", Track: track, Room: roomA, Params: map[string]string{"title": "提醒"}}
}

func allCalls() []oneCall {
	const member, department = bottest.ScopeMembers, bottest.ScopeDepartments
	return []oneCall{
		{"upload", "/media/upload", "", true, true, false, func(ctx context.Context, c *dingtalk.Client) error {
			_, err := c.Upload(ctx, dingtalk.MediaImage, "a.png", png())
			return err
		}},
		{"user", "/topapi/v2/user/get", member, true, true, true, func(ctx context.Context, c *dingtalk.Client) error {
			_, err := c.User(ctx, "u1")
			return err
		}},
		{"mobile", "/topapi/v2/user/getbymobile", member, true, true, true, func(ctx context.Context, c *dingtalk.Client) error {
			_, err := c.ByMobile(ctx, "13800000001")
			return err
		}},
		{"departments", "/topapi/v2/department/listsub", department, true, true, true, func(ctx context.Context, c *dingtalk.Client) error {
			_, err := c.SubDepartments(ctx, dingtalk.RootDepartment)
			return err
		}},
		{"members", "/topapi/user/listid", member, true, true, true, func(ctx context.Context, c *dingtalk.Client) error {
			_, err := c.Members(ctx, dingtalk.RootDepartment)
			return err
		}},
		{"recall", "/v1.0/robot/otoMessages/batchRecall", "qyapi_robot_sendmsg", false, false, false, func(ctx context.Context, c *dingtalk.Client) error {
			_, _, err := c.Recall(ctx, "", []string{"x"})
			return err
		}},
		{"ding", "/v1.0/robot/ding/send", bottest.ScopeDing, false, false, false, func(ctx context.Context, c *dingtalk.Client) error {
			_, err := c.Ding(ctx, []string{"u1"}, "请速报", dingtalk.DingApp)
			return err
		}},
		{"todo", "/v1.0/todo/users/uu1/tasks", bottest.ScopeTodo, false, false, false, func(ctx context.Context, c *dingtalk.Client) error {
			_, err := c.CreateTodo(ctx, anyTodo())
			return err
		}},
		{"card", "/v1.0/card/instances/createAndDeliver", bottest.ScopeCards, false, false, false, func(ctx context.Context, c *dingtalk.Client) error {
			_, err := c.CreateAndDeliver(ctx, anyCard("t1"))
			return err
		}},
		{"register", "/v1.0/card/callbacks/register", bottest.ScopeCards, false, false, false, func(ctx context.Context, c *dingtalk.Client) error {
			return c.RegisterCallback(ctx, "r", "https://example.com/dingtalk/card", "s")
		}},
	}
}

func anyTodo() dingtalk.Todo {
	return dingtalk.Todo{Source: "task-28", Creator: "uu1", Executors: []string{"uu2"}, Subject: "报送进展", URL: "https://example.com/28"}
}

func eachCall(t *testing.T, test func(t *testing.T, r *rig, call oneCall)) {
	for _, call := range allCalls() {
		t.Run(call.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			r.AddUser(bottest.User{ID: "u1", Name: "沈建国", Mobile: "13800000001"})
			test(t, r, call)
		})
	}
}

func TestCallsGoWell(t *testing.T) {
	t.Parallel()
	eachCall(t, func(t *testing.T, r *rig, call oneCall) {
		if err := call.do(t.Context(), r.client); err != nil {
			t.Fatal(err)
		}
		if n := len(r.Requests(call.path)); n != 1 {
			t.Errorf("%d requests", n)
		}
		want := 1
		if call.free {
			want = 0
		}
		if b := r.client.Budget(); b.Day != want || b.Month != want || len(b.ByAPI) != want || b.Exhausted {
			t.Errorf("%+v", b)
		}
	})
}

// A token that DingTalk has ended early is replaced once and without a word.
func TestCallsRenewTheToken(t *testing.T) {
	t.Parallel()
	eachCall(t, func(t *testing.T, r *rig, call oneCall) {
		if err := r.client.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
		r.DropToken()
		if err := call.do(t.Context(), r.client); err != nil {
			t.Fatal(err)
		}
		if n := len(r.Requests(call.path)); n != 2 {
			t.Errorf("%d requests", n)
		}
	})
}

func TestCallsWithoutPermission(t *testing.T) {
	t.Parallel()
	eachCall(t, func(t *testing.T, r *rig, call oneCall) {
		if call.scope == "" { // no scope exists that could be missing
			if err := call.do(t.Context(), r.client); err != nil {
				t.Error(err)
			}
			return
		}
		r.SetScope(call.scope, false)
		no := refusal(t, call.do(t.Context(), r.client))
		want := "Forbidden.AccessDenied.AccessTokenPermissionDenied"
		if call.old {
			want = "60011"
		}
		if no.Code != want || !no.Blocked || dingtalk.OutOfCalls(no) {
			t.Errorf("%+v", no)
		}
	})
}

func TestCallsOutOfBudget(t *testing.T) {
	t.Parallel()
	eachCall(t, func(t *testing.T, r *rig, call oneCall) {
		r.SetMonthly(0)
		err := call.do(t.Context(), r.client)
		if call.free {
			if err != nil {
				t.Error(err)
			}
			return
		}
		if no := refusal(t, err); !no.Blocked || !dingtalk.OutOfCalls(err) {
			t.Errorf("%+v", no)
		}
		if b := r.client.Budget(); !b.Exhausted || b.Left() != 0 {
			t.Errorf("%+v", b)
		}
		r.SetMonthly(-1)
		r.clock.Advance(32 * 24 * time.Hour)
		if b := r.client.Budget(); b.Exhausted || b.Month != 0 || b.Left() != dingtalk.DefaultMonthlyCalls {
			t.Errorf("%+v", b)
		}
		if err := call.do(t.Context(), r.client); err != nil {
			t.Error(err)
		}
	})
}

func TestCallsRefused(t *testing.T) {
	t.Parallel()
	eachCall(t, func(t *testing.T, r *rig, call oneCall) {
		for _, tt := range []struct {
			fault   bottest.Fault
			retry   bool
			after   time.Duration
			unknown bool // unless the call only reads
		}{
			{apiFault(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"), true, time.Second, false},
			{apiFault(403, "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"), true, time.Minute, false},
			{apiFault(403, "Forbidden.AccessDenied.IpNotInWhiteList"), true, 10 * time.Minute, false},
			{apiFault(500, "system.error"), true, 5 * time.Second, false},
			{bottest.Fault{Status: 200, Body: `{"status":1111,"wait":5,"punish":"deny"}`}, true, 5 * time.Minute, false},
			{bottest.Fault{Status: 504, Body: "late"}, true, 5 * time.Second, true},
			{bottest.Fault{Status: 200, Body: "no json"}, true, 5 * time.Second, true},
			{bottest.Fault{Status: 0}, true, 5 * time.Second, true},
		} {
			tt.fault.Path = call.path
			r.Fail(tt.fault)
			r.clock.Advance(time.Hour)
			err := call.do(t.Context(), r.client)
			if tt.unknown && !call.reads {
				unknown(t, err)
				continue
			}
			if no := refusal(t, err); no.Retryable() != tt.retry || no.After != tt.after {
				t.Errorf("%+v: %+v", tt.fault, no)
			}
		}
		if !call.old {
			return
		}
		for code, retry := range map[int]bool{-1: true, 90018: true, 90006: true, 90020: true, 40035: false} {
			r.Fail(bottest.Fault{Path: call.path, Status: 200, Body: map[string]any{"errcode": code, "errmsg": "x"}})
			r.clock.Advance(time.Hour)
			if no := refusal(t, call.do(t.Context(), r.client)); no.Retryable() != retry {
				t.Errorf("%d: %+v", code, no)
			}
		}
	})
}

func apiFault(status int, code string) bottest.Fault {
	return bottest.Fault{Status: status, Body: map[string]any{"code": code, "message": "x", "requestid": "r"}}
}

// Our own rate stays below DingTalk's, and what it keeps back was not sent.
func TestCallsWithinOurRate(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for i := range 16 {
		_, err := r.client.User(t.Context(), "u1")
		if i < 15 {
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		if no := refusal(t, err); no.Code != "rate" || !no.Retry || no.After <= 0 {
			t.Errorf("%+v", no)
		}
	}
	if n := len(r.Requests("/topapi/")); n != 15 {
		t.Error(n)
	}
}

func TestCallsEndWithTheirContext(t *testing.T) {
	t.Parallel()
	eachCall(t, func(t *testing.T, r *rig, call oneCall) {
		if err := r.client.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
		release := r.Hold(call.path)
		defer release()
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		if err := call.do(ctx, r.client); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
}

func TestBudgetByDays(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *dingtalk.ClientOptions) { o.MonthlyCalls = 3 })
	send := func() {
		t.Helper()
		if _, err := r.client.Send(t.Context(), bot.Outgoing{ID: "1", Room: roomA, Markdown: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	look := func(day, month, left int) {
		t.Helper()
		if b := r.client.Budget(); b.Day != day || b.Month != month || b.Left() != left || b.Limit != 3 {
			t.Errorf("%+v, left %d", b, b.Left())
		}
	}
	look(0, 0, 3)
	r.clock.Set(time.Date(2018, 7, 2, 15, 59, 0, 0, time.UTC)) // a minute before Beijing's midnight
	send()
	send()
	look(2, 2, 1)
	r.clock.Advance(2 * time.Minute)
	look(0, 2, 1)
	send()
	send()
	look(2, 4, 0)
	r.clock.Set(time.Date(2018, 7, 31, 16, 0, 0, 0, time.UTC))
	look(0, 0, 3)
	b := r.client.Budget()
	if got := r.Requests(""); len(got) < 4 || b.Since.IsZero() {
		t.Error(len(got), b.Since)
	}
}
