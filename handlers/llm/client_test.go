package llm

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/handlers/report"
	"duban/internal/zh/secrecy"
)

func TestRequest(t *testing.T) {
	st := serve(t, func(_ int, w http.ResponseWriter, _ *http.Request) { say(w, truth) })
	c := client(t, st, func(o *Options) {
		o.Key = ""
		o.Extra = map[string]any{"enable_thinking": false, "max_tokens": 900, "stream": false, "messages": "none"}
	})
	if _, err := c.Word(context.Background(), factsA(), ""); err != nil {
		t.Fatal(err)
	}
	sent := st.sent(t)
	for k, want := range map[string]any{"model": "m", "stream": true, "temperature": 0.01, "max_tokens": 900.0, "enable_thinking": false} {
		if sent[k] != want {
			t.Errorf("%s is %v, want %v", k, sent[k], want)
		}
	}
	if got := st.head.Get("Authorization"); got != "" {
		t.Errorf("an empty key was sent as %q", got)
	}
	messages, ok := sent["messages"].([]any)
	if !ok || len(messages) != 2 {
		t.Fatalf("messages are %v", sent["messages"])
	}
	user, ok := messages[1].(map[string]any)["content"].(string)
	if !ok {
		t.Fatal("no user message")
	}
	lines := strings.Split(user, "\n")
	if len(lines) != 4 || lines[1] != lines[3] || len(lines[1]) < 20 || !strings.HasPrefix(lines[2], "{") {
		t.Errorf("the facts are not fenced: %q", user)
	}
	for _, tool := range []string{"tools", "functions", "tool_choice"} {
		if _, ok := sent[tool]; ok {
			t.Errorf("%s were offered", tool)
		}
	}
}

func TestReasoningModels(t *testing.T) {
	st := serve(t, func(_ int, w http.ResponseWriter, _ *http.Request) { say(w, truth) })
	c := client(t, st, func(o *Options) { o.Model = "gpt-5-mini" })
	if _, err := c.Word(context.Background(), factsA(), ""); err != nil {
		t.Fatal(err)
	}
	if sent := st.sent(t); sent["max_tokens"] != nil || sent["temperature"] != nil || sent["max_completion_tokens"] == nil {
		t.Errorf("sent %v", sent)
	}
}

func TestNothingLeaves(t *testing.T) {
	st := serve(t, func(_ int, w http.ResponseWriter, _ *http.Request) { say(w, truth) })
	with := func(said string) report.Facts {
		f := factsA()
		f.Moved[0].Said = said
		return f
	}
	off := false
	for _, tt := range []struct {
		name  string
		facts any
		want  error
	}{
		{"mobile", with("请联系13812345678"), ErrSensitive},
		{"mobile in groups", with("手机138-1234-5678"), ErrSensitive},
		{"full-width mobile", with("１３８１２３４５６７８"), ErrSensitive},
		{"country code", with("+86 13812345678"), ErrSensitive},
		{"landline", with("0572-2345678"), ErrSensitive},
		{"phone word", with("电话：234 5678"), ErrSensitive},
		{"identity", with("身份证33050119900307123X"), ErrSensitive},
		{"old identity", with("330501900307123"), ErrSensitive},
		{"marking", with("机密★10年"), ErrSensitive},
		{"top", with("（绝密）"), ErrSensitive},
		{"secret", with("【秘密】会议纪要"), ErrSensitive},
		{"level", with("密级：内部"), ErrSensitive},
		{"papers", with("见涉密文件"), ErrSensitive},
		{"internal", with("内部资料，不得外传"), ErrSensitive},
		{"hidden in between", with("机\u200b密文件"), ErrSensitive},
		{"large", with(strings.Repeat("推进", 20000)), ErrTooLarge},
		{"empty", report.Facts{Scope: "全部任务"}, ErrEmpty},
	} {
		if _, err := client(t, st, nil).Word(context.Background(), tt.facts, ""); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
	if _, err := client(t, st, func(o *Options) { o.Enabled = func() bool { return off } }).Word(context.Background(), factsA(), ""); !errors.Is(err, ErrOff) {
		t.Errorf("off: got %v", err)
	}
	if _, err := client(t, st, nil).Word(context.Background(), make(chan int), ""); err == nil {
		t.Error("what is no JSON was taken")
	}
	if n := st.calls.Load(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	own := func(o *Options) { o.Secrecy = secrecy.New([]string{"天网一号"}, nil) }
	if _, err := client(t, st, own).Word(context.Background(), with("推进天网一号建设"), ""); !errors.Is(err, ErrSensitive) {
		t.Errorf("a word of the office's own: got %v", err)
	}
	for _, fine := range []string{"除非涉密信息外全部公开", "加强商业秘密保护", "2018年12月31日前投资12345678元", "已服务1381234567人次"} {
		if _, err := client(t, st, nil).gate(with(fine)); err != nil {
			t.Errorf("%q was held back: %v", fine, err)
		}
	}
}

func TestBudgetOfTheBeijingDay(t *testing.T) {
	st := serve(t, func(_ int, w http.ResponseWriter, _ *http.Request) { say(w, truth) })
	now := time.Date(2018, 7, 27, 15, 59, 0, 0, time.UTC) // 23:59 in Beijing
	c := client(t, st, func(o *Options) { o.DailyTokens, o.Now = 1000, func() time.Time { return now } })
	ask := func(n int) error {
		f := factsA()
		f.Number = strings.Repeat("号", n) // other facts, so that the cache has nothing
		_, err := c.Word(context.Background(), f, "")
		return err
	}
	for n, want := range []error{nil, nil, ErrBudget, ErrBudget} {
		if err := ask(n); !errors.Is(err, want) {
			t.Fatalf("call %d: got %v, want %v", n, err, want)
		}
	}
	if diff := cmp.Diff(Usage{Day: "2018年7月27日", Tokens: 1554, Calls: 2}, c.Usage(context.Background())); diff != "" {
		t.Error(diff)
	}
	now = now.Add(time.Minute)
	if diff := cmp.Diff(Usage{Day: "2018年7月28日"}, c.Usage(context.Background())); diff != "" {
		t.Error(diff)
	}
	if err := ask(9); err != nil {
		t.Errorf("after midnight: %v", err)
	}
}

func TestTokensAreEstimatedWhenNotTold(t *testing.T) {
	st := serve(t, stream(chunk(truth, "stop")))
	c := client(t, st, nil)
	if _, err := c.Word(context.Background(), factsA(), ""); err != nil {
		t.Fatal(err)
	}
	if n := c.Usage(context.Background()).Tokens; n < 1000 || n > 6000 {
		t.Errorf("estimated %d tokens", n)
	}
}

func TestResultsAreKeptByTheirFacts(t *testing.T) {
	st := serve(t, func(_ int, w http.ResponseWriter, _ *http.Request) { say(w, truth) })
	c := client(t, st, nil)
	for range 3 {
		if _, err := c.Word(context.Background(), factsA(), ""); err != nil {
			t.Fatal(err)
		}
	}
	if n := st.calls.Load(); n != 1 {
		t.Errorf("%d requests for the same facts", n)
	}
	f := factsA()
	f.AsOf = "2018年7月28日"
	if words, err := c.Word(context.Background(), f, ""); !errors.As(err, new(*Lie)) {
		t.Errorf("another day got %q, %v", words, err)
	}
	for i := range 3 * maxKept {
		c.kept.put([32]byte{byte(i), byte(i >> 8), 1}, "x")
	}
	if len(c.kept.words) != maxKept || len(c.kept.order) != maxKept {
		t.Errorf("%d and %d are kept", len(c.kept.words), len(c.kept.order))
	}
}

func TestLyingServer(t *testing.T) {
	var log bytes.Buffer
	st := serve(t, func(n int, w http.ResponseWriter, _ *http.Request) { say(w, badA[(n-1)%len(badA)]) })
	c := client(t, st, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	for range badA {
		words, err := c.Word(context.Background(), factsA(), "")
		if !errors.As(err, new(*Lie)) || words != "" {
			t.Fatalf("got %q, %v", words, err)
		}
	}
	if u := c.Usage(context.Background()); u.Rejected != len(badA) || u.Calls != len(badA) {
		t.Errorf("usage %+v after %d lies", u, len(badA))
	}
	for _, word := range []string{"任务", "市统计局", "逾期"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log tells %s", word)
		}
	}
	if !strings.Contains(log.String(), "prompt="+promptVersion) || !strings.Contains(log.String(), "refused=true") {
		t.Errorf("the log lacks its fields: %s", log.String()[:200])
	}
}

func TestOneAtATime(t *testing.T) {
	arrived, release := make(chan struct{}, 16), make(chan struct{})
	st := serve(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		select {
		case <-release:
			say(w, truth)
		case <-r.Context().Done():
		}
	})
	c := client(t, st, nil)
	ask := func(ctx context.Context, n int) error {
		f := factsA()
		f.Number = strings.Repeat("号", n)
		_, err := c.Word(ctx, f, "")
		return err
	}
	var wg sync.WaitGroup
	errs := make(chan error, 16)
	for i := range 1 + maxWaiting {
		wg.Go(func() { errs <- ask(context.Background(), i) })
	}
	<-arrived
	for len(c.line.room) < 1+maxWaiting { // the rest are on their way into the line
		select {
		case err := <-errs:
			t.Fatalf("ended early: %v", err)
		default:
		}
	}
	if err := ask(context.Background(), 9); !errors.Is(err, ErrBusy) {
		t.Errorf("one too many got %v", err)
	}
	if len(arrived) != 0 {
		t.Error("two at a time")
	}
	close(release)
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.line.turn <- struct{}{}
	cancel()
	if err := ask(ctx, 10); !errors.Is(err, ErrSlow) {
		t.Errorf("a waiting one that gave up got %v", err)
	}
	<-c.line.turn
	if len(c.line.room) != 0 {
		t.Error("it left its place taken")
	}
}
