package handlers_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"duban/handlers"
	"duban/internal/zh/workday"
	"duban/store/ledger"
)

// A snooze lasts a week at most and ends by the last working day before the deadline, and
// says so; a mute may go past it. Neither moves a deadline. Task 28 is due on Sunday,
// 2018年9月30日, a make-up day.
func TestSnoozeEndsBeforeTheDeadline(t *testing.T) {
	for _, c := range []struct {
		day, text, until, says string
	}{
		{"2018-07-02", "任务28三天后再提醒", "2018-07-04", "2018年7月5日"},
		{"2018-07-02", "任务28一个月后再提醒", "2018-07-15", "2018年7月16日再提醒。稍后提醒最长14天"},
		{"2018-09-26", "任务28一周后再提醒", "2018-09-29", "2018年9月30日"},
		{"2018-09-29", "任务28一周后再提醒", "2018-09-29", "2018年9月30日"},
		{"2018-09-26", "任务28先别提醒了", "2018-10-26", "2018年10月27日前"},
	} {
		r := newRig(t, nil, func(o *handlers.Options) { o.Rhythm.IsWorkday = workday.Default().IsWorkday })
		day, err := time.ParseInLocation(time.DateOnly, c.day, r.now.Location())
		if err != nil {
			t.Fatal(err)
		}
		r.now = day.Add(10 * time.Hour)
		due := r.book().Task("28").Points[0].Due
		answer, err := r.say("张敏", c.text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(answer, c.says) || !strings.Contains(answer, "时限不变，逾期提醒和人工催办照常") {
			t.Errorf("%s on %s: %s", c.text, c.day, answer)
		}
		b := r.book()
		var q ledger.Quiet
		if err := json.Unmarshal(b.Settings[ledger.QuietID("张敏", b.Task("28").ID)], &q); err != nil || q.Until.String() != c.until {
			t.Errorf("%s on %s is silent until %s, want %s: %v", c.text, c.day, q.Until, c.until, err)
		}
		if now := b.Task("28").Points[0].Due; now != due {
			t.Errorf("%s: the deadline moved to %s", c.text, now)
		}
	}
}
