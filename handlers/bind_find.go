package handlers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// changedUnit are words of somebody who has gone from one unit to another.
var changedUnit = regexp.MustCompile(`调到|调任|调至|调往|调去|调入|换到|换单位|转到|转任|转岗|轮岗|改绑|改到|不在`)

// The Status of a claim: what becomes of the units that the person has.
const (
	bindMoves = "moves" // they are left when the claim is granted
	bindAdds  = "adds"
)

// askLeaving asks somebody who has gone to another unit what becomes of the old one.
func (t *turn) askLeaving(unit string) act {
	old := wording.Escape(strings.Join(t.me.Units, "、"))
	q := fmt.Sprintf("您现绑定“%s”，要换到“%s”吗？", old, unit)
	p := &pending{Asked: q, Mean: t.mean}
	for _, s := range []string{bindMoves, bindAdds} {
		p.Choices = append(p.Choices, choice{Label: s, Mean: &understand.Meaning{Intent: understand.BindUnit, Unit: unit, Status: s}})
	}
	return act{reply: reply{title: "是否换单位", text: fmt.Sprintf("%s（尚未申请）\n\n1. 换到%s，督查室同意后不再绑定%s\n2. 两个单位都绑定\n\n请回复序号，例如：1。", q, unit, old)}, ask: p}
}

// unknownUnit answers the name of a unit that the plan has not: with those it may be
// short for, else with what to do.
func (t *turn) unknownUnit(name string) act {
	core := strings.TrimRight(strings.TrimPrefix(name, "市"), "局委办厅处")
	var near []string
	for _, u := range allUnits(t.book) {
		if core != "" && strings.Contains(u, core) {
			near = append(near, u)
		}
	}
	if n := len(near); n > 0 && n <= maxChoices {
		a := t.askUnit(fmt.Sprintf("方案中没有“%s”，请问是哪个单位？", wording.Escape(name)), near)
		a.ask.Mean.Query = ""
		return a
	}
	return say("没有找到单位", fmt.Sprintf("方案中没有“%s”这个责任单位。请核对单位名称，回复“绑定 单位全称”，例如：绑定 市财政局；或联系督查室。", wording.Escape(name)))
}

// allUnits lists the units that the plan names, in order.
func allUnits(b *ledger.Book) []string {
	var out []string
	for _, x := range b.Tasks {
		out = append(out, x.Named()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// runNoContact lists the units of the plan that have no contact, with their open tasks.
func runNoContact(t *turn) (act, error) {
	var lines []string
	all := allUnits(t.book)
	for _, u := range all {
		if len(contactsOf(t.book, u)) > 0 {
			continue
		}
		open := 0
		for _, x := range t.owned([]string{u}) {
			if l := t.level(x); l != ledger.LevelClosed && l != ledger.LevelCancelled {
				open++
			}
		}
		room := "，也没有群"
		if len(roomsOf(t.book, u)) > 0 {
			room = "，有群"
		}
		lines = append(lines, fmt.Sprintf("- %s：在办%s%s", wording.Escape(u), count(open), room))
	}
	if len(lines) == 0 {
		return say("联络员", fmt.Sprintf("方案中的%d个单位都有联络员。", len(all))), nil
	}
	head := fmt.Sprintf("**没有联络员的单位** %d个（共%d个单位）", len(lines), len(all))
	return say("没有联络员的单位", t.pages(head, lines, "哪些单位没有联络员")), nil
}
