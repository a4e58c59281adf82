package seeds

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/internal/zh"
	"duban/store/ledger"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, d)
	}
}

func huzhou(t testing.TB) *ledger.Plan {
	t.Helper()
	p, err := Huzhou()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestHuzhouGolden holds all 41 clauses, 48 rows and problems of the embedded plan.
func TestHuzhouGolden(t *testing.T) {
	b, err := JSON(huzhou(t))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "huzhou.json", append(b, '\n'))
}

func TestHuzhouHead(t *testing.T) {
	p := huzhou(t)
	got := []string{p.Title, p.Number, p.Issuer, p.Issued.String(), p.Ends.String()}
	want := []string{"湖州市人民政府关于印发政府“两强三提高”建设行动计划（2018—2022年）实施方案的通知", "湖政发〔2018〕20号", "湖州市人民政府", "2018-06-30", "2022-12-31"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestHuzhouClauses counts the clauses of each 工程.
func TestHuzhouClauses(t *testing.T) {
	p := huzhou(t)
	count := map[string]int{}
	for _, c := range p.Clauses {
		if c.Heading == "" || c.Text == "" || len(c.Owners) == 0 || !strings.HasSuffix(c.Project, "工程") {
			t.Errorf("clause %s is not whole: %+v", c.ID, c)
		}
		count[c.ID[:strings.Index(c.ID, ")")+1]]++
	}
	want := map[string]int{"二(一)": 5, "二(二)": 4, "二(三)": 5, "二(四)": 5, "二(五)": 5, "二(六)": 3, "二(七)": 4, "二(八)": 2, "二(九)": 4, "二(十)": 4}
	if d := cmp.Diff(want, count); d != "" {
		t.Error(d)
	}
}

// TestHuzhouShownText: what people see is Simplified, without pinyin, and the one
// lost place is marked.
func TestHuzhouShownText(t *testing.T) {
	p := huzhou(t)
	var all strings.Builder
	for _, c := range p.Clauses {
		all.WriteString(c.Heading + c.Text + c.Project + "\n")
	}
	for _, task := range p.Tasks {
		all.WriteString(task.Title + task.TimeText + task.Project + "\n")
	}
	s := all.String()
	if got := zh.Clean(s); got != s {
		t.Errorf("cleaning changes it: %s", cmp.Diff(s, got))
	}
	if strings.ContainsAny(s, "發產業務關門āáǎàēéěèīíìōóòūúùǜ\uFFFD锟") {
		t.Error("noise is left")
	}
	if !strings.Contains(s, zh.Lost) {
		t.Error("the lost place is not marked")
	}
}

func TestHuzhouPoints(t *testing.T) {
	p := huzhou(t)
	tests := []struct {
		no   string
		dues string
	}{
		{"1", ""},
		{"4", "2018-09-30 2018-12-31 … 2022-12-31 (18)"},
		{"2", "2018-12-31 2019-12-31 … 2022-12-31 (5)"},
		{"6", "2018-12-31"},
		{"20", "2018-12-31 2019-12-31"},
		{"36", "2018-07-31 2018-10-31"},
		{"37", ""},
		{"48", ""},
	}
	byNo := map[string]ledger.Task{}
	for _, task := range p.Tasks {
		byNo[task.No] = task
	}
	if len(p.Tasks) != 48 || len(byNo) != 48 {
		t.Fatalf("%d tasks, %d numbers", len(p.Tasks), len(byNo))
	}
	for _, tt := range tests {
		if got := dues(byNo[tt.no].Points); got != tt.dues {
			t.Errorf("row %s: points %q, want %q", tt.no, got, tt.dues)
		}
	}
}

func BenchmarkHuzhou(b *testing.B) {
	for b.Loop() {
		huzhou(b)
	}
}
