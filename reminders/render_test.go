package reminders

import (
	"strings"
	"testing"

	"duban/internal/wording"
	"duban/store/ledger"
)

// A title said 10项任务 where the line below said 9项: a task with two checkpoints in the
// message was counted twice. It counts once, where it is most urgent; both lines stand.
func TestTitleCountsTasks(t *testing.T) {
	day := ledger.NewDate(2018, 11, 5)
	x := &ledger.Task{No: "36", Title: "网站集约化", Points: []ledger.Point{
		{ID: "1", Label: "管理办法", Due: day.AddDays(-90)}, {ID: "2", Label: "项目建设", Due: day.AddDays(-5)}, {ID: "3", Label: "验收", Due: day.AddDays(4)}}}
	m := message{day: day, near: 7, lights: wording.Lights{}}
	for i, level := range []ledger.Level{ledger.LevelOverdue, ledger.LevelOverdue, ledger.LevelBehind} {
		m.lines = append(m.lines, owed{task: x, point: x.Points[i], level: level, left: x.Points[i].Due.Sub(day)})
	}
	b := m.render()
	if b.Title != "【督办提醒】1项任务逾期" {
		t.Errorf("title %s", b.Title)
	}
	if strings.Count(b.Text, "- ") != 3 || !strings.Contains(b.Text, "#### 临近时限\n\n- 🟡 滞后") {
		t.Errorf("text %s", b.Text)
	}
}
