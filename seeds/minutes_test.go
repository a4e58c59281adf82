package seeds

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMinutes: what a meeting decided, each in a sentence that names who acts in words of
// its own, also with the bare names by which people in one office call each other.
func TestMinutes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"会同", `安陵市人民政府专题会议纪要
2021年3月22日
会议议定以下事项：
（一）关于外贸帮扶。由市商务局会同安陵海关、市贸促会办理，二季度末前为300家企业提供法律服务。
（二）关于公租房。由市住建局会同各区政府组织实施，8月底前完成分配。
（三）关于冷链监管。请市市场监管局联合市交通运输局开展专项检查，4月底前报结果。
（四）关于高铁西站。由市发改委商市自然资源和规划局提出选址方案，5月10日前报市政府。
（五）关于困难企业。市税务局会同市财政局研究提出缓缴办法，4月15日前印发。`, []string{
			"一 关于外贸帮扶 | L:市商务局; S:安陵海关; S:市贸促会 | due=2021-06-30",
			"二 关于公租房 | L:市住建局; S:*各区政府 | due=2021-08-31",
			"三 关于冷链监管 | L:市市场监管局; S:市交通运输局 | due=2021-04-30",
			"四 关于高铁西站 | L:市发改委; S:市自然资源和规划局 | due=2021-05-10",
			"五 关于困难企业 | L:市税务局; S:市财政局 | due=2021-04-15",
		}},
		{"bare offices", `石门县人民政府常务会议纪要
2021年9月6日
会议议定：
1.由财政局牵头，教育局、人社局配合，9月底前兑现教师绩效。
2.由水利局会同农业农村局办理，10月15日前完成灌区勘察设计。
3.住建局负责，年底前完成6个小区改造。
4.由交通局、公路中心负责，11月底前修复水毁路段。`, []string{
			"1 由财政局牵头，教育局、人社局配合，9月底前兑现教师绩效 | L:财政局; S:教育局; S:人社局 | due=2021-09-30",
			"2 由水利局会同农业农村局办理，10月15日前完成灌区勘察设计 | L:水利局; S:农业农村局 | due=2021-10-15",
			"3 住建局负责，年底前完成6个小区改造 | R:住建局 | due=2021-12-31",
			"4 由交通局、公路中心负责，11月底前修复水毁路段 | R:交通局; R:公路中心 | due=2021-11-30",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Read([]byte(c.text), Options{Name: "minutes.txt"})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, rowsOf(p)); d != "" {
				t.Error(d)
			}
		})
	}
}
