package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"duban/store"
	"duban/store/entry"
	"duban/store/ledger"
)

// start is where the clock of every test begins.
var start = time.Date(2018, 7, 2, 1, 0, 0, 0, time.UTC)

// machine runs an engine and the model side by side through random operations.
type machine struct {
	t      *rapid.T
	engine store.Engine
	model  *Model
	now    time.Time
	serial int
	claims []ledger.Claimed // claims made so far, lost ones too
}

func testRandom(t *testing.T, open Open) {
	rapid.Check(t, func(rt *rapid.T) {
		e := open(t, tenant())
		defer closing(t, e)
		m := &machine{t: rt, engine: e, model: NewModel(), now: start}
		rt.Repeat(map[string]func(*rapid.T){
			"arrive": m.arrive, "commit": m.commit, "commit2": m.commit, "sync": m.sync, "events": m.events,
			"claim": m.claim, "settle": m.settle, "defer": m.postpone, "bury": m.bury, "look": m.look,
			"trim": m.trim, "clock": m.clock,
		})
	})
}

func (m *machine) same(got, want any) {
	m.t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		m.t.Fatalf("engine differs from model (-model +engine):\n%s", d)
	}
}

func (m *machine) sameErr(got, want error) {
	m.t.Helper()
	for _, known := range []error{ledger.ErrConflict, ledger.ErrLease, ledger.ErrNotFound, entry.ErrInvalid} {
		if errors.Is(got, known) != errors.Is(want, known) {
			m.t.Fatalf("engine says %v, model says %v", got, want)
		}
	}
	if (got == nil) != (want == nil) {
		m.t.Fatalf("engine says %v, model says %v", got, want)
	}
}

func (m *machine) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// clock moves the time, now and then far or backwards.
func (m *machine) clock(t *rapid.T) {
	m.now = m.now.Add(rapid.SampledFrom([]time.Duration{
		time.Microsecond, time.Second, 9 * time.Second, 11 * time.Second, time.Hour, 3 * 24 * time.Hour,
		61 * 24 * time.Hour, -time.Second, -2 * time.Hour, -48 * time.Hour,
	}).Draw(t, "step"))
}

func pick(t *rapid.T, label, stem string, n int) string {
	return fmt.Sprintf("%s%d", stem, rapid.IntRange(1, n).Draw(t, label))
}

func maybe(t *rapid.T, label, stem string, n int) string {
	if rapid.Bool().Draw(t, label+"?") {
		return ""
	}
	return pick(t, label, stem, n)
}

func (m *machine) since(t *rapid.T) int64 {
	return rapid.SampledFrom([]int64{0, m.model.rev, m.model.rev - 1, m.model.rev - 3, m.model.rev + 2}).Draw(t, "since")
}

func (m *machine) period(t *rapid.T) (from, to time.Time) {
	if rapid.Bool().Draw(t, "from?") {
		from = m.now.Add(-time.Hour)
	}
	if rapid.Bool().Draw(t, "to?") {
		to = m.now.Add(rapid.SampledFrom([]time.Duration{0, time.Microsecond, -time.Second}).Draw(t, "to"))
	}
	return from, to
}

func (m *machine) arrive(t *rapid.T) {
	a := ledger.Arrival{
		Message: maybe(t, "message", "m", 6), Final: rapid.Bool().Draw(t, "final"), Since: m.since(t),
		Talk: maybe(t, "talk", "k", 2), Quote: maybe(t, "quote", "ref", 3), History: maybe(t, "history", "task", 3), Now: m.now,
	}
	if rapid.Bool().Draw(t, "period?") {
		a.From, a.To = m.period(t)
	}
	got, err := m.engine.Arrive(t.Context(), a)
	m.ok(err)
	m.same(got, m.model.Arrive(a))
}

func (m *machine) commit(t *rapid.T) {
	c := ledger.Commit{Message: maybe(t, "message", "m", 6), Since: m.since(t), Now: m.now}
	if rapid.Bool().Draw(t, "answer?") {
		c.Answer = json.RawMessage(fmt.Sprintf(`{"n": %d, "t":"<&>\u2028 "}`, m.serial))
	}
	for range rapid.IntRange(0, 2).Draw(t, "expects") {
		kind, id := ledger.RecordTask, pick(t, "record", "r", 3)
		have := m.model.records[ledger.Record{Kind: kind, ID: id}.Name()]
		c.Expects = append(c.Expects, ledger.Expect{Kind: kind, ID: id,
			Rev: rapid.SampledFrom([]int64{have.Rev, have.Rev, 0, have.Rev + 1}).Draw(t, "rev")})
	}
	for range rapid.IntRange(0, 2).Draw(t, "puts") {
		r := ledger.Record{Kind: ledger.RecordTask, ID: pick(t, "record", "r", 3)}
		if m.serial++; m.serial%4 != 0 {
			r.Body = json.RawMessage(fmt.Sprintf(`{"no": "%d" }`, m.serial))
		}
		c.Puts = append(c.Puts, r)
	}
	for range rapid.IntRange(0, 2).Draw(t, "events") {
		m.serial++
		c.Events = append(c.Events, ledger.Event{ID: fmt.Sprint("e", m.serial), Task: pick(t, "task", "task", 3), Kind: ledger.EventReport,
			At: m.now.Add(rapid.SampledFrom([]time.Duration{0, -time.Minute}).Draw(t, "at")), Report: &ledger.Report{Text: "已完成\n60%"}})
	}
	for range rapid.IntRange(0, 2).Draw(t, "notices") {
		m.serial++
		c.Notices = append(c.Notices, ledger.Notice{Key: pick(t, "notice", "n", 8), Kind: ledger.NoticeReply, Made: m.now,
			Body: ledger.Body{Text: fmt.Sprint("第", m.serial, "条"), Tasks: []string{"20"}}, Due: m.now.Add(rapid.SampledFrom([]time.Duration{0, 10 * time.Second}).Draw(t, "due"))})
	}
	if rapid.Bool().Draw(t, "hold?") {
		c.Hold = ledger.Hold{Fence: rapid.SampledFrom([]int64{1, 7, 1530493200123456789, entry.MaxFence}).Draw(t, "fence"), Until: m.now.Add(10 * time.Second)}
		for _, n := range c.Notices {
			m.claims = append(m.claims, ledger.Claimed{Notice: n, Fence: c.Hold.Fence})
		}
	}
	if rapid.Bool().Draw(t, "talk?") {
		c.Talk = &ledger.Talk{Key: pick(t, "talk", "k", 2)}
		if rapid.Bool().Draw(t, "set") {
			c.Talk.Until, c.Talk.Body = m.now.Add(10*time.Second), json.RawMessage(fmt.Sprintf(`{"ask": %d}`, m.serial))
		}
	}
	got, err := m.engine.Commit(t.Context(), c)
	want, wantErr := m.model.Commit(c)
	m.sameErr(err, wantErr)
	m.same(got, want)
}

func (m *machine) sync(t *rapid.T) {
	since := m.since(t)
	got, err := m.engine.Sync(t.Context(), since)
	m.ok(err)
	m.same(got, m.model.Sync(since))
}

func (m *machine) events(t *rapid.T) {
	task := maybe(t, "task", "task", 3)
	from, to := m.period(t)
	got, err := m.engine.Events(t.Context(), task, from, to)
	m.ok(err)
	m.same(got, m.model.Events(task, from, to))
}

func (m *machine) claim(t *rapid.T) {
	most := rapid.IntRange(1, 4).Draw(t, "max")
	got, err := m.engine.Claim(t.Context(), m.now, 10*time.Second, most)
	m.ok(err)
	m.same(got, m.model.Claim(m.now, 10*time.Second, most))
	m.claims = append(m.claims, got...)
}

// held draws a claim that was made at some time, or one that never was.
func (m *machine) held(t *rapid.T) (key string, fence int64) {
	if len(m.claims) == 0 {
		return pick(t, "notice", "n", 8), rapid.Int64Range(0, 2).Draw(t, "fence")
	}
	c := rapid.SampledFrom(m.claims).Draw(t, "claim")
	return c.Key, c.Fence
}

func (m *machine) settle(t *rapid.T) {
	key, fence := m.held(t)
	sent := ledger.Sent{At: m.now, Ref: maybe(t, "ref", "ref", 3)}
	var body ledger.Body
	if rapid.Bool().Draw(t, "other") {
		body = ledger.Body{Text: "催办 " + key, Tasks: []string{"3", "20"}}
	}
	err := m.engine.Settle(t.Context(), key, fence, sent, body)
	m.sameErr(err, m.model.Settle(key, fence, sent, body))
}

func (m *machine) postpone(t *rapid.T) {
	key, fence := m.held(t)
	until := m.now.Add(5 * time.Second)
	err := m.engine.Defer(t.Context(), key, fence, until, "限流")
	m.sameErr(err, m.model.Defer(key, fence, until, "限流"))
}

func (m *machine) bury(t *rapid.T) {
	key, fence := m.held(t)
	err := m.engine.Bury(t.Context(), key, fence, m.now, "无此群")
	m.sameErr(err, m.model.Bury(key, fence, m.now, "无此群"))
}

func (m *machine) look(t *rapid.T) {
	at, some, err := m.engine.NextDue(t.Context(), m.now)
	m.ok(err)
	wantAt, wantSome := m.model.NextDue(m.now)
	m.same([]any{at, some}, []any{wantAt, wantSome})
	waiting, dead, err := m.engine.Depth(t.Context())
	m.ok(err)
	wantWaiting, wantDead := m.model.Depth()
	m.same([]int64{waiting, dead}, []int64{wantWaiting, wantDead})
	letters, err := m.engine.Dead(t.Context(), 2)
	m.ok(err)
	m.same(letters, m.model.Dead(2))
}

func (m *machine) trim(t *rapid.T) {
	m.ok(m.engine.Trim(t.Context(), m.now))
	m.model.Trim(m.now)
}
