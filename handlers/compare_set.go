package handlers

import (
	"fmt"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// runSetCompare says whether units may be compared and which with which, after a yes; to
// whoever sees all it lists the groups.
func runSetCompare(t *turn) (act, error) {
	if t.m.Conversation.Group {
		return say("请私聊办理", "单位对比的设置请私聊我办理。（未做任何改动）"), nil
	}
	now, next := t.comparison(), t.book.Comparison()
	if t.mean.Order == understand.CompareGroups {
		return t.compareGroups(now), nil
	}
	if a, no := t.refuse(manage); no {
		return a, nil
	}
	what, fault := t.newComparison(now, &next)
	switch {
	case fault != "":
		return say("未作改动", fault+"（未做任何改动）"), nil
	case !t.confirmed:
		question := "确认" + wording.Escape(what) + "？"
		if t.mean.Order == understand.CompareOn || t.mean.Order == understand.CompareGroup {
			question += "单位对比只在同一分组内进行，只有领导、督查室和管理员能看到。"
		}
		return t.confirm(question, "确认单位对比"), nil
	}
	var kept any
	if next.Set() {
		next.By, next.At = t.me.ID, t.now
		kept = next
	}
	text := "已" + wording.Escape(what) + "。"
	if after := next.Over(t.desk.o.Comparison); after.Allowed() && len(after.Groups) == 0 {
		text += "还没有可比的单位分组，请设置，例如：对比分组 市级部门=市发改委、市财政局。"
	} else if !after.Allowed() && len(after.Groups) > 0 && t.mean.Order == understand.CompareGroup {
		text += "单位对比还没有开通，开通请回复“开启单位对比”。"
	}
	a := say("已设置单位对比", text)
	t.noted(&a, what)
	return a, t.put(&a, ledger.RecordSetting, ledger.ComparisonID, kept)
}

// newComparison changes next as was said and tells what that is, or why it cannot be.
func (t *turn) newComparison(now ledger.Comparison, next *ledger.Comparison) (what, fault string) {
	on := t.mean.Order == understand.CompareOn
	switch t.mean.Order {
	case understand.CompareOn, understand.CompareOff:
		if now.Allowed() == on {
			return "", map[bool]string{true: "单位对比已经开通。", false: "单位对比没有开通，无需关闭。"}[on]
		}
		next.On = &on
		return map[bool]string{true: "开通单位对比", false: "关闭单位对比"}[on], ""
	case understand.CompareDefault:
		if !next.Set() {
			return "", "单位对比没有在聊天中设置过，现在就是配置文件的设置。"
		}
		*next = ledger.Comparison{}
		return "恢复配置文件中的单位对比设置", ""
	case understand.CompareDrop:
		if !slices.ContainsFunc(now.Groups, func(g ledger.Alike) bool { return g.Name == t.mean.Name }) {
			return "", fmt.Sprintf("没有“%s”这个对比分组。回复“对比分组”可查看全部。", wording.Escape(t.mean.Name))
		}
		*next = next.With(ledger.Alike{Name: t.mean.Name})
		return fmt.Sprintf("取消对比分组“%s”", t.mean.Name), ""
	}
	g := ledger.Alike{Name: t.mean.Name, Units: t.mean.Units}
	if fault := t.misfit(now, g); fault != "" {
		return "", fault
	}
	*next = next.With(g)
	return fmt.Sprintf("将对比分组“%s”设为%d个单位：%s", g.Name, len(g.Units), strings.Join(g.Units, "、")), ""
}

// misfit says why units cannot be such a group.
func (t *turn) misfit(now ledger.Comparison, g ledger.Alike) string {
	if t.mean.Query != "" {
		return fmt.Sprintf("没有找到或不能确定是哪个单位：%s。请写方案中的单位全称。", wording.Escape(t.mean.Query))
	}
	if len(g.Units) < 2 {
		return fmt.Sprintf("一个对比分组至少要有两个单位，例如：对比分组 %s=市发改委、市财政局。", wording.Escape(g.Name))
	}
	for _, u := range g.Units {
		if other, in := now.GroupOf(u); in && other.Name != g.Name {
			return fmt.Sprintf("“%s”已在对比分组“%s”中，一个单位只能在一个分组。", wording.Escape(u), wording.Escape(other.Name))
		}
	}
	return ""
}

// compareGroups lists which units may be compared with which.
func (t *turn) compareGroups(now ledger.Comparison) act {
	state := "单位对比未开通"
	if now.Allowed() {
		state = "单位对比已开通"
	}
	if len(now.Groups) == 0 {
		return say("对比分组", state+"，还没有设置对比分组。设置请回复，例如：对比分组 市级部门=市发改委、市财政局。")
	}
	var lines []string
	for _, g := range now.Groups {
		lines = append(lines, fmt.Sprintf("- %s（%d个单位）：%s", wording.Escape(g.Name), len(g.Units), wording.Escape(strings.Join(g.Units, "、"))))
	}
	return say("对比分组", t.pages(fmt.Sprintf("**对比分组** 共%d个，%s", len(lines), state), lines, "对比分组"))
}
