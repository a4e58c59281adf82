package dingtalk_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot"
	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

func TestReplyBySession(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	m := r.say(t, bottest.Saying{User: "u1", Group: roomA, Text: "我的任务", At: true})
	if m.Text != "我的任务" || !m.Mentioned || m.Sender.ID != "u1" || m.Conversation.Title != "吴兴专班" {
		t.Fatalf("took %+v", m)
	}
	out := reply(m, "**记下了**\n- 20号任务\n第二行\n第三行")
	out.At = []string{"u1", "stranger"}
	out.Buttons = []bot.Button{{Label: "确认", Say: "确认 20"}, {Label: "改", Say: "修改 20"}}
	if ref, err := r.client.Send(t.Context(), out); err != nil || ref != "" {
		t.Fatal(ref, err)
	}
	seen := r.Seen(roomA)
	if len(seen) != 1 {
		t.Fatalf("saw %d", len(seen))
	}
	n := seen[0]
	want := "**记下了**\n- 20号任务\n第二行\n第三行\n\n可回复：「确认 20」「修改 20」\n\n@u1 @stranger"
	if diff := cmp.Diff(want, n.Text); diff != "" || n.Via != "session" || n.Title != "回复" || n.Type != "markdown" {
		t.Errorf("%+v\n%s", n, diff)
	}
	if diff := cmp.Diff([]string{"u1"}, n.At); diff != "" {
		t.Error(diff)
	}
}

func TestReplyDirectWithButtons(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	m := r.say(t, bottest.Saying{User: "u1", Text: "20号完成60%"})
	for n := 1; n <= 6; n++ {
		out := reply(m, "要记下吗？")
		out.At = []string{"u1"} // means nothing here
		for i := range n {
			out.Buttons = append(out.Buttons, bot.Button{Label: fmt.Sprint("按钮", i), Say: fmt.Sprintf("确认 %d & 60%%+1", i)})
		}
		for _, session := range []bool{true, false} {
			if !session {
				out.Webhook = ""
			}
			if _, err := r.client.Send(t.Context(), out); err != nil {
				t.Fatal(n, session, err)
			}
			seen := r.SeenBy("u1")
			got := seen[len(seen)-1]
			if n == 6 {
				if len(got.Buttons) != 0 || !strings.Contains(got.Text, "可回复：「确认 0 & 60%+1」") {
					t.Errorf("%d: %+v", n, got)
				}
				continue
			}
			if len(got.Buttons) != n || strings.Contains(got.Text, "@") {
				t.Fatalf("%d: %+v", n, got)
			}
			d, err := r.Press(t.Context(), "u1", got, fmt.Sprint("按钮", n-1))
			if err != nil || d.Status != http.StatusOK {
				t.Fatal(d, err)
			}
			if want := fmt.Sprintf("确认 %d & 60%%+1", n-1); r.last().Text != want {
				t.Errorf("pressed %q, want %q", r.last().Text, want)
			}
		}
	}
}

func TestFallBackWhenSessionEnds(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		group bool
		age   time.Duration
		until time.Duration // what the bot believes, from the saying on
		via   string
	}{
		"alive":                       {true, 89 * time.Minute, 90 * time.Minute, "session"},
		"within the margin":           {true, 90*time.Minute - 20*time.Second, 90 * time.Minute, "group"},
		"ended":                       {true, 91 * time.Minute, 90 * time.Minute, "group"},
		"ended, one-to-one":           {false, 91 * time.Minute, 90 * time.Minute, "direct"},
		"ended, DingTalk says so":     {true, 91 * time.Minute, 200 * time.Minute, "group"},
		"ended, no end known":         {false, 91 * time.Minute, 0, "direct"},
		"alive, no end known, direct": {false, time.Minute, 0, "session"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			s := bottest.Saying{User: "u1", Text: "汇总"}
			if tt.group {
				s.Group, s.At = roomA, true
			}
			out := reply(r.say(t, s), "好")
			out.WebhookUntil = time.Time{}
			if tt.until > 0 {
				out.WebhookUntil = r.clock.Now().Add(tt.until)
			}
			r.clock.Advance(tt.age)
			ref, err := r.client.Send(t.Context(), out)
			if err != nil {
				t.Fatal(err)
			}
			n := r.All()[0]
			if n.Via != tt.via || n.Ref != ref || (ref == "") != (tt.via == "session") {
				t.Errorf("via %s, ref %q; want %s", n.Via, ref, tt.via)
			}
		})
	}
}

// A session address that is not DingTalk's is never called, whoever put it there.
func TestSessionElsewhere(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	other := newRig(t, nil)
	for _, webhook := range []string{
		other.URL() + "/robot/sendBySession?session=1", "http://169.254.169.254/?session=", "http://localhost:1/?session=",
		strings.Replace(r.URL(), "http://", "http://oapi.dingtalk.com@", 1), "https://oapi.dingtalk.com.evil.example/", "::", "http://[::1]:80/",
		strings.Replace(r.URL(), "http://", "https://", 1),
	} {
		out := bot.Outgoing{ID: "1", Member: "u1", Markdown: "好", Webhook: webhook}
		if _, err := r.client.Send(t.Context(), out); err != nil {
			t.Error(webhook, err)
		}
		out.Member = "" // an outsider: there is no other way
		if no := refusal(t, second(r.client.Send(t.Context(), out))); no.Retry {
			t.Error(webhook, no)
		}
	}
	if n := len(other.Requests("")); n != 0 {
		t.Errorf("%d calls went astray", n)
	}
	if got := r.SeenBy("u1"); len(got) != 8 || got[0].Via != "direct" {
		t.Errorf("saw %d", len(got))
	}
}

func second(_ string, err error) error { return err }

func TestSendRefusesBadMessages(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for _, out := range []bot.Outgoing{
		{Member: "u1"}, {Room: roomA, Member: "u1", Markdown: "x"}, {Markdown: "nobody"},
		{Member: "u1", Markdown: strings.Repeat("督办任务\n", 20000)},
		{Member: "u1", Markdown: "x", Title: "t", Buttons: []bot.Button{{Label: "l", Say: strings.Repeat("长", 6000)}}},
	} {
		if no := refusal(t, second(r.client.Send(t.Context(), out))); no.Retry || no.Error() == "" {
			t.Error(no)
		}
	}
	if n := len(r.All()); n != 0 {
		t.Errorf("%d messages went out", n)
	}
}

func TestSendWithoutApp(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *dingtalk.ClientOptions) { o.ClientID, o.Secret = "", "" })
	if no := refusal(t, second(r.client.Send(t.Context(), bot.Outgoing{Room: roomA, Markdown: "x"}))); no.Retry {
		t.Error(no)
	}
}

func TestLongTextsAreCut(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	m := r.say(t, bottest.Saying{User: "u1", Text: "全部任务"})
	var lines []string
	for i := range 900 {
		lines = append(lines, fmt.Sprintf("- %d号任务：\"治水\"与\\治气 <督办> %s", i+1, strings.Repeat("进", i%30+1)))
	}
	whole := strings.Join(lines, "\n")
	for via, out := range map[string]bot.Outgoing{
		"session": reply(m, whole), "direct": {ID: "2", Member: "u1", Markdown: whole},
	} {
		out.Buttons = []bot.Button{{Label: "下一页", Say: "下一页"}, {Label: "导出", Say: "导出"}}
		if _, err := r.client.Send(t.Context(), out); err != nil {
			t.Fatal(via, err)
		}
		var got []string
		var list []bottest.Note
		for _, n := range r.SeenBy("u1") {
			if n.Via == via {
				list = append(list, n)
			}
		}
		for i, n := range list {
			mark, rest, _ := strings.Cut(n.Text, "\n")
			if mark != fmt.Sprintf("(%d/%d)", i+1, len(list)) || (len(n.Buttons) == 2) != (i == len(list)-1) {
				t.Errorf("%s page %d: %s, %d buttons", via, i, mark, len(n.Buttons))
			}
			got = append(got, strings.Split(rest, "\n")...)
		}
		if diff := cmp.Diff(lines, got); diff != "" || len(list) < 3 {
			t.Errorf("%s: %d pages, lines differ\n%s", via, len(list), diff)
		}
	}
}

// Another try of a message goes on with the page that failed, by every way that keeps no
// count of its own; what is worded anew begins anew.
func TestSecondPageGoesOn(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("督办\n", 3000)
	for way, path := range map[string]string{"group": "/v1.0/robot/groupMessages/send", "direct": "/v1.0/robot/oToMessages/batchSend", "session": "/robot/sendBySession"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			out, busy := bot.Outgoing{ID: "n1", Room: roomA, Markdown: long}, any(map[string]any{"code": "Forbidden.AccessDenied.QpsLimitForApi"})
			status, see := 403, func() []bottest.Note { return r.Seen(roomA) }
			switch way {
			case "direct":
				out.Room, out.Member, see = "", "u1", func() []bottest.Note { return r.SeenBy("u1") }
			case "session":
				out = reply(r.say(t, bottest.Saying{User: "u1", Group: roomA, At: true, Text: "全部任务"}), long)
				out.ID, status, busy = "n1", 200, map[string]any{"errcode": -1, "errmsg": "busy"}
			}
			// the first call goes well, the second is refused
			r.Fail(bottest.Fault{Path: path, Status: 200, Body: map[string]any{"errcode": 0, "processQueryKey": "k"}, Stored: true})
			r.Fail(bottest.Fault{Path: path, Status: status, Body: busy, Times: 2})
			for try := range 2 {
				if _, err := r.client.Send(t.Context(), out); !refusal(t, err).Retry {
					t.Fatal(try, err)
				}
				r.clock.Advance(time.Minute)
			}
			if n := len(see()); n != 1 {
				t.Fatalf("%d pages after two failed tries, want the first once", n)
			}
			if _, err := r.client.Send(t.Context(), out); err != nil {
				t.Fatal(err)
			}
			firsts := func() (n int) {
				for _, note := range see() {
					if strings.Contains(note.Raw, "(1/") {
						n++
					}
				}
				return n
			}
			if firsts() != 1 || len(see()) < 2 {
				t.Errorf("%d pages, %d of them the first", len(see()), firsts())
			}
			out.Markdown += "新"
			if _, err := r.client.Send(t.Context(), out); err != nil || firsts() != 2 {
				t.Errorf("new words do not begin anew: %d first pages, %v", firsts(), err)
			}
		})
	}
}

// A first page that went out makes the rest's refusal an unknown outcome where no later
// try of the message can be recognised.
func TestSecondPageRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	long := strings.Repeat("督办", 4000)
	r.Fail(bottest.Fault{Path: "/v1.0/robot/groupMessages/send", Status: 200, Body: map[string]any{"processQueryKey": "k"}, Stored: true})
	r.Fail(bottest.Fault{Path: "/v1.0/robot/groupMessages/send", Status: 403, Body: map[string]any{"code": "Forbidden.AccessDenied.QpsLimitForApi"}})
	_, err := r.client.Send(t.Context(), bot.Outgoing{Room: roomA, Markdown: long})
	unknown(t, err)
	if len(r.Seen(roomA)) != 1 {
		t.Error("the first page is missing")
	}
}

func TestNewClientChecksAddresses(t *testing.T) {
	t.Parallel()
	for _, o := range []dingtalk.ClientOptions{
		{APIBase: "ftp://x"}, {OAPIBase: "http://a@b"}, {SessionHosts: []string{"http://%zz"}},
	} {
		if _, err := dingtalk.NewClient(o); err == nil {
			t.Errorf("%+v accepted", o)
		}
	}
	if c, err := dingtalk.NewClient(dingtalk.ClientOptions{}); err != nil || c == nil {
		t.Error(errors.Join(err))
	}
}
