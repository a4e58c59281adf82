package config_test

import (
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"

	"duban/config"
)

func load(t *testing.T, files map[string]string, env map[string]string) (config.Config, error) {
	t.Helper()
	s := config.Sources{Env: env, ReadFile: func(name string) ([]byte, error) {
		if text, ok := files[name]; ok {
			return []byte(text), nil
		}
		return nil, fmt.Errorf("open %s: %w", name, fs.ErrNotExist)
	}}
	if _, ok := files["duban.yaml"]; ok {
		s.File = "duban.yaml"
	}
	return config.Load(s)
}

func TestLayers(t *testing.T) {
	file := "listen: 127.0.0.1:9000\ntenant: huzhou\ndingtalk:\n  client_id: fromfile\nreminders:\n  before: [10, 2]\n"
	c, err := load(t, map[string]string{"duban.yaml": file, "/run/secret": "s3cret\n"}, map[string]string{
		"DUBAN_TENANT": "fromenv", "DUBAN_DINGTALK_CLIENT_SECRET_FILE": "/run/secret", "DUBAN_LISTEN": "", "PATH": "/bin",
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:9000" || c.Tenant != "fromenv" || c.DingTalk.ClientID != "fromfile" || c.DataDir != "./data" {
		t.Errorf("layers are wrong: %+v", c)
	}
	if got := c.DingTalk.ClientSecret.Reveal(); got != "s3cret" {
		t.Errorf("secret from file = %q", got)
	}
	if fmt.Sprint(c.Remind.Before) != "[10 2]" {
		t.Errorf("before = %v", c.Remind.Before)
	}
}

func TestEveryProblemAtOnce(t *testing.T) {
	file := "listen: nowhere\ntenant: 湖州\nlog_level: loud\nreminders: {open: '18:00', before: [-1], after: [1, 3], head: [2], report: weekly, report_day: 32, budget: 0}\nlights: {behind_points: 0}\nllm: {base_url: 'http://127.0.0.1/v1'}\nmembers:\n- {name: 无号}\n- {id: a, roles: [king]}\n- {id: a}\n"
	_, err := load(t, map[string]string{"duban.yaml": file}, map[string]string{"DUBAN_DINGTLAK_MODE": "http"})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"listen", "tenant", "log_level", "reminders.open", "reminders.before", "reminders.head", "reminders.report ", "reminders.report_day", "reminders.budget", "lights.behind_points", "llm.model", "缺少 id", "king", "重复", "DUBAN_DINGTLAK_MODE"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not reported in:\n%v", want, err)
		}
	}
}

func TestBadFiles(t *testing.T) {
	for name, c := range map[string]struct {
		files, env map[string]string
		want       string
	}{
		"unknown key":    {files: map[string]string{"duban.yaml": "tenant: t\nlisen: 127.0.0.1:1\n"}, want: "配置文件 duban.yaml 第2行：没有“lisen”这一项，请核对拼写和缩进（是否要写 listen？）"},
		"unknown below":  {files: map[string]string{"duban.yaml": "members:\n- {id: a, unit: [市财政局]}\n"}, want: "第2行：没有“unit”这一项，请核对拼写和缩进（是否要写 units？）"},
		"a list":         {files: map[string]string{"duban.yaml": "reminders: {before: abc}\n"}, want: "第1行：应为整数的列表，例如 [3, 1]，现为“abc”"},
		"a text":         {files: map[string]string{"duban.yaml": "listen: [1]\n"}, want: "第1行：应为一段文字，现为列表"},
		"a yes":          {files: map[string]string{"duban.yaml": "console: 也许\n"}, want: "第1行：应为 true 或 false"},
		"one for many":   {files: map[string]string{"duban.yaml": "aliases: {发改委: 市发展和改革委员会}\n"}, want: "第1行：应为列表，例如 [市财政局]，现为“市发"},
		"twice":          {files: map[string]string{"duban.yaml": "tenant: a\ntenant: b\n"}, want: "“tenant”写了两次"},
		"no yaml":        {files: map[string]string{"duban.yaml": "a: [\n"}, want: "附近的格式有误，请核对缩进"},
		"no such secret": {env: map[string]string{"DUBAN_REDIS_URL_FILE": "/gone"}, want: "找不到这个文件，请核对路径"},
		"typing error":   {env: map[string]string{"DUBAN_DINGTALK_MOED": "http"}, want: "（是否要写 DUBAN_DINGTALK_MODE？）"},
		"secret is gone": {env: map[string]string{"DUBAN_REDIS_URL_FILE": "/gone"}, want: "DUBAN_REDIS_URL_FILE"},
		"secret twice":   {files: map[string]string{"/s": "x"}, env: map[string]string{"DUBAN_LLM_API_KEY_FILE": "/s", "DUBAN_LLM_API_KEY": "y"}, want: "只能设一个"},
		"not a number":   {env: map[string]string{"DUBAN_REMINDERS_NEAR": "seven"}, want: "环境变量有误：DUBAN_REMINDERS_NEAR 应为整数"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := load(t, c.files, c.env); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestSecretsDoNotPrint(t *testing.T) {
	c := config.Default()
	c.DingTalk.ClientSecret, c.LLM.APIKey, c.RedisURL = "topsecret", "topsecret", "redis://:topsecret@h"
	var b strings.Builder
	slog.New(slog.NewJSONHandler(&b, nil)).Info("config", "secret", c.DingTalk.ClientSecret)
	fmt.Fprintf(&b, "%v %+v %#v", c, c, c)
	if strings.Contains(b.String(), "topsecret") {
		t.Errorf("a secret is printed: %s", b.String())
	}
}

// TestReadme holds the configuration table of both READMEs against the code.
func TestReadme(t *testing.T) {
	for _, file := range []string{"../README.md", "../README.zh-CN.md"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows := map[string]bool{}
		inside := false
		for _, line := range strings.Split(string(b), "\n") {
			if strings.HasPrefix(line, "## ") {
				inside = line == "## Configuration" || line == "## 配置"
			}
			if !inside {
				continue
			}
			if name, ok := strings.CutPrefix(line, "| `"); ok {
				key, rest, _ := strings.Cut(name, "`")
				rows[key] = true
				for _, k := range config.Keys() {
					if k.Path == key && k.Default != "" && !strings.Contains(rest, "`"+k.Default+"`") {
						t.Errorf("%s: %s should show its default %s", file, key, k.Default)
					}
				}
			}
		}
		for _, k := range config.Keys() {
			if !rows[k.Path] {
				t.Errorf("%s has no row for %s (%s)", file, k.Path, k.Env)
			}
		}
	}
}

// TestTodoNeedsAddress: DingTalk takes no to-do without one.
func TestTodoNeedsAddress(t *testing.T) {
	env := map[string]string{"DUBAN_DINGTALK_CLIENT_ID": "id", "DUBAN_DINGTALK_CLIENT_SECRET": "secret", "DUBAN_DINGTALK_TODO": "true"}
	for address, want := range map[string]string{"": "须设置 dingtalk.todo_url", "nowhere": "dingtalk.todo_url 应为网址", "https://duban.example/": ""} {
		env["DUBAN_DINGTALK_TODO_URL"] = address
		_, err := load(t, nil, env)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", address, err, want)
		}
	}
}

// TestLines: the configuration in force is shown key by key, and no secret with it.
func TestLines(t *testing.T) {
	c := config.Default()
	c.DingTalk.ClientSecret, c.LLM.APIKey, c.RedisURL = "hidden-1", "hidden-2", "redis://:hidden-3@host"
	c.Remind.Before = []int{9, 2}
	out := strings.Join(c.Lines(), "\n")
	for _, want := range []string{"office = 督查室", "dingtalk.client_secret = ******", "redis_url = ******", "reminders.before = [9 2]"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if strings.Contains(out, "hidden") {
		t.Errorf("a secret is shown:\n%s", out)
	}
}
