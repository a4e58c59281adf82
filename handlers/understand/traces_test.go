package understand

import (
	"testing"

	"duban/store/ledger"
)

// What is asked about the bot's own messages is never taken for a report, and taking one
// of them back never for taking back one's own words.
func TestTraces(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	parse := func(duty, text, quoted string) Meaning {
		c := Context{Today: ledger.NewDate(2018, 7, 25), Bound: true, Duty: duty}
		if quoted != "" {
			c.Quoted = []string{quoted}
		}
		return l.Parse(text, c)
	}
	for _, row := range []struct {
		text, quoted, task, query string
		want                      Intent
	}{
		{"谁没看", "", "", "", Readers},
		{"谁还没读？", "28", "28", "", Readers},
		{"未读", "28", "28", "", Readers},
		{"任务28 谁没看", "", "28", "", Readers},
		{"任务28的催办谁还没看", "", "28", "", Readers},
		{"谁没看任务28的催办", "", "28", "", Readers},
		{"还有谁没看这条提醒", "28", "28", "", Readers},
		{"哪些单位还没看", "", "", "", Readers},
		{"任务28 未读名单", "", "28", "", Readers},
		{"任务28的已读情况", "", "28", "", Readers},
		{"谁看了", "28", "28", "", Readers},
		{"撤回这条催办", "28", "28", "", Recall},
		{"撤回提醒", "", "", "", Recall},
		{"把这条提醒撤回", "28", "28", "", Recall},
		{"撤回任务28的催办", "", "28", "", Recall},
		{"任务28 撤回催办", "", "28", "", Recall},
		{"撤回催办 任务28", "", "28", "", Recall},
		{"撤回DING 任务28", "", "28", "ding", Recall},
		{"撤回任务28的DING", "", "28", "ding", Recall},
		{"请撤回刚才的催办消息", "", "", "", Recall},
		{"撤回这条消息", "28", "28", "", Recall},
	} {
		m := parse("supervisor", row.text, row.quoted)
		if m.Intent != row.want || m.Task != row.task || m.Query != row.query || m.ReadOnly != (row.want == Readers) {
			t.Errorf("%q: %s task=%s query=%q (%s)", row.text, m.Intent, m.Task, m.Query, m.Why)
		}
	}
	for text, want := range map[string]Intent{
		"撤回": Withdraw, "撤回反馈": Withdraw, "撤回任务28的反馈": Withdraw, "撤回任务28的延期申请": ExtendBack, "撤回延期申请": ExtendBack, "撤回绑定申请": Withdraw,
		"任务28 哪些单位没反馈": Unreported, "谁没签收": Signing,
	} {
		if m := parse("contact", text, ""); m.Intent == Recall || m.Intent == Readers {
			t.Errorf("%q: %s, not %s", text, m.Intent, want)
		}
	}
	for _, text := range []string{"任务28 已撤回提醒群众的通知，进度60%", "任务28 村民谁没看病都已登记", "怎么撤回催办"} {
		if m := parse("contact", text, ""); m.Intent == Recall || m.Intent == Readers {
			t.Errorf("%q: %s", text, m.Intent)
		}
	}
}
