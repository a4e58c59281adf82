package when

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/internal/zh"
	"duban/store/ledger"
)

// today is the Wednesday on which the example utterances are spoken.
var today = ledger.Date{Year: 2018, Month: time.October, Day: 17}

// first is the first date in the text.
func first(text string, today ledger.Date) (Moment, bool) {
	all := FindAll(text, today)
	if len(all) == 0 {
		return Moment{}, false
	}
	return all[0], true
}

func TestFirst(t *testing.T) {
	for _, tt := range []struct{ text, want, matched string }{
		{"延期到下周五", "2018-10-26", "下周五"},
		{"本周五前可以完成", "2018-10-19", "本周五前"},
		{"周五交", "2018-10-19", "周五"},
		{"周一", "2018-10-22", "周一"},
		{"月底", "2018-10-31", "月底"},
		{"下月底前", "2018-11-30", "下月底前"},
		{"年底", "2018-12-31", "年底"},
		{"3天后提醒我", "2018-10-20", "3天后"},
		{"10天内", "2018-10-27", "10天内"},
		{"两周后", "2018-10-31", "两周后"},
		{"11月30日", "2018-11-30", "11月30日"},
		{"延期到 11.30", "2018-11-30", "11.30"},
		{"推迟到30号", "2018-10-30", "30号"},
		{"３０日前", "2018-10-30", "30日前"},
		{"四季度末", "2018-12-31", "四季度末"},
		{"3月底", "2019-03-31", "3月底"},
		{"10月15日已经报了", "2018-10-15", "10月15日"},
		{"元旦前", "2018-12-31", "元旦前"},
		{"任务36提前到10月20日完成", "2018-10-20", "10月20日"},
		{"任务28，延期至2018 年 12 月底", "2018-12-31", "2018 年 12 月底"},
		{"28号完成了", "", ""},
		{"任务20完成60%", "", ""},
		{"满意度98%，完成了3.5个，投资1200万元", "", ""},
		{"任务三十八 进度百分之四十五", "", ""},
		{"一小时后再说", "", ""},
		{"第20项", "", ""},
	} {
		m, ok := first(tt.text, today)
		if m.Date.String() != tt.want || m.Matched != tt.matched || ok != (tt.want != "") {
			t.Errorf("first(%q) = %v %q %v, want %s %q", tt.text, m.Date, m.Matched, ok, tt.want, tt.matched)
		}
		if ok && zh.Fold(tt.text)[m.Start:m.End] != m.Matched {
			t.Errorf("first(%q): offsets %d:%d miss the match", tt.text, m.Start, m.End)
		}
	}
}

func TestFindClock(t *testing.T) {
	for text, want := range map[string]Moment{
		"明天上午9点":      {Date: today.AddDays(1), Hour: 9, HasTime: true},
		"下周一10:30":    {Date: ledger.NewDate(2018, 10, 22), Hour: 10, Minute: 30, HasTime: true},
		"后天下午三点半":     {Date: today.AddDays(2), Hour: 15, Minute: 30, HasTime: true},
		"今天下班前":       {Date: today, Hour: 17, Minute: 30, HasTime: true},
		"今晚8点":        {Date: today, Hour: 20, HasTime: true},
		"下午5点前报":      {Date: today, Hour: 17, HasTime: true},
		"10月20日18时一刻": {Date: ledger.NewDate(2018, 10, 20), Hour: 18, Minute: 15, HasTime: true},
	} {
		got, ok := first(text, today)
		got.Matched, got.Precision, got.Start, got.End = "", "", 0, 0
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Errorf("first(%q): %s", text, diff)
		}
	}
}

func TestFindAll(t *testing.T) {
	var got []string
	for _, m := range FindAll("9月底前完成招标，10月20日上午9点开会，每周五通报，明天交", today) {
		got = append(got, m.Date.String())
	}
	if diff := cmp.Diff([]string{"2018-09-30", "2018-10-20", "2018-10-18"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestFindSpan(t *testing.T) {
	for text, want := range map[string]string{
		"本周到期的任务": "2018-10-15..2018-10-21 本周", "下周": "2018-10-22..2018-10-28 下周", "上周进展": "2018-10-08..2018-10-14 上周",
		"本月": "2018-10-01..2018-10-31 本月", "上个月": "2018-09-01..2018-09-30 上个月", "四季度要完成的": "2018-10-01..2018-12-31 四季度",
		"上半年": "2018-01-01..2018-06-30 上半年", "一季度完成情况": "2018-01-01..2018-03-31 一季度", "完成了9月的报表": "2018-09-01..2018-09-30 9月", "年底前要完成哪些": "..2018-12-31 年底前", "10月底前的任务": "..2018-10-31 10月底前",
		"9月": "2018-09-01..2018-09-30 9月", "1月": "2019-01-01..2019-01-31 1月", "去年": "2017-01-01..2017-12-31 去年",
		"最近一周": "2018-10-11..2018-10-17 最近一周", "近三天": "2018-10-15..2018-10-17 近三天", "3天内": "2018-10-17..2018-10-20 3天内",
		"从9月1日到9月30日": "2018-09-01..2018-09-30 9月1日到9月30日", "今天": "2018-10-17..2018-10-17 今天", "我的任务": " ",
		"今年以来": "2018-01-01..2018-10-17 今年以来", "未来一周": "2018-10-17..2018-10-24 未来一周", "到11月底": "..2018-11-30 11月底",
		"2019年上半年": "2019-01-01..2019-06-30 2019年上半年", "本周内": "2018-10-15..2018-10-21 本周内", "9月前": "..2018-09-30 9月前",
	} {
		s, ok := FindSpan(text, today)
		got := " "
		if ok {
			got = s.From.String() + ".." + s.To.String() + " " + s.Matched
		}
		if got != want {
			t.Errorf("FindSpan(%q) = %q, want %q", text, got, want)
		}
	}
}
