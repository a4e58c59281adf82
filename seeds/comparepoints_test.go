package seeds

import (
	"slices"
	"strings"
	"testing"

	"duban/store/ledger"
)

// TestComparePoints: another aim of a period, another milestone and another day of one
// are changes, each told once.
func TestComparePoints(t *testing.T) {
	const quarters = "序号\t工作任务\t责任单位\t二季度目标\t三季度目标\t完成时限"
	const times = "序号\t工作任务\t责任单位\t完成时限"
	const texts = "序号\t工作任务\t具体内容\t责任单位\t完成时限"
	for _, tt := range []struct{ name, head, old, revised, want string }{
		{"the aim of a quarter", quarters, "1\t建口袋公园\t县住建局\t完成选址\t建成5个\t2018年底", "1\t建口袋公园\t县住建局\t完成设计\t建成5个\t2018年底",
			"words 二季度目标：完成选址→二季度目标：完成设计"},
		{"the long aim of a quarter", quarters, "1\t建口袋公园\t县住建局\t完成选址、规划设计和施工招标等前期工作\t建成5个\t2018年底", "1\t建口袋公园\t县住建局\t完成选址、规划设计和施工招标\t建成5个\t2018年底",
			"words 二季度目标：完成选址、规划设计和施工招标等前期工作→二季度目标：完成选址、规划设计和施工招标"},
		{"an aim more", quarters, "1\t建口袋公园\t县住建局\t\t建成5个\t2018年底", "1\t建口袋公园\t县住建局\t完成选址\t建成5个\t2018年底",
			"deadline 无→二季度目标：完成选址"},
		{"an aim less, and a deadline", quarters, "1\t建口袋公园\t县住建局\t完成选址\t建成5个\t2018年底", "1\t建口袋公园\t县住建局\t完成选址\t\t2018年11月底",
			"deadline 2018年底（2018年12月31日）→2018年11月底（2018年11月30日）|deadline 三季度目标：建成5个→无"},
		{"the aim of the quarter of the deadline", quarters, "1\t建口袋公园\t县住建局\t\t建成5个\t2018年9月底", "1\t建口袋公园\t县住建局\t\t建成8个\t2018年9月底",
			"words 建成5个（2018年9月30日）→建成8个（2018年9月30日）"},
		{"the words of a milestone", times, "1\t建大厅\t县政务办\t2018年6月底前完成方案编制，12月底前建成", "1\t建大厅\t县政务办\t2018年6月底前完成方案报批，12月底前建成",
			"words 完成方案编制（2018年6月30日）→完成方案报批（2018年6月30日）"},
		{"milestones change places", times, "1\t建大厅\t县政务办\t2018年6月底前完成东厅，9月底前完成西厅", "1\t建大厅\t县政务办\t2018年6月底前完成西厅，9月底前完成东厅",
			"words 完成东厅（2018年6月30日）→完成西厅（2018年6月30日）|words 完成西厅（2018年9月30日）→完成东厅（2018年9月30日）"},
		{"the day of a milestone", times, "1\t建大厅\t县政务办\t2018年6月底前完成方案编制，12月底前建成", "1\t建大厅\t县政务办\t2018年7月底前完成方案编制，12月底前建成",
			"deadline 2018年6月底前完成方案编制，12月底前建成（完成方案编制 2018年6月30日、建成 2018年12月31日）→2018年7月底前完成方案编制，12月底前建成（完成方案编制 2018年7月31日、建成 2018年12月31日）"},
		{"a date in the text", texts, "1\t建大厅\t6月底前完成招标\t县政务办\t2018年底", "1\t建大厅\t7月底前完成招标\t县政务办\t2018年底",
			"deadline 6月底前完成招标（2018年6月30日）→7月底前完成招标（2018年7月31日）|words 6月底前完成招标→7月底前完成招标"},
		{"other words for the same day", times, "1\t建大厅\t县政务办\t2018年底", "1\t建大厅\t县政务办\t2018年12月31日前", ""},
		{"a recurring duty", quarters, "1\t抽检\t县市场监管局\t抽检200批次\t\t2018年底前每季度", "1\t抽检\t县市场监管局\t抽检300批次\t\t2018年底前每季度",
			"words 2018年第二季度目标：抽检200批次→2018年第二季度目标：抽检300批次"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			read := func(row string) *ledger.Plan {
				return readOffice(t, []byte("东陵县2018年重点工作任务表\n"+tt.head+"\n"+row+"\n"), "2018-03-02")
			}
			var got []string
			for _, c := range Compare(read(tt.old), read(tt.revised)).Changes {
				got = append(got, string(c.Kind)+" "+c.Old+"→"+c.New)
			}
			slices.Sort(got)
			if got := strings.Join(got, "|"); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestCompareOlderLabels: a state from before labels had texts, cut at fourteen
// characters, says the same as the document it was read from.
func TestCompareOlderLabels(t *testing.T) {
	doc := []byte("东陵县2018年重点工作任务表\n序号\t工作任务\t具体内容\t责任单位\t完成时限\n" +
		"1\t建设政务大厅\t选址\t县政务办\t2018年6月底前完成方案编制并报县政府常务会议审定，12月底前建成\n" +
		"2\t建设数据中心\t5月底前完成可研；8月底前完成服务器、存储和网络设备的采购安装调试并上线试运行\t县大数据局\t2018年12月底\n" +
		"3\t整治河道\t清淤\t县水利局\t第一阶段：2018年4月底前完成摸底；第二阶段：2018年10月底前完成整治\n")
	now := readOffice(t, doc, "2018-03-02")
	old := readOffice(t, doc, "2018-03-02")
	for i := range old.Tasks {
		x := &old.Tasks[i]
		for j := range x.Points {
			p := &x.Points[j]
			if strings.HasPrefix(p.Text, p.Label) {
				p.Label = p.Text
			}
			p.Label, p.Text = shorten(p.Label, 14), ""
		}
		for j := range x.Deadline.Parts {
			p := &x.Deadline.Parts[j]
			p.Label, p.Text = shorten(p.Label, 14), ""
		}
	}
	if d := Compare(old, now); !d.Empty() {
		t.Errorf("%+v", d.Changes)
	}
}
