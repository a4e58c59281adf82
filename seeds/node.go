package seeds

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// node is one numbered paragraph of the body with what stands under it.
type node struct {
	style  numeral
	no     string
	line   int
	parent *node
	kids   []*node
	paras  []string // the text, without number and labels
	detail []string // what stands under labels such as 整改措施
	labels []label
	bullet bool // it has a bullet for a number
	titled bool // its text came from a label such as 任务名称
	spread bool // its labels govern all its kids
	lent   bool // its labels are those of the item after it

	between string // a time on a line of its own between it and the next item
}

func isShort(s string) bool {
	s = strings.TrimRight(s, "。：: ")
	return utf8.RuneCountInString(s) <= 40 && !strings.Contains(s, "。")
}

// hoist moves an owner line that follows the last of several items, none of which
// names its own units, up to the heading over them: it governs them all. Where only
// some of the items before it have no labels at all, it is lent to those.
func hoist(n *node) {
	for _, k := range n.kids {
		hoist(k)
	}
	if len(n.kids) < 2 {
		return
	}
	last := n.kids[len(n.kids)-1]
	if n.parent == nil && !slices.ContainsFunc(last.labels, func(l label) bool { return l.above }) {
		return // the last item's own
	}
	if !last.owned() || !last.ownLines() || len(last.kids) > 0 {
		return
	}
	free := len(n.kids) - 1
	for free > 0 && len(n.kids[free-1].labels) == 0 && len(n.kids[free-1].kids) == 0 {
		free--
	}
	if free == 0 && !n.owned() {
		n.labels, last.labels, n.spread = append(n.labels, last.labels...), nil, true
		return
	}
	for i := len(n.kids) - 2; i > 0; i-- {
		k, next := n.kids[i], n.kids[i+1]
		if len(k.labels) == 0 && len(k.kids) == 0 && next.owned() && next.ownLines() {
			k.labels, k.lent = pickLabels(next, kindOwner), true
		}
	}
}

// ownLines reports whether all labels of the item stand on lines of their own.
func (n *node) ownLines() bool {
	for _, l := range n.labels {
		if !l.own {
			return false
		}
	}
	return true
}

func (n *node) owned() bool {
	for _, l := range n.labels {
		if l.kind == kindOwner {
			return true
		}
	}
	return false
}

// lastOfLines reports whether the item ends a list of items of one paragraph each, with the
// units in it: what follows belongs to none of them.
func (n *node) lastOfLines() bool {
	if n.parent == nil || len(n.parent.kids) < 2 {
		return false
	}
	for _, k := range n.parent.kids {
		if len(k.paras) != 1 || len(k.kids) > 0 || !k.owned() || k.ownLines() {
			return false
		}
	}
	return true
}

func (n *node) timed() bool {
	for _, l := range n.labels {
		if l.kind == kindTime {
			return true
		}
	}
	return false
}

// headLine reports whether the first line of the item is a heading without a stop and not
// the first piece of a broken line: it is far shorter than the sentences under it, or they
// begin anew.
func (n *node) headLine() bool {
	first, body := utf8.RuneCountInString(n.paras[0]), utf8.RuneCountInString(n.paras[1])
	return first <= 40 && (first*4 < body*3 || startsVerb(n.paras[1])) && strings.HasSuffix(n.paras[1], "。") && !strings.ContainsRune("，、；：（", lastRune(n.paras[0])) && isShort(n.paras[0])
}

// text is the item's own text; a bare heading on a line of its own stays a sentence.
func (n *node) text() string {
	if len(n.paras) > 1 && n.headLine() {
		return n.paras[0] + "。" + strings.Join(n.paras[1:], "")
	}
	if len(n.paras) > 1 && utf8.RuneCountInString(n.paras[0]) <= 22 && !strings.ContainsAny(n.paras[0], "，。；：、,;:") {
		return n.paras[0] + "。" + strings.Join(n.paras[1:], "")
	}
	return strings.Join(n.paras, "")
}

// isHeading reports whether the item is a bare heading: one short sentence.
func (n *node) isHeading() bool {
	return isShort(n.text())
}

// id is the item's place in the body, such as 二(四)5.
func (n *node) id() string {
	if n.parent == nil {
		return ""
	}
	switch n.style {
	case hanBrack, digitBra:
		return n.parent.id() + "(" + n.no + ")"
	case chapter:
		return n.parent.id() + "第" + n.no + "部分"
	case digitDot, worded, dotted:
		if p := n.parent.style; p == digitDot || p == worded || p == hanComma {
			return n.parent.id() + "." + n.no
		}
	}
	return n.parent.id() + n.no
}

// reUndertake is the verb before the name of a project.
var reUndertake = regexp.MustCompile(`^(?:大力|深入|全面|扎实|加快|积极|持续|全力|强力|统筹|着力|组织|协同|继续|稳步)*(?:实施|推进|推动|开展|抓好|推行|落实|建设|打好|启动)(?:好)?`)

// projectName is the name that a heading gives its project, without the verb: 大力
// 实施行政决策能力提升工程 speaks of the 行政决策能力提升工程.
func projectName(s string) string {
	verb := reUndertake.FindString(s)
	rest := s[len(verb):]
	for _, end := range []string{"工程", "行动", "计划"} {
		if verb != "" && strings.HasSuffix(rest, end) && utf8.RuneCountInString(rest) >= 4 {
			return rest
		}
	}
	return s
}

// project is the nearest heading over the item.
func (n *node) project() string {
	if n.parent == nil || n.parent.parent == nil {
		return ""
	}
	if t := heading(n.parent.text()); t != "" {
		return projectName(t)
	}
	return n.parent.project()
}
