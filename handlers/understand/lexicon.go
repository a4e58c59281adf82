package understand

import (
	"strings"

	"duban/internal/zh"
	"duban/internal/zh/units"
	"duban/store/ledger"
)

// Lexicon is what the words of a message are read against: the tasks, units and
// projects of the plan. It is built once per plan, never changes, and may be used
// by several goroutines.
type Lexicon struct {
	titles   map[string]string // task number → folded title
	names    *names
	units    *units.Directory
	projects []project
}

// project is a 工程 of the plan with its folded name.
type project struct{ name, folded string }

// NewLexicon builds the lexicon of a plan. aliases gives the office's own short
// names (short name → the unit or units it may mean); it may be nil, as may tasks and projects.
func NewLexicon(tasks []*ledger.Task, projects []string, aliases map[string][]string) *Lexicon {
	l := &Lexicon{titles: make(map[string]string, len(tasks)), names: newNames()}
	var unitNames []string
	seen := map[string]bool{}
	for _, t := range tasks {
		title := zh.Fold(t.Title)
		l.titles[t.No] = title
		l.names.add(t.No, title)
		for _, o := range t.Owners {
			if o.Role != ledger.RolePerson && !seen[o.Name] {
				seen[o.Name] = true
				unitNames = append(unitNames, o.Name)
			}
		}
	}
	for _, p := range projects {
		l.projects = append(l.projects, project{name: p, folded: strings.TrimPrefix(zh.Fold(p), "大力实施")})
	}
	l.names.weigh()
	l.units = units.NewDirectory(unitNames, aliases)
	return l
}

// projectIn returns the 工程 that the text names, by its name or by its name
// without 工程.
func (l *Lexicon) projectIn(s string) string {
	for _, p := range l.projects {
		short := strings.TrimSuffix(p.folded, "工程")
		if p.folded != "" && strings.Contains(s, p.folded) || runeLen(short) >= 4 && strings.Contains(s, short) ||
			strings.Contains(s, "工程") && longestRun(s, short) >= 4 {
			return p.name
		}
	}
	return ""
}

// Unit returns the one unit of the plan that a name or short name means.
func (l *Lexicon) Unit(name string) (string, bool) {
	list := l.units.Resolve(name)
	if len(list) != 1 {
		return "", false
	}
	return list[0], true
}
