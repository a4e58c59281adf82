package report_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"duban/handlers/report"
	"duban/handlers/report/calendar"
	"duban/handlers/report/docx"
	"duban/handlers/report/picture"
	"duban/handlers/report/xlsx"
	"duban/internal/wording"
	"duban/store/ledger"
)

// then is a task as the events up to a moment left it, with its progress.
func then(x ledger.Task, events []ledger.Event, at time.Time) (*ledger.Task, *ledger.Progress) {
	own := slices.DeleteFunc(slices.Clone(events), func(e ledger.Event) bool { return e.Task != x.No || e.At.After(at) })
	if len(own) == 0 {
		return &x, nil
	}
	p := ledger.Fold(x.No, own)
	x.Points = slices.Clone(x.Points)
	for i, pt := range x.Points {
		if due := p.Point(pt.ID).Due; !due.IsZero() {
			x.Points[i].Due = due
		}
	}
	return &x, p
}

// counted are the tasks of each class, as the list of tasks and the events make them: no
// facts are asked.
func counted(tasks []ledger.Task, events []ledger.Event, q report.Query) map[ledger.Level][]string {
	out := map[ledger.Level][]string{}
	for i := range tasks {
		x, p := then(tasks[i], events, q.Now)
		l := ledger.TaskLevel(x, p, ledger.DateOf(q.Now), q.Rules)
		out[l] = append(out[l], x.No)
	}
	return out
}

// TestEveryRenderingTellsTheSame: for any plan, history and day, chat, Word, Excel, calendar
// and the basis tell the classes as they can be counted from the list of tasks: disjoint,
// complete, each figure with its tasks. The pictures are drawn of the same facts and hold
// their own layout against them.
func TestEveryRenderingTellsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks := report.AnyTasks(t)
		events := report.AnyEvents(t, tasks)
		for i := range tasks {
			tasks[i].ID = tasks[i].No
		}
		d := ledger.NewDate(2018, 7, 1).AddDays(rapid.IntRange(0, 130).Draw(t, "day"))
		q := report.QueryAt(d, d.AddDays(-rapid.IntRange(0, 40).Draw(t, "back")))
		f := report.AsOf(report.BookOf(t, tasks, events), events, q)
		want := counted(tasks, events, q)
		chat(t, f, len(tasks), want)
		word(t, f, len(tasks), want)
		excel(t, f, events, len(tasks), want)
		days(t, f, tasks, events, q)
	})
}

// TestPicturesOfAnyFacts: facts that do not add up give no picture, as they give no file.
func TestPicturesOfAnyFacts(t *testing.T) {
	f := report.Facts{Total: 1}
	if _, err := picture.Units(f, picture.Options{}); err == nil {
		t.Error("a picture of nothing that adds up")
	}
	if _, err := picture.Timeline(f, picture.Options{}); err == nil {
		t.Error("a line of time of nothing that adds up")
	}
}

// classLine is a class in chat, with its share; basisLine the same with its tasks.
var (
	classLine = regexp.MustCompile(`(?m)^- \S+ (\S+) (\d+)项（([\d.]+%|—)）$`)
	basisLine = regexp.MustCompile(`(?m)^- (\S+) (\d+)项：(.*)$`)
)

func chat(t *rapid.T, f report.Facts, total int, want map[ledger.Level][]string) {
	head, _, _ := strings.Cut(f.Chat(), "\n\n**")
	if !strings.Contains(head, fmt.Sprintf("共%d项", total)) {
		t.Fatalf("not %d tasks:\n%s", total, head)
	}
	got, sum, tenths := map[string]int{}, 0, 0
	for _, m := range classLine.FindAllStringSubmatch(head, -1) {
		got[m[1]] = number(t, m[2])
		sum += number(t, m[2])
		if total > 0 {
			tenths += number(t, strings.ReplaceAll(strings.TrimSuffix(m[3], "%"), ".", ""))
		}
	}
	same(t, "chat", got, want)
	if sum != total || total > 0 && tenths != 1000 {
		t.Fatalf("%d of %d tasks, %d tenths:\n%s", sum, total, tenths, head)
	}
	classes, further, _ := strings.Cut(f.Basis(), "合计")
	for _, m := range basisLine.FindAllStringSubmatch(classes, -1) {
		for l, nos := range want {
			if wording.Lights(nil).Word(l) == m[1] && (m[3] != "任务"+wording.Numbers(nos) || number(t, m[2]) != len(nos)) {
				t.Fatalf("%s: got %s %s, want %v", m[1], m[2], m[3], nos)
			}
		}
	}
	for _, s := range []string{fmt.Sprintf("有进展%d项", f.MovedAll), fmt.Sprintf("%d天内到期%d项", f.SoonDays, f.SoonAll), fmt.Sprintf("需要领导关注%d项", f.AttentionAll)} {
		if !strings.Contains(further, s+"：") {
			t.Fatalf("no basis of %q:\n%s", s, further)
		}
	}
}

var (
	markup = regexp.MustCompile(`<[^>]*>`)
	rowEnd = regexp.MustCompile(`</w:tr>`)
)

func word(t *rapid.T, f report.Facts, total int, want map[ledger.Level][]string) {
	var b bytes.Buffer
	if err := docx.Bulletin(&b, f, docx.Masthead{}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	file, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	text := markup.ReplaceAllString(string(raw), "")
	if total == 0 {
		if !strings.Contains(text, "没有任务") {
			t.Fatal("nothing is not said")
		}
		return
	}
	words := map[ledger.Level]string{
		ledger.LevelClosed: "已办结", ledger.LevelPending: "申请办结待审核", ledger.LevelOverdue: "逾期未办结", ledger.LevelBehind: "进度滞后", ledger.LevelNear: "临近时限",
		ledger.LevelNormal: "正常推进", ledger.LevelStanding: "长期坚持", ledger.LevelPaused: "批准暂缓", ledger.LevelCancelled: "批准撤销",
	}
	overall := between(text, fmt.Sprintf("本次督查的任务共%d项。其中，", total), "（口径")
	got := map[string]int{}
	for _, part := range strings.Split(overall, "；") {
		for l, w := range words {
			if rest, ok := strings.CutPrefix(part, w); ok {
				n, _, _ := strings.Cut(rest, "项")
				got[wording.Lights(nil).Word(l)] = number(t, n)
			}
		}
	}
	same(t, "Word", got, want)
	annex, _, _ := strings.Cut(string(raw[bytes.LastIndex(raw, []byte("落实情况一览表")):]), "</w:tbl>") // the table follows its title
	if n := len(rowEnd.FindAllString(annex, -1)); n != total+1 {
		t.Fatalf("annex 1 has %d rows for %d tasks", n, total)
	}
}

func excel(t *rapid.T, f report.Facts, events []ledger.Event, total int, want map[ledger.Level][]string) {
	var b bytes.Buffer
	if err := xlsx.Ledger(&b, f, events); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows("汇总")
	if err != nil {
		t.Fatal(err)
	}
	got, sum := map[string]int{}, -1
	for _, r := range rows {
		if len(r) < 2 {
			continue
		}
		basis := ""
		if len(r) > 4 {
			basis = r[4]
		}
		if r[0] == "合计" {
			sum = number(t, r[1])
		}
		for _, l := range report.Levels() {
			if wording.Lights(nil).Word(l) == r[0] {
				got[r[0]] = number(t, r[1])
				if basis != wording.Numbers(want[l]) {
					t.Fatalf("Excel: %s counts %s, want %v", r[0], basis, want[l])
				}
			}
		}
	}
	same(t, "Excel", got, want)
	if sum != total {
		t.Fatalf("Excel: %d of %d", sum, total)
	}
	if rows, err = x.GetRows("单位统计"); err != nil || len(rows) != len(f.Units)+3 {
		t.Fatalf("%d rows for %d units, %v", len(rows), len(f.Units), err)
	}
}

// days holds the calendar against the checkpoints of every task that goes on.
func days(t *rapid.T, f report.Facts, tasks []ledger.Task, events []ledger.Event, q report.Query) {
	var b bytes.Buffer
	if err := calendar.Write(&b, calendar.Feed{Name: "督办时限", Now: q.Now, Items: calendar.Items(f)}); err != nil {
		t.Fatal(err)
	}
	cal, err := ical.NewDecoder(&b).Decode()
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, e := range cal.Events() {
		title, err := e.Props.Text(ical.PropSummary)
		if err != nil {
			t.Fatal(err)
		}
		day, err := e.DateTimeStart(time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		title, _, _ = strings.Cut(strings.TrimPrefix(title, "〔已办结〕"), " ")
		got = append(got, title+" "+day.Format(time.DateOnly)+" "+strconv.FormatBool(strings.HasPrefix(e.Props.Get(ical.PropSummary).Value, "〔")))
	}
	for i := range tasks {
		x, p := then(tasks[i], events, q.Now)
		if p.Whole() != ledger.StatusActive {
			continue
		}
		for _, pt := range x.Points {
			want = append(want, fmt.Sprintf("任务%s %s %t", x.No, pt.Due, p.Point(pt.ID).Phase == ledger.PhaseClosed))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("calendar: %s", d)
	}
}

// same holds the counts of a rendering against the tasks; a class that it leaves out counts
// nothing.
func same(t *rapid.T, what string, got map[string]int, want map[ledger.Level][]string) {
	for _, l := range report.Levels() {
		if got[wording.Lights(nil).Word(l)] != len(want[l]) {
			t.Fatalf("%s: %s is %d, want %v", what, l, got[wording.Lights(nil).Word(l)], want[l])
		}
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

func number(t *rapid.T, s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
