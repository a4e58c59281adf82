package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"duban/bot"

	"github.com/google/go-cmp/cmp"
)

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Options){
		"no clock":             func(o *Options) { o.Clock = nil },
		"no people":            func(o *Options) { o.People = nil },
		"a person twice":       func(o *Options) { o.People = append(o.People, o.People[0]) },
		"a room of strangers":  func(o *Options) { o.Rooms[0].People = []string{"nobody"} },
		"a room named like dm": func(o *Options) { o.Rooms[0].ID = "dm-zhang" },
	} {
		o := options("")
		change(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s: New gives no error", name)
		}
	}
}

func TestPrivateMessage(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	ref := d.send(bot.Outgoing{ID: "n1", Member: "zhang", Title: "提醒", Markdown: "**第20项** 临期"})
	b := d.say(sayRequest{Chat: "dm-zhang", As: "zhang", Text: "  进度60% ", Quote: ref})
	want := []bot.Message{{
		ID: b.Ref, Kind: bot.KindText, Text: "进度60%", At: start,
		Conversation: bot.Conversation{ID: "dm-zhang"}, Sender: bot.Sender{ID: "zhang", Nick: "张敏"},
		Quote: &bot.Quote{Ref: ref, Text: "**第20项** 临期", FromBot: true},
	}}
	if diff := cmp.Diff(want, d.taker.messages()); diff != "" {
		t.Errorf("taken (-want +got):\n%s", diff)
	}
	if b.State != stateSent || b.Quote.Text != "第20项 临期" {
		t.Errorf("bubble = %+v, quote %+v", b, b.Quote)
	}
}

func TestGroupMessageReachesTheBotOnlyWithMention(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	d.say(sayRequest{Chat: "cid-1", As: "wang", Text: "大家看看"})
	d.say(sayRequest{Chat: "cid-1", As: "wang", Text: "我的任务", Mention: true})
	d.say(sayRequest{Chat: "cid-1", As: "zhang", Text: "@督办助手 逾期"})
	if n := len(d.messages("cid-1")); n != 3 {
		t.Errorf("the group shows %d messages, want 3", n)
	}
	got := d.taker.messages()
	if len(got) != 2 {
		t.Fatalf("taken: %+v, want 2", got)
	}
	for i, text := range []string{"我的任务", "逾期"} {
		if m := got[i]; m.Text != text || !m.Mentioned || !m.Conversation.Group || m.Conversation.Title != "数字政府督办群" {
			t.Errorf("message %d = %+v, want %q with a mention", i, m, text)
		}
	}
}

func TestPressSaysTheButtonsWords(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	ref := d.send(bot.Outgoing{ID: "n1", Room: "cid-1", Markdown: "请反馈", Buttons: []bot.Button{{Label: "办结", Say: "第20项 已完成"}}})
	if code := d.do("POST", "api/press", pressRequest{As: "wang", Ref: ref}, nil); code != http.StatusOK {
		t.Fatalf("press: status %d", code)
	}
	if got := d.taker.messages(); len(got) != 1 || got[0].Text != "第20项 已完成" || !got[0].Mentioned || got[0].Sender.ID != "wang" {
		t.Errorf("taken: %+v", got)
	}
	d.refused("api/press", pressRequest{As: "wang", Ref: ref, Button: 1}, http.StatusNotFound)
	d.refused("api/press", pressRequest{As: "wang", Ref: "nothing"}, http.StatusNotFound)
}

func TestSameKeySaysNothingTwice(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	req := sayRequest{Chat: "dm-wang", As: "wang", Text: "我的任务", Key: "0123456789abcdef"}
	first, again := d.say(req), d.say(req)
	if first.Ref != again.Ref || len(d.taker.messages()) != 1 || len(d.messages("dm-wang")) != 1 {
		t.Errorf("said twice: %s, %s, taken %d", first.Ref, again.Ref, len(d.taker.messages()))
	}
}

func TestResendKeepsTheMessageID(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	fail := true
	d.taker.take = func(context.Context, bot.Message) error {
		if fail {
			return bot.ErrFull
		}
		return nil
	}
	b := d.say(sayRequest{Chat: "dm-wang", As: "wang", Text: "汇总"})
	if b.State != stateFailed {
		t.Fatalf("state = %q, want %q", b.State, stateFailed)
	}
	fail = false
	d.clock.now = start.Add(time.Hour)
	if b := d.say(sayRequest{Resend: b.Ref}); b.State != stateSent {
		t.Errorf("state after resend = %q", b.State)
	}
	got := d.taker.messages()
	if diff := cmp.Diff(got[0], got[1]); diff != "" {
		t.Errorf("the second try differs:\n%s", diff)
	}
	d.refused("api/say", sayRequest{Resend: b.Ref}, http.StatusConflict)
	if n := len(d.messages("dm-wang")); n != 1 {
		t.Errorf("%d bubbles, want 1", n)
	}
}

func TestSayRefuses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	other := d.send(bot.Outgoing{ID: "n1", Member: "wang", Markdown: "王"})
	tests := []struct {
		req    sayRequest
		status int
	}{
		{sayRequest{Chat: "dm-nobody", As: "zhang", Text: "x"}, http.StatusNotFound},
		{sayRequest{Chat: "dm-zhang", As: "wang", Text: "x"}, http.StatusForbidden},
		{sayRequest{Chat: "cid-2", As: "zhang", Text: "x"}, http.StatusForbidden},
		{sayRequest{Chat: "dm-zhang", As: "zhang", Text: " \n"}, http.StatusBadRequest},
		{sayRequest{Chat: "cid-1", As: "zhang", Text: "@督办助手"}, http.StatusBadRequest},
		{sayRequest{Chat: "dm-zhang", As: "zhang", Text: strings.Repeat("字", maxText+1)}, http.StatusBadRequest},
		{sayRequest{Chat: "dm-zhang", As: "zhang", Text: strings.Repeat("字", maxBody)}, http.StatusRequestEntityTooLarge},
		{sayRequest{Chat: "dm-zhang", As: "zhang", Text: "x", Quote: other}, http.StatusNotFound},
		{sayRequest{Resend: "nothing"}, http.StatusConflict},
	}
	for _, tt := range tests {
		d.refused("api/say", tt.req, tt.status)
	}
	if got := d.taker.messages(); len(got) != 0 {
		t.Errorf("taken: %+v", got)
	}
	d.say(sayRequest{Chat: "dm-zhang", As: "zhang", Text: strings.Repeat("字", maxText)})
}

func TestUnboundConsoleIsNotReady(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	d.Bind(nil)
	d.refused("api/say", sayRequest{Chat: "dm-zhang", As: "zhang", Text: "x"}, http.StatusServiceUnavailable)
	if n := len(d.messages("dm-zhang")); n != 0 {
		t.Errorf("%d bubbles, want none", n)
	}
}

func TestSendIsIdempotent(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	out := bot.Outgoing{ID: "n1", Room: "cid-1", Title: "提醒", Markdown: "甲", At: []string{"zhang"}}
	if first, again := d.send(out), d.send(out); first != again || first == "" {
		t.Errorf("refs %q and %q, want the same", first, again)
	}
	if n := len(d.messages("cid-1")); n != 1 {
		t.Errorf("%d bubbles, want 1", n)
	}
	s := d.summaryOf("cid-1")
	if s.Unread != 1 || !cmp.Equal(s.Mentioned, []string{"zhang"}) || s.Last.Preview != "提醒" {
		t.Errorf("summary = %+v, last %+v", s, s.Last)
	}
	d.do("POST", "api/read", readLine{Chat: "cid-1", N: s.Last.N}, nil)
	if s := d.summaryOf("cid-1"); s.Unread != 0 || s.Mentioned != nil {
		t.Errorf("after reading: %+v", s)
	}
}

func TestSendRefuses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	for name, out := range map[string]bot.Outgoing{
		"no target":   {Markdown: "x"},
		"two targets": {Room: "cid-1", Member: "zhang", Markdown: "x"},
		"no room":     {Room: "cid-9", Markdown: "x"},
		"no member":   {Member: "nobody", Markdown: "x"},
		"empty":       {Room: "cid-1", Markdown: " "},
		"too long":    {Room: "cid-1", Markdown: strings.Repeat("x", maxOut+1)},
	} {
		_, err := d.Send(t.Context(), out)
		var no *bot.Refusal
		if !errors.As(err, &no) || no.Retryable() {
			t.Errorf("%s: %v, want a final refusal", name, err)
		}
	}
	if d.Close() != nil {
		t.Error("close")
	}
	if _, err := d.Send(t.Context(), bot.Outgoing{Room: "cid-1", Markdown: "x"}); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v, want ErrClosed", err)
	}
}

func TestOlderMessagesComePageByPage(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	for i := range maxPage + 5 {
		d.send(bot.Outgoing{ID: fmt.Sprint(i), Member: "zhang", Markdown: fmt.Sprint(i)})
	}
	var p pageOf
	d.do("GET", "api/older?chat=dm-zhang", nil, &p)
	if len(p.Messages) != maxPage || !p.More {
		t.Fatalf("first page: %d, more %v", len(p.Messages), p.More)
	}
	before := p.Messages[0].N
	p = pageOf{}
	d.do("GET", fmt.Sprintf("api/older?chat=dm-zhang&before=%d", before), nil, &p)
	if len(p.Messages) != 5 || p.More || p.Messages[4].N != before-1 {
		t.Errorf("second page: %d, more %v", len(p.Messages), p.More)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	d := newDesk(t, options(""))
	for i := range maxKept + 10 {
		d.send(bot.Outgoing{ID: fmt.Sprint(i), Member: []string{"zhang", "wang"}[i%2], Markdown: "x"})
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	kept := len(d.byID["dm-zhang"].entries) + len(d.byID["dm-wang"].entries)
	if len(d.entries) != maxKept || kept != maxKept || len(d.byRef) != maxKept || len(d.byOut) != maxKept {
		t.Errorf("kept %d, in chats %d, by ref %d, by id %d; want %d", len(d.entries), kept, len(d.byRef), len(d.byOut), maxKept)
	}
	if len(d.feed.backlog) > 2*maxBacklog {
		t.Errorf("backlog of %d", len(d.feed.backlog))
	}
}
