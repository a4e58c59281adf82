package seeds

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/store/ledger"
)

// printed is a task as a list prints it.
type printed struct{ no, title, units, time string }

func printedTasks(p *ledger.Plan) []printed {
	var out []printed
	for _, t := range p.Tasks {
		var names []string
		for _, o := range t.Owners {
			names = append(names, o.Name)
		}
		out = append(out, printed{t.No, t.Title, strings.Join(names, "、"), t.TimeText})
	}
	return out
}

const layoutHead = "湖州市人民政府关于印发行动计划（2018—2022年）的通知\n湖州市人民政府\n2018年6月30日\n附件：重点任务清单\n"

// lines renders the tasks with a header row and one line a task.
func lines(tasks []printed, head string, row func(printed) string) string {
	var b strings.Builder
	b.WriteString(layoutHead + head + "\n")
	for _, t := range tasks {
		b.WriteString(row(t) + "\n")
	}
	return b.String()
}

// TestLayouts prints the 48 Huzhou tasks in every layout and reads them back: the
// layout must not matter.
func TestLayouts(t *testing.T) {
	base := huzhou(t)
	tasks := printedTasks(base)
	cells := func(sep string) func(printed) string {
		return func(p printed) string { return strings.Join([]string{p.no, p.title, p.units, p.time}, sep) }
	}
	layouts := map[string]string{
		"bars":       lines(tasks, "序号 | 重点任务 | 责任单位 | 时间要求 |", func(p printed) string { return cells(" | ")(p) + " |" }),
		"tabs":       lines(tasks, "序号\t重点任务\t责任单位\t时间要求", cells("\t")),
		"gaps":       lines(tasks, "序号    重点任务    责任单位    时间要求", cells("    ")),
		"spaces":     lines(tasks, "序号 重点任务 责任单位 时间要求", cells(" ")),
		"cell lines": lines(tasks, "序号\n重点任务\n责任单位\n时间要求", cells("\n")),
		"glued":      lines(tasks, "序号重点任务责任单位时间要求", cells("")),
		"owner last": lines(tasks, "序号|时限|重点任务|责任单位", func(p printed) string { return strings.Join([]string{p.no, p.time, p.title, p.units}, "|") }),
		"brackets": lines(tasks, "一、重点任务", func(p printed) string {
			return p.no + "." + p.title + "。（责任单位：" + p.units + "；完成时限：" + p.time + "）"
		}),
		"label lines": lines(tasks, "一、重点任务", func(p printed) string {
			return p.no + "．" + p.title + "\n责任单位：" + p.units + "\n时间要求：" + p.time
		}),
		"records": lines(tasks, "", func(p printed) string {
			return "任务名称：" + p.title + "\n责任单位：" + p.units + "\n完成时限：" + p.time + "\n"
		}),
		"worded": lines(tasks, "", func(p printed) string {
			return "任务" + p.no + "：" + p.title + "\n责任单位：" + p.units + "\n完成时限：" + p.time
		}),
		"bracket pairs": lines(tasks, "一、重点任务", func(p printed) string {
			return p.no + "、" + p.title + "【责任单位：" + p.units + "】【完成时限：" + p.time + "】"
		}),
	}
	for name, sep := range map[string]string{"lost category, bars": " | ", "lost category, tabs": "\t", "lost category, cell lines": "\n"} {
		layouts[name] = grouped(tasks, sep, false)
		layouts["blank"+name] = grouped(tasks, sep, sep != "\n")
	}
	for name, form := range map[string]func(int) string{
		"brackets, Chinese numbers": func(i int) string { return "（" + hanNumber(i) + "）" },
		"Chinese numbers":           func(i int) string { return hanNumber(i) + "、" },
	} {
		n := 0
		layouts[name] = lines(tasks, "", func(p printed) string {
			n++
			return form(n) + p.title + "。（责任单位：" + p.units + "；时限：" + p.time + "）"
		})
	}
	want := rowsOf(base)
	for name, text := range layouts {
		t.Run(name, func(t *testing.T) {
			p, err := Read([]byte(text), Options{Name: name + ".txt"})
			if err != nil {
				t.Fatal(err)
			}
			got := rowsOf(p)
			if strings.Contains(name, "Chinese numbers") { // the numbers are as printed
				for i := range p.Tasks {
					p.Tasks[i].No = strconv.Itoa(i + 1)
				}
				got = rowsOf(p)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// grouped prints a category column whose cell stands only in the first row of a
// group: the cells below it are blank, or lost altogether.
func grouped(tasks []printed, sep string, blank bool) string {
	names := []string{"党的建设", "决策能力", "执行力", "行政质量", "依法行政", "公共服务", "数字化", "基层治理"}
	var b strings.Builder
	b.WriteString(layoutHead + strings.Join([]string{"序号", "类别", "重点任务", "责任单位", "时间要求"}, sep) + "\n")
	for i, p := range tasks {
		cells := []string{p.no}
		if i%6 == 0 {
			cells = append(cells, names[i/6])
		} else if blank {
			cells = append(cells, "")
		}
		b.WriteString(strings.Join(append(cells, p.title, p.units, p.time), sep) + "\n")
	}
	return b.String()
}

// TestOfficeLayouts does the same through Word and Excel.
func TestOfficeLayouts(t *testing.T) {
	base := huzhou(t)
	want := rowsOf(base)
	rows := []string{wordCells("序号", "重点任务", "责任单位", "时间要求")}
	sheet := [][]any{{"序号", "重点任务", "责任单位", "时间要求"}}
	for _, p := range printedTasks(base) {
		rows = append(rows, wordCells(p.no, p.title, p.units, p.time))
		sheet = append(sheet, []any{p.no, p.title, p.units, p.time})
	}
	if d := cmp.Diff(want, rowsOf(readOffice(t, docxFile(t, wordTableXML(rows...)), "2018-06-30"))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(want, rowsOf(readOffice(t, xlsxFile(t, sheet), "2018-06-30"))); d != "" {
		t.Error(d)
	}
}
