package understand

import "testing"

// Whole sentences: what they mean, in whose mouth, and what is near them and means it not.
func TestSentences(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for _, x := range []struct {
		text, context string
		want          Intent
		query         string // of Beyond and ClauseAt; Name of Members; Scope of the others
	}{
		{"待我处理的有哪些", "admin", Waiting, ""}, {"待办", "leader", Waiting, ""}, {"有啥事要我办", "admin", Waiting, ""}, {"哪些要我协调", "leader", Waiting, ""},
		{"有没有需要我审批的", "leader", Waiting, ""}, {"我的待办", "admin", Waiting, ""},
		{"哪些任务有风险", "leader", Attention, ""}, {"有逾期风险的任务有哪些", "admin", Attention, ""}, {"廉政风险管控", "leader", TaskDetail, ""},
		{"待办", "dm", MyTasks, ""}, {"有什么任务要我办", "dm", MyTasks, ""}, {"任务34需要我协调什么", "leader", TaskDetail, ""},
		{"谁还没报", "leader", Unreported, "all"}, {"群里哪些单位没反馈", "grp", Unreported, "all"}, {"我还有哪些没报的", "dm", Unreported, "mine"}, {"我们单位还有几项没报", "dm", Unreported, "mine"},
		{"哪些任务一直没动静", "leader", Unreported, "all"}, {"任务28谁没报", "leader", "", ""},
		{"上周我报了什么", "dm", OwnFiled, "mine"}, {"我这个月报过哪些", "dm", OwnFiled, "mine"}, {"我们单位上个月报了几条", "dm", OwnFiled, "unit"}, {"任务28我报了什么", "dm", History, ""},
		{"我报的啥", "dm", OwnFiled, "mine"}, {"我上次报的什么", "dm", OwnFiled, "mine"}, {"我最近报的内容", "dm", OwnFiled, "mine"}, {"我报的是错的", "dm", "", ""},
		{"需要我管的有哪些", "leader", Attention, ""}, {"哪些事要我出面", "leader", Attention, ""}, {"我该管哪些", "leader", Attention, ""}, {"我要盯一下", "leader", "", ""}, {"需要领导出面的有哪些", "admin", Attention, ""},
		{"签收情况", "leader", Signing, ""}, {"哪些单位没签收", "leader", Signing, ""}, {"签收单已收到", "dm", "", ""},
		{"这个群是哪些单位的", "grp", RoomUnits, ""}, {"本群绑定了哪些单位", "grp", RoomUnits, ""},
		{"市政府各部门都包括谁", "leader", Members, "市政府各部门"}, {"市级有关部门指的是哪些单位", "dm", Members, "市级有关部门"}, {"数字化改革包括哪些", "leader", "", ""},
		{"保障措施第四条是什么", "dm", ClauseAt, "保障措施"}, {"政府数字化转型工程第2条", "dm", ClauseAt, "政府数字化转型工程"}, {"第四条是什么", "dm", TaskDetail, ""},
		{"大数据中心和法制办的任务对比", "leader", Compare, ""}, {"各单位完成情况对比", "leader", Compare, ""}, {"单位对比", "leader", Compare, ""}, {"市级部门对比一下", "leader", Compare, ""}, {"任务28和任务29对比", "leader", "", ""}, {"上半年和下半年比较", "leader", "", ""},
		{"意见反馈有哪些", "admin", Opinions, ""}, {"我有意见：提醒太密", "dm", Feedback, ""}, {"建议：提醒改到下午", "dm", Feedback, ""}, {"建议：任务12由发改委牵头", "dm", "", ""},
		{"通知各单位：7月10日前报半年小结", "admin", Beyond, WishNotice}, {"以后每周一给我发汇总", "leader", Beyond, WishSchedule}, {"让王慧出一份通报", "leader", Beyond, WishErrand},
		{"任务42的时限改为2018年6月30日", "admin", Beyond, WishDeadline}, {"帮我改一下时限", "admin", Beyond, WishDeadline}, {"增加一项任务", "admin", Beyond, WishTask},
		{"找谁能改我的单位", "dm", Beyond, WishUnit}, {"提醒改为每周一次", "dm", Beyond, WishRhythm}, {"提醒能不能不要每天发", "dm", Beyond, WishRhythm},
		{"任务42的时限改为2018年12月30日", "dm", Postpone, ""}, {"请生成一份通报", "admin", Bulletin, ""}, {"出一份6月份的通报", "admin", Bulletin, ""}, {"做一张进度图", "leader", Picture, ""},
		{"帮助 延期", "dm", Help, ""}, {"帮助全部", "dm", Help, ""},
		{"最多跑一次有关的", "dm", Search, ""}, {"政府数字化转型工程怎么样", "leader", Summary, ""}, {"第七大工程进展", "leader", Summary, ""},
		{"跟财政局有关的事有哪些卡住了", "leader", UnitTasks, ""}, {"今年办结了几项", "dm", AllTasks, ""},
	} {
		c, err := ParseContext(x.context, world)
		if err != nil {
			t.Fatal(err)
		}
		if x.context == "admin" {
			c.Duty = "supervisor"
		}
		m := l.Parse(x.text, c)
		if x.want == "" {
			if m.Why == "whole sentence" {
				t.Errorf("%s (%s): taken for %s", x.text, x.context, m.Intent)
			}
			continue
		}
		if m.Intent != x.want {
			t.Errorf("%s (%s): %s (%s), want %s", x.text, x.context, m.Intent, m.Why, x.want)
			continue
		}
		got := m.Scope
		switch m.Intent {
		case Beyond, ClauseAt:
			got = m.Query
		case Members:
			got = m.Name
		case Unreported, OwnFiled:
		default:
			continue
		}
		if got != x.query {
			t.Errorf("%s (%s): %q, want %q", x.text, x.context, got, x.query)
		}
	}
}

// The whole of December is what 12月底到期 asks after, and what was closed in a year counts
// from its first day.
func TestPeriodsOfLists(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for text, want := range map[string]string{
		"12月底到期的有多少": "2018-12-01..2018-12-31", "12月底前到期的": "..2018-12-31", "本月底到期": "..2018-10-31", "今年办结了几项": "2018-01-01..2018-12-31", "去年办结了几项": "2017-01-01..2017-12-31",
	} {
		c, err := ParseContext("leader", world)
		if err != nil {
			t.Fatal(err)
		}
		m := l.Parse(text, c)
		if got := m.From.String() + ".." + m.To.String(); got != want {
			t.Errorf("%s: %s %s, want %s", text, m.Intent, got, want)
		}
	}
}
