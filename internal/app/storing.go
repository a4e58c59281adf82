package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"

	"duban/config"
	"duban/store"
	"duban/store/embedded"
	"duban/store/ledger"
	"duban/store/redis"
)

// openStore opens the configured engine; the error says what the operator can do. What the
// Redis client has to say goes into the log.
func openStore(ctx context.Context, cfg config.Config, log *slog.Logger) (store.Engine, error) {
	redis.LogTo(log)
	c := store.Config{RedisURL: cfg.RedisURL.Reveal(), DataDir: cfg.DataDir, Tenant: cfg.Tenant}
	s, err := store.Open(ctx, c)
	if err != nil {
		return nil, storeFault(c, err)
	}
	return s, nil
}

// openKept opens the configured engine for whoever only reads: where nothing was ever kept
// it makes no empty store, and the error says so.
func openKept(ctx context.Context, cfg config.Config, log *slog.Logger) (store.Engine, error) {
	if cfg.RedisURL.Reveal() == "" {
		if there, err := embedded.Exists(cfg.DataDir, cfg.Tenant); err == nil && !there {
			return nil, fmt.Errorf("数据目录 %s 中还没有数据，请核对 data_dir，或先用 duban import 导入方案", cfg.DataDir)
		}
	}
	return openStore(ctx, cfg, log)
}

func storeFault(c store.Config, err error) error {
	var file *fs.PathError
	switch {
	case errors.Is(err, redis.ErrAddress):
		return fmt.Errorf("redis_url 写法有误，例如 redis://:密码@127.0.0.1:6379/0，密码中的特殊字符须按网址规则转写：%w", err)
	case errors.Is(err, redis.ErrAuth):
		return fmt.Errorf("密码未被 Redis 接受，请核对 redis_url 中的用户名和密码，例如 redis://:密码@127.0.0.1:6379/0：%w", err)
	case c.RedisURL != "" && errors.Is(err, ledger.ErrBusy):
		return fmt.Errorf("连接不上 Redis，请确认 Redis 已启动，并核对 redis_url 中的主机和端口：%w", err)
	case errors.Is(err, embedded.ErrLocked):
		return fmt.Errorf("数据目录 %s 正由另一个 duban 使用，请先停止它；只想看情况的，请在聊天中发“状态”", c.DataDir)
	case errors.As(err, &file):
		return fmt.Errorf("数据目录 %s 无法建立或写入，请核对 data_dir 和目录权限：%w", c.DataDir, err)
	}
	return fmt.Errorf("数据存储无法打开，请检查 redis_url 或 data_dir：%w", err)
}

// keptWords are an engine's own words on what a crash may lose, in Chinese; the first that
// begins them holds. Words that begin with "warning" want something done.
var keptWords = [][2]string{
	{"wal,full", "每次提交都落盘，崩溃和断电都不丢数据"},
	{"append-only file, synced at every write", "每次写入都落盘，崩溃和断电都不丢数据"},
	{"append-only file, synced every second", "每秒落盘，断电最多丢最后一秒"},
	{"warning: append-only file", "Redis 的 appendfsync 为 no，断电可能丢半分钟的数据，请设为 everysec"},
	{"warning: snapshots only", "Redis 只做定期快照，崩溃会丢上次快照之后的数据，请设 appendonly yes"},
	{"warning: nothing is kept", "Redis 不落盘，一重启数据就全丢，请设 appendonly yes"},
	{"warning: the server does not tell", "Redis 不允许查看持久化设置，请向服务商确认已开启 appendonly"},
}

// checkKept says what a crash may lose.
func checkKept(how string) finding {
	mark := "正常"
	if strings.HasPrefix(how, "warning") {
		mark = "注意"
	}
	for _, w := range keptWords {
		if strings.HasPrefix(how, w[0]) {
			how = w[1]
			break
		}
	}
	return finding{mark, "存储可以使用：" + how}
}
