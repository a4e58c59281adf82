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

// maxReaders bounds how many names one line of the answer has.
const maxReaders = 20

// ComposeReaders asks the platform who has read each message and words the answer.
func (d *Desk) ComposeReaders(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	list, b, err := d.asked(ctx, n)
	if err != nil {
		return ledger.Body{}, false, err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "**已读情况**（截至%s）\n", wording.Moment(d.o.Now()))
	for _, s := range list {
		line := "平台不提供已读情况"
		if readable(s) {
			got, err := d.o.Traces.Readers(ctx, s.To, s.Ref)
			var no *bot.Refusal
			switch {
			case err == nil:
				line = readBy(b, s, got, ledger.DateOf(d.o.Now()))
			case errors.As(err, &no) && !no.Retryable():
				line = "没有查到：" + d.refusal(err, "平台没有给出结果")
			default:
				return ledger.Body{}, false, fmt.Errorf("handlers: readers: %w", err)
			}
		}
		fmt.Fprintf(&text, "\n- %s，%s，%s%s\n  - %s", sentTo(b, s), wording.Moment(s.At), wording.Escape(wording.Short(s.Title, 40)), aboutTasks(b, s), line)
	}
	text.WriteString("\n\n已读不等于签收；签收情况可回复“签收情况”查看。")
	return ledger.Body{Title: "已读情况", Text: text.String()}, true, nil
}

// readBy words who has read one message, those who have not first.
func readBy(b *ledger.Book, s ledger.Sending, got Readership, today ledger.Date) string {
	switch {
	case got.Recalled:
		return "已撤回"
	case s.To.Member != "" && len(got.Unread)+len(got.Read) == 0:
		return "平台没有给出结果"
	case s.To.Member != "" && len(got.Unread) > 0:
		return "未读"
	case s.To.Member != "":
		return "已读"
	}
	var unread []string
	if r := b.Rooms[s.To.Room]; r != nil {
		for _, u := range r.Units {
			for _, id := range contactsOf(b, u) {
				if id = b.StandIn(id, today); !slices.Contains(got.Read, id) && !slices.Contains(unread, id) {
					unread = append(unread, id)
				}
			}
		}
	}
	out := "联络员都已读"
	switch {
	case len(unread) > 0 && got.More:
		out = "未见已读（人数多，未能全部核对）：" + people(b, unread)
	case len(unread) > 0:
		out = "联络员未读：" + people(b, unread)
	case len(got.Read) == 0:
		out = "没有登记联络员，还没有人读"
	}
	if len(got.Read) > 0 {
		return fmt.Sprintf("%s；群内共%d人已读", out, len(got.Read))
	}
	return out
}

// people names persons with their units, as many as a line bears.
func people(b *ledger.Book, ids []string) string {
	names := make([]string, 0, maxReaders)
	for _, id := range ids[:min(len(ids), maxReaders)] {
		names = append(names, personOf(b, id))
	}
	if len(ids) > maxReaders {
		return fmt.Sprintf("%s等%d人", strings.Join(names, "、"), len(ids))
	}
	return strings.Join(names, "、")
}
