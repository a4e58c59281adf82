package config_test

import (
	"strings"
	"testing"

	"duban/config"
)

// TestCompare: units are compared only where that is written, by groups that do not
// overlap; every fault is told at once.
func TestCompare(t *testing.T) {
	if c := config.Default(); c.Compare.On || len(c.Compare.Groups) > 0 {
		t.Errorf("units are compared by default: %+v", c.Compare)
	}
	const off = "dingtalk: {mode: 'off'}\nconsole: true\nmembers: [{id: w, roles: [supervisor]}]\n"
	good := off + "compare: {on: true, groups: [{name: 市级部门, units: [甲局, 乙局]}, {name: 区县, units: [甲区, 乙区]}]}\n"
	c, err := load(t, map[string]string{"duban.yaml": good}, nil)
	if err != nil || !c.Compare.On || len(c.Compare.Groups) != 2 || c.Compare.Groups[1].Units[1] != "乙区" {
		t.Errorf("%+v, %v", c.Compare, err)
	}
	bad := off + "compare: {groups: [{units: [甲局, 乙局]}, {name: 区县, units: [甲区]}, {name: 区县, units: [丙区, 甲局]}]}\n"
	_, err = load(t, map[string]string{"duban.yaml": bad}, nil)
	for _, want := range []string{"第1个缺少 name", "“区县”至少要有两个", "“区县”重复", "“甲局”同时在"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in %v", want, err)
		}
	}
}
