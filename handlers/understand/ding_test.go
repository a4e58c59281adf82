package understand

import (
	"testing"

	"duban/store/ledger"
)

// A DING is an order of the office and of leaders; what only speaks of one is none.
func TestDing(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for _, row := range []struct{ duty, text, quoted, task, unit, reason string }{
		{"supervisor", "DING任务28", "", "28", "", ""},
		{"supervisor", "DING 28", "", "28", "", ""},
		{"leader", "ding 任务28 请今天下班前报结果", "", "28", "", "请今天下班前报结果"},
		{"supervisor", "DING 任务28：5G基站方案请今天报", "", "28", "", "5G基站方案请今天报"},
		{"supervisor", "用DING催办任务28", "", "28", "", ""},
		{"supervisor", "请用 DING 催一下任务28", "", "28", "", ""},
		{"supervisor", "发个DING催办 第28项", "", "28", "", ""},
		{"supervisor", "催办任务28 DING", "", "28", "", ""},
		{"leader", "催办 任务28，用DING", "", "28", "", ""},
		{"leader", "任务28 DING一下", "", "28", "", ""},
		{"supervisor", "DING 市大数据中心 任务28", "", "28", "市大数据中心", ""},
		{"supervisor", "DING一下", "28", "28", "", ""},
		{"supervisor", "DING", "", "", "", ""},
		{"contact", "DING 任务28", "", "28", "", ""}, // is refused for want of leave
	} {
		c := Context{Today: ledger.NewDate(2018, 7, 25), Bound: true, Duty: row.duty}
		if row.quoted != "" {
			c.Quoted = []string{row.quoted}
		}
		m := l.Parse(row.text, c)
		if m.Intent != Ding || m.Task != row.task || m.Unit != row.unit || m.Reason != row.reason || m.ReadOnly {
			t.Errorf("%s %q: %s task=%s unit=%s reason=%q (%s)", row.duty, row.text, m.Intent, m.Task, m.Unit, m.Reason, m.Why)
		}
	}
	for _, row := range [][2]string{
		{"contact", "任务28 DING"}, {"contact", "任务28 已发DING通知各单位"}, {"contact", "DING任务28的会议已经开完"}, {"supervisor", "任务28 已DING过联络员，进度60%"},
		{"supervisor", "DING 任务28了吗"}, {"supervisor", "催办 任务28"}, {"supervisor", "DING 张三 任务28"}, {"leader", "DING是什么"},
	} {
		if m := l.Parse(row[1], Context{Today: ledger.NewDate(2018, 7, 25), Bound: true, Duty: row[0]}); m.Intent == Ding {
			t.Errorf("%s %q: %s task=%s", row[0], row[1], m.Intent, m.Task)
		}
	}
}
