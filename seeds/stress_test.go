package seeds

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"duban/store/ledger"
)

// TestStress: documents made to hurt are read or refused with a reason. A walk whose
// work grows with the square of the text would not end before the run's own limit.
func TestStress(t *testing.T) {
	if testing.Short() {
		t.Skip("reads megabytes")
	}
	size := 1 << 17
	if raced {
		size = 1 << 13 // the full size is for the quick run
	}
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	tests := map[string]string{
		"colons in one line":   fill("责任单位："),
		"brackets in one line": "1." + fill("（责任单位：市局）"),
		"open brackets":        fill("（"),
		"numbers":              "序号|任务|责任单位|时限\n" + fill("1|建设道路|市住建局|年底\n"),
		"blank numbers":        "序号|任务|责任单位|时限\n1|a|市住建局|年底\n" + fill("|建设道路|市住建局|年底\n"),
		"short rows":           "序号|类别|任务|责任单位|配合单位|时限\n" + fill("1|建设道路|市住建局\n"),
		"items":                fill("1.推进工作，年底前完成。（责任单位：市局）\n"),
		"deep items":           fill("一、甲\n（一）乙\n1.丙。\n（1）丁，6月底前完成。\n"),
		"lone numbers":         fill("1\n2\n3\n"),
		"heading words":        fill("序号\n任务\n责任单位\n"),
		"spaces":               "序号 任务 责任单位 时限 " + fill("1 建设 市局 年底 "),
		"quotes":               fill("\t\"a\n"),
		"forms without units":  fill("任务名称 | 建设道路\n"),
		"a list by time":       "8月底前：" + fill("市教育局完成；"),
		"lists by time":        fill("8月底前：市教育局完成建设；改造\n"),
		"groups":               "序号|任务|责任单位|时限\n" + fill("1|建设|||\n1-1|改造|市住建局|年底\n"),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Read([]byte(text), Options{Name: "x.txt", Issued: ledger.NewDate(2020, 1, 2)})
			var fe *FormatError
			if err != nil && !errors.As(err, &fe) {
				t.Error(err)
			}
		})
	}
}

// TestCompareLarge: two plans of the largest size that share no number.
func TestCompareLarge(t *testing.T) {
	a, b := &ledger.Plan{}, &ledger.Plan{}
	for i := range 3000 {
		a.Tasks = append(a.Tasks, simpleTask(fmt.Sprint(i), fmt.Sprintf("建设%d号道路及配套管网", i*7919), "市住建局", "2023-12-31"))
		b.Tasks = append(b.Tasks, simpleTask(fmt.Sprint(i+5000), fmt.Sprintf("培训%d名乡村医生和护士", i*104729), "市卫健委", "2023-12-31"))
	}
	d := Compare(a, b)
	if n := len(d.Of(ChangeNew)); n != 3000 {
		t.Errorf("%d new", n)
	}
}
