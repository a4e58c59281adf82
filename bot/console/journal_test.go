package console

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"duban/bot"

	"github.com/google/go-cmp/cmp"
)

func TestSecondStartFindsEverything(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "demo", "console.jsonl")
	d := newDesk(t, options(path))
	d.taker.take = func(_ context.Context, m bot.Message) error {
		if m.Text == "坏" {
			return errors.New("no")
		}
		return nil
	}
	out := bot.Outgoing{
		ID: "n1", Room: "cid-1", Title: "提醒", Markdown: "**甲**", At: []string{"zhang"},
		Buttons: []bot.Button{{Label: "办结", Say: "已完成"}},
	}
	ref := d.send(out)
	d.say(sayRequest{Chat: "cid-1", As: "zhang", Text: "好的", Quote: ref, Mention: true})
	d.say(sayRequest{Chat: "dm-wang", As: "wang", Text: "坏"})
	d.send(bot.Outgoing{ID: "n2", Member: "wang", Markdown: "乙"})
	d.do("POST", "api/read", readLine{Chat: "cid-1", N: 2}, nil)
	d.do("POST", "api/clock", clockRequest{Do: "week"}, nil)
	before, group, direct := d.state(), d.messages("cid-1"), d.messages("dm-wang")
	d.stop()

	o := options(path)
	o.Clock = d.clock
	again := newDesk(t, o)
	young := cmp.FilterPath(func(p cmp.Path) bool {
		name := p.Last().String()
		return name == ".V" || name == ".Epoch" || name == ".Seq"
	}, cmp.Ignore())
	for _, diff := range []string{
		cmp.Diff(before, again.state(), young, cmp.AllowUnexported(clockView{})),
		cmp.Diff(group, again.messages("cid-1"), young),
		cmp.Diff(direct, again.messages("dm-wang"), young),
	} {
		if diff != "" {
			t.Errorf("after a second start (-before +after):\n%s", diff)
		}
	}
	if at, ok := again.LastClock(); !ok || !at.Equal(start.Add(7*day)) {
		t.Errorf("LastClock = %v, %v", at, ok)
	}
	if got := again.send(out); got != ref {
		t.Errorf("the same notice after a start has ref %q, want %q", got, ref)
	}
	again.say(sayRequest{Chat: "cid-1", As: "zhang", Text: "再引", Quote: ref, Mention: true})
	if q := again.taker.messages()[0].Quote; q == nil || q.Text != "**甲**" {
		t.Errorf("quote = %+v", q)
	}
}

func TestTornLastLineIsDropped(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "console.jsonl")
	d := newDesk(t, options(path))
	d.send(bot.Outgoing{ID: "n1", Member: "zhang", Markdown: "甲"})
	d.send(bot.Outgoing{ID: "n2", Member: "zhang", Markdown: "乙"})
	d.stop()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data[:len(data)-7], 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		d = newDesk(t, options(path))
		d.send(bot.Outgoing{ID: "n3", Member: "zhang", Markdown: "丙"})
		var got []string
		for _, b := range d.messages("dm-zhang") {
			got = append(got, b.Gist)
		}
		if diff := cmp.Diff([]string{"甲", "丙"}, got); diff != "" {
			t.Errorf("messages (-want +got):\n%s", diff)
		}
		d.stop()
	}
}

func TestBrokenLinesAreSkipped(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "console.jsonl")
	lines := "not json\n" +
		`{"msg":{"n":1,"ref":"a","chat":"dm-gone","at":"2018-07-02T09:00:00+08:00","text":"走了"}}` + "\n" +
		`{"msg":{"n":2,"ref":"b","chat":"dm-zhang","at":"2018-07-02T09:00:00+08:00","text":"在"}}` + "\n" +
		`{"msg":{"n":2,"ref":"b","chat":"dm-zhang","at":"2018-07-02T09:00:00+08:00","text":"重复"}}` + "\n" +
		`{"state":{"ref":"gone","state":"failed"}}` + "\n{}\n"
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, options(path))
	if got := d.messages("dm-zhang"); len(got) != 1 || got[0].Gist != "在" {
		t.Errorf("messages: %+v", got)
	}
}

// A message of a person who is not played this time keeps its number, so that nothing
// said now is lost when that person is back.
func TestNumbersAreGivenOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "console.jsonl")
	d := newDesk(t, options(path))
	d.send(bot.Outgoing{ID: "n1", Member: "wang", Markdown: "甲"})
	d.stop()
	o := options(path)
	o.People, o.Rooms = o.People[:1], nil
	d = newDesk(t, o)
	d.send(bot.Outgoing{ID: "n2", Member: "zhang", Markdown: "乙"})
	d.stop()
	d = newDesk(t, options(path))
	if n, m := len(d.messages("dm-zhang")), len(d.messages("dm-wang")); n != 1 || m != 1 {
		t.Errorf("%d and %d messages, want one each", n, m)
	}
}

// A message that was being delivered when the process died may be sent again, under its
// id.
func TestCutShortMessageCanBeResent(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "console.jsonl")
	line := `{"msg":{"n":1,"ref":"say-1","chat":"dm-zhang","from":"zhang","at":"2018-07-02T09:00:00+08:00","text":"汇总","to_bot":true,"state":"sending"}}` + "\n"
	if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, options(path))
	if got := d.messages("dm-zhang"); got[0].State != stateFailed {
		t.Fatalf("state = %q", got[0].State)
	}
	d.say(sayRequest{Resend: "say-1"})
	if got := d.taker.messages(); len(got) != 1 || got[0].ID != "say-1" || got[0].Text != "汇总" {
		t.Errorf("taken: %+v", got)
	}
}

func TestLongJournalIsRewrittenAtAStart(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "console.jsonl")
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	for i := range compactOver + 1 {
		at := start.Add(time.Duration(i) * time.Second)
		if err := e.Encode(record{Msg: &entry{N: int64(i + 1), Ref: fmt.Sprint("r", i), Chat: "dm-zhang", At: at, Text: fmt.Sprint(i)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(e.Encode(record{Read: &readLine{Chat: "dm-zhang", N: 9}}), e.Encode(record{Clock: &start})); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		d := newDesk(t, options(path))
		s := d.summaryOf("dm-zhang")
		if s.Last.N != compactOver+1 || s.Unread != maxKept {
			t.Errorf("last %+v, unread %d", s.Last, s.Unread)
		}
		if at, ok := d.LastClock(); !ok || !at.Equal(start) {
			t.Errorf("clock %v %v", at, ok)
		}
		d.stop()
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(data, []byte("\n")); n != maxKept+2 {
		t.Errorf("the journal has %d lines, want %d", n, maxKept+2)
	}
}

// A journal that cannot be written refuses the message instead of forgetting it later.
func TestUnwritableJournalRefuses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(filepath.Join(t.TempDir(), "console.jsonl")))
	good := d.journal.f
	closed, err := os.CreateTemp(t.TempDir(), "closed")
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	d.journal.f = closed
	out := bot.Outgoing{ID: "n1", Member: "zhang", Markdown: "甲"}
	if _, err := d.Send(t.Context(), out); err == nil {
		t.Error("Send gives no error")
	}
	d.refused("api/say", sayRequest{Chat: "dm-zhang", As: "zhang", Text: "x"}, http.StatusInternalServerError)
	d.journal.f = good
	d.send(out)
	if got := d.messages("dm-zhang"); len(got) != 1 || got[0].Gist != "甲" {
		t.Errorf("after the failure: %+v", got)
	}
}

// TestSecretWordsAreNotKept: the bot is asked, so that it can refuse; the pages and the
// journal show only that something was withheld.
func TestSecretWordsAreNotKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "console.jsonl")
	o := options(path)
	o.Secret = func(text string) bool { return text == "甲乙丙" }
	d := newDesk(t, o)
	var got []string
	fail := true
	d.taker.take = func(_ context.Context, m bot.Message) error {
		if got = append(got, m.Text); fail {
			return errors.New("no")
		}
		return nil
	}
	first := d.say(sayRequest{Chat: "dm-wang", As: "wang", Text: "甲乙丙"})
	fail = false
	d.do("POST", "api/say", sayRequest{Resend: first.Ref}, nil)
	d.say(sayRequest{Chat: "cid-1", As: "wang", Text: "甲乙丙"})
	if diff := cmp.Diff([]string{"甲乙丙", "甲乙丙"}, got); diff != "" {
		t.Errorf("to the bot (-want +got):\n%s", diff)
	}
	for _, chat := range []string{"dm-wang", "cid-1"} {
		if m := d.messages(chat); m[0].Text != withheld {
			t.Errorf("%s shows %q", chat, m[0].Text)
		}
	}
	d.stop()
	if b, err := os.ReadFile(path); err != nil || bytes.Contains(b, []byte("甲乙丙")) {
		t.Errorf("the journal has the words: %v\n%s", err, b)
	}
}
