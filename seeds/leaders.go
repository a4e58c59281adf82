package seeds

import (
	"slices"
	"strings"
)

// A heading may name the leader who answers for all tasks under it, while each of them
// names its units itself: 一、稳定工业增长（责任领导：陈国梁）.

// partLeaders parts the persons that labels of a heading name from the units beside them.
func partLeaders(labels []label) (people, units []label) {
	for _, l := range labels {
		var who, rest []string
		person := false
		for piece := range strings.SplitSeq(l.text, "；") {
			if word, _, ok := strings.Cut(piece, "："); ok {
				person = word == kindPerson.field()
			}
			if person {
				who = append(who, piece)
			} else {
				rest = append(rest, piece)
			}
		}
		if who != nil {
			people = append(people, label{kind: kindOwner, text: strings.Join(who, "；"), own: l.own})
		}
		if rest != nil {
			l.text = strings.Join(rest, "；")
			units = append(units, l)
		}
	}
	return people, units
}

// takeLeaders lets the heading answer for what stands under it: its leaders beside the
// units of the tasks, its units for tasks that name none.
func (up *above) takeLeaders(n *node) {
	people, units := partLeaders(pickLabels(n, kindOwner))
	if units != nil {
		up.owners = units
	}
	if people != nil {
		up.people = people
	}
}

// leaderOf is the statement of a leader alone, or "".
func leaderOf(labels []label) string {
	people, units := partLeaders(labels)
	if len(people) != 1 || units != nil || slices.ContainsFunc(labels, func(l label) bool { return l.kind != kindOwner }) {
		return ""
	}
	return people[0].text
}
