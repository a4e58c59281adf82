package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"duban/bot"
	"duban/seeds"
	"duban/store"
	"duban/store/ledger"
)

// shelf is a store of one writer that costs next to nothing, so that the benchmark
// below sees the deciding alone.
type shelf struct {
	rev     int64
	records map[string]ledger.Record
	newest  []ledger.Record
}

func (s *shelf) delta(since int64) ledger.Delta {
	d := ledger.Delta{Rev: s.rev, Records: s.newest}
	if since == s.rev {
		d.Records = nil
	}
	return d
}

func (s *shelf) Arrive(_ context.Context, a ledger.Arrival) (ledger.Arrived, error) {
	return ledger.Arrived{Delta: s.delta(a.Since)}, nil
}

func (s *shelf) Commit(_ context.Context, c ledger.Commit) (ledger.Committed, error) {
	s.rev++
	s.newest = s.newest[:0]
	for _, r := range c.Puts {
		r.Rev = s.rev
		s.newest = append(s.newest, r)
		s.records[r.Name()] = r
	}
	return ledger.Committed{Delta: s.delta(c.Since)}, nil
}

func (s *shelf) Sync(_ context.Context, since int64) (ledger.Delta, error) {
	if since == s.rev {
		return ledger.Delta{Rev: s.rev}, nil
	}
	d := ledger.Delta{Rev: s.rev, Full: true}
	for _, r := range s.records {
		d.Records = append(d.Records, r)
	}
	return d, nil
}

func (s *shelf) Events(context.Context, string, time.Time, time.Time) ([]ledger.Event, error) {
	return nil, nil
}

func (s *shelf) SendHeld(context.Context, []ledger.Notice, int64) {}
func (s *shelf) Wake()                                            {}

// BenchmarkDesk is the deciding of a message on the real plan, without store, door
// and sending.
func BenchmarkDesk(b *testing.B) {
	for _, kind := range []string{"list", "task", "spread", "one"} {
		b.Run(kind, func(b *testing.B) { benchDesk(b, kind) })
	}
}

func benchDesk(b *testing.B, kind string) {
	s := &shelf{records: map[string]ledger.Record{}}
	ctx, now := b.Context(), firstDay()
	if err := seed(ctx, s, now); err != nil {
		b.Fatal(err)
	}
	desk, err := newDesk(ctx, s, s, func() time.Time { return now })
	if err != nil {
		b.Fatal(err)
	}
	texts, err := sayings(kind)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		x := texts[i%len(texts)]
		out, err := desk.Handle(ctx, message(i, x, now))
		if err != nil || out.Answer == nil && out.Owed == nil {
			b.Fatal(err)
		}
		i++
	}
}

func message(i int, x saying, now time.Time) bot.Message {
	return bot.Message{
		ID: fmt.Sprintf("msg%015d", i), Kind: bot.KindText, Text: x.text, At: now,
		Conversation: bot.Conversation{ID: "cid" + x.person}, Sender: bot.Sender{ID: x.person},
		Webhook: "https://oapi.dingtalk.com/robot/sendBySession?session=1", WebhookUntil: now.Add(time.Hour),
	}
}

// TestRoundTrips holds the promise of the design: a query costs one call of the store,
// a report at most two.
func TestRoundTrips(t *testing.T) {
	ctx, now := t.Context(), firstDay()
	engine, err := store.Open(ctx, store.Config{DataDir: t.TempDir(), Tenant: "trips"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := seed(ctx, engine, now); err != nil {
		t.Fatal(err)
	}
	c := &counted{Engine: engine}
	desk, err := newDesk(ctx, c, &shelf{}, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	p, err := seeds.Huzhou()
	if err != nil {
		t.Fatal(err)
	}
	who := person(p.Tasks[27].Lead())
	for i, tt := range []struct {
		text  string
		quote bool
		most  int64
	}{
		{"我的任务", false, 1}, {"任务28", false, 1}, {"本月到期", false, 1}, {"逾期", false, 1}, {"汇总", false, 1}, {"最新进展", false, 2}, {"帮助", false, 1},
		{"任务28的记录", false, 2},                                                                 // an empty history is looked for twice
		{"任务28 进度60%", false, 1}, {"任务28的记录", false, 1}, {"汇总", false, 1}, {"最新进展", false, 3}, // it keeps the look
		{"任务28 已完成招标，进度70%", true, 2}, {"已完成招标", true, 2}, {"更正 任务28 进度65%", false, 2}, {"撤回", false, 2}, {"任务28已完成", false, 2},
	} {
		m := message(i, saying{who, tt.text}, now)
		if tt.quote {
			m.Quote = &bot.Quote{Ref: "ref1", Text: "任务28", FromBot: true}
		}
		before := c.before.Load()
		if _, err := desk.Handle(ctx, m); err != nil {
			t.Fatalf("%q: %v", tt.text, err)
		}
		if n := c.before.Load() - before; n > tt.most {
			t.Errorf("%q: %d calls of the store, want at most %d", tt.text, n, tt.most)
		}
	}
}

// TestSayings holds the loads to the plan: every saying has a contact that is bound.
func TestSayings(t *testing.T) {
	p, err := seeds.Huzhou()
	if err != nil {
		t.Fatal(err)
	}
	bound := map[string]bool{}
	for _, m := range members(p) {
		bound[m.ID] = true
	}
	for _, kind := range []string{"list", "task", "spread", "one"} {
		list, err := sayings(kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			if !bound[s.person] {
				t.Errorf("%s: nobody is bound for %q", kind, s.text)
			}
		}
		if kind == "spread" && len(list) < 40 {
			t.Errorf("reports go to %d tasks only", len(list))
		}
	}
}
