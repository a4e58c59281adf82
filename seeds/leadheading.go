package seeds

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A list by leading unit names it in the heading over its tasks: 市教育局牵头（2项）,
// 由市教育局、市民政局牵头的任务, 牵头单位：市教育局（2项）.
var (
	reLeadUnits  = regexp.MustCompile(`^由?([^，。；：:（）()]{2,60}?)(?:牵头|主办)(?:负责|承办|落实|推进|实施|完成)?(?:的?(?:重点|主要)?(?:任务|事项|工作|项目))?$`)
	reCountAfter = regexp.MustCompile(`[（(]共?计?\s*[\d一二三四五六七八九十]{1,3}\s*[项个条件](?:任务|工作|事项)?[)）]$`)
)

// leadUnits are the units that a heading names as leading, or "".
func leadUnits(heading string) string {
	m := reLeadUnits.FindStringSubmatch(reCountAfter.ReplaceAllString(heading, ""))
	if m == nil || utf8.RuneCountInString(m[1]) > 50 || !allUnitTokens(m[1]) {
		return ""
	}
	return m[1]
}

// unitHeading reports whether a numbered label names the units of the items that
// follow it rather than those of the item before.
func (o *outliner) unitHeading(style numeral, k kind) bool {
	return o.numbered && k.isOwner() && (style == hanComma || style == chapter)
}

// leadLine lets a heading that is nothing but a label of leading units answer for the
// items under it.
func (n *node) leadLine() {
	if n.text() != "" || len(n.labels) != 1 || !n.labels[0].own || n.style != hanComma && n.style != chapter {
		return
	}
	l := &n.labels[0]
	l.text = reCountAfter.ReplaceAllString(strings.TrimRight(l.text, "。 "), "")
	l.scope = &scope{follows: true}
}
