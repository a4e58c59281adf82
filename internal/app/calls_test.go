package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
	"duban/handlers"
	"duban/store"
	"duban/store/ledger"
)

// TestCallsKept: the month's calls go on after a restart, in 状态, in the metrics and for
// the doctor; two processes on one store add up.
func TestCallsKept(t *testing.T) {
	w, dir := newWorld(t), t.TempDir()
	first := w.serve(dir)
	w.clock.Set(time.Date(2018, 8, 31, 9, 0, 30, 0, w.clock.Now().Location())) // a nudge goes out by the server API
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := w.fake.WaitGroup(ctx, group, 1); err != nil {
		t.Fatal(err)
	}
	first.end(t)
	calls := func() int {
		return len(w.fake.Requests("/v1.0/robot/groupMessages/send")) + len(w.fake.Requests("/v1.0/robot/oToMessages/batchSend"))
	}
	if calls() == 0 {
		t.Fatal("no call was made")
	}
	again := w.serve(dir)
	made := -1
	for made < calls() || made > calls()+1 { // what the stop left over is still being sent; a call that it cut off is counted and never arrived
		before := len(w.fake.SeenBy("wanghui"))
		w.push(ctx, bottest.Saying{User: "wanghui", Text: "状态"})
		notes, err := w.fake.WaitUser(ctx, "wanghui", before+1)
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(again.metric(t, "duban_dingtalk_calls_month"))
		if err != nil {
			t.Fatal(err)
		}
		said := fmt.Sprintf("钉钉接口调用：今日%d次，本月%d次，每月上限5000次", n, n)
		if slices.ContainsFunc(notes[before:], func(x bottest.Note) bool { return strings.Contains(x.Raw, said) }) {
			made = n
		}
		if !impatient(ctx, time.Second) {
			t.Fatalf("状态 and the metrics say %d of %d calls", made, calls())
		}
	}
	again.end(t)
	var out strings.Builder
	said := "本月" + strconv.Itoa(made) + "次"
	if code := Run(ctx, Env{Args: []string{"doctor", "-c", filepath.Join(dir, "duban.yaml")}, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: w.clock.Now, Wait: impatient}); code != 0 || !strings.Contains(out.String(), said) {
		t.Errorf("the doctor (%d) does not say %s:\n%s", code, said, &out)
	}
}

// metric reads one figure of the running bot.
func (r *running) metric(t *testing.T, name string) string {
	t.Helper()
	resp, err := http.Get(r.url + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	defer http.DefaultClient.CloseIdleConnections()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^` + name + ` (\S+)$`).FindSubmatch(text)
	if m == nil {
		t.Fatalf("no %s in\n%s", name, text)
	}
	return string(m[1])
}

// halfDeaf writes what it is given and then loses the answer, as often as deaf says.
type halfDeaf struct {
	store.Engine
	deaf int
}

// Commit may lose its answer.
func (h *halfDeaf) Commit(ctx context.Context, c ledger.Commit) (ledger.Committed, error) {
	got, err := h.Engine.Commit(ctx, c)
	if h.deaf > 0 && err == nil {
		h.deaf--
		return ledger.Committed{}, errors.New("answer lost")
	}
	return got, err
}

// TestCallsAddUpInTheStore: two replicas add to one count, neither takes the other's
// away, and a part whose writing was not confirmed counts once.
func TestCallsAddUpInTheStore(t *testing.T) {
	w := newWorld(t)
	engine, err := store.Open(t.Context(), store.Config{DataDir: t.TempDir(), Tenant: "t"})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(engine, quiet())
	deaf := &halfDeaf{Engine: engine}
	replica := func() *callKeeper {
		client, err := dingtalk.NewClient(dingtalk.ClientOptions{
			ClientID: w.fake.AppKey(), Secret: secret, APIBase: w.fake.URL(), OAPIBase: w.fake.URL(), Now: w.clock.Now, Log: quiet(),
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.Close)
		desk, err := handlers.NewDesk(t.Context(), handlers.Options{Ledger: deaf, Now: w.clock.Now, Log: quiet()})
		if err != nil {
			t.Fatal(err)
		}
		return newCallKeeper(&office{engine: deaf, desk: desk, ding: client, now: w.clock.Now, log: quiet()})
	}
	one, two := replica(), replica()
	call := func(k *callKeeper) {
		t.Helper()
		if _, err := k.o.ding.Send(t.Context(), bot.Outgoing{ID: "1", Room: group, Markdown: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	save := func(k *callKeeper, ok bool) {
		t.Helper()
		if err := k.save(t.Context()); (err == nil) != ok {
			t.Fatal(err)
		}
	}
	call(one)
	call(two)
	call(two)
	save(one, true)
	deaf.deaf = 2
	save(two, false)
	call(two) // while the part before is in doubt
	save(two, false)
	save(two, true)
	save(one, true)
	for i, k := range []*callKeeper{one, two, replica()} {
		save(k, true)
		if u := k.o.ding.Budget(); u.Month != 4 || u.Day != 4 || u.ByAPI["/v1.0/robot/groupMessages/send"] != 4 {
			t.Errorf("replica %d: %+v", i+1, u)
		}
	}
	w.clock.Advance(40 * 24 * time.Hour)
	call(one)
	save(one, true)
	save(two, true)
	if u := two.o.ding.Budget(); u.Month != 1 || u.Day != 1 {
		t.Errorf("a month later: %+v", u)
	}
}
