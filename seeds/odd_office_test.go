package seeds

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func wantRows(t *testing.T, b []byte, issued string, want ...string) {
	t.Helper()
	if d := cmp.Diff(want, rowsOf(readOffice(t, b, issued))); d != "" {
		t.Error(d)
	}
}

// TestDocxForms: one small table of labels and values for each task, numbered by its
// caption or not at all.
func TestDocxForms(t *testing.T) {
	form := func(title, leader, lead, help, time string) string {
		return wordTableXML(wordCells("项目名称", "3:"+title), wordCells("包联领导", leader, "牵头单位", lead), wordCells("配合单位", "3:"+help), wordCells("建设内容", "3:见附图"), wordCells("完成时限", "3:"+time))
	}
	b := docxFile(t, para("白桦县重点项目任务书")+
		para("任务书（5）")+form("城东污水处理厂", "沈阳光", "县住建局", "县财政局、城关镇", "2023年11月底前")+para("")+
		para("任务书（6）")+form("县中医院门诊楼", "何清", "县卫健局", "", "2023年6月主体封顶，2024年3月底前投用"))
	wantRows(t, b, "2023-02-20",
		"5 城东污水处理厂 | P:沈阳光; L:县住建局; S:县财政局; S:城关镇 | due=2023-11-30",
		"6 县中医院门诊楼 | P:何清; L:县卫健局 | multi=主体封顶:2023-06-30;投用:2024-03-31")
}

// TestXlsxForms: two forms one below the other in one sheet.
func TestXlsxForms(t *testing.T) {
	b := xlsxFile(t, [][]any{
		{"白桦县督办单"},
		{"任务名称", "清理校园周边摊点", "", ""},
		{"责任单位", "县城管局", "完成时限", "2023年3月底前"},
		{},
		{"任务名称", "修复桥头路面", "", ""},
		{"责任单位", "县公路中心", "完成时限", "2023年5月底前"},
	}, "A1:D1", "B2:D2", "B5:D5")
	wantRows(t, b, "2023-02-20", "1 清理校园周边摊点 | R:县城管局 | due=2023-03-31", "2 修复桥头路面 | R:县公路中心 | due=2023-05-31")
}

// TestDocxNestedTable: the task table stands in a cell of a table that lays out a page.
func TestDocxNestedTable(t *testing.T) {
	inner := wordTableXML(wordCells("序号", "重点任务", "牵头科室", "完成时限"), wordCells("1", "建立公示制度", "基教股", "3月底前"), wordCells("2", "开展督查", "督导室牵头，基教股配合", "每月一次"))
	b := docxFile(t, `<w:tbl><w:tr><w:tc>`+para("白桦县教育局2022年减负任务清单")+para("发布日期：2022-03-10")+inner+para("打印")+`</w:tc></w:tr></w:tbl>`)
	p := readOffice(t, b, "2022-03-10")
	if p.Title != "白桦县教育局2022年减负任务清单" {
		t.Errorf("title %q", p.Title)
	}
	wantRows(t, b, "2022-03-10", "1 建立公示制度 | L:基教股 | due=2022-03-31", "2 开展督查 | L:督导室; S:基教股 | every=month")
}

const styledListXML = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>`

const stylesXML = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:styleId="Task"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="TaskNew"><w:basedOn w:val="Task"/></w:style></w:styles>`

// TestDocxStyles: numbers that a style or an overriding list gives, text that is not
// shown, a text box inside a paragraph.
func TestDocxStyles(t *testing.T) {
	styled := func(style, inside string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + inside + `</w:p>`
	}
	run := func(text string) string { return `<w:r><w:t>` + text + `</w:t></w:r>` }
	b := docxFile(t, para("白桦县2023年林长制要点")+
		listPara(1, 0, "资源保护")+
		styled("Task", run("完成造林2000亩，2023年4月底前完成。")+`<w:r><w:rPr><w:vanish/></w:rPr><w:t>2022年旧稿。</w:t></w:r>`+run("（责任单位：县林业局）"))+
		styled("TaskNew", run("每季度巡林")+`<w:r><w:txbxContent>`+para("图一")+`</w:txbxContent></w:r>`+run("一次。（责任单位：各乡镇林长办）"))+
		listPara(2, 1, "建设智慧林长平台，10月底前上线。（责任单位：县林业局、县大数据中心）"),
		"word/numbering.xml", styledListXML, "word/styles.xml", stylesXML)
	p := readOffice(t, b, "2023-02-01")
	if len(p.Tasks) != 3 || p.Tasks[0].No != "1" || p.Tasks[1].No != "2" || p.Tasks[2].No != "7" {
		t.Fatalf("%q", rowsOf(p))
	}
	if d := cmp.Diff([]string{"完成造林2000亩，2023年4月底前完成", "每季度巡林一次"}, []string{p.Tasks[0].Title, p.Tasks[1].Title}); d != "" {
		t.Error(d)
	}
}

// TestXlsxUnitRows: every supporting unit has a row of its own under merged cells.
func TestXlsxUnitRows(t *testing.T) {
	b := xlsxFile(t, [][]any{
		{"序号", "任务", "牵头单位", "配合单位", "完成时限"},
		{1, "改造农贸市场", "市商务局", "市城管局", "2024年5月底前"},
		{"", "", "", "市市场监管局", ""},
		{"", "", "", "各区人民政府", ""},
		{2, "整治占道经营", "市城管局", "市公安局", "2024年6月底前"},
	}, "A2:A4", "B2:B4", "C2:C4", "E2:E4")
	wantRows(t, b, "2024-02-26",
		"1 改造农贸市场 | L:市商务局; S:市城管局; S:市市场监管局; S:*各区人民政府 | due=2024-05-31",
		"2 整治占道经营 | L:市城管局; S:市公安局 | due=2024-06-30")
}

// TestXlsxSince1904: a workbook from a Mac counts its days from 1904.
func TestXlsxSince1904(t *testing.T) {
	f := excelize.NewFile()
	yes := true
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
		t.Fatal(err)
	}
	for i, r := range [][]any{{"序号", "任务", "责任单位", "完成时间"}, {1, "编制预案", "县应急局", 43798}, {2, "开展演练", "县应急局", "2023年10月底"}} {
		for j, v := range r {
			if err := f.SetCellValue("Sheet1", string(rune('A'+j))+string(rune('1'+i)), v); err != nil {
				t.Fatal(err)
			}
		}
	}
	id, err := f.NewStyle(&excelize.Style{NumFmt: 31})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle("Sheet1", "D2", "D2", id); err != nil {
		t.Fatal(err)
	}
	wantRows(t, xlsxBytes(t, f), "2023-03-01", "1 编制预案 | R:县应急局 | due=2023-11-30", "2 开展演练 | R:县应急局 | due=2023-10-31")
}

// TestXlsxMatrix: the units stand in a second header row under 责任单位.
func TestXlsxMatrix(t *testing.T) {
	b := xlsxFile(t, [][]any{
		{"序号", "重点任务", "责任单位", "", "", "", "完成时限"},
		{"", "", "市发改委", "市工信局", "市科技局", "各县区", ""},
		{1, "制定培育方案", "△", "★", "△", "", "2024年4月底前"},
		{2, "新建技术中心10家", "★", "", "△", "△", "2024年底"},
		{"注：★为牵头单位，△为配合单位。"},
	}, "A1:A2", "B1:B2", "C1:F1", "G1:G2")
	wantRows(t, b, "2024-02-26",
		"1 制定培育方案 | L:市工信局; S:市发改委; S:市科技局 | due=2024-04-30",
		"2 新建技术中心10家 | L:市发改委; S:市科技局; S:*各县区 | due=2024-12-31")
}

// TestDocxLabelledCells: units and time stand with their labels in one cell.
func TestDocxLabelledCells(t *testing.T) {
	b := docxFile(t, para("青木县2023年交通项目清单")+wordTableXML(wordCells("序号", "项目名称", "主要任务", "责任单位及时限"),
		wordCells("1", "改造县道", "改造路面18公里", "牵头单位：县交通运输局¶配合单位：县财政局、柳溪镇¶完成时限：2023年10月底"),
		wordCells("2", "迁建客运站", "1.6月底前完成选址；¶2.年底前开工建设。", "牵头单位：县交通运输局¶完成时限：2023年底")))
	p := readOffice(t, b, "2023-03-06")
	if d := cmp.Diff([]string{"1 改造县道 | L:县交通运输局; S:县财政局; S:柳溪镇 | due=2023-10-31", "2 迁建客运站 | L:县交通运输局 | due=2023-12-31"}, rowsOf(p)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff("2023-06-30 2023-06-30 完成选址 | 完成选址\n1 2023-12-31 2023年12月31日 | 开工建设", stepLines(p.Tasks[1])); d != "" {
		t.Error(d)
	}
}

// TestDocxTurned: the headings stand in the first column, the tasks beside each other.
func TestDocxTurned(t *testing.T) {
	b := docxFile(t, para("青木县2023年实事")+wordTableXML(wordCells("项目名称", "改造农贸市场", "建设口袋公园"), wordCells("建设内容", "改造2处", "新建5个"),
		wordCells("责任单位", "县商务局", "县城管局"), wordCells("完成时限", "2023年9月底", "10月底前")))
	wantRows(t, b, "2023-03-06", "1 改造农贸市场 | R:县商务局 | due=2023-09-30", "2 建设口袋公园 | R:县城管局 | due=2023-10-31")
}

// TestXlsxUnitsInTitle: a sheet of numbers and texts, with units and time in brackets.
func TestXlsxUnitsInTitle(t *testing.T) {
	b := xlsxFile(t, [][]any{{"青木县2023年任务"}, {"序号", "任务内容", "备注"},
		{1, "建成停车平台（牵头单位：县城管局；配合单位：县公安局；完成时限：2023年6月底前）", ""},
		{2, "新增停车位600个（责任单位：县住建局；完成时限：2023年12月底前）", "续建"}})
	wantRows(t, b, "2023-03-01", "1 建成停车平台 | L:县城管局; S:县公安局 | due=2023-06-30", "2 新增停车位600个 | R:县住建局 | due=2023-12-31")
}
