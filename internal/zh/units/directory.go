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

// Resolve returns the units that s may name, best first: the full name, else an
// alias of the office, else the name without its level (财政局), else a usual
// short or former name of the department (发改, 编办, 数据局). One name is an
// answer, more are a question to ask, none means that s is unknown. A level that
// s carries must be the unit's.
func (d *Directory) Resolve(s string) []string {
	q := key(s)
	if q == "" {
		return nil
	}
	if out := d.pick(func(u unit) bool { return u.folded == q || u.name == s }); out != nil {
		return out
	}
	if out := d.aliases[q]; len(out) > 0 {
		return slices.Clone(out)
	}
	tries := asTyped(q)
	for _, t := range tries {
		if out := d.pick(func(u unit) bool { return t.fits(u) && slices.Contains(u.cores, t.core) }); out != nil {
			return out
		}
	}
	for _, t := range tries {
		if t.family < 0 {
			continue
		}
		if out := d.pick(func(u unit) bool { return t.fits(u) && u.family == t.family }); out != nil {
			return out
		}
	}
	return nil
}

func (d *Directory) pick(fits func(unit) bool) []string {
	var out []string
	for _, u := range d.units {
		if fits(u) {
			out = append(out, u.name)
		}
	}
	return out
}

// typed is one reading of what somebody typed.
type typed struct {
	level  string
	core   string
	family int
}

// fits reports whether the level typed, if any, is that of the unit.
func (t typed) fits(u unit) bool {
	return !u.group && (t.level == "" || u.level == "" || t.level == u.level)
}

// asTyped lists the readings of q: as it is (市监局 is no 监局 of a city), without a
// level, without a place and its level, without 政府 or 委 behind those.
func asTyped(q string) []typed {
	out := []typed{{"", q, familyOf(q)}}
	l := level(q)
	rest := strings.TrimPrefix(q, l)
	if l == "" {
		l, rest = placeLevel(q)
	}
	if l == "" {
		rest = q
	} else if utf8.RuneCountInString(rest) >= 2 {
		out = append(out, typed{l, rest, familyOf(rest)})
	}
	for _, head := range []string{"人民政府", "政府", "委"} {
		if core, ok := strings.CutPrefix(rest, head); ok && utf8.RuneCountInString(core) >= 2 {
			out = append(out, typed{l, core, familyOf(core)})
		}
	}
	return out
}

// placeLevel parts 湖州市财政局 into its level and the department.
func placeLevel(q string) (l, rest string) {
	count := 0
	for i, r := range q {
		if count >= 2 && count <= 4 && strings.ContainsRune("省市区县州", r) {
			return string(r), q[i+utf8.RuneLen(r):]
		}
		count++
	}
	return "", q
}

// ResolveFuzzy returns the units whose name, alias or name without level differs
// from s by one character wrong, missing, too many or swapped with its neighbour.
// s must have at least four characters. They are guesses: ask before using one.
func (d *Directory) ResolveFuzzy(s string) []string {
	q := []rune(key(s))
	if len(q) < 4 || len(q) > 40 {
		return nil
	}
	near := func(form string) bool { return utf8.RuneCountInString(form) >= 4 && oneApart(q, []rune(form)) }
	out := d.pick(func(u unit) bool {
		return near(u.folded) || slices.ContainsFunc(u.cores, near)
	})
	for _, u := range d.units {
		for alias, names := range d.aliases {
			if slices.Contains(names, u.name) && near(alias) && !slices.Contains(out, u.name) {
				out = append(out, u.name)
			}
		}
	}
	return out
}

// oneApart reports whether a and b differ by exactly one typing error.
func oneApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || slices.Equal(a, b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if slices.Equal(a[i+1:], b[i+1:]) {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
