package when

import (
	"testing"

	"duban/store/ledger"
)

// TestWork: the parts of a deadline keep what is to be done, where the label is cut.
func TestWork(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"2018年6月底前完成方案，12月底前完成建设", []string{"", ""}},
		{"6月底前上线不动产登记、公积金提取等30个事项，9月底前拓展到50个", []string{"上线不动产登记、公积金提取等30个事项", ""}},
		{"第一阶段：4月底前完成摸底；第二阶段：10月底前完成5G基站布点、供电和验收", []string{"第一阶段：完成摸底", "第二阶段：完成5G基站布点、供电和验收"}},
		{"一期9月底前主线贯通，二期年底前开工", []string{"一期：主线贯通", "二期：开工"}},
		{"力争6月底、确保9月底前完成", []string{"", ""}},
		{"2018年底前完成立项（含规划、环评）；2019年底前建成", []string{"完成立项（含规划、环评）", ""}},
	} {
		d := Deadline(tt.text, ledger.NewDate(2018, 3, 2))
		if len(d.Parts) != len(tt.want) {
			t.Errorf("%s: %s", tt.text, d.Expected())
			continue
		}
		for i, p := range d.Parts {
			if p.Text != tt.want[i] {
				t.Errorf("%s: part %d (%s): %q, want %q", tt.text, i+1, p.Label, p.Text, tt.want[i])
			}
		}
	}
}
