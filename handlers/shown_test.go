package handlers

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/handlers/understand"
	"duban/store/ledger"
)

// TestMoments: turns have moments of their own while the clock stands still, and follow a
// clock that is set forward or back.
func TestMoments(t *testing.T) {
	now := time.Date(2018, 7, 2, 9, 0, 0, 0, time.UTC)
	d := &Desk{o: Options{Now: func() time.Time { return now }}}
	var got []time.Duration
	for _, move := range []time.Duration{0, 0, 0, time.Second, -time.Nanosecond, -time.Hour, 0} {
		now = now.Add(move)
		got = append(got, d.moment().Sub(now))
	}
	if diff := cmp.Diff([]time.Duration{0, 1, 2, 0, 2, 0, 1}, got); diff != "" {
		t.Errorf("ahead of the clock (-want +got):\n%s", diff)
	}
}

// TestShownIsBounded: however many conversations there are, memory is bounded, and what is
// remembered ends.
func TestShownIsBounded(t *testing.T) {
	now := time.Date(2018, 7, 2, 9, 0, 0, 0, time.UTC)
	var s shown
	for i := range shownMost * 2 {
		s.note(strconv.Itoa(i), showing{tasks: []string{"28"}}, now)
	}
	if len(s.kept) > shownMost {
		t.Errorf("%d conversations are remembered", len(s.kept))
	}
	last := strconv.Itoa(shownMost*2 - 1)
	for _, tt := range []struct {
		after time.Duration
		want  string
	}{{0, "28"}, {askFor, "28"}, {askFor + 1, ""}} {
		if got := strings.Join(s.last(last, now.Add(tt.after)).tasks, " "); got != tt.want {
			t.Errorf("after %s: %q, want %q", tt.after, got, tt.want)
		}
	}
	s.note(last, showing{}, now)
	if len(s.last(last, now).tasks) != 1 {
		t.Error("an answer about no task made it forget")
	}
}

// TestLeaves: the pages of a list are turned by words that do not name it, and no further
// than it has pages.
func TestLeaves(t *testing.T) {
	d := &Desk{}
	d.book.Store(ledger.NewBook())
	lines := make([]string, 900)
	for i := range lines {
		lines[i] = fmt.Sprintf("- 任务%d %s", i, strings.Repeat("建设", 10))
	}
	show := func(m understand.Meaning) string {
		x := &turn{desk: d, book: d.book.Load(), mean: m}
		if m.Intent == understand.Clarify && !x.turnLeaf() {
			return ""
		}
		text := x.pages("全部任务", lines, "全部任务")
		d.shown.note(talkKey(x.m), x.showing(reply{}), x.now)
		return text
	}
	next, prev := understand.Meaning{Intent: understand.Clarify, Page: understand.PageNext}, understand.Meaning{Intent: understand.Clarify, Page: understand.PagePrev}
	for i, step := range []struct {
		mean understand.Meaning
		want string
	}{
		{next, ""},
		{understand.Meaning{Intent: understand.AllTasks, ReadOnly: true}, "第1页，共5页"},
		{next, "第2页，共5页"},
		{next, "第3页，共5页"},
		{prev, "第2页，共5页"},
		{understand.Meaning{Intent: understand.Clarify, Page: 5}, "第5页，共5页"},
		{next, ""},
		{understand.Meaning{Intent: understand.Clarify, Page: 9}, ""},
	} {
		if got := show(step.mean); (step.want == "") != (got == "") || !strings.Contains(got, step.want) {
			t.Errorf("step %d: %q, want %q", i, got[max(0, len(got)-80):], step.want)
		}
	}
}

// 那法制办呢 asks the question before of another unit, until something else was shown.
func TestOnward(t *testing.T) {
	t.Parallel()
	s, now := &shown{}, time.Date(2018, 10, 17, 10, 0, 0, 0, time.UTC)
	next := understand.Meaning{Intent: understand.UnitTasks, Unit: "市政府法制办", Onward: true, ReadOnly: true}
	if m, ok := s.onward("a", next, now); ok || m.Intent != understand.UnitTasks {
		t.Errorf("after nothing: %v, %v", m.Intent, ok)
	}
	for _, step := range []struct {
		kept showing
		want understand.Intent
	}{
		{showing{asked: understand.Meaning{Intent: understand.Overdue, Scope: "all"}}, understand.Overdue},
		{showing{asked: understand.Meaning{Intent: understand.AllTasks, Status: "open", Page: 2}, pages: 3}, understand.UnitTasks},
		{showing{}, understand.UnitTasks}, // an answer about nothing leaves the question as it was
	} {
		s.note("a", step.kept, now)
		m, ok := s.onward("a", next, now.Add(askFor))
		if !ok || m.Intent != step.want || m.Unit != "市政府法制办" || m.Scope != "unit" || m.Page != 0 || m.Status != "open" && m.Intent == understand.UnitTasks {
			t.Errorf("after %v: %+v, %v", step.kept.asked.Intent, m, ok)
		}
	}
	s.note("a", showing{tasks: []string{"x"}}, now)
	if _, ok := s.onward("a", next, now); ok {
		t.Error("after one task the list before is still gone on about")
	}
	s.note("a", showing{asked: understand.Meaning{Intent: understand.Summary}}, now)
	if _, ok := s.onward("a", next, now.Add(askFor+1)); ok {
		t.Error("an old question is gone on about")
	}
}
