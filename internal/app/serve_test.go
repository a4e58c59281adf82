package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"duban/bot/bottest"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv("DUBAN_TEST_CHILD"); dir != "" { // this process plays the bot that is killed
		os.Exit(child(dir))
	}
	goleak.VerifyTestMain(m)
}

// world is a fake DingTalk with people and a group, and a clock that both sides share.
type world struct {
	t     *testing.T
	clock *bottest.Clock
	fake  *bottest.Fake
	bot   *running // that was started last
}

const (
	secret = "demoAppSecret0001"
	group  = "cidGroupData=="
)

func newWorld(t *testing.T) *world {
	t.Helper()
	zone, err := time.LoadLocation(Zone)
	if err != nil {
		t.Fatal(err)
	}
	clock := bottest.NewClock(time.Date(2018, 7, 2, 9, 0, 0, 0, zone))
	fake, err := bottest.New(bottest.Options{Now: clock.Now, AppSecret: secret})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := fake.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, u := range []string{"zhangmin", "wanghui", "chenguang", "zhaolei", "outsider"} {
		fake.AddUser(bottest.User{ID: u, Name: map[string]string{"zhangmin": "张敏", "wanghui": "王慧", "chenguang": "陈光", "zhaolei": "赵蕾"}[u], External: u == "outsider"})
	}
	fake.AddGroup(bottest.Group{ID: group, Title: "数字化转型工作群", Members: []string{"zhangmin", "wanghui", "chenguang"}})
	return &world{t: t, clock: clock, fake: fake}
}

// settings is a duban.yaml for this world.
func (w *world) settings(dir string) string {
	return fmt.Sprintf(`listen: 127.0.0.1:0
data_dir: %s
log_level: error
dingtalk: {client_id: %s, client_secret: %s, api_base: %q, oapi_base: %q}
members:
- {id: zhangmin, name: 张敏, units: [市大数据中心], roles: [contact]}
- {id: wanghui, name: 王慧, roles: [supervisor]}
- {id: chenguang, name: 陈光, roles: [leader]}
rooms:
- {id: %q, title: 数字化转型工作群, units: [市大数据中心]}
`, dir, w.fake.AppKey(), secret, w.fake.URL(), w.fake.URL(), group)
}

// bot is a running "duban serve".
type running struct {
	url    string
	stop   context.CancelFunc
	done   chan int
	ended  bool
	stderr *syncBuffer
}

// serve runs the command as main would, until the test ends or stop is called.
func (w *world) serve(dir string, env ...string) *running {
	w.t.Helper()
	file := filepath.Join(dir, "duban.yaml")
	if err := os.WriteFile(file, []byte(w.settings(dir)), 0o600); err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(w.t.Context())
	out, in := io.Pipe()
	r := &running{stop: cancel, done: make(chan int, 1), stderr: &syncBuffer{}}
	go func() {
		code := Run(ctx, Env{
			Args: []string{"serve", "-c", file}, Environ: env, Stdin: strings.NewReader(""), Stdout: in, Stderr: r.stderr,
			Now: w.clock.Now, Steady: time.Now, Wait: impatient,
		})
		in.Close()
		r.done <- code
	}()
	line := make([]byte, 512)
	n, err := out.Read(line)
	if err != nil {
		w.t.Fatalf("serve did not start: %v\n%s", err, r.stderr)
	}
	go io.Copy(io.Discard, out)
	url := between(string(line[:n]), "http://", "，")
	r.url = "http://" + url
	w.bot = r
	w.fake.SetBot(r.url + "/dingtalk/robot")
	w.t.Cleanup(func() { r.end(w.t) })
	// A bot plans from the moment of its first look at the clock: that must not be moved before.
	wait, enough := context.WithTimeout(w.t.Context(), patience)
	defer enough()
	for !strings.Contains(r.get(w.t, "/metrics"), "duban_planner_runs_total{") {
		if !impatient(wait, time.Second) {
			w.t.Fatal("the planner has not looked at the clock")
		}
	}
	return r
}

// end stops the bot and waits for it; twice is fine.
func (r *running) end(t *testing.T) {
	r.stop()
	r.ended = true
	if code, ok := <-r.done; ok {
		close(r.done)
		if code != 0 {
			t.Errorf("serve ended with %d\n%s", code, r.stderr)
		}
	}
}

// impatient waits at most a few milliseconds of real time for any span of the test's
// own clock, so that loops look again soon after the clock was moved.
func impatient(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(min(d, 5*time.Millisecond))
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write appends.
func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

// String is all that was written.
func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// patience bounds the wait for what must come; a busy machine with the race detector
// draws a picture in many seconds.
const patience = 3 * time.Minute

// say delivers a signed message and waits until what the person (or the group) is then
// shown holds all the wanted words.
func (w *world) say(s bottest.Saying, want ...string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	look := func() []bottest.Note { return w.fake.SeenBy(s.User) }
	wait := func(n int) ([]bottest.Note, error) { return w.fake.WaitUser(ctx, s.User, n) }
	if s.Group != "" {
		look = func() []bottest.Note { return w.fake.Seen(s.Group) }
		wait = func(n int) ([]bottest.Note, error) { return w.fake.WaitGroup(ctx, s.Group, n) }
	}
	before := len(look())
	w.push(ctx, s)
	for n := before + 1; ; n++ {
		notes, err := wait(n)
		if err != nil {
			w.t.Fatalf("%s says %q: none of the %d answers has %q: %v\n%s", s.User, s.Text, len(look())-before, want, err, told(look()[before:]))
		}
		if holds(notes[n-1].Raw, want) {
			return
		}
	}
}

// told are the texts of notes, for a failure.
func told(notes []bottest.Note) string {
	var b strings.Builder
	for _, n := range notes {
		fmt.Fprintf(&b, "%s\n", n.Raw)
	}
	return b.String()
}

// push says s and says it again, as DingTalk does, while the bot is too busy to take it.
func (w *world) push(ctx context.Context, s bottest.Saying) {
	w.t.Helper()
	d, err := w.fake.Say(ctx, s)
	w.taken(ctx, d, err)
}

// repeat delivers an earlier message once more, likewise.
func (w *world) repeat(ctx context.Context, msgID string) {
	w.t.Helper()
	d, err := w.fake.Repeat(ctx, msgID)
	w.taken(ctx, d, err)
}

func (w *world) taken(ctx context.Context, d bottest.Delivery, err error) {
	w.t.Helper()
	for err == nil && d.Status == http.StatusServiceUnavailable && impatient(ctx, time.Second) {
		d, err = w.fake.Repeat(ctx, d.MsgID)
	}
	if err != nil || d.Status != http.StatusOK {
		w.t.Fatalf("message %s: status %d, %v", d.MsgID, d.Status, err)
	}
}

func holds(text string, want []string) bool {
	for _, s := range want {
		if !strings.Contains(text, s) {
			return false
		}
	}
	return true
}

func (w *world) direct(user, text string, want ...string) {
	w.t.Helper()
	w.say(bottest.Saying{User: user, Text: text}, want...)
}

// TestServeWalk is the main job over signed webhooks against the fake DingTalk: bind,
// ask, be nudged, report by quote, apply, accept, sum up.
func TestServeWalk(t *testing.T) {
	for _, engine := range engines(t) {
		t.Run(engine.name, func(t *testing.T) {
			w := newWorld(t)
			w.serve(t.TempDir(), engine.env...)
			w.walk()
		})
	}
}

func (w *world) walk() {
	t := w.t
	w.direct("zhaolei", "绑定 市财政局", "已提交绑定“市财政局”的申请")
	w.direct("wanghui", "同意绑定 赵蕾", "已同意 赵蕾 绑定“市财政局”")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := w.fake.WaitUser(ctx, "zhaolei", 2); err != nil {
		t.Fatalf("the new member was not told: %v", err)
	}
	w.direct("zhaolei", "我的任务", "市财政局", "共3项任务")
	w.direct("zhangmin", "我的任务", "任务28")

	w.clock.Set(time.Date(2018, 8, 31, 9, 0, 30, 0, w.clock.Now().Location()))
	notes, err := w.fake.WaitGroup(ctx, group, 1)
	if err != nil {
		t.Fatalf("no nudge: %v", err)
	}
	nudge := notes[len(notes)-1]
	if !holds(nudge.Raw, []string{"任务28", "2018年9月30日"}) {
		t.Fatalf("the nudge says %q", nudge.Raw)
	}
	w.say(bottest.Saying{User: "zhangmin", Group: group, At: true, Text: "28已完成招标，进度60%", Quote: bottest.QuoteOf(nudge)}, "已记录", "任务28", "60%")
	w.direct("zhangmin", "任务28", "进度60%")
	w.direct("zhangmin", "任务28已完成", "已提交办结申请")
	w.direct("zhangmin", "通过 任务28", "由督查室或领导办理")
	w.direct("wanghui", "通过 任务28", "已通过")
	w.direct("chenguang", "汇总", "已办结 1项", "共48项")
}

// TestStreamWalk is the same main job with no public address: everything arrives by
// Stream connections.
func TestStreamWalk(t *testing.T) {
	w := newWorld(t)
	w.fake.SetMode(bottest.ByStream)
	r := w.serve(t.TempDir(), "DUBAN_DINGTALK_MODE=stream")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := w.fake.WaitLinks(ctx, func(l []*bottest.Link) bool { return len(l) > 0 }); err != nil {
		t.Fatalf("no connection: %v", err)
	}
	w.walk()
	if got := r.get(t, "/healthz"); !strings.Contains(got, " connected, last frame ") {
		t.Errorf("health: %q", got)
	}
}

// TestOncePerMessage: the same push again, from DingTalk or after a restart, gets no
// second answer and writes nothing.
func TestOncePerMessage(t *testing.T) {
	w, dir := newWorld(t), t.TempDir()
	first := w.serve(dir)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	w.direct("zhangmin", "任务28 进度60%", "已记录")
	w.push(ctx, bottest.Saying{User: "zhangmin", Text: "任务28 进度70%", MsgID: "msgOnce=="})
	for range 3 {
		w.repeat(ctx, "msgOnce==")
	}
	first.end(t)
	w.serve(dir)
	w.repeat(ctx, "msgOnce==")
	w.direct("zhangmin", "任务28的记录", "共2条")
	receipts := 0
	for _, n := range w.fake.SeenBy("zhangmin") {
		if strings.Contains(n.Raw, "已记录") && strings.Contains(n.Raw, "进度70%") {
			receipts++
		}
	}
	if receipts != 1 {
		t.Errorf("%d receipts for one message, want 1", receipts)
	}
}

// TestDoorRefuses: what is not from DingTalk, or from nobody known, changes nothing.
func TestDoorRefuses(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir())
	for name, s := range map[string]bottest.Saying{
		"forged":    {User: "zhangmin", Text: "任务28 进度90%", BadSign: true},
		"too old":   {User: "zhangmin", Text: "任务28 进度90%", Age: 2 * time.Hour},
		"too early": {User: "zhangmin", Text: "任务28 进度90%", Age: -2 * time.Hour},
	} {
		if d, err := w.fake.Say(t.Context(), s); err != nil || d.Status != http.StatusUnauthorized {
			t.Errorf("%s: status %d, %v; want 401", name, d.Status, err)
		}
	}
	w.direct("outsider", "任务28 进度90%", "无法识别您的身份")
	w.direct("zhaolei", "任务28 进度90%", "还没有绑定单位")
	w.direct("zhangmin", "任务28的记录", "还没有反馈记录")
}

// engine is a store that a test runs on.
type engine struct {
	name string
	env  []string
}

// engines are the embedded one, and a real Redis where the environment names one.
func engines(t *testing.T) []engine {
	list := []engine{{name: "embedded"}}
	addr := os.Getenv("TEST_REDIS_ADDR")
	if addr == "" {
		t.Log("TEST_REDIS_ADDR is not set: real Redis not tried")
		return list
	}
	if _, _, err := net.SplitHostPort(addr); err != nil {
		t.Fatal(err)
	}
	tenant := fmt.Sprintf("app-%s-%d", strings.ToLower(t.Name()), os.Getpid())
	return append(list, engine{"redis", []string{"DUBAN_REDIS_URL=redis://" + addr, "DUBAN_TENANT=" + strings.ReplaceAll(tenant, "/", "-")}})
}
