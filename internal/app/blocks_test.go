package app

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/zhengding/zhengtest"
	"duban/config"
	"duban/handlers"
	"duban/store/embedded"
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
				w.idle(4 * time.Minute)
				w.direct("zhangmin", "任务28", "任务28")
			}
			if n := len(w.fake.Requests(c.path)) - before; n > 4 {
				t.Errorf("asked %d times in half an hour", n)
			}
			c.set(w.fake, true)
			w.until("what was refused", func() bool { return len(w.fake.Seen(group)) > 0 && r.get(t, "/healthz") == "ok\n" })
			w.direct("wanghui", "状态", "未能送达：0条")
			if n := count(w.fake.Seen(group), "任务28"); n != 1 {
				t.Errorf("%d nudges: %s", n, told(w.fake.Seen(group)))
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
	list := blockedOf(b, since)
	if len(list) != 1 || !strings.HasPrefix(list[0].words(), "告警：钉钉自2018年8月31日 17:00起拒绝写入待办，原因：请管理员查看日志") {
		t.Errorf("read %+v: %s", list, list[0].words())
	}
}

// TestBlocksOfReplicas: what one process is refused stands until it says otherwise, goes
// quiet for long, or the only user of the store begins anew; another's start does not
// clear it.
func TestBlocksOfReplicas(t *testing.T) {
	w := newWorld(t)
	engine, err := embedded.Open(t.Context(), t.TempDir(), "default")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}()
	desk, err := handlers.NewDesk(t.Context(), handlers.Options{Ledger: engine, Now: w.clock.Now, Log: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{engine: engine, desk: desk, now: w.clock.Now, cfg: config.Config{RedisURL: "redis://one"}}
	kept := func(want ...string) {
		t.Helper()
		b, err := desk.Fresh(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range blockedOf(b, w.clock.Now()) {
			got = append(got, x.Why)
		}
		if !slices.Equal(got, want) {
			t.Errorf("refused: %q, want %q", got, want)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	a, b := &blockKeeper{o: o, name: "a"}, &blockKeeper{o: o, name: "b"}
	must(a.begin(t.Context()))
	must(a.write(t.Context(), []block{{Why: "x", Since: w.clock.Now()}}, false))
	must(b.begin(t.Context()))
	kept("x")
	must(b.write(t.Context(), []block{{Why: "x", Since: w.clock.Now()}, {Why: "y", Since: w.clock.Now()}}, false))
	kept("x", "y")
	must(a.write(t.Context(), nil, false))
	kept("x", "y")
	w.clock.Advance(blockStale + time.Minute) // b has died
	kept()
	must(a.write(t.Context(), []block{{Why: "z", Since: w.clock.Now()}}, false))
	kept("z")
	o.cfg.RedisURL = ""
	must((&blockKeeper{o: o, name: "c"}).begin(t.Context()))
	kept()
}

// TestZhengAlarm: a wrong secret at 政务钉钉 is told to whoever operates, as DingTalk's is.
func TestZhengAlarm(t *testing.T) {
	fake, err := zhengtest.New(zhengtest.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := fake.Close(); err != nil {
			t.Error(err)
		}
	}()
	fake.AddPerson(zhengtest.Person{AccountID: "1001", Employee: "GE_x", Mobile: "13800000001", Name: "沈建国"})
	cfg := config.Config{Zheng: config.Zhengding{Gateway: fake.URL(), AppKey: fake.AppKey(), AppSecret: "wrong", TenantID: fake.TenantID()}}
	client, err := zhengClient(cfg, time.Now, quiet())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	o := &office{zheng: client, now: time.Now}
	if o.alert() != "" {
		t.Error(o.alert())
	}
	if _, err := client.Send(t.Context(), bot.Outgoing{ID: "1", Member: "1001", Title: "到期", Markdown: "到期"}); err == nil {
		t.Fatal("sent with a wrong secret")
	}
	if got := o.alert(); !strings.HasPrefix(got, "告警：政务钉钉自") || !strings.Contains(got, "拒绝全部接口调用，原因：政务钉钉网关不认签名，请核对 app_secret") {
		t.Errorf("alarm %q", got)
	}
	cfg.Zheng.AppSecret = config.Secret(fake.AppSecret())
	c := doctorCmd{Mobile: []string{"13800000001", "13899999999"}}
	got := c.lookUp(t.Context(), Env{Now: time.Now}, cfg)
	if len(got) != 2 || got[0].text != "138****0001 的人员编号是 1001，请填入 members 的 id" || !strings.Contains(got[1].text, "138****9999查不到人") {
		t.Errorf("looked up %+v", got)
	}
}
