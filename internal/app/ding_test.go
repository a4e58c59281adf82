package app

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
)

const dingPath = "/v1.0/robot/ding/send"

// TestDing: after the yes the contacts get one DING inside the app, also out of working
// hours, and must sign.
func TestDing(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir())
	w.clock.Set(time.Date(2018, 7, 2, 20, 0, 0, 0, w.clock.Now().Location()))
	w.direct("chenguang", "DING 任务28 明早报我", "现在是非工作时间，确认后会立即发出")
	if n := len(w.fake.Requests(dingPath)); n != 0 {
		t.Fatalf("%d DINGs before the yes", n)
	}
	w.direct("chenguang", "确认", "已登记催办，DING正在发给：张敏（市大数据中心）")
	w.until("the DING", func() bool { return len(w.fake.Dings()) > 0 })
	w.direct("zhangmin", "签收 任务28", "已签收")
	list := w.fake.Dings()
	if len(list) != 1 || list[0].Kind != 1 || !slices.Equal(list[0].Users, []string{"zhangmin"}) || !strings.Contains(list[0].Text, "明早报我") {
		t.Errorf("DINGs: %+v", list)
	}
	w.direct("wanghui", "台账 任务28", "催办（DING）：明早报我")
}

// TestDingRefused: whoever commanded it is told in words what to do, and nothing is said twice.
func TestDingRefused(t *testing.T) {
	for name, c := range map[string]struct {
		fault func(*bottest.Fake)
		told  string
		sent  int
	}{
		"no quota":      {func(f *bottest.Fake) { f.SetDingQuota(0) }, "没有发出：DING额度不足", 0},
		"no permission": {func(f *bottest.Fake) { f.SetScope(bottest.ScopeDing, false) }, "权限管理中开通 Premium.Ding.Write", 0},
		"throttled": {func(f *bottest.Fake) {
			f.Fail(bottest.Fault{Path: dingPath, Status: 403, Body: map[string]any{"code": "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"}, Times: 2})
		}, "", 1},
		"timed out after sending": {func(f *bottest.Fake) { f.Fail(bottest.Fault{Path: dingPath, Status: 504, Stored: true}) }, "不能确定是否送达", 1},
		"gone":                    {func(f *bottest.Fake) { f.AddUser(bottest.User{ID: "zhangmin", Name: "张敏", External: true}) }, "张敏（市大数据中心）：用户不在企业内", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.serve(t.TempDir())
			w.direct("wanghui", "DING 任务28", "确认")
			c.fault(w.fake)
			w.direct("wanghui", "确认", "已登记催办")
			w.until("the end", func() bool {
				return c.told == "" && len(w.fake.Dings()) > 0 || c.told != "" && count(w.fake.SeenBy("wanghui"), c.told) > 0
			})
			w.direct("wanghui", "任务28", "任务28")
			if n := len(w.fake.Dings()); n != c.sent {
				t.Errorf("%d DINGs", n)
			}
			if n := count(w.fake.SeenBy("wanghui"), "“DING催办 任务28”"); n > 1 {
				t.Errorf("told %d times: %+v", n, w.fake.SeenBy("wanghui"))
			}
		})
	}
}

// TestNothingDingsByItself: through half a year of reminders, escalation and pressing by
// hand there is no DING: only the command makes one.
func TestNothingDingsByItself(t *testing.T) {
	zone, err := time.LoadLocation(Zone)
	if err != nil {
		t.Fatal(err)
	}
	r := &rehearsal{
		env: Env{Stdout: io.Discard, Stderr: io.Discard, Now: time.Now, Steady: time.Now, Wait: impatient}, clock: bottest.NewClock(demoStart(zone)),
		names: map[string]string{}, out: io.Discard,
	}
	cfg := demoConfig("")
	stop, err := r.open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	}()
	for _, line := range []string{"王慧> 催办 任务28", "王慧> 催办 市大数据中心", "陈光> 批示 任务29 13710", "过> 200天", "王慧> 催办所有逾期的", "王慧> 确认"} {
		if err := r.play(t.Context(), line); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	if n := len(r.fake.Requests(dingPath)); n != 0 || r.shown < 50 {
		t.Errorf("%d DINGs beside %d messages", n, r.shown)
	}
}
