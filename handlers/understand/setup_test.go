package understand

import "testing"

// TestSetup reads the orders and questions about the set-up, and leaves alone what only
// has such words in it.
func TestSetup(t *testing.T) {
	t.Parallel()
	lex := testLexicon(t)
	for _, c := range []struct {
		text   string
		intent Intent
		name   string
		query  string
	}{
		{"人员名单", People, "", ""},
		{"群名单", Rooms, "", ""},
		{"当前配置", ShowConfig, "", ""},
		{"设置记录", SetupLog, "", ""},
		{"设置 赵蕾 为联络员", GiveDuty, "赵蕾", "联络员"},
		{"设置赵蕾为督查员", GiveDuty, "赵蕾", "督查员"},
		{"指定赵蕾作为联络员。", GiveDuty, "赵蕾", "联络员"},
		{"设置 赵蕾 为负责人", GiveDuty, "赵蕾", "负责人"},
		{"取消赵蕾的负责人", TakeDuty, "赵蕾", "负责人"},
		{"取消赵蕾的联络员身份", TakeDuty, "赵蕾", "联络员"},
		{"移除人员 赵蕾", Remove, "赵蕾", ""},
		{"别名", Alias, "", ""},
		{"删除别名 数据局", DropAlias, "数据局", ""},
		{"解绑本群 市财政局", UnbindRoom, "", ""},
	} {
		m := lex.Parse(c.text, Context{Duty: "supervisor", Bound: true})
		if m.Intent != c.intent || m.Name != c.name || m.Query != c.query {
			t.Errorf("%q is %s name=%q query=%q", c.text, m.Intent, m.Name, m.Query)
		}
	}
	for _, text := range []string{"任务20 已设置专人为联络员", "任务20 配置已完成", "已明确张敏为联络员，任务20进度50%", "各单位已设置联络员", "取消联络员会议"} {
		switch m := lex.Parse(text, Context{Bound: true}); m.Intent {
		case GiveDuty, TakeDuty, Remove, UnbindRoom, ShowConfig, People:
			t.Errorf("%q is %s", text, m.Intent)
		}
	}
	if m := lex.Parse("绑定本群 市司法局、市编委办", Context{Group: true, Mentioned: true, Bound: true}); m.Intent != BindRoom || len(m.Units) != 2 {
		t.Errorf("two units: %s %q", m.Intent, m.Units)
	}
}
