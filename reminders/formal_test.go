package reminders_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/reminders"
	"duban/store/ledger"
)

// A formal word outwaits a platform that is away over a weekend and the National Day
// holiday; an ordinary answer does not. One that is given up in the end is told to whoever
// pressed, once, as soon as the platform takes messages again, in working hours.
func TestFormalWordsOutwaitAnOutage(t *testing.T) {
	for _, c := range []struct {
		name     string
		back     string // when the platform takes messages again
		want     []string
		buried   []string
		wordFrom string
	}{
		{"three days", "2018-10-01 16:30", []string{"press", "reply"}, nil, ""},
		{"over the holiday", "2018-10-08 08:30", []string{"press"}, []string{"reply"}, ""},
		{"for good", "2018-10-13 20:00", []string{"press/given-up"}, []string{"press", "reply"}, "2018-10-15 08:30"},
		{"for two months", "2018-12-03 08:00", []string{"press/given-up"}, []string{"press", "reply"}, "2018-12-03 08:30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := clock("2018-09-28 17:00")
			back := clock(c.back)
			v, w := newVault(t), &wire{now: &now, fail: func(bot.Outgoing) error {
				if now.Before(back) {
					return &bot.Refusal{Op: "send", Code: "ServiceUnavailable", Msg: "down", Retry: true}
				}
				return nil
			}}
			d := dispatcher(v, w, &now)
			d.Missed = func(n ledger.Notice, _ error) ledger.Body {
				return ledger.Body{Title: "未能送达", Text: n.Body.Title + "未能送达"}
			}
			press := reply("press", now)
			press.By, press.Formal, press.Body.Title = "wang", true, "催办 任务28"
			v.owe(t, press, reply("reply", now))
			for end := max(back.Unix(), now.AddDate(0, 0, 20).Unix()); now.Unix() < end+4*86400; now = now.Add(30 * time.Minute) {
				dispatch(t, d, now)
			}
			if got := slices.Sorted(slices.Values(w.ids())); !slices.Equal(got, c.want) {
				t.Errorf("sent %q, want %q", got, c.want)
			}
			for _, key := range []string{"press", "reply"} {
				if got, want := v.notices[key].buried != "", slices.Contains(c.buried, key); got != want {
					t.Errorf("%s buried: %v, want %v", key, got, want)
				}
			}
			for i, out := range w.out {
				if out.ID == "press/given-up" && (out.Member != "wang" || out.Room != "" || !strings.Contains(out.Markdown, "催办 任务28") || w.at[i].Before(clock(c.wordFrom)) || !d.Hours.Within(w.at[i])) {
					t.Errorf("told at %s: %+v", w.at[i], out)
				}
			}
		})
	}
}

// A formal word that the platform refuses for good is told to whoever pressed at once.
func TestFormalWordRefused(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v := newVault(t)
	w := &wire{fail: func(out bot.Outgoing) error {
		if out.Room != "" {
			return &bot.Refusal{Op: "send", Code: "robot.notInGroup", Msg: "no"}
		}
		return nil
	}}
	d := dispatcher(v, w, &now)
	d.Missed = func(_ ledger.Notice, why error) ledger.Body {
		return ledger.Body{Title: "未能送达", Text: why.Error()}
	}
	n := reply("press", now)
	n.By, n.Formal = "wang", true
	v.owe(t, n)
	if got := dispatch(t, d, now); got != (reminders.Dispatched{Buried: 1}) {
		t.Errorf("got %+v", got)
	}
	dispatch(t, d, now)
	if len(w.out) != 1 || w.out[0].Member != "wang" || !strings.Contains(w.out[0].Markdown, "robot.notInGroup") {
		t.Errorf("told %+v", w.out)
	}
}
