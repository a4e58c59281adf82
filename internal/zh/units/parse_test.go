package units

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"duban/store/ledger"
)

// row is one line of a table in testdata: the string as printed, where it stood,
// and the owners expected, alternatives joined with " || ".
type row struct{ text, context, want string }

func readRows(tb testing.TB, path string) []row {
	tb.Helper()
	file, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() {
		if err := file.Close(); err != nil {
			tb.Error(err)
		}
	}()
	var rows []row
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(lines.Text(), "#") || len(cells) < 3 {
			continue
		}
		rows = append(rows, row{strings.ReplaceAll(cells[0], `\n`, "\n"), cells[1], cells[2]})
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return rows
}

func contextOf(s string) Context {
	var ctx Context
	for pair := range strings.SplitSeq(s, ";") {
		switch key, value, _ := strings.Cut(strings.TrimSpace(pair), "="); key {
		case "field":
			ctx.Field = value
		case "issuer":
			ctx.Issuer = value
		}
	}
	return ctx
}

func checkRows(t *testing.T, path string) {
	t.Helper()
	rows := readRows(t, path)
	for _, r := range rows {
		want, _, _ := strings.Cut(r.want, " || ")
		if got := ledger.Owners(Parse(r.text, contextOf(r.context))); got != want {
			t.Errorf("%s [%s]\n got %s\nwant %s", r.text, r.context, got, want)
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s holds no rows", path)
	}
}

func TestParseExamples(t *testing.T) {
	t.Parallel()
	checkRows(t, "testdata/examples.tsv")
}

func TestParseOwn(t *testing.T) {
	t.Parallel()
	checkRows(t, "testdata/own.tsv")
}
