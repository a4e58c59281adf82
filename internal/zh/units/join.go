package units

import (
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// conjunctions stand between two units; those of the first group make the units
// behind them helpers of the one before.
var (
	withWords = []string{"会同", "联合", "商"}
	andWords  = []string{"以及", "及其", "和", "及", "与", "暨", "并"}
)

// cutAnd cuts p at the conjunctions that stand between two units, outside
// brackets, and appends the results.
func cutAnd(out []piece, p piece) []piece {
	depth, from := 0, 0
	for i := 0; i < len(p.text); {
		r, n := utf8.DecodeRuneInString(p.text[i:])
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case depth == 0 && i > from && ledBefore(p.text, i):
			out = append(out, piece{p.text[from:i], p.sep})
			p.sep, from = "", i
		case depth == 0 && i > from && strings.ContainsRune("以及和与暨并会联商", r):
			if word, sep := conjunction(p.text[from:i], p.text[i:]); word != "" {
				out = append(out, piece{p.text[from:i], p.sep})
				p.sep, from = sep, i+len(word)
				i = from
				continue
			}
		}
		i += n
	}
	return append(out, piece{p.text[from:], p.sep})
}

// ledBefore reports whether a role has been said just before s[i] and another
// unit with its own role begins there: 市公安局牵头市司法局配合.
func ledBefore(s string, i int) bool {
	if !hasAnySuffix(s[:i], []string{"牵头", "主办", "负责"}) {
		return false
	}
	name, duty := cutDuty(near(s[i:]))
	return duty != "" && endsWhole(name) && level(name) != ""
}

// conjunction is the conjunction that text begins with if it stands between two units.
func conjunction(left, text string) (word, sep string) {
	for _, w := range withWords {
		if right, ok := strings.CutPrefix(text, w); ok {
			if endsStrong(left) && (utf8.RuneCountInString(right) > 2 || strings.HasPrefix(right, "各")) && !strings.HasPrefix(right, "会") {
				return w, "会同"
			}
			return "", ""
		}
	}
	for _, w := range andWords {
		right, ok := strings.CutPrefix(text, w)
		if !ok {
			continue
		}
		if isWholeGovernment(left) && containsAny(cutName(near(right)), "各部门", "各部委", "部门党委", "部门党组") && !strings.HasPrefix(right, "市") {
			return "", ""
		}
		if between(left, right) {
			return w, "和"
		}
		return "", ""
	}
	return "", ""
}

// near is the beginning of s: no name is longer, and looking through all of a long
// text at each conjunction would take seconds.
func near(s string) string { return zh.CutBytes(s, 300) }

// isWholeGovernment holds for the first half of 市政府及各部门.
func isWholeGovernment(s string) bool {
	s = strings.TrimSuffix(s, "人民政府")
	s = strings.TrimSuffix(s, "政府")
	s = strings.TrimSuffix(s, "委")
	s = strings.TrimSuffix(s, "级部门")
	return utf8.RuneCountInString(s) <= 1
}

// between reports whether a conjunction with left and right of it joins two units.
func between(left, right string) bool {
	name, duty := cutDuty(near(right))
	if shares(left, name) {
		return false
	}
	if utf8.RuneCountInString(left) < 2 || utf8.RuneCountInString(name) < 2 {
		return false
	}
	if duty == "" && !looksWhole(name) && !sameLevel(left, name) {
		return false
	}
	if sameLevel(left, name) {
		return true
	}
	if endsStrong(left) || isPerson(left) && isPerson(name) {
		return true
	}
	if !endsWhole(left) {
		return false
	}
	if level(left) != "" && hasAnySuffix(name, []string{"海关", "海事局", "税务局", "支行", "分行", "分局", "供电公司"}) && familyOf(strings.TrimPrefix(left, level(left))+"和"+name) < 0 {
		return true // 市贸促会和澜州海关
	}
	return isGroup(name) || level(name) != "" || isPlace(left) && containsAny(name, "区", "县", "镇", "乡", "街道", "市")
}

// sameLevel reports whether both carry the same level, 市城投 and 市交投: two names,
// whatever they end with.
func sameLevel(left, right string) bool {
	l := level(left)
	return l != "" && strings.HasPrefix(right, l) && utf8.RuneCountInString(left) > 2 && utf8.RuneCountInString(right) > 2 &&
		!hasAnyPrefix(right, []string{"市场", "市容", "市民", "市政公", "市政工", "市政设", "市政园", "区域", "区划", "县域", "镇域", "乡村"})
}

// looksWhole reports whether s begins with or is the name of a unit; more names
// may follow after another conjunction.
func looksWhole(s string) bool {
	return endsWhole(s) || isGroup(s) || level(s) != ""
}

// isPlace holds for the bare name of a place, 吴兴区 or 德清县.
func isPlace(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 12 || strings.HasPrefix(s, "各") {
		return false
	}
	return hasAnySuffix(s, []string{"区", "县", "市", "镇", "乡", "街道", "旗", "州"}) && !isGroup(s)
}
