package seeds

import (
	"strings"
	"unicode/utf8"
)

// dashes are what stands between a task and its units.
const dashes = "—-…·. "

// dashUnits is where a dash, or a row of dots, and a list of units end the paragraph, or 0:
// 新增规上企业100家——市工信局, 清欠工资……县人社局（1月15日前）.
func dashUnits(s string) int {
	i := max(strings.LastIndex(s, "——"), strings.LastIndex(s, "--"), strings.LastIndex(s, " - "), strings.LastIndex(s, "……"), strings.LastIndex(s, "...."))
	if i <= 0 {
		return 0
	}
	i = len(strings.TrimRight(s[:i], dashes))
	tail := strings.TrimRight(strings.TrimLeft(s[i:], dashes), "。；; ")
	if at := strings.LastIndex(tail, "（"); at > 0 && strings.HasSuffix(tail, "）") && looksTime(tail[at:]) {
		tail = tail[:at]
	}
	if n := utf8.RuneCountInString(tail); n < 3 || n > 80 || !looksUnits(tail) || !hasUnitToken(tail) {
		return 0
	}
	return i
}

// group is a pair of brackets of the outermost level.
type group struct{ open, end, width int }

func bracketGroups(s string) []group {
	var out []group
	depth, start, width := 0, 0, 0
	for i, r := range s {
		switch r {
		case '（', '(', '【', '[', '〔', '［':
			if depth == 0 {
				start, width = i, utf8.RuneLen(r)
			}
			depth++
		case '）', ')', '】', ']', '〕', '］':
			if depth--; depth == 0 && utf8.RuneLen(r) == width {
				out = append(out, group{start, i + width, width})
			}
			depth = max(depth, 0)
		}
	}
	return out
}

// both reports whether the column holds units and a time: 责任单位及完成时限.
func (c column) both() bool {
	return strings.ContainsAny(c.head, "及和、/与") && (strings.Contains(c.head, "单位") || strings.Contains(c.head, "部门")) &&
		(strings.Contains(c.head, "时限") || strings.Contains(c.head, "时间"))
}

// unitsAndTime takes the two apart; false where the cell does not hold both.
func (d *draft) unitsAndTime(text string) bool {
	labels := labelledCell(text)
	if labels == nil {
		labels = unitsAndTime(oneLine(text))
	}
	for _, l := range labels {
		if l.kind == kindTime {
			d.addTime("", l.text)
		} else {
			d.owners = append(d.owners, duty{prose, l.text})
		}
	}
	return labels != nil
}

// labelledCell reads a cell that is nothing but labels of units and times: 牵头单位：县交通
// 运输局 | 完成时限：2023年底.
func labelledCell(text string) []label {
	if !reColon.MatchString(text) {
		return nil
	}
	rest, labels := newHeadings().statements(strings.ReplaceAll(strings.TrimSpace(text), "\n", "；"))
	for _, l := range labels {
		if l.kind != kindOwner && l.kind != kindTime {
			return nil
		}
	}
	if rest != "" {
		return nil
	}
	return labels
}

// unitsAndTime reads brackets that hold a unit and a time and nothing else:
// （资源科，3月底前）.
func unitsAndTime(s string) []label {
	var names, times []string
	for _, p := range reListSep.Split(strings.TrimSpace(s), -1) {
		switch {
		case looksTime(p):
			times = append(times, p)
		case utf8.RuneCountInString(p) <= 14 && (reUnitEnd.MatchString(p) || strings.HasPrefix(p, "各")) && !startsVerb(p):
			names = append(names, p)
		default:
			return nil
		}
	}
	if len(names) == 0 || len(times) == 0 {
		return nil
	}
	return []label{{kind: kindOwner, text: strings.Join(names, "、")}, {kind: kindTime, text: strings.Join(times, "，")}}
}
