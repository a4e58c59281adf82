package wording

import "duban/store/ledger"

// Event is what happened, in the trade's words; an unknown kind is its own name.
func Event(k ledger.EventKind) string {
	if w, ok := events[k]; ok {
		return w
	}
	return string(k)
}

var events = map[ledger.EventKind]string{
	ledger.EventReport: "反馈", ledger.EventCorrect: "更正", ledger.EventWithdraw: "撤回", ledger.EventApply: "申请办结",
	ledger.EventAccept: "审核通过", ledger.EventReturn: "退回", ledger.EventReopen: "恢复办理",
	ledger.EventExtend: "申请延期", ledger.EventExtendYes: "同意延期", ledger.EventExtendNo: "不同意延期",
	ledger.EventPress: "催办", ledger.EventSign: "签收", ledger.EventDecline: "退办", ledger.EventKeep: "驳回退办", ledger.EventAssign: "转办",
	ledger.EventNeed: "申请协调", ledger.EventMet: "协调办结", ledger.EventInstruct: "批示",
	ledger.EventPause: "暂缓", ledger.EventResume: "恢复", ledger.EventCancel: "撤销", ledger.EventStrike: "销号", ledger.EventFollowed: "批示办结", ledger.EventRhythm: "报送周期",
	ledger.EventRenumber: "编号变动", ledger.EventSetup: "设置", ledger.EventPublish: "发布通报",
}
