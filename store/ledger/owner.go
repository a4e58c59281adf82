package ledger

import "strings"

// Role is what a unit has to do with a task.
type Role string

// The roles of units (and of the one person a plan may name) in a task.
const (
	RoleLead        Role = "L" // 牵头
	RoleSupport     Role = "S" // 配合
	RoleResponsible Role = "R" // 责任, not split into lead and support
	RoleVerify      Role = "V" // 督导, 验收
	RolePerson      Role = "P" // a person, not a unit
)

// Owner is one responsible party of a task as the plan names it. Group marks a
// collective name (市级有关部门): it is kept as one and never guessed into members.
type Owner struct {
	Role  Role   `json:"role"`
	Name  string `json:"name"`
	Group bool   `json:"group,omitempty"`

	// Members are the units that the office has said a collective name stands for. They
	// are put in from the settings when a task is read and are never kept with it.
	Members []string `json:"-"`
}

// String is ROLE:NAME with a star before a collective name.
func (o Owner) String() string {
	if o.Group {
		return string(o.Role) + ":*" + o.Name
	}
	return string(o.Role) + ":" + o.Name
}

// Owners joins the owners in the small language of the explain command, or "none".
func Owners(list []Owner) string {
	if len(list) == 0 {
		return "none"
	}
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = o.String()
	}
	return strings.Join(out, "; ")
}
