package ledger_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/store/ledger"
)

// TestComparison: what is set in chat lies over what is configured, and a setting that
// cannot be read sets nothing.
func TestComparison(t *testing.T) {
	on, off := true, false
	city, county := ledger.Alike{Name: "市级部门", Units: []string{"甲局", "乙局"}}, ledger.Alike{Name: "区县", Units: []string{"甲区", "乙区"}}
	other := ledger.Alike{Name: "市级部门", Units: []string{"甲局", "丙局"}}
	configured := ledger.Comparison{On: &off, Groups: []ledger.Alike{city}}
	for name, c := range map[string]struct {
		chat, want ledger.Comparison
	}{
		"nothing set":     {ledger.Comparison{}, configured},
		"switched on":     {ledger.Comparison{On: &on}, ledger.Comparison{On: &on, Groups: []ledger.Alike{city}}},
		"a further group": {ledger.Comparison{Groups: []ledger.Alike{county}}, ledger.Comparison{On: &off, Groups: []ledger.Alike{city, county}}},
		"another group":   {ledger.Comparison{Groups: []ledger.Alike{other}}, ledger.Comparison{On: &off, Groups: []ledger.Alike{other}}},
		"a group less":    {ledger.Comparison{Groups: []ledger.Alike{{Name: "市级部门"}}}, ledger.Comparison{On: &off, Groups: []ledger.Alike{}}},
	} {
		if d := cmp.Diff(c.want, c.chat.Over(configured)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if d := cmp.Diff([]string{"甲局", "乙局"}, configured.Groups[0].Units); d != "" {
		t.Errorf("what is configured has changed: %s", d)
	}
	b := ledger.NewBook()
	for raw, set := range map[string]bool{`{"on":true}`: true, `[1]`: false, `{`: false} {
		b.Settings = map[string]json.RawMessage{ledger.ComparisonID: json.RawMessage(raw)}
		if got := b.Comparison(); got.Set() != set || got.Allowed() != set {
			t.Errorf("%s: %+v", raw, got)
		}
	}
	if g, ok := configured.GroupOf("乙局"); !ok || g.Name != "市级部门" {
		t.Errorf("乙局 is in %+v", g)
	}
	if _, ok := configured.GroupOf("甲区"); ok {
		t.Error("甲区 is in a group")
	}
}
