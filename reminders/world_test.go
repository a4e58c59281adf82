package reminders_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/bot"
	"duban/reminders"
	"duban/store/ledger"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

func date(s string) ledger.Date {
	d, err := ledger.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// clock reads 2018-07-02 09:00 as Beijing time.
func clock(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

// vault is a store in memory: the rules of commit and outbox in their plainest form.
type vault struct {
	mu      sync.Mutex
	book    *ledger.Book
	notices map[string]*kept
	order   []string
	fence   int64
	commits int

	settleErr func(key string) error // consulted before a settle takes effect
	freshErr  error
}

type kept struct {
	ledger.Notice
	due      time.Time
	fence    int64
	until    time.Time
	attempts int
	settled  bool
	buried   string
	sent     ledger.Sent
	body     ledger.Body
}

func newVault(t testing.TB, puts ...ledger.Record) *vault {
	t.Helper()
	v := &vault{book: ledger.NewBook(), notices: map[string]*kept{}}
	v.put(t, puts...)
	return v
}

func (v *vault) put(t testing.TB, puts ...ledger.Record) {
	t.Helper()
	if _, err := v.Commit(context.Background(), ledger.Commit{Puts: puts}); err != nil {
		t.Fatal(err)
	}
}

func (v *vault) Fresh(context.Context) (*ledger.Book, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.book, v.freshErr
}

func (v *vault) Commit(_ context.Context, c ledger.Commit) (ledger.Committed, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, e := range c.Expects {
		if v.book.Expect(e.Kind, e.ID) != e {
			return ledger.Committed{}, ledger.ErrConflict
		}
	}
	v.commits++
	d := ledger.Delta{Rev: v.book.Rev + 1}
	for _, r := range c.Puts {
		r.Rev = d.Rev
		d.Records = append(d.Records, r)
	}
	next, err := v.book.Apply(d)
	if err != nil {
		return ledger.Committed{}, err
	}
	v.book = next
	for _, n := range c.Notices {
		if v.notices[n.Key] == nil {
			v.notices[n.Key] = &kept{Notice: n, due: n.Due, fence: c.Hold.Fence, until: c.Hold.Until}
			v.order = append(v.order, n.Key)
		}
	}
	return ledger.Committed{Delta: d}, nil
}

func (v *vault) Claim(_ context.Context, now time.Time, lease time.Duration, max int) ([]ledger.Claimed, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	var out []ledger.Claimed
	for _, key := range v.order {
		k := v.notices[key]
		if k.settled || k.buried != "" || k.due.After(now) || k.until.After(now) || len(out) == max {
			continue
		}
		v.fence++
		k.fence, k.until = v.fence, now.Add(lease)
		out = append(out, ledger.Claimed{Notice: k.Notice, Fence: k.fence, Attempts: k.attempts})
	}
	return out, nil
}

func (v *vault) held(key string, fence int64) (*kept, error) {
	k := v.notices[key]
	if k == nil {
		return nil, ledger.ErrNotFound
	}
	if k.fence != fence {
		return nil, fmt.Errorf("vault: %s: %w", key, ledger.ErrLease)
	}
	return k, nil
}

func (v *vault) Settle(ctx context.Context, key string, fence int64, sent ledger.Sent, body ledger.Body) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.settleErr != nil {
		if err := v.settleErr(key); err != nil {
			return err
		}
	}
	k, err := v.held(key, fence)
	if err != nil {
		return err
	}
	k.settled, k.sent, k.body = true, sent, body
	return ctx.Err()
}

func (v *vault) Defer(_ context.Context, key string, fence int64, until time.Time, _ string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	k, err := v.held(key, fence)
	if err != nil {
		return err
	}
	k.due, k.until, k.attempts = until, time.Time{}, k.attempts+1
	return nil
}

func (v *vault) Bury(_ context.Context, key string, fence int64, _ time.Time, why string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	k, err := v.held(key, fence)
	if err != nil {
		return err
	}
	k.buried = why
	return nil
}

func (v *vault) NextDue(_ context.Context, now time.Time) (time.Time, bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	var next time.Time
	for _, k := range v.notices {
		if k.settled || k.buried != "" {
			continue
		}
		due := k.due
		if k.until.After(due) {
			due = k.until
		}
		if due.Before(now) {
			due = now
		}
		if next.IsZero() || due.Before(next) {
			next = due
		}
	}
	return next, !next.IsZero(), nil
}

// wire is a platform that keeps what was sent. fail, when set, is asked first.
type wire struct {
	mu   sync.Mutex
	out  []bot.Outgoing
	at   []time.Time // when, where now is set
	now  *time.Time
	fail func(bot.Outgoing) error
	busy int
	most int
	gate chan struct{} // when set, a send waits for it
}

func (w *wire) Send(ctx context.Context, out bot.Outgoing) (string, error) {
	w.mu.Lock()
	w.busy++
	w.most = max(w.most, w.busy)
	w.mu.Unlock()
	defer func() { w.mu.Lock(); w.busy--; w.mu.Unlock() }()
	if w.gate != nil {
		select {
		case <-w.gate:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fail != nil {
		if err := w.fail(out); err != nil {
			return "", err
		}
	}
	w.out = append(w.out, out)
	if w.now != nil {
		w.at = append(w.at, *w.now)
	}
	return fmt.Sprintf("ref-%d", len(w.out)), nil
}

func (w *wire) ids() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var ids []string
	for _, o := range w.out {
		ids = append(ids, o.ID)
	}
	return ids
}

var errWire = errors.New("connection reset")

// The records of a small office. Progress is given by the task's number.

func record(kind ledger.RecordKind, id string, v any) ledger.Record {
	if kind == ledger.RecordProgress {
		id = idOf(id)
	}
	r, err := ledger.Put(kind, id, v)
	if err != nil {
		panic(err)
	}
	return r
}

func plan() ledger.Record {
	return record(ledger.RecordPlan, "plan", ledger.Plan{Title: "两强三提高行动方案", Issued: date("2018-07-02"), Ends: date("2022-12-31")})
}

// task is the record of a task whose ID is not its number, as after a revision.
func task(t ledger.Task) ledger.Record {
	if t.ID == "" {
		t.ID = idOf(t.No)
	}
	return record(ledger.RecordTask, t.No, t)
}

func idOf(no string) string { return "id" + no }

// noOf reads IDs as the numbers that they were made of.
func noOf(id string) string { return strings.ReplaceAll(id, "id", "") }

func once(no, title, due string, owners ...ledger.Owner) ledger.Record {
	return task(ledger.Task{No: no, Title: title, Owners: owners,
		Deadline: ledger.Deadline{Kind: ledger.DeadlineDue, End: date(due)}, Points: []ledger.Point{{ID: "1", Due: date(due)}}})
}

// every is a yearly task with a period for each year, due on MM-DD.
func every(no, title, md string, from, to int, owners ...ledger.Owner) ledger.Record {
	t := ledger.Task{No: no, Title: title, Owners: owners, Deadline: ledger.Deadline{Kind: ledger.DeadlineEvery, Cycle: ledger.CycleYear}}
	for y := from; y <= to; y++ {
		t.Points = append(t.Points, ledger.Point{ID: fmt.Sprint(y), Label: fmt.Sprintf("%d年", y),
			Start: ledger.NewDate(y, 1, 1), Due: date(fmt.Sprintf("%d-%s", y, md))})
	}
	return task(t)
}

func lead(name string) ledger.Owner    { return ledger.Owner{Role: ledger.RoleLead, Name: name} }
func support(name string) ledger.Owner { return ledger.Owner{Role: ledger.RoleSupport, Name: name} }
func answers(name string) ledger.Owner { return ledger.Owner{Role: ledger.RoleResponsible, Name: name} }
func group(name string) ledger.Owner {
	return ledger.Owner{Role: ledger.RoleResponsible, Name: name, Group: true}
}

func room(id string, units ...string) ledger.Record {
	return record(ledger.RecordRoom, id, ledger.Room{ID: id, Title: id, Units: units})
}

func member(id, unit string, duties ...ledger.Duty) ledger.Record {
	m := ledger.Member{ID: id, Name: id, Duties: duties}
	if unit != "" {
		m.Units = []string{unit}
	}
	return record(ledger.RecordMember, id, m)
}

func state(no, point string, s ledger.PointState) ledger.Record {
	return record(ledger.RecordProgress, no, ledger.Progress{Points: map[string]ledger.PointState{point: s}})
}

// holidays is a calendar of weekends and the 2018 holidays that the tables speak of.
type holidays struct{}

func (holidays) IsWorkday(d ledger.Date) bool {
	switch s := d.String(); {
	case s >= "2018-10-01" && s <= "2018-10-05", s == "2018-09-24", s == "2018-12-31", s == "2019-01-01":
		return false
	case s == "2018-09-29", s == "2018-09-30", s == "2018-12-29":
		return true
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// told writes notices as room or person, then task/point and stage of each item.
func told(notices []ledger.Notice) []string {
	var out []string
	for _, n := range notices {
		line := n.To.Room + n.To.Member
		for _, i := range n.Items {
			mark := ""
			if i.Rule == reminders.RuleDraft || i.Rule == reminders.RuleHead {
				mark = i.Rule + " "
			}
			line += fmt.Sprintf(" %s%s/%s%+d", mark, noOf(i.Task), i.Point, i.Stage)
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// ladderOnly are the default rules without the figures of the week: what the tests of the
// ladder speak of.
func ladderOnly() reminders.Rules {
	r := reminders.DefaultRules()
	r.Digest = false
	return r
}
