package seeds

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"duban/store/ledger"
)

// taskLines is what a reader made of a document, one task a line: number, title, owners
// and deadline, without what differs in print only.
func taskLines(p *ledger.Plan) []string {
	var out []string
	for _, x := range p.Tasks {
		out = append(out, x.No+" "+plainForm(x.Title)+" | "+ledger.Owners(x.Owners)+" | "+bareDeadline(x.Deadline.Expected()))
	}
	return out
}

// sameLines tells what the second reading has otherwise, some lines of it.
func sameLines(want, got []string) []string {
	var out []string
	for _, l := range want {
		if !slices.Contains(got, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range got {
		if !slices.Contains(want, l) {
			out = append(out, "+ "+l)
		}
	}
	return out[:min(len(out), 6)]
}

// traditional writes common characters of plans the traditional way.
var traditional = strings.NewReplacer("责任", "責任", "单位", "單位", "时限", "時限", "务", "務", "县", "縣", "发", "發", "项", "項", "建设", "建設", "会", "會",
	"办", "辦", "财", "財", "队", "隊", "区", "區", "业", "業", "农", "農", "号", "號", "牵头", "牽頭", "国", "國", "开", "開", "长", "長")

// brokenCells is a line of print that goes on with several cells of the line before.
var brokenCells = regexp.MustCompile(`(?m)^ {4,}\S+ {2,}\S+ {2,}\S+$`)

// planFiles are the text documents that the tests read, with their issue dates.
func planFiles(t *testing.T, each func(t *testing.T, name string, b []byte, issued ledger.Date)) {
	t.Helper()
	files, err := filepath.Glob("testdata/plans/*.expect.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	for _, f := range files {
		base := strings.TrimSuffix(f, ".expect.tsv")
		issued, _ := readExpect(t, f)
		doc := documentOf(t, base)
		if ext := filepath.Ext(doc); ext == ".docx" || ext == ".xlsx" || ext == ".html" {
			continue // no text
		}
		b, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(base), func(t *testing.T) {
			t.Parallel()
			each(t, doc, b, issued)
		})
	}
}

// wideText is the text in two bytes a character, as Windows editors store it.
func wideText(t *testing.T, end unicode.Endianness, s string) string {
	t.Helper()
	out, err := unicode.UTF16(end, unicode.UseBOM).NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPrintedOtherwise: what mail programs, editors and keyboards do to a text changes nothing
// of what it says. Under the race detector each document takes its share of the changes.
func TestPrintedOtherwise(t *testing.T) {
	changes := []struct {
		name string
		make func(s string) string
	}{
		{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
		{"Mac line ends", func(s string) string { return strings.ReplaceAll(s, "\n", "\r") }},
		{"UTF-16", func(s string) string { return wideText(t, unicode.LittleEndian, s) }},
		{"UTF-16, big end first", func(s string) string { return wideText(t, unicode.BigEndian, s) }},
		{"tabs as blanks", func(s string) string {
			if strings.ContainsAny(s, "\"") || strings.Contains(s, "\t\t") {
				return s // a quoted cell needs its tab, an empty one is lost without
			}
			return strings.ReplaceAll(s, "\t", "      ")
		}},
		{"BOM", func(s string) string { return "\ufeff" + s }},
		{"GBK", func(s string) string {
			out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
			if err != nil {
				return s
			}
			return out
		}},
		{"full-width digits", func(s string) string {
			if brokenCells.MatchString(s) {
				return s // only their places tell whose the pieces of cells are
			}
			return strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r + 0xFEE0
				}
				return r
			}, s)
		}},
		{"half-width colons", func(s string) string { return strings.ReplaceAll(s, "：", ":") }},
		{"half-width brackets", func(s string) string { return strings.NewReplacer("（", "(", "）", ")").Replace(s) }},
		{"full-width brackets", func(s string) string { return strings.NewReplacer("(", "（", ")", "）").Replace(s) }},
		{"trailing blanks", func(s string) string { return strings.ReplaceAll(s, "\n", "  \n") }},
		{"trailing wide blanks", func(s string) string { return strings.ReplaceAll(s, "\n", "　\n") }},
		{"a page number between lines", func(s string) string {
			lines := strings.Split(s, "\n")
			if strings.ContainsAny(s, "\"│┃") || strings.Contains(lines[len(lines)/2], "\t") {
				return s // inside a cell it would be the cell's
			}
			return strings.Join(slices.Insert(lines, len(lines)/2, "- 3 -"), "\n")
		}},
		{"every blank line twice", func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n\n\n") }},
		{"traditional characters", traditional.Replace},
		{"blank lines at both ends", func(s string) string { return "\n\n" + s + "\n\n" }},
	}
	planFiles(t, func(t *testing.T, name string, b []byte, issued ledger.Date) {
		text, err := decode(b)
		if err != nil {
			t.Fatal(err)
		}
		text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
		plain, err := Read([]byte(text), Options{Name: name, Issued: issued})
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range changes {
			if raced && (i+len(b))%8 != 0 {
				continue
			}
			p, err := Read([]byte(c.make(text)), Options{Name: name, Issued: issued})
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			for _, l := range sameLines(taskLines(plain), taskLines(p)) {
				t.Errorf("%s: %s", c.name, l)
			}
		}
	})
}
