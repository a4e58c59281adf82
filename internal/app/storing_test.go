package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/config"
	"duban/store"
	"duban/store/redis"
)

// TestStoreFaults: whatever keeps the store from opening, the operator reads what to do.
func TestStoreFaults(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	held, err := store.Open(t.Context(), store.Config{DataDir: dir, Tenant: "t"})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(held, quiet())
	for _, c := range []struct {
		name, url, dir, want string
	}{
		{"no URL", "abc", "", "redis_url 写法有误"},
		{"bad option", "redis://127.0.0.1:1?wait=x", "", "redis_url 写法有误"},
		{"nobody there", "redis://127.0.0.1:1", "", "请确认 Redis 已启动"},
		{"in use", "", dir, "正由另一个 duban 使用"},
		{"not a folder", "", file, "无法建立或写入"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := openStore(t.Context(), config.Config{RedisURL: config.Secret(c.url), DataDir: c.dir, Tenant: "t"}, quiet())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error = %v, want one with %q", err, c.want)
			}
		})
	}
	if err := storeFault(store.Config{RedisURL: "redis://h"}, fmt.Errorf("open: %w", redis.ErrAuth)); !strings.Contains(err.Error(), "核对 redis_url 中的用户名和密码") {
		t.Errorf("wrong password: %v", err)
	}
}

// TestKeptWords: what an engine says of its persistence is told in Chinese.
func TestKeptWords(t *testing.T) {
	for how, want := range map[string]string{
		"wal,full": "[正常] 存储可以使用：每次提交都落盘",
		"append-only file, synced every second: a power failure may lose about a second":    "[正常] 存储可以使用：每秒落盘",
		"warning: nothing is kept on disk: a restart loses everything; set appendonly yes":  "[注意] 存储可以使用：Redis 不落盘",
		"warning: snapshots only (save 3600 1): a crash loses what came after the last one": "[注意] 存储可以使用：Redis 只做定期快照",
	} {
		if f := checkKept(how); !strings.HasPrefix("["+f.mark+"] "+f.text, want) {
			t.Errorf("%s: [%s] %s, want %s", how, f.mark, f.text, want)
		}
	}
}
