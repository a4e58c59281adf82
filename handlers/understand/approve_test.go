package understand

import "testing"

// TestApprovedPerson: whose binding is answered is read to the end: a yes for somebody
// who is not understood must not become a yes for whoever waits.
func TestApprovedPerson(t *testing.T) {
	t.Parallel()
	lex := testLexicon(t)
	for _, c := range []struct {
		text       string
		intent     Intent
		name, unit string
	}{
		{"同意绑定", ApproveBind, "", ""},
		{"同意绑定 张敏", ApproveBind, "张敏", ""},
		{"同意绑定张敏。", ApproveBind, "张敏", ""},
		{"同意绑定 张敏 市财政局", ApproveBind, "张敏", "市财政局"},
		{"同意绑定：张敏（市财政局）", ApproveBind, "张敏", "市财政局"},
		{"同意绑定 孙丽 市大数据中心", ApproveBind, "孙丽", "市大数据中心"},
		{"同意绑定 欧阳明轩", ApproveBind, "欧阳明轩", ""},
		{"同意绑定 艾力·买买提 市财政局", ApproveBind, "艾力·买买提", "市财政局"},
		{"不同意绑定 钱武", RefuseBind, "钱武", ""},
		{"拒绝绑定 迪丽努尔·阿卜杜拉", RefuseBind, "迪丽努尔·阿卜杜拉", ""},
	} {
		m := lex.Parse(c.text, Context{Duty: "supervisor", Bound: true})
		if m.Intent != c.intent || m.Name != c.name || m.Unit != c.unit {
			t.Errorf("%q is %s name=%q unit=%q", c.text, m.Intent, m.Name, m.Unit)
		}
	}
}
