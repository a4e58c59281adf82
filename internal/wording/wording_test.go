package wording

import (
	"strings"
	"testing"
	"unicode/utf8"

	"duban/store/ledger"
)

func day(s string) ledger.Date {
	d, err := ledger.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestSmallWords(t *testing.T) {
	today := day("2018-09-23")
	tests := []struct{ name, got, want string }{
		{"date", FormatDate(day("2018-09-30")), "2018年9月30日"},
		{"no date", FormatDate(ledger.Date{}), "时限未定"},
		{"left", Days(day("2018-09-30"), today), "还剩7天"},
		{"today", Days(today, today), "今天到期"},
		{"late", Days(day("2018-09-21"), today), "逾期2天"},
		{"percent", Percent(60), "60%"},
		{"half percent", Percent(50.5), "50.5%"},
		{"rounded percent", Percent(33.333), "33.3%"},
		{"whole after rounding", Percent(99.96), "100%"},
		{"numbers", Numbers([]string{"20", "28"}), "20、28"},
		{"units", Units([]string{"市财政局", "市审计局"}, 3), "市财政局、市审计局"},
		{"many units", Units([]string{"甲", "乙", "丙", "丁"}, 2), "甲、乙等4家"},
		{"light", Lights(nil).Of(ledger.LevelOverdue), "🔴 逾期"},
		{"short", Short(" 推进政务数据共享 ", 6), "推进政务数…"},
		{"short enough", Short("推进", 2), "推进"},
		{"nothing left", Short("推进", 0), ""},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestLevelsHaveDistinctWords(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range ledger.Levels() {
		w := Lights(nil).Word(l)
		if seen[w] {
			t.Errorf("%s: %s stands twice", l, w)
		}
		seen[w] = true
	}
}

func TestTaskLine(t *testing.T) {
	task := &ledger.Task{No: "28", Title: "建设*统一*的政务云平台并在全市各级各部门全面推广应用，形成长效机制", Owners: []ledger.Owner{
		{Role: ledger.RoleSupport, Name: "市财政局"}, {Role: ledger.RoleLead, Name: "市大数据中心"}, {Role: ledger.RoleLead, Name: "市级有关部门", Group: true},
	}}
	point := ledger.Point{Label: "全面应用", Due: day("2018-09-30")}
	got := Lights(nil).TaskLine(task, point, ledger.LevelNear, day("2018-09-23"))
	want := "🟡 临期 任务28 建设＊统一＊的政务云平台并在全市各级各部门全面…（全面应用），时限2018年9月30日，还剩7天"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := Lights(nil).TaskLine(task, ledger.Point{}, ledger.LevelStanding, day("2018-09-23")); strings.Contains(got, "时限") {
		t.Errorf("a standing task shows a time: %s", got)
	}
	if got := Lights(nil).TaskLine(task, point, ledger.LevelClosed, day("2018-10-23")); strings.Contains(got, "逾期") {
		t.Errorf("a closed checkpoint is called overdue: %s", got)
	}
	if got := Responsible(task); got != "市大数据中心、市级有关部门" {
		t.Errorf("responsible: %s", got)
	}
}

func TestEscape(t *testing.T) {
	tests := []struct{ in, want string }{
		{"已完成招标，进度60%", "已完成招标，进度60%"},
		{"**加粗** _x_ `c` ~~d~~", "＊＊加粗＊＊ ＿x＿ ｀c｀ ～～d～～"},
		{"[点我](http://x)", "［点我］(http://x)"},
		{"@所有人 请<b>看</b>&#64;", "＠所有人 请＜b＞看＜/b＞＆＃64;"},
		{"第一行\n# 第二行\r\n\t尾", "第一行 ＃ 第二行 尾"},
		{"零\u200b宽\u202e反", "零宽反"},
		{"- 项", "－ 项"},
		{"---", "－--"},
		{"1. 项", "1． 项"},
		{"1.5万元", "1.5万元"},
		{"-5度", "-5度"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := Escape(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"**a**", "[a](b)", "@x\n- y", "\xff\xfe", "1) a", "=\n==", "&lt;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Escape(s)
		if strings.ContainsAny(got, "*_`~#|\\[]<>&@\n\r\t") {
			t.Errorf("%q keeps a mark: %q", s, got)
		}
		if Escape(got) != got {
			t.Errorf("%q: twice is not once: %q, %q", s, got, Escape(got))
		}
		if !utf8.ValidString(got) {
			t.Errorf("%q: not UTF-8", got)
		}
		if n := utf8.RuneCountInString(Short(s, 10)); n > 10 {
			t.Errorf("%q: short has %d characters", s, n)
		}
	})
}
