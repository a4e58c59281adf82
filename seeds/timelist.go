package seeds

import (
	"regexp"
	"strconv"
	"strings"
)

// reTimedList is a paragraph that lists who does what by a day: 10月底前：市城管局完成…；市商务局完成….
var reTimedList = regexp.MustCompile(`^([^：:，。；]{2,24})[：:]\s*(\S.+)$`)

// timedList makes a task of every part of such a paragraph that begins with its units.
func timedList(p block) []draft {
	if len(p.text) > maxParagraph {
		return nil
	}
	m := reTimedList.FindStringSubmatch(p.text)
	if m == nil {
		return nil
	}
	due := timeAlone(m[1])
	if due == "" {
		return nil
	}
	var out []draft
	for _, clause := range reClauseEnd.Split(m[2], -1) {
		clause = strings.TrimSpace(clause)
		units, work := cutActors(clause)
		switch {
		case clause == "":
		case units != "":
			out = append(out, draft{line: p.line, title: cutTitle(heading(work)), detail: work, prose: work, time: due, owners: []duty{{kindOwner.field(), units}}})
		case len(out) == 0:
			return nil
		default:
			d := &out[len(out)-1]
			d.detail, d.prose = d.detail+"；"+clause, d.prose+"；"+clause
		}
	}
	return out
}

// timedList reads an item that is such a list; its parts become the items under it.
func (n *node) timedList(text string) bool {
	list := timedList(block{text: text, line: n.line})
	if len(list) == 0 {
		return false
	}
	due := label{kind: kindTime, text: list[0].time, own: true}
	if len(list) == 1 {
		n.paras, n.labels = []string{list[0].detail}, []label{{kind: kindOwner, text: list[0].owners[0].text}, due}
		return true
	}
	n.paras = []string{due.text}
	for i, d := range list {
		n.kids = append(n.kids, &node{parent: n, no: n.no + "·" + strconv.Itoa(i+1), line: n.line, paras: []string{d.detail}, labels: []label{{kind: kindOwner, text: d.owners[0].text}, due}})
	}
	return true
}

// frontUnits parts the units that stand before the colon of an item from its text: 1. 市城管局、
// 市住建局：完成主干道立面改造.
func frontUnits(s string) (units, work string) {
	m := reFrontUnits.FindStringSubmatch(s)
	if m == nil || !allUnitTokens(m[1]) && !rePlaceOffice.MatchString(m[1]) {
		return "", s
	}
	return m[1], m[2]
}

// rePlaceOffice is the government of a place by its name: 桃源镇政府.
var rePlaceOffice = regexp.MustCompile(`^\p{Han}{1,5}[镇乡县区市](?:人民)?政府$|^\p{Han}{1,5}街道办?(?:事处)?$`)

var reFrontUnits = regexp.MustCompile(`^([^：:，。；]{2,40})[：:]\s*([^：:]{4,})$`)

var reClauseEnd = regexp.MustCompile(`[；;。]`)

// cutActors parts the units that a sentence begins with from what they do.
func cutActors(s string) (units, work string) {
	for i := range s {
		if i > 180 {
			break
		}
		rest := strings.TrimPrefix(s[i:], "负责")
		if i > 0 && startsVerb(rest) && allUnitTokens(s[:i]) {
			return s[:i], rest
		}
	}
	return "", s
}
