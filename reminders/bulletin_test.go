package reminders_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"duban/reminders"
	"duban/store/ledger"
)

func drafting(every ledger.Rhythm, day int) reminders.Rules {
	r := ladderOnly()
	r.Bulletin, r.BulletinDay = every, day
	return r
}

// drafted lists, day by day, which period's draft goes to whom.
func drafted(r reminders.Rules, v *vault, from, to string) []string {
	var out []string
	for d := date(from); !d.After(date(to)); d = d.AddDays(1) {
		for _, n := range reminders.Bulletins(r, v.book, holidays{}, d.AddDays(-1).In(shanghai, 9, 0), d.In(shanghai, 9, 0)) {
			out = append(out, d.String()+" "+n.To.Key()+" "+n.Ask)
		}
	}
	return out
}

// TestBulletinDays: the day is moved to the working day before, never into the period
// that is told of; only the supervision office gets a draft; the time before the plan has
// none.
func TestBulletinDays(t *testing.T) {
	v := office(t)
	for _, c := range []struct {
		name     string
		rules    reminders.Rules
		from, to string
		want     []string
	}{
		{"monthly", drafting(ledger.RhythmMonth, 5), "2018-07-01", "2019-01-31", []string{
			"2018-08-03 member:du 2018-07", "2018-09-05 member:du 2018-08", "2018-10-08 member:du 2018-09", "2018-11-05 member:du 2018-10",
			"2018-12-05 member:du 2018-11", "2019-01-04 member:du 2018-12"}},
		{"last day", drafting(ledger.RhythmMonth, 31), "2018-08-01", "2018-10-31", []string{
			"2018-08-31 member:du 2018-07", "2018-09-30 member:du 2018-08", "2018-10-31 member:du 2018-09"}},
		{"quarterly", drafting(ledger.RhythmQuarter, 9), "2018-07-01", "2019-01-31", []string{"2018-10-09 member:du 2018Q3", "2019-01-09 member:du 2018Q4"}},
		{"never", drafting(ledger.RhythmNone, 5), "2018-07-01", "2019-01-31", nil},
	} {
		if d := cmp.Diff(c.want, drafted(c.rules, v, c.from, c.to)); d != "" {
			t.Errorf("%s: -want +got\n%s", c.name, d)
		}
	}
	if got := reminders.Bulletins(drafting(ledger.RhythmMonth, 5), ledger.NewBook(), holidays{}, clock("2018-10-01 09:00"), clock("2018-10-31 09:00")); got != nil {
		t.Errorf("without a plan: %v", got)
	}
}

// TestBulletinsNeverDoubledNeverLost: however the planner is stopped, restarted or run
// twice, each period's draft is owed once.
func TestBulletinsNeverDoubledNeverLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		v := office(t)
		now := clock("2018-07-02 09:00") // the first run ever only knows its own day
		for now.Before(clock("2019-02-01 00:00")) {
			var wg sync.WaitGroup
			for range 2 { // two replicas, each new as after a restart
				wg.Go(func() {
					p := planner(v, nil)
					p.Rules = drafting(ledger.RhythmMonth, 5)
					if _, err := p.RunOnce(context.Background(), now); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			now = now.Add(time.Duration(rapid.IntRange(1, 60*24).Draw(rt, "hours")) * time.Hour)
		}
		p := planner(v, nil)
		p.Rules = drafting(ledger.RhythmMonth, 5)
		run(t, p, "2019-02-01 09:00")
		var got []string
		for key, k := range v.notices {
			if k.Kind == ledger.NoticeBulletin {
				got = append(got, key)
			}
		}
		slices.Sort(got)
		var want []string
		for _, month := range []string{"2018-07", "2018-08", "2018-09", "2018-10", "2018-11", "2018-12"} {
			want = append(want, "bulletin/"+month+"/member:du")
		}
		if d := cmp.Diff(want, got); d != "" {
			rt.Fatal(d)
		}
	})
}

// TestBulletinWaitsForWorkingHours: a draft that could not be sent in time is not sent at
// night; it counts into the receiver's load once, together with the nudge of the day.
func TestBulletinWaitsForWorkingHours(t *testing.T) {
	v, w := office(t), &wire{}
	p := planner(v, nil)
	p.Rules = drafting(ledger.RhythmMonth, 5)
	run(t, p, "2018-09-05 09:00")
	now := clock("2018-09-05 20:00")
	d := dispatcher(v, w, &now)
	d.Composers[ledger.NoticeBulletin] = func(context.Context, ledger.Notice) (ledger.Body, bool, error) {
		return ledger.Body{Title: "通报草稿", Text: "草稿"}, true, nil
	}
	dispatch(t, d, now)
	if slices.ContainsFunc(w.ids(), func(id string) bool { return strings.HasPrefix(id, "bulletin/") }) {
		t.Errorf("sent at night: %v", w.ids())
	}
	now = clock("2018-09-06 08:30")
	dispatch(t, d, now)
	if !slices.Contains(w.ids(), "bulletin/2018-08/member:du") {
		t.Errorf("not sent in the morning: %v", w.ids())
	}
	if l := v.book.Load(date("2018-09-05"), ledger.Target{Member: "du"}); l.Messages != 1 || l.Items != 1 {
		t.Errorf("load: %+v", l)
	}
}

func TestBulletinRules(t *testing.T) {
	r := drafting("week", 0)
	faults := r.Validate()
	if len(faults) != 2 || !strings.Contains(faults[0].Error(), "通报周期") || !strings.Contains(faults[1].Error(), "通报草稿日") {
		t.Errorf("faults: %v", faults)
	}
	if s := drafting(ledger.RhythmQuarter, 9).Describe(ledger.Ladder{}); !strings.Contains(s, "每季度首月9日（遇节假日提前）生成上季度通报草稿，只发督查室") {
		t.Errorf("described as\n%s", s)
	}
}
