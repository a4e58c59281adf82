package config

import (
	"fmt"
	"strings"
)

// check returns every problem of the groups: names are given once, and a unit is in one
// group only. Whether the plan knows the units is for whoever has the plan.
func (c Compare) check() []error {
	var out []error
	names, in := map[string]bool{}, map[string]string{}
	for i, g := range c.Groups {
		name := strings.TrimSpace(g.Name)
		switch {
		case name == "":
			out = append(out, fmt.Errorf("compare.groups 第%d个缺少 name（分组名，如 市级部门）", i+1))
		case names[name]:
			out = append(out, fmt.Errorf("compare.groups 中分组“%s”重复", name))
		case len(g.Units) < 2:
			out = append(out, fmt.Errorf("compare.groups 中分组“%s”至少要有两个 units", name))
		}
		names[name] = true
		for _, u := range g.Units {
			if other, twice := in[u]; twice {
				out = append(out, fmt.Errorf("compare.groups 中“%s”同时在“%s”和“%s”，一个单位只能在一个分组", u, other, name))
			}
			in[u] = name
		}
	}
	return out
}
