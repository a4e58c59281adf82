package handlers

import (
	"slices"
	"strings"

	"duban/handlers/understand"
)

// topic is a thing about which one asks how it is done, with the commands that do it and
// what there is to say besides.
type topic struct {
	words   []string
	intents []understand.Intent
	say     string
}

// topics are looked through in order: the first of whose words one is in the question
// answers it.
var topics = []topic{
	{[]string{"附件", "上传", "传文件", "文件", "图片", "照片", "材料", "截图"}, []understand.Intent{understand.Report},
		"附件和图片不能登记为进展，请把主要情况用文字写出来；佐证材料按督查室要求另行报送。"},
	{[]string{"延期", "延长", "推迟", "宽限", "展期"}, []understand.Intent{understand.Postpone, understand.ExtendYes, understand.ExtendNo}, ""},
	{[]string{"更正", "改进度", "报错", "填错", "写错", "改反馈", "修改"}, []understand.Intent{understand.Correct, understand.Withdraw}, ""},
	{[]string{"撤回", "收回"}, []understand.Intent{understand.Withdraw, understand.Correct}, ""},
	{[]string{"审核", "审批", "通过", "退回"}, []understand.Intent{understand.Waiting, understand.Accept, understand.Return}, ""},
	{[]string{"办结", "完成", "结案", "销号"}, []understand.Intent{understand.Done, understand.Strike}, ""},
	{[]string{"协调"}, []understand.Intent{understand.Need, understand.Met}, ""},
	{[]string{"退办", "不是我", "不属于"}, []understand.Intent{understand.Decline, understand.Keep}, ""},
	{[]string{"签收"}, []understand.Intent{understand.Sign, understand.Signing}, ""},
	{[]string{"别提醒", "不提醒", "关提醒", "提醒关", "停", "静音", "屏蔽", "稍后", "关闭", "关掉"}, []understand.Intent{understand.Mute, understand.Snooze, understand.Unmute}, ""},
	{[]string{"提醒"}, []understand.Intent{understand.RemindRules, understand.Snooze, understand.Mute}, ""},
	{[]string{"催", "DING", "ding", "钉一下"}, []understand.Intent{understand.Urge, understand.Ding, understand.Readers, understand.Recall}, ""},
	{[]string{"批示"}, []understand.Intent{understand.Instruct, understand.Followed}, ""},
	{[]string{"转办", "转给", "移交"}, []understand.Intent{understand.Assign}, ""},
	{[]string{"代管", "请假", "出差"}, []understand.Intent{understand.HandOver, understand.HandBack}, ""},
	{[]string{"绑定本群", "绑群", "群绑"}, []understand.Intent{understand.BindRoom, understand.UnbindRoom}, ""},
	{[]string{"绑", "登记单位", "换单位", "改单位", "注册"}, []understand.Intent{understand.BindUnit},
		"绑定请回复“绑定 单位名称”，例如：绑定 市财政局；换单位的先回复“解除绑定”。督查室确认后生效。"},
	{[]string{"导入", "方案"}, []understand.Intent{understand.Import}, ""},
	{[]string{"台账", "导出", "下载", "表格"}, []understand.Intent{understand.Export}, ""},
	{[]string{"发布"}, []understand.Intent{understand.Publish}, ""},
	{[]string{"通报"}, []understand.Intent{understand.Bulletin, understand.Publish, understand.Issues}, ""},
	{[]string{"单位对比", "对比", "排名"}, []understand.Intent{understand.Compare, understand.SetCompare}, ""},
	{[]string{"进度图", "时间轴", "画图"}, []understand.Intent{understand.Picture, understand.Timeline}, ""},
	{[]string{"日历", "订阅"}, []understand.Intent{understand.Feed}, ""},
	{[]string{"意见", "建议", "投诉"}, []understand.Intent{understand.Feedback}, ""},
	{[]string{"逾期", "超期"}, []understand.Intent{understand.Overdue}, ""},
	{[]string{"到期", "截止"}, []understand.Intent{understand.DueIn}, ""},
	{[]string{"我的任务", "查任务", "看任务", "查我们", "查询", "查"}, []understand.Intent{understand.MyTasks, understand.TaskDetail, understand.Search}, ""},
	{[]string{"汇总", "总结"}, []understand.Intent{understand.Summary}, ""},
	{[]string{"报", "填", "反馈", "进展", "进度", "汇报", "提交"}, []understand.Intent{understand.Report, understand.Done}, ""},
}

// topicHelp answers how one thing is done with its lines alone: the word after 帮助, or
// the question itself.
func (t *turn) topicHelp(q string) (act, bool) {
	if q == "" && strings.ContainsAny(t.m.Text, "怎如咋哪么点") {
		q = t.m.Text
	}
	for _, x := range topics {
		if !slices.ContainsFunc(x.words, func(w string) bool { return strings.Contains(q, w) }) {
			continue
		}
		var lines, office []string
		for _, c := range t.desk.commands {
			switch {
			case c.name == "" || !slices.Contains(x.intents, c.intent) || !t.works(c.intent):
			case c.need == "" || may(t.me, c.need):
				lines = append(lines, "- "+c.example())
			default:
				office = append(office, c.name)
			}
		}
		text := "这样说即可：\n\n" + strings.Join(lines, "\n")
		switch {
		case len(lines) == 0 && x.say == "" && len(office) > 0:
			text = strings.Join(office, "、") + "不在您的权限内，请联系督查室办理。"
		case len(lines) == 0 && x.say == "":
			return act{}, false
		case len(lines) == 0:
			text = x.say
		case x.say != "":
			text += "\n\n" + x.say
		}
		return say("用法", t.sampled(text)), true
	}
	return act{}, false
}
