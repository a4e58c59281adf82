package handlers

import (
	"fmt"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// PressMissed words what whoever pressed is told of a formal word (催办, 批示, 转办) of which
// nobody knows that it arrived: what it was, who should have got it, and why.
func (d *Desk) PressMissed(n ledger.Notice, why error) ledger.Body {
	book := d.book.Load()
	who, units := "接收人", []string(nil)
	if room := book.Rooms[n.To.Room]; room != nil {
		who, units = "群“"+wording.Escape(room.Title)+"”", room.Units
	} else if m := book.Members[n.To.Member]; m != nil {
		who, units = wording.Escape(m.Name), m.Units
	}
	if len(units) > 0 {
		who += "（" + wording.Escape(strings.Join(units, "、")) + "）"
	}
	return ledger.Body{Title: "未能送达", Tasks: n.Body.Tasks, Text: fmt.Sprintf(
		"%s发出的“%s”未能确认送达%s：%s。\n\n对方可能尚不知情，请用电话等方式另行通知。",
		wording.Moment(n.Made), wording.Escape(n.Body.Title), who, d.refusal(why, "平台一直没有接收这条消息"))}
}
