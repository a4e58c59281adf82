package units

import (
	"slices"
	"strings"

	"duban/store/ledger"
)

// rank orders the roles for a unit that is named twice.
var rank = map[ledger.Role]int{
	ledger.RoleLead: 5, ledger.RoleResponsible: 4, ledger.RoleSupport: 3, ledger.RoleVerify: 2, ledger.RolePerson: 1,
}

// owners settles what depends on the whole string and lists each name once.
func (p *parser) owners() []ledger.Owner {
	p.settleRoles()
	lendGovernments(p.entries)
	lendLevels(p.entries)
	lendEach(p.entries)
	var out []ledger.Owner
	for _, e := range p.entries {
		i := slices.IndexFunc(out, func(o ledger.Owner) bool { return o.Name == e.name })
		switch {
		case i < 0:
			out = append(out, ledger.Owner{Role: e.role, Name: e.name, Group: e.group})
		case rank[e.role] > rank[out[i].Role]:
			out[i].Role = e.role
		}
	}
	return out
}

// settleRoles gives the role of the heading to whoever has none, and makes
// supporters of those who stand beside a lead that the string names itself.
func (p *parser) settleRoles() {
	fallback := p.field
	if fallback == "" || fallback == ledger.RolePerson {
		fallback = ledger.RoleResponsible
	}
	for i := range p.entries {
		e := &p.entries[i]
		if e.role == "" {
			e.role = fallback
			if p.led && fallback == ledger.RoleLead {
				e.role = ledger.RoleSupport
			}
		}
		if p.led && e.role == ledger.RoleResponsible {
			e.role = ledger.RoleSupport
		}
	}
}

// governments are the endings that a list of places writes once, at its end.
var governments = []string{"人民政府", "政府", "党委政府", "管委会", "街道办事处", "办事处"}

// lendGovernments completes places that share the 政府 behind the last of them:
// 吴兴区、南浔区政府.
func lendGovernments(list []entry) {
	for i := len(list) - 1; i > 0; i-- {
		end := governmentEnd(list[i].name)
		if end == "" || list[i].group {
			continue
		}
		for j := i - 1; j >= 0 && !list[j].group && isPlace(list[j].name) && list[j+1].sep != ";"; j-- {
			list[j].name += end
		}
	}
}

// governmentEnd is the government behind the name of a place; "" if there is none.
func governmentEnd(name string) string {
	for _, end := range governments {
		if place, ok := strings.CutSuffix(name, end); ok {
			if isPlace(place) {
				return end
			}
			if end == "办事处" && isPlace(place) {
				return end
			}
		}
	}
	return ""
}

// lendLevels repeats the level that a list wrote once, at its first department:
// 省科技厅、工业和信息化厅. Party organs and the state's own take none.
func lendLevels(list []entry) {
	now := ""
	for i := range list {
		e := &list[i]
		if e.group || e.role == ledger.RolePerson {
			continue
		}
		if l := level(e.name); l != "" {
			now = l
			continue
		}
		if now != "" && borrows(e.name, now) {
			e.name = now + e.name
		}
	}
}

// borrows reports whether name is a department of the government that would carry
// the level if it were not written before.
func borrows(name, level string) bool {
	if strings.HasPrefix(name, "市场") || hasAnyPrefix(name, verticals) || strings.HasSuffix(name, "分局") { // of a bureau above
		return false
	}
	core := name
	if i := strings.IndexByte(core, '('); i > 0 {
		core = core[:i]
	}
	if !hasAnySuffix(core, []string{"局", "委", "厅", "办", "委员会", "办公室", "法院", "检察院"}) {
		return false
	}
	if strings.HasSuffix(core, "厅") != (level == "省" || level == "自治区") && strings.HasSuffix(core, "厅") {
		return false
	}
	return startsWithField(core)
}

// startsWithField reports whether core is a government field and a short ending.
func startsWithField(core string) bool {
	for _, stem := range lendable() {
		if rest, ok := strings.CutPrefix(core, stem); ok && len(rest) <= 4*len("局") {
			return true
		}
	}
	return false
}

// lendEach makes a kind of place that follows 各… collective too: in 各县(市、区)政府、
// 开发区管委 the 各 stands for both.
func lendEach(list []entry) {
	for i := 1; i < len(list); i++ {
		prev, e := list[i-1], &list[i]
		if prev.group && strings.HasPrefix(prev.name, "各") && e.sep != ";" && !e.group && madeOfKinds(e.name) && !ownZone(e.name) {
			e.group = true
		}
	}
}

// madeOfKinds holds for 开发区管委 and 街道办事处: kinds of places without a name.
func madeOfKinds(s string) bool {
	switch s {
	case "市政府", "区政府", "县政府", "市人民政府", "区人民政府", "县人民政府", "市委", "区委", "县委":
		return false // a city has one of each: a name
	}
	for s != "" {
		i := slices.IndexFunc(generic, func(g string) bool { return strings.HasPrefix(s, g) })
		if i < 0 {
			return false
		}
		s = s[len(generic[i]):]
	}
	return true
}
