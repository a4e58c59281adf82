package wording

import (
	"testing"

	"duban/store/ledger"
)

func TestStep(t *testing.T) {
	due := ledger.NewDate(2018, 6, 30)
	for _, tt := range []struct{ label, text, want string }{
		{"", "", ""},
		{"2018年6月30日", "8个全部建成", ""},
		{"全面应用", "", "全面应用"},
		{"完成服务器", "完成服务器、存储和网络设备的采购", "完成服务器"},
		{"上半年", "完成项目立项、规划设计", "上半年：完成项目立项、规划设计"},
		{"上半年", "完成项目立项、规划设计和施工招标等前期工作并开工", "上半年：完成项目立项、规划设计和施工招标等前期…"},
	} {
		if got := Step(ledger.Point{Label: tt.label, Text: tt.text, Due: due}); got != tt.want {
			t.Errorf("Step(%s, %s) = %q, want %q", tt.label, tt.text, got, tt.want)
		}
	}
}
