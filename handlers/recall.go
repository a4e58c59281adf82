package handlers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"duban/bot"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runRecall takes back nudges, presses and DINGs that the bot has sent, after a yes. It
// touches no report: that is 撤回 alone, of one's own words.
func runRecall(t *turn) (act, error) {
	if t.confirmed {
		return t.recallMarked()
	}
	list, no, ok := t.sendings("撤回任务%s的催办")
	if !ok {
		return no, nil
	}
	var marks []string
	var can, cannot []ledger.Sending
	for _, s := range list {
		if s.Ref == "" {
			cannot = append(cannot, s)
			continue
		}
		can, marks = append(can, s), append(marks, s.Ref)
	}
	if len(can) == 0 {
		return say("不能撤回", "这些消息由群机器人发出，平台没有给编号，不能撤回：\n\n"+t.sent(cannot)+"\n\n需要更正的，请在群里另行说明。（未做任何改动）"), nil
	}
	const q = "确认撤回以下消息？"
	p := &pending{Asked: q, Confirm: true, Mean: t.mean, Marks: marks}
	text := q + "（尚未撤回）\n\n" + t.sent(can)
	if len(cannot) > 0 {
		text += "\n\n由群机器人发出、不能撤回的：\n\n" + t.sent(cannot)
	}
	text += "\n\n只撤回消息：催办的登记和签收要求不变，已反馈的进展不受影响。\n\n请回复“确认”或“取消”。"
	return act{reply: reply{title: "确认撤回消息", text: text, buttons: yesNo()}, ask: p}, nil
}

// recallMarked owes the order for those messages that were named.
func (t *turn) recallMarked() (act, error) {
	list := slices.DeleteFunc(t.book.Sendings("", t.now), func(s ledger.Sending) bool { return !slices.Contains(t.marks, s.Ref) })
	if len(list) == 0 || t.desk.o.Traces == nil {
		return say("没有撤回", "所列消息已超过24小时或已撤回，未做任何改动。"), nil
	}
	a := say("正在撤回", fmt.Sprintf("正在撤回%d条消息，%s。", len(list), t.privately()))
	var what []string
	for _, s := range list {
		what = append(what, sentTo(t.book, s)+" "+wording.Moment(s.At)+" "+wording.Short(s.Title, 40))
	}
	t.noted(&a, "撤回消息 "+strings.Join(what, "；"))
	return a, t.owe(&a, ledger.NoticeRecall, list)
}

// ComposeRecall takes the messages back and says what came of each.
func (d *Desk) ComposeRecall(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	list, b, err := d.asked(ctx, n)
	if err != nil {
		return ledger.Body{}, false, err
	}
	var text strings.Builder
	failed := 0
	for _, s := range list {
		line := "已撤回"
		err := d.takeBack(ctx, s)
		var no *bot.Refusal
		switch {
		case errors.As(err, &no) && !no.Retryable():
			line, failed = "没有撤回："+d.refusal(err, wording.Escape(wording.Short(no.Msg, 60))), failed+1
		case err != nil:
			return ledger.Body{}, false, fmt.Errorf("handlers: recall: %w", err)
		}
		fmt.Fprintf(&text, "\n- %s，%s，%s：%s", sentTo(b, s), wording.Moment(s.At), wording.Escape(wording.Short(s.Title, 40)), line)
	}
	title := "已撤回"
	switch {
	case failed == len(list):
		title = "没有撤回"
	case failed > 0:
		title = "部分撤回"
	}
	return ledger.Body{Title: title, Text: "**" + title + "**\n" + text.String()}, true, nil
}

// takeBack takes one message back and forgets that it was sent; what is not forgotten can
// only be taken back once more.
func (d *Desk) takeBack(ctx context.Context, s ledger.Sending) error {
	var err error
	if len(s.Dinged) > 0 {
		err = d.o.Traces.RecallDing(ctx, s.Ref)
	} else {
		err = d.o.Traces.Recall(ctx, s.To, s.Ref)
	}
	if err != nil {
		return err
	}
	err = d.keepSending(context.WithoutCancel(ctx), func(b *ledger.Book) (ledger.Record, ledger.Expect, error) { return b.DropSending(s) })
	if err != nil {
		d.o.Log.Warn("a recalled message is still kept as sent", "err", err)
	}
	return nil
}
