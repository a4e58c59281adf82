package app

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"duban/config"
	"duban/store/ledger"
)

// checkBook finds units nobody would hear of, and people nobody can reach.
func checkBook(b *ledger.Book, cfg config.Config) []finding {
	if b.Plan == nil {
		return []finding{{"注意", "还没有导入方案，启动时将导入 plan 所指的文件或自带的湖州方案"}}
	}
	out := []finding{{"正常", fmt.Sprintf("方案：%s，任务%d项", b.Plan.Title, len(b.Tasks))}}
	roomed, contact, head := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range b.Rooms {
		for _, u := range r.Units {
			roomed[u] = true
		}
	}
	supervisors := 0
	for _, m := range b.Members {
		if m.Has(ledger.DutySupervisor) {
			supervisors++
		}
		for _, u := range m.Units {
			contact[u] = contact[u] || m.Has(ledger.DutyContact)
			head[u] = head[u] || m.Has(ledger.DutyHead)
		}
	}
	var noRoom, noContact, noHead, noUnit []string
	for _, t := range b.Tasks {
		if len(t.Named()) == 0 {
			noUnit = append(noUnit, t.No)
		}
		for _, u := range t.Named() {
			if !roomed[u] && !slices.Contains(noRoom, u) {
				noRoom = append(noRoom, u)
			}
			if !contact[u] && !slices.Contains(noContact, u) {
				noContact = append(noContact, u)
			}
			if !head[u] && !slices.Contains(noHead, u) {
				noHead = append(noHead, u)
			}
		}
	}
	add := func(list []string, text string) {
		if len(list) > 0 {
			out = append(out, finding{"注意", text + strings.Join(list, "、")})
		}
	}
	add(noRoom, "没有绑定群的单位：")
	add(noContact, "没有联络员的单位：")
	add(noUnit, "只写了集合单位、提醒无处可发的任务：")
	if len(noHead) > 0 {
		out = append(out, finding{"说明", "没有登记负责人的单位，逾期升级时改发其联络员：" + strings.Join(noHead, "、")})
	}
	if supervisors == 0 {
		out = append(out, finding{"注意", "没有督查员（supervisor），绑定申请和办结申请无人审核"})
	}
	return slices.Concat(out, unreachable(b, cfg), incomparable(b, cfg))
}

// incomparable finds units of the groups for comparison that the plan does not name.
func incomparable(b *ledger.Book, cfg config.Config) []finding {
	var out []finding
	for _, g := range b.Comparison().Over(comparisonOf(cfg)).Groups {
		for _, u := range g.Units {
			if !slices.ContainsFunc(b.Tasks, func(t *ledger.Task) bool { return t.OwnedBy(u) }) {
				out = append(out, finding{"注意", fmt.Sprintf("对比分组“%s”中的“%s”在方案中没有任务，请核对单位名称", g.Name, u)})
			}
		}
	}
	return out
}

// unreachable finds names in the configuration that the plan does not have.
func unreachable(b *ledger.Book, cfg config.Config) []finding {
	var out []finding
	add := func(format string, args ...any) {
		out = append(out, finding{"注意", fmt.Sprintf(format+"在方案中没有任务，请核对单位名称", args...)})
	}
	idle := func(u string) bool {
		return !slices.ContainsFunc(b.Tasks, func(t *ledger.Task) bool { return t.OwnedBy(u) })
	}
	for _, m := range cfg.Members {
		for _, u := range m.Units {
			if idle(u) {
				add("人员“%s”绑定的“%s”", cmp.Or(m.Name, m.ID), u)
			}
		}
	}
	for _, r := range cfg.Rooms {
		for _, u := range r.Units {
			if idle(u) {
				add("群“%s”绑定的“%s”", cmp.Or(r.Title, r.ID), u)
			}
		}
	}
	for _, short := range slices.Sorted(maps.Keys(cfg.Aliases)) {
		for _, u := range cfg.Aliases[short] {
			if idle(u) {
				add("aliases 中“%s”所指的“%s”", short, u)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(cfg.Groups)) {
		if !slices.Contains(b.Groups(), name) {
			add("groups 中的集合名“%s”", name)
		}
	}
	return out
}
