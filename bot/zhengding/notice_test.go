package zhengding_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/bot"
	"duban/bot/zhengding"
	"duban/bot/zhengding/zhengtest"
)

const noticePath = "/message/workNotification"

func to(id, member, text string) bot.Outgoing {
	return bot.Outgoing{ID: id, Member: member, Title: "任务提醒", Markdown: text}
}

// tasks is a text of n lines.
func tasks(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "- %03d号任务：推进“最多跑一次”改革，牵头单位市编委办。\n", i+1)
	}
	return b.String()
}

func TestNotice(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	out := to("n-1", shen, "**20号任务**\n今天到期")
	out.Buttons = []bot.Button{{Label: "办结", Say: "20号已完成"}, {Label: "延期", Say: "20号延期"}}
	out.At, out.Attachments = []string{wang}, []bot.Attachment{{Name: "通报\n一.docx", Data: []byte("x")}}
	ref := r.send(t, out)
	n := r.Notices(shen)[0]
	want := "**20号任务**\n今天到期\n\n办理时请说：「20号已完成」「20号延期」\n\n附件「通报 一.docx」不能在这里发送，请向督查室索取。\n\n（2018年7月2日 09:00:00）"
	if diff := cmp.Diff(want, n.Text); diff != "" || n.Title != "任务提醒" || n.Type != "markdown" || ref == "" || n.BizID != ref {
		t.Errorf("%+v, ref %s\n%s", n, ref, diff)
	}
	h := r.Requests(noticePath)[0].Header
	if h.Get("X-Hmac-Auth-IP") != "" || h.Get("X-Hmac-Auth-Timestamp") != "2018-07-02T09:00:00.000+08:00" {
		t.Errorf("headers %v", h)
	}
}

func TestNoticeOptions(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, func(o *zhengding.Options) {
		o.PlainNotices, o.Inbound, o.SendIPMAC = true, zhengding.SchemeDingTalk, zhengding.IPMAC{IP: "10.0.0.7", MAC: "02:00:00:00:00:07"}
	})
	out := to("n-1", shen, "到期")
	out.Buttons = []bot.Button{{Label: "办结", Say: "20号已完成"}}
	r.send(t, out)
	if n := r.Notices(shen)[0]; n.Type != "text" || !strings.Contains(n.Text, "可回复：「20号已完成」") {
		t.Errorf("%+v", n)
	}
	if h := r.Requests(noticePath)[0].Header; h.Get("X-Hmac-Auth-IP") != "10.0.0.7" || h.Get("X-Hmac-Auth-MAC") != "02:00:00:00:00:07" {
		t.Errorf("headers %v", h)
	}
}

// A long text goes out in numbered parts, each within the limit; a longer one says
// what it leaves out.
func TestNoticeParts(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	r.send(t, to("long", shen, tasks(60)))
	list := r.Notices(shen)
	if len(list) != 3 {
		t.Fatalf("saw %d parts", len(list))
	}
	for i, n := range list {
		if want := fmt.Sprintf("（第%d/3部分，2018年7月2日 09:00:00）", i+1); !strings.HasSuffix(n.Text, want) {
			t.Errorf("part %d ends with %q", i+1, n.Text[len(n.Text)-60:])
		}
	}
	out := to("longer", wang, tasks(200))
	out.Buttons = []bot.Button{{Say: "我的任务"}}
	r.send(t, out)
	list = r.Notices(wang)
	if last := list[len(list)-1].Text; len(list) != 4 || !strings.Contains(last, "行没有显示，其余内容请到群里查看。\n\n办理时请说：「我的任务」") {
		t.Errorf("%d parts, the last is\n%s", len(list), last)
	}
	for _, q := range r.Requests(noticePath) {
		if n := len(q.Form.Get("msg")); n > 2048 || n < 400 {
			t.Errorf("msg of %d bytes", n)
		}
	}
}

// With a gap between calls there are no parts, and the next message has to wait.
func TestNoticeGap(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{MinGap: 10 * time.Minute}, func(o *zhengding.Options) { o.MinGap = 10 * time.Minute })
	r.send(t, to("long", shen, tasks(60)))
	if list := r.Notices(shen); len(list) != 1 || !strings.Contains(list[0].Text, "行没有显示") {
		t.Fatalf("saw %d", len(list))
	}
	r.clock.advance(4 * time.Minute)
	if no := refusal(t, r.try(t.Context(), to("next", wang, "到期"))); !no.Retry || no.After != 6*time.Minute {
		t.Errorf("%+v", no)
	}
	r.clock.advance(6 * time.Minute)
	r.send(t, to("next", wang, "到期"))
}

func TestNoticeDailyLimit(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, func(o *zhengding.Options) { o.DailyLimit = 2 })
	r.send(t, to("1", shen, "一"))
	r.send(t, to("2", shen, "二"))
	if no := refusal(t, r.try(t.Context(), to("3", shen, "三"))); !no.Retry || no.After != 15*time.Hour {
		t.Errorf("%+v", no)
	}
	r.clock.advance(15 * time.Hour)
	r.send(t, to("3", shen, "三"))
}

// The platform swallows words that a person has seen that day; ours always differ.
func TestNoticeSameWords(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	for i := range 3 {
		r.send(t, to(fmt.Sprint("a-", i), shen, "您有3项任务。"))
	}
	r.clock.advance(time.Second)
	r.send(t, to("b", shen, "您有3项任务。"))
	var ends []string
	for _, n := range r.Notices(shen) {
		ends = append(ends, n.Text[strings.LastIndex(n.Text, "（"):])
	}
	want := []string{"（2018年7月2日 09:00:00）", "（2018年7月2日 09:00:00·2）", "（2018年7月2日 09:00:00·3）", "（2018年7月2日 09:00:01）"}
	if diff := cmp.Diff(want, ends); diff != "" || r.Swallowed() != 0 {
		t.Errorf("%d swallowed\n%s", r.Swallowed(), diff)
	}
}

// Whatever was lost on the way, sending again shows nothing twice and leaves nothing out.
func TestNoticeAgain(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]zhengtest.Fault{
		"answer lost":           {Path: noticePath, Stored: true},
		"gateway gave up":       {Path: noticePath, Stored: true, Status: 504, Body: "<html>"},
		"connection lost":       {Path: noticePath},
		"gateway's own trouble": {Path: noticePath, Status: 500, Body: map[string]string{"Code": "Internal"}},
		"answer unreadable":     {Path: noticePath, Stored: true, Status: 200, Body: "}{"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, zhengtest.Options{}, nil)
			r.Fail(fault)
			unknown(t, r.try(t.Context(), to("n-1", shen, tasks(60))))
			r.clock.advance(time.Hour)
			r.send(t, to("n-1", shen, tasks(60)))
			if n := len(r.Notices(shen)); n != 3 {
				t.Errorf("saw %d parts, want 3", n)
			}
		})
	}
}

// Once the code of a repeated id is known, only that code is a repetition.
func TestNoticeDuplicateCode(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{DuplicateCode: "240777"}, func(o *zhengding.Options) { o.DuplicateCodes = []string{"240888"} })
	r.send(t, to("n-1", shen, "到期"))
	if no := refusal(t, r.try(t.Context(), to("n-1", shen, "到期"))); no.Retry || no.Code != "240777" {
		t.Errorf("%+v", no)
	}
}

// A refusal between two parts says so; the next try goes on where it stopped.
func TestNoticeGoesOn(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, func(o *zhengding.Options) { o.DailyLimit = 2 })
	no := refusal(t, r.try(t.Context(), to("n-1", shen, tasks(60))))
	if !no.Retry || no.After <= 0 || !strings.Contains(no.Msg, "2 of 3 parts sent") {
		t.Errorf("%+v", no)
	}
	other := newRig(t, zhengtest.Options{}, func(o *zhengding.Options) { o.BusyCodes = []string{"240500"} })
	busy := map[string]any{"success": true, "content": map[string]any{"success": false, "responseCode": "240500"}}
	other.Fail(zhengtest.Fault{Path: noticePath, Status: 200, Body: busy})
	if no := refusal(t, other.try(t.Context(), to("n-1", shen, tasks(60)))); !no.Retry || no.After <= 0 {
		t.Errorf("%+v", no)
	}
	other.send(t, to("n-1", shen, tasks(60)))
	if n := len(other.Notices(shen)); n != 3 {
		t.Errorf("saw %d parts", n)
	}
}

// The id is the same at every try, differs by part and person, and carries no words.
func TestNoticeID(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	ids := map[string]bool{}
	for _, out := range []bot.Outgoing{to("督办 1/2", shen, "一"), to("督办 1/2", wang, "一"), to("", shen, "一"), to("", shen, "一")} {
		ids[r.send(t, out)] = true
	}
	if again := r.send(t, to("督办 1/2", shen, "一")); !ids[again] || len(ids) != 4 || len(r.All()) != 4 {
		t.Errorf("ids %v, again %s, saw %d", ids, again, len(r.All()))
	}
}

// What the gateway gets is what was signed, whatever the words.
func TestNoticeOddWords(t *testing.T) {
	t.Parallel()
	r := newRig(t, zhengtest.Options{}, nil)
	odd := "a=b&c=d;e+f%20g\t\"引号\" \\ <b> \u2028 🙂 \xff\x00"
	r.send(t, to("odd", shen, odd))
	var msg struct {
		Markdown struct{ Text string }
	}
	if err := json.Unmarshal([]byte(r.Requests(noticePath)[0].Form.Get("msg")), &msg); err != nil {
		t.Fatal(err)
	}
	want := strings.ToValidUTF8(odd, "�") + "\n\n（2018年7月2日 09:00:00）"
	if diff := cmp.Diff(want, msg.Markdown.Text); diff != "" {
		t.Error(diff)
	}
}
