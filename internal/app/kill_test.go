package app

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/bot/bottest"
	"duban/store"
	"duban/store/ledger"
)

// child is the bot in a process of its own, to be killed: its clock stands at the time
// that the parent gives it plus what has gone by.
func child(dir string) int {
	began := time.Now()
	unix, err := strconv.ParseInt(os.Getenv("DUBAN_TEST_NOW"), 10, 64)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return Run(ctx, Env{
		Args: []string{"serve", "-c", filepath.Join(dir, "duban.yaml")}, Environ: os.Environ(), Stdin: strings.NewReader(""),
		Stdout: os.Stdout, Stderr: os.Stderr, Now: func() time.Time { return time.Unix(unix, 0).Add(time.Since(began)) }, Wait: impatient,
	})
}

// spawn starts the bot as a process and returns once it serves.
func (w *world) spawn(dir string, env []string) *exec.Cmd {
	w.t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), append(env, "DUBAN_TEST_CHILD="+dir, fmt.Sprintf("DUBAN_TEST_NOW=%d", w.clock.Now().Unix()))...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		w.t.Fatalf("child did not start: %v", err)
	}
	w.fake.SetBot("http://" + between(line, "http://", "，") + "/dingtalk/robot")
	return cmd
}

// TestKill9 kills the bot with signal 9 under load, three times, and then finds every
// report that DingTalk was told had been received, exactly once, with its receipt.
func TestKill9(t *testing.T) {
	for _, engine := range engines(t) {
		t.Run(engine.name, func(t *testing.T) { killed(t, engine.env) })
	}
}

func killed(t *testing.T, env []string) {
	w, dir := newWorld(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "duban.yaml"), []byte(w.settings(dir)), 0o600); err != nil {
		t.Fatal(err)
	}
	acked := map[string]bool{}
	for round := range 3 {
		cmd := w.spawn(dir, env)
		for id := range w.load(round, func() { kill(t, cmd) }) {
			acked[id] = true
		}
	}
	if len(acked) < 20 {
		t.Fatalf("only %d reports were acknowledged: the load proves nothing", len(acked))
	}
	cmd := w.spawn(dir, env)
	w.clock.Advance(time.Minute) // the killed process's holds are over
	want := len(acked)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for got := 0; got < want; {
		if _, err := w.fake.WaitUser(ctx, "zhangmin", len(w.fake.SeenBy("zhangmin"))+1); err != nil && ctx.Err() != nil {
			break
		}
		got = len(receipts(w, acked))
	}
	for id := range acked {
		if !receipts(w, acked)[id] {
			t.Errorf("acknowledged report %s never got its receipt", id)
		}
	}
	kill(t, cmd)
	history(t, dir, env, acked)
}

// load has several people report until the bot is gone, and returns what was
// acknowledged. after is called once enough reports are under way.
func (w *world) load(round int, after func()) map[string]bool {
	var (
		mu    sync.Mutex
		acked = map[string]bool{}
		wg    sync.WaitGroup
		once  sync.Once
	)
	for worker := range 8 {
		wg.Go(func() {
			for i := range 400 {
				id := fmt.Sprintf("r%dw%di%d", round, worker, i)
				d, err := w.fake.Say(w.t.Context(), bottest.Saying{User: "zhangmin", Text: "任务28 编号" + id + " 进度50%", MsgID: id})
				if err != nil {
					return // the bot is gone
				}
				if d.Status == http.StatusOK {
					mu.Lock()
					acked[id] = true
					enough := len(acked) > 15+10*round
					mu.Unlock()
					if enough {
						once.Do(after)
					}
				}
			}
		})
	}
	wg.Wait()
	return acked
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("a killed process ended well")
	}
}

// receipts are the acknowledged reports whose receipt was shown.
func receipts(w *world, acked map[string]bool) map[string]bool {
	out := map[string]bool{}
	for _, n := range w.fake.SeenBy("zhangmin") {
		if id := between(n.Raw, "编号", " "); acked[id] && strings.Contains(n.Raw, "已记录") {
			out[id] = true
		}
	}
	return out
}

// history holds the store's own record against what was acknowledged.
func history(t *testing.T, dir string, env []string, acked map[string]bool) {
	t.Helper()
	cfg := store.Config{DataDir: dir, Tenant: "default"}
	for _, kv := range env {
		if url, ok := strings.CutPrefix(kv, "DUBAN_REDIS_URL="); ok {
			cfg.RedisURL = url
		}
		if name, ok := strings.CutPrefix(kv, "DUBAN_TENANT="); ok {
			cfg.Tenant = name
		}
	}
	engine, err := store.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	events, err := engine.Events(t.Context(), "28", time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, e := range events {
		if e.Kind == ledger.EventReport {
			seen[e.Message]++
		}
	}
	for id := range acked {
		if seen[id] != 1 {
			t.Errorf("report %s was acknowledged and stands %d times in the history", id, seen[id])
		}
	}
	t.Logf("%d reports acknowledged, %d in the history", len(acked), len(seen))
}
