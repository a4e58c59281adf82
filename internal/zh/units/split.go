package units

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// piece is a stretch of text between separators and the separator before it.
type piece struct {
	text string
	sep  string
}

// split cuts a clause into the texts of single units, duties still attached.
func split(s string, person bool) []piece {
	var out []piece
	for _, p := range mergeShared(cutHard(s)) {
		for _, q := range cutBlank(p, person) {
			out = cutAnd(out, q)
		}
	}
	return out
}

// cutHard cuts at the separators that stand in no name, outside brackets.
func cutHard(s string) []piece {
	var out []piece
	depth, from, sep := 0, 0, ""
	for i, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case depth > 0:
		case r == '、' || r == ',' || r == ';' || r == '/' || r == ':':
			out = append(out, piece{strings.Trim(s[from:i], " \n"), sep})
			from, sep = i+utf8.RuneLen(r), string(r)
		}
	}
	out = append(out, piece{strings.Trim(s[from:], " \n"), sep})
	return slices.DeleteFunc(out, func(p piece) bool { return p.text == "" })
}

// kinds are the words that share one 各 or one ending with their neighbours:
// 各县、市、区政府 is one name.
var kinds = []string{"自治区", "直辖市", "省", "县级市", "自治州", "自治县", "地区", "盟", "县市区", "市州", "乡镇", "街道", "功能区", "站所", "县", "市", "区", "州", "旗", "镇", "乡", "街", "村", "社区", "中心", "站", "所", "队", "场", "办"}

var kindEnds = []string{"", "人民政府", "政府", "办事处", "党委", "党工委", "党委政府", "管委会", "各部门", "有关部门", "相关部门", "有关单位"}

// mergeShared joins what 、 or / cut inside a collective name.
func mergeShared(list []piece) []piece {
	var out []piece
	for _, p := range list {
		if n := len(out); n > 0 && (p.sep == "、" || p.sep == "/") && shares(out[n-1].text, p.text) {
			out[n-1].text += p.sep + p.text
			continue
		}
		out = append(out, p)
	}
	return out
}

// shares reports whether right goes on with the collective name that left begins.
func shares(left, right string) bool {
	last := left
	if i := strings.LastIndex(left, "、"); i >= 0 {
		last = left[i+len("、"):]
	}
	switch {
	case last == "各市" || last == "各县":
		return isKind(right) || strings.HasPrefix(right, "县(") || strings.HasPrefix(right, "区(")
	case isLevelWord(last):
		return true
	case isZone(left) && hasAnySuffix(right, []string{"管委会", "管委"}):
		return madeOfKinds(right)
	case right == "单位":
		return strings.HasSuffix(left, "部门")
	case strings.HasPrefix(left, "各") && hasAnySuffix(left, []string{"委", ")委", "党委"}):
		return strings.HasSuffix(right, "政府") && madeOfKinds(right)
	case strings.HasPrefix(left, "各") && openKind(last):
		return isKind(right)
	case strings.HasPrefix(left, "各") && strings.HasSuffix(last, ")") && !strings.Contains(right, "("):
		return openKind(last[:max(0, strings.IndexByte(last, '('))]) && isKind(right) // 各乡镇(场)、街道
	}
	return false
}

// isLevelWord holds for the first half of 市、区有关部门 and 市直、区直各部门.
func isLevelWord(s string) bool {
	switch s {
	case "省", "市", "县", "区", "州", "镇", "乡", "各级", "省直", "市直", "县直", "区直", "省级", "市级", "县级", "区级", "镇级", "中省直", "省属", "市属", "中央":
		return true
	}
	return false
}

// isZone holds for a kind of zone without a name.
func isZone(s string) bool {
	return s == "新区" || s == "开发区" || s == "园区" || s == "功能区"
}

// openKind holds for the last word of a collective name that can go on.
func openKind(last string) bool {
	last = strings.TrimPrefix(strings.TrimPrefix(last, "各"), "有关")
	return slices.Contains(kinds, last) || last == "科室" || last == "县市" || last == "市区" || last == "县区" || last == "镇街" || last == "处室" || last == "股室"
}

func isKind(s string) bool {
	for _, k := range kinds {
		if rest, ok := strings.CutPrefix(s, k); ok && slices.Contains(kindEnds, rest) {
			return true
		}
		if rest, ok := strings.CutPrefix(s, k+"("); ok {
			if _, end, closed := strings.Cut(rest, ")"); closed && slices.Contains(kindEnds, end) {
				return true
			}
		}
	}
	return false
}

// cutBlank cuts at spaces and line feeds between whole names, and drops those that
// a layout set inside one.
func cutBlank(p piece, person bool) []piece {
	if !strings.ContainsAny(p.text, " \n") {
		return []piece{p}
	}
	words := strings.FieldsFunc(p.text, func(r rune) bool { return r == ' ' || r == '\n' })
	for _, w := range words {
		if utf8.RuneCountInString(w) == 1 && !strings.Contains(p.text, "\n") {
			p.text = strings.Join(words, "")
			return []piece{p}
		}
	}
	out := []piece{{words[0], p.sep}}
	for _, w := range words[1:] {
		last := &out[len(out)-1]
		if balanced(last.text) && (person || parted(last.text, w)) {
			out = append(out, piece{w, " "})
		} else {
			last.text += w
		}
	}
	return out
}

// parted reports whether a blank between left and right parts two names.
func parted(left, right string) bool {
	if strings.HasPrefix(right, "(") || strings.HasPrefix(right, "等") {
		return false
	}
	switch name, _ := cutDuty(right); name {
	case "政府", "人民政府", "管委会", "办事处", "街道办", "委员会", "公司", "集团", "有限公司", "局", "中心", "员会":
		return false // a line break inside a name
	}
	if brokenName(left, right) {
		return false
	}
	if name, _ := cutDuty(left); name != left {
		return true
	}
	return endsWhole(left) || isPerson(left) || sameLevel(left, right)
}

// brokenName reports whether a break cut one department's name in two: 市人力资源和社会 |
// 保障局. Together they are a department that the left half is not.
func brokenName(left, right string) bool {
	name, _ := cutDuty(right)
	if level(name) != "" || endsStrong(left) {
		return false
	}
	head, whole := strings.TrimPrefix(left, level(left)), strings.TrimPrefix(left+name, level(left))
	return familyOf(whole) >= 0 && stem(whole) != whole && (familyOf(head) < 0 || stem(head) == head)
}

func balanced(s string) bool { return strings.Count(s, "(") == strings.Count(s, ")") }
