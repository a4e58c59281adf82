package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"duban/config"
	"duban/store/entry"
)

type backupCmd struct {
	File   string `arg:"" placeholder:"文件" help:"备份文件，不能已存在"`
	Config string `short:"c" default:"duban.yaml" placeholder:"文件" help:"配置文件"`
}

// Run writes everything to a new file that appears only when it is whole.
func (c *backupCmd) Run(ctx context.Context, e Env) (err error) {
	if _, err := os.Stat(c.File); err == nil {
		return fmt.Errorf("文件 %s 已存在，请换一个文件名", c.File)
	}
	cfg, err := load(e, c.Config)
	if err != nil {
		return err
	}
	log := logger(e, cfg.LogLevel)
	engine, err := openKept(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer closeStore(engine, log)
	f, err := os.CreateTemp(filepath.Dir(c.File), ".duban-backup-*")
	if err != nil {
		return fmt.Errorf("备份文件 %s 无法写入：%w", c.File, config.FileFault(err))
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	w := bufio.NewWriter(f)
	err = engine.Backup(ctx, w)
	err = errors.Join(err, w.Flush(), f.Sync(), f.Close())
	if err != nil {
		return fmt.Errorf("备份未完成：%w", err)
	}
	if err := os.Rename(f.Name(), c.File); err != nil {
		return fmt.Errorf("备份未完成：%w", err)
	}
	fmt.Fprintf(e.Stdout, "已备份到 %s。\n", c.File)
	return nil
}

type restoreCmd struct {
	File   string `arg:"" placeholder:"文件" help:"备份文件"`
	Config string `short:"c" default:"duban.yaml" placeholder:"文件" help:"配置文件"`
}

// Run fills an empty store from a backup.
func (c *restoreCmd) Run(ctx context.Context, e Env) error {
	f, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("备份文件 %s 无法读取：%w", c.File, config.FileFault(err))
	}
	defer f.Close()
	cfg, err := load(e, c.Config)
	if err != nil {
		return err
	}
	log := logger(e, cfg.LogLevel)
	engine, err := openStore(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer closeStore(engine, log)
	switch err := engine.Restore(ctx, bufio.NewReader(f)); {
	case errors.Is(err, entry.ErrNotEmpty):
		return fmt.Errorf("库中已有数据，未恢复。请换一个空的 data_dir 或 tenant")
	case errors.Is(err, entry.ErrBackup):
		return fmt.Errorf("备份文件不完整或已损坏，未恢复：%w", err)
	case err != nil:
		return fmt.Errorf("未能恢复：%w", err)
	}
	fmt.Fprintln(e.Stdout, "已恢复。")
	return nil
}

type versionCmd struct{}

// Run prints the version that the build carries.
func (versionCmd) Run(e Env) error {
	version, goes := "开发版", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		goes = info.GoVersion
		if v := info.Main.Version; v != "" && v != "(devel)" {
			version = v
		}
	}
	_, err := fmt.Fprintf(e.Stdout, "duban %s %s\n", version, goes)
	return err
}
