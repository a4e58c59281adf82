package dingtalk_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot"
	"duban/bot/bottest"
)

// What the fake says, the door understands: each type over the wire.
func TestInboundTypes(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for _, tt := range []struct {
		say  bottest.Saying
		kind bot.Kind
		text string
		file string // name; "-" is a nameless file
	}{
		{bottest.Saying{User: "u1", Text: "我的任务"}, bot.KindText, "我的任务", ""},
		{bottest.Saying{User: "u1", Group: roomA, At: true, Text: "我的任务"}, bot.KindText, "我的任务", ""},
		{bottest.Saying{User: "x9", Text: "你好"}, bot.KindText, "你好", ""},
		{bottest.Saying{User: "u1", Type: "picture"}, bot.KindPicture, "", "-"},
		{bottest.Saying{User: "u1", Group: roomA, At: true, Type: "richText", Text: "已完成"}, bot.KindText, "已完成", "-"},
		{bottest.Saying{User: "u1", Type: "audio", Text: "汇总。"}, bot.KindVoice, "汇总。", "-"},
		{bottest.Saying{User: "u1", Type: "video"}, bot.KindUnsupported, "", "video.mp4"},
		{bottest.Saying{User: "u1", Type: "file", Text: "方案.docx"}, bot.KindFile, "", "方案.docx"},
		{bottest.Saying{User: "u1", Type: "unknownMsgType"}, bot.KindUnsupported, "", ""},
		{bottest.Saying{User: "u1", Type: "somethingNew"}, bot.KindUnsupported, "", ""},
		{bottest.Saying{User: "u1", Text: "x", Set: map[string]any{"createAt": "1530493200000", "extra": 1, "senderPlatform": nil}}, bot.KindText, "x", ""},
	} {
		m := r.say(t, tt.say)
		name := ""
		if m.File != nil {
			if name = m.File.Name; name == "" {
				name = "-"
			}
		}
		if m.Kind != tt.kind || m.Text != tt.text || name != tt.file {
			t.Errorf("%+v: took %+v", tt.say, m)
		}
		wantID := tt.say.User
		if wantID == "x9" {
			wantID = "" // outsiders have no staff id
		}
		if m.Sender.ID != wantID || m.Mentioned != (tt.say.Group != "") || !m.At.Equal(r.clock.Now()) ||
			m.Webhook == "" || !m.WebhookUntil.Equal(r.clock.Now().Add(90*time.Minute)) {
			t.Errorf("%+v: took %+v", tt.say, m)
		}
	}
}

func TestInboundQuotes(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	ref, err := r.client.Send(t.Context(), bot.Outgoing{ID: "1", Room: roomA, Title: "提醒", Markdown: "20号任务"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		quote *bottest.Quote
		want  bot.Quote
	}{
		{bottest.QuoteOf(r.Seen(roomA)[0]), bot.Quote{Ref: ref, FromBot: true}},
		{&bottest.Quote{MsgID: "m1", From: "u2", Text: "请报"}, bot.Quote{Ref: "m1", Text: "请报"}},
		{&bottest.Quote{MsgID: "m1", Text: "请报"}, bot.Quote{Ref: "m1", Text: "请报", FromBot: true}},
		{&bottest.Quote{Form: bottest.QuoteBare, MsgID: "m1"}, bot.Quote{Ref: "m1"}},
		{&bottest.Quote{Form: bottest.QuoteLegacy, MsgID: "m1", From: "u2", Text: "请报"}, bot.Quote{Ref: "m1", Text: "请报"}},
	} {
		m := r.say(t, bottest.Saying{User: "u1", Group: roomA, At: true, Text: "已完成60%", Quote: tt.quote})
		if diff := cmp.Diff(&tt.want, m.Quote); diff != "" || m.Text != "已完成60%" {
			t.Errorf("%+v: %s", tt.quote, diff)
		}
	}
}

func TestInboundRefusals(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for _, tt := range []struct {
		say    bottest.Saying
		busy   error
		status int
	}{
		{bottest.Saying{User: "u1", Text: "x"}, nil, http.StatusOK},
		{bottest.Saying{User: "u1", Text: "x", BadSign: true}, nil, http.StatusUnauthorized},
		{bottest.Saying{User: "u1", Text: "x", Age: 2 * time.Hour}, nil, http.StatusUnauthorized},
		{bottest.Saying{User: "u1", Text: "x", Age: -2 * time.Hour}, nil, http.StatusUnauthorized},
		{bottest.Saying{User: "u1", Text: "x", Age: 59 * time.Minute}, nil, http.StatusOK},
		{bottest.Saying{User: "u1", Text: "x", Set: map[string]any{"msgId": nil}}, nil, http.StatusBadRequest},
		{bottest.Saying{User: "u1", Text: "x"}, bot.ErrFull, http.StatusServiceUnavailable},
	} {
		r.mu.Lock()
		r.busy = tt.busy
		r.mu.Unlock()
		if d, err := r.Say(t.Context(), tt.say); err != nil || d.Status != tt.status {
			t.Errorf("%+v: %d, %v", tt.say, d.Status, err)
		}
	}
}

// The same message twice has the same id and a new signature; once-only is the store's.
func TestInboundRepeat(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	first := r.say(t, bottest.Saying{User: "u1", Text: "已完成"})
	r.clock.Advance(3 * time.Hour)
	if d, err := r.Repeat(t.Context(), first.ID); err != nil || d.Status != http.StatusOK {
		t.Fatal(d, err)
	}
	if diff := cmp.Diff(first, r.last()); diff != "" || len(r.took) != 2 {
		t.Error(diff)
	}
}
