package seeds

import (
	"regexp"
	"slices"
)

// listedBeside reports whether the items of the heading, or of one like it beside it, are
// tasks by their own times: then those of all of them are.
func (g *gatherer) listedBeside(n *node) bool {
	at := siblings{n.parent, n.style}
	known, ok := g.listing[at]
	if !ok {
		known = slices.ContainsFunc(n.parent.kids, func(m *node) bool {
			if m.style != n.style || !m.works() {
				return false
			}
			dated := g.datedKids(m)
			return dated > 1 && dated*2 >= len(m.kids)
		})
		g.listing[at] = known
	}
	return known
}

// reTrouble is in the heading of a problem, which has measures under it and no tasks.
var reTrouble = regexp.MustCompile(`不|未|无|没有|滞后|薄弱|问题|缺|漏|乱|违|欠|隐患|弱化|虚化|偏|超标|反馈|整改`)

// works reports whether items stand under the heading as in a list of works.
func (n *node) works() bool {
	return len(n.kids) > 1 && n.isHeading() && len(n.detail) == 0 && !reTrouble.MatchString(n.text()) && !slices.ContainsFunc(n.kids, func(k *node) bool { return len(k.kids) > 0 })
}

// datedKids counts the items under the heading that have a time of their own.
func (g *gatherer) datedKids(n *node) int {
	dated := 0
	for _, k := range n.kids {
		if k.timed() || g.dated(k.all()) {
			dated++
		}
	}
	return dated
}
