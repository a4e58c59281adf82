package seeds

import (
	"regexp"
	"strings"
)

// reTimedList is a paragraph that lists who does what by a day: 10月底前：市城管局完成…；市商务局完成….
var reTimedList = regexp.MustCompile(`^([^：:，。；]{2,24})[：:]\s*(\S.+)$`)

// timedList makes a task of every part of such a paragraph that begins with its units.
func timedList(p block) []draft {
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
