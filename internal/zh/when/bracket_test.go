package when

import (
	"testing"

	"duban/store/ledger"
)

// TestInBrackets: brackets that hold a period and nothing else date a heading.
func TestInBrackets(t *testing.T) {
	issued := ledger.NewDate(2020, 5, 12)
	for title, want := range map[string]string{
		"总结提升（2020年11月）":            "due=2020-11-30",
		"全面推进阶段（2020年6月—2021年3月）":   "range=2020-06-01..2021-03-31",
		"建设车路协同示范区（2024年）":          "due=2024-12-31",
		"园区提升计划（2020—2022年）":        "open",
		"推行《实施方案（2020年版）》":          "open",
		"建设乡镇（街道）治理体系（管理办法由市司法局制定）": "open",
	} {
		if got := InBrackets(title, issued).Expected(); got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
}

// TestProseLists: further dates of a list count, and a start today gives way to the
// end that follows.
func TestProseLists(t *testing.T) {
	issued := ledger.NewDate(2021, 3, 1)
	for text, want := range map[string]string{
		"新建口袋公园8座，2022年、2023年各建4座": "multi=各建4座:2022-12-31;各建4座:2023-12-31",
		"即日起开展排查，3月15日前完成":         "due=2021-03-15",
		"争取2021年9月开工":              "due=2021-09-30",
		"每月组织招商不少于2次":              "every=month",
		"值班表于2021年3月8日下班前报送":       "due=2021-03-08",
	} {
		if got := InProse(text, issued).Expected(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
