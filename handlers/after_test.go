package handlers

import "testing"

func TestAfterTask(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, no, want string }{
		{"任务28 已完成招标", "28", "已完成招标"},
		{"28号任务：已完成", "28", "已完成"},
		{"28已完成", "28", "已完成"},
		{"028 已完成", "28", "已完成"},
		{"13710 请尽快", "28", "13710 请尽快"},
		{"9月底前报方案", "9", "9月底前报方案"},
		{"9月底前报方案", "28", "9月底前报方案"},
		{"3个系统已上线", "3", "3个系统已上线"},
		{"任务29已完成", "28", "任务29已完成"},
		{"请抓紧", "28", "请抓紧"},
		{"", "28", ""},
	} {
		if got := afterTask(c.text, c.no); got != c.want {
			t.Errorf("afterTask(%q, %s) = %q, want %q", c.text, c.no, got, c.want)
		}
	}
}
