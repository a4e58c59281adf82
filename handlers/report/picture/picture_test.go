package picture

import (
	"bytes"
	"errors"
	"flag"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/seeds"
	"duban/store/ledger"
)

var keep = flag.String("keep", "", "folder in which to leave the files for looking at")

func facts(t *testing.T) report.Facts {
	t.Helper()
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	return report.AsOf(b, events, reporttest.Query(b, ledger.NewDate(2018, 12, 20)))
}

func TestDraw(t *testing.T) {
	for name, draw := range map[string]func(*bytes.Buffer, report.Facts) error{
		"poster":   func(b *bytes.Buffer, f report.Facts) error { return Draw(b, f, Options{}) },
		"bars":     func(b *bytes.Buffer, f report.Facts) error { return Bars(b, f, Options{}) },
		"timeline": func(b *bytes.Buffer, f report.Facts) error { return Timeline(b, f, Options{}) },
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := draw(&b, facts(t)); err != nil {
				t.Fatal(err)
			}
			if *keep != "" {
				if err := os.WriteFile(filepath.Join(*keep, name+".png"), b.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			img, err := png.Decode(&b)
			if err != nil {
				t.Fatal(err)
			}
			if img.Bounds().Dx() != width*scale {
				t.Errorf("%d pixels wide", img.Bounds().Dx())
			}
		})
	}
}

// TestNoMissingGlyph: the font has every character of the plan and of our own words, but
// for emoji, which are taken out.
func TestNoMissingGlyph(t *testing.T) {
	f, err := newFonts(nil)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := seeds.Huzhou()
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	all.WriteString(plan.Title + "已办结待审核逾期滞后临期正常长期已暂缓已撤销今天年月日项天〓　堃昇喆煊珺翀—“”‘’…〔〕《》【】（）①②③％℃±×÷·")
	for _, x := range plan.Tasks {
		all.WriteString(x.Title + x.TimeText + x.Project)
		for _, o := range x.Owners {
			all.WriteString(o.Name)
		}
	}
	for _, r := range all.String() {
		if !f.has(r) {
			t.Errorf("no glyph for %q", r)
		}
	}
	if got := f.drawable("完成😀招标✅\n𠮷山"); got != "完成招标 〓山" {
		t.Errorf("drawable: %q", got)
	}
}

// TestEveryTextFits: no text leaves the sheet, and no two texts lie on each other.
func TestEveryTextFits(t *testing.T) {
	s, err := laid(facts(t), Options{}, func(s *sheet) { bars(s, facts(t)); s.bottom += 30; timeline(s, facts(t)) })
	if err != nil {
		t.Fatal(err)
	}
	var texts []shape
	for _, x := range s.shapes {
		if x.kind != words {
			continue
		}
		if x.x < margin-1 || x.x+x.w > width-margin/2 || x.y > s.bottom {
			t.Errorf("%q leaves the sheet: %.0f to %.0f", x.text, x.x, x.x+x.w)
		}
		for _, o := range texts {
			if x.x < o.x+o.w-0.5 && o.x < x.x+x.w-0.5 && x.y-x.h*0.8 < o.y && o.y-o.h*0.8 < x.y {
				t.Errorf("%q lies on %q", x.text, o.text)
			}
		}
		texts = append(texts, x)
	}
	whole := ""
	for _, x := range texts {
		whole += x.text
	}
	for _, r := range facts(t).Rows {
		if title := s.fonts.drawable(r.Task.Title); !strings.Contains(strings.ReplaceAll(whole, " ", ""), strings.ReplaceAll(title, " ", "")) {
			t.Errorf("task %s is cut: %q", r.Task.No, title)
		}
	}
}

// TestBarsBeginAtZero: every unit's bar begins at the axis, and its parts are as long as
// their counts on one scale.
func TestBarsBeginAtZero(t *testing.T) {
	f := facts(t)
	s, err := laid(f, Options{}, func(s *sheet) { bars(s, f) })
	if err != nil {
		t.Fatal(err)
	}
	parts := map[float64][]shape{}
	var order []float64
	zero := false
	for _, x := range s.shapes {
		if x.kind == rect && x.h == barThick {
			if parts[x.y] == nil {
				order = append(order, x.y)
			}
			parts[x.y] = append(parts[x.y], x)
		}
		zero = zero || x.kind == words && x.text == "0" && math.Abs(x.x+x.w/2-barLeft) < 0.5
	}
	if !zero || len(order) != len(f.Units) {
		t.Fatalf("axis marks zero: %v; %d bars for %d units", zero, len(order), len(f.Units))
	}
	unit := parts[order[0]][0].w / float64(firstCount(f.Units[0]))
	for i, u := range f.Units {
		at := barLeft
		for j, x := range parts[order[i]] {
			if math.Abs(x.x-at) > 0.01 {
				t.Errorf("%s: part %d begins at %.1f, want %.1f", u.Name, j, x.x, at)
			}
			at = x.x + x.w
		}
		if want := barLeft + unit*float64(u.Total); math.Abs(at-want) > 0.01 {
			t.Errorf("%s: %d tasks reach to %.1f, want %.1f", u.Name, u.Total, at, want)
		}
	}
}

func firstCount(u report.Group) int {
	for _, c := range u.Classes {
		if c.Count > 0 {
			return c.Count
		}
	}
	return 0
}

func TestNiceStep(t *testing.T) {
	for most, want := range map[int]int{0: 1, 1: 1, 10: 1, 11: 2, 20: 2, 21: 5, 50: 5, 51: 10, 999: 100, 1001: 200} {
		if got := niceStep(most); got != want {
			t.Errorf("%d: got %d, want %d", most, got, want)
		}
	}
}

func TestRefusesWrongSumsAndBadFont(t *testing.T) {
	f := facts(t)
	f.Total++
	var b bytes.Buffer
	if err := Draw(&b, f, Options{}); !errors.Is(err, report.ErrSums) || b.Len() > 0 {
		t.Errorf("%d bytes, error %v", b.Len(), err)
	}
	if err := Draw(&b, facts(t), Options{Font: []byte("x")}); err == nil || b.Len() > 0 {
		t.Errorf("%d bytes, error %v", b.Len(), err)
	}
}

func TestEmptyPlan(t *testing.T) {
	b := ledger.NewBook()
	b.Plan = &ledger.Plan{}
	if err := Draw(new(bytes.Buffer), report.AsOf(b, nil, reporttest.Query(b, ledger.NewDate(2018, 12, 20))), Options{}); err != nil {
		t.Error(err)
	}
}
