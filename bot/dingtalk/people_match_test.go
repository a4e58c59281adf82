package dingtalk_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/bot/dingtalk"
)

// book stands in for the plan's units.
type book struct{ exact, fuzzy map[string][]string }

func (b book) Resolve(s string) []string      { return b.exact[s] }
func (b book) ResolveFuzzy(s string) []string { return b.fuzzy[s] }

func TestBind(t *testing.T) {
	t.Parallel()
	names := book{
		exact: map[string][]string{
			"住建局": {"市住房城乡建设局"}, "财务科": {"市财政局"}, "财政局": {"市财政局"}, "市委办公室": {"市委办"},
			"开发区": {"经济开发区", "高新区"}, "市政府": {"市政府"},
		},
		fuzzy: map[string][]string{"水力局": {"市水利局"}},
	}
	d := dingtalk.Directory{Entries: []dingtalk.Entry{
		{StaffID: "1", Name: "甲", Department: "住建局/财务科"},
		{StaffID: "2", Name: "乙", Department: "市委办公室"},
		{StaffID: "3", Name: "丙", Department: "开发区"},
		{StaffID: "4", Name: "丁", Department: "水力局/工程科"},
		{StaffID: "5", Name: "戊", Department: "住建局", More: []string{"财政局"}},
		{StaffID: "6", Name: "己", Department: "市政府/财政局"},
		{StaffID: "7", Name: "庚"},
		{StaffID: "8", Name: "甲", Department: "食堂", More: []string{"住建局"}},
	}}
	sure, unsure := d.Bind(names)
	wantSure := []dingtalk.Binding{{"1", "甲", "住建局/财务科", "市住房城乡建设局"}, {"2", "乙", "市委办公室", "市委办"}, {"8", "甲", "食堂、住建局", "市住房城乡建设局"}}
	wantUnsure := []dingtalk.Proposal{
		{"3", "丙", "开发区", []string{"经济开发区", "高新区"}}, {"4", "丁", "水力局/工程科", []string{"市水利局"}},
		{"5", "戊", "住建局、财政局", []string{"市住房城乡建设局", "市财政局"}}, {"6", "己", "市政府/财政局", []string{"市政府", "市财政局"}},
	}
	if diff := cmp.Diff(wantSure, sure); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(wantUnsure, unsure); diff != "" {
		t.Error(diff)
	}
}
