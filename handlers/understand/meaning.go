// Package understand turns what people type into an intent with its slots. In go a
// text and what is known around it (who, where, what was quoted, what was asked);
// out comes one Meaning, with the reason. It is pure: it reads no store, writes
// nothing and never decides whether somebody may do it.
package understand

import (
	"time"

	"duban/store/ledger"
)

// Intent is what a person wants.
type Intent string

// The intents. Clarify means that the bot must ask and change nothing; Unknown that
// it is not for this bot.
const (
	Help        Intent = "help"
	BindUnit    Intent = "bind_unit"
	Unbind      Intent = "unbind"
	MyTasks     Intent = "my_tasks"
	UnitTasks   Intent = "unit_tasks"
	AllTasks    Intent = "all_tasks"
	TaskDetail  Intent = "task_detail"
	WhoOwns     Intent = "who_owns"
	DueIn       Intent = "due_in"
	Overdue     Intent = "overdue"
	Search      Intent = "search"
	History     Intent = "history"
	Basis       Intent = "basis" // 依据: the clause behind a task, or the tasks behind a figure
	Summary     Intent = "summary"
	Ranking     Intent = "ranking"
	Report      Intent = "report_progress"
	Correct     Intent = "correct"  // 更正 an earlier report
	Withdraw    Intent = "withdraw" // 撤回 one's last report
	Done        Intent = "done"
	Reopen      Intent = "reopen"
	Accept      Intent = "accept"  // 通过
	Return      Intent = "return"  // 退回, with a reason
	Pending     Intent = "pending" // 待审核: what waits for acceptance
	Postpone    Intent = "postpone"
	Mute        Intent = "mute"
	Snooze      Intent = "snooze"
	Unmute      Intent = "unmute"
	RemindSet   Intent = "remind_set"
	RemindRules Intent = "remind_rules" // 提醒规则
	Urge        Intent = "urge"
	Assign      Intent = "assign"
	BindRoom    Intent = "bind_room"    // 绑定本群 单位
	ApproveBind Intent = "approve_bind" // 同意绑定 张敏
	RefuseBind  Intent = "refuse_bind"  // 不同意绑定 张敏
	Import      Intent = "import"
	Export      Intent = "export"
	Status      Intent = "status"      // 状态 of the bot itself
	Feedback    Intent = "feedback"    // 意见反馈
	ExtendYes   Intent = "extend_yes"  // 同意延期 任务28
	ExtendNo    Intent = "extend_no"   // 不同意延期 任务28 原因
	Sign        Intent = "sign"        // 签收 任务28
	Decline     Intent = "decline"     // 退办 任务28 原因
	Keep        Intent = "keep"        // 驳回退办 任务28
	Need        Intent = "need"        // 需协调 任务28 事项
	Met         Intent = "met"         // 协调办结 任务28
	Instruct    Intent = "instruct"    // 批示 任务28 内容
	Pause       Intent = "pause"       // 暂缓 任务28 原因
	Resume      Intent = "resume"      // 恢复 任务28
	CancelTask  Intent = "cancel_task" // 撤销 任务28 原因
	Strike      Intent = "strike"      // 销号 任务28
	Attention   Intent = "attention"   // 需要我出面
	Latest      Intent = "latest"      // 最新进展
	Unreported  Intent = "unreported"  // 未报送
	Audit       Intent = "audit"       // 台账 任务28
	Feed        Intent = "feed"        // 日历
	FeedReset   Intent = "feed_reset"  // 重置日历
	TestNudge   Intent = "test_nudge"  // 测试提醒
	Alias       Intent = "alias"       // 别名 数据局=市大数据中心
	Bulletin    Intent = "bulletin"    // 生成通报: the draft, as a file
	Publish     Intent = "publish"     // 发布通报, 发布 9月通报, 发布第3期; N is the number
	Issues      Intent = "issues"      // 通报目录
	IssueFile   Intent = "issue_file"  // 第3期通报; N is the number, From's year its year
	Picture     Intent = "picture"     // 进度图
	Timeline    Intent = "timeline"    // 时间轴
	Confirm     Intent = "confirm"
	Cancel      Intent = "cancel"
	Choose      Intent = "choose" // a number answering a numbered question
	Chitchat    Intent = "chitchat"
	Clarify     Intent = "clarify"
	Unknown     Intent = "unknown"
)

// Meaning is what a text was understood to say. Slots that were not said are zero.
type Meaning struct {
	Intent  Intent
	Task    string   // number of the one task meant
	Tasks   []string // several tasks, where the text or quote names several
	Query   string   // search words
	Unit    string   // canonical unit name
	Units   []string // candidates, when a short name fits several
	Project string   // 工程 named in a summary
	Name    string   // a person
	Percent *float64
	Status  string // of a report: in_progress…; of a list: open, done, pending, overdue, lead
	Text    string // what a report says, whole
	Blocker string
	Next    string
	Expect  ledger.Date
	Date    ledger.Date // postpone, snooze, mute until
	At      time.Time   // with a clock time, where one was said
	From    ledger.Date
	To      ledger.Date
	Scope   string // mine, all, unit
	Metric  string
	Order   string
	N       int    // ranking length; chosen number; days before; of a Clarify the place in a list, -1 the last
	Days    []int  // stages of reminders, as they were said
	Months  int    // of a postponement: so many calendar months later, N days besides
	Page    int    // 第2页; 0 when not said; of a Clarify also PageNext and PagePrev
	Reason  string // of a return or postponement
	Onward  bool   // of UnitTasks: nothing but 那市财政局呢, which asks the question before again
	All     bool   // mute/unmute all

	// ReadOnly is true when, whatever the context, acting on it changes nothing.
	ReadOnly bool
	// Sure is true when the words alone carry it: no quote or question was needed.
	Sure bool
	// Firm is true when the words are a command, a question or name a task by number:
	// they are not the free words that the bot may have asked for.
	Firm    bool
	Score   float64 // 0..1
	Margin  float64 // to the next best reading
	Why     string  // English, for logs and explain
	Ask     string  // Clarify: the Chinese question to put
	Missed  bool    // Clarify: the words do not answer what the bot had asked
	Missing string  // Clarify: the number of a task that is asked after and is not in the plan

	// Toward is set on Choose and Clarify: what the person was on the way to. A
	// handler that asks back keeps it, so that the answer finishes the same act.
	Toward Intent
}

// Context is what is known around a text.
type Context struct {
	Today     ledger.Date
	Now       time.Time
	Group     bool
	Mentioned bool
	Bound     bool
	Unit      string   // the speaker's unit
	Duty      string   // the speaker's highest duty: leader, admin, supervisor, contact, staff
	Quoted    []string // task numbers in the quoted message of the bot; several for a list
	QuoteText string   // text of the quoted message
	QuoteList bool     // the quoted message lists several tasks (implied by two or more in Quoted)
	Asked     string   // text of the question that the bot asked last, when it waits for an answer
	AskedTask string   // the task that question was about
	Choices   int      // how many numbered choices that question offered
}
