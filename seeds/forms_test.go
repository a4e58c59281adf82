package seeds

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// TestDocxProblemForms: one table of labels for each problem, with a last row whose
// value is still to be filled in.
func TestDocxProblemForms(t *testing.T) {
	form := func(no, sort, what, want, lead, help, who, time, by string) string {
		return wordTableXML(wordCells("问题编号", no, "问题类别", sort), wordCells("巡察反馈问题", "3:"+what), wordCells("整改要求", "3:"+want),
			wordCells("牵头整改单位", lead, "配合单位", help), wordCells("责任人", who, "整改时限", time), wordCells("督导单位", by, "整改结果", ""))
	}
	b := docxFile(t, para("乌拉盖县委巡察整改任务清单")+
		form("3", "作风建设", "会议费超标准列支，2个乡镇未执行审批程序", "清退超支款项", "县财政局", "县审计局", "乌兰", "2023年9月底前", "县纪委监委")+para("")+
		form("4", "资金管理", "扶贫周转金13万元滞留三年", "立即拨付", "县乡村振兴局、县农牧局", "/", "白音", "2023年10月15日前", "县委巡察办")+para("")+
		form("5", "基层党建", "3个村“三会一课”记录不规范", "建立台账，每季度抽查", "县委组织部", "各苏木镇党委", "萨仁", "每季度抽查一次", ""))
	wantRows(t, b, "2023-07-03",
		"3 会议费超标准列支，2个乡镇未执行审批程序 | L:县财政局; S:县审计局; P:乌兰; V:县纪委监委 | due=2023-09-30",
		"4 扶贫周转金13万元滞留三年 | L:县乡村振兴局; L:县农牧局; P:白音; V:县委巡察办 | due=2023-10-15",
		"5 3个村“三会一课”记录不规范 | L:县委组织部; S:*各苏木镇党委; P:萨仁 | every=quarter")
}

// TestDocxFormsInside: the name and the number of the form stand in a row over it, the
// labels behind a column that groups them, measures in several rows.
func TestDocxFormsInside(t *testing.T) {
	form := func(no, what, lead, help, time string, measures ...string) string {
		rows := []string{wordCells("5:督办单（第" + no + "号）"), wordCells("v:基本情况", "督办事项", "3:"+what), wordCells("^", "交办日期", "2024年4月8日", "来件编号", "")}
		for _, m := range measures {
			rows = append(rows, wordCells("v:办理要求", "办理措施", "3:"+m))
		}
		return wordTableXML(append(rows, wordCells("v:责任落实", "主办单位", lead, "协办单位", help), wordCells("^", "办结时限", "3:"+time), wordCells("领导批示", "4:"))...)
	}
	b := docxFile(t, para("云溪市人民政府督查室")+
		form("七", "解决沙河路雨天积水", "市城管局", "市水务集团", "2024年6月底前", "清掏管道", "增设泵站")+para("")+
		form("八", "更换老旧小区电梯32部", "市市场监管局", "市住建局、各街道办事处", "2024年12月底前", "摸底"))
	wantRows(t, b, "2024-04-08",
		"七 解决沙河路雨天积水 | L:市城管局; S:市水务集团 | due=2024-06-30",
		"八 更换老旧小区电梯32部 | L:市市场监管局; S:市住建局; S:*各街道办事处 | due=2024-12-31")
	p := readOffice(t, b, "2024-04-08")
	if got := p.Tasks[0].Detail; got != "清掏管道增设泵站" && got != "清掏管道；增设泵站" {
		t.Errorf("measures %q", got)
	}
}

// TestXlsxFormSheets: a sheet for each form.
func TestXlsxFormSheets(t *testing.T) {
	b := xlsxSheets(t,
		[][]any{{"项目序号", 1, "项目类别", "民生"}, {"项目名称", "新建社区食堂4个", "", ""}, {"责任领导", "林晓", "责任单位", "区民政局"}, {"开工时间", "2022年4月", "完成时限", "2022年10月底前"}, {"进展情况", "", "存在困难", ""}},
		[][]any{{"项目序号", 2, "项目类别", "交通"}, {"项目名称", "打通断头路2条", "", ""}, {"责任领导", "高远", "责任单位", "区住建局"}, {"开工时间", "2022年3月", "完成时限", "2022年底"}, {"进展情况", "", "存在困难", ""}})
	wantRows(t, b, "2022-02-25",
		"1 新建社区食堂4个 | P:林晓; R:区民政局 | range=2022-04-01..2022-10-31",
		"2 打通断头路2条 | P:高远; R:区住建局 | range=2022-03-01..2022-12-31")
}

// xlsxSheets is a workbook of one sheet for each list of rows.
func xlsxSheets(t *testing.T, sheets ...[][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, rows := range sheets {
		name := "Sheet" + strconv.Itoa(i+1)
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for j, r := range rows {
			if err := f.SetSheetRow(name, "A"+strconv.Itoa(j+1), &r); err != nil {
				t.Fatal(err)
			}
		}
	}
	return xlsxBytes(t, f)
}

// TestFormLines: such forms printed in lines, their last row still to be filled in.
func TestFormLines(t *testing.T) {
	for name, text := range map[string]string{
		"bars": `
| 问题编号 | 1 | 问题类别 | 生态保护 |
| 督察反馈问题 | 沿江3家砂石码头未按期退出 |
| 整改目标 | 码头全部拆除并复绿 |
| 牵头单位 | 区交通运输局 | 配合单位 | 区水利局、滨江街道 |
| 责任人 | 顾明 | 整改时限 | 2021年11月底前 |
| 督导单位 | 区生态环境局 | 整改结果 | |

| 问题编号 | 2 | 问题类别 | 大气 |
| 督察反馈问题 | 餐饮油烟投诉多 |
| 整改目标 | 安装净化装置260台 |
| 牵头单位 | 区城管局 | 配合单位 | 无 |
| 责任人 | 蒋涛 | 整改时限 | 长期坚持 |
| 督导单位 | 区生态环境局 | 整改结果 | |
`,
		"tabs": `
问题编号	1	问题类别	生态保护
督察反馈问题	沿江3家砂石码头未按期退出
整改目标	码头全部拆除并复绿
牵头单位	区交通运输局	配合单位	区水利局、滨江街道
责任人	顾明	整改时限	2021年11月底前
督导单位	区生态环境局	整改结果	
问题编号	2	问题类别	大气
督察反馈问题	餐饮油烟投诉多
整改目标	安装净化装置260台
牵头单位	区城管局	配合单位	无
责任人	蒋涛	整改时限	长期坚持
督导单位	区生态环境局	整改结果	
`,
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Read([]byte("云湖区督察整改清单\n2021年8月2日\n"+text), Options{Name: "forms.txt"})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]string{
				"1 沿江3家砂石码头未按期退出 | L:区交通运输局; S:区水利局; S:滨江街道; P:顾明; V:区生态环境局 | due=2021-11-30",
				"2 餐饮油烟投诉多 | L:区城管局; P:蒋涛; V:区生态环境局 | open",
			}, rowsOf(p)); d != "" {
				t.Error(d)
			}
		})
	}
}
