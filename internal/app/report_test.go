package app

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"duban/handlers/report/reporttest"
	"duban/store"
	"duban/store/ledger"
)

// reportForms are the files that duban report writes.
var reportForms = []string{"docx", "xlsx", "png", "ics"}

// lively fills a store with the Huzhou plan and a history of half a year.
func lively(t *testing.T, c store.Config) {
	t.Helper()
	engine, err := store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}()
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	puts, err := ledger.PlanRecords(ledger.NewBook(), b.Whole(), ledger.Revised{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range b.Tasks {
		if p := b.Progress(x.No); p != nil {
			r, err := ledger.Put(ledger.RecordProgress, x.No, p)
			if err != nil {
				t.Fatal(err)
			}
			puts = append(puts, r)
		}
	}
	if _, err := engine.Commit(t.Context(), ledger.Commit{Puts: puts, Events: events, Now: events[len(events)-1].At}); err != nil {
		t.Fatal(err)
	}
}

// reported writes every form for a past day and returns what was printed and written.
func reported(t *testing.T, config string) map[string]string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "duban.yaml")
	if err := os.WriteFile(name, []byte(config+"console: true\ndingtalk: {mode: 'off'}\nmembers: [{id: w, name: 王慧, roles: [supervisor]}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	call := func(form string, args ...string) {
		var stdout, stderr bytes.Buffer
		now := func() time.Time { return time.Date(2019, 2, 1, 10, 0, 0, 0, reporttest.China) }
		args = append([]string{"report", "-c", name, "--at", "2018-12-20"}, args...)
		if code := Run(t.Context(), Env{Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Now: now, Wait: impatient}); code != 0 {
			t.Fatalf("%v: status %d\n%s", args, code, stderr.String())
		}
		out[form] = stdout.String()
	}
	call("text")
	for _, form := range reportForms {
		file := filepath.Join(t.TempDir(), "report."+form)
		call(form, "--"+form, file)
		out[form] = strings.ReplaceAll(out[form], filepath.Dir(file), "")
		written, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range written {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out[strings.Replace(filepath.Base(name), "report", form, 1)] = string(b)
		}
	}
	return out
}

// TestReportIsNoChat: the printed report offers no word that only a chat understands.
func TestReportIsNoChat(t *testing.T) {
	dir := t.TempDir()
	lively(t, store.Config{DataDir: dir, Tenant: "default"})
	text := reported(t, "data_dir: "+dir+"\n")["text"]
	if strings.Contains(text, "回复“") || strings.Contains(text, "**") || !strings.Contains(text, "截至2018年12月20日") {
		t.Errorf("the report says\n%s", text)
	}
}

// TestReportFiles: each form has the name that was given, and the pages of the line of
// time stand beside the picture.
func TestReportFiles(t *testing.T) {
	dir := t.TempDir()
	lively(t, store.Config{DataDir: dir, Tenant: "default"})
	out := reported(t, "data_dir: "+dir+"\n")
	want := []string{"docx", "docx.docx", "ics", "ics.ics", "png", "png-时间轴1.png", "png-时间轴2.png", "png-时间轴3.png", "png-时间轴4.png", "png-时间轴5.png", "png.png", "text", "xlsx", "xlsx.xlsx"}
	if got := slices.Sorted(maps.Keys(out)); !slices.Equal(got, want) {
		t.Errorf("written: %q", got)
	}
	if strings.Count(out["png"], "已写出") != 6 {
		t.Errorf("it says\n%s", out["png"])
	}
}

// TestReportMakesNoStore: a report of nothing says so and leaves no empty store behind.
func TestReportMakesNoStore(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "duban.yaml")
	if err := os.WriteFile(name, []byte("data_dir: "+filepath.Join(dir, "data")+"\nconsole: true\ndingtalk: {mode: 'off'}\nmembers: [{id: w, name: 王慧, roles: [supervisor]}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"report", "-c", name}, {"backup", filepath.Join(dir, "backup"), "-c", name}} {
		var stdout, stderr bytes.Buffer
		if code := Run(t.Context(), Env{Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Now: time.Now, Wait: impatient}); code != 1 || !strings.Contains(stderr.String(), "还没有数据") {
			t.Errorf("%s: status %d\n%s", args[0], code, stderr.String())
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestReportDropsOldPages: pages that an earlier report of the same name wrote, and this one
// has no more, do not stay beside the new ones; no other file is touched.
func TestReportDropsOldPages(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	lively(t, store.Config{DataDir: dir, Tenant: "default"})
	config := filepath.Join(t.TempDir(), "duban.yaml")
	if err := os.WriteFile(config, []byte("data_dir: "+dir+"\nconsole: true\ndingtalk: {mode: 'off'}\nmembers: [{id: w, name: 王慧, roles: [supervisor]}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"p-时间轴.png", "p-时间轴9.png", "p-时间轴草图.png", "p2.png", "q-时间轴9.png", "p-时间轴9.docx"} {
		if err := os.WriteFile(filepath.Join(out, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	now := func() time.Time { return time.Date(2019, 2, 1, 10, 0, 0, 0, reporttest.China) }
	args := []string{"report", "-c", config, "--at", "2018-12-20", "--unit", "市大数据中心", "--png", filepath.Join(out, "p.png")}
	if code := Run(t.Context(), Env{Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Now: now, Wait: impatient}); code != 0 {
		t.Fatalf("status %d\n%s", code, stderr.String())
	}
	var got []string
	left, err := os.ReadDir(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		got = append(got, f.Name())
	}
	want := []string{"p-时间轴1.png", "p-时间轴2.png", "p-时间轴9.docx", "p-时间轴草图.png", "p.png", "p2.png", "q-时间轴9.png"}
	if !slices.Equal(got, want) || strings.Count(stdout.String(), "已删除上次留下的旧页") != 2 {
		t.Errorf("left: %q\n%s", got, stdout.String())
	}
}

// TestReportOfEitherEngine: the same history gives the same bytes from a file and from
// Redis, in every form.
func TestReportOfEitherEngine(t *testing.T) {
	address := os.Getenv("TEST_REDIS_ADDR")
	if address == "" {
		t.Skip("TEST_REDIS_ADDR is not set: set it to the address of a Redis that tests may write to")
	}
	tenant := "report-" + strings.ReplaceAll(time.Now().Format("150405.000000"), ".", "-")
	t.Cleanup(func() {
		c := goredis.NewClient(&goredis.Options{Addr: address})
		defer c.Close()
		keys, err := c.Keys(context.Background(), "{duban:"+tenant+"}:*").Result()
		if err == nil && len(keys) > 0 {
			err = c.Del(context.Background(), keys...).Err()
		}
		if err != nil {
			t.Error(err)
		}
	})
	dir := t.TempDir()
	lively(t, store.Config{DataDir: dir, Tenant: tenant})
	lively(t, store.Config{RedisURL: "redis://" + address, Tenant: tenant})
	small, large := reported(t, "tenant: "+tenant+"\ndata_dir: "+dir+"\n"), reported(t, "tenant: "+tenant+"\nredis_url: redis://"+address+"\n")
	for form, want := range small {
		if large[form] != want {
			t.Errorf("%s: %d bytes from the file, %d from Redis, not the same", form, len(want), len(large[form]))
		}
	}
}

// TestReportOfAUnit: a short name stands for its unit, and one that means none or several
// is no report of nothing.
func TestReportOfAUnit(t *testing.T) {
	b := ledger.NewBook()
	owner := func(names ...string) (out []ledger.Owner) {
		for _, n := range names {
			out = append(out, ledger.Owner{Role: ledger.RoleResponsible, Name: n})
		}
		return out
	}
	b.Tasks = []*ledger.Task{{No: "1", Owners: owner("市财政局", "市大数据中心")}, {No: "2", Owners: owner("市人力社保局")}}
	b.Aliases = map[string][]string{"两局": {"市财政局", "市人力社保局"}}
	for name, want := range map[string]string{"": "", "财政": "市财政局", "市财政局": "市财政局", "大数据中心": "市大数据中心"} {
		if got, err := unitNamed(b, name); got != want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, name := range []string{"外星局", "两局"} {
		if got, err := unitNamed(b, name); err == nil || !strings.Contains(err.Error(), "市财政局") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
