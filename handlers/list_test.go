package handlers

import (
	"fmt"
	"strings"
	"testing"
)

// TestSplit: pages hold whole lines, every line once, within the limit.
func TestSplit(t *testing.T) {
	var lines []string
	for i := range 400 {
		lines = append(lines, fmt.Sprintf("- 任务%d %s", i, strings.Repeat("建设", i%20)))
	}
	lines = append(lines, strings.Repeat("长", 3000))
	var got []string
	for _, p := range split(lines, 2000) {
		size := 0
		for _, l := range p {
			size += len(l) + 1
		}
		if size > 2001 {
			t.Errorf("a page has %d bytes", size)
		}
		got = append(got, p...)
	}
	if len(got) != len(lines) {
		t.Fatalf("%d lines on the pages, want %d", len(got), len(lines))
	}
	for i := range 400 {
		if got[i] != lines[i] {
			t.Fatalf("line %d is %q", i, got[i])
		}
	}
}
