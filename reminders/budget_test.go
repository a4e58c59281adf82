package reminders_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/reminders"
	"duban/store/ledger"
)

// sentBy lists what each receiver got on each day: the day, the receiver, kinds of message.
func sentBy(w *wire) map[string]int {
	out := map[string]int{}
	for i, m := range w.out {
		out[w.at[i].Format("2006-01-02")+" "+m.Room+m.Member]++
	}
	return out
}

// busy is a plan in which something falls due nearly every day.
func busy() []ledger.Record {
	puts := []ledger.Record{plan(), room("A", "甲"), room("B", "乙"), member("lian", "甲", ledger.DutyContact), member("du", "", ledger.DutySupervisor)}
	for i := range 40 {
		unit := []string{"甲", "乙"}[i%2]
		puts = append(puts, once(fmt.Sprint(i+1), fmt.Sprintf("事项%d", i+1), date("2018-11-01").AddDays(i).String(), lead(unit)))
	}
	return puts
}

// TestWeekOfOutage: the platform is away for a week while the bot goes on planning. When
// it is back, each receiver gets one message that speaks of everything once; presses and
// receipts of the week all come, and no day has more than the budget.
func TestWeekOfOutage(t *testing.T) {
	for _, most := range []int{1, 3} {
		t.Run(fmt.Sprint("budget ", most), func(t *testing.T) {
			v := newVault(t, busy()...)
			var now time.Time
			w := &wire{now: &now, fail: func(bot.Outgoing) error {
				if !now.Before(clock("2018-11-05 08:00")) && now.Before(clock("2018-11-12 11:00")) {
					return &bot.Refusal{Op: "send", Retry: true}
				}
				return nil
			}}
			p, d := planner(v, nil), dispatcher(v, w, &now)
			d.Budget.Most = most
			d.Retry.Patience = 30 * 24 * time.Hour
			for day := date("2018-11-01"); day.Before(date("2018-11-17")); day = day.AddDays(1) {
				for _, at := range []string{"08:31", "09:00", "10:00", "11:30", "14:00", "17:00", "20:00"} {
					now = clock(day.String() + " " + at)
					run(t, p, day.String()+" "+at)
					if at == "10:00" && day.Weekday() == time.Wednesday { // a person presses
						v.owe(t, ledger.Notice{Key: "press/" + day.String(), Kind: ledger.NoticeReply, To: ledger.Target{Room: "A"}, By: "du", Made: now, Due: now,
							Body: ledger.Body{Title: "催办", Text: "【催办】" + day.String()}})
					}
					dispatch(t, d, now)
				}
			}
			presses := 0
			for i, m := range w.out {
				if strings.HasPrefix(m.ID, "press/") {
					presses++
					w.at[i] = time.Time{} // a person's, not the clock's
				}
			}
			if presses != 2 {
				t.Errorf("%d presses came", presses)
			}
			got := sentBy(w)
			for _, key := range slices.Sorted(maps.Keys(got)) {
				if n := got[key]; n > 1 && !strings.HasPrefix(key, "0001") {
					t.Errorf("%s: %d messages", key, n)
				}
			}
			for _, who := range []string{"A", "B", "lian", "du"} {
				if got["2018-11-12 "+who] != 1 {
					t.Errorf("%s got %d messages when the platform was back", who, got["2018-11-12 "+who])
				}
			}
			back := ""
			for i, m := range w.out {
				if m.Room == "A" && w.at[i].Format("01-02") == "11-12" {
					back = m.Markdown
				}
			}
			sound(t, ledger.Body{Title: strings.TrimPrefix(strings.SplitN(back, "\n", 2)[0], "### "), Text: back})
			golden(t, "nudge-outage", back+"\n")
			for _, k := range v.notices {
				if !k.settled && k.buried == "" {
					t.Errorf("%s is left over", k.Key)
				}
			}
		})
	}
}

// TestBudgetWaits: what is one too many on a day comes on the next working day, with what
// is new there, in one message.
func TestBudgetWaits(t *testing.T) {
	now := clock("2018-09-27 09:00")
	v := newVault(t, plan(), once("1", "甲事", "2018-09-28", lead("甲")), once("2", "乙事", "2018-10-12", lead("甲")), room("A", "甲"))
	w := &wire{now: &now}
	p, d := planner(v, nil), dispatcher(v, w, &now)
	d.Budget.Most = 1
	rec, _, err := v.book.SetTold(ledger.Target{Room: "A"}, ledger.Told{Day: date("2018-09-27"), Sent: 1})
	if err != nil {
		t.Fatal(err)
	}
	v.put(t, rec)
	run(t, p, "2018-09-27 09:00")
	if got := dispatch(t, d, now); got != (reminders.Dispatched{Deferred: 1}) {
		t.Errorf("over the budget: %+v", got)
	}
	now = clock("2018-09-28 09:00")
	run(t, p, "2018-09-28 09:00")
	if got := dispatch(t, d, now); got.Sent != 1 || len(w.out) != 1 {
		t.Fatalf("the day after: %+v", got)
	}
	for _, want := range []string{"任务1 甲事", "任务2 乙事", "今日到期", "近期到期"} {
		if !strings.Contains(w.out[0].Markdown, want) {
			t.Errorf("no %s in\n%s", want, w.out[0].Markdown)
		}
	}
}

// TestToldTwice: a nudge whose end was not known is sent again and counts once; an older
// one that comes back after it stays silent.
func TestToldTwice(t *testing.T) {
	day := date("2018-09-28")
	told := ledger.Told{}.Owing("nudge/room:A/2018-09-27", nil).Owing("nudge/room:A/2018-09-28", nil)
	if !told.Newer("nudge/room:A/2018-09-27") || told.Newer("nudge/room:A/2018-09-28") {
		t.Error("the newest is the last")
	}
	told = told.After("nudge/room:A/2018-09-28", day, true).After("nudge/room:A/2018-09-28", day, true)
	if told.On(day) != 1 || len(told.Owed) != 0 || !told.Newer("nudge/room:A/2018-09-27") || told.Newer("nudge/room:A/2018-09-28") {
		t.Errorf("%+v", told)
	}
	for i := range 100 {
		told = told.Owing(fmt.Sprintf("nudge/room:A/2019-01-%03d", i), nil)
	}
	if len(told.Owed) > 20 {
		t.Errorf("%d are kept", len(told.Owed))
	}
}
