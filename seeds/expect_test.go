package seeds

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"duban/internal/zh"
	"duban/store/ledger"
)

// expectation is one row of an .expect.tsv file.
type expectation struct{ no, title, owners, deadline string }

var reIssued = regexp.MustCompile(`issue date (\d{4}-\d{2}-\d{2})`)

// readExpect reads the file that lists the tasks of a plan document, and the issue
// date of its first line, which is handed in unless the document states one.
func readExpect(t *testing.T, path string) (ledger.Date, []expectation) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var issued ledger.Date
	var out []expectation
	for sc := bufio.NewScanner(bytes.NewReader(b)); sc.Scan(); {
		line := sc.Text()
		if m := reIssued.FindStringSubmatch(line); m != nil {
			if issued, err = ledger.ParseDate(m[1]); err != nil {
				t.Fatal(err)
			}
		}
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) < 5 {
			t.Fatalf("%s: short row %q", path, line)
		}
		out = append(out, expectation{c[0], c[1], c[2], c[4]})
	}
	return issued, out
}

// misses compares a plan with its expectations, one sentence a difference.
func misses(p *ledger.Plan, want []expectation) []string {
	var out []string
	byNo := make(map[string]*ledger.Task, len(p.Tasks))
	for i := range p.Tasks {
		byNo[p.Tasks[i].No] = &p.Tasks[i]
	}
	for _, w := range want {
		got, ok := byNo[w.no]
		if !ok {
			out = append(out, fmt.Sprintf("%s %s: not found", w.no, w.title))
			continue
		}
		delete(byNo, w.no)
		if !strings.Contains(plainForm(got.Title), plainForm(w.title)) {
			out = append(out, fmt.Sprintf("%s: title %q, want %q", w.no, got.Title, w.title))
		}
		if !ownersMatch(w.owners, got.Owners) {
			out = append(out, fmt.Sprintf("%s: owners %s, want %s", w.no, ledger.Owners(got.Owners), w.owners))
		}
		if !deadlineMatches(w.deadline, got.Deadline.Expected()) {
			out = append(out, fmt.Sprintf("%s: deadline %s, want %s (%q)", w.no, got.Deadline.Expected(), w.deadline, got.TimeText))
		}
	}
	for no, task := range byNo {
		out = append(out, fmt.Sprintf("%s %s: invented", no, task.Title))
	}
	return out
}

func plainForm(s string) string {
	return strings.NewReplacer(" ", "", "“", `"`, "”", `"`).Replace(zh.Fold(s))
}

func ownersMatch(want string, got []ledger.Owner) bool {
	for alt := range strings.SplitSeq(want, " || ") {
		if alt == ledger.Owners(got) {
			return true
		}
	}
	return false
}

// deadlineMatches follows the conventions C8 (a range and its end are equal) and
// C11 (anchors are not compared); labels of several deadlines are for readers.
func deadlineMatches(want, got string) bool {
	alts := []string{want}
	if rest, ok := strings.CutPrefix(want, "accept="); ok {
		alts = strings.Split(rest, "|")
	}
	for _, a := range alts {
		if bareDeadline(a) == bareDeadline(got) {
			return true
		}
	}
	return false
}

var reAnchor = regexp.MustCompile(`@[^;]*`)

func bareDeadline(s string) string {
	s = reAnchor.ReplaceAllString(s, "")
	if parts, ok := strings.CutPrefix(s, "multi="); ok {
		var out []string
		for p := range strings.SplitSeq(parts, ";") {
			out = append(out, bareDeadline(p[strings.LastIndex(p, ":")+1:]))
		}
		return strings.Join(out, ";")
	}
	if _, end, ok := strings.Cut(s, ".."); ok && end != "" {
		return end
	}
	return strings.TrimPrefix(s, "due=")
}

// documentOf is the document whose tasks stand in the .expect.tsv file beside it.
func documentOf(t *testing.T, base string) string {
	t.Helper()
	docs, err := filepath.Glob(base + ".*")
	docs = slices.DeleteFunc(docs, func(d string) bool { return strings.HasSuffix(d, ".expect.tsv") })
	if err != nil || len(docs) != 1 {
		t.Fatalf("documents %v, %v", docs, err)
	}
	return docs[0]
}

// TestPlans reads every document of testdata/plans and compares it with what a
// person found in it.
func TestPlans(t *testing.T) {
	files, err := filepath.Glob("testdata/plans/*.expect.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no expectations: %v", err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".expect.tsv")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			issued, want := readExpect(t, f)
			doc := documentOf(t, strings.TrimSuffix(f, ".expect.tsv"))
			b, err := os.ReadFile(doc)
			if err != nil {
				t.Fatal(err)
			}
			p, err := Read(b, Options{Name: doc, Issued: issued})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range misses(p, want) {
				t.Error(m)
			}
		})
	}
}
