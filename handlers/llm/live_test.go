//go:build live

package llm

import (
	"context"
	"os"
	"testing"
	"time"
)

// TestLive asks a real model three times, with -tags live and DUBAN_TEST_LLM_BASE_URL,
// DUBAN_TEST_LLM_MODEL and, where needed, DUBAN_TEST_LLM_API_KEY set.
func TestLive(t *testing.T) {
	o := Options{
		BaseURL: os.Getenv("DUBAN_TEST_LLM_BASE_URL"), Model: os.Getenv("DUBAN_TEST_LLM_MODEL"), Key: os.Getenv("DUBAN_TEST_LLM_API_KEY"),
		Timeout: 2 * time.Minute, Idle: time.Minute, Now: time.Now,
	}
	if o.BaseURL == "" || o.Model == "" {
		t.Fatal("set DUBAN_TEST_LLM_BASE_URL and DUBAN_TEST_LLM_MODEL")
	}
	c := New(o)
	t.Cleanup(c.Close)
	used := 0
	for _, f := range []any{factsA(), factsB(), factsC()} {
		words, err := c.Word(context.Background(), f, "")
		t.Logf("%v\n%s", err, words)
		if err == nil {
			used++
		}
	}
	t.Logf("%d of 3 used, %+v", used, c.Usage(context.Background()))
}
