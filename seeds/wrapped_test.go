package seeds

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"duban/store/ledger"
)

// printer prints rows as a page does whose text is then copied: cells broken at the width of
// their column, columns kept apart by blanks or bars.
type printer struct {
	widths []int
	gap    string
	whole  bool // numbers stay whole, and no mark begins a line
	middle bool // short cells stand in the middle of their row
	centre bool // headings stand in the middle of their column
	page   int  // lines on a page, under which the headings come again; 0 = one page
	spaced bool // a blank line parts the rows
}

// pieces breaks a text at the width.
func (p printer) pieces(s string, width int) []string {
	var out []string
	for s != "" {
		n, at := 0, 0
		for at < len(s) {
			r, size := utf8.DecodeRuneInString(s[at:])
			if n += reach(string(r)); n > width {
				break
			}
			at += size
		}
		if p.whole && at < len(s) {
			for at > 0 && (isASCIIWord(lastRune(s[:at])) && isASCIIWord(firstRune(s[at:])) || strings.ContainsRune("，。、；：）”》%", firstRune(s[at:]))) {
				_, size := utf8.DecodeLastRuneInString(s[:at])
				at -= size
			}
		}
		out, s = append(out, s[:at]), s[at:]
	}
	return out
}

// lines prints one row.
func (p printer) lines(cells []string, heads bool) []string {
	var cols [][]string
	height := 1
	for i, c := range cells {
		cols = append(cols, p.pieces(c, p.widths[i]))
		height = max(height, len(cols[i]))
	}
	out := make([]string, height)
	for l := range out {
		for i, col := range cols {
			at := l
			if p.middle {
				at -= (height - len(col)) / 2
			}
			text := ""
			if at >= 0 && at < len(col) {
				text = col[at]
			}
			room := p.widths[i] - reach(text)
			left := 0
			if heads && p.centre {
				left = room / 2
			}
			out[l] += strings.Repeat(" ", left) + text + strings.Repeat(" ", room-left) + p.gap
		}
		out[l] = strings.TrimRight(out[l], " ")
	}
	return out
}

func (p printer) print(rows [][]string) string {
	head := p.lines(rows[0], true)
	out := slices.Clone(head)
	for _, r := range rows[1:] {
		for _, l := range p.lines(r, false) {
			if p.page > 0 && len(out)%p.page == 0 {
				out = append(append(out, "", fmt.Sprintf("                    第 %d 页 共 9 页", len(out)/p.page), ""), head...)
			}
			out = append(out, l)
		}
		if p.spaced {
			out = append(out, "")
		}
	}
	return strings.Join(out, "\n") + "\n"
}

// TestWrappedColumns: cells that were broken at the width of their columns, in the middle of
// names, titles and times, are whole again.
func TestWrappedColumns(t *testing.T) {
	docs := []struct {
		head string
		rows [][]string
		want []string
	}{
		{"沅陵县2022年安全隐患整改责任清单\n（县安委会办公室  2022年3月18日印发）\n\n", [][]string{
			{"序号", "隐患部位及存在问题", "整改措施", "责任单位", "责任人", "完成时限"},
			{"1", "酉水大桥K12+300至K13+100段护栏锈蚀，存在坠落风险", "更换护栏，增设警示标志", "县交通运输局、二酉苗族乡人民政府", "龙建军", "2022年5月30日前"},
			{"2", "城东加油站消防通道被占，疏散指示标志损坏", "清理通道，更换标志", "县商务局", "向芳", "4月中旬"},
			{"3", "中心小学食堂燃气管道老化", "更换管道2处，安装报警装置", "县教育局、县市场监督管理局、县消防救援大队", "张晓东", "2022年4月底前"},
			{"4", "凤滩水库溢洪道右侧边坡滑塌", "清除滑塌体，实施锚喷支护", "县水利局、凉水井镇人民政府", "石磊", "2022年6月底前完成支护，2022年底前完成绿化"},
			{"5", "全县烟花爆竹零售店超量储存", "集中检查，每月通报整改情况", "县应急管理局、各乡镇人民政府", "杨柳", "每月"},
			{"6", "危险化学品运输车辆动态监控数据不准确", "升级监控平台", "县道路交通安全管理委员会办公室、县公安局交警大队", "吴迪", "汛期前"},
		}, []string{
			"1 酉水大桥K12+300至K13+100段护栏锈蚀，存在坠落风险 | R:县交通运输局; R:二酉苗族乡人民政府; P:龙建军 | due=2022-05-30",
			"2 城东加油站消防通道被占，疏散指示标志损坏 | R:县商务局; P:向芳 | due=2022-04-20",
			"3 中心小学食堂燃气管道老化 | R:县教育局; R:县市场监督管理局; R:县消防救援大队; P:张晓东 | due=2022-04-30",
			"4 凤滩水库溢洪道右侧边坡滑塌 | R:县水利局; R:凉水井镇人民政府; P:石磊 | multi=支护:2022-06-30;绿化:2022-12-31",
			"5 全县烟花爆竹零售店超量储存 | R:县应急管理局; R:*各乡镇人民政府; P:杨柳 | every=month",
			"6 危险化学品运输车辆动态监控数据不准确 | R:县道路交通安全管理委员会办公室; R:县公安局交警大队; P:吴迪 | review",
		}},
		{"武川市2023年优化营商环境任务分工表\n武川市人民政府办公室\n2023年2月20日\n\n", [][]string{
			{"序号", "重点任务", "牵头单位", "配合单位", "完成时限"},
			{"1", "推行工程建设项目“用地清单制”，审批时限压减至60个工作日以内", "市自然资源局", "市住房和城乡建设局、市行政审批服务管理局、武川经济技术开发区管理委员会", "2023年6月底前"},
			{"2", "开展招标投标领域突出问题专项治理", "市公共资源交易中心", "市发展和改革委员会", "2023年9月底前"},
			{"3", "建设“蒙速办”掌上服务专区，上线高频事项200项以上", "市政务服务局、市大数据管理局", "市人力资源和社会保障局、市医疗保障局、市住房公积金管理中心", "分两批于5月、10月底前上线"},
			{"4", "落实水电气暖联合报装", "市住房和城乡建设局", "国网武川供电公司、市水务集团", "2023年12月31日前"},
			{"5", "清理拖欠企业账款", "市工业和信息化局", "市财政局、各旗县区人民政府", "每季度调度一次，年底前清零"},
		}, []string{
			"1 推行工程建设项目“用地清单制”，审批时限压减至60个工作日以内 | L:市自然资源局; S:市住房和城乡建设局; S:市行政审批服务管理局; S:武川经济技术开发区管理委员会 | due=2023-06-30",
			"2 开展招标投标领域突出问题专项治理 | L:市公共资源交易中心; S:市发展和改革委员会 | due=2023-09-30",
			"3 建设“蒙速办”掌上服务专区，上线高频事项200项以上 | L:市政务服务局; L:市大数据管理局; S:市人力资源和社会保障局; S:市医疗保障局; S:市住房公积金管理中心 | multi=5月:2023-05-31;上线:2023-10-31",
			"4 落实水电气暖联合报装 | L:市住房和城乡建设局; S:国网武川供电公司; S:市水务集团 | due=2023-12-31",
			"5 清理拖欠企业账款 | L:市工业和信息化局; S:市财政局; S:*各旗县区人民政府 | multi=调度一次:every=quarter;清零:2023-12-31",
		}},
	}
	docs = append(docs, struct {
		head string
		rows [][]string
		want []string
	}{docs[1].head, nil, nil}, struct {
		head string
		rows [][]string
		want []string
	}{docs[1].head, nil, docs[1].want})
	for i, r := range docs[1].rows { // without numbers, and with a category in front of them
		docs[2].rows = append(docs[2].rows, r[1:])
		docs[3].rows = append(docs[3].rows, append([]string{[]string{"类别", "市场环境", "", "", "要素保障", ""}[i]}, r...))
	}
	docs[2].want = docs[1].want
	widths := [][][]int{
		{{4, 24, 22, 18, 6, 15}, {4, 30, 20, 22, 6, 18}, {6, 18, 16, 14, 8, 14}},
		{{4, 26, 18, 22, 16}, {4, 34, 14, 26, 14}, {6, 20, 16, 18, 12}},
		{{26, 18, 22, 16}},
		{{4, 4, 26, 18, 22, 16}, {8, 4, 34, 14, 26, 14}},
	}
	for i, doc := range docs {
		for w, width := range widths[i] {
			for _, p := range []printer{
				{gap: "  "}, {gap: "    "}, {gap: "  ", whole: true}, {gap: "  ", centre: true}, {gap: "  ", page: 9}, {gap: "  ", page: 10, whole: true, centre: true},
				{gap: "  ", middle: true}, {gap: "   ", middle: true, centre: true, whole: true}, {gap: "  ", middle: true, spaced: true}, {gap: "  ", spaced: true, whole: true},
				{gap: " "}, {gap: " ", whole: true, page: 12},
				{gap: " | "}, {gap: "│", whole: true, page: 11}, {gap: " | ", middle: true},
			} {
				if p.widths = width; i > 1 && p.middle {
					continue // nothing says where a row begins
				}
				t.Run(fmt.Sprintf("%d widths %d %+v", i+1, w+1, p), func(t *testing.T) {
					got, err := Read([]byte(doc.head+p.print(doc.rows)), Options{Name: "wrapped.txt"})
					if err != nil {
						t.Fatal(err)
					}
					var lines []string
					for _, x := range got.Tasks {
						lines = append(lines, x.No+" "+plainForm(x.Title)+" | "+ledger.Owners(x.Owners)+" | "+bareDeadline(x.Deadline.Expected()))
					}
					want := make([]string, len(doc.want))
					for j, l := range doc.want {
						at := strings.LastIndex(l, " | ") + len(" | ")
						no, rest, _ := strings.Cut(l[:at], " ")
						title, _, _ := strings.Cut(rest, " | ")
						want[j] = no + " " + plainForm(title) + rest[len(title):] + bareDeadline(l[at:])
					}
					for _, l := range sameLines(want, lines) {
						t.Error(l)
					}
				})
			}
		}
	}
}
