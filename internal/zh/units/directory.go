package units

import (
	"slices"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// Directory knows the units of one plan and finds them under the names people
// type. It never changes and may be used by many at once.
type Directory struct {
	units   []unit
	aliases map[string][]string // folded alias → names
	forms   map[rune][]form     // what FindAll looks for, by first rune, longest first
}

// unit is one canonical name, taken apart.
type unit struct {
	name   string
	folded string
	level  string   // 市 of 市财政局; "" if it carries none
	cores  []string // folded names without the level: 政府法制办, 法制办; both plates of A(B)
	family int      // row of the families table; -1 if none
	group  bool     // a collective name is known by its full form only
}

// NewDirectory makes a directory of the canonical names of a plan, in their order,
// and of the office's own short names, each for one or more of them. Aliases for
// names that the plan does not have are ignored.
func NewDirectory(names []string, aliases map[string][]string) *Directory {
	d := &Directory{aliases: make(map[string][]string, len(aliases))}
	for _, name := range names {
		if name != "" && !slices.ContainsFunc(d.units, func(u unit) bool { return u.name == name }) {
			d.units = append(d.units, newUnit(name))
		}
	}
	for alias, targets := range aliases {
		k := key(alias)
		for _, target := range targets {
			for _, u := range d.units {
				if (u.name == target || u.folded == key(target)) && k != "" && !slices.Contains(d.aliases[k], u.name) {
					d.aliases[k] = append(d.aliases[k], u.name)
				}
			}
		}
	}
	d.forms = d.surface()
	return d
}

// key is the folded form without blanks.
func key(s string) string {
	return strings.NewReplacer(" ", "", "\n", "", "[", "(", "]", ")").Replace(zh.Fold(s))
}

func newUnit(name string) unit {
	u := unit{name: name, folded: key(name), family: -1, group: isGroup(name)}
	if u.group {
		return u
	}
	u.level = level(u.folded)
	u.cores = cores(u.folded)
	for _, core := range u.cores {
		if f := familyOf(core); f >= 0 {
			u.family = f
			break
		}
	}
	return u
}

// cores are the forms of a folded name without its level: the whole, without a
// government or party in front, and each plate of a name with a bracket.
func cores(folded string) []string {
	plates := []string{folded}
	if i := strings.IndexByte(folded, '('); i > 0 && strings.HasSuffix(folded, ")") {
		plates = append(plates, folded[:i])
		plates = append(plates, strings.Split(folded[i+1:len(folded)-1], "、")...)
	}
	var out []string
	add := func(s string) {
		if utf8.RuneCountInString(s) >= 2 && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, plate := range plates {
		core := strings.TrimPrefix(plate, level(plate))
		add(core)
		for _, head := range []string{"人民政府", "政府", "委"} {
			if rest, ok := strings.CutPrefix(core, head); ok && utf8.RuneCountInString(rest) >= 2 && stem(rest) != "" {
				add(rest)
			}
		}
		if place, ok := cutGovernment(plate); ok {
			add(place)
			add(place + "政府")
			add(place + "人民政府")
		}
	}
	return out
}

// cutGovernment is the place of 吴兴区政府 and 吴兴区人民政府.
func cutGovernment(name string) (place string, ok bool) {
	for _, end := range []string{"人民政府", "政府", "管委会", "办事处"} {
		if place, ok := strings.CutSuffix(name, end); ok && utf8.RuneCountInString(place) >= 3 && isPlace(place) {
			return place, true
		}
	}
	return "", false
}

// endings are what follows the field in the name of a department.
var endings = []string{"委员会", "办公室", "办公厅", "中心", "分局", "局", "委", "办", "厅", "部", "会", "院"}

// stem is the field of a department: what is left without the ending.
func stem(core string) string {
	for _, end := range endings {
		if rest, ok := strings.CutSuffix(core, end); ok {
			return rest
		}
	}
	return core
}

// needEnding are the families whose words alone mean something else: 市政府 is not
// its office, 市委 neither.
func needEnding(f int) bool {
	return families[f][0] == "府" || families[f][0] == "委" || families[f][0] == "编"
}

// familyOf is the row of the families table that core belongs to; -1 if none.
func familyOf(core string) int {
	s := stem(core)
	for f, family := range families {
		if slices.Contains(family, core) && (!needEnding(f) || stem(core) != core) {
			return f
		}
		if s != "" && slices.Contains(family, s) && (s != core || !needEnding(f)) {
			return f
		}
	}
	return -1
}
