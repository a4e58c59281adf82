package seeds

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"duban/store/ledger"
)

// rowsOf writes a plan's tasks as "no title | owners | deadline".
func rowsOf(p *ledger.Plan) []string {
	var out []string
	for _, t := range p.Tasks {
		out = append(out, t.No+" "+t.Title+" | "+ledger.Owners(t.Owners)+" | "+t.Deadline.Expected())
	}
	return out
}

func readOffice(t *testing.T, b []byte, issued string) *ledger.Plan {
	t.Helper()
	d, err := ledger.ParseDate(issued)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(b, Options{Name: "方案", Issued: d})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestDocxTableWithSpans(t *testing.T) {
	b := docxFile(t, para("青岚市人民政府办公室关于印发", "2024年青岚市重点工作责任分工的通知")+
		para("青政办〔2024〕3号")+para("青岚市人民政府办公室")+para("2024年2月1日")+
		wordTableXML(
			wordCells("v:序号", "v:类别", "v:工作任务", "2:责任单位", "v:完成时限"),
			wordCells("^", "^", "^", "牵头单位", "配合单位", "^"),
			wordCells("6:一、产业发展"),
			wordCells("1", "v:工业", "新增规上工业企业40家", "市工信局", "市统计局¶市税务局", "2024年12月底"),
			wordCells("2", "^", "淘汰落后产能\n30万吨", "市工信局", "—", "2024年6月底前"),
			wordCells("3", "农业", "建成高标准农田5万亩", "v:市农业农村局", "市水利局", "v:2024年10月底前"),
			wordCells("4", "农业", "改造中低产田2万亩", "^", "", "^"),
			wordCells("合计", "", "4项", "", "", ""),
		))
	p := readOffice(t, b, "2024-02-01")
	want := []string{
		"1 新增规上工业企业40家 | L:市工信局; S:市统计局; S:市税务局 | due=2024-12-31",
		"2 淘汰落后产能30万吨 | L:市工信局 | due=2024-06-30",
		"3 建成高标准农田5万亩 | L:市农业农村局; S:市水利局 | due=2024-10-31",
		"4 改造中低产田2万亩 | L:市农业农村局 | due=2024-10-31",
	}
	if d := cmp.Diff(want, rowsOf(p)); d != "" {
		t.Error(d)
	}
	if p.Number != "青政办〔2024〕3号" || p.Tasks[1].Project != "工业" {
		t.Errorf("number %q, project %q", p.Number, p.Tasks[1].Project)
	}
}

const listXML = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

// TestDocxListNumbers: Word numbers the paragraphs itself, and deleted text and
// field codes are no text.
func TestDocxListNumbers(t *testing.T) {
	b := docxFile(t, para("松渡县2023年河湖长制工作要点")+
		listPara(1, 0, "水污染防治")+
		listPara(1, 1, "整治入河排污口22个，2023年9月底前完成。（责任单位：县生态环境局）")+
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>清理河道垃圾，</w:t></w:r><w:del><w:r><w:delText>2022年</w:delText></w:r></w:del>`+
		`<w:ins><w:r><w:t>每月开展一次。</w:t></w:r></w:ins><w:r><w:instrText>PAGE 2099年12月</w:instrText></w:r><w:r><w:t>（责任单位：各乡镇人民政府）</w:t></w:r></w:p>`+
		listPara(1, 0, "水生态修复")+
		listPara(1, 1, "建设生态护岸6公里，2023年12月底前完成。（责任单位：县水利局、县林业局）"), "word/numbering.xml", listXML)
	want := []string{
		"1 整治入河排污口22个，2023年9月底前完成 | R:县生态环境局 | due=2023-09-30",
		"2 清理河道垃圾，每月开展一次 | R:*各乡镇人民政府 | every=month",
		"二·1 建设生态护岸6公里，2023年12月底前完成 | R:县水利局; R:县林业局 | due=2023-12-31",
	}
	if d := cmp.Diff(want, rowsOf(readOffice(t, b, "2023-02-01"))); d != "" {
		t.Error(d)
	}
}

func TestXlsxHeadersQuartersTotals(t *testing.T) {
	b := xlsxFile(t, [][]any{
		{"白塔区2022年重点工作推进表"},
		{"序号", "类别", "工作任务", "责任单位", "", "进度安排", "", "", "", "完成时限", "备注"},
		{"", "", "", "牵头单位", "配合单位", "一季度", "二季度", "三季度", "四季度", "", ""},
		{1, "城建", "新建口袋公园8个", "区住建局", "各街道", "2个", "4个", "6个", "8个", "12月底", ""},
		{2, "", "改造农贸市场3处", "区商务局", "区市场监管局", "开工", "", "完工", "", "2022年9月底前", ""},
		{3, "民生", "新增养老床位500张", "区民政局", "", "", "250张", "", "500张", "年底", ""},
		{4, "民生", "开展免费婚检", "区卫健局", "区妇联\n区民政局", "", "", "", "", "常态化", ""},
		{"", "合计", "4项", "", "", "", "", "", "", "", ""},
	}, "A1:K1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:I2", "J2:J3", "K2:K3", "B4:B5")
	p := readOffice(t, b, "2022-01-20")
	want := []string{
		"1 新建口袋公园8个 | L:区住建局; S:*各街道 | due=2022-12-31",
		"2 改造农贸市场3处 | L:区商务局; S:区市场监管局 | due=2022-09-30",
		"3 新增养老床位500张 | L:区民政局 | due=2022-12-31",
		"4 开展免费婚检 | L:区卫健局; S:区妇联; S:区民政局 | open",
	}
	if d := cmp.Diff(want, rowsOf(p)); d != "" {
		t.Error(d)
	}
	if p.Title != "白塔区2022年重点工作推进表" || p.Tasks[1].Project != "城建" {
		t.Errorf("title %q, project %q", p.Title, p.Tasks[1].Project)
	}
}

// TestXlsxDates: a styled date, a Chinese date format, a bare serial number, and a
// sheet that is not the task list.
func TestXlsxDates(t *testing.T) {
	f := excelize.NewFile()
	set := func(sheet, cell string, v any) {
		t.Helper()
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	style := func(cell string, s *excelize.Style) {
		t.Helper()
		id, err := f.NewStyle(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("任务", cell, cell, id); err != nil {
			t.Fatal(err)
		}
	}
	set("Sheet1", "A1", "联系方式")
	if _, err := f.NewSheet("任务"); err != nil {
		t.Fatal(err)
	}
	for i, h := range []string{"序号", "项目名称", "责任单位", "完成时间"} {
		set("任务", string(rune('A'+i))+"1", h)
	}
	custom := `yyyy"年"m"月"`
	for i, r := range [][]any{{1, "新建变电站", "国网乌岭供电公司", 43373}, {2, "改造配电网", "国网乌岭供电公司", 43465}, {3, "安装充电桩", "市交投集团", 43404}, {4, "编制规划", "市发改委", "2018年11月底前"}} {
		for j, v := range r {
			set("任务", string(rune('A'+j))+string(rune('2'+i)), v)
		}
	}
	style("D2", &excelize.Style{NumFmt: 14})
	style("D3", &excelize.Style{NumFmt: 31})
	style("D5", &excelize.Style{CustomNumFmt: &custom})
	want := []string{
		"1 新建变电站 | R:国网乌岭供电公司 | due=2018-09-30",
		"2 改造配电网 | R:国网乌岭供电公司 | due=2018-12-31",
		"3 安装充电桩 | R:市交投集团 | due=2018-10-31",
		"4 编制规划 | R:市发改委 | due=2018-11-30",
	}
	if d := cmp.Diff(want, rowsOf(readOffice(t, xlsxBytes(t, f), "2018-06-30"))); d != "" {
		t.Error(d)
	}
}

// TestXlsxMergedTask: one numbered task over several rows stays one task.
func TestXlsxMergedTask(t *testing.T) {
	b := xlsxFile(t, [][]any{
		{"序号", "重点任务", "具体举措", "责任单位", "时间节点"},
		{1, "建设科创走廊", "完成规划编制", "市科技局", "2021年6月底前"},
		{"", "", "引进研发机构10家", "市科技局", "2021年12月底前"},
		{2, "培育高新企业", "新增高新技术企业50家", "市科技局、市税务局", "2021年底"},
	}, "A2:A3", "B2:B3")
	p := readOffice(t, b, "2021-01-20")
	if len(p.Tasks) != 2 || p.Tasks[0].Title != "建设科创走廊" || p.Tasks[0].Deadline.Kind != ledger.DeadlineMulti || len(p.Tasks[0].Points) != 2 {
		t.Errorf("%+v", rowsOf(p))
	}
}
