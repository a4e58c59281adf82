package picture

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/store/ledger"
)

// failer is what a test and a drawn case have in common.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// sheets lays both pictures of the facts: the units' first, then the pages of the line of
// time.
func sheets(t failer, f report.Facts) []*sheet {
	t.Helper()
	units, err := laid(f, Options{}, bars)
	if err != nil {
		t.Fatal(err)
	}
	timeline, err := pages(f, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return append([]*sheet{units}, timeline...)
}

// fits holds a sheet to the page: nothing leaves it, no text is small, none lies on
// another.
func fits(t failer, s *sheet) {
	t.Helper()
	if s.bottom+margin > height {
		t.Errorf("the sheet is %.0f high", s.bottom+margin)
	}
	var texts []shape
	for _, x := range s.shapes {
		left, right, top, bottom := x.x, x.x+x.w, x.y, x.y+x.h
		switch x.kind {
		case circle:
			left, right, top, bottom = x.x-x.w, x.x+x.w, x.y-x.w, x.y+x.w
		case words:
			top, bottom = x.y-x.size*0.88, x.y+x.size*descent
		}
		if left < margin-3 || right > width-margin+3 || top < margin/2 || bottom > height-margin+1 {
			t.Errorf("%q leaves the page: %.0f to %.0f, %.0f to %.0f", x.text, left, right, top, bottom)
		}
		if x.kind != words {
			continue
		}
		if x.size < sizeText {
			t.Errorf("%q is written in %.0f pixels", x.text, x.size)
		}
		for _, o := range texts {
			if left < o.x+o.w-0.5 && o.x < right-0.5 && top < o.y+o.size*0.1 && o.y-o.size*0.8 < bottom-x.size*descent {
				t.Errorf("%q lies on %q", x.text, o.text)
			}
		}
		texts = append(texts, x)
	}
}

// text is all that a sheet says, without spaces.
func text(s *sheet) string {
	out := ""
	for _, x := range s.shapes {
		if x.kind == words {
			out += x.text
		}
	}
	return strings.ReplaceAll(out, " ", "")
}

func (s *sheet) says(want string) bool {
	return strings.Contains(text(s), strings.ReplaceAll(s.fonts.drawable(want), " ", ""))
}

// addsUp holds the units' picture to the facts: every bar begins at zero and its parts
// are as long as their counts on one scale; units without a bar are counted beside.
func addsUp(t failer, f report.Facts, s *sheet) {
	t.Helper()
	for _, c := range f.Classes {
		if want := fmt.Sprintf("%s %d", c.Word, c.Count); !s.says(want) {
			t.Errorf("the key does not say %q", want)
		}
	}
	rows := map[float64][]shape{}
	var order []float64
	for _, x := range s.shapes {
		if x.kind == rect && x.h == barThick && x.x >= barLeft && x.color != white && x.color != rule {
			if rows[x.y] == nil {
				order = append(order, x.y)
			}
			rows[x.y] = append(rows[x.y], x)
		}
	}
	left, unit, shown := report.Sum(f.Units), 0.0, answering(f)
	all := len(shown)
	if len(order) < all {
		shown = report.ByNeed(shown)
	}
	for i, y := range order {
		u, at, part := shown[i], barLeft, 0
		if unit == 0 {
			unit = rows[y][0].w / float64(first(u))
		}
		for _, c := range u.Classes {
			if c.Count == 0 {
				continue
			}
			x := rows[y][part]
			if math.Abs(x.x-at) > 0.01 || math.Abs(x.w-unit*float64(c.Count)) > 0.01 || x.color != ground(f, c.Level) {
				t.Errorf("%s: %d%s is drawn from %.1f, %.1f long", u.Name, c.Count, c.Word, x.x, x.w)
			}
			at, part = x.x+x.w, part+1
		}
		if part != len(rows[y]) || !s.says(u.Name) {
			t.Errorf("%s: %d parts for %d classes", u.Name, len(rows[y]), part)
		}
		left.Total -= u.Total
		for j, c := range u.Classes {
			left.Classes[j].Count -= c.Count
		}
	}
	if n := all - len(order); n > 0 && !s.says(fmt.Sprintf("其余%d个单位共%d项：%s。", n, left.Total, tally(left.Classes))) {
		t.Errorf("%d units and %d tasks are not counted", n, left.Total)
	}
}

func first(u report.Group) int {
	for _, c := range u.Classes {
		if c.Count > 0 {
			return c.Count
		}
	}
	return 0
}

// whole holds the line of time to the facts: every task stands on it once, uncut, with
// its state and today's line; what is left out is counted.
func whole(t failer, f report.Facts, list []*sheet) {
	t.Helper()
	today, lines := newAxis(f, f.Rows).x(f.Today), 0
	all := ""
	for _, s := range list {
		all += text(s)
		for _, x := range s.shapes {
			if x.kind == rect && x.color == red && x.w == 3 {
				lines++
				if math.Abs(x.x+x.w/2-today) > 0.01 {
					t.Errorf("today stands at %.1f, want %.1f", x.x+x.w/2, today)
				}
			}
		}
		if !s.says("截至" + f.AsOf) {
			t.Errorf("a page without its day")
		}
	}
	if left := f.Total - lines; left > 0 {
		if f.Total <= 20 || !strings.Contains(all, fmt.Sprintf("其余%d项见台账", left)) {
			t.Errorf("%d of %d tasks are left out", left, f.Total)
		}
		return
	}
	for _, r := range f.Rows {
		if title := strings.ReplaceAll(list[0].fonts.drawable(label(r)), " ", ""); !strings.Contains(all, title) {
			t.Errorf("task %s is cut: %q", r.Task.No, title)
		}
	}
}

func TestLayout(t *testing.T) {
	for name, f := range samples(t) {
		t.Run(name, func(t *testing.T) {
			list := sheets(t, f)
			for _, s := range list {
				fits(t, s)
			}
			addsUp(t, f, list[0])
			whole(t, f, list[1:])
		})
	}
}

// anyFacts draws a plan, a history and a day.
func anyFacts(t *rapid.T) report.Facts {
	plan := &ledger.Plan{Title: strings.Repeat("城市更新", rapid.IntRange(0, 40).Draw(t, "title")), Issued: ledger.NewDate(2018, 7, 1)}
	names := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("市发改委县财政局（）、Ab1𠮷“”")), 1, 40, -1), 1, 40).Draw(t, "units")
	var events []ledger.Event
	for i := range rapid.IntRange(0, 60).Draw(t, "tasks") {
		x := ledger.Task{No: fmt.Sprint(i + 1), Title: strings.Repeat("改造", 1+rapid.IntRange(0, 40).Draw(t, "words")), Project: rapid.SampledFrom([]string{"", "宜居工程", "畅行工程"}).Draw(t, "project")}
		for range rapid.IntRange(0, 3).Draw(t, "owners") {
			x.Owners = append(x.Owners, ledger.Owner{Role: rapid.SampledFrom([]ledger.Role{ledger.RoleResponsible, ledger.RoleSupport}).Draw(t, "role"), Name: rapid.SampledFrom(names).Draw(t, "owner")})
		}
		for p := range rapid.IntRange(0, 4).Draw(t, "points") {
			x.Deadline.Kind = ledger.DeadlineMulti
			x.Points = append(x.Points, ledger.Point{ID: fmt.Sprint(p + 1), Label: fmt.Sprintf("第%d期", p+1), Due: ledger.NewDate(2018, 7, 1).AddDays(rapid.IntRange(0, 9000).Draw(t, "due"))})
		}
		plan.Tasks = append(plan.Tasks, x)
		for n := range rapid.IntRange(0, 3).Draw(t, "events") {
			e := ledger.Event{ID: fmt.Sprintf("%s-%d", x.No, n), Task: x.No, At: time.Date(2018, 7, 2+n, 9, 0, 0, 0, reporttest.China),
				Kind: rapid.SampledFrom([]ledger.EventKind{ledger.EventApply, ledger.EventAccept, ledger.EventPause, ledger.EventCancel}).Draw(t, "kind")}
			if len(x.Points) > 0 && e.Kind != ledger.EventPause && e.Kind != ledger.EventCancel {
				e.Point = x.Points[0].ID
			}
			events = append(events, e)
		}
	}
	b, err := reporttest.With(plan, events)
	if err != nil {
		t.Fatal(err)
	}
	q := reporttest.Query(b, ledger.NewDate(2018, 7, 10).AddDays(rapid.IntRange(0, 3000).Draw(t, "day")))
	if rapid.Bool().Draw(t, "one unit") {
		q.Unit = names[0]
	}
	return report.AsOf(b, events, q)
}

// TestAnyHistory: whatever the plan and its history, the pictures fit their pages and add
// up to the facts.
func TestAnyHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		list := sheets(t, f)
		for _, s := range list {
			fits(t, s)
		}
		addsUp(t, f, list[0])
		whole(t, f, list[1:])
	})
}

func TestNiceStep(t *testing.T) {
	for most, want := range map[int]int{0: 1, 1: 1, 10: 1, 11: 2, 20: 2, 21: 5, 50: 5, 51: 10, 999: 100, 1001: 200} {
		if got := niceStep(most); got != want {
			t.Errorf("%d: got %d, want %d", most, got, want)
		}
	}
}
