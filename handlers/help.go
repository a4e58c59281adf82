package handlers

import (
	"slices"
	"strings"

	"duban/handlers/understand"
	"duban/internal/zh/secrecy"
	"duban/store/ledger"
)

// brief is what each duty uses most, in the order in which the short help shows it.
var brief = map[ledger.Duty][]understand.Intent{
	ledger.DutyContact: {understand.MyTasks, understand.TaskDetail, understand.DueIn, understand.Overdue,
		understand.Report, understand.Done, understand.Correct, understand.Postpone, understand.Need, understand.Summary, understand.Feedback},
	ledger.DutySupervisor: {understand.Waiting, understand.Overdue, understand.Unreported, understand.TaskDetail, understand.Summary,
		understand.Accept, understand.Return, understand.ExtendYes, understand.Urge, understand.Assign, understand.Bulletin, understand.Export},
	ledger.DutyLeader: {understand.Attention, understand.Waiting, understand.Overdue, understand.TaskDetail, understand.Summary,
		understand.ExtendYes, understand.Instruct, understand.Urge, understand.Picture, understand.Bulletin},
	ledger.DutyAdmin: {understand.Summary, understand.TaskDetail, understand.BindRoom, understand.ApproveBind, understand.People, understand.Rooms,
		understand.GiveDuty, understand.SetupLog, understand.ShowConfig, understand.Status},
}

// newcomer is what somebody without a duty is shown.
var newcomer = []understand.Intent{understand.BindUnit}

// kinds are the headings of the help, in order.
var kinds = []string{"查询", "反馈", "审批", "报表", "设置"}

// kindOf is the heading under which a command stands; what is not listed follows from
// the leave that it needs.
var kindOf = map[understand.Intent]string{
	understand.Summary: "报表", understand.Export: "报表", understand.Bulletin: "报表", understand.Publish: "报表", understand.Issues: "报表", understand.Picture: "报表", understand.Timeline: "报表", understand.Compare: "报表", understand.SetCompare: "设置",
	understand.Waiting: "审批", understand.Pending: "审批", understand.Unreported: "查询", understand.Audit: "查询", understand.Opinions: "查询", understand.Relief: "报表",
	understand.ApproveBind: "审批", understand.RefuseBind: "审批", understand.Keep: "审批", understand.Strike: "审批",
	understand.Pause: "审批", understand.CancelTask: "审批", understand.Resume: "审批", understand.Assign: "审批",
	understand.Snooze: "设置", understand.Mute: "设置", understand.Unmute: "设置", understand.HandOver: "设置", understand.HandBack: "设置", understand.BindUnit: "设置",
	understand.OwnFiled: "查询", understand.Readers: "查询", understand.Recall: "审批", understand.Feed: "设置", understand.Feedback: "反馈", understand.Withdraw: "反馈",
}

func (c command) kind() string {
	if k := kindOf[c.intent]; k != "" {
		return k
	}
	switch c.need {
	case feedBack:
		return "反馈"
	case decide, extend, press:
		return "审批"
	case bind, operate, manage:
		return "设置"
	}
	return "查询"
}

// example is the command's line in the help.
func (c command) example() string {
	if strings.HasPrefix(c.usage, c.name) {
		return c.usage
	}
	return c.name + "：" + c.usage
}

// runHelp shows what this person uses most; 帮助 全部 shows all, and a thing that is named
// the lines about it.
func runHelp(t *turn) (act, error) {
	q := strings.TrimSpace(t.mean.Query)
	if q == "全部" || q == "所有" || q == "大全" {
		return say("全部用法", "全部用法，请按例句发送：\n\n"+t.sampled(t.grouped(t.offered(nil)))+"\n"+helpTail), nil
	}
	if a, ok := t.topicHelp(q); ok {
		return a, nil
	}
	text := "您好，我是" + t.desk.o.Bot + "，帮您查任务、报进展、看汇总。常用的说法：\n\n" + t.sampled(t.grouped(t.offered(t.usual()))) +
		"\n" + helpTail + "\n\n回复“帮助 全部”看全部用法，回复“帮助 延期”这样的词看具体一项。"
	if t.me == nil || len(t.me.Duties) == 0 {
		text += "\n\n您还没有绑定单位，请先回复“绑定 单位名称”，例如：绑定 市财政局。"
	}
	return say("帮助", text, ledger.Button{Label: "我的任务", Say: "我的任务"}, ledger.Button{Label: "全部用法", Say: "帮助 全部"}), nil
}

const helpTail = "收到提醒后，引用提醒直接回复进展即可。本系统" + secrecy.Notice + "。"

// usual is what the speaker's highest duty uses most.
func (t *turn) usual() []understand.Intent {
	for _, d := range []ledger.Duty{ledger.DutyLeader, ledger.DutySupervisor, ledger.DutyAdmin} {
		if t.me.Has(d) {
			return brief[d]
		}
	}
	if t.me != nil && len(t.me.Duties) > 0 {
		return brief[ledger.DutyContact]
	}
	return newcomer
}

// offered picks, of the intents (nil: of all), the commands that this person may give
// here, in the order asked for.
func (t *turn) offered(of []understand.Intent) []command {
	var out []command
	for _, c := range t.desk.commands {
		if c.name != "" && c.intent != understand.Help && (of == nil || slices.Contains(of, c.intent)) && (c.need == "" || may(t.me, c.need)) && t.works(c.intent) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b command) int { return slices.Index(of, a.intent) - slices.Index(of, b.intent) })
	return out
}

// works reports whether the command does anything in this installation.
func (t *turn) works(i understand.Intent) bool {
	switch i {
	case understand.Feed:
		return t.desk.o.Feed != nil
	case understand.Export:
		return t.desk.o.Writers[FormLedger] != nil
	case understand.Bulletin, understand.Publish:
		return t.desk.o.Writers[FormBulletin] != nil
	case understand.Ding:
		return t.desk.o.Dings != nil
	case understand.Readers, understand.Recall:
		return t.desk.o.Traces != nil
	case understand.Picture:
		return t.desk.o.Writers[FormPicture] != nil
	case understand.Timeline:
		return t.desk.o.Writers[FormTimeline] != nil
	case understand.Compare:
		return t.comparison().Allowed()
	case understand.SetCompare:
		return may(t.me, manage)
	case understand.BindUnit:
		return t.me == nil || len(t.me.Units) == 0
	}
	return true
}

// grouped writes the commands under their headings.
func (t *turn) grouped(list []command) string {
	var b strings.Builder
	for _, k := range kinds {
		head := "**" + k + "**\n"
		for _, c := range list {
			if c.kind() == k {
				b.WriteString(head + "- " + c.example() + "\n")
				head = ""
			}
		}
		if head == "" {
			b.WriteString("\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
