package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/store/ledger"
)

func date(s string) ledger.Date {
	d, err := ledger.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// bookOf is a book of the tasks with the progress that the events fold to.
func bookOf(t interface{ Fatal(...any) }, tasks []ledger.Task, events []ledger.Event) *ledger.Book {
	d := ledger.Delta{Rev: 1, Full: true}
	add := func(kind ledger.RecordKind, id string, v any) {
		r, err := ledger.Put(kind, id, v)
		if err != nil {
			t.Fatal(err)
		}
		r.Rev = 1
		d.Records = append(d.Records, r)
	}
	add(ledger.RecordPlan, "plan", ledger.Plan{Title: "城市更新行动实施方案", Number: "试政发〔2018〕7号", Issued: date("2018-06-30"), Ends: date("2018-12-31")})
	byTask := map[string][]ledger.Event{}
	for _, e := range events {
		byTask[e.Task] = append(byTask[e.Task], e)
	}
	for _, x := range tasks {
		add(ledger.RecordTask, x.No, x)
		if list := byTask[x.No]; len(list) > 0 {
			add(ledger.RecordProgress, x.No, ledger.Fold(x.No, list))
		}
	}
	b, err := ledger.NewBook().Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var unitNames = []string{"市住建局", "市财政局", "市城管局", "市级有关部门"}

// anyTasks draws tasks of every shape: standing, one date, several, recurring; with
// leads, supporters, collective names or nobody.
func anyTasks(t *rapid.T) []ledger.Task {
	n := rapid.IntRange(0, 9).Draw(t, "tasks")
	out := make([]ledger.Task, n)
	for i := range out {
		x := &out[i]
		x.No, x.Title = strconv.Itoa(i+1), fmt.Sprintf("改造第%d片老旧街区", i+1)
		x.Project = rapid.SampledFrom([]string{"", "宜居工程", "畅行工程"}).Draw(t, "project")
		for range rapid.IntRange(0, 3).Draw(t, "owners") {
			name := rapid.SampledFrom(unitNames).Draw(t, "unit")
			role := rapid.SampledFrom([]ledger.Role{ledger.RoleLead, ledger.RoleResponsible, ledger.RoleSupport, ledger.RoleVerify}).Draw(t, "role")
			x.Owners = append(x.Owners, ledger.Owner{Role: role, Name: name, Group: name == "市级有关部门"})
		}
		switch rapid.IntRange(0, 3).Draw(t, "shape") {
		case 1:
			x.Deadline.Kind = ledger.DeadlineDue
			x.Points = []ledger.Point{{ID: "1", Due: date("2018-07-01").AddDays(rapid.IntRange(0, 60).Draw(t, "due"))}}
		case 2:
			x.Deadline.Kind = ledger.DeadlineMulti
			x.Points = []ledger.Point{{ID: "1", Label: "开工", Due: date("2018-07-15")}, {ID: "2", Label: "竣工", Due: date("2018-08-20")}}
		case 3:
			x.Deadline.Kind = ledger.DeadlineEvery
			x.Points = []ledger.Point{
				{ID: "2018M07", Label: "2018年7月", Start: date("2018-07-01"), Due: date("2018-07-31")},
				{ID: "2018M08", Label: "2018年8月", Start: date("2018-08-01"), Due: date("2018-08-31")},
			}
		}
	}
	return out
}

// anyEvents draws a history of two months: lawful moves, reports, some withdrawn or
// corrected.
func anyEvents(t *rapid.T, tasks []ledger.Task) []ledger.Event {
	var out []ledger.Event
	if len(tasks) == 0 {
		return nil
	}
	at := date("2018-07-01").In(china, 8, 0)
	for i := range rapid.IntRange(0, 40).Draw(t, "events") {
		at = at.Add(time.Duration(rapid.IntRange(1, 72).Draw(t, "hours")) * time.Hour)
		x := rapid.SampledFrom(tasks).Draw(t, "task")
		e := ledger.Event{ID: fmt.Sprintf("%03d", i), Task: x.No, At: at.UTC(), By: ledger.Actor{ID: "u1", Name: "王工"}}
		if len(x.Points) > 0 {
			e.Point = rapid.SampledFrom(x.Points).Draw(t, "point").ID
		}
		e.Kind = rapid.SampledFrom([]ledger.EventKind{ledger.EventReport, ledger.EventApply, ledger.EventAccept, ledger.EventReturn, ledger.EventReopen,
			ledger.EventCorrect, ledger.EventWithdraw, ledger.EventExtend, ledger.EventExtendYes, ledger.EventPause, ledger.EventResume, ledger.EventCancel}).Draw(t, "kind")
		own := slices.DeleteFunc(slices.Clone(out), func(o ledger.Event) bool { return o.Task != x.No || o.Report == nil || o.Point != e.Point })
		so := ledger.Fold(x.No, slices.DeleteFunc(slices.Clone(out), func(o ledger.Event) bool { return o.Task != x.No }))
		if err := ledger.Lawful(ledger.StateOf(so, e.Point), e.Kind); err != nil || e.Point == "" && e.Kind != ledger.EventReport {
			continue
		}
		switch e.Kind {
		case ledger.EventReport, ledger.EventApply:
			v := float64(rapid.IntRange(0, 100).Draw(t, "percent"))
			e.Report = &ledger.Report{Text: "已完成一部分", Percent: &v, Blocker: rapid.SampledFrom([]string{"", "", "征地受阻"}).Draw(t, "blocker")}
		case ledger.EventCorrect, ledger.EventWithdraw:
			if len(own) == 0 {
				continue
			}
			e.Ref = own[len(own)-1].ID
			if e.Kind == ledger.EventCorrect {
				e.Report = &ledger.Report{Text: "更正：已完成大半"}
			}
		case ledger.EventReturn, ledger.EventReopen:
			e.Reason = "材料不全"
		case ledger.EventExtend, ledger.EventExtendYes:
			e.Date = date("2018-09-15").AddDays(rapid.IntRange(0, 60).Draw(t, "later"))
		}
		out = append(out, e)
	}
	return out
}

func queryAt(d, from ledger.Date) Query {
	return Query{From: from, To: d, Now: EndOf(d, china), Rules: ledger.DefaultLightRules(date("2018-06-30")), Soon: 30, Silent: 14, Most: 10, Owing: map[string]ledger.Date{"1": from, "3": from, "4": from}}
}

var sameFacts = cmp.AllowUnexported(Row{}, Line{})

// TestAnyHistoryAddsUp: whatever happened, for any day and any scope, everything adds up
// and the figures follow from the tasks and the events alone.
func TestAnyHistoryAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks := anyTasks(t)
		events := anyEvents(t, tasks)
		b := bookOf(t, tasks, events)
		d := date("2018-07-01").AddDays(rapid.IntRange(0, 130).Draw(t, "day"))
		q := queryAt(d, d.AddDays(-rapid.IntRange(0, 40).Draw(t, "back")))
		switch rapid.IntRange(0, 3).Draw(t, "scope") {
		case 1:
			q.Unit = rapid.SampledFrom(unitNames).Draw(t, "of")
		case 2:
			q.Project = "宜居工程"
		case 3:
			q.Units = unitNames[:2]
		}
		f := AsOf(b, events, q)
		if err := Check(f); err != nil {
			t.Fatal(err)
		}
		recount(t, f, events)
	})
}

// recount computes the figures of the facts once more, from the events, by hand.
func recount(t *rapid.T, f Facts, events []ledger.Event) {
	closed, dated := 0, 0
	for _, r := range f.Rows {
		done, aside := map[string]bool{}, false
		for _, e := range events {
			if e.Task == r.Task.No && !e.At.After(f.At) {
				switch e.Kind {
				case ledger.EventAccept:
					done[e.Point] = true
				case ledger.EventReopen:
					done[e.Point] = false
				case ledger.EventPause, ledger.EventCancel:
					aside = true
				case ledger.EventResume:
					aside = false
				}
			}
		}
		if aside || len(r.Task.Points) == 0 {
			continue
		}
		dated++
		all := true
		for _, p := range r.Task.Points {
			all = all && done[p.ID]
		}
		if all {
			closed++
		}
	}
	if rate := f.Rate(RateClosed); rate.Part.Count != closed || rate.Whole.Count != dated {
		t.Fatalf("closed %d of %d, want %d of %d", rate.Part.Count, rate.Whole.Count, closed, dated)
	}
	applied := 0
	inScope := map[string]bool{}
	for _, r := range f.Rows {
		inScope[r.Task.No] = true
	}
	for _, e := range events {
		d := Day(e.At)
		if e.Kind == ledger.EventApply && inScope[e.Task] && !d.Before(f.Since) && !d.After(f.Until) && !gone(until(events, f.At))[e.ID] {
			applied++
		}
	}
	if got := f.Rate(RateReturned).Whole.Count; got != applied {
		t.Fatalf("%d applications, want %d", got, applied)
	}
}

func until(events []ledger.Event, at time.Time) []ledger.Event {
	return slices.DeleteFunc(slices.Clone(events), func(e ledger.Event) bool { return e.At.After(at) })
}

// TestAsOfNowIsCompute: the fold of all events and the stored progress tell the same.
func TestAsOfNowIsCompute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks := anyTasks(t)
		events := anyEvents(t, tasks)
		b := bookOf(t, tasks, events)
		q := queryAt(date("2018-11-15"), date("2018-07-20"))
		period := slices.DeleteFunc(slices.Clone(events), func(e ledger.Event) bool { return Day(e.At).Before(q.From) })
		if d := cmp.Diff(Compute(b, period, q), AsOf(b, events, q), sameFacts); d != "" {
			t.Fatal(d)
		}
	})
}

// TestAsOfKnowsNoFuture: what happens later changes nothing about an earlier day.
func TestAsOfKnowsNoFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks := anyTasks(t)
		events := anyEvents(t, tasks)
		b := bookOf(t, tasks, events)
		d := date("2018-07-01").AddDays(rapid.IntRange(0, 60).Draw(t, "day"))
		q := queryAt(d, date("2018-07-01"))
		if d := cmp.Diff(AsOf(b, until(events, q.Now), q), AsOf(b, events, q), sameFacts); d != "" {
			t.Fatal(d)
		}
	})
}

func sampleFacts(t *testing.T) Facts {
	tasks := []ledger.Task{
		{No: "1", Title: "改造老旧街区", Owners: []ledger.Owner{{Role: ledger.RoleLead, Name: "市住建局"}, {Role: ledger.RoleSupport, Name: "市财政局"}}, Project: "宜居工程", Points: []ledger.Point{{ID: "1", Due: date("2018-07-31")}}},
		{No: "2", Title: "打通断头路", Owners: []ledger.Owner{{Role: ledger.RoleLead, Name: "市城管局"}}, Points: []ledger.Point{{ID: "1", Due: date("2018-12-31")}}},
		{No: "3", Title: "完善长效机制", Owners: []ledger.Owner{{Role: ledger.RoleLead, Name: "市住建局"}}},
	}
	at := func(s string) time.Time { return date(s).In(china, 9, 0) }
	events := []ledger.Event{
		{ID: "1", Task: "1", Point: "1", Kind: ledger.EventApply, At: at("2018-07-20"), Report: &ledger.Report{Text: "已竣工"}},
		{ID: "2", Task: "1", Point: "1", Kind: ledger.EventReturn, At: at("2018-07-22"), Reason: "缺验收单"},
		{ID: "3", Task: "1", Point: "1", Kind: ledger.EventApply, At: at("2018-07-25"), Report: &ledger.Report{Text: "已补交"}},
		{ID: "4", Task: "1", Point: "1", Kind: ledger.EventAccept, At: at("2018-08-02")},
	}
	return AsOf(bookOf(t, tasks, events), events, queryAt(date("2018-08-31"), date("2018-07-01")))
}

// TestUnitScope: facts about one unit have its row only, with what it merely supports.
func TestUnitScope(t *testing.T) {
	tasks := []ledger.Task{
		{No: "1", Title: "改造街区", Owners: []ledger.Owner{{Role: ledger.RoleLead, Name: "市住建局"}, {Role: ledger.RoleSupport, Name: "市财政局"}}},
		{No: "2", Title: "安排资金", Owners: []ledger.Owner{{Role: ledger.RoleResponsible, Name: "市财政局"}, {Role: ledger.RoleResponsible, Name: "市级有关部门", Group: true}}},
	}
	q := queryAt(date("2018-08-31"), date("2018-07-01"))
	q.Unit = "市财政局"
	f := AsOf(bookOf(t, tasks, nil), nil, q)
	if err := Check(f); err != nil {
		t.Fatal(err)
	}
	if f.Total != 2 || len(f.Units) != 1 || f.Units[0].Total != 1 || !slices.Equal(f.Units[0].Supports, []string{"1"}) {
		t.Errorf("%d tasks, units %+v", f.Total, f.Units)
	}
}

func TestRates(t *testing.T) {
	f := sampleFacts(t)
	for _, tt := range []struct {
		name        string
		part, whole int
		text        string
	}{{RateClosed, 1, 2, "50.0%"}, {RateOnTime, 1, 1, "100.0%"}, {RateReported, 1, 2, "50.0%"}, {RateReturned, 1, 2, "50.0%"}} {
		r := f.Rate(tt.name)
		if r.Part.Count != tt.part || r.Whole.Count != tt.whole || r.Text() != tt.text {
			t.Errorf("%s: %d of %d, %s", tt.name, r.Part.Count, r.Whole.Count, r.Text())
		}
	}
	if got, want := f.Rate(RateReported).Beside(), "50.0%（1÷2项）"; got != want {
		t.Errorf("got %s", got)
	}
	if got := (Rate{}).Text(); got != "—" {
		t.Errorf("nothing of nothing is %q", got)
	}
	if d := cmp.Diff(Figure{1, []string{"1"}}, f.Fresh); d != "" {
		t.Error(d)
	}
}

// TestCheckRefuses: one wrong figure anywhere is found.
func TestCheckRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*Facts){
		"total":         func(f *Facts) { f.Total++ },
		"class count":   func(f *Facts) { f.Classes[0].Count++ },
		"class lost":    func(f *Facts) { f.Classes = f.Classes[1:] },
		"twice":         func(f *Facts) { f.Classes[0].Tasks = []string{"1", "1"}; f.Classes[0].Count = 2 },
		"share":         func(f *Facts) { f.Classes[0].Percent = "99.9%" },
		"wrong class":   func(f *Facts) { f.Classes[0].Tasks = []string{"2"} },
		"unit lost":     func(f *Facts) { f.Units = f.Units[1:] },
		"unit total":    func(f *Facts) { f.Units[0].Total++ },
		"project twice": func(f *Facts) { f.Projects = append(f.Projects, f.Projects[0]) },
		"rate":          func(f *Facts) { f.Rates[0].Part.Count++ },
		"rate part":     func(f *Facts) { f.Rates[1].Part = Figure{1, []string{"9"}} },
		"fresh":         func(f *Facts) { f.Fresh = Figure{1, []string{"2"}} },
		"row twice":     func(f *Facts) { f.Rows = append(f.Rows, f.Rows[0]) },
		"list":          func(f *Facts) { f.Overdue = []Line{{Task: "2"}} },
		"moved":         func(f *Facts) { f.MovedAll = 9 },
		"moved basis":   func(f *Facts) { f.MovedOf = []string{"2"} },
		"soon basis":    func(f *Facts) { f.SoonOf = append(f.SoonOf, "9") },
	} {
		t.Run(name, func(t *testing.T) {
			f := sampleFacts(t)
			if err := Check(f); err != nil {
				t.Fatal(err)
			}
			if spoil(&f); !errors.Is(Check(f), ErrSums) {
				t.Error("not found")
			}
		})
	}
}

func TestSharesAlwaysAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 500), 1, 9).Draw(t, "counts")
		total := 0
		for _, c := range counts {
			total += c
		}
		sum := 0
		for _, s := range Shares(counts, total) {
			if total == 0 {
				if s != "—" {
					t.Fatalf("share of nothing is %q", s)
				}
				continue
			}
			v, err := strconv.ParseFloat(s[:len(s)-1], 64)
			if err != nil {
				t.Fatal(err)
			}
			sum += int(v*10 + 0.5)
		}
		if total > 0 && sum != 1000 {
			t.Fatalf("%v make %d tenths", counts, sum)
		}
	})
	// Counts that plain rounding brings to 100.1.
	if d := cmp.Diff([]string{"7.7%", "4.5%", "10.8%", "4.0%", "73.0%"}, Shares([]int{17, 10, 24, 9, 162}, 222)); d != "" {
		t.Error(d)
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{" 一\n二\t三 ": "一 二 三", "a\x00b\u200bc\u202ed": "abcd", "\xff坏": "坏", "": ""} {
		if got := Plain(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestModelSeesOnlyFigures: the words of a model are checked against this JSON, so its
// keys stay and the tables for files are not among them.
func TestModelSeesOnlyFigures(t *testing.T) {
	b, err := json.Marshal(sampleFacts(t))
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(b, &keys); err != nil {
		t.Fatal(err)
	}
	want := []string{"as_of", "attention", "classes", "from", "moved", "moved_count", "number", "overdue", "plan", "scope", "soon", "soon_count", "soon_days", "to", "total"}
	if d := cmp.Diff(want, slices.Sorted(maps.Keys(keys))); d != "" {
		t.Error(d)
	}
}

func BenchmarkCompute(b *testing.B) {
	var tasks []ledger.Task
	for i := range 1000 {
		tasks = append(tasks, ledger.Task{No: strconv.Itoa(i + 1), Title: "改造", Owners: []ledger.Owner{{Role: ledger.RoleResponsible, Name: unitNames[i%4]}},
			Points: []ledger.Point{{ID: "1", Due: date("2018-07-31").AddDays(i % 200)}}})
	}
	book := bookOf(b, tasks, nil)
	q := queryAt(date("2018-08-31"), date("2018-08-01"))
	b.Run("compute", func(b *testing.B) {
		for b.Loop() {
			Compute(book, nil, q)
		}
	})
	f := Compute(book, nil, q)
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			if err := Check(f); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// TestNote: the office's own line stands under the figures; without one there is none.
func TestNote(t *testing.T) {
	b := bookOf(t, []ledger.Task{{No: "1", Title: "改造街区"}}, nil)
	q := queryAt(date("2018-08-31"), date("2018-07-01"))
	if s := AsOf(b, nil, q).Chat(); strings.Contains(s, "为准") {
		t.Errorf("a note nobody asked for:\n%s", s)
	}
	q.Note = "以书面报送\n为准*"
	if s := AsOf(b, nil, q).Chat(); !strings.HasSuffix(s, "（以书面报送 为准＊）\n") {
		t.Errorf("no note:\n%s", s)
	}
}
