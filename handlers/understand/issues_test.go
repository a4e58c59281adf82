package understand

import (
	"testing"

	"duban/store/ledger"
)

// Published bulletins are the office's: between 发布 and 通报 only a number or a period may
// stand, and in the mouth of a unit the words are no order.
func TestIssues(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for _, row := range []struct {
		duty, text string
		intent     Intent
		n          int
		from       string
	}{
		{"supervisor", "发布", Publish, 0, ""},
		{"supervisor", "发布通报", Publish, 0, ""},
		{"supervisor", "发布督查通报吧", Publish, 0, ""},
		{"supervisor", "发布 6月通报", Publish, 0, "2018-06-01"},
		{"supervisor", "发布2018年6月的通报", Publish, 0, "2018-06-01"},
		{"supervisor", "发布二季度通报", Publish, 0, "2018-04-01"},
		{"supervisor", "请发布上月通报", Publish, 0, "2018-06-01"},
		{"supervisor", "印发第3期通报", Publish, 3, ""},
		{"supervisor", "发布第三期", Publish, 3, ""},
		{"leader", "发布通报", Publish, 0, ""},
		{"supervisor", "通报目录", Issues, 0, ""},
		{"leader", "查看往期通报", Issues, 0, ""},
		{"supervisor", "第3期通报", IssueFile, 3, ""},
		{"supervisor", "发我第十二期督查通报", IssueFile, 12, ""},
		{"leader", "2018年第3期通报", IssueFile, 3, "2018-01-01"},
		{"supervisor", "通报第3期", IssueFile, 3, ""},
		{"supervisor", "生成通报", Bulletin, 0, ""},
	} {
		m := l.Parse(row.text, Context{Today: ledger.NewDate(2018, 7, 25), Bound: true, Duty: row.duty})
		if m.Intent != row.intent || m.N != row.n || row.from != "" && m.From.String() != row.from {
			t.Errorf("%s %q: %s n=%d from=%s (%s)", row.duty, row.text, m.Intent, m.N, m.From, m.Why)
		}
		if m.ReadOnly != (row.intent != Publish) {
			t.Errorf("%q: read only is %v", row.text, m.ReadOnly)
		}
	}
	for _, row := range [][2]string{
		{"contact", "发布通报"}, {"contact", "发布"}, {"contact", "第3期通报"}, {"supervisor", "发布微信推文"}, {"supervisor", "发布活动通报"},
		{"supervisor", "已发布通报"}, {"supervisor", "通报发布了吗"}, {"supervisor", "任务20 已发布第3期通报"}, {"supervisor", "发布会通报情况"},
	} {
		if m := l.Parse(row[1], Context{Today: ledger.NewDate(2018, 7, 25), Bound: true, Duty: row[0]}); m.Intent == Publish || m.Intent == IssueFile {
			t.Errorf("%s %q: %s", row[0], row[1], m.Intent)
		}
	}
}
