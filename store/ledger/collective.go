package ledger

import (
	"encoding/json"
	"slices"
	"strings"
)

// groupPrefix begins the settings that say which units a collective name stands for.
const groupPrefix = "group/"

// GroupID is the ID of the setting that holds the member units of a collective name
// (集合名), a list of unit names.
func GroupID(name string) string { return groupPrefix + name }

// Group lists the units that the office has said a collective name stands for; none
// without its word: members are never guessed. A setting that cannot be read says none.
func (b *Book) Group(name string) []string {
	var units []string
	if raw := b.Settings[GroupID(name)]; raw == nil || json.Unmarshal(raw, &units) != nil {
		return nil
	}
	return units
}

// Groups lists the collective names that the plan's tasks hold, in plan order.
func (b *Book) Groups() []string {
	var out []string
	for _, t := range b.Tasks {
		for _, o := range t.Owners {
			if o.Group && !slices.Contains(out, o.Name) {
				out = append(out, o.Name)
			}
		}
	}
	return out
}

// isGroup reports whether the record says whom a collective name stands for, so that every
// task must be seen anew.
func isGroup(r Record) bool { return r.Kind == RecordSetting && strings.HasPrefix(r.ID, groupPrefix) }

// withMembers returns the task with the members of its collective names, or the task
// itself where none are known.
func (t *Task) withMembers(group func(name string) []string) *Task {
	var c *Task
	for i, o := range t.Owners {
		units := []string(nil)
		if o.Group {
			units = group(o.Name)
		}
		if len(units) == 0 {
			continue
		}
		if c == nil {
			copied := *t
			c = &copied
			c.Owners = slices.Clone(t.Owners)
		}
		c.Owners[i].Members = units
	}
	if c == nil {
		return t
	}
	return c
}

// members lists the units that the task's collective names stand for and that it does not
// name itself.
func (t *Task) members() []string {
	var out []string
	for _, o := range t.Owners {
		for _, u := range o.Members {
			named := slices.ContainsFunc(t.Owners, func(p Owner) bool { return p.Name == u && !p.Group && p.Role != RolePerson })
			if !named && !slices.Contains(out, u) {
				out = append(out, u)
			}
		}
	}
	return out
}
