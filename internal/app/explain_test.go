package app

import (
	"fmt"
	"strings"
	"testing"
)

// Lines are explained side by side; their answers keep the order of the lines, also over
// several batches, and one bad line stops it all.
func TestExplainKeepsOrder(t *testing.T) {
	t.Parallel()
	const rows = 2*batchLines + 100
	var in, want strings.Builder
	for i := range rows {
		fmt.Fprintf(&in, "任务%d完成%d%%\tdm\n", 1+i%48, i%100)
		fmt.Fprintf(&want, "任务%d完成%d%%\n", 1+i%48, i%100)
	}
	code, out, errs := run(t, in.String(), "explain", "message")
	if code != 0 || errs != "" {
		t.Fatalf("ended with %d: %s", code, errs)
	}
	var got strings.Builder
	for line := range strings.Lines(out) {
		text, _, _ := strings.Cut(line, "\t")
		fmt.Fprintln(&got, text)
	}
	if got.String() != want.String() {
		t.Error("answers stand in another order than their lines, or some are missing")
	}
	code, _, errs = run(t, in.String()+"任务20\tmoon=full\n", "explain", "message")
	if code != 2 || !strings.Contains(errs, "moon=full") {
		t.Errorf("a bad context ends with %d: %s", code, errs)
	}
}
