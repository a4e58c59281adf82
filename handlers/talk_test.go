package handlers_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot"
	"duban/handlers"
	"duban/internal/zh/workday"
	"duban/reminders"
	"duban/seeds"
	"duban/store/embedded"
	"duban/store/ledger"
)

var update = flag.Bool("update", false, "rewrite golden files")

// rig is a desk on an embedded store with the Huzhou plan, sample people and a clock
// of its own. Everything that would be sent is written down.
type rig struct {
	t     *testing.T
	desk  *handlers.Desk
	store *embedded.Engine
	now   time.Time
	sent  []ledger.Notice
	files shelf

	suggester handlers.Suggester
	options   handlers.Options
	seq       int
}

type always struct{}

// Next is always now: the rig does not test working hours.
func (always) Next(t time.Time) time.Time { return t }

func (r *rig) SendHeld(ctx context.Context, list []ledger.Notice, fence int64) {
	for _, n := range list {
		r.sent = append(r.sent, n)
		if err := r.store.Settle(ctx, n.Key, fence, ledger.Sent{At: r.now, Ref: "ref-" + n.Key}, n.Body); err != nil {
			r.t.Errorf("settle %s: %v", n.Key, err)
		}
	}
}

func (r *rig) Wake() {}

// Suggest passes on to the suggester of the test, if there is one.
func (r *rig) Suggest(ctx context.Context, text string, commands []string) (string, error) {
	if r.suggester == nil {
		return "", nil
	}
	return r.suggester.Suggest(ctx, text, commands)
}

func (r *rig) Download(ctx context.Context, code string, max int64) ([]byte, error) {
	return r.files.Download(ctx, code, max)
}

func newRig(t *testing.T, worder handlers.Worder, change ...func(*handlers.Options)) *rig {
	t.Helper()
	ctx := t.Context()
	store, err := embedded.Open(ctx, t.TempDir(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, store: store, now: time.Date(2018, 7, 2, 9, 0, 0, 0, zone)}
	r.settle(ctx)
	o := handlers.Options{
		Ledger: store, Post: r, Hours: always{}, Worder: worder, Writers: writers, Files: r, Suggester: r, Now: func() time.Time { return r.now },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Bot: "督办助手", Imprint: ledger.Imprint{Organ: "湖州市人民政府", Office: "市政府督查室"},
		Light: ledger.DefaultLightRules(ledger.Date{}),
		Rules: reminders.DefaultRules(),
		State: func(context.Context) string { return "- 存储：正常" },
		Config: func() []string {
			return []string{"office = 市政府督查室", "redis_url = ******", "reminders.before = [30 15 7 3 1 0]", "reminders.after = [1 3 5]", "reminders.weekly = true"}
		},
	}
	for _, f := range change {
		f(&o)
	}
	r.options = o
	r.desk, err = handlers.NewDesk(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *rig) settle(ctx context.Context) {
	p, err := seeds.Huzhou()
	if err != nil {
		r.t.Fatal(err)
	}
	recs, err := ledger.PlanRecords(ledger.NewBook(), p, ledger.Revised{})
	if err != nil {
		r.t.Fatal(err)
	}
	put := func(kind ledger.RecordKind, id string, v any) {
		rec, err := ledger.Put(kind, id, v)
		if err != nil {
			r.t.Fatal(err)
		}
		recs = append(recs, rec)
	}
	for _, m := range []ledger.Member{
		{ID: "张敏", Name: "张敏", Units: []string{"市大数据中心"}, Duties: []ledger.Duty{ledger.DutyContact}},
		{ID: "李军", Name: "李军", Units: []string{"市政府法制办"}, Duties: []ledger.Duty{ledger.DutyContact}},
		{ID: "王慧", Name: "王慧", Duties: []ledger.Duty{ledger.DutySupervisor}},
		{ID: "陈光", Name: "陈光", Duties: []ledger.Duty{ledger.DutyLeader}},
		{ID: "周涛", Name: "周涛", Duties: []ledger.Duty{ledger.DutyAdmin}, Configured: true},
	} {
		put(ledger.RecordMember, m.ID, m)
	}
	put(ledger.RecordRoom, "数据群", ledger.Room{ID: "数据群", Title: "数字化转型工作群", Units: []string{"市大数据中心"}})
	if _, err := r.store.Commit(ctx, ledger.Commit{Puts: recs, Now: r.now}); err != nil {
		r.t.Fatal(err)
	}
}

// say lets a person write to the bot, alone or in a group (name@group), and returns
// the answer.
func (r *rig) say(who, text string, quote *bot.Quote) (string, error) {
	r.t.Helper()
	r.seq++
	r.now = r.now.Add(time.Second)
	m := bot.Message{ID: fmt.Sprintf("m%d", r.seq), Kind: bot.KindText, Text: text, Quote: quote, At: r.now}
	name, group, inGroup := strings.Cut(who, "@")
	m.Sender = bot.Sender{ID: name, Nick: name}
	m.Conversation = bot.Conversation{ID: "dm-" + name}
	if name == "外人" {
		m.Sender.ID = ""
	}
	if inGroup {
		m.Conversation, m.Mentioned = bot.Conversation{ID: group, Group: true, Title: group}, true
	}
	return r.take(m)
}

func (r *rig) take(m bot.Message) (string, error) {
	before := len(r.sent)
	out, err := r.desk.Handle(r.t.Context(), m)
	if err != nil {
		return "", err
	}
	if out.Answer != nil {
		return out.Answer.Markdown, nil
	}
	if out.Owed != nil {
		out.Owed(r.t.Context())
	}
	var b strings.Builder
	for _, n := range r.sent[before:] {
		if n.Key == "reply/"+m.ID {
			b.WriteString(n.Body.Text)
			continue
		}
		fmt.Fprintf(&b, "\n[→%s%s] %s", n.To.Member, n.To.Room, n.Body.Text)
	}
	return b.String(), nil
}

// owed is what waits in the outbox: receipts in their words, files by what was asked.
func (r *rig) owed() string {
	r.t.Helper()
	list, err := r.store.Claim(r.t.Context(), r.now, time.Hour, 10)
	if err != nil {
		r.t.Fatal(err)
	}
	var said, slow strings.Builder
	for _, n := range list {
		if n.Kind == ledger.NoticeReply {
			said.WriteString(n.Body.Text)
			continue
		}
		if n.Kind == ledger.NoticeFile {
			fmt.Fprintf(&slow, "\n[owed: %s %q]", n.Kind, n.Ask)
		}
	}
	return said.String() + slow.String()
}

// TestTalks plays each script of testdata/*.talk and holds what everybody reads
// against its golden file. A script line is "who> text", "who[28]> text" for a quote of
// the bot's words about task 28, "+3d" to move the clock, or a comment.
func TestTalks(t *testing.T) {
	files, err := filepath.Glob("testdata/*.talk")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".talk"), func(t *testing.T) {
			got := play(t, file)
			if diff := cmp.Diff(got, play(t, file, aside)); diff != "" {
				t.Errorf("%s: after a revision in which all numbers changed (-as they were +as they are):\n%s", file, diff)
			}
			golden := strings.TrimSuffix(file, ".talk") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", golden, diff)
			}
		})
	}
}

// monthly asks for a report by the 25th of each month.
func monthly(o *handlers.Options) {
	cal := workday.Default()
	o.Rhythm = handlers.Rhythm{Plan: ledger.Reporting{Every: ledger.RhythmMonth, Day: 25}, Budget: 3, IsWorkday: cal.IsWorkday}
}

// shared adds task 49, which one unit leads and two support, and a contact of the second.
func shared(t *testing.T) func(*handlers.Options) {
	return func(o *handlers.Options) {
		due := ledger.NewDate(2018, time.September, 30)
		var recs []ledger.Record
		for _, v := range []struct {
			kind ledger.RecordKind
			id   string
			body any
		}{
			{ledger.RecordTask, "49", ledger.Task{
				No: "49", Title: "建成全市统一的公共数据目录", TimeText: "2018年9月底前",
				Owners: []ledger.Owner{{Role: ledger.RoleLead, Name: "市大数据中心"}, {Role: ledger.RoleSupport, Name: "市政府法制办"}, {Role: ledger.RoleSupport, Name: "市财政局"}},
				Points: []ledger.Point{{ID: "1", Due: due}},
			}},
			{ledger.RecordMember, "赵蕾", ledger.Member{ID: "赵蕾", Name: "赵蕾", Units: []string{"市财政局"}, Duties: []ledger.Duty{ledger.DutyContact}}},
		} {
			rec, err := ledger.Put(v.kind, v.id, v.body)
			if err != nil {
				t.Fatal(err)
			}
			recs = append(recs, rec)
		}
		if _, err := o.Ledger.Commit(t.Context(), ledger.Commit{Puts: recs, Now: o.Now()}); err != nil {
			t.Fatal(err)
		}
	}
}

// aside gives every task the number of its neighbour as ID, as if a revision had moved all
// tasks on by one: whatever is kept under a number instead of an ID then stands with another task.
func aside(o *handlers.Options) {
	ctx := context.Background()
	d, err := o.Ledger.Sync(ctx, 0)
	if err != nil {
		panic(err)
	}
	b, err := ledger.NewBook().Apply(d)
	if err != nil {
		panic(err)
	}
	var recs []ledger.Record
	for i, x := range b.Tasks {
		moved := b.Plain(x.No)
		moved.ID = b.Tasks[(i+1)%len(b.Tasks)].No
		rec, err := ledger.Put(ledger.RecordTask, x.No, moved)
		if err != nil {
			panic(err)
		}
		recs = append(recs, rec)
	}
	if _, err := o.Ledger.Commit(ctx, ledger.Commit{Puts: recs, Now: o.Now()}); err != nil {
		panic(err)
	}
}

func play(t *testing.T, file string, more ...func(*handlers.Options)) string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var change []func(*handlers.Options)
	if strings.HasSuffix(file, "rhythm.talk") {
		change = append(change, monthly)
	}
	if strings.HasSuffix(file, "share.talk") {
		change = append(change, shared(t))
	}
	r := newRig(t, nil, append(change, more...)...)
	var b strings.Builder
	for s := bufio.NewScanner(f); s.Scan(); {
		line := s.Text()
		if d, err := time.ParseDuration(strings.TrimPrefix(line, "+")); strings.HasPrefix(line, "+") && err == nil {
			r.now = r.now.Add(d)
			fmt.Fprintf(&b, "— %s —\n\n", r.now.Format("2006-01-02 15:04"))
			continue
		}
		who, text, ok := strings.Cut(line, "> ")
		if !ok {
			continue
		}
		var quote *bot.Quote
		if name, task, quoted := strings.Cut(strings.TrimSuffix(who, "]"), "["); quoted {
			who = name
			quote = &bot.Quote{FromBot: true, Text: "任务" + strings.ReplaceAll(task, ",", "\n任务")}
		}
		answer, err := r.say(who, strings.ReplaceAll(text, `\n`, "\n"), quote)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if answer == "" {
			answer = r.owed()
		}
		fmt.Fprintf(&b, "%s\n%s\n\n", line, answer)
	}
	return b.String()
}
