package app

import (
	"bufio"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
)

// What is explained at once, on all processors.
const (
	batchLines = 1024
	batchBytes = 4 << 20
)

// batches calls f with the lines of r, some at a time; empty lines are among them, so that
// input and output lines correspond.
func batches(r io.Reader, f func([]string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 64<<10), maxLine)
	var lines []string
	size := 0
	for s.Scan() {
		lines = append(lines, strings.TrimSuffix(s.Text(), "\r"))
		if size += len(s.Bytes()); len(lines) == batchLines || size > batchBytes {
			if err := f(lines); err != nil {
				return err
			}
			lines, size = lines[:0], 0
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("标准输入读取失败，单行不能超过1MB：%w", err)
	}
	return f(lines)
}

// each explains the lines side by side and prints the answers in their order; what it
// returns is the first error in that order.
func each(lines []string, explain func(text, side string) (answer, error), print func(answer) error) error {
	answers, errs := make([]answer, len(lines)), make([]error, len(lines))
	workers := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(lines); i += workers {
				text, side, _ := strings.Cut(lines[i], "\t")
				if k := strings.IndexByte(side, '\t'); k >= 0 { // further columns of the example files
					side = side[:k]
				}
				answers[i], errs[i] = explain(text, side)
			}
		})
	}
	wg.Wait()
	for i, a := range answers {
		if errs[i] != nil {
			return errs[i]
		}
		if err := print(a); err != nil {
			return err
		}
	}
	return nil
}
