package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// runBindRoom binds the group chat it is said in to a unit, or to several.
func runBindRoom(t *turn) (act, error) {
	if !t.m.Conversation.Group {
		return say("请在群里绑定", "请在需要绑定的群里@"+t.desk.o.Bot+" 发送“绑定本群 单位名称”。"), nil
	}
	units := t.mean.Units
	if t.mean.Unit != "" {
		units = []string{t.mean.Unit}
	}
	if len(units) == 0 {
		return say("请写明单位", "请写明本群绑定哪个单位，例如：绑定本群 市财政局。（未做任何改动）"), nil
	}
	r := ledger.Room{ID: t.m.Conversation.ID, Title: t.m.Conversation.Title}
	if t.room != nil {
		r = *t.room
	}
	var added []string
	for _, u := range units {
		if !knownUnit(t.book, u) {
			return say("没有找到单位", fmt.Sprintf("方案中没有“%s”这个责任单位，请核对单位名称。（未做任何改动）", wording.Escape(u))), nil
		}
		if !slices.Contains(r.Units, u) {
			added = append(added, u)
		}
	}
	if len(added) == 0 {
		return say("已绑定", fmt.Sprintf("本群已绑定“%s”。", strings.Join(units, "、"))), nil
	}
	r.Units = append(slices.Clone(r.Units), added...)
	a := say("已绑定本群", fmt.Sprintf("本群已绑定“%s”，相关任务临近时限时会在本群提醒。", strings.Join(r.Units, "、")))
	t.noted(&a, fmt.Sprintf("群“%s”绑定%s", r.Title, strings.Join(added, "、")))
	return a, t.put(&a, ledger.RecordRoom, r.ID, r)
}

// runRoomUnits says which units the group is bound to.
func runRoomUnits(t *turn) (act, error) {
	switch {
	case !t.m.Conversation.Group:
		return say("请在群里查询", "请在群里@"+t.desk.o.Bot+" 询问。督查室可私聊我发送“群名单”查看全部。"), nil
	case t.room == nil || len(t.room.Units) == 0:
		return say("本群未绑定", "本群还没有绑定单位。请督查室在本群发送“绑定本群 单位名称”。"), nil
	}
	return say("本群绑定的单位", fmt.Sprintf("本群绑定的单位：%s。", wording.Escape(strings.Join(t.room.Units, "、")))), nil
}

// runUnbindRoom frees the group from a unit, or from all, after a yes.
func runUnbindRoom(t *turn) (act, error) {
	switch {
	case !t.m.Conversation.Group:
		return say("请在群里解绑", "请在需要解绑的群里@"+t.desk.o.Bot+" 发送“解绑本群”。"), nil
	case t.room == nil || len(t.room.Units) == 0:
		return say("本群未绑定", "本群没有绑定单位，无需解绑。"), nil
	case t.mean.Unit != "" && !slices.Contains(t.room.Units, t.mean.Unit):
		return say("没有绑定该单位", fmt.Sprintf("本群没有绑定“%s”，未做任何改动。", wording.Escape(t.mean.Unit))), nil
	}
	r := *t.room
	gone := r.Units
	r.Units = nil
	if t.mean.Unit != "" {
		gone = []string{t.mean.Unit}
		r.Units = slices.DeleteFunc(slices.Clone(t.room.Units), func(u string) bool { return u == t.mean.Unit })
	}
	names := strings.Join(gone, "、")
	if !t.confirmed {
		return t.confirm(fmt.Sprintf("确认解除本群与“%s”的绑定？解除后不再在本群提醒。", names), "确认解绑"), nil
	}
	a := say("已解绑本群", fmt.Sprintf("已解除本群与“%s”的绑定。", names))
	t.noted(&a, fmt.Sprintf("群“%s”解除绑定%s", r.Title, names))
	return a, t.put(&a, ledger.RecordRoom, r.ID, r)
}
