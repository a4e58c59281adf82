package understand

import (
	"strings"
	"testing"
)

// TestOfficeWords: what the office and leaders say to units, and one's own request for
// extension taken back; in other mouths the same words are something else.
func TestOfficeWords(t *testing.T) {
	t.Parallel()
	l := testLexicon(t)
	for _, row := range []struct {
		duty, text string
		intent     Intent
		want       string // task|unit|status|reason
	}{
		{"contact", "任务29的延期不用了", ExtendBack, "29|||"},
		{"contact", "取消任务29的延期申请", ExtendBack, "29|||"},
		{"contact", "任务29延期取消", ExtendBack, "29|||"},
		{"contact", "撤回延期申请", ExtendBack, "|||"},
		{"contact", "撤回", Withdraw, "|||"},
		{"leader", "我的批示落实了没有", MyInstructions, "|||"},
		{"leader", "我的批示怎么样了", MyInstructions, "|||"},
		{"supervisor", "批示落实情况", MyInstructions, "|||"},
		{"supervisor", "批示有哪些", MyInstructions, "|||"},
		{"leader", "有哪些批示", MyInstructions, "|||"},
		{"supervisor", "催办所有逾期的", Urge, "||overdue|"},
		{"leader", "把逾期的单位都催一遍", Urge, "||overdue|"},
		{"supervisor", "请各单位抓紧报送", Urge, "||unreported|"},
		{"leader", "通知各单位今晚前报进度", Urge, "||unreported|"},
		{"supervisor", "任务31已协调好了", Met, "31|||"},
		{"leader", "34让财政局尽快研究", Instruct, "34|市财政局||34让财政局尽快研究"},
		{"leader", "让大数据中心来汇报一下", Instruct, "|市大数据中心||让大数据中心来汇报一下"},
		{"leader", "批示：请财政局7月底前提出方案", Instruct, "|市财政局||请财政局7月底前提出方案"},
		{"leader", "批示 任务28 请抓紧", Instruct, "28|||请抓紧"},
		{"supervisor", "给市编委办打个招呼，任务18抓紧", Urge, "18|市编委办||给市编委办打个招呼，任务18抓紧"},
		{"supervisor", "请市大数据中心7月10日前报任务34进展", Urge, "34|市大数据中心||请市大数据中心7月10日前报任务34进展"},
		{"supervisor", "任务33转回市大数据中心", Assign, "33|市大数据中心||"},
		{"supervisor", "把任务33还给市大数据中心", Assign, "33|市大数据中心||"},
		{"leader", "逾期的", Overdue, "|||"},
	} {
		ctx, err := ParseContext("dm; "+row.duty, world)
		if err != nil {
			t.Fatal(err)
		}
		m := l.Parse(row.text, ctx)
		got := strings.Join([]string{m.Task, m.Unit, m.Status, m.Reason}, "|")
		if m.Intent == Overdue {
			got = "|||"
		}
		if m.Intent != row.intent || got != row.want {
			t.Errorf("%s %q: %s %q (%s), want %s %q", row.duty, row.text, m.Intent, got, m.Why, row.intent, row.want)
		}
	}
	for _, text := range []string{"任务31已协调好了", "34让财政局尽快研究", "请各单位抓紧报送", "催办所有逾期的", "任务29延期到11月底，设备没到"} {
		ctx, err := ParseContext("dm; contact", world)
		if err != nil {
			t.Fatal(err)
		}
		switch m := l.Parse(text, ctx); {
		case m.Intent == Met, m.Intent == Instruct, m.Intent == ExtendBack, m.Intent == Urge && m.Status != "":
			t.Errorf("contact %q: %s", text, m.Intent)
		}
	}
}
