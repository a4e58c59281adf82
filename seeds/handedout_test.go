package seeds

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestHandedOut: 自交办之日起 counts from the day of the document that hands the tasks out,
// or from the one in the row; in any other document nobody knows that day.
func TestHandedOut(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"the title hands out", "关于交办人大代表建议的函\n2024年3月18日\n序号|建议事项|承办单位|办理时限\n1|加密公交班次|市交通运输局|自交办之日起3个月内", "due=2024-06-18"},
		{"it sends down", "关于下达城建计划的通知\n2024年3月18日\n序号|项目名称|责任单位|完成时限\n1|改造公厕|市城管局|计划下达之日起20个工作日内开工", "due=2024-04-16"},
		{"the row has the day", "2024年督查台账\n2024年1月8日\n序号|督办事项|承办单位|交办日期|办结时限\n1|清理乱停车|市公安局|2024年3月1日|自交办之日起15日内", "due=2024-03-16"},
		{"neither", "2024年督查台账\n2024年1月8日\n序号|督办事项|承办单位|办结时限\n1|清理乱停车|市公安局|自交办之日起15日内", "review"},
		{"another day", "关于交办人大代表建议的函\n2024年3月18日\n序号|建议事项|承办单位|办理时限\n1|加密公交班次|市交通运输局|自收到之日起3个月内", "review"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Read([]byte(c.text), Options{Name: "handed.txt"})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]string{c.want}, []string{p.Tasks[0].Deadline.Expected()}); d != "" || len(p.Tasks) != 1 {
				t.Error(d, rowsOf(p))
			}
		})
	}
}
