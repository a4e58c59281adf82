package handlers

import "testing"

// TestOwnReport: what only says that a report is another's is not kept in its text.
func TestOwnReport(t *testing.T) {
	for text, want := range map[string]string{
		"代报 任务28 已完成招标":        "已完成招标",
		"代报：28号任务已完成招标":        "已完成招标",
		"代市大数据中心反馈：任务28 已完成招标": "已完成招标",
		"替数据局报一下，任务28 招标完成了":   "招标完成了",
		"代报任务28":         "代报任务28",
		"代建设局报：任务28 已开工": "已开工",
		"代建单位已确定":        "代建单位已确定",
		"替代方案报市政府":       "替代方案报市政府",
		"已完成招标":          "已完成招标",
	} {
		if got := ownReport(text, "28"); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
