package seeds

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// scopeLine takes a line between items that says who answers for the next ones:
// （市财政局牵头，以下5—8项）.
func (o *outliner) scopeLine(text string) bool {
	rest, labels := o.h.statements(text)
	if rest != "" || len(labels) != 1 || labels[0].kind != kindOwner {
		return false
	}
	l := labels[0]
	if l.text, l.scope = cutScope(l.text); l.scope == nil || l.scope.to == 0 || ordinal(o.cur.no) >= l.scope.from && o.cur.style == digitDot {
		return false
	}
	up := o.section()
	if up.style == digitDot {
		up = up.parent
	}
	up.kids = append(up.kids, &node{parent: up, labels: []label{l}})
	return true
}

// startsRecord reports whether a paragraph without a number is the title of an item:
// it has a bullet, or a line that names units or a time follows and the item before
// has its own.
func (o *outliner) startsRecord(text string) bool {
	n := o.cur
	if o.bullet {
		return n == o.root || n.bullet || n == o.timed
	}
	fresh := n == o.root || n.style == plain && (n.owned() || n.timed())
	return o.labelled && fresh && isShort(text) && !strings.ContainsAny(text, "：:")
}

// isDuty holds for labels that say who answers or when.
func (k kind) isDuty() bool { return k.isOwner() || k == kindTime }

// reToAll opens the closing paragraph of a notice, which speaks to everybody.
var reToAll = regexp.MustCompile(`^(?:请?各|以上|上述|市政府|县政府|区政府|省政府|州政府|督查室|工作中|执行中)[^：:]{12,}$|^请各?[^，。：:]{0,12}(?:单位|部门|地区|乡镇|街道|科室|股室|处室)[^：:。]{2,40}报|^[^：:。]{2,16}，请?各[^：:。]{4,60}(?:联络员|联系人|报(?:送|至|[省市县区][^，。]{2,14}|领导小组|专班)?(?:办公室|办|。))`)

// reSpeech opens what minutes say behind their items, to everybody: 会议强调，…; 列席：….
var reSpeech = regexp.MustCompile(`^(?:会议(?:强调|要求|指出|认为|号召|还)|(?:出席|列席|请假|缺席|记录|主持|参会|参加)(?:人员?)?[：:])`)

// speech reports whether a paragraph behind an item is such: it names nobody who acts.
func (o *outliner) speech(text string) bool {
	return o.cur.parent != nil && o.cur.style != chapter && o.cur.style != hanComma && reSpeech.MatchString(text) && !reBy.MatchString(text)
}

// lastNumbered is the index of the last paragraph with a number.
func lastNumbered(paras []block) int {
	for i := len(paras) - 1; i >= 0; i-- {
		if style, _, _ := splitNo(paras[i].text); style != plain {
			return i
		}
	}
	return len(paras)
}

// isNumbered tells an item of a list numbered with digits.
func isNumbered(s string) bool {
	style, _, _ := splitNo(s)
	return style == digitDot || style == digitBra
}

// dutyLine takes a line that is nothing but a statement of units and stands before
// the items it speaks of: before the first item of all, or where that was so already.
func (o *outliner) dutyLine(p block, text string) bool {
	if !o.numbered || o.marker == nil && (o.cur != o.root || len(o.root.kids) > 0) {
		return false
	}
	rest, labels := o.h.statements(text)
	if rest != "" || len(labels) != 1 || labels[0].kind != kindOwner {
		return false
	}
	if o.marker != nil {
		o.cur = o.marker.parent
	}
	l := labels[0]
	l.scope = &scope{follows: true}
	o.detail, o.marker = nil, o.addRecord(p)
	o.marker.labels = []label{l}
	return true
}

// startsList tells the first item of a list numbered with digits.
func startsList(s string) bool {
	style, no, _ := splitNo(s)
	return (style == digitDot || style == digitBra) && ordinal(no) == 1
}

// bareUnits takes a line that is nothing but units: before the first item of a list
// it heads those items, behind an item without units it is that item's.
func (o *outliner) bareUnits(p block, text string) bool {
	text = strings.TrimRight(text, "：: ")
	if utf8.RuneCountInString(text) > 60 || !allUnitTokens(text) || strings.ContainsAny(string(firstRune(text)), "各国") {
		return false
	}
	l := label{kind: kindOwner, text: text, own: true}
	switch n := o.cur; {
	case o.restarts && !strings.Contains(text, "各"):
		for o.cur != o.root && (o.cur.style == digitDot || o.cur.style == digitBra || o.cur.style == plain) {
			o.cur = o.cur.parent
		}
		n = o.addRecord(p)
		l.scope = &scope{follows: true}
		n.labels = append(n.labels, l)
		n.paras = []string{text}
	case o.restarts || n == o.root || n.owned() || len(n.paras) == 0 || n.style == chapter:
		return false
	default:
		n.labels = append(n.labels, l)
	}
	return true
}
