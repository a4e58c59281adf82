package understand

import (
	"strings"
	"testing"
)

// TestDecisions: what the office and leaders decide in few words, and what only begins
// like a decision.
func TestDecisions(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for _, row := range []struct {
		text, context string
		intent        Intent
		want          string // task|tasks|status|date|reason
	}{
		{"同意延期 任务34 到2019年3月31日", "", ExtendYes, "34||postpone|2019-03-31|"},
		{"任务34延期只同意到2019年3月31日", "", ExtendYes, "34||postpone|2019-03-31|"},
		{"同意任务34延期到2019年3月31日", "", ExtendYes, "34||postpone|2019-03-31|"},
		{"任务34可以延到明年3月底", "", ExtendYes, "34||postpone|2019-03-31|"},
		{"同意延期到11月底", "", ExtendYes, "||postpone|2018-11-30|"},
		{"34只同意到2019年3月底", "ask=您同意的是“张敏申请延期到2019年6月30日：任务34 建设湖州数据大脑”吗？", Agree, "34|||2019-03-31|"},
		{"任务28同意延期", "", ExtendYes, "28||postpone||"},
		{"任务29的延期申请批准了", "", ExtendYes, "29||postpone||"},
		{"任务28不同意延期", "", ExtendNo, "28||postpone||"},
		{"任务29不同意延期，必须9月底完成", "", ExtendNo, "29||postpone||必须9月底完成"},
		{"不同意延期 任务28 请按期完成", "", ExtendNo, "28||postpone||请按期完成"},
		{"29同意", "", Agree, "29||||"},
		{"同意", "", Agree, "||||"},
		{"批准", "", Agree, "||||"},
		{"好的，同意", "", Agree, "||||"},
		{"行", "quote=28", Agree, "28||||"},
		{"26可以了", "", Agree, "26||||"},
		{"不行，按原计划", "quote=28", Disagree, "28||||按原计划"},
		{"不同意", "", Disagree, "||||"},
		{"任务28没问题，通过", "", Accept, "28||||"},
		{"同意办结任务28", "", Accept, "28||||"},
		{"任务28 佐证材料不够，打回去", "", Return, "28||||佐证材料不够"},
		{"任务28材料不够打回去", "", Return, "28||||材料不够"},
		{"退回 任务28 缺少验收材料", "", Return, "28||||缺少验收材料"},
		{"任务43 退回", "", Return, "43||||"},
		{"退回 任务29", "", Return, "29||||"},
		{"退回，材料不全", "quote=28", Return, "28||||材料不全"},
		{"全部通过", "", Agree, "||done||"},
		{"都同意", "", Agree, "||||"},
		{"通过任务35和任务38", "", Agree, "|35,38|done||"},
		{"35 38都通过", "", Agree, "|35,38|done||"},
		{"驳回退办 任务26", "", Keep, "26||||"},
	} {
		ctx, err := ParseContext("dm; supervisor; "+row.context, world)
		if err != nil {
			t.Fatal(err)
		}
		m := l.Parse(row.text, ctx)
		got := strings.Join([]string{m.Task, strings.Join(m.Tasks, ","), m.Status, m.Date.String(), m.Reason}, "|")
		if m.Intent != row.intent || got != row.want {
			t.Errorf("%q: %s %q (%s), want %s %q", row.text, m.Intent, got, m.Why, row.intent, row.want)
		}
	}
	for _, row := range [][2]string{
		{"好的", "supervisor"}, {"任务28同意立项", "leader"}, {"同意任务28的方案", "leader"}, {"任务28资金已退回", "supervisor"}, {"任务28通过了吗", "leader"}, {"不同意绑定 李四", "admin"},
		{"同意", "contact"}, {"全部通过", "contact"}, {"任务28没问题，通过", "staff"}, {"29同意", "staff"},
	} {
		ctx, err := ParseContext("dm; "+row[1], world)
		if err != nil {
			t.Fatal(err)
		}
		switch m := l.Parse(row[0], ctx); m.Intent {
		case Agree, Disagree, Return, ExtendYes, ExtendNo:
			t.Errorf("%s %q: %s", row[1], row[0], m.Intent)
		}
	}
}
