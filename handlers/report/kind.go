package report

import "slices"

// KindOther heads the units that are in none of the office's groups.
const KindOther = "其他单位"

// OfKind is a group of comparable units. Kind is empty where the office has named no groups.
type OfKind struct {
	Kind  string
	Units []Group
}

// ByKind parts the units by the office's groups, in their order; within each they stand in
// the order of the plan, as do those of no group, which come last. No order is a ranking.
func (f Facts) ByKind() []OfKind {
	rest := slices.Clone(f.Units)
	var out []OfKind
	for _, a := range f.Alike {
		var part []Group
		rest = slices.DeleteFunc(rest, func(u Group) bool {
			in := slices.Contains(a.Units, u.Name)
			if in {
				part = append(part, u)
			}
			return in
		})
		if len(part) > 0 {
			out = append(out, OfKind{a.Name, part})
		}
	}
	switch {
	case len(out) == 0:
		return []OfKind{{"", rest}}
	case len(rest) > 0:
		out = append(out, OfKind{KindOther, rest})
	}
	return out
}
