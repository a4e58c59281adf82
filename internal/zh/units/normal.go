package units

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"duban/internal/zh"
)

// boxedLabels are labels in a box before their names: 【责任单位】市水利局.
var boxedLabels = regexp.MustCompile(`[【\[〔](` + labelHead + labelVerb + labelMore + labelNoun + `*)[】\]〕][ ：:]?`)

// normal is the form in which the parser reads: cleaned, with half-width brackets
// and separators, brackets that enclose a clause turned into semicolons.
func normal(s string) string {
	s = zh.Clean(s)
	if strings.ContainsAny(s, "【[〔") {
		s = openBoxes(s)
	}
	s = strings.Map(halfWidth, s)
	if strings.Contains(s, "(缺字)") {
		s = strings.ReplaceAll(s, "(缺字)", zh.Lost)
	}
	s = strings.Trim(s, "; \n\t。.\"")
	if strings.ContainsAny(s, "()") {
		s = openClauses(s)
	}
	if strings.ContainsAny(s, " \n") {
		s = spacedLabels.ReplaceAllString(s, "$1$2:$3")
	}
	return s
}

// spacedLabels are labels that a blank parts from their names instead of a colon:
// 牵头单位 市商务局.
var spacedLabels = regexp.MustCompile(`(^|[;,\n ])(` + labelHead + labelVerb + labelMore + `(?:单位|部门|领导|责任人|负责人))[ \n]+(\p{Han})`)

// openBoxes makes boxed words labels of the names after them, or, where a name stands
// directly before and a separator behind, marks of that name: 市水利局[牵头]、市住建局.
func openBoxes(s string) string {
	var b strings.Builder
	end := 0
	for _, m := range boxedLabels.FindAllStringSubmatchIndex(s, -1) {
		b.WriteString(s[end:m[0]])
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		after, _ := utf8.DecodeRuneInString(s[m[1]:])
		word, spaced := s[m[2]:m[3]], s[m[1]-1] == ' '
		switch {
		case utf8.RuneCountInString(word) != 2 || !unicode.Is(unicode.Han, before) || m[1] < len(s) && !spaced && !strings.ContainsRune("、，,；;。/\n", after):
			b.WriteString(";" + word + ":")
		case spaced:
			b.WriteString("(" + word + ")、")
		default:
			b.WriteString("(" + word + ")")
		}
		end = m[1]
	}
	return b.String() + s[end:]
}

func halfWidth(r rune) rune {
	switch r {
	case '（', '〔', '【', '〈', '<', '[':
		return '('
	case '）', '〕', '】', '〉', '>', ']':
		return ')'
	case '，':
		return ','
	case '；', '|', '｜', '。', '\t':
		return ';'
	case '：':
		return ':'
	case '／', '\\':
		return '/'
	case '★', '☆', '●', '△', '▲', '◆', '■', '□', '◎', '※', '*', '#':
		return -1
	}
	if r >= '①' && r <= '⑳' {
		return ';'
	}
	return r
}

// openClauses turns into semicolons the brackets that do not belong to a name: a
// pair round the whole string, a pair that begins with a label, and brackets
// without a partner. A label in brackets before a name becomes one with a colon.
func openClauses(s string) string {
	out := []byte(s)
	var open []int
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(':
			open = append(open, i)
		case ')':
			if len(open) == 0 {
				out[i] = ';'
				continue
			}
			from := open[len(open)-1]
			open = open[:len(open)-1]
			inside := s[from+1 : i]
			switch {
			case from == 0 && i == len(s)-1, startsWithLabel(inside), isClause(inside):
				out[from], out[i] = ';', ';'
			case from > 0 && hasAnyPrefix(inside, withWords) && endsStrong(inside):
				out[from], out[i] = ',', ';'
			case isBareLabel(inside) && !atEnd(s, i) && (from == 0 || strings.IndexByte(";,\n ", s[from-1]) >= 0):
				out[from], out[i] = ';', ':'
			}
		}
	}
	for _, i := range open {
		out[i] = ';'
	}
	return string(out)
}

// isClause holds for a bracket that says who leads or helps: (市发改委牵头).
func isClause(inside string) bool {
	name, duty := cutDuty(inside)
	return duty != "" && dutyRole(duty) != "" && endsWhole(name) && (level(name) != "" || strings.HasPrefix(name, "各"))
}

func startsWithLabel(s string) bool {
	if !strings.Contains(s, ":") {
		return false
	}
	at := labelAt.FindStringIndex(s)
	return at != nil && at[0] == 0
}

// isBareLabel reports whether s is a label and nothing else: 责任单位, 牵头单位.
func isBareLabel(s string) bool {
	if !mayBeLabel(s) {
		return false
	}
	at := bareLabel.FindStringIndex(s)
	return at != nil && at[1] == len(s)
}

func atEnd(s string, i int) bool {
	return i+1 >= len(s) || strings.IndexByte(";,\n", s[i+1]) >= 0 || strings.HasPrefix(s[i+1:], "、")
}
