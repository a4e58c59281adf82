package seeds

import (
	"strings"
	"unicode/utf8"
)

// maxBody is how many paragraphs may stand between the title of an item and its label
// lines.
const maxBody = 4

// dutyAhead reports whether a line that is nothing but labels of units or times comes
// next, or behind some sentences: then a line without a number may be a title.
func (o *outliner) dutyAhead(next []block) bool {
	for i, p := range next[:min(len(next), maxBody+1)] {
		if o.onlyDuty(p.text) {
			return true
		}
		if style, _, _ := splitNo(p.text); style != plain || reBullet.MatchString(p.text) || !strings.HasSuffix(p.text, "。") || i == maxBody {
			return false
		}
	}
	return false
}

// onlyDuty tells such a line: 责任单位：…, 【完成时限】…, （牵头单位：…；完成时限：…）.
func (o *outliner) onlyDuty(text string) bool {
	text = o.h.openBoxes(reBullet.ReplaceAllString(text, ""))
	return o.leadLabel(strings.TrimPrefix(text, "（")).isDuty()
}

// another reports whether an unnumbered paragraph that names its own units follows
// one that did so too: then both are items under the heading.
func (o *outliner) another(text string) bool {
	n := o.cur
	if !n.owned() || n.labels[0].own || len(n.kids) > 0 || n.style != plain && (len(n.paras) < 2 || !isShort(n.paras[0])) {
		return false
	}
	rest, labels := o.h.statements(text)
	return len(labels) > 0 && labels[0].kind == kindOwner && !labels[0].own && utf8.RuneCountInString(rest) >= 8
}

// isContent tells a label that says more about an item from one that names it.
func (o *outliner) isContent(text string) bool {
	segs := o.h.segments(text, true)
	return strings.Contains(text[segs[0].at:segs[0].from], "内容")
}

// record starts an item by its title label, or gives the open item its title.
func (o *outliner) record(p block, text string) {
	segs := o.h.segments(text, true)
	value := strings.TrimSpace(text[segs[0].from:])
	n := o.cur
	switch {
	case n != o.root && !n.titled && len(n.labels) == 0 && len(n.kids) == 0 && len(n.detail) == 0:
	case n != o.root && n.titled && n.style != plain:
		o.demote(n)
		n = o.addRecord(p)
	default:
		o.cur = o.section()
		n = o.addRecord(p)
	}
	n.titled, o.detail = true, nil
	if n.style == plain {
		n.paras = nil
	}
	o.fill(n, value)
}

// demote turns a numbered heading that took the first of several labelled items
// back into a heading over them.
func (o *outliner) demote(n *node) {
	first := &node{line: n.line, parent: n, detail: n.detail, labels: n.labels, titled: true}
	if len(n.paras) > 1 {
		first.paras, n.paras = n.paras[1:], n.paras[:1]
	}
	n.detail, n.labels, n.titled = nil, nil, false
	n.kids = append([]*node{first}, n.kids...)
	o.cur = n
}

// section is the innermost open numbered heading.
func (o *outliner) section() *node {
	n := o.cur
	for n != o.root && n.style == plain && (n != o.timed || o.timedBy == "" || o.timedBy == o.mark) {
		n = n.parent
	}
	return n
}

func (o *outliner) addRecord(p block) *node {
	n := &node{line: p.line, parent: o.cur}
	o.cur.kids = append(o.cur.kids, n)
	o.cur = n
	return n
}
