package reminders_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"duban/reminders"
	"duban/store/ledger"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", path, diff)
	}
}

func show(b ledger.Body) string {
	return fmt.Sprintf("title: %s\nat: %s\ntasks: %s\n\n%s\n", b.Title, strings.Join(b.At, " "), noOf(strings.Join(b.Tasks, " ")), b.Text)
}

// items makes the items of a nudge: TASK/POINT[!draft or !head], with the deadline of the book.
func items(b *ledger.Book, names ...string) []ledger.Item {
	var out []ledger.Item
	for _, name := range names {
		name, draft := strings.CutSuffix(name, "!draft")
		no, point, _ := strings.Cut(name, "/")
		rule := reminders.RuleLadder
		if base, head := strings.CutSuffix(point, "!head"); head {
			rule, point = reminders.RuleHead, base
		}
		pt, _ := b.Task(no).Point(point)
		if draft {
			rule = reminders.RuleDraft
		}
		out = append(out, ledger.Item{Key: name, Rule: rule, Task: idOf(no), Point: point, Due: pt.Due})
	}
	return out
}

func percent(v float64) *float64 { return &v }

func TestNudgeGolden(t *testing.T) {
	cloud := task(ledger.Task{No: "28", Title: "建设全市统一的政务云平台和*公共数据*共享交换体系并推广应用", Owners: []ledger.Owner{lead("市大数据中心"), support("市财政局")},
		Points: []ledger.Point{{ID: "1", Label: "平台建成", Due: date("2018-09-30")}, {ID: "2", Label: "全面应用", Due: date("2018-12-31")}}})
	v := newVault(t, plan(), cloud,
		once("3", "制定市政府机构改革方案", "2018-09-26", lead("市编委办"), lead("市大数据中心")),
		once("20", "推进移动办公", "2018-09-28", answers("市政府办公室"), answers("市大数据中心"), group("市级有关部门")),
		every("31", "举办业务培训", "10-20", 2016, 2022, answers("市大数据中心")),
		once("9", "开展培训", "2018-10-22", answers("市财政局"), support("市大数据中心")),
		once("11", "[点我](http://x) @所有人\n# 标题", "2018-09-27", lead("市财政局")),
		room("R", "市大数据中心", "市财政局"), room("S", "市财政局"),
		member("lian-data", "市大数据中心", ledger.DutyContact), member("lian-fin", "市财政局", ledger.DutyContact), member("du", "", ledger.DutySupervisor), member("head", "市大数据中心", ledger.DutyHead),
		state("3", "1", ledger.PointState{Percent: percent(60), Last: &ledger.Entry{At: clock("2018-09-20 10:00")}}),
		state("28", "1", ledger.PointState{Percent: percent(50.5)}),
	)
	tests := []struct {
		name  string
		to    ledger.Target
		items []string
		day   string
	}{
		{"nudge-room", ledger.Target{Room: "R"}, []string{"3/1", "20/1", "28/1", "9/1", "31/2018"}, "2018-09-28"},
		{"nudge-one", ledger.Target{Room: "R"}, []string{"28/1"}, "2018-09-23"},
		{"nudge-support", ledger.Target{Room: "S"}, []string{"28/1"}, "2018-10-08"},
		{"nudge-hostile", ledger.Target{Room: "S"}, []string{"11/1"}, "2018-09-28"},
		{"nudge-direct", ledger.Target{Member: "lian-data"}, []string{"3/1", "28/1"}, "2018-10-08"},
		{"nudge-head", ledger.Target{Member: "head"}, []string{"3/1!head", "28/1!head"}, "2018-10-10"},
		{"nudge-draft", ledger.Target{Member: "du"}, []string{"3/1!draft", "20/1!draft", "28/1!draft"}, "2018-10-08"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := ledger.Notice{To: tt.to, Items: items(v.book, tt.items...)}
			body, ok := reminders.Nudge(ladderOnly(), v.book, holidays{}, n, date(tt.day))
			if !ok {
				t.Fatal("nothing to say")
			}
			sound(t, body)
			golden(t, tt.name, show(body))
		})
	}
}

// sound checks what holds for every message: the bounds, and no mark that a client
// would show as it is written.
func sound(t *testing.T, b ledger.Body) {
	t.Helper()
	if n := utf8.RuneCountInString(b.Title); n > 40 || n == 0 {
		t.Errorf("title of %d characters: %s", n, b.Title)
	}
	if len(b.Text) > 15000 || !utf8.ValidString(b.Text) {
		t.Errorf("text of %d bytes", len(b.Text))
	}
	if strings.Contains(b.Text, "**") || !strings.Contains(b.Text, b.Title) {
		t.Errorf("text:\n%s", b.Text)
	}
	for _, no := range b.Tasks {
		if !strings.Contains(b.Text, "任务"+noOf(no)) {
			t.Errorf("task %s is listed but not shown", no)
		}
	}
}

func TestNudgeLong(t *testing.T) {
	puts := []ledger.Record{plan(), room("R", "甲"), member("lian", "甲", ledger.DutyContact), member("du", "", ledger.DutySupervisor)}
	var names, drafts []string
	for i := range 300 {
		no := fmt.Sprint(i + 1)
		puts = append(puts, once(no, strings.Repeat("推进数据共享", 10), "2018-09-10", lead("甲")))
		names, drafts = append(names, no+"/1"), append(drafts, no+"/1!draft")
	}
	v := newVault(t, puts...)
	body, _ := reminders.Nudge(ladderOnly(), v.book, holidays{}, ledger.Notice{To: ledger.Target{Room: "R"}, Items: items(v.book, names...)}, date("2018-09-28"))
	sound(t, body)
	rest := fmt.Sprintf("另有%d项未列出", 300-len(body.Tasks))
	if len(body.Tasks) < 60 || !strings.Contains(body.Text, rest) || !strings.Contains(body.Title, "300项") {
		t.Errorf("%d tasks shown, title %s, end …%s", len(body.Tasks), body.Title, body.Text[len(body.Text)-300:])
	}
	if !slices.Equal(body.At, []string{"lian"}) {
		t.Errorf("at %v", body.At)
	}
	body, ok := reminders.Nudge(ladderOnly(), v.book, holidays{}, ledger.Notice{To: ledger.Target{Member: "du"}, Items: items(v.book, drafts...)}, date("2018-09-28"))
	rest = fmt.Sprintf("另有%d项未列出，发送“逾期”", 300-len(body.Tasks))
	if !ok || len(body.Tasks) < 30 || !strings.Contains(body.Text, rest) {
		t.Errorf("of 300 drafts %d are shown", len(body.Tasks))
	}
	sound(t, body)
}

func TestNudgeNothingLeft(t *testing.T) {
	v := newVault(t, plan(), once("3", "方案", "2018-09-26", lead("甲")), member("du", "", ledger.DutySupervisor), member("x", "甲", ledger.DutyContact))
	draft := items(v.book, "3/1!draft")
	for name, n := range map[string]ledger.Notice{
		"draft before the deadline": {To: ledger.Target{Member: "du"}, Items: draft},
		"no longer a supervisor":    {To: ledger.Target{Member: "x"}, Items: draft},
		"unknown person":            {To: ledger.Target{Member: "y"}, Items: items(v.book, "3/1")},
		"no items":                  {To: ledger.Target{Member: "x"}},
	} {
		if body, ok := reminders.Nudge(ladderOnly(), v.book, holidays{}, n, date("2018-09-20")); ok {
			t.Errorf("%s: %s", name, body.Text)
		}
	}
}
