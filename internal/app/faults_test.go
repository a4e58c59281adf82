package app

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
)

// TestFaultsLoseNothing: whatever goes wrong on the way of a receipt or of a nudge, it
// arrives, and what certainly was not delivered arrives once.
func TestFaultsLoseNothing(t *testing.T) {
	const session, direct, groups, token = "/robot/sendBySession", "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send", "/v1.0/oauth2/accessToken"
	api := func(code string) map[string]any { return map[string]any{"code": code, "message": "no"} }
	old := func(code int) map[string]any { return map[string]any{"errcode": code, "errmsg": "no"} }
	for name, faults := range map[string][]bottest.Fault{
		"session busy":              {{Path: session, Status: 200, Body: old(-1), Times: 3}},
		"session throttled":         {{Path: session, Status: 200, Body: old(90018), Times: 3}},
		"session 429":               {{Path: session, Status: 429, Body: "slow down", Times: 3}},
		"session 500":               {{Path: session, Status: 500, Body: "oops", Times: 3}},
		"session cut":               {{Path: session, Status: 0, Times: 3}},
		"session unreadable":        {{Path: session, Status: 200, Body: "<html>", Times: 3}},
		"session gone":              {{Path: session, Status: 200, Body: old(300001)}},
		"session gone, direct busy": {{Path: session, Status: 200, Body: old(300001), Times: 9}, {Path: direct, Status: 403, Body: api("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"), Times: 3}},
		"session gone, direct 500":  {{Path: session, Status: 200, Body: old(300001), Times: 9}, {Path: direct, Status: 500, Body: api("system.error"), Times: 3}},
		"session gone, token ended": {{Path: session, Status: 200, Body: old(300001), Times: 9}, {Path: direct, Status: 400, Body: api("InvalidAuthentication"), Times: 3}},
		"session gone, no token":    {{Path: session, Status: 200, Body: old(300001), Times: 9}, {Path: token, Status: 503, Body: "down", Times: 3}},
		"session muted":             {{Path: session, Status: 200, Body: old(130101), Times: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.serve(t.TempDir())
			for _, f := range faults {
				w.fake.Fail(f)
			}
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			w.push(ctx, bottest.Saying{User: "zhangmin", Text: "任务28 已完成招标，进度60%"})
			w.until("the receipt", func() bool { return count(w.fake.SeenBy("zhangmin"), "已记录") > 0 })
			w.direct("zhangmin", "任务28", "进度60%")
			if n := count(w.fake.SeenBy("zhangmin"), "已记录"); n != 1 {
				t.Errorf("%d receipts", n)
			}
			if strings.HasSuffix(name, "cut") || strings.HasSuffix(name, "unreadable") { // may have been delivered: the person asks again
				return
			}
			for _, f := range faults {
				w.fake.Fail(f)
			}
			w.push(ctx, bottest.Saying{User: "zhangmin", Text: "本月到期"})
			w.until("the answer", func() bool { return count(w.fake.SeenBy("zhangmin"), "2018年7月31日") > 0 })
			w.direct("zhangmin", "任务28", "进度60%")
			if n := count(w.fake.SeenBy("zhangmin"), "2018年7月31日"); n != 1 {
				t.Errorf("%d answers", n)
			}
		})
	}
	for name, fault := range map[string]bottest.Fault{
		"throttled": {Path: groups, Status: 403, Body: api("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"), Times: 3},
		"a minute":  {Path: groups, Status: 403, Body: api("Forbidden.AccessDenied.QpmLimitForAppkeyAndApi"), Times: 3},
		"500":       {Path: groups, Status: 500, Body: api("system.error"), Times: 3},
		"429":       {Path: groups, Status: 429, Body: "", Times: 3},
		"too fast":  {Path: groups, Status: 400, Body: api("send.too.fast"), Times: 3},
		"banned":    {Path: groups, Status: 200, Body: `{"status":1111,"wait":5,"punish":"deny"}`, Times: 3},
		"token":     {Path: groups, Status: 400, Body: api("InvalidAuthentication"), Times: 5},
	} {
		t.Run("nudge "+name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.serve(t.TempDir())
			w.fake.Fail(fault)
			w.clock.Set(time.Date(2018, 8, 31, 9, 0, 30, 0, w.clock.Now().Location()))
			w.until("the nudge", func() bool { return len(w.fake.Seen(group)) > 0 })
			w.direct("zhangmin", "任务28", "任务28")
			if n := count(w.fake.Seen(group), "任务28"); n != 1 {
				t.Errorf("%d nudges", n)
			}
		})
	}
}

// TestUnsureIsSaidOnce: where DingTalk's gateway times out although the message went out,
// a reminder is not said again; a receipt is said again once, for want of any other sign,
// and no more when that arrives.
func TestUnsureIsSaidOnce(t *testing.T) {
	const session, direct, groups = "/robot/sendBySession", "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"
	late := bottest.Fault{Status: 504, Body: map[string]any{"code": "timeout"}, Stored: true, Times: 1}
	day := time.Date(2018, 8, 31, 9, 0, 30, 0, time.FixedZone("CST", 8*60*60))
	t.Run("nudge", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.serve(t.TempDir())
		late := late
		late.Path = groups
		w.fake.Fail(late)
		w.clock.Set(day)
		w.until("the nudge", func() bool { return len(w.fake.Seen(group)) > 0 })
		w.idle(2 * time.Hour)
		w.direct("wanghui", "状态", "不能确定是否已经送达")
		if n := count(w.fake.Seen(group), "任务28"); n != 1 {
			t.Errorf("%d nudges", n)
		}
	})
	t.Run("receipt", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.serve(t.TempDir())
		late := late
		late.Path = direct
		w.fake.Fail(bottest.Fault{Path: session, Status: 200, Body: map[string]any{"errcode": 300001, "errmsg": "session 不存在"}, Times: 1})
		w.fake.Fail(late)
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		w.push(ctx, bottest.Saying{User: "zhangmin", Text: "任务28 已完成招标，进度60%"})
		w.until("the receipt twice", func() bool { return count(w.fake.SeenBy("zhangmin"), "已记录") == 2 })
		w.idle(2 * time.Hour)
		if n := count(w.fake.SeenBy("zhangmin"), "已记录"); n != 2 {
			t.Errorf("%d receipts", n)
		}
		w.direct("zhangmin", "任务28的记录", "共1条")
	})
}

// idle lets time go by, in steps that are shorter than any lease.
func (w *world) idle(d time.Duration) {
	for end := w.clock.Now().Add(d); w.clock.Now().Before(end); {
		w.pass(w.t.Context(), 10*time.Second)
	}
}

// TestFaultRepeats: DingTalk sends the same message again while the answer is on its
// way, three times at once: it is recorded once and answered once.
func TestFaultRepeats(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir())
	release := w.fake.Hold("/robot/sendBySession")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	w.push(ctx, bottest.Saying{User: "zhangmin", Text: "任务28 进度60%", MsgID: "msgTwice=="})
	for range 3 {
		w.repeat(ctx, "msgTwice==")
	}
	release()
	w.until("the receipt", func() bool { return count(w.fake.SeenBy("zhangmin"), "已记录") > 0 })
	w.direct("zhangmin", "任务28的记录", "共1条")
	if n := count(w.fake.SeenBy("zhangmin"), "已记录"); n != 1 {
		t.Errorf("%d receipts", n)
	}
}

func count(notes []bottest.Note, text string) (n int) {
	for _, note := range notes {
		if strings.Contains(note.Raw, text) {
			n++
		}
	}
	return n
}

// until moves the clock on, as time does, until what is waited for has come and the bot
// has written down what it sent.
func (w *world) until(what string, come func() bool) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	for !come() {
		if !w.pass(ctx, 5*time.Second) {
			w.t.Fatalf("%s has not come: %s", what, fmt.Sprint(ctx.Err()))
		}
	}
	w.unsent(ctx)
}

// pass lets time go by once nothing is being sent: the test's clock must not run faster
// than a busy machine serves, or a lease would end while its message is sent. A step is
// shorter than any lease.
func (w *world) pass(ctx context.Context, d time.Duration) bool {
	w.t.Helper()
	w.unsent(ctx)
	w.clock.Advance(d)
	return impatient(ctx, time.Second)
}

// unsent waits until the bot is sending nothing.
func (w *world) unsent(ctx context.Context) {
	w.t.Helper()
	for r := w.bot; r != nil && !r.ended && r.metric(w.t, "duban_sending") != "0" && impatient(ctx, time.Second); {
	}
}
