package seeds

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPieces: a cell of several tasks is cut where each names its units and its time; else
// it is one task with its steps.
func TestPieces(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"units and times in brackets", `序号|攻坚任务|具体任务及分工
1|治水|（1）清淤河道8公里，5月底前完成（县水利局、城关镇）；（2）整治排口21个，6月20日前完成（县生态环境局）
2|治路|①修补坑槽，4月底前完成（县交通运输局）；②规范占道停车，长期坚持（县公安局、县城管局）`, []string{
			"1·1 清淤河道8公里，5月底前完成 | R:县水利局; R:城关镇 | due=2023-05-31",
			"1·2 整治排口21个，6月20日前完成 | R:县生态环境局 | due=2023-06-20",
			"2·1 修补坑槽，4月底前完成 | R:县交通运输局 | due=2023-04-30",
			"2·2 规范占道停车，长期坚持 | R:县公安局; R:县城管局 | open",
		}},
		{"labels", "序号|重点任务|工作内容\n1|惠企|1.兑现奖补资金。牵头单位：县财政局，完成时限：3月底前；2.减免房租。牵头单位：县国资中心，完成时限：5月底前\n2|助学|发放助学贷款。牵头单位：县教育局，完成时限：9月底前", []string{
			"1·1 兑现奖补资金 | L:县财政局 | due=2023-03-31",
			"1·2 减免房租 | L:县国资中心 | due=2023-05-31",
			"2 助学 | L:县教育局 | due=2023-09-30",
		}},
		{"one unit, several steps", "序号|任务|措施|责任单位|完成时限\n1|改造老街|（1）6月底前完成设计；（2）12月底前完工|县住建局|2023年底前", []string{"1 改造老街 | R:县住建局 | due=2023-12-31"}},
		{"units without times of their own", "序号|任务|分工|完成时限\n1|整治市场|（1）摊位规范（县市场监管局）；（2）车辆停放（县公安局）|6月底前", []string{"1 整治市场 | R:县市场监管局; R:县公安局 | due=2023-06-30"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Read([]byte("柳城县人民政府\n2023年2月27日\n"+c.text), Options{Name: "pieces.txt"})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, rowsOf(p)); d != "" {
				t.Error(d)
			}
		})
	}
}
