package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/bot"
	"duban/internal/wording"
	"duban/store/ledger"
)

// Traces tells what became of a message that the platform took, and takes it back.
type Traces interface {
	// Readers asks who has read the message with the handle, within KeepSendings.
	Readers(ctx context.Context, to ledger.Target, ref string) (Readership, error)
	// Recall takes it back. A *bot.Refusal says why the platform does not; doing it twice
	// does no harm.
	Recall(ctx context.Context, to ledger.Target, ref string) error
	// RecallDing takes a DING back.
	RecallDing(ctx context.Context, ref string) error
}

// Readership is who has read a message. Of a group only the readers are known.
type Readership struct {
	Recalled bool
	Read     []string // staff ids
	Unread   []string // staff ids; one-to-one only
	More     bool     // there are more readers than were asked for
}

const (
	// maxTraced bounds how many messages one question or order is about: each is a call.
	maxTraced = 30
	// traceFor is how long the answer is of use.
	traceFor = 30 * time.Minute
)

// traced is a sending as it stands in what is asked of the platform.
type traced struct {
	ledger.Sending
	Room   string `json:"room,omitempty"`
	Member string `json:"member,omitempty"`
}

// sendings are those that the words are about: the quoted one, else of the task the
// newest to each receiver. False comes with the answer that says why there are none.
func (t *turn) sendings(what string) ([]ledger.Sending, act, bool) {
	if t.desk.o.Traces == nil {
		return nil, say("平台不支持", "当前平台不提供消息的已读情况，也不能撤回消息。催办是否收到，可回复“签收情况”查看。（未做任何改动）"), false
	}
	if q := t.m.Quote; q != nil && q.Ref != "" {
		all := t.book.Sendings("", t.now)
		if i := slices.IndexFunc(all, func(s ledger.Sending) bool { return s.Ref == q.Ref }); i >= 0 {
			return all[i : i+1], act{}, true
		}
	}
	if t.m.Quote != nil {
		hint := ""
		if t.mean.Task != "" {
			hint = "也可按任务操作，例如：" + fmt.Sprintf(what, t.mean.Task) + "。"
		}
		return nil, say("不是可查的消息", "引用的这条不是24小时内发出的提醒、催办，或者是由群机器人发出、平台没有给编号，不能查询已读情况，也不能撤回。"+hint+"（未做任何改动）"), false
	}
	if t.mean.Task == "" && len(t.mean.Tasks) == 0 {
		return nil, say("请说明是哪一条", "请引用那条提醒或催办再说，或写明任务编号，例如："+fmt.Sprintf(what, "28")+"。（未做任何改动）"), false
	}
	x, ask, ok := t.oneTask(false)
	if !ok {
		return nil, ask, false
	}
	var out []ledger.Sending
	for _, s := range t.book.Sendings(x.ID, t.now) {
		if t.mean.Query == "ding" && len(s.Dinged) == 0 {
			continue
		}
		if len(s.Dinged) > 0 || !slices.ContainsFunc(out, func(o ledger.Sending) bool { return len(o.Dinged) == 0 && o.To == s.To }) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return nil, say("没有查到", fmt.Sprintf("任务%s近24小时内没有已发出的提醒或催办。平台只保留24小时，更早的查不到，也不能撤回。（未做任何改动）", x.No)), false
	}
	return out[:min(len(out), maxTraced)], act{}, true
}

// runReaders asks the platform who has read a nudge; the answer comes in the asker's own
// chat: who has not read something is nobody else's business.
func runReaders(t *turn) (act, error) {
	list, no, ok := t.sendings("任务%s 谁没看")
	if !ok {
		return no, nil
	}
	if !slices.ContainsFunc(list, readable) {
		return say("平台不提供", "这些消息的已读情况平台不提供：由群机器人发出的没有编号，DING请在钉钉里查看。\n\n"+t.sent(list)+"\n\n催办是否收到，可回复“签收情况”查看。"), nil
	}
	a := say("正在查询", "正在向平台查询已读情况，"+t.privately()+"。")
	return a, t.owe(&a, ledger.NoticeReaders, list)
}

// readable reports whether the platform can tell who has read it.
func readable(s ledger.Sending) bool { return s.Ref != "" && len(s.Dinged) == 0 }

func (t *turn) privately() string {
	if t.m.Conversation.Group {
		return "结果将单聊发给您"
	}
	return "请稍候"
}

// owe owes the question or the order to the platform, and its outcome to the speaker alone.
func (t *turn) owe(a *act, kind ledger.NoticeKind, list []ledger.Sending) error {
	asks := make([]traced, len(list))
	for i, s := range list {
		asks[i] = traced{s, s.To.Room, s.To.Member}
	}
	ask, err := json.Marshal(asks)
	if err != nil {
		return fmt.Errorf("handlers: %s: %w", kind, err)
	}
	to := target(t.m)
	if t.m.Conversation.Group {
		to = ledger.Target{Member: t.m.Sender.ID}
	}
	a.notices = append(a.notices, ledger.Notice{
		Key: string(kind) + "/" + t.m.ID, Kind: kind, To: to, Ask: string(ask), By: t.m.Sender.ID, Made: t.now, Due: t.now, Expires: t.now.Add(traceFor),
	})
	return nil
}

// sent lists the sendings: to whom, when, about what.
func (t *turn) sent(list []ledger.Sending) string {
	lines := make([]string, len(list))
	for i, s := range list {
		lines[i] = "- " + sentTo(t.book, s) + "，" + wording.Moment(s.At) + "：" + wording.Escape(wording.Short(s.Title, 40)) + aboutTasks(t.book, s)
	}
	return strings.Join(lines, "\n")
}

// aboutTasks names the tasks that a message speaks of.
func aboutTasks(b *ledger.Book, s ledger.Sending) string {
	if nos := b.Numbers(s.Tasks); len(nos) > 1 || len(nos) == 1 && !strings.Contains(s.Title, "任务"+nos[0]) {
		return "（任务" + strings.Join(nos, "、") + "）"
	}
	return ""
}

// sentTo names the receiver.
func sentTo(b *ledger.Book, s ledger.Sending) string {
	switch {
	case len(s.Dinged) > 0:
		names := make([]string, len(s.Dinged))
		for i, id := range s.Dinged {
			names[i] = personOf(b, id)
		}
		return "DING " + strings.Join(names, "、")
	case s.To.Member != "":
		return personOf(b, s.To.Member)
	}
	if r := b.Rooms[s.To.Room]; r != nil && r.Title != "" {
		return wording.Escape(r.Title)
	}
	return "群"
}

// readAsk reads what a notice asks of the platform.
func readAsk(n ledger.Notice) ([]ledger.Sending, error) {
	var asks []traced
	if err := json.Unmarshal([]byte(n.Ask), &asks); err != nil {
		return nil, fmt.Errorf("handlers: %s %s: %w", n.Kind, n.Key, err)
	}
	out := make([]ledger.Sending, len(asks))
	for i, a := range asks {
		out[i] = a.Sending
		out[i].To = ledger.Target{Room: a.Room, Member: a.Member}
	}
	return out, nil
}

// asked is what a notice asks of the platform, and the book as it is now. The error is a
// refusal where the platform cannot be asked.
func (d *Desk) asked(ctx context.Context, n ledger.Notice) ([]ledger.Sending, *ledger.Book, error) {
	list, err := readAsk(n)
	if err != nil || d.o.Traces == nil {
		return nil, nil, &bot.Refusal{Op: string(n.Kind), Code: "platform", Msg: "the platform tells nothing of its messages and takes none back"}
	}
	b, err := d.Fresh(ctx)
	return list, b, err
}

// TraceGivenUp words what is told when the platform could not be asked.
func (d *Desk) TraceGivenUp(n ledger.Notice, why error) ledger.Body {
	if n.Kind == ledger.NoticeRecall {
		return ledger.Body{Title: "没有撤回", Text: fmt.Sprintf("消息没有撤回：%s。需要时请重新发送命令。", d.refusal(why, "平台没有回音"))}
	}
	return ledger.Body{Title: "没有查到", Text: fmt.Sprintf("已读情况没有查到：%s。可稍后再问。", d.refusal(why, "平台没有回音"))}
}

// keepSending changes what is kept of a receiver's messages; it bridges others' writing.
func (d *Desk) keepSending(ctx context.Context, change func(*ledger.Book) (ledger.Record, ledger.Expect, error)) error {
	for range maxTries {
		b, err := d.Fresh(ctx)
		if err != nil {
			return err
		}
		rec, expect, err := change(b)
		if err != nil {
			return err
		}
		_, err = d.o.Ledger.Commit(ctx, ledger.Commit{Puts: []ledger.Record{rec}, Expects: []ledger.Expect{expect}, Since: b.Rev, Now: d.o.Now()})
		if !errors.Is(err, ledger.ErrConflict) {
			return err
		}
	}
	return ledger.ErrBusy
}

// keepDing keeps by which handle a DING can be taken back. It was sent all the same when
// that fails.
func (d *Desk) keepDing(ctx context.Context, n ledger.Notice, ask dingAsk, ref string) {
	err := d.keepSending(ctx, func(b *ledger.Book) (ledger.Record, ledger.Expect, error) {
		return b.AddSending(ledger.Sending{Ref: ref, At: d.o.Now(), Title: n.Body.Title, Tasks: n.Body.Tasks, Dinged: ask.To})
	})
	if err != nil {
		d.o.Log.Warn("not kept by what handle a DING was sent", "notice", n.Key, "err", err)
	}
}
