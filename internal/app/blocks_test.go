package app

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
	"duban/store/ledger"
)

// TestBlocked: while DingTalk refuses whatever is sent, nothing is given up and hardly
// anything is asked; the office learns of it once, and sees it in 状态 and in the health
// check; what needs no server API goes on; and once it is mended, all comes, once.
func TestBlocked(t *testing.T) {
	const groups, token = "/v1.0/robot/groupMessages/send", "/v1.0/oauth2/accessToken"
	for name, c := range map[string]struct {
		set  func(f *bottest.Fake, ok bool)
		path string // of what is asked
		said string
	}{
		"calls used up": {func(f *bottest.Fake, ok bool) { f.SetMonthly(map[bool]int{true: -1, false: 0}[ok]) },
			groups, "拒绝全部接口调用，原因：本月接口调用次数已用完"},
		"permission lost": {func(f *bottest.Fake, ok bool) { f.SetScope("qyapi_robot_sendmsg", ok) },
			groups, "拒绝发送群消息，原因：应用缺少接口权限，请在钉钉后台的权限管理中开通 qyapi_robot_sendmsg"},
		"secret renewed": {func(f *bottest.Fake, ok bool) {
			if !ok {
				f.DropToken()
				f.Fail(bottest.Fault{Path: token, Status: 400, Body: map[string]any{"code": "invalidClientIdOrSecret", "message": "无效的clientId或者clientSecret"}, Times: 3})
			}
		}, token, "拒绝全部接口调用，原因：应用凭证有误，请核对 client_id 和 client_secret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			r := w.serve(t.TempDir())
			before := len(w.fake.Requests(c.path))
			c.set(w.fake, false)
			w.clock.Set(time.Date(2018, 8, 31, 9, 0, 30, 0, w.clock.Now().Location()))
			w.until("the refusal", func() bool { return len(w.fake.Requests(c.path)) > before })
			w.direct("wanghui", "任务28", "任务28", "告警：钉钉自2018年8月31日 09:00起"+c.said, "待发的消息已保留，恢复后自动补发")
			w.direct("wanghui", "任务28", "任务28")
			if n := count(w.fake.SeenBy("wanghui"), "告警"); n != 1 {
				t.Errorf("told %d times", n)
			}
			w.direct("zhangmin", "任务28", "任务28")
			if n := count(w.fake.SeenBy("zhangmin"), "告警"); n != 0 {
				t.Error("a contact was told")
			}
			w.direct("wanghui", "状态", "告警：钉钉自2018年8月31日 09:00起"+c.said, "未能送达：0条")
			if got := r.get(t, "/healthz"); !strings.Contains(got, "ok\ndingtalk refuses since 2018-08-31T09:00:") {
				t.Errorf("health: %q", got)
			}
			for range 8 { // half an hour
				w.clock.Advance(4 * time.Minute)
				w.direct("zhangmin", "任务28", "任务28")
			}
			if n := len(w.fake.Requests(c.path)) - before; n > 4 {
				t.Errorf("asked %d times in half an hour", n)
			}
			c.set(w.fake, true)
			for len(w.fake.Seen(group)) == 0 && w.clock.Now().Hour() < 12 {
				w.pass(t.Context(), 10*time.Second)
			}
			w.direct("wanghui", "状态", "未能送达：0条")
			if n := count(w.fake.Seen(group), "任务28"); n != 1 {
				t.Errorf("%d nudges", n)
			}
			if notes := w.fake.SeenBy("wanghui"); strings.Contains(notes[len(notes)-1].Raw, "告警") || r.get(t, "/healthz") != "ok\n" {
				t.Errorf("still alarmed: %s", notes[len(notes)-1].Raw)
			}
		})
	}
}

// get reads a page of the bot's own.
func (r *running) get(t *testing.T, path string) string {
	t.Helper()
	resp, err := http.Get(r.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestBlockedKept: duban doctor, which runs beside the bot, reads what is refused.
func TestBlockedKept(t *testing.T) {
	since := time.Date(2018, 8, 31, 9, 0, 0, 0, time.UTC)
	rec, err := ledger.Put(ledger.RecordSetting, blockedSetting, []block{{API: "PUT /v1.0/todo/users/{unionId}", Why: "todo: refused with x", Since: since}})
	if err != nil {
		t.Fatal(err)
	}
	rec.Rev = 1
	b, err := ledger.NewBook().Apply(ledger.Delta{Rev: 1, Records: []ledger.Record{rec}})
	if err != nil {
		t.Fatal(err)
	}
	list := blockedOf(b)
	if len(list) != 1 || !strings.HasPrefix(list[0].words(), "告警：钉钉自2018年8月31日 17:00起拒绝写入待办，原因：请管理员查看日志") {
		t.Errorf("read %+v: %s", list, list[0].words())
	}
}
