package understand

import (
	"testing"

	"duban/store/ledger"
)

// Hand-overs, 减负体检 and 零报告 are fixed forms; what only begins like one is a report
// or is asked about, and moves no notices.
func TestHousekeepingForms(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	ctx, err := ParseContext("dm", world)
	if err != nil {
		t.Fatal(err)
	}
	ctx.Today = ledger.NewDate(2018, 8, 3)
	day := ledger.NewDate(2018, 8, 20)
	for _, row := range []struct {
		text   string
		intent Intent
		name   string
		query  string
		date   ledger.Date
	}{
		{"代管 李军 至 8月20日", HandOver, "李军", "", day},
		{"代管李军到8月20日", HandOver, "李军", "", day},
		{"由李军代管至8月20日", HandOver, "李军", "", day},
		{"张敏由李军代管至8月20日", HandOver, "李军", "张敏", day},
		{"请由李军代管，至8月20日", HandOver, "李军", "", day},
		{"代管李军", HandOver, "李军", "", ledger.Date{}},
		{"取消代管", HandBack, "", "", ledger.Date{}},
		{"取消代管 张敏", HandBack, "", "张敏", ledger.Date{}},
		{"取消张敏的代管", HandBack, "", "张敏", ledger.Date{}},
		{"结束代管。", HandBack, "", "", ledger.Date{}},
		{"减负体检", Relief, "", "", ledger.Date{}},
	} {
		m := l.Parse(row.text, ctx)
		if m.Intent != row.intent || m.Name != row.name || m.Query != row.query || m.Date != row.date {
			t.Errorf("%q: %s name %q query %q date %s", row.text, m.Intent, m.Name, m.Query, m.Date)
		}
		if m.ReadOnly != (row.intent == Relief) {
			t.Errorf("%q: read only %v", row.text, m.ReadOnly)
		}
	}
	for _, text := range []string{"任务28由李军代管的部分已完成", "代管单位已移交材料，进度60%", "李军代管", "谁代管张敏？", "任务28 已委托代管至12月底"} {
		if m := l.Parse(text, ctx); m.Intent == HandOver || m.Intent == HandBack {
			t.Errorf("%q: %s", text, m.Intent)
		}
	}
	for text, task := range map[string]string{"零报告 任务28 设备未到货": "28", "零报告，任务 28，设备未到货": "28", "任务28 零报告 设备未到货": "28"} {
		if m := l.Parse(text, ctx); m.Intent != Report || m.Task != task || m.Status != "no_progress" || m.Text == "" {
			t.Errorf("%q: %s task %q status %q text %q", text, m.Intent, m.Task, m.Status, m.Text)
		}
	}
}
