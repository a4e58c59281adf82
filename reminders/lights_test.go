package reminders_test

import (
	"strings"
	"testing"

	"duban/internal/wording"
	"duban/reminders"
	"duban/store/ledger"
)

// TestOwnLights: a nudge speaks in the office's own words and judges by its own gap.
func TestOwnLights(t *testing.T) {
	v := newVault(t, plan(), once("1", "甲", "2018-09-26", lead("市财政局")), once("2", "乙", "2018-09-30", lead("市财政局")), once("3", "丙", "2018-12-31", lead("市财政局")),
		room("R", "市财政局"), state("3", "1", ledger.PointState{Percent: percent(30)}))
	rules := ladderOnly()
	rules.Lights = wording.Lights{ledger.LevelOverdue: {Word: "超期"}, ledger.LevelNear: {Word: "快到期", Mark: "🔵"}, ledger.LevelBehind: {Word: "慢序时"}}
	n := ledger.Notice{To: ledger.Target{Room: "R"}, Items: items(v.book, "1/1", "2/1", "3/1")}
	said := func() string {
		body, ok := reminders.Nudge(rules, v.book, holidays{}, n, date("2018-09-28"))
		if !ok {
			t.Fatal("nothing to say")
		}
		sound(t, body)
		return body.Text
	}
	for _, want := range []string{"1项超期", "#### 超期", "🔴 超期 任务1", "#### 快到期", "🔵 快到期 任务2", "🟡 慢序时 任务3"} {
		if !strings.Contains(said(), want) {
			t.Errorf("no %q in\n%s", want, said())
		}
	}
	rules.Behind = 60
	if strings.Contains(said(), "慢序时") {
		t.Errorf("a gap below the threshold counts:\n%s", said())
	}
	rules.Behind, rules.Lights = 0, wording.Lights{"red": {Word: "红"}}
	if faults := rules.Validate(); len(faults) != 2 {
		t.Errorf("faults: %v", faults)
	}
}
