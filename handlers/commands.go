package handlers

import (
	"duban/handlers/understand"
	"duban/internal/zh/secrecy"
	"duban/store/ledger"
)

// command is one thing people can ask for.
type command struct {
	intent understand.Intent
	need   action // leave needed; "" for everybody, outsiders included
	name   string // as help shows it; "" = not shown
	usage  string // an example
	run    func(*turn) (act, error)
}

// commands is the table that routes meanings and makes the help.
func commands() []command {
	return []command{
		{understand.Help, "", "帮助", "帮助", runHelp},
		{understand.BindUnit, "", "绑定单位", "绑定 市财政局", runBind},
		{understand.Unbind, seePlan, "", "", runUnbind},
		{understand.MyTasks, seeUnit, "我的任务", "我的任务", runMyTasks},
		{understand.UnitTasks, seePlan, "单位任务", "大数据中心的任务", runUnitTasks},
		{understand.AllTasks, seePlan, "全部任务", "全部任务", runAllTasks},
		{understand.TaskDetail, seePlan, "任务详情", "任务20", runDetail},
		{understand.WhoOwns, seePlan, "责任单位", "任务20谁负责", runOwns},
		{understand.DueIn, seePlan, "到期任务", "本月到期", runDue},
		{understand.Overdue, seePlan, "逾期任务", "逾期", runOverdue},
		{understand.Search, seePlan, "查找", "查找 数据大脑", runSearch},
		{understand.Basis, seePlan, "依据", "依据 任务20", runBasis},
		{understand.History, seePlan, "反馈记录", "任务20的记录", runHistory},
		{understand.Report, feedBack, "反馈进展", "任务20 已完成招标，进度60%", runReport},
		{understand.Correct, feedBack, "更正", "更正 任务20 进度50%", runCorrect},
		{understand.Withdraw, "", "撤回", "撤回", runWithdraw},
		{understand.Done, feedBack, "申请办结", "任务20 已完成", runDone},
		{understand.Pending, decide, "待审核", "待审核", runPending},
		{understand.Accept, decide, "通过", "通过 任务20", runAccept},
		{understand.Return, decide, "退回", "退回 任务20 缺少验收材料", runReturn},
		{understand.Reopen, feedBack, "", "", runReopen},
		{understand.Summary, seeUnit, "汇总", "汇总", runSummary},
		{understand.RemindRules, seePlan, "提醒规则", "提醒规则", runRules},
		{understand.BindRoom, bind, "绑定本群", "绑定本群 市大数据中心", runBindRoom},
		{understand.ApproveBind, bind, "同意绑定", "同意绑定 张敏", runApprove},
		{understand.RefuseBind, bind, "不同意绑定", "不同意绑定 张敏", runRefuse},
		{understand.TestNudge, bind, "测试提醒", "测试提醒", runTestNudge},
		{understand.Status, operate, "状态", "状态", runState},
		{understand.Feedback, seePlan, "意见反馈", "意见反馈 提醒太密", runFeedback},
		{understand.Agree, "", "", "", runAgree},
		{understand.Disagree, "", "", "", runDisagree},
		{understand.Clarify, "", "", "", runClarify},
		{understand.Confirm, "", "", "", runNothingAsked},
		{understand.Choose, "", "", "", runNothingAsked},
		{understand.Cancel, "", "", "", runCancel},
		{understand.Chitchat, "", "", "", runChitchat},
	}
}

// loopCommands are the rows of the supervision loop: extension, pressing, signing,
// coordination and the office's decisions.
func loopCommands() []command {
	return []command{
		{understand.Postpone, feedBack, "申请延期", "任务28 申请延期到10月31日，因设备到货推迟", runPostpone},
		{understand.ExtendYes, extend, "同意延期", "同意延期 任务28", runExtendYes},
		{understand.ExtendNo, extend, "不同意延期", "不同意延期 任务28 请按期完成", runExtendNo},
		{understand.ExtendBack, seePlan, "", "", runExtendBack},
		{understand.Need, feedBack, "申请协调", "需协调 任务28 数据接口需统一开放", runNeed},
		{understand.Met, press, "协调办结", "协调办结 任务28", runMet},
		{understand.Sign, feedBack, "签收", "签收 任务28", runSign},
		{understand.Decline, feedBack, "退办", "退办 任务28 不属于本单位职责", runDecline},
		{understand.Snooze, feedBack, "稍后提醒", "任务28下周一再提醒", runSnooze},
		{understand.Mute, feedBack, "停发提醒", "任务28先别提醒了", runMute},
		{understand.Unmute, feedBack, "恢复提醒", "恢复任务28的提醒", runUnmute},
		{understand.RemindSet, seePlan, "", "", runRemindSet},
		{understand.Urge, press, "催办", "催办 任务28", runUrge},
		{understand.Instruct, press, "批示", "批示 任务28 请抓紧推进", runInstruct},
		{understand.MyInstructions, press, "批示落实情况", "我的批示落实了没有", runMyInstructions},
		{understand.Assign, manage, "转办", "任务12转给市发改委", runAssign},
		{understand.Keep, manage, "驳回退办", "驳回退办 任务28", runKeep},
		{understand.Pause, manage, "暂缓", "暂缓 任务28 上级政策调整", runPause},
		{understand.CancelTask, manage, "撤销", "撤销 任务28 与任务30合并", runCancelTask},
		{understand.Resume, manage, "恢复", "恢复 任务28", runResume},
		{understand.Strike, manage, "销号", "销号 任务28", runStrike},
		{understand.Import, manage, "导入方案", "在单聊中发送方案文件", runImport},
		{understand.Alias, manage, "别名", "别名 数据局=市大数据中心", runAlias},
		{understand.DropAlias, manage, "", "", runDropAlias},
		{understand.Audit, manage, "台账", "台账 任务28", runAudit},
		{understand.Attention, seeAll, "需要我出面", "需要我出面", runAttention},
		{understand.Feed, seeUnit, "日历", "日历", runFeed},
		{understand.FeedReset, seeUnit, "", "", runFeedReset},
		{understand.Export, seeUnit, "导出台账", "导出台账", runFile},
		{understand.Bulletin, seeAll, "生成通报", "生成通报", runFile},
		{understand.Publish, manage, "发布通报", "发布通报", runPublish},
		{understand.Issues, seeAll, "通报目录", "通报目录", runIssues},
		{understand.IssueFile, seeAll, "", "", runIssue},
		{understand.Picture, seeAll, "进度图", "进度图", runFile},
		{understand.Latest, seeUnit, "最新进展", "最新进展", runLatest},
		{understand.Unreported, seeUnit, "未反馈", "未反馈", runUnreported},
		{understand.Relief, bind, "减负体检", "减负体检", runRelief},
		{understand.People, bind, "人员名单", "人员名单", runPeople},
		{understand.NoContact, bind, "", "哪些单位没有联络员", runNoContact},
		{understand.Rooms, bind, "群名单", "群名单", runRooms},
		{understand.GiveDuty, bind, "设置身份", "设置 赵蕾 为联络员", runGiveDuty},
		{understand.TakeDuty, bind, "", "", runTakeDuty},
		{understand.Remove, bind, "移除人员", "移除人员 赵蕾", runRemove},
		{understand.UnbindRoom, bind, "解绑本群", "解绑本群", runUnbindRoom},
		{understand.ShowConfig, operate, "当前配置", "当前配置", runConfig},
		{understand.ModelOff, operate, "停用智能汇总", "停用智能汇总", runModel},
		{understand.ModelOn, operate, "", "", runModel},
		{understand.SetupLog, bind, "设置记录", "设置记录", runSetupLog},
		{understand.HandOver, feedBack, "代管", "代管 李军 至 8月20日", runHandOver},
		{understand.HandBack, feedBack, "取消代管", "取消代管", runHandBack},
		{understand.Followed, press, "批示办结", "批示办结 任务28", runFollowed},
		{understand.SetGroup, manage, "集合名", "集合名 市级有关部门=市发改委、市财政局", runSetGroup},
		{understand.DropGroup, manage, "", "", runDropGroup},
		{understand.Groups, manage, "", "", runGroups},
		{understand.SetLadder, manage, "提醒阶段", "到期前提醒 30、7、1天", runSetLadder},
		{understand.SetRhythm, manage, "报送周期", "任务28 按季报送 25日", runSetRhythm},
	}
}

// run decides the turn: what it means, whether this person may, then the command.
func run(t *turn) (act, error) {
	if t.secret {
		return say("已拒绝接收", secrecy.Refusal), nil
	}
	if a, done := t.unreadable(); done {
		return a, nil
	}
	if a, done := t.asAnswer(); done {
		return a, nil
	}
	c, ok := t.desk.table[t.mean.Intent]
	if !ok {
		return runUnknown(t)
	}
	if c.need == feedBack && may(t.me, press) && !may(t.me, feedBack) && mineToDo(t.mean.Intent) {
		return t.leaderSays()
	}
	if c.need != "" {
		if a, refused := t.refuse(c.need); refused {
			return a, nil
		}
	}
	a, err := t.counted(c.run(t))
	if a.ask == nil {
		a.ask = t.open
	} else {
		a.ask.Behalf = a.ask.Behalf || t.behalf
	}
	return a, err
}

// mineToDo reports whether the words are about the own work on a task.
func mineToDo(i understand.Intent) bool {
	switch i {
	case understand.Report, understand.Done, understand.Reopen, understand.Correct, understand.Postpone, understand.Need, understand.Decline:
		return true
	}
	return false
}

// refuse answers whoever may not do it: who they are not, and what to do.
func (t *turn) refuse(need action) (act, bool) {
	switch {
	case may(t.me, need) || need == feedBack && may(t.me, reportFor):
		return act{}, false
	case t.m.Sender.ID == "":
		return say("无法识别身份", "无法识别您的身份，不能查询或反馈。请使用本单位的钉钉账号，或联系督查室。"), true
	case t.me == nil || len(t.me.Duties) == 0:
		return t.askToBind(), true
	case need == decide:
		return say("没有权限", "审核办结由督查室或领导办理。您可以反馈进展或申请办结。"), true
	case need == extend || need == press:
		return say("没有权限", "这项操作由领导或督查室办理。您可以反馈进展、申请延期或申请协调。"), true
	case need == bind || need == operate || need == manage || need == trace:
		return say("没有权限", "这项操作由督查室办理，请联系督查室。"), true
	case need == feedBack:
		return say("没有权限", "反馈进展由责任单位的人员办理。您可以查询任务或发送“汇总”。"), true
	}
	return say("没有权限", "您没有查看这部分内容的权限。如有需要，请联系督查室。"), true
}

func (t *turn) askToBind() act {
	if len(pendingUnits(t.me)) > 0 {
		return say("绑定待确认", "您绑定“"+pendingUnits(t.me)[0]+"”的申请正等待督查室确认，确认后即可查询和反馈。")
	}
	return say("请先绑定单位", "您还没有绑定单位。请回复“绑定 单位名称”，例如：绑定 市财政局。督查室确认后即可查询和反馈。")
}

func pendingUnits(m *ledger.Member) []string {
	if m == nil || m.Proposed() { // who has asked for nothing is waiting for nothing
		return nil
	}
	return m.Pending
}

// index makes the routing table once.
func index(list []command) map[understand.Intent]command {
	out := make(map[understand.Intent]command, len(list))
	for _, c := range list {
		out[c.intent] = c
	}
	return out
}
