package docx

import (
	"strings"
	"testing"

	"duban/handlers/report"
	"duban/handlers/report/reporttest"
	"duban/store/ledger"
)

// TestUnitsByKind: the table of units is parted by the office's groups, in the order of
// the plan within each, and counts every unit once.
func TestUnitsByKind(t *testing.T) {
	b, events, err := reporttest.Book()
	if err != nil {
		t.Fatal(err)
	}
	q := reporttest.Query(b, day)
	flat := report.AsOf(b, events, q)
	names := []string{flat.Units[3].Name, flat.Units[1].Name}
	q.Alike = []ledger.Alike{{Name: "没有任务的单位", Units: []string{"市体育局"}}, {Name: "综合部门", Units: names}, {Name: "也在前组", Units: names[:1]}}
	f := report.AsOf(b, events, q)
	g := units(f)
	var got []string
	for _, r := range g.rows {
		got = append(got, r[0]+r[1])
	}
	want := []string{"【综合部门】", "1" + names[1], "2" + names[0], "【" + report.KindOther + "】", "3" + flat.Units[0].Name}
	if len(g.rows) != len(flat.Units)+3 || strings.Join(got[:5], " ") != strings.Join(want, " ") {
		t.Errorf("%d rows of %d units: %v", len(g.rows), len(flat.Units), got)
	}
	text := shown(t, bulletin(t, f, office)["word/document.xml"])
	for _, w := range []string{"【综合部门】", "【其他单位】", "单位按类别分列，同类单位按在方案中出现的先后排列，不作排名。"} {
		if !strings.Contains(text, w) {
			t.Errorf("no %s", w)
		}
	}
}
