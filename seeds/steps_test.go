package seeds

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/store/ledger"
)

// stepLines writes the checkpoints of a task, one a line, and what is doubtful.
func stepLines(t ledger.Task) string {
	var out []string
	for _, p := range t.Points {
		out = append(out, p.ID+" "+p.Due.String()+" "+p.Label+" | "+p.Work())
	}
	for _, p := range t.Problems {
		out = append(out, "? "+p.Text+" → "+p.Proposal)
	}
	return strings.Join(out, "\n")
}

// TestSteps: what a plan wants by the way to a deadline is a checkpoint with its words.
func TestSteps(t *testing.T) {
	for _, tt := range []struct{ name, head, row, want string }{
		{"quarters before a deadline", "序号\t工作任务\t责任单位\t一季度目标\t第二季度（4—6月）\t三季度\t四季度\t完成时限", "1\t新建口袋公园8个\t县住建局\t/\t完成选址\t建成5个\t8个全部建成并向市民开放\t2018年12月底前",
			"2018Q2 2018-06-30 第二季度 完成选址 | 第二季度 完成选址\n2018Q3 2018-09-30 三季度 建成5个 | 三季度 建成5个\n1 2018-12-31 2018年12月31日 | 8个全部建成并向市民开放"},
		{"long words keep their period as the label", "序号\t工作任务\t责任单位\t上半年目标\t完成时限", "1\t建设康养中心\t县民政局\t完成项目立项、规划设计和施工招标等前期工作\t2018年底",
			"2018H1 2018-06-30 上半年 | 上半年：完成项目立项、规划设计和施工招标等前期工作\n1 2018-12-31 2018年12月31日 | 2018年12月31日"},
		{"months and years", "序号\t工作任务\t责任单位\t3月\t1-6月\t2019年目标\t完成时限", "1\t编制规划\t县发改局\t收集资料\t初稿\t批复\t2020年底",
			"2018-03 2018-03-31 3月 收集资料 | 3月 收集资料\n2018M1-6 2018-06-30 1-6月 初稿 | 1-6月 初稿\n2019 2019-12-31 2019年 批复 | 2019年 批复\n1 2020-12-31 2020年12月31日 | 2020年12月31日"},
		{"a month before the issue date, a quarter after the deadline", "序号\t工作任务\t责任单位\t1月\t三季度\t四季度\t完成时限", "1\t修缮校舍\t县教育局\t设计\t完工\t总结\t2018年8月底前",
			"1 2018-08-31 2018年8月31日 | 完工\n? 分期目标“1月 设计”早于印发日期 → 未设节点，只列入任务内容，请核对\n? 分期目标“四季度 总结”晚于完成时限 → 未设节点，只列入任务内容，请核对"},
		{"no time column", "序号\t工作任务\t责任单位\t二季度\t四季度", "1\t安装电梯50台\t县房管局\t20台\t50台",
			"1 2018-06-30 二季度 20台 | 二季度 20台\n2 2018-12-31 四季度 50台 | 四季度 50台\n? 没有单列时限 → 按分期目标认定，最后时限2018年12月31日，请核对"},
		{"marks", "序号\t工作任务\t责任单位\t二季度\t三季度\t四季度", "1\t整治河道\t县水利局\t√\t√\t",
			"1 2018-09-30 2018年9月30日 | 2018年9月30日\n? 没有单列时限 → 按分期目标认定，最后时限2018年9月30日，请核对"},
		{"marks beside a deadline", "序号\t工作任务\t责任单位\t二季度\t三季度\t完成时限", "1\t整治河道\t县水利局\t√\t√\t2018年10月底",
			"1 2018-10-31 2018年10月31日 | 2018年10月31日"},
		{"progress is no target", "序号\t工作任务\t责任单位\t一季度进展情况\t完成时限", "1\t整治河道\t县水利局\t已完成3公里\t2018年10月底",
			"1 2018-10-31 2018年10月31日 | 2018年10月31日"},
		{"recurring", "序号\t工作任务\t责任单位\t二季度\t三季度\t完成时限", "1\t开展抽检\t县市场监管局\t抽检200批次\t抽检300批次\t2018年底前每季度",
			"2018Q1 2018-03-31 2018年第一季度 | 2018年第一季度\n2018Q2 2018-06-30 2018年第二季度 | 2018年第二季度：抽检200批次\n2018Q3 2018-09-30 2018年第三季度 | 2018年第三季度：抽检300批次\n2018Q4 2018-12-31 2018年第四季度 | 2018年第四季度"},
		{"a column of stages", "序号\t工作任务\t责任单位\t阶段目标\t完成时限", "1\t建设数据中心\t县大数据局\t5月底前完成可研；8月底前完成服务器、存储和网络设备的采购\t2018年12月底",
			"2018-05-31 2018-05-31 完成可研 | 完成可研\n2018-08-31 2018-08-31 完成服务器 | 完成服务器、存储和网络设备的采购\n1 2018-12-31 2018年12月31日 | 2018年12月31日"},
		{"milestones in the cell", "序号\t工作任务\t责任单位\t完成时限", "1\t建设政务大厅\t县政务办\t2018年6月底前完成方案编制并报县政府常务会议审定，12月底前建成",
			"1 2018-06-30 完成方案编制并报县政府常务会议审定 | 完成方案编制并报县政府常务会议审定\n2 2018-12-31 建成 | 建成"},
		{"phases", "序号\t工作任务\t责任单位\t完成时限", "1\t整治河道\t县水利局\t第一阶段：2018年4月底前完成摸底；第二阶段：2018年10月底前完成整治",
			"1 2018-04-30 第一阶段 | 第一阶段：完成摸底\n2 2018-10-31 第二阶段 | 第二阶段：完成整治"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := readOffice(t, []byte("东陵县2018年重点工作任务表\n"+tt.head+"\n"+tt.row+"\n"), "2018-03-02")
			if d := cmp.Diff(tt.want, stepLines(p.Tasks[0])); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestStepsOfRows: a task of several rows has the words of each with its time.
func TestStepsOfRows(t *testing.T) {
	b := xlsxFile(t, [][]any{
		{"序号", "重点任务", "具体举措", "责任单位", "时间节点"},
		{1, "建设科创走廊", "完成规划编制并报市政府批准", "市科技局", "2021年6月底前"},
		{"", "", "引进国家级研发机构和高水平创新平台10家", "市科技局", "2021年12月底前"},
	}, "A2:A3", "B2:B3")
	want := "1 2021-06-30 完成规划编制并报市政府批准 | 完成规划编制并报市政府批准\n2 2021-12-31 引进国家级研发机构和高水平创新平台 | 引进国家级研发机构和高水平创新平台10家"
	if d := cmp.Diff(want, stepLines(readOffice(t, b, "2021-01-20").Tasks[0])); d != "" {
		t.Error(d)
	}
}
