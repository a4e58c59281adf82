package understand

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQuotedTasks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"": nil,
		"【到期提醒】任务28 证照系统，截止2018-09-30，进度40%": {"28"},
		"临期3项：任务28、任务29、任务31（剩3天）":           {"28", "29", "31"},
		"第20项 全面应用政务钉钉系统，2018年底前":            {"20"},
		"#34 建设湖州数据大脑 12月31日":                {"34"},
		"今天没有要办的事，共48项":                      nil,
	} {
		if diff := cmp.Diff(want, QuotedTasks(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestParseContextRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	if _, err := ParseContext("dm; moon=full", world); err == nil {
		t.Error("no error for an unknown context")
	}
	c, err := ParseContext("quote=28; leader; ask=确认任务29完成？", world)
	if err != nil || c.Duty != "leader" || c.AskedTask != "29" || !cmp.Equal(c.Quoted, []string{"28"}) || c.Unit != "市大数据中心" {
		t.Errorf("got %+v, %v", c, err)
	}
}

// What a report says is kept as it was written, and picked apart beside it.
func TestReportSlots(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	c, err := ParseContext("dm", world)
	if err != nil {
		t.Fatal(err)
	}
	m := l.Parse("@督查助手 任务２８：已完成招標，進度60%；问题是缺资金，下一步准备报批，预计11月底上线。", c)
	if m.Intent != Report || m.Task != "28" || m.Percent == nil || *m.Percent != 60 || !m.Sure || m.ReadOnly {
		t.Errorf("got %+v", m)
	}
	want := []string{"已完成招標，進度60%；问题是缺资金，下一步准备报批，预计11月底上线。", "问题是缺资金", "下一步准备报批", "2018-11-30"}
	if diff := cmp.Diff(want, []string{m.Text, m.Blocker, m.Next, m.Expect.String()}); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What the quote supplies is not sure; what the words carry is.
func TestSure(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for _, row := range []struct {
		text, where string
		sure        bool
	}{
		{"任务28完成60%", "quote=28", true},
		{"完成60%", "quote=28", false},
		{"我的任务", "quote=28", true},
		{"是的", "ask=确认任务28延期到2018-11-30？", false},
		{"延期到11月底", "quote=28", false},
	} {
		c, err := ParseContext(row.where, world)
		if err != nil {
			t.Fatal(err)
		}
		if m := l.Parse(row.text, c); m.Sure != row.sure {
			t.Errorf("%q under %s: sure %v (%s)", row.text, row.where, m.Sure, m.Expected())
		}
	}
}

// An empty plan denies no task, and a numbered question takes a number.
func TestChoice(t *testing.T) {
	t.Parallel()
	l := NewLexicon(nil, nil, nil)
	m := l.Parse("选2", Context{Today: world, Asked: "您要反馈哪一项？", Choices: 3})
	if m.Intent != Choose || m.N != 2 || m.Toward != Report {
		t.Errorf("got %+v", m)
	}
	if m := l.Parse("7", Context{Today: world, Asked: "您要反馈哪一项？", Choices: 3}); m.Intent != Clarify {
		t.Errorf("got %+v", m)
	}
}
