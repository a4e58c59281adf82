package handlers

import (
	"slices"

	"duban/internal/wording"
	"duban/store/ledger"
)

// tell owes each of the people one message, at the next working hour. The person who
// caused it is left out: the receipt tells them.
func (t *turn) tell(a *act, key string, ids []string, b ledger.Body) {
	for _, id := range ids {
		if id == t.m.Sender.ID {
			continue
		}
		a.notices = append(a.notices, ledger.Notice{
			Key: key + "/" + id, Kind: ledger.NoticeReply, To: ledger.Target{Member: id}, Body: b,
			By: t.m.Sender.ID, Made: t.now, Due: t.desk.o.Hours.Next(t.now),
		})
	}
}

// supervisors lists the staff ids of the supervision office, in a fixed order.
func supervisors(b *ledger.Book) []string {
	var out []string
	for id, m := range b.Members {
		if m.Has(ledger.DutySupervisor) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// runFeedback passes an opinion on to the supervision office.
func runFeedback(t *turn) (act, error) {
	if t.mean.Text == "" {
		return say("请写明意见", "请写明意见内容，例如：意见反馈 提醒太密。"), nil
	}
	ids := supervisors(t.book)
	if len(ids) == 0 {
		return say("暂无法转交", "还没有登记督查室人员，意见无法转交。请联系管理员。"), nil
	}
	a := say("已收到意见", "您的意见已转交督查室，谢谢。")
	t.tell(&a, "feedback/"+t.m.ID, ids, ledger.Body{
		Title: "意见反馈", Text: wording.Escape(t.me.Name) + "：\n\n> " + wording.Escape(t.mean.Text),
	})
	if len(a.notices) == 0 {
		a.reply.text = "您就是督查室人员，意见未转交他人。"
	}
	return a, nil
}
