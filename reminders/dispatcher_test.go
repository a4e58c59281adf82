package reminders_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"duban/bot"
	"duban/reminders"
	"duban/store/ledger"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func dispatcher(v *vault, w *wire, now *time.Time) *reminders.Dispatcher {
	rules := ladderOnly()
	read := func() time.Time { return *now }
	return &reminders.Dispatcher{
		Unsure: new(reminders.Unsure),
		Outbox: v, Store: v, Platform: w, Budget: reminders.Budget{Books: v, Most: rules.Budget},
		Composers: map[ledger.NoticeKind]reminders.Composer{
			ledger.NoticeReply: reminders.Written,
			ledger.NoticeNudge: reminders.Nudges{Books: v, Rules: rules, Cal: holidays{}, Now: read}.Compose,
		},
		Hours: reminders.Hours{Open: rules.Open, Close: rules.Close, Cal: holidays{}},
		Retry: reminders.DefaultRetry(), Limits: reminders.DefaultDispatchLimits(),
		Now: read, Jitter: func() float64 { return 0.5 }, Log: slog.New(slog.DiscardHandler),
	}
}

func reply(key string, due time.Time) ledger.Notice {
	return ledger.Notice{Key: key, Kind: ledger.NoticeReply, To: ledger.Target{Room: "A"}, Body: ledger.Body{Title: "回执", Text: "已记录任务28进度60%", Tasks: []string{"28"}}, Made: due, Due: due}
}

func (v *vault) owe(t testing.TB, notices ...ledger.Notice) {
	t.Helper()
	if _, err := v.Commit(context.Background(), ledger.Commit{Notices: notices}); err != nil {
		t.Fatal(err)
	}
}

func dispatch(t testing.TB, d *reminders.Dispatcher, now time.Time) reminders.Dispatched {
	t.Helper()
	got, err := d.RunOnce(context.Background(), now)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestDispatchSettles(t *testing.T) {
	now := clock("2018-10-17 21:00") // a receipt goes out at night as well: a person asked
	v, w := newVault(t), &wire{}
	v.owe(t, reply("r1", now), reply("later", now.Add(time.Hour)))
	d := dispatcher(v, w, &now)
	if got := dispatch(t, d, now); got != (reminders.Dispatched{Sent: 1}) {
		t.Errorf("got %+v", got)
	}
	want := bot.Outgoing{ID: "r1", Room: "A", Title: "回执", Markdown: "已记录任务28进度60%"}
	if diff := cmp.Diff([]bot.Outgoing{want}, w.out); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if k := v.notices["r1"]; !k.settled || k.sent.Ref != "ref-1" || !k.sent.At.Equal(now) || !slices.Equal(k.body.Tasks, []string{"28"}) {
		t.Errorf("kept %+v", k)
	}
	if got := dispatch(t, d, now); got.Total() != 0 {
		t.Errorf("again: %+v", got)
	}
}

func TestDispatchFailures(t *testing.T) {
	now := clock("2018-10-17 10:00")
	limited := &bot.Refusal{Op: "send", Code: "130101", Msg: "too fast", Retry: true, After: 10 * time.Minute}
	tests := []struct {
		name     string
		err      error
		attempts int
		want     reminders.Dispatched
		due      time.Duration // after now
		buried   string
	}{
		{"limited", limited, 0, reminders.Dispatched{Deferred: 1}, 10 * time.Minute, ""},
		{"limited, wrapped", fmt.Errorf("dingtalk: %w", limited), 1, reminders.Dispatched{Deferred: 1}, 10 * time.Minute, ""},
		{"busy without a time", &bot.Refusal{Retry: true}, 0, reminders.Dispatched{Deferred: 1}, 5 * time.Second, ""},
		{"busy for the fiftieth time, not given up", limited, 49, reminders.Dispatched{Deferred: 1}, time.Hour, ""},
		{"refused for good", &bot.Refusal{Op: "send", Code: "robot.notExist", Msg: "no"}, 0, reminders.Dispatched{Buried: 1}, 0, "send: refused with robot.notExist: no"},
		{"outcome unknown", errWire, 1, reminders.Dispatched{Deferred: 1}, time.Minute, ""},
		{"outcome unknown after long trouble", errWire, 99, reminders.Dispatched{Deferred: 1}, time.Minute, ""},
		{"outcome unknown, but known by its id", fmt.Errorf("%w: %w", bot.ErrAgain, errWire), 1, reminders.Dispatched{Deferred: 1}, 10 * time.Second, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, w := newVault(t), &wire{fail: func(bot.Outgoing) error { return tt.err }}
			v.owe(t, reply("r", now))
			v.notices["r"].attempts = tt.attempts
			if got := dispatch(t, dispatcher(v, w, &now), now); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			k := v.notices["r"]
			if k.buried != tt.buried || !k.due.Equal(now.Add(tt.due)) || k.settled {
				t.Errorf("kept: due %s, buried %q", k.due.Sub(now), k.buried)
			}
		})
	}
}

func TestDispatchOddNotices(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{}
	expired := reply("expired", now.Add(-time.Hour))
	expired.Expires = now.Add(-time.Minute)
	unknown := reply("unknown", now)
	unknown.Kind = "poem"
	empty := reply("empty", now)
	empty.Body = ledger.Body{}
	bad := reply("bad", now)
	bad.Kind = "bad"
	v.owe(t, expired, unknown, empty, bad)
	d := dispatcher(v, w, &now)
	d.Composers["bad"] = func(context.Context, ledger.Notice) (ledger.Body, bool, error) { panic("no") }
	if got, want := dispatch(t, d, now), (reminders.Dispatched{Silent: 1, Deferred: 1, Buried: 2}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if v.notices["expired"].buried != "expired" || !v.notices["empty"].settled || len(w.out) != 0 {
		t.Errorf("kept %+v, sent %v", v.notices, w.ids())
	}
}

// A retry that would come after the notice has lost its use is not waited for.
func TestDispatchGivesUpAtExpiry(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{fail: func(bot.Outgoing) error { return &bot.Refusal{Retry: true, After: time.Hour} }}
	n := reply("r", now)
	n.Expires = now.Add(30 * time.Minute)
	v.owe(t, n)
	if got := dispatch(t, dispatcher(v, w, &now), now); got.Buried != 1 {
		t.Errorf("got %+v", got)
	}
}

// A receipt never expires, yet nobody needs it after three days of refusals.
func TestDispatchPatience(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{fail: func(bot.Outgoing) error { return &bot.Refusal{Op: "send", Retry: true} }}
	v.owe(t, reply("old", now.Add(-72*time.Hour)), reply("young", now.Add(-71*time.Hour)))
	if got := dispatch(t, dispatcher(v, w, &now), now); got != (reminders.Dispatched{Deferred: 1, Buried: 1}) {
		t.Errorf("got %+v", got)
	}
}

// A platform that was away over several rungs gets one nudge, the newest.
func TestDispatchAfterLongOutage(t *testing.T) {
	now := clock("2018-09-25 09:00")
	v := newVault(t, plan(), once("28", "建设政务云", "2018-09-28", lead("甲")), once("3", "方案", "2018-10-10", lead("甲")), room("A", "甲"))
	w := &wire{fail: func(bot.Outgoing) error { return &bot.Refusal{Op: "send", Retry: true} }}
	p, d := planner(v, nil), dispatcher(v, w, &now)
	for _, at := range []string{"2018-09-25 09:00", "2018-09-27 09:00", "2018-09-28 09:00"} { // 3, 1, 0 days before; task 3: 15 days on the 25th
		now = clock(at)
		run(t, p, at)
		dispatch(t, d, now)
	}
	w.fail = nil
	now = clock("2018-09-28 16:00")
	if got := dispatch(t, d, now); got.Sent != 1 { // task 3 of the first day with task 28 of the last
		t.Errorf("got %+v", got)
	}
	for _, k := range v.notices {
		if !k.settled {
			t.Errorf("%s is not settled", k.Key)
		}
	}
	var text string
	for _, out := range w.out {
		text += out.Markdown
	}
	if strings.Count(text, "任务28 建设") != 1 || strings.Count(text, "任务3 方案") != 1 {
		t.Errorf("each task should be spoken of once:\n%s", text)
	}
}

func nudgeNotice(key string, due time.Time) ledger.Notice {
	return ledger.Notice{Key: key, Kind: ledger.NoticeNudge, To: ledger.Target{Room: "A"}, Due: due, Made: due,
		Items: []ledger.Item{{Key: "i", Rule: reminders.RuleLadder, Task: "id28", Point: "1", Due: date("2018-09-30"), Stage: -3}}}
}

func TestDispatchQuietHours(t *testing.T) {
	now := clock("2018-09-28 18:00")
	v, w := newVault(t, plan(), once("28", "建设政务云", "2018-09-30", lead("甲")), room("A", "甲")), &wire{}
	byHand := nudgeNotice("by hand", now)
	byHand.By = "du"
	v.owe(t, nudgeNotice("by clock", now), byHand)
	d := dispatcher(v, w, &now)
	if got, want := dispatch(t, d, now), (reminders.Dispatched{Sent: 1, Deferred: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if due := v.notices["by clock"].due; !due.Equal(clock("2018-09-29 08:30")) { // a make-up Saturday
		t.Errorf("deferred to %s", due)
	}
	now = clock("2018-09-29 08:30")
	if got := dispatch(t, d, now); got.Sent != 1 {
		t.Errorf("in the morning: %+v", got)
	}
}

// A nudge is worded when it is sent: what was reported done in between is not in it.
func TestDispatchStopsWhenReported(t *testing.T) {
	now := clock("2018-09-28 09:00")
	changes := map[string]ledger.Record{
		"applied":       state("28", "1", ledger.PointState{Phase: ledger.PhasePending}),
		"closed":        state("28", "1", ledger.PointState{Phase: ledger.PhaseClosed}),
		"moved":         once("28", "建设政务云", "2018-12-31", lead("甲")),
		"task gone":     {Kind: ledger.RecordTask, ID: "28"},
		"room unbound":  room("A"),
		"room gone":     {Kind: ledger.RecordRoom, ID: "A"},
		"another owner": once("28", "建设政务云", "2018-09-30", lead("丁")),
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			v, w := newVault(t, plan(), once("28", "建设政务云", "2018-09-30", lead("甲")), room("A", "甲")), &wire{}
			v.owe(t, nudgeNotice("n", now))
			v.put(t, change)
			if got := dispatch(t, dispatcher(v, w, &now), now); got != (reminders.Dispatched{Silent: 1}) || len(w.out) != 0 {
				t.Errorf("got %+v, sent %v", got, w.ids())
			}
			if !v.notices["n"].settled {
				t.Error("not settled")
			}
		})
	}
}

// A crash between send and settle: the notice comes back after its lease under the same
// message id, which the platform can know it by.
func TestDispatchCrashBeforeSettle(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{}
	v.owe(t, reply("r", now))
	v.settleErr = func(string) error { return ledger.ErrBusy }
	d := dispatcher(v, w, &now)
	if got := dispatch(t, d, now); got != (reminders.Dispatched{Lost: 1}) {
		t.Errorf("got %+v", got)
	}
	v.settleErr = nil
	if got := dispatch(t, d, now.Add(d.Limits.Lease-time.Second)); got.Total() != 0 {
		t.Errorf("claimed under a lease: %+v", got)
	}
	if got := dispatch(t, d, now.Add(d.Limits.Lease)); got.Sent != 1 {
		t.Errorf("after the lease: %+v", got)
	}
	if got := w.ids(); !slices.Equal(got, []string{"r", "r"}) {
		t.Errorf("sent %v", got)
	}
}

// One hiccup of the outbox after a send must not send the message again.
func TestDispatchSettleHiccup(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{}
	v.owe(t, reply("r", now))
	calls := 0
	v.settleErr = func(string) error {
		if calls++; calls == 1 {
			return ledger.ErrBusy
		}
		return nil
	}
	if got := dispatch(t, dispatcher(v, w, &now), now); got.Sent != 1 || calls != 2 {
		t.Errorf("got %+v after %d calls", got, calls)
	}
}

func TestDispatchLeaseLost(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{}
	v.owe(t, reply("r", now))
	slow := dispatcher(v, w, &now)
	quick := dispatcher(v, &wire{}, &now)
	w.fail = func(bot.Outgoing) error { // the send takes longer than the lease, and another takes over
		dispatch(t, quick, now.Add(2*slow.Limits.Lease))
		return nil
	}
	if got := dispatch(t, slow, now); got != (reminders.Dispatched{Lost: 1}) {
		t.Errorf("got %+v", got)
	}
	if k := v.notices["r"]; !k.settled || k.fence != 2 {
		t.Errorf("kept %+v", k)
	}
}

func TestDispatchIsBounded(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{gate: make(chan struct{})}
	for i := range 40 {
		n := reply(fmt.Sprint(i), now)
		n.To.Room = fmt.Sprint("room ", i)
		v.owe(t, n)
	}
	d := dispatcher(v, w, &now)
	go func() {
		for range 40 {
			w.gate <- struct{}{}
		}
	}()
	if got := dispatch(t, d, now); got.Sent != d.Limits.Batch {
		t.Errorf("got %+v", got)
	}
	if got := dispatch(t, d, now); got.Sent != 40-d.Limits.Batch {
		t.Errorf("got %+v", got)
	}
	if w.most > d.Limits.Parallel {
		t.Errorf("%d at once", w.most)
	}
}

// What one message owes one receiver goes out in order, the receipt first; others do not
// wait for it. After a first that took long, the rest is handed back.
func TestDispatchInOrder(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{}
	for _, room := range []string{"A", "B"} {
		slow, receipt := reply("file/"+room, now), reply("reply/"+room, now)
		slow.Kind = ledger.NoticeFile
		slow.To.Room, receipt.To.Room = room, room
		v.owe(t, slow, receipt)
	}
	d := dispatcher(v, w, &now)
	d.Composers[ledger.NoticeFile] = reminders.Written
	if got := dispatch(t, d, now); got.Sent != 4 {
		t.Errorf("got %+v", got)
	}
	at := func(id string) int { return slices.IndexFunc(w.out, func(o bot.Outgoing) bool { return o.ID == id }) }
	for _, room := range []string{"A", "B"} {
		if at("reply/"+room) > at("file/"+room) {
			t.Errorf("the file came first: %+v", w.out)
		}
	}
	slow, receipt := reply("file/C", now), reply("reply/C", now)
	slow.Kind = ledger.NoticeFile
	v.owe(t, slow, receipt)
	d.Composers[ledger.NoticeReply] = func(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
		now = now.Add(d.Limits.Lease)
		return reminders.Written(ctx, n)
	}
	if got := dispatch(t, d, now); got.Sent != 1 || got.Deferred != 1 {
		t.Errorf("got %+v", got)
	}
	if got := dispatch(t, d, now); got.Sent != 1 {
		t.Errorf("handed back: %+v", got)
	}
}

func TestSendHeld(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{}
	n := reply("r", now)
	v.fence = 100
	if _, err := v.Commit(context.Background(), ledger.Commit{Notices: []ledger.Notice{n}, Hold: ledger.Hold{Fence: 77, Until: now.Add(30 * time.Second)}}); err != nil {
		t.Fatal(err)
	}
	d := dispatcher(v, w, &now)
	if got := dispatch(t, d, now); got.Total() != 0 {
		t.Errorf("somebody else claimed a held notice: %+v", got)
	}
	if got := d.SendHeld(context.Background(), []ledger.Notice{n}, 77); got.Sent != 1 || !v.notices["r"].settled {
		t.Errorf("got %+v", got)
	}
}

// A shutdown finishes what was sent and hands back what was not.
func TestDispatchShutdown(t *testing.T) {
	now := clock("2018-10-17 10:00")
	ctx, cancel := context.WithCancel(context.Background())
	v, w := newVault(t), &wire{fail: func(bot.Outgoing) error { cancel(); return nil }}
	v.owe(t, reply("sent", now))
	if got := dispatcher(v, w, &now).SendHeld(ctx, []ledger.Notice{reply("sent", now)}, 0); got.Sent != 1 {
		t.Errorf("got %+v", got)
	}
	v.owe(t, reply("unsent", now))
	d := dispatcher(v, &wire{}, &now)
	d.Composers[ledger.NoticeReply] = func(ctx context.Context, _ ledger.Notice) (ledger.Body, bool, error) {
		return ledger.Body{}, false, ctx.Err()
	}
	if got := d.SendHeld(ctx, []ledger.Notice{reply("unsent", now)}, 0); got.Deferred != 1 || !v.notices["unsent"].due.Equal(now) {
		t.Errorf("got %+v, due %s", got, v.notices["unsent"].due)
	}
}

func TestDispatcherRun(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{}
	v.owe(t, reply("r1", now), reply("r2", now.Add(300*time.Millisecond)))
	d := dispatcher(v, w, &now)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var pauses []time.Duration
	slept := make(chan struct{})
	d.Wait = func(ctx context.Context, p time.Duration) bool {
		pauses = append(pauses, p)
		if len(pauses) == 2 { // nothing is left: sleep until woken
			close(slept)
			<-ctx.Done()
			return false
		}
		now = now.Add(p)
		if len(pauses) == 3 {
			cancel()
		}
		return true
	}
	done := make(chan error)
	go func() { done <- d.Run(ctx) }()
	<-slept
	v.owe(t, reply("r3", now))
	d.Wake()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := w.ids(); !slices.Equal(got, []string{"r1", "r2", "r3"}) {
		t.Errorf("sent %v", got)
	}
	if want := []time.Duration{300 * time.Millisecond, d.Limits.Idle, d.Limits.Idle}; !slices.Equal(pauses, want) {
		t.Errorf("pauses %v", pauses)
	}
}

func TestDispatcherRunSurvivesErrors(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v := newVault(t)
	d := dispatcher(v, &wire{}, &now)
	d.Outbox = broken{v}
	ctx, cancel := context.WithCancel(context.Background())
	var reported error
	d.Report = func(_ reminders.Dispatched, err error) { reported = err }
	d.Wait = func(_ context.Context, pause time.Duration) bool {
		if pause != d.Limits.Idle { // not the blink of a notice that is due
			t.Errorf("pause of %s while the engine is away", pause)
		}
		cancel()
		return true
	}
	v.owe(t, reply("r", now))
	if err := d.Run(ctx); err != nil || !errors.Is(reported, ledger.ErrBusy) {
		t.Errorf("run: %v, reported: %v", err, reported)
	}
}

// broken is an outbox whose engine is away.
type broken struct{ *vault }

func (broken) Claim(context.Context, time.Time, time.Duration, int) ([]ledger.Claimed, error) {
	return nil, ledger.ErrBusy
}

// file is a notice whose file is made when it is sent.
func file(key string, due time.Time) ledger.Notice {
	return ledger.Notice{Key: key, Kind: ledger.NoticeFile, To: ledger.Target{Member: "leader"}, By: "leader", Made: due, Due: due, Expires: due.Add(24 * time.Hour)}
}

func filer(v *vault, w *wire, now *time.Time) *reminders.Dispatcher {
	d := dispatcher(v, w, now)
	d.Composers[ledger.NoticeFile] = func(context.Context, ledger.Notice) (ledger.Body, bool, error) {
		return ledger.Body{Title: "台账", Text: "台账已生成", Files: []ledger.File{{Name: "台账.xlsx", Data: []byte("PK")}}}, true, nil
	}
	d.GivenUp = map[ledger.NoticeKind]reminders.GivenUp{ledger.NoticeFile: func(n ledger.Notice, why error) ledger.Body {
		return ledger.Body{Title: "没有发出", Text: "台账没有发出：" + why.Error()}
	}}
	return d
}

// TestFileThenWords: the file goes out alone and its words follow, each once, also when
// the file is tried again, the settling fails, or the words are.
func TestFileThenWords(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v := newVault(t)
	tries := map[string]int{}
	busy := &bot.Refusal{Op: "send", Code: "busy", Retry: true, After: time.Minute}
	w := &wire{fail: func(out bot.Outgoing) error {
		tries[out.ID]++
		if tries[out.ID] <= 2 {
			return busy
		}
		return nil
	}}
	d := filer(v, w, &now)
	v.owe(t, file("f", now))
	for range 12 {
		dispatch(t, d, now)
		now = now.Add(2 * time.Minute)
	}
	want := []bot.Outgoing{
		{ID: "f", Member: "leader", Attachments: []bot.Attachment{{Name: "台账.xlsx", Data: []byte("PK")}}},
		{ID: "f/words", Member: "leader", Title: "台账", Markdown: "台账已生成"},
	}
	if diff := cmp.Diff(want, w.out); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestFileWordsOnce: a file whose settling was lost comes again, as everything does; its
// words do not.
func TestFileWordsOnce(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{}
	d, lost := filer(v, w, &now), 2
	v.settleErr = func(key string) error {
		if key == "f" && lost > 0 {
			lost--
			return errWire
		}
		return nil
	}
	v.owe(t, file("f", now))
	for range 4 {
		dispatch(t, d, now)
		now = now.Add(2 * time.Minute)
	}
	if got := w.ids(); !slices.Equal(got, []string{"f", "f/words", "f"}) && !slices.Equal(got, []string{"f", "f", "f/words"}) {
		t.Errorf("sent %v", got)
	}
}

// TestFileGivenUp: whoever waits for a file is told once why it will not come, and
// nothing announces it.
func TestFileGivenUp(t *testing.T) {
	for name, why := range map[string]error{
		"refused for good":    &bot.Refusal{Op: "upload", Code: "media.size", Msg: "too large"},
		"unknown to the end":  errWire,
		"busy beyond its use": &bot.Refusal{Op: "send", Code: "busy", Msg: "busy", Retry: true, After: 25 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			now := clock("2018-10-17 10:00")
			v := newVault(t)
			w := &wire{fail: func(out bot.Outgoing) error {
				if out.ID == "f" {
					return why
				}
				return nil
			}}
			d := filer(v, w, &now)
			v.owe(t, file("f", now))
			for range 40 {
				dispatch(t, d, now)
				now = now.Add(time.Hour)
			}
			if len(w.out) != 1 || w.out[0].ID != "f/given-up" || w.out[0].Member != "leader" || !strings.Contains(w.out[0].Markdown, why.Error()) {
				t.Errorf("told %+v", w.out)
			}
			if v.notices["f"].buried == "" {
				t.Error("the file is still owed")
			}
		})
	}
}

// TestFileGivenUpUntold: where the word cannot be owed, the file is not given up either:
// it comes again after its lease.
func TestFileGivenUpUntold(t *testing.T) {
	now := clock("2018-10-17 10:00")
	v, w := newVault(t), &wire{fail: func(bot.Outgoing) error { return &bot.Refusal{Op: "upload", Code: "no"} }}
	d := filer(v, w, &now)
	d.Store = noStore{}
	v.owe(t, file("f", now))
	if got := dispatch(t, d, now); got != (reminders.Dispatched{Lost: 1}) || v.notices["f"].buried != "" {
		t.Errorf("got %+v, buried %q", got, v.notices["f"].buried)
	}
}

type noStore struct{}

// Commit fails.
func (noStore) Commit(context.Context, ledger.Commit) (ledger.Committed, error) {
	return ledger.Committed{}, errWire
}
