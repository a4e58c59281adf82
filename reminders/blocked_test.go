package reminders_test

import (
	"slices"
	"testing"
	"time"

	"duban/bot"
)

// What is refused because the set-up is wrong or the month's calls are used up is kept
// until that is mended, over the turn of a month, and no longer; what is of no use by
// then is given up; and what another way takes goes out meanwhile.
func TestBlockedIsKept(t *testing.T) {
	for _, c := range []struct {
		back string
		want []string
	}{
		{"2018-10-01 00:10", []string{"reply", "press"}},
		{"2018-10-09 09:00", []string{"reply", "press"}}, // nearly the whole of a month
		{"2018-10-25 09:00", nil},
	} {
		t.Run(c.back, func(t *testing.T) {
			now := clock("2018-09-03 09:00")
			back := clock(c.back)
			v := newVault(t)
			w := &wire{fail: func(out bot.Outgoing) error {
				if now.Before(back) && out.Webhook == "" {
					return &bot.Refusal{Op: "group", Code: "ApiCountLimitForOrg", Blocked: true, After: time.Hour}
				}
				return nil
			}}
			d := dispatcher(v, w, &now)
			press, answer, now1 := reply("press", now), reply("answer", now), reply("now", now)
			press.By, press.Formal = "wang", true
			answer.Expires = now.Add(30 * time.Minute)
			now1.To.Webhook = "https://example.com/"
			v.owe(t, press, answer, reply("reply", now), now1)
			if got := dispatch(t, d, now); got.Sent != 1 || got.Deferred+got.Buried != 3 {
				t.Errorf("first: %+v", got)
			}
			for end := now.AddDate(0, 0, 60); now.Before(end); now = now.Add(30 * time.Minute) {
				dispatch(t, d, now)
			}
			got, want := slices.Sorted(slices.Values(w.ids())), slices.Sorted(slices.Values(append(c.want, "now")))
			if !slices.Equal(got, want) {
				t.Errorf("sent %q, want %q", got, want)
			}
			if v.notices["answer"].buried == "" || (v.notices["reply"].buried == "") != (c.want != nil) {
				t.Errorf("given up: answer %q, reply %q", v.notices["answer"].buried, v.notices["reply"].buried)
			}
		})
	}
}
