package reminders

import (
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// Describe says in a few Chinese lines the rules with the stages that the office has set,
// for whoever asks for 提醒规则.
func (r Rules) Describe(l ledger.Ladder) string {
	r = r.With(l)
	lines := r.stageLines()
	add := func(format string, a ...any) { lines = append(lines, "- "+fmt.Sprintf(format, a...)) }
	if r.Report.On() {
		add("%s", reportWords(r))
	}
	which := "写明“13710”的批示，按13710跟踪："
	if r.Follow {
		which = "批示按13710跟踪："
	}
	add("%s%s；逐项在当天提醒责任单位，未落实的次日告知督查室，督查室回复“批示办结”或销号后停止", which, wording.FollowRules)
	if r.Bulletin.On() {
		add("%s", bulletinWords(r))
	}
	if r.Digest {
		add("每周第一个工作日，有逾期、临期、待审核任务或当天另有提醒的群，附一行本周任务数")
	}
	if r.Digest {
		add("只写集合单位（如市级有关部门）的任务，督查室用“集合名”指定单位后发给这些单位；未指定的，临期和逾期时每周告知督查室一次")
	}
	add("只在工作日%s—%s发送（含调休上班日），%s", r.Open, r.Close, slotWords(r.Slot))
	add("每个群每天合并为一条，平台中断期间积压的恢复后也合并为一条，只发给任务点名单位的群；没有绑定群的单位私信其联络员")
	add("到期前%d天以内和逾期的，才会@牵头或责任单位联络员", r.Press)
	add("申请办结或办结后不再提醒；没有需要提醒的事项时不发消息；长期任务不作倒计时")
	return strings.Join(lines, "\n")
}

// Stages says in Chinese lines at which stages who is told, with what the office has set.
func (r Rules) Stages(l ledger.Ladder) string { return strings.Join(r.With(l).stageLines(), "\n") }

func (r Rules) stageLines() []string {
	var lines []string
	add := func(format string, a ...any) { lines = append(lines, "- "+fmt.Sprintf(format, a...)) }
	if before := sorted(r.Before); len(before) > 0 {
		slices.Reverse(before)
		text := days(slices.DeleteFunc(before, func(n int) bool { return n == 0 }), "天")
		switch {
		case !slices.Contains(r.Before, 0):
			add("到期前%s各提醒一次", text)
		case text == "":
			add("到期当天提醒一次")
		default:
			add("到期前%s和到期当天各提醒一次", text)
		}
		lines[len(lines)-1] += "；遇节假日提前到之前最近的工作日"
	}
	if len(r.After) > 0 {
		add("逾期后第%s个工作日各提醒一次", days(sorted(r.After), ""))
	}
	if r.Weekly {
		add("此后每周第一个工作日提醒一次，直到申请办结")
	}
	if len(r.Contact) > 0 {
		add("逾期后第%s个工作日同时私信牵头单位联络员", days(sorted(r.Contact), ""))
	}
	if len(r.Head) > 0 {
		add("逾期后第%s个工作日私信牵头单位负责人；没有登记负责人的，私信其联络员", days(sorted(r.Head), ""))
	}
	if len(r.Draft) > 0 {
		add("逾期后第%s个工作日向督查室提供催办通知草稿，由人工核定发送", days(sorted(r.Draft), ""))
	}
	return lines
}

// reportWords says when reports are due.
func reportWords(r Rules) string {
	return wording.Reporting(r.Reporting()) + "进展（当月没有这一天的为月末，遇节假日提前），当天提醒一次，与其他提醒合并；没有新进展的可作零报告；督查室为单项任务另定周期的，按其周期"
}

// bulletinWords says when drafts of bulletins are made.
func bulletinWords(r Rules) string {
	when, what := "每月", "上月"
	if r.Bulletin == ledger.RhythmQuarter {
		when, what = "每季度首月", "上季度"
	}
	return fmt.Sprintf("%s%d日（遇节假日提前）生成%s通报草稿，只发督查室，经督查室人员回复“发布”后印发", when, r.BulletinDay, what)
}

// slotWords says a daily spec as a time of day and shows any other as it is written.
func slotWords(spec string) string {
	var m, h int
	if n, err := fmt.Sscanf(spec, "%d %d", &m, &h); n == 2 && err == nil {
		if fmt.Sprintf("%d %d * * *", m, h) == spec {
			return "每天" + Clock(h*60+m).String()
		}
	}
	return "时点为 " + spec
}

func sorted(list []int) []int { return slices.Sorted(slices.Values(list)) }

// days joins numbers with a unit: 1、3、5天.
func days(list []int, unit string) string {
	if len(list) == 0 {
		return ""
	}
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = fmt.Sprint(n)
	}
	return strings.Join(words, "、") + unit
}
