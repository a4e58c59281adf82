package ledger

import (
	"encoding/json"
	"slices"
	"time"
)

// ComparisonID is the ID of the setting that holds the office's Comparison.
const ComparisonID = "comparison"

// Comparison says whether units may be set side by side, and which are alike enough: a
// unit is compared with those of its own group only. What the office sets in chat has
// a nil On where it leaves that as configured.
type Comparison struct {
	On     *bool     `json:"on,omitempty"`
	Groups []Alike   `json:"groups,omitempty"`
	By     string    `json:"by,omitzero"` // staff id of who changed it last
	At     time.Time `json:"at,omitzero"` // when
}

// Alike is a group of units that may be compared. Among what the office sets in chat, one
// without units takes the configured group of its name away.
type Alike struct {
	Name  string   `json:"name"`
	Units []string `json:"units,omitempty"`
}

// Comparison returns what the office has set in chat. A setting that cannot be read sets
// nothing.
func (b *Book) Comparison() Comparison {
	var c Comparison
	if raw := b.Settings[ComparisonID]; raw == nil || json.Unmarshal(raw, &c) != nil {
		return Comparison{}
	}
	return c
}

// Set reports whether anything is not as configured.
func (c Comparison) Set() bool { return c.On != nil || len(c.Groups) > 0 }

// Over lays c over what is configured: groups keep their place, new ones follow.
func (c Comparison) Over(configured Comparison) Comparison {
	out := Comparison{On: configured.On, Groups: slices.Clone(configured.Groups)}
	if c.On != nil {
		out.On = c.On
	}
	for _, g := range c.Groups {
		out = out.With(g)
	}
	out.Groups = slices.DeleteFunc(out.Groups, func(g Alike) bool { return len(g.Units) == 0 })
	return out
}

// With returns c with the group, in place of the one of its name.
func (c Comparison) With(g Alike) Comparison {
	c.Groups = slices.Clone(c.Groups)
	if i := slices.IndexFunc(c.Groups, func(x Alike) bool { return x.Name == g.Name }); i >= 0 {
		c.Groups[i] = g
		return c
	}
	c.Groups = append(c.Groups, g)
	return c
}

// Allowed reports whether units may be compared at all.
func (c Comparison) Allowed() bool { return c.On != nil && *c.On }

// GroupOf returns the group that the unit is in.
func (c Comparison) GroupOf(unit string) (Alike, bool) {
	i := slices.IndexFunc(c.Groups, func(g Alike) bool { return slices.Contains(g.Units, unit) })
	if i < 0 {
		return Alike{}, false
	}
	return c.Groups[i], true
}
