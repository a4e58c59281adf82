package understand

import (
	"regexp"
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
	tasks    map[string]*ledger.Task
	names    *names
	units    *units.Directory
	projects []project
	groups   map[string]bool // folded collective names, such as 市级有关部门
}

// project is a 工程 of the plan with its folded name.
type project struct{ name, folded string }

// NewLexicon builds the lexicon of a plan. aliases gives the office's own short
// names (short name → the unit or units it may mean); it may be nil, as may tasks and projects.
func NewLexicon(tasks []*ledger.Task, projects []string, aliases map[string][]string) *Lexicon {
	l := &Lexicon{titles: make(map[string]string, len(tasks)), tasks: make(map[string]*ledger.Task, len(tasks)), names: newNames(), groups: map[string]bool{}}
	var unitNames []string
	seen := map[string]bool{}
	for _, t := range tasks {
		title := zh.Fold(t.Title)
		l.titles[t.No], l.tasks[t.No] = title, t
		l.names.add(t.No, title)
		for _, o := range t.Owners {
			if o.Group {
				l.groups[zh.Fold(o.Name)] = true
			}
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

// nthProject names a 工程 by its place in the plan: 第七大工程, 第3个工程.
var nthProject = regexp.MustCompile(`第([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:大|个|项)?工程`)

// collective reports whether the name is one that stands for several units.
func (l *Lexicon) collective(name string) bool { return l.groups[zh.Fold(name)] }

// projectIn returns the 工程 that the text names, by its name, by its name without 工程
// or by its place.
func (l *Lexicon) projectIn(s string) string {
	if m := nthProject.FindStringSubmatch(s); m != nil {
		n, ok := zh.Number(m[1])
		if i := int(n) - 1; ok && i >= 0 && i < len(l.projects) {
			return l.projects[i].name
		}
	}
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
