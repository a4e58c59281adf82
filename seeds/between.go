package seeds

import (
	"strings"
	"unicode/utf8"
)

// given is what a line over a table, or between its rows, says for all rows below: who
// answers (单位：市教育局) where the table has no column of units, who leads (责任领导：李梅) where
// it has none of persons, and until when (二、9月底前完成) where it has none of times.
type given struct {
	owners []duty
	in     string // the number of the section in which the units were named; "" outside

	due   string
	style numeral // of the section that sets the time

	people []duty // the leader of the table, or of the section
	parted bool   // it is one of a section
	led    numeral
}

// take reads the line; false when it says something else besides.
func (g *given) take(h headings, t *taskTable, section, text string) bool {
	rest, labels := h.statements(text)
	if rest != "" || len(labels) == 0 {
		return false
	}
	var owners []duty
	due := ""
	for _, l := range labels {
		_, value, _ := strings.Cut(l.text, "：")
		switch {
		case leaderOf(labels) != "" && !t.has(kindPerson):
			g.people = []duty{{prose, l.text}}
		case l.kind == kindOwner && !t.hasOwner() && namesOnly(value):
			owners = append(owners, duty{prose, l.text})
		case l.kind == kindTime && !t.has(kindTime) && looksTime(l.text):
			due = l.text
		default:
			return false
		}
	}
	if owners != nil {
		g.owners, g.in = owners, section
	}
	if due != "" {
		g.due, g.style = due, plain
	}
	return true
}

// namesOnly tells units from measures: 单位：家、所 is no unit that answers.
func namesOnly(s string) bool {
	for _, p := range reListSep.Split(s, -1) {
		if utf8.RuneCountInString(p) == 1 {
			return false
		}
	}
	return looksUnits(s)
}

// enter starts a section: its time counts for the rows below, units that were named
// inside the section before do not.
func (g *given) enter(style numeral, name string) {
	if due := headTime(name); due != "" {
		g.due, g.style = due, style
	} else if style == g.style || style == hanComma || style == chapter {
		g.due = ""
	}
	if g.in != "" {
		g.owners = nil
	}
	if g.parted && (style == g.led || style == hanComma || style == chapter) {
		g.people = nil
	}
}

// lead takes the leader whom the heading of a section names, and returns the heading
// without: 一、稳定工业增长（责任领导：陈国梁）.
func (g *given) lead(h headings, t *taskTable, text string) string {
	rest, labels := h.statements(text)
	who := leaderOf(labels)
	if who == "" || rest == "" || t.has(kindPerson) {
		return text
	}
	style, _, _ := splitNo(oneLine(text))
	g.people, g.parted, g.led = []duty{{prose, who}}, true, style
	return rest
}

// lend gives a row without units or time what counts for it.
func (g *given) lend(d *draft) {
	if len(d.owners) == 0 {
		d.owners = append(d.owners, g.owners...)
	}
	d.due, d.leaders = g.due, g.people
}

// above reads the lines directly over a table.
func (t *taskTable) above(h headings, before []block) {
	for i, n := len(before)-1, 0; i >= 0 && n < 3; i-- {
		b := before[i]
		if b.table != nil || b.used || len(b.cells) > 1 {
			return
		}
		if b.text == "" {
			continue
		}
		if n++; t.given.take(h, t, "", b.text) {
			before[i].used = true
			return
		}
	}
}
