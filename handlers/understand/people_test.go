package understand

import (
	"strings"
	"testing"
)

// TestPeopleWords: who is whose, said in the office's own words; a report that begins
// like it is none.
func TestPeopleWords(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for _, row := range []struct {
		context, text string
		intent        Intent
		want          string // unit|name|query
	}{
		{"unbound", "绑定 财政", BindUnit, "||财政"},
		{"contact", "绑定 国税局", BindUnit, "||国税局"},
		{"unbound", "绑定 财政局", BindUnit, "市财政局||"},
		{"contact", "我调到市财政局了", BindUnit, "市财政局||"},
		{"supervisor", "把赵蕾设成财政局的联络员", GiveDuty, "市财政局|赵蕾|联络员"},
		{"supervisor", "将赵蕾设为联络员", GiveDuty, "|赵蕾|联络员"},
		{"supervisor", "设置 赵蕾 为联络员", GiveDuty, "|赵蕾|联络员"},
		{"supervisor", "把张敏移除", Remove, "|张敏|"},
		{"supervisor", "移除人员 张敏", Remove, "|张敏|"},
		{"supervisor", "哪些单位没有联络员", NoContact, "||"},
		{"admin", "还有哪些单位没有联络员？", NoContact, "||"},
	} {
		ctx, err := ParseContext("dm; "+row.context, world)
		if err != nil {
			t.Fatal(err)
		}
		m := l.Parse(row.text, ctx)
		if got := strings.Join([]string{m.Unit, m.Name, m.Query}, "|"); m.Intent != row.intent || got != row.want {
			t.Errorf("%s %q: %s %q (%s), want %s %q", row.context, row.text, m.Intent, got, m.Why, row.intent, row.want)
		}
	}
	for _, row := range [][2]string{
		{"contact", "把张敏移除"}, {"contact", "把赵蕾设成财政局的联络员"}, {"contact; quote=30", "绑定手机号的功能做完了"}, {"supervisor", "把数据库删了"}, {"supervisor", "把任务删除"}, {"contact", "绑定流程是什么"},
	} {
		ctx, err := ParseContext("dm; "+row[0], world)
		if err != nil {
			t.Fatal(err)
		}
		switch m := l.Parse(row[1], ctx); m.Intent {
		case Remove, GiveDuty, BindUnit:
			t.Errorf("%s %q: %s", row[0], row[1], m.Intent)
		}
	}
}
