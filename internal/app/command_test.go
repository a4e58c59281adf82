package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// run carries out one command line with the clock of 2 July 2018 and returns what it
// printed.
func run(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	began := time.Date(2018, 7, 2, 1, 0, 0, 0, time.UTC)
	code = Run(t.Context(), Env{Args: args, Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errs, Now: func() time.Time { return began }, Wait: impatient})
	return code, out.String(), errs.String()
}

func TestCommandLine(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	settings := "data_dir: ./data\nconsole: true\ndingtalk: {mode: 'off'}\nmembers: [{id: w, name: 王慧, roles: [supervisor]}]\n"
	plan := "临溪市2023年工作要点\n临政发〔2023〕1号\n2023年1月5日\n序号 | 任务 | 责任单位 | 完成时限\n1 | 建设数据平台 | 市大数据局 | 6月底前\n2 | 清理文件 | 市司法局 | 每季度\n"
	for name, text := range map[string]string{"duban.yaml": settings, "plan.txt": plan, "revised.txt": strings.Replace(plan, "6月底前", "9月底前", 1), "moved.txt": strings.NewReplacer("1 | 建设", "2 | 建设", "2 | 清理", "1 | 清理", "6月底前", "9月底前").Replace(plan), "notitle.csv": "序号,任务,责任单位,完成时限\n1,开展反诈宣传,市公安局,每月\n", "old.doc": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		args  string
		stdin string
		code  int
		want  string // in standard output or standard error
	}{
		{"no command", "", "", 0, "用法：duban"},
		{"help", "import --help", "", 0, "--dry-run"},
		{"unknown command", "fly", "", 2, "没有“fly”这个命令"},
		{"unknown kind", "explain weather", "", 2, "<种类> 应为 \"deadline\",\"owners\",\"message\"，现为 \"weather\""},
		{"missing argument", "import", "", 2, "缺少 <文件>\n用 duban import --help"},
		{"version", "version", "", 0, "duban"},
		{"deadline", "explain deadline 2018年底前", "", 0, "due=2018-12-31"},
		{"deadlines by line", "explain deadline --json", "9月底前\t2018-06-30\n长期坚持\t2018-06-30\n", 0, `"expected":"due=2018-09-30"`},
		{"bad date", "explain deadline 年底 --issued 昨天", "", 2, "2018-06-30"},
		{"owners", "explain owners 市发改委、市财政局", "", 0, "R:市发改委; R:市财政局"},
		{"message", "explain message 任务20完成80% --json", "", 0, `report_progress task=20; percent=80`},
		{"dry run", "import plan.txt --dry-run", "", 0, "以上只是预览，没有写入"},
		{"dry run as JSON", "import plan.txt --dry-run --json", "", 0, `"deadline": "due=2023-06-30"`},
		{"no such file", "import none.txt", "", 1, "找不到方案文件"},
		{"old Word", "import old.doc", "", 1, "另存为 .docx"},
		{"import", "import plan.txt", "", 0, "已写入任务2项"},
		{"again", "import plan.txt", "", 0, "没有改动"},
		{"revision that nobody confirms", "import revised.txt", "", 1, "没有得到确认，没有写入"},
		{"revision refused", "import revised.txt", "否\n", 0, "没有写入"},
		{"revision", "import revised.txt", "是\n", 0, "已写入任务2项"},
		{"numbers change places", "import moved.txt", "是\n", 0, "- 原任务1，现任务2 建设数据平台"},
		{"and went with their records", "import moved.txt", "", 0, "没有改动"},
		{"another plan", "import notitle.csv", "", 1, "不是同一方案"},
		{"a plan without title and day", "import notitle.csv --dry-run", "", 0, "每月（按期办理，但没有排出节点）"},
		{"doctor", "doctor --offline", "", 0, "没有错误"},
		{"backup", "backup all.bak", "", 0, "已备份"},
		{"backup over a file", "backup all.bak", "", 1, "已存在"},
		{"restore over data", "restore all.bak", "", 1, "已有数据"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := run(t, c.stdin, strings.Fields(c.args)...)
			if code != c.code || !strings.Contains(out+errs, c.want) {
				t.Errorf("duban %s: status %d, want %d with %q\n%s%s", c.args, code, c.code, c.want, out, errs)
			}
		})
	}
}

func TestRehearse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "empty.yaml")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	stream := filepath.Join(t.TempDir(), "stream.yaml")
	if err := os.WriteFile(stream, []byte("dingtalk: {mode: stream}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		way  string
	}{
		{[]string{"-c", file}, "演练的接入方式：HTTP"},
		{[]string{"-c", stream}, "演练的接入方式：Stream"},
		{[]string{"-c", file, "--mode", "stream"}, "演练的接入方式：Stream"},
		{[]string{"-c", stream, "--mode", "http"}, "演练的接入方式：HTTP"},
	} {
		code, out, errs := run(t, "", append([]string{"rehearse"}, c.args...)...)
		if code != 0 {
			t.Fatalf("%q: status %d\n%s\n%s", c.args, code, out, errs)
		}
		for _, want := range []string{c.way, "已提交绑定", "【督办提醒】", "已记录", "已提交办结申请", "已通过", "张敏收到DING", "已办结 1项", "没有写入任何正式数据"} {
			if !strings.Contains(out, want) {
				t.Errorf("%q: %q is missing", c.args, want)
			}
		}
	}
}

// TestRehearseCards: with a card template and to-dos in the configuration the rehearsal
// shows both; a button is pressed once, and the to-do ends with the task.
func TestRehearseCards(t *testing.T) {
	dir := t.TempDir()
	file, script := filepath.Join(dir, "duban.yaml"), filepath.Join(dir, "script.txt")
	for name, text := range map[string]string{
		file:   "dingtalk: {card_template: nudge.schema, todo: true, todo_url: 'https://example.com/t'}\n",
		script: "王慧> 催办 任务28\n陈光@数字化转型工作群 按> 查看\n张敏@数字化转型工作群 按> 签收\n张敏> 任务28 已完成\n王慧> 通过 任务28\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, mode := range []string{"http", "stream"} {
		code, out, errs := run(t, "", "rehearse", "-c", file, "--mode", mode, script)
		if code != 0 {
			t.Fatalf("%s: status %d\n%s\n%s", mode, code, out, errs)
		}
		for _, want := range []string{"提醒以互动卡片发出。催办同步到钉钉待办。", "[卡片按钮] 签收　查看", "张敏的钉钉待办（新待办）", "卡片显示：任务28", "卡片显示：已签收", "张敏的钉钉待办（待办已完成）"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %q is missing in\n%s", mode, want, out)
			}
		}
	}
	if err := os.WriteFile(script, []byte("张敏 按> 签收\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run(t, "", "rehearse", "-c", file, script); code != 1 || !strings.Contains(errs, "没有按钮“签收”") {
		t.Errorf("status %d: %s", code, errs)
	}
}

// TestRehearseOwnPlan: the rehearsal of an own plan begins on the first working day after it
// was issued. (It once began with that of Huzhou.)
func TestRehearseOwnPlan(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"duban.yaml": "plan: plan.txt\nmembers: [{id: w, name: 王慧, roles: [supervisor]}]\n", "script.txt": "王慧> 汇总\n",
		"plan.txt": "临溪市2023年工作要点\n临政发〔2023〕1号\n2023年1月19日\n序号 | 任务 | 责任单位 | 完成时限\n1 | 建设数据平台 | 市大数据局 | 6月底前\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, out, errs := run(t, "", "rehearse", "script.txt")
	if code != 0 || !strings.Contains(out, "— 2023年1月20日 09:00 —") {
		t.Errorf("status %d\n%s%s", code, out, errs)
	}
}

// TestDemo starts the demo, finds its page, stops it and finds its data again; begun
// afresh, it keeps nothing of its own data, and leaves alone what is not its own. (--fresh
// once looked for files of another name and kept everything.)
func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	store := filepath.Join(dir, "duban-demo.db")
	for i, fresh := range []bool{false, false, true} {
		first := i == 0
		ctx, cancel := context.WithCancel(t.Context())
		out, in := io.Pipe()
		done := make(chan int, 1)
		var errs syncBuffer
		go func() {
			done <- Run(ctx, Env{Args: []string{"demo", "--listen", "127.0.0.1:0", "--data", dir, fmt.Sprintf("--fresh=%v", fresh)}, Stdin: strings.NewReader(""), Stdout: in, Stderr: &errs, Now: time.Now, Wait: impatient})
			in.Close()
		}()
		words := make([]byte, 1024)
		n, err := out.Read(words)
		if err != nil {
			t.Fatalf("no words from the demo: %v %s", err, errs.String())
		}
		go io.Copy(io.Discard, out)
		res, err := http.Get("http://" + between(string(words[:n]), "http://", "/console/") + "/console/")
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("page: %v %v", res, err)
		}
		res.Body.Close()
		http.DefaultClient.CloseIdleConnections()
		cancel()
		if code := <-done; code != 0 {
			t.Fatalf("status %d\n%s", code, errs.String())
		}
		if _, err := os.Stat(store); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(store + "-old"); !first && fresh != os.IsNotExist(err) {
			t.Errorf("fresh is %v, of the data before: %v", fresh, err)
		}
		for _, name := range []string{store + "-old", filepath.Join(dir, "notes.txt")} {
			if _, err := os.Stat(name); err != nil && !first && name != store+"-old" {
				t.Error("a file of somebody else is gone")
			}
			if err := os.WriteFile(name, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if code, _, errs := run(t, "", "demo", "--listen", "0.0.0.0:0", "--data", dir); code != 1 || !strings.Contains(errs, "只能在本机打开") {
		t.Errorf("an open demo: status %d, %s", code, errs)
	}
}
