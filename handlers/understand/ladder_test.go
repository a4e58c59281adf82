package understand

import (
	"slices"
	"testing"
)

// TestLadder reads whole sentences about the stages of reminders from those who run the
// plan, and nothing that only has such words in it.
func TestLadder(t *testing.T) {
	t.Parallel()
	lex := testLexicon(t)
	for _, c := range []struct {
		text  string
		order string
		days  []int
	}{
		{"到期前提醒 30、7、1天", LadderBefore, []int{30, 7, 1}},
		{"到期前提醒改为30天、7天、1天和当天。", LadderBefore, []int{30, 7, 1, 0}},
		{"到期前提醒：30，7，1", LadderBefore, []int{30, 7, 1}},
		{"请到期提醒设为 7 3 1 0 天", LadderBefore, []int{7, 3, 1, 0}},
		{"到期前提醒 当天", LadderBefore, []int{0}},
		{"逾期提醒 1、3、5个工作日", LadderAfter, []int{1, 3, 5}},
		{"逾期后提醒 第1、3、5个工作日", LadderAfter, []int{1, 3, 5}},
		{"逾期提醒 1个工作日", LadderAfter, []int{1}},
		{"逾期每周提醒 关闭", LadderSilent, nil},
		{"逾期每周提醒开启", LadderWeekly, nil},
		{"关闭逾期每周提醒", LadderSilent, nil},
		{"恢复默认提醒", LadderDefault, nil},
		{"恢复默认提醒规则", LadderDefault, nil},
	} {
		m := lex.Parse(c.text, Context{Duty: "supervisor"})
		if m.Intent != SetLadder || m.Order != c.order || !slices.Equal(m.Days, c.days) || m.ReadOnly {
			t.Errorf("%q is %s order=%q days=%v", c.text, m.Intent, m.Order, m.Days)
		}
	}
	for _, text := range []string{
		"到期前提醒", "到期前3天提醒我", "到期前提醒我", "任务28到期前提醒 3天", "到期前提醒 7天已经收到", "到期前提醒几天", "到期前提醒 7天吗",
		"逾期提醒", "逾期提醒太密", "逾期提醒 1、3、5个工作日是什么意思", "逾期每周提醒", "恢复任务28的提醒", "恢复提醒", "已按要求恢复默认提醒",
	} {
		if m := lex.Parse(text, Context{Duty: "supervisor"}); m.Intent == SetLadder {
			t.Errorf("%q sets the ladder: order=%q days=%v", text, m.Order, m.Days)
		}
	}
	for _, duty := range []string{"", "contact", "staff"} {
		if m := lex.Parse("到期前提醒 3天", Context{Duty: duty, Bound: true}); m.Intent == SetLadder {
			t.Errorf("said by %q it sets the ladder", duty)
		}
	}
}
