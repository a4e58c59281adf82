package understand

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"duban/store/ledger"
)

// world is the day on which the tables of utterances are read.
var world = ledger.NewDate(2018, 10, 17)

// testLexicon is the lexicon of the Huzhou plan.
func testLexicon(tb testing.TB) *Lexicon {
	tb.Helper()
	var tasks []*ledger.Task
	for _, f := range readTSV(tb, "testdata/plan.tsv") {
		t := &ledger.Task{No: f[0], Title: f[1]}
		for o := range strings.SplitSeq(f[2], "; ") {
			role, name, _ := strings.Cut(o, ":")
			rest, group := strings.CutPrefix(name, "*")
			t.Owners = append(t.Owners, ledger.Owner{Role: ledger.Role(role), Name: rest, Group: group})
		}
		tasks = append(tasks, t)
	}
	projects := []string{"大力实施党的建设示范工程", "大力实施行政决策能力提升工程", "大力实施政府执行力提升工程", "大力实施行政质量提升工程", "大力实施依法行政能力提升工程", "大力实施公共服务能力提升工程", "大力实施政府数字化转型工程", "大力实施基层政府综合治理能力提升工程", "大力实施政府公信力提升工程", "大力实施公务员素质能力提升工程"}
	return NewLexicon(tasks, projects, nil)
}

func readTSV(tb testing.TB, path string) [][]string {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var out [][]string
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		line := sc.Text()
		if line == "" || line == "#" || strings.HasPrefix(line, "# ") {
			continue
		}
		out = append(out, strings.Split(line, "\t"))
	}
	if err := sc.Err(); err != nil {
		tb.Fatal(err)
	}
	return out
}

func unescape(s string) string {
	return strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(s)
}

// said is one parsed side of the table's language.
type said struct {
	intent string
	slots  map[string]string
}

func parseSaid(s string) said {
	intent, rest, _ := strings.Cut(strings.TrimSpace(s), " ")
	out := said{intent: intent, slots: map[string]string{}}
	for part := range strings.SplitSeq(rest, ";") {
		if k, v, ok := strings.Cut(strings.TrimSpace(part), "="); ok {
			out.slots[strings.TrimSpace(k)] = strings.TrimSpace(v)
		}
	}
	return out
}

// mismatch says why got is not want; it is empty when it is.
func mismatch(want said, m Meaning) string {
	got := parseSaid(m.Expected())
	if got.intent != want.intent {
		return "intent " + got.intent
	}
	for k, v := range want.slots {
		switch k {
		case "text~":
			if !strings.Contains(m.Text, v) {
				return "text " + m.Text
			}
		case "q~":
			if !strings.Contains(strings.ToLower(m.Query), strings.ToLower(v)) {
				return "q " + m.Query
			}
		default:
			if got.slots[k] != v {
				return k + "=" + got.slots[k]
			}
		}
	}
	for _, k := range []string{"task", "percent", "unit", "date", "expect", "until"} {
		if _, ok := want.slots[k]; !ok && got.slots[k] != "" && want.intent != "clarify" && want.intent != "help" {
			if (k == "date" || k == "expect" || k == "until") && want.intent != "done" {
				continue
			}
			return "invented " + k + "=" + got.slots[k]
		}
	}
	return ""
}

// judgeRow compares one row; wrong is set when a write came out that no
// alternative allows.
func judgeRow(l *Lexicon, f []string) (why string, wrong bool, got string) {
	ctx, err := ParseContext(f[1], world)
	if err != nil {
		return err.Error(), false, ""
	}
	m := l.Parse(unescape(f[0]), ctx)
	got = m.Expected() + "   // " + m.Why
	harmless := false
	for alt := range strings.SplitSeq(f[2], "||") {
		want := parseSaid(alt)
		miss := mismatch(want, m)
		if miss == "" {
			return "", false, got
		}
		if why == "" {
			why = miss
		}
		if want.intent == string(m.Intent) && !strings.HasPrefix(miss, "invented") && !strings.HasPrefix(miss, "task") && !strings.HasPrefix(miss, "percent") && !strings.HasPrefix(miss, "date") && !strings.HasPrefix(miss, "unit") {
			harmless = true
		}
	}
	return why, writes(m.Intent) && !harmless, got
}

// runTable reads a table and fails for every row that is missed; each is told how a row went.
func runTable(t *testing.T, path string, each func(want string, right, wrong bool)) {
	l := testLexicon(t)
	for _, f := range readTSV(t, path) {
		if len(f) < 3 {
			t.Errorf("%s: row %q has too few columns", path, f)
			continue
		}
		why, wrong, got := judgeRow(l, f)
		each(f[2], why == "", wrong)
		if why == "" {
			continue
		}
		mark := ""
		if wrong {
			mark = " WRONG WRITE"
		}
		t.Errorf("%s%s\n\t%s | %s\n\twant %s\n\tgot  %s", why, mark, f[0], f[1], f[2], got)
	}
}

func TestExamples(t *testing.T) {
	t.Parallel()
	runTable(t, "testdata/examples.tsv", func(string, bool, bool) {})
}
