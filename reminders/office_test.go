package reminders_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/reminders"
	"duban/store/ledger"
)

func off() *bool { return new(bool) }

// The steps that go further up follow the stages: built-in ones go with the stage they
// hang on, configured ones forbid that the stage goes.
func TestLadderOfTheOffice(t *testing.T) {
	own := func(s reminders.Steps) reminders.Rules {
		r := reminders.DefaultRules()
		r.Steps = s
		return r.Configured()
	}
	for _, c := range []struct {
		name                 string
		rules                reminders.Rules
		ladder               ledger.Ladder
		before, after        []int
		weekly               bool
		contact, head, draft []int
		fault                string
	}{
		{name: "nothing set", rules: own(reminders.Steps{}),
			before: []int{30, 15, 7, 3, 1, 0}, after: []int{1, 3, 5}, weekly: true, contact: []int{1, 3}, head: []int{3}, draft: []int{5}},
		{name: "before", rules: own(reminders.Steps{}), ladder: ledger.Ladder{Before: []int{7, 0}},
			before: []int{7, 0}, after: []int{1, 3, 5}, weekly: true, contact: []int{1, 3}, head: []int{3}, draft: []int{5}},
		{name: "steps go with their stage", rules: own(reminders.Steps{}), ladder: ledger.Ladder{After: []int{1, 2}, Weekly: off()},
			before: []int{30, 15, 7, 3, 1, 0}, after: []int{1, 2}, contact: []int{1}},
		{name: "a step of the configuration stays", rules: own(reminders.Steps{Head: []int{5}, Draft: []int{}}), ladder: ledger.Ladder{After: []int{3, 5, 9}},
			before: []int{30, 15, 7, 3, 1, 0}, after: []int{3, 5, 9}, weekly: true, contact: []int{3}, head: []int{5}},
		{name: "and forbids that its stage goes", rules: own(reminders.Steps{Head: []int{5}}), ladder: ledger.Ladder{After: []int{1, 3}}, fault: "第5个工作日不在逾期后提醒之列",
			before: []int{30, 15, 7, 3, 1, 0}, after: []int{1, 3}, weekly: true, contact: []int{1, 3}},
		{name: "too far", rules: own(reminders.Steps{}), ladder: ledger.Ladder{Before: []int{367}}, fault: "到期前提醒含有367：应在0到366天之间",
			before: []int{367}, after: []int{1, 3, 5}, weekly: true, contact: []int{1, 3}, head: []int{3}, draft: []int{5}},
		{name: "twice", rules: own(reminders.Steps{}), ladder: ledger.Ladder{After: []int{1, 1}}, fault: "逾期后提醒重复写了1天",
			before: []int{30, 15, 7, 3, 1, 0}, after: []int{1, 1}, weekly: true, contact: []int{1}},
	} {
		got := c.rules.With(c.ladder)
		for _, l := range []struct {
			name      string
			want, got []int
		}{{"before", c.before, got.Before}, {"after", c.after, got.After}, {"contact", c.contact, got.Contact}, {"head", c.head, got.Head}, {"draft", c.draft, got.Draft}} {
			if !slices.Equal(l.want, l.got) {
				t.Errorf("%s: %s is %v, want %v", c.name, l.name, l.got, l.want)
			}
		}
		if got.Weekly != c.weekly {
			t.Errorf("%s: weekly %v", c.name, got.Weekly)
		}
		switch err := c.rules.Check(c.ladder); {
		case c.fault == "" && err != nil, c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
			t.Errorf("%s: fault %v, want %q", c.name, err, c.fault)
		}
	}
}

// On whatever day the office changes the ladder, each stage that both ladders have is told
// once, and no stage twice; from then on the new one alone is in force.
func TestLadderChangedOnTheWay(t *testing.T) {
	ladder := ledger.Ladder{Before: []int{20, 7, 1, 0}, After: []int{1, 3, 6}, Weekly: off()}
	was, is := []int{-30, -15, -7, -3, -1, 0, 1, 3, 5}, []int{-20, -7, -1, 0, 1, 3, 6}
	first, last := date("2018-07-25"), date("2018-09-20")
	for change := first; !change.After(last); change = change.AddDays(1) {
		v := newVault(t, plan(), once("1", "甲事", "2018-08-31", lead("甲")), room("A", "甲"))
		old, next := planner(v, nil), planner(v, nil) // two replicas, in turn
		told := map[int]int{}
		for d := first; !d.After(last); d = d.AddDays(1) {
			if d == change {
				v.put(t, record(ledger.RecordSetting, ledger.LadderID, ladder))
			}
			before := len(v.order)
			run(t, old, d.String()+" 09:00")
			run(t, next, d.String()+" 09:01")
			for _, key := range v.order[before:] {
				for _, i := range v.notices[key].Items {
					if told[i.Stage]++; i.Stage <= 6 && !slices.Contains(map[bool][]int{true: was, false: is}[d.Before(change)], i.Stage) {
						t.Errorf("changed on %s: stage %+d on %s", change, i.Stage, d)
					}
				}
			}
		}
		for _, n := range was {
			if slices.Contains(is, n) && told[n] != 1 {
				t.Errorf("changed on %s: stage %+d told %d times", change, n, told[n])
			}
		}
		for _, n := range slices.Sorted(maps.Keys(told)) {
			if told[n] != 1 {
				t.Errorf("changed on %s: stage %+d told %d times", change, n, told[n])
			}
		}
	}
}

// What the office has set stands in the rules that people read, the rest stays.
func TestDescribeTheLadderOfTheOffice(t *testing.T) {
	r := reminders.DefaultRules()
	l := ledger.Ladder{Before: []int{30, 7, 1}, After: []int{1, 2}, Weekly: off()}
	want := strings.Join([]string{
		"- 到期前30、7、1天各提醒一次；遇节假日提前到之前最近的工作日",
		"- 逾期后第1、2个工作日各提醒一次",
		"- 逾期后第1个工作日同时私信牵头单位联络员",
	}, "\n")
	if diff := cmp.Diff(want, r.Stages(l)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if whole := r.Describe(l); !strings.HasPrefix(whole, want+"\n") || strings.Contains(whole, "此后每周") {
		t.Errorf("whole:\n%s", whole)
	}
	if got := fmt.Sprint(r.Before, r.After, r.Weekly); got != "[30 15 7 3 1 0] [1 3 5] true" {
		t.Errorf("the configured rules were changed: %s", got)
	}
}
