package when

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/internal/zh"
	"duban/store/ledger"
)

func TestInProse(t *testing.T) {
	issued := ledger.NewDate(2018, 6, 30)
	for _, tt := range []struct{ text, want string }{
		{"完善基层治理体系。到2020年，全市镇街平台全部建成，群众满意率达到90%以上。", "due=2020-12-31"},
		{"2018－2020年，年均培训村干部3万人次以上。", "range=2018-01-01..2020-12-31"},
		{"推进数据归集。年底前完成人口库建设，2019年6月底前完成法人库建设。", "multi=a:2018-12-31;b:2019-06-30"},
		{"根据《“十三五”信息化规划》和湖政发〔2018〕20号文件，参照GB50016-2014标准，加强管理。", "open"},
		{"资源目录每半年更新一次，新建系统上线前须完成编目。", "every=halfyear"},
		{"每季度开展一次演练，11月中旬前完成测评。", "multi=a:every=quarter;b:2018-11-20"},
		{"自本通知印发之日起3个月内出台实施细则。", "due=2018-09-30"},
		{"2019年1月起，岗位空缺的公开招聘。", "range=2019-01-01.."},
		{"2018年，将标准由600元提高到700元。到2020年，不低于上年度全市平均水平的60%。", "multi=a:2018-12-31;b:2020-12-31"},
		{"逐年提高补助标准，当年实现全覆盖，上年度结余不计。", "every=year"},
		{"逐步提高补助标准。到2020年达到全省平均水平，普及率逐年提高。", "due=2020-12-31"},
		{"实施三年行动计划，建成1~2个基地，轮候时间不超过5年，12345热线不断线。", "open"},
		{"到2019年底完成改造，到2019年底建成平台。", "due=2019-12-31"},
		{"适时举办展会，定期通报。", "open"},
		{"实施方案（2020—2022年）另行制定。", "open"},
		{"", "open"},
		{"对2013年以来改造的2.6万座户厕逐户过筛，12月底前完成整改。", "due=2018-12-31"},
		{"2016年前建成的老旧小区，9月底前完成摸排，2019年6月底前完成改造。", "multi=a:2018-09-30;b:2019-06-30"},
		{"分两轮于7月、10月发放消费券3000万元。", "multi=a:2018-07-31;b:2018-10-31"},
		{"新建口袋公园6处，分3批在8月、9月、11月开园。", "multi=a:2018-08-31;b:2018-09-30;c:2018-11-30"},
		{"核查2017年度决算，7月底前反馈，8月15日前整改。", "multi=a:2018-07-31;b:2018-08-15"},
		{"在2015—2017年试点的基础上，四季度全面推开。", "due=2018-12-31"},
		{"自2018年9月1日起，全市图书馆、美术馆每周五、周六开放至21时。", "range=2018-09-01.."},
		{"文化馆每天免费开放8小时，政务大厅每周六延时服务，年底前完成改造。", "due=2018-12-31"},
		{"体育场馆每周一闭馆检修，10月底前公布开放名录。", "due=2018-10-31"},
		{"自2018年9月1日起，每周五报送情况。", "every=week@5"},
		{"县级以上实体大厅2019年上半年全部接入网上平台。", "due=2019-06-30"},
		{"老旧小区2019年3月全面完工，二期2019年第三季度建成投用。", "multi=a:2019-03-31;b:2019-09-30"},
		{"巩固2019年上半年评估的成果，落实2019年3月例会的要求。", "open"},
		{"每周一汇总各单位进展情况报市政府。", "every=week@1"},
		{"实行每周一调度、每月一通报。", "multi=a:every=week;b:every=month"},
		{"２０１９年底前（dǐ qián）建成全市統一平臺。", "due=2019-12-31"},
	} {
		got := InProse(tt.text, issued)
		if !alike(got.Expected(), tt.want) {
			t.Errorf("InProse(%s) = %s, want %s", tt.text, got.Expected(), tt.want)
		}
	}
}

// A label says what the date is for.
func TestLabels(t *testing.T) {
	issued := ledger.NewDate(2018, 6, 30)
	for phrase, want := range map[string]string{
		"一期9月底前贯通，二期年内开工":                 "一期 二期",
		"2018年底前全面应用、2019年底前完成APP整合":      "全面应用 完成APP整合",
		"力争2019年6月底、确保9月底前":               "力争 确保",
		"第一阶段（2018年7月—9月），第二阶段（10月—12月）":  "第一阶段 第二阶段",
		"1.9月底前完成方案；2.12月底前完成建设":          "完成方案 完成建设",
		"一是2018年底前建平台；二是2019年底前推广":        "建平台 推广",
		"方案：2018年9月底前；建设：2019年6月底前":       "方案 建设",
		"2018年底前（主城区），2019年底前（其他）":        "主城区 其他",
		"6月底和12月底前":                       "节点1 节点2",
		"分两轮于5月、10月发放":                    "发放 发放",
		"分3期于4月、7月和10月举办":                 "举办 举办 举办",
		"6月底、9月底前分别完成一期、二期":               "完成一期 完成一期",
		"2018年底前各县、市、区政府建成平台，2019年底前联网运行": "各县、市、区政府建成平台 联网运行",
	} {
		d := Deadline(phrase, issued)
		labels := make([]string, 0, len(d.Parts))
		for _, p := range d.Parts {
			labels = append(labels, p.Label)
		}
		if got := strings.Join(labels, " "); got != want {
			t.Errorf("%s: labels %q, want %q", phrase, got, want)
		}
	}
}

func TestInTitle(t *testing.T) {
	issued := ledger.NewDate(2018, 6, 30)
	for _, tt := range []struct{ title, cell, want string }{
		{"推进网站集约化项目建设,制定《网站平台管理办法》(管理办法7月底前)", "10月底前", "multi=管理办法:2018-07-31;网站集约化项目建设:2018-10-31"},
		{"建设数据中心（机房8月底前、平台9月底前）", "年底前", "multi=机房:2018-08-31;平台:2018-09-30;数据中心:2018-12-31"},
		{"实施行动计划（2018—2022年）", "10月底前", "due=2018-10-31"},
		{"制定《管理办法（2018年7月底前试行）》", "10月底前", "due=2018-10-31"},
		{"推进综合执法（市级有关部门）", "每年推进", "every=year"},
		{"制定细则（9月底前）", "", "due=2018-09-30"},
		{"制定细则（9月底前）", "9月底前", "due=2018-09-30"},
		{"制定细则（9月底前）", "已完成", "done"},
		{"", "年底", "due=2018-12-31"},
	} {
		got := InTitle(tt.title, Deadline(tt.cell, issued), issued).Expected()
		if got != tt.want {
			t.Errorf("InTitle(%s, %s) = %s, want %s", tt.title, tt.cell, got, tt.want)
		}
	}
}

// What a reader of the import report sees.
func TestNotes(t *testing.T) {
	issued := ledger.NewDate(2018, 6, 30)
	for phrase, want := range map[string]string{
		"10月底前":       "未写年份，按2018年理解",
		"3月底前":        "未写年份，按2019年理解",
		"2018年底前":     "",
		"收到通知后5个工作日内": "起算日不是印发日，需人工确认",
		"2018年2月30日前": "日期不存在",
		"2O18年底":      "原文疑似有笔误，请核对",
		"汛期前":         "“汛期”的日期需人工确认",
		"2108年底":      "年份疑似笔误",
	} {
		if got := Deadline(phrase, issued).Note; got != want {
			t.Errorf("%s: note %q, want %q", phrase, got, want)
		}
	}
	if got := Deadline(" 2018 年底前（dǐ）完成 ", issued).Text; !strings.Contains(got, "年底前") {
		t.Errorf("the source words are %q", got)
	}
	if d := Deadline("10月底前", ledger.Date{}); d.Kind != ledger.DeadlineReview {
		t.Errorf("without a day of issue: %s", d.Expected())
	}
}

// A hostile document does not hold the importer up: what lies behind the bound is not
// read, so it costs nothing and changes nothing.
func TestInProseIsBounded(t *testing.T) {
	issued := ledger.NewDate(2018, 6, 30)
	for _, piece := range []string{"《", "“", "1、", "一", "年", "每", "2018", "前3日", "(", "2018年底前", "自之日起", "[2018]"} {
		long := strings.Repeat(piece, 1+2*maxProse/len(piece))
		if diff := cmp.Diff(InProse(zh.CutBytes(long, maxProse), issued), InProse(long, issued)); diff != "" {
			t.Errorf("%q repeated: %s", piece, diff)
		}
	}
}
