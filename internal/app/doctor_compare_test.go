package app

import (
	"strings"
	"testing"

	"duban/config"
	"duban/store/ledger"
)

// TestIncomparable: a unit of a group for comparison that the plan does not name is told,
// wherever the group was set.
func TestIncomparable(t *testing.T) {
	b := ledger.NewBook()
	b.Tasks = []*ledger.Task{{No: "1", Owners: []ledger.Owner{{Role: ledger.RoleResponsible, Name: "甲局"}}}}
	cfg := config.Default()
	cfg.Compare.Groups = []config.CompareGroup{{Name: "市级部门", Units: []string{"甲局", "甲居"}}}
	got := incomparable(b, cfg)
	if len(got) != 1 || got[0].mark != "注意" || !strings.Contains(got[0].text, "“市级部门”中的“甲居”") {
		t.Errorf("%+v", got)
	}
	raw, err := ledger.Put(ledger.RecordSetting, ledger.ComparisonID, ledger.Comparison{Groups: []ledger.Alike{{Name: "区县", Units: []string{"甲区", "甲局"}}, {Name: "市级部门"}}})
	if err != nil {
		t.Fatal(err)
	}
	raw.Rev = 1
	if b, err = b.Apply(ledger.Delta{Rev: 1, Records: []ledger.Record{raw}}); err != nil {
		t.Fatal(err)
	}
	if got := incomparable(b, cfg); len(got) != 1 || !strings.Contains(got[0].text, "“区县”中的“甲区”") {
		t.Errorf("%+v", got)
	}
}
