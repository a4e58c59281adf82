package ledger

import "time"

// EventKind says what happened to a task.
type EventKind string

// The kinds of event. Events are append-only: nothing is ever changed or removed.
const (
	EventReport   EventKind = "report"   // 反馈
	EventCorrect  EventKind = "correct"  // 更正: Ref names the report it replaces
	EventWithdraw EventKind = "withdraw" // 撤回: Ref names the report (or 申请办结) taken back
	EventApply    EventKind = "apply"    // 申请办结
	EventAccept   EventKind = "accept"   // 审核通过: 办结
	EventReturn   EventKind = "return"   // 退回, with a reason
	EventReopen   EventKind = "reopen"   // 办结后恢复办理

	EventExtend    EventKind = "extend"     // 申请延期: Date is the new deadline asked for
	EventExtendYes EventKind = "extend_yes" // 同意延期
	EventExtendNo  EventKind = "extend_no"  // 不同意延期
	EventPress     EventKind = "issue"      // 催办: the units must sign for it
	EventSign      EventKind = "sign"       // 签收, by By.Unit
	EventDecline   EventKind = "decline"    // 退办: the unit says that it is not theirs
	EventKeep      EventKind = "keep"       // 驳回退办
	EventAssign    EventKind = "assign"     // 转办: Reason names old and new units
	EventNeed      EventKind = "need"       // 需协调
	EventMet       EventKind = "met"        // 协调办结
	EventInstruct  EventKind = "instruct"   // 批示
	EventPause     EventKind = "pause"      // 暂缓
	EventResume    EventKind = "resume"     // 恢复
	EventCancel    EventKind = "cancel"     // 撤销
	EventStrike    EventKind = "strike"     // 销号
	EventFollowed  EventKind = "followed"   // 批示办结: the instruction is no longer followed up
	EventRhythm    EventKind = "rhythm"     // 报送周期: Reporting is the task's own, none goes back to the plan's
	EventRenumber  EventKind = "renumber"   // a revised plan gave the task another number; Reason says both

	EventSetup EventKind = "setup" // 设置: rooms, people, names, silences, the plan itself; Task is SetupLog
	// EventPublish is 发布通报; Ref is the ID of the Issue and Task is SetupLog.
	EventPublish EventKind = "publish"
)

// SetupLog stands in the place of a task number for changes of the set-up, which are no
// task's history.
const SetupLog = "~setup"

// Event is one entry of a task's history, and its audit record: who, when, what,
// from which message.
type Event struct {
	ID      string    `json:"id"`              // unique within the tenant, sortable by time
	Task    string    `json:"task"`            // its ID
	Point   string    `json:"point,omitempty"` // checkpoint ID; empty for a standing task
	Kind    EventKind `json:"kind"`
	At      time.Time `json:"at"`
	By      Actor     `json:"by"`
	Message string    `json:"message,omitempty"` // platform message id it came from
	Report  *Report   `json:"report,omitempty"`
	Reason  string    `json:"reason,omitempty"`
	Ref     string    `json:"ref,omitempty"`
	Date    Date      `json:"date,omitzero"`
	Units   []string  `json:"units,omitempty"`  // press, instruct: who must sign
	Handed  *Handed   `json:"handed,omitempty"` // assign: the owners before and after

	Reporting *Reporting `json:"reporting,omitempty"` // rhythm
}

// Actor is who did it, as known at that moment.
type Actor struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Unit   string `json:"unit,omitempty"`   // the unit spoken for
	Behalf bool   `json:"behalf,omitempty"` // 代报: a supervisor or administrator for the unit
}

// ReportStatus is what a report says of the state of the work.
type ReportStatus string

// The states a report can state. None of them closes a task.
const (
	StatusInProgress ReportStatus = "in_progress"
	StatusNotStarted ReportStatus = "not_started"
	StatusNoProgress ReportStatus = "no_progress"
	StatusBlocked    ReportStatus = "blocked"
)

// Report is one progress reply. Text is stored whole as it was written; the other
// fields were picked out of it and are nil or empty where nothing was said.
type Report struct {
	Text    string       `json:"text"`
	Percent *float64     `json:"percent,omitempty"` // 0..100
	Status  ReportStatus `json:"status,omitempty"`
	Blocker string       `json:"blocker,omitempty"`
	Next    string       `json:"next,omitempty"`
	Expect  Date         `json:"expect,omitzero"`
	Part    Word         `json:"part,omitempty"` // what it says of the unit's own share; its percentage is then that share's
}
