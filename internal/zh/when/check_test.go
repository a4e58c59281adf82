package when

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"duban/store/ledger"
)

// row is a line of a phrase table: phrase, day of issue, expected, note.
type row struct {
	phrase   string
	issued   ledger.Date
	expected string
	note     string
	line     int
}

// rows reads a table of testdata.
func rows(t testing.TB, name string) []row {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // read only: nothing can be lost
	var out []row
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		cells := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(lines.Text(), "# ") || lines.Text() == "#" || lines.Text() == "" {
			continue
		}
		if len(cells) < 3 {
			t.Fatalf("%s:%d: want three cells", name, n)
		}
		issued, err := ledger.ParseDate(cells[1])
		if err != nil {
			t.Fatalf("%s:%d: %v", name, n, err)
		}
		r := row{phrase: strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(cells[0]), issued: issued, expected: cells[2], line: n}
		if len(cells) > 3 {
			r.note = cells[3]
		}
		out = append(out, r)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// verdict compares an answer with a row: right, and whether it is the first choice.
func verdict(got, expected string, same func(got, want string) bool) (right, first bool) {
	wants := []string{expected}
	if list, ok := strings.CutPrefix(expected, "accept="); ok {
		wants = strings.Split(list, "|")
	}
	for i, w := range wants {
		if same(got, w) {
			return true, i == 0
		}
	}
	return false, false
}

// alike compares two answers as the conventions have it: labels do not count, and a
// range is as good as its end (C8).
func alike(got, want string) bool {
	if got == want {
		return true
	}
	g, w := bare(got), bare(want)
	if len(g) != len(w) {
		return false
	}
	for i := range g {
		if g[i] != w[i] && (end(g[i]) == "" || end(g[i]) != end(w[i])) {
			return false
		}
	}
	return true
}

// exactly compares two answers to the letter, labels aside: our own table asks for more
// than the conventions.
func exactly(got, want string) bool { return slices.Equal(bare(got), bare(want)) }

// bare lists the parts of an answer without labels.
func bare(s string) []string {
	list, ok := strings.CutPrefix(s, "multi=")
	if !ok {
		return []string{s}
	}
	parts := strings.Split(list, ";")
	for i, p := range parts {
		_, after, _ := strings.Cut(p, ":")
		if !strings.Contains(after, "=") && after != "review" {
			after = "due=" + after
		}
		parts[i] = after
	}
	return parts
}

func end(s string) string {
	if d, ok := strings.CutPrefix(s, "due="); ok {
		return d
	}
	if d, ok := strings.CutPrefix(s, "range="); ok {
		_, to, _ := strings.Cut(d, "..")
		return to
	}
	return ""
}

func kindOf(expected string) string {
	s := strings.TrimPrefix(expected, "accept=")
	for i, r := range s {
		if r == '=' || r == '|' {
			return s[:i]
		}
	}
	return s
}
