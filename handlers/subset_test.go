package handlers_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMarkdownSubset: what the bot says keeps to what every DingTalk client shows, and
// the console with it: no tables, which phones show as bars, and no HTML.
func TestMarkdownSubset(t *testing.T) {
	var files []string
	for _, dir := range []string{"testdata", "../reminders/testdata"} {
		list, err := filepath.Glob(filepath.Join(dir, "*.golden"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, list...)
	}
	if len(files) < 10 {
		t.Fatalf("only %d goldens found", len(files))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "|") || strings.Contains(line, "<font") || strings.Contains(line, "</") {
				t.Errorf("%s:%d: %s", file, i+1, line)
			}
		}
	}
}
