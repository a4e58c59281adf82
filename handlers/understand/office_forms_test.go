package understand

import (
	"strconv"
	"strings"
	"testing"
)

// The office's arrangements are fixed forms; what only begins like one is something else.
func TestOfficeForms(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	ctx, err := ParseContext("dm; supervisor", world)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		text   string
		intent Intent
		want   string // task unit name order n units query
	}{
		{"任务20 按季报送 25日", SetRhythm, "20|||quarter|25||"},
		{"任务20 按月报送", SetRhythm, "20|||month|0||"},
		{"任务20改为每半年报送，20号", SetRhythm, "20|||half|20||"},
		{"任务20 不报送", SetRhythm, "20|||none|0||"},
		{"任务20无需报送", SetRhythm, "20|||none|0||"},
		{"任务20 恢复默认报送", SetRhythm, "20|||default|0||"},
		{"集合名 市级有关部门=市发改委、市财政局", SetGroup, "||市级有关部门||0|市发改委,市财政局|"},
		{"集合名 市级有关部门=市发改委和火星局", SetGroup, "||市级有关部门||0|市发改委|火星局"},
		{"取消集合名 市级有关部门", DropGroup, "||市级有关部门||0||"},
		{"集合名", Groups, "||||0||"},
		{"批示办结 任务20", Followed, "20||||0||"},
	} {
		m := l.Parse(row.text, ctx)
		got := strings.Join([]string{m.Task, m.Unit, m.Name, m.Order, strconv.Itoa(m.N), strings.Join(m.Units, ","), m.Query}, "|")
		if m.Intent != row.intent || got != row.want {
			t.Errorf("%q: %s %q (%s), want %s %q", row.text, m.Intent, got, m.Why, row.intent, row.want)
		}
	}
	staff, err := ParseContext("dm", world)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"任务20 按季报送了两次进展", "任务20不报送会怎么样？", "任务20谁负责报送", "市财政局负责人是谁", "任务20 已按月报送材料，进度60%"} {
		switch m := l.Parse(text, staff); m.Intent {
		case SetRhythm, SetGroup, DropGroup, Followed:
			t.Errorf("%q: %s", text, m.Intent)
		}
	}
}
