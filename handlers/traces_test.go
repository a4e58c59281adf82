package handlers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"duban/bot"
	"duban/handlers"
	"duban/store/ledger"
)

// traces is a platform that tells who has read and takes back what it is told to.
type traces struct {
	read   map[string]handlers.Readership // by ref
	err    error
	recall []string
}

func (s *traces) Readers(_ context.Context, _ ledger.Target, ref string) (handlers.Readership, error) {
	return s.read[ref], s.err
}

func (s *traces) Recall(_ context.Context, to ledger.Target, ref string) error {
	s.recall = append(s.recall, to.Key()+" "+ref)
	return s.err
}

func (s *traces) RecallDing(_ context.Context, ref string) error {
	s.recall = append(s.recall, "ding "+ref)
	return s.err
}

// sentOf keeps that the bot has sent something.
func (r *rig) sentOf(s ledger.Sending, no string) {
	r.t.Helper()
	b := r.book()
	s.At, s.Tasks = r.now, b.IDs([]string{no})
	rec, _, err := b.AddSending(s)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := r.store.Commit(r.t.Context(), ledger.Commit{Puts: []ledger.Record{rec}, Now: r.now}); err != nil {
		r.t.Fatal(err)
	}
}

// ordered says it and carries out what is then owed to the platform.
func (r *rig) ordered(who, text string, quote *bot.Quote) string {
	r.t.Helper()
	before := len(r.sent)
	got, err := r.say(who, text, quote)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, n := range r.sent[before:] {
		var body ledger.Body
		switch n.Kind {
		case ledger.NoticeReaders:
			body, _, err = r.desk.ComposeReaders(r.t.Context(), n)
		case ledger.NoticeRecall:
			body, _, err = r.desk.ComposeRecall(r.t.Context(), n)
		default:
			continue
		}
		if err != nil {
			got += "\nERR " + err.Error() + "\n" + r.desk.TraceGivenUp(n, err).Text
		}
		got += fmt.Sprintf("\n[→%s%s] %s", n.To.Member, n.To.Room, body.Text)
	}
	return got
}

func TestReaders(t *testing.T) {
	tr := &traces{read: map[string]handlers.Readership{
		"g1": {Read: []string{"张敏", "x1", "x2"}}, "g2": {Read: []string{"x1"}, More: true}, "d1": {Unread: []string{"李军"}}, "d2": {Read: []string{"张敏"}}, "d3": {Recalled: true}, "d4": {},
	}}
	r := newRig(t, nil, func(o *handlers.Options) { o.Traces = tr })
	room, li, zhang := ledger.Target{Room: "数据群"}, ledger.Target{Member: "李军"}, ledger.Target{Member: "张敏"}
	for _, c := range []struct {
		who, text, want string
		sent            *ledger.Sending
		quote           string
	}{
		{who: "王慧", text: "任务28 谁没看", want: "近24小时内没有已发出"},
		{who: "王慧", text: "任务28 谁没看", want: "联络员都已读；群内共3人已读", sent: &ledger.Sending{Ref: "g1", To: room}},
		{who: "周涛", text: "任务28 谁没看", want: "联络员都已读"}, // an operator
		{who: "王慧", text: "谁没看", want: "未见已读（人数多，未能全部核对）：张敏（市大数据中心）；群内共1人已读", sent: &ledger.Sending{Ref: "g2", To: room}, quote: "g2"},
		{who: "王慧@数据群", text: "谁没看", want: "[→王慧] **已读情况**", quote: "g1"},
		{who: "王慧", text: "任务28 谁没看", want: "李军（市政府法制办），2018年7月2日 09:00，催办（任务28）\n  - 未读", sent: &ledger.Sending{Ref: "d1", To: li, Title: "催办"}},
		{who: "王慧", text: "谁没看", want: "- 已读", sent: &ledger.Sending{Ref: "d2", To: zhang}, quote: "d2"},
		{who: "王慧", text: "谁没看", want: "- 已撤回", sent: &ledger.Sending{Ref: "d3", To: zhang}, quote: "d3"},
		{who: "王慧", text: "谁没看", want: "平台没有给出结果", sent: &ledger.Sending{Ref: "d4", To: zhang}, quote: "d4"},
		{who: "王慧", text: "谁没看", want: "不是24小时内发出的提醒、催办", quote: "another"},
		{who: "王慧", text: "任务36 谁没看", want: "由群机器人发出的没有编号", sent: &ledger.Sending{To: room, Title: "任务36"}},
		{who: "王慧", text: "谁没看", want: "请引用那条提醒或催办再说"},
		{who: "陈光", text: "任务28 谁没看", want: "由督查室办理"},
		{who: "张敏", text: "任务28 谁没看", want: "由督查室办理"},
		{who: "外人", text: "任务28 谁没看", want: "无法识别您的身份"},
	} {
		if c.sent != nil {
			no := "28"
			if strings.HasPrefix(c.text, "任务36") {
				no = "36"
			}
			r.sentOf(*c.sent, no)
		}
		var quote *bot.Quote
		if c.quote != "" {
			quote = &bot.Quote{Ref: c.quote, FromBot: true}
		}
		if got := r.ordered(c.who, c.text, quote); !strings.Contains(got, c.want) {
			t.Errorf("%s> %s: no %q in\n%s", c.who, c.text, c.want, got)
		}
	}
	tr.err = &bot.Refusal{Op: "read", Code: "x", Msg: "no"}
	if got := r.ordered("王慧", "任务28 谁没看", nil); strings.Count(got, "没有查到：平台没有给出结果") != 3 {
		t.Errorf("refused for good: %s", got)
	}
	tr.err = &bot.Refusal{Op: "read", Code: "x", Retry: true}
	if got := r.ordered("王慧", "任务28 谁没看", nil); !strings.Contains(got, "ERR") || !strings.Contains(got, "已读情况没有查到：平台没有回音。可稍后再问。") {
		t.Errorf("refused for now: %s", got)
	}
}

func TestRecall(t *testing.T) {
	tr := &traces{}
	r := newRig(t, nil, func(o *handlers.Options) { o.Traces = tr })
	room, li := ledger.Target{Room: "数据群"}, ledger.Target{Member: "李军"}
	r.sentOf(ledger.Sending{Ref: "g1", To: room, Title: "催办 任务28"}, "28")
	r.sentOf(ledger.Sending{Ref: "d1", To: li, Title: "催办 任务28"}, "28")
	r.sentOf(ledger.Sending{Ref: "dd", Title: "DING催办 任务28", Dinged: []string{"张敏"}}, "28")
	r.sentOf(ledger.Sending{To: room, Title: "催办 任务36"}, "36")
	quoted := &bot.Quote{Ref: "g1", FromBot: true}
	for _, c := range []struct {
		who, text, want, recalled string
		quote                     *bot.Quote
	}{
		{who: "张敏", text: "撤回这条催办", want: "由督查室办理", quote: quoted},
		{who: "陈光", text: "撤回任务28的催办", want: "由督查室办理"},
		{who: "王慧", text: "撤回", want: "没有找到您可以撤回的反馈或申请"},
		{who: "王慧", text: "撤回任务36的催办", want: "平台没有给编号，不能撤回"},
		{who: "王慧", text: "撤回这条催办", want: "不是24小时内发出的提醒、催办", quote: &bot.Quote{Ref: "another", FromBot: true}},
		{who: "王慧", text: "撤回任务28的DING", want: "DING 张敏（市大数据中心）"},
		{who: "王慧", text: "取消", want: "取消"},
		{who: "王慧", text: "确认", want: "没有等您答复的事项"},
		{who: "王慧", text: "撤回这条催办", want: "确认撤回以下消息？（尚未撤回）\n\n- 数字化转型工作群", quote: quoted},
		{who: "王慧", text: "确认", want: "[→王慧] **已撤回**", recalled: "room:数据群 g1"},
		{who: "王慧", text: "撤回任务28的DING", want: "确认撤回"},
		{who: "王慧", text: "确认", want: "：已撤回", recalled: "ding dd"},
		{who: "王慧", text: "撤回任务28的催办", want: "- 李军（市政府法制办）"}, // only what is left
		{who: "王慧", text: "确认", want: "已撤回", recalled: "member:李军 d1"},
		{who: "王慧", text: "撤回任务28的催办", want: "近24小时内没有已发出"},
		{who: "王慧", text: "设置记录", want: "王慧：撤回消息 DING 张敏（市大数据中心）"},
	} {
		tr.recall = nil
		if got := r.ordered(c.who, c.text, c.quote); !strings.Contains(got, c.want) || strings.Join(tr.recall, ",") != c.recalled {
			t.Errorf("%s> %s: no %q or not %q in\n%s\n%q", c.who, c.text, c.want, c.recalled, got, tr.recall)
		}
	}
	r.sentOf(ledger.Sending{Ref: "g9", To: room, Title: "催办 任务28"}, "28")
	tr.err = &bot.Refusal{Op: "recall", Code: "recall", Msg: "超过24小时"}
	r.ordered("王慧", "撤回任务28的催办", nil)
	if got := r.ordered("王慧", "确认", nil); !strings.Contains(got, "**没有撤回**") || !strings.Contains(got, "没有撤回：超过24小时") {
		t.Errorf("refused: %s", got)
	}
	r.now = r.now.Add(25 * time.Hour)
	if got := r.ordered("王慧", "撤回任务28的催办", nil); !strings.Contains(got, "近24小时内没有已发出") {
		t.Errorf("a day later: %s", got)
	}
}

// TestTracesNowhere: a platform without either says so.
func TestTracesNowhere(t *testing.T) {
	r := newRig(t, nil)
	for _, text := range []string{"任务28 谁没看", "撤回任务28的催办"} {
		if got := r.ordered("王慧", text, nil); !strings.Contains(got, "当前平台不提供消息的已读情况") {
			t.Errorf("%s: %s", text, got)
		}
	}
}
