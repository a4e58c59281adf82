package understand

import "testing"

// A page at the end of a query is no part of what is meant.
func TestPage(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	ctx, err := ParseContext("dm", world)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		text   string
		intent Intent
		page   int
	}{
		{"我的任务 第2页", MyTasks, 2},
		{"我的任务第二页", MyTasks, 2},
		{"全部任务，翻到第3页。", AllTasks, 3},
		{"逾期的任务 page 2", Overdue, 2},
		{"市财政局的任务第十二页", UnitTasks, 12},
		{"我的任务", MyTasks, 0},
		{"任务28材料已改到第2页", Report, 0},
		{"任务28第2页", TaskDetail, 2},
	} {
		if m := l.Parse(row.text, ctx); m.Intent != row.intent || m.Page != row.page {
			t.Errorf("%q: %s page %d, want %s page %d", row.text, m.Intent, m.Page, row.intent, row.page)
		}
	}
	if m := l.Parse("任务28材料已改到第2页", ctx); m.Text != "材料已改到第2页" {
		t.Errorf("the report lost its end: %q", m.Text)
	}
}

// Search words keep the letters that were typed.
func TestQueryKeepsItsLetters(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	ctx, err := ParseContext("dm", world)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"找找APP整合":         "APP整合",
		"搜索 App":          "App",
		"搜一下ＡＰＰ":          "APP",
		"search DingTalk": "DingTalk",
		"找找app":           "app",
		"搜索數據大腦":          "数据大脑",
	} {
		if m := l.Parse(text, ctx); m.Intent != Search || m.Query != want {
			t.Errorf("%q: %s %q, want %q", text, m.Intent, m.Query, want)
		}
	}
}

// Fixed forms are read before everything; what only begins like one is not theirs.
func TestFormsTakeOnlyTheirOwn(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for _, row := range []struct {
		text, where string
		want        Intent
	}{
		{"签收 任务28", "dm", Sign},
		{"签收", "quote=28", Sign},
		{"任务28已签收了吗", "dm", TaskDetail},
		{"签收单已收到，任务28进度60%", "dm", Report},
		{"签收单已收到，进度60%", "quote=28", Report},
		{"任务28签收单已收到，进度60%", "dm", Report},
		{"恢复 任务28", "supervisor", Resume},
		{"恢复任务28的提醒", "supervisor", Unmute},
		{"恢复提醒", "supervisor; quote=28", Unmute},
		{"恢复提醒", "quote=28", Unmute},
		{"撤销 任务28 不再实施", "supervisor", CancelTask},
		{"撤销任务28的办结", "supervisor", Reopen},
		{"撤销办结", "supervisor; quote=28", Reopen},
		{"批示 任务28 请抓紧办理", "leader", Instruct},
		{"批示已落实，进度60%", "leader; quote=28", Report},
		{"需协调 任务28 请市财政局落实资金", "dm", Need},
		{"需协调的事项有哪些？", "leader", Summary},
		{"台账 任务28", "dm", Audit},
		{"台账已更新，进度60%", "quote=28", Report},
		{"退办 任务28 不属于我单位职责", "dm", Decline},
		{"最新进展", "dm", Latest},
	} {
		ctx, err := ParseContext(row.where, world)
		if err != nil {
			t.Fatal(err)
		}
		if m := l.Parse(row.text, ctx); m.Intent != row.want {
			t.Errorf("%q under %s: %s, want %s (%s)", row.text, row.where, m.Intent, row.want, m.Why)
		}
	}
}
