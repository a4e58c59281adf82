package understand

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAccuracy prints how many of our own utterances are understood, by what is meant
// (the first of the answers a row accepts): go test -run TestAccuracy -v.
func TestAccuracy(t *testing.T) {
	t.Parallel()
	type score struct{ rows, right, wrong int }
	l := testLexicon(t)
	files, err := filepath.Glob("testdata/own*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	kinds, all := map[string]*score{}, &score{}
	for _, path := range files {
		for _, f := range readTSV(t, path) {
			first, _, _ := strings.Cut(f[2], "||")
			kind := parseSaid(first).intent
			if kinds[kind] == nil {
				kinds[kind] = &score{}
			}
			why, wrong, _ := judgeRow(l, f)
			for _, s := range []*score{kinds[kind], all} {
				s.rows++
				if why == "" {
					s.right++
				}
				if wrong {
					s.wrong++
				}
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		s := kinds[kind]
		t.Logf("%-16s %4d of %4d right, %d wrong writes", kind, s.right, s.rows, s.wrong)
	}
	t.Logf("%-16s %4d of %4d right, %d wrong writes", "all", all.right, all.rows, all.wrong)
	if all.wrong > 0 {
		t.Errorf("%d wrong writes", all.wrong)
	}
}
