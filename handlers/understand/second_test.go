package understand

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"duban/internal/maxent"
)

var update = flag.Bool("update", false, "learn second.model anew from the tables")

// lessons are the rows of the tables as the model learns them, with the rows themselves.
func lessons(t *testing.T, paths ...string) (samples []maxent.Sample, from [][]string) {
	t.Helper()
	l := testLexicon(t)
	for _, path := range paths {
		for _, f := range readTSV(t, path) {
			if len(f) < 3 {
				t.Fatalf("%s: row %q has too few columns", path, f)
			}
			c, err := ParseContext(f[1], world)
			if err != nil {
				t.Fatal(err)
			}
			u := l.read(unescape(f[0]), c)
			if u.ctx.Group && !u.ctx.Mentioned {
				continue // never weighed
			}
			if u.unsound() {
				continue // asked back for what they name, not for what they mean
			}
			var s maxent.Sample
			s.Features, s.Hints = u.traits()
			for alt := range strings.SplitSeq(f[2], "||") {
				s.Classes = append(s.Classes, parseSaid(alt).intent)
			}
			samples, from = append(samples, s), append(from, f)
		}
	}
	return samples, from
}

// unsound reports whether the words name a task, a day or a percentage that does not exist.
func (u *utterance) unsound() bool {
	wrong := func(n number) bool {
		return n.kind == numPercent && n.value > 100 || n.kind == numTask && !u.lex.exists(n.no())
	}
	return u.noSuchDay() != "" || slices.ContainsFunc(u.nums, wrong)
}

func tables(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"own", "learn", "examples"} {
		paths, err := filepath.Glob("testdata/" + pattern + "*.tsv")
		if err != nil || len(paths) == 0 {
			t.Fatalf("no tables %s: %v", pattern, err)
		}
		out = append(out, paths...)
	}
	return out
}

// TestSecond: the model that is built in knows the tables as they stand. When it does not,
// rows or traits have changed since: run it with -update.
func TestSecond(t *testing.T) {
	samples, rows := lessons(t, tables(t)...)
	if *update {
		var b bytes.Buffer
		if err := maxent.Train(samples).Encode(&b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("second.model", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("learned from %d rows, %d bytes", len(samples), b.Len())
		return
	}
	m, classes := second(), second().Classes()
	missed := 0
	for i, s := range samples {
		p := m.Probabilities(s.Features, s.Hints)
		if !slices.Contains(s.Classes, classes[slices.Index(p, slices.Max(p))]) {
			missed++
			if testing.Verbose() {
				t.Logf("%s | %s | %s", rows[i][0], rows[i][1], rows[i][2])
			}
		}
	}
	if missed*200 > len(samples) {
		t.Errorf("%d of %d rows are missed: learn the model anew with -update", missed, len(samples))
	}
}
