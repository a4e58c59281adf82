package dingtalk

import (
	"slices"
	"strings"
)

// UnitNames finds units by the names that people use for them: one name is an answer,
// several are a question. units.Directory is one.
type UnitNames interface {
	Resolve(name string) []string
	ResolveFuzzy(name string) []string
}

// Binding is a person whose unit the organisation's own structure tells.
type Binding struct {
	StaffID    string
	Name       string
	Department string // paths in which the person stands, joined by 、
	Unit       string
}

// Proposal is a person whose unit a supervisor has to decide.
type Proposal struct {
	StaffID    string
	Name       string
	Department string   // paths in which the person stands, joined by 、
	Units      []string // candidates, best first
}

// Bind finds each person's unit by the departments in which they stand. Whose
// departments name exactly one unit is bound; whose departments name several, or none
// but by a slip of the pen, is proposed. Others have no unit of this plan and are
// left out. Nothing is decided by people's names, which are not unique.
func (d Directory) Bind(names UnitNames) (sure []Binding, unsure []Proposal) {
	found := map[string][]string{} // by path: most people share theirs
	for _, e := range d.Entries {
		var all []string
		paths := append([]string{e.Department}, e.More...)
		where := strings.Trim(strings.Join(paths, "、"), "、") // who stands in the root itself has no path there
		for _, path := range paths {
			units, known := found[path]
			if !known {
				units = unitsOf(path, names)
				found[path] = units
			}
			all = append(all, units...)
		}
		loose := len(all) == 0
		for _, path := range paths {
			if loose && path != "" {
				all = append(all, names.ResolveFuzzy(head(path))...)
			}
		}
		all = unique(all)
		switch {
		case len(all) == 0:
		case len(all) == 1 && !loose:
			sure = append(sure, Binding{StaffID: e.StaffID, Name: e.Name, Department: where, Unit: all[0]})
		default:
			unsure = append(unsure, Proposal{StaffID: e.StaffID, Name: e.Name, Department: where, Units: all})
		}
	}
	return sure, unsure
}

// unitsOf lists the units that the departments of a path name, from the top. Inside a
// unit, what is called 科 or 室 is a part of it, whatever else its name reminds of:
// the 财务科 of a bureau is not the bureau of finance.
func unitsOf(path string, names UnitNames) []string {
	var all []string
	for name := range strings.SplitSeq(path, "/") {
		if name == "" || len(all) > 0 && isDivision(name) {
			continue
		}
		all = append(all, names.Resolve(name)...)
	}
	return unique(all)
}

func isDivision(name string) bool {
	return slices.ContainsFunc([]string{"科", "处", "股", "室", "组", "班", "队"}, func(end string) bool { return strings.HasSuffix(name, end) })
}

// head is the topmost department of a path.
func head(path string) string {
	first, _, _ := strings.Cut(path, "/")
	return first
}

// unique keeps the first of each.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
