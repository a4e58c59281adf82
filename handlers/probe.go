package handlers

import (
	"fmt"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runTestNudge owes one test message to the group it is asked in, or to every bound
// group, at once: whoever asks wants to know now. What does not arrive stands with its
// reason in 状态.
func runTestNudge(t *turn) (act, error) {
	var ids []string
	switch {
	case t.m.Conversation.Group && t.room == nil:
		return say("本群未绑定", "本群还没有绑定单位，不会收到提醒。请先发送“绑定本群 单位名称”。"), nil
	case t.m.Conversation.Group:
		ids = []string{t.room.ID}
	default:
		for id := range t.book.Rooms {
			ids = append(ids, id)
		}
		sortStrings(ids)
	}
	if len(ids) == 0 {
		return say("没有绑定的群", "还没有绑定群，提醒无处可发。请在群里发送“绑定本群 单位名称”。"), nil
	}
	a := act{}
	var titles []string
	for _, id := range ids {
		room := t.book.Rooms[id]
		a.notices = append(a.notices, ledger.Notice{
			Key: "probe/" + t.m.ID + "/" + id, Kind: ledger.NoticeReply, To: ledger.Target{Room: id}, By: t.m.Sender.ID, Made: t.now, Due: t.now,
			Body: ledger.Body{Title: "测试提醒", Text: fmt.Sprintf("【测试】本群可以收到督办提醒，绑定单位：%s。无需回复。", wording.Escape(strings.Join(room.Units, "、")))},
		})
		titles = append(titles, wording.Escape(room.Title))
	}
	a.reply = reply{title: "已发测试提醒", text: fmt.Sprintf("已向%d个群发送测试提醒：%s。\n\n哪个群没有收到，请稍后回复“状态”查看原因。", len(ids), strings.Join(titles, "、"))}
	return a, nil
}
