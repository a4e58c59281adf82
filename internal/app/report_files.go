package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// beside is the name of a further file: 进度图.png becomes 进度图-时间轴.png.
func beside(name, mark string) string {
	if name == "" {
		return ""
	}
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + mark + ext
}

// document is one file that is written as a whole.
func document(write func(io.Writer) error) ([][]byte, error) {
	var b bytes.Buffer
	err := write(&b)
	return [][]byte{b.Bytes()}, err
}

// whole writes a file that appears under its name only when it is complete.
func whole(name string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".duban-*")
	if err != nil {
		return fmt.Errorf("无法在该目录写文件：%w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err = os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// dropPages removes the pages that an earlier report of the name wrote and this one did
// not, and says so: beside the new ones they would be read as theirs.
func dropPages(out io.Writer, name string, written []string) error {
	ext := filepath.Ext(name)
	list, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		return err
	}
	for _, f := range list {
		stem, same := strings.CutPrefix(f.Name(), strings.TrimSuffix(filepath.Base(name), ext))
		page, numbered := strings.CutSuffix(stem, ext)
		if n, err := strconv.Atoi(page); !same || !numbered || page != "" && (err != nil || n < 1) {
			continue
		}
		old := filepath.Join(filepath.Dir(name), f.Name())
		if slices.ContainsFunc(written, func(w string) bool { return filepath.Clean(w) == old }) {
			continue
		}
		if err := os.Remove(old); err != nil {
			return err
		}
		fmt.Fprintf(out, "已删除上次留下的旧页：%s\n", old)
	}
	return nil
}
