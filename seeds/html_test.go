package seeds

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/store/ledger"
)

// TestHTML: a table that an office system exported as a page, under the name of a workbook.
func TestHTML(t *testing.T) {
	for name, text := range map[string]string{
		"a whole page": `<!DOCTYPE html><html><head><meta charset="utf-8"><title>导出</title><style>td{mso-number-format:"\@"}</style></head><body>
<h2>渔阳区2024年督办事项</h2><p>渔阳区人民政府办公室</p><p>2024年2月19日</p>
<TABLE border=1><TR><TH>序号<TH>类别</TH><TH>督办事项</TH><TH>主办单位</TH><TH>办结时限</TH></TR>
<tr><td>1</td><td rowspan="2">民生</td><td>改造菜市场3家</td><td>区商务局</td><td>2024-08-31</td></tr>
<tr><td>2</td><td>新增停车位900个&nbsp;<br>（含智能车库）</td><td>区城管局<br/>区住建局</td><td>年底前</td></tr>
<tr><td>3</td><td>产业</td><td>引进亿元项目6个</td><td>区商务局、各街道</td><td>每季度调度</td></tr>
</TABLE><p>注：请按时报送。</p></body></html>`,
		"a table alone": `<table><tr><td colspan="5">渔阳区2024年督办事项</td></tr><tr><td colspan=5>2024年2月19日</td></tr><tr><td>序号</td><td>类别</td><td>督办事项</td><td>主办单位</td><td>办结时限</td></tr>
<tr><td>1</td><td rowspan=2>民生</td><td>改造菜市场3家</td><td>区商务局</td><td>2024-08-31</td></tr><tr><td>2</td><td>新增停车位900个（含智能车库）</td><td>区城管局、区住建局</td><td>年底前</td></tr>
<tr><td>3</td><td>产业</td><td>引进亿元项目6个</td><td>区商务局、各街道</td><td>每季度调度</td></tr></table>`,
	} {
		t.Run(name, func(t *testing.T) {
			day, err := ledger.ParseDate("2024-02-19")
			if err != nil {
				t.Fatal(err)
			}
			p, err := Read([]byte(text), Options{Name: "督办事项.xls", Issued: day})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]string{
				"1 改造菜市场3家 | L:区商务局 | due=2024-08-31",
				"2 新增停车位900个（含智能车库） | L:区城管局; L:区住建局 | due=2024-12-31",
				"3 引进亿元项目6个 | L:区商务局; L:*各街道 | every=quarter",
			}, rowsOf(p)); d != "" {
				t.Error(d)
			}
			if got := p.Tasks[1].Project; got != "民生" {
				t.Errorf("category %q", got)
			}
		})
	}
	if _, err := Read([]byte("<html><body>"+strings.Repeat("<table><tr><td>", 3000)), Options{Name: "x.html"}); err == nil {
		t.Error("a page without tasks was read")
	}
}
