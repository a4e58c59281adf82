package llm

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/handlers/report"
)

// The facts of a plan with something in every class.
func factsA() report.Facts {
	return report.Facts{
		Plan: "关于印发数字机关建设三年行动计划的通知", Number: "清政办发〔2018〕16号", Scope: "全部任务",
		AsOf: "2018年7月27日", From: "2018年7月21日", To: "2018年7月27日", Total: 16, SoonDays: 30, MovedAll: 3, SoonAll: 2,
		Classes: []report.Class{
			{Word: "已办结", Count: 4, Percent: "25.0%", Tasks: []string{"1", "2", "6", "11"}},
			{Word: "待审核", Count: 1, Percent: "6.2%", Tasks: []string{"8"}},
			{Word: "逾期", Count: 3, Percent: "18.8%", Tasks: []string{"3", "5", "20"}},
			{Word: "临期", Count: 2, Percent: "12.5%", Tasks: []string{"7", "9"}},
			{Word: "正常", Count: 5, Percent: "31.3%", Tasks: []string{"10", "12", "13", "14", "15"}},
			{Word: "长期", Count: 1, Percent: "6.2%", Tasks: []string{"16"}},
		},
		Moved: []report.Line{
			{Task: "20", Title: "全面应用政务协同平台，整合移动办公应用", Unit: "市政府办公室、市大数据中心", Due: "2018年6月30日", Days: "逾期27天", Said: "已完成12个部门的需求调研，正在编制整合方案", When: "2018年7月25日", Percent: "60%"},
			{Task: "8", Title: "编制公共数据开放目录", Unit: "市大数据中心", Due: "2018年8月31日", Days: "还剩35天", Said: "申请办结：目录已编制并上网公布", When: "2018年7月24日", Percent: "100%"},
			{Task: "11", Title: "修订会议经费管理办法", Unit: "市财政局", Said: "审核通过，办结", When: "2018年7月23日"},
		},
		Overdue: []report.Line{
			{Task: "3", Title: "开展窗口服务评价", Unit: "市行政服务中心", Due: "2018年7月15日", Days: "逾期12天"},
			{Task: "5", Title: "清理重复填报的报表", Unit: "市统计局", Due: "2018年7月20日", Days: "逾期7天"},
			{Task: "20", Title: "全面应用政务协同平台，整合移动办公应用", Unit: "市政府办公室、市大数据中心", Due: "2018年6月30日", Days: "逾期27天", Percent: "60%"},
		},
		Soon: []report.Line{
			{Task: "7", Title: "建立容错案例库", Unit: "市纪委市监委", Due: "2018年8月3日", Days: "还剩7天"},
			{Task: "9", Title: "开展公务员分类培训", Unit: "市人力社保局", Due: "2018年8月10日", Days: "还剩14天"},
		},
		Attention: []report.Line{
			{Task: "3", Title: "开展窗口服务评价", Unit: "市行政服务中心", Due: "2018年7月15日", Days: "逾期12天", Why: "逾期12天且近14天没有反馈", Advice: "请约谈或催办责任单位"},
			{Task: "20", Title: "全面应用政务协同平台，整合移动办公应用", Unit: "市政府办公室、市大数据中心", Due: "2018年6月30日", Days: "逾期27天", Why: "反馈有问题需协调：两家单位接口标准不一致", Advice: "请协调相关单位", Percent: "60%"},
		},
	}
}

// The facts of a plan where nothing is late.
func factsB() report.Facts {
	return report.Facts{
		Plan: "优化营商环境实施方案", Scope: "市发改委", AsOf: "2019年3月1日", From: "2019年2月23日", To: "2019年3月1日",
		Total: 6, SoonDays: 30, MovedAll: 1, SoonAll: 1,
		Classes: []report.Class{
			{Word: "已办结", Count: 2, Percent: "33.3%", Tasks: []string{"1", "4"}},
			{Word: "逾期", Count: 0, Percent: "0.0%"},
			{Word: "临期", Count: 1, Percent: "16.7%", Tasks: []string{"2"}},
			{Word: "正常", Count: 3, Percent: "50.0%", Tasks: []string{"3", "5", "6"}},
			{Word: "长期", Count: 0, Percent: "0.0%"},
		},
		Moved: []report.Line{{Task: "3", Title: "推行企业投资项目承诺制", Unit: "市发改委", Due: "2019年6月30日", Days: "还剩121天", Said: "试点方案已报市政府审定", When: "2019年2月27日", Percent: "40%"}},
		Soon:  []report.Line{{Task: "2", Title: "公布涉企收费清单", Unit: "市发改委、市财政局", Due: "2019年3月5日", Days: "还剩4天"}},
	}
}

// The facts of a plan that is done.
func factsC() report.Facts {
	return report.Facts{
		Plan: "年度重点工作", Scope: "全部任务", AsOf: "2020年12月31日", From: "2020年12月25日", To: "2020年12月31日", Total: 3, SoonDays: 30,
		Classes: []report.Class{
			{Word: "已办结", Count: 3, Percent: "100.0%", Tasks: []string{"1", "2", "3"}},
			{Word: "逾期", Percent: "0.0%"}, {Word: "临期", Percent: "0.0%"}, {Word: "正常", Percent: "0.0%"}, {Word: "长期", Percent: "0.0%"},
		},
	}
}

func encode(t testing.TB, f any) []byte {
	t.Helper()
	data, err := (&Client{}).gate(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// randomFacts makes facts that are whole: classes add up, lists are of their classes.
func randomFacts(r *rand.Rand) report.Facts {
	units := []string{"市财政局", "市审计局", "市教育局", "市生态环境局", "市住房和城乡建设局", "市大数据局", "市文广旅游局", "市应急管理局"}
	titles := []string{"建设城市运行管理平台", "推行证明事项告知承诺制", "开展行政执法案卷评查", "编制政务服务事项清单", "整治窗口服务突出问题", "建立重大项目协调机制", "修订应急预案", "推广电子证照应用", "清理规范性文件", "开展营商环境评估", "实施老旧小区改造", "培育数字经济园区"}
	saids := []string{"已召开两次协调会，正在修改初稿", "初稿已送相关单位征求意见", "资金已下达到县区", "已完成现场勘查，正在组织招标", "正在开展数据核对", "系统正在联调测试"}
	r.Shuffle(len(titles), func(i, j int) { titles[i], titles[j] = titles[j], titles[i] })
	today := time.Date(2018+r.IntN(6), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)
	chinese := func(d int) string { return today.AddDate(0, 0, d).Format("2006年1月2日") }
	f := report.Facts{Plan: "全市重点工作任务分解方案", Scope: "全部任务", AsOf: chinese(0), From: chinese(-6), To: chinese(0), SoonDays: 30}
	counts := make([]int, 5)
	no := 1 + r.IntN(20)
	words := []string{"已办结", "逾期", "临期", "正常", "长期"}
	for i, w := range words {
		counts[i] = 1 + r.IntN(3)
		if w == "逾期" {
			counts[i] = 2 + r.IntN(3)
		}
		c := report.Class{Word: w, Count: counts[i]}
		for range counts[i] {
			c.Tasks = append(c.Tasks, fmt.Sprint(no))
			no += 1 + r.IntN(2)
		}
		f.Total += counts[i]
		f.Classes = append(f.Classes, c)
	}
	for i, s := range report.Shares(counts, f.Total) {
		f.Classes[i].Percent = s
	}
	at := 0
	line := func(no string, days int) report.Line {
		l := report.Line{Task: no, Title: titles[at%len(titles)], Unit: units[at%len(units)], Due: chinese(days), Days: fmt.Sprintf("还剩%d天", days)}
		if days < 0 {
			l.Days = fmt.Sprintf("逾期%d天", -days)
		}
		at++
		return l
	}
	for _, no := range f.Classes[1].Tasks {
		f.Overdue = append(f.Overdue, line(no, -1-r.IntN(60)))
	}
	for _, no := range f.Classes[2].Tasks {
		f.Soon = append(f.Soon, line(no, 1+r.IntN(7)))
	}
	for i, no := range f.Classes[3].Tasks {
		l := line(no, 40+r.IntN(90))
		l.Said, l.When, l.Percent = saids[(i+r.IntN(len(saids)))%len(saids)], chinese(-r.IntN(6)), fmt.Sprintf("%d%%", 10*(1+r.IntN(9)))
		f.Moved = append(f.Moved, l)
	}
	l := f.Overdue[0]
	l.Why, l.Advice = fmt.Sprintf("%s且近14天没有反馈", l.Days), "请约谈或催办责任单位"
	f.Attention = []report.Line{l}
	f.MovedAll, f.SoonAll = len(f.Moved), len(f.Soon)
	return f
}

func countOf(f report.Facts, word string) int {
	i := slices.IndexFunc(f.Classes, func(c report.Class) bool { return c.Word == word })
	return f.Classes[i].Count
}

// goodWords is a faithful summary of random facts, in one of several turns of phrase.
func goodWords(f report.Facts, r *rand.Rand) []string {
	var out []string
	pick := func(forms ...string) string { return forms[r.IntN(len(forms))] }
	class := func(w string) (int, string) {
		i := slices.IndexFunc(f.Classes, func(c report.Class) bool { return c.Word == w })
		return f.Classes[i].Count, f.Classes[i].Percent
	}
	done, doneShare := class("已办结")
	late, lateShare := class("逾期")
	out = append(out, fmt.Sprintf(pick(
		"截至%s，共%d项任务，已办结%d项（%s），逾期%d项（%s），临期%d项，正常%d项，长期%d项",
		"截至%s，全部任务共%d项，其中已办结%d项、占%s，逾期%d项、占%s，临期%d项，正常推进%d项，长期任务%d项",
		"截至%s，计划共有%d项任务。%d项已办结，占%s；逾期任务%d项，占比%s。临期的%d项，正常的%d项，长期的%d项",
	), f.AsOf, f.Total, done, doneShare, late, lateShare, countOf(f, "临期"), countOf(f, "正常"), countOf(f, "长期")))
	out = append(out, fmt.Sprintf("%s至%s，有进展%d项", f.From, f.To, f.MovedAll))
	for _, l := range f.Moved {
		out = append(out, fmt.Sprintf(pick("任务%[1]s（%[2]s）反馈：%[3]s，进度%[4]s〔任务%[1]s·%[5]s反馈〕", "任务%[1]s由%[2]s负责，目前进度%[4]s，反馈“%[3]s”", "%[2]s负责的任务%[1]s，%[5]s反馈：%[3]s"),
			l.Task, l.Unit, l.Said, l.Percent, strings.SplitN(l.When, "年", 2)[1]))
	}
	out = append(out, fmt.Sprintf("逾期%d项：任务%s", late, strings.Join(f.Classes[1].Tasks, "、")))
	for _, l := range f.Overdue {
		out = append(out, fmt.Sprintf(pick("任务%s“%s”（%s）时限%s，%s", "任务%s %s由%s牵头，时限为%s，已%s"), l.Task, l.Title, l.Unit, l.Due, l.Days))
	}
	out = append(out, fmt.Sprintf("%d天内到期%d项", f.SoonDays, f.SoonAll))
	for _, l := range f.Soon {
		out = append(out, fmt.Sprintf(pick("任务%s（%s）将于%s到期，%s", "任务%s（%s）应于%s前办结，%s"), l.Task, l.Unit, l.Due, l.Days))
	}
	a := f.Attention[0]
	out = append(out, fmt.Sprintf("需要领导关注：任务%s，%s，建议：%s", a.Task, a.Why, a.Advice))
	return out
}
