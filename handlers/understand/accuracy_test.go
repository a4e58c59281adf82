package understand

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAccuracy: our own utterances, every row right, and above all no wrong write. It prints
// how many are understood, by what is meant (the first of the answers a row accepts):
// go test -run TestAccuracy -v.
func TestAccuracy(t *testing.T) {
	t.Parallel()
	type score struct{ rows, right, wrong int }
	files, err := filepath.Glob("testdata/own*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	kinds, all := map[string]*score{}, &score{}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			runTable(t, path, func(want string, right, wrong bool) {
				first, _, _ := strings.Cut(want, "||")
				kind := parseSaid(first).intent
				if kinds[kind] == nil {
					kinds[kind] = &score{}
				}
				for _, s := range []*score{kinds[kind], all} {
					s.rows++
					if right {
						s.right++
					}
					if wrong {
						s.wrong++
					}
				}
			})
		})
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		s := kinds[kind]
		t.Logf("%-16s %4d of %4d right, %d wrong writes", kind, s.right, s.rows, s.wrong)
	}
	t.Logf("%-16s %4d of %4d right, %d wrong writes", "all", all.right, all.rows, all.wrong)
}
