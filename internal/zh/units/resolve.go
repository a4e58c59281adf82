package units

import (
	"slices"
	"strings"
	"unicode/utf8"
)

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
