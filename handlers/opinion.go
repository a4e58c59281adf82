package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// opinionMark begins the record of an opinion in the log of the set-up, where it is kept.
const opinionMark = "意见反馈："

// runFeedback keeps an opinion and passes it on to the supervision office.
func runFeedback(t *turn) (act, error) {
	if t.mean.Text == "" {
		return say("请写明意见", "请写明意见内容，例如：意见反馈 提醒太密。"), nil
	}
	a := say("已收到意见", "您的意见已记录并转交督查室，谢谢。")
	t.noted(&a, opinionMark+wording.Short(t.mean.Text, 500))
	ids := supervisors(t.book)
	t.tell(&a, "feedback/"+t.m.ID, ids, ledger.Body{
		Title: "意见反馈", Text: wording.Escape(t.me.Name) + "：\n\n> " + wording.Escape(t.mean.Text),
	})
	switch {
	case len(ids) == 0:
		a.reply.text = "您的意见已记录。还没有登记督查室人员，暂未转交，请联系管理员。"
	case len(a.notices) == 0:
		a.reply.text = "您的意见已记录。您就是督查室人员，未另行转交；回复“意见反馈有哪些”可查看全部。"
	}
	return a, nil
}

// runOpinions lists the opinions that were given, newest first.
func runOpinions(t *turn) (act, error) {
	if t.m.Conversation.Group {
		return say("请私聊查看", "意见只在单聊中显示，请私聊我发送“意见反馈有哪些”。"), nil
	}
	events, err := t.history(ledger.SetupLog)
	if err != nil {
		return act{}, err
	}
	var lines []string
	for _, e := range slices.Backward(events) {
		if said, ok := strings.CutPrefix(e.Reason, opinionMark); ok {
			lines = append(lines, fmt.Sprintf("- %s %s：%s", wording.Moment(e.At), wording.Escape(e.By.Name), wording.Escape(wording.Short(said, 200))))
		}
	}
	if len(lines) == 0 {
		return say("收到的意见", "还没有收到意见。大家可发送“意见反馈 内容”。"), nil
	}
	return say("收到的意见", t.pages(fmt.Sprintf("**收到的意见** 共%d条", len(lines)), lines, "意见反馈有哪些")), nil
}
