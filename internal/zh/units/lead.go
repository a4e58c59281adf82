package units

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
	"duban/store/ledger"
)

// cutLead takes from a text what stands before the name: a number, 由, a label
// without a colon.
func cutLead(s string) (rest string, role ledger.Role) {
	if s != "" && (s[0] == '(' || s[0] >= '0' && s[0] <= '9') {
		s = numbered.ReplaceAllString(s, "")
	}
	if scope := scoped.FindString(s); scope != "" && len(scope) < len(s) {
		s = s[len(scope):]
		if isGroup(cutName(s)) && endsNeed(scope) {
			return s, ledger.RoleSupport // 以下任务均需各县政府落实: they help with all, whoever leads
		}
	}
	for _, word := range []string{"由", "请", "以"} {
		if rest, ok := strings.CutPrefix(s, word); ok && utf8.RuneCountInString(rest) > 2 {
			s = rest
		}
	}
	if !mayBeLabel(s) {
		return s, ""
	}
	if at := bareLabel.FindStringIndex(s); at != nil && at[1] < len(s) && utf8.RuneCountInString(s[at[1]:]) > 1 {
		if rest := s[at[1]:]; endsWhole(cutName(rest)) && !strings.HasPrefix(rest, "(") {
			return rest, roleOf(s[:at[1]])
		}
	}
	for _, word := range []string{"会同", "联合", "配合", "协同", "协助"} {
		if rest, ok := strings.CutPrefix(s, word); ok && endsWhole(cutName(rest)) && utf8.RuneCountInString(rest) > 2 {
			return rest, ledger.RoleSupport
		}
	}
	return s, ""
}

func endsNeed(scope string) bool {
	return hasAnySuffix(scope, []string{"均", "都", "需", "须", "应", "要"})
}

var (
	numbered = regexp.MustCompile(`^(?:\(?[0-9]{1,2}(?:[.)]|\))|[0-9]{1,2} )[ ]*`)
	scoped   = regexp.MustCompile(`^(?:以下|上述|以上|其他|其余|各项|本项|此项)(?:各项)?(?:任务|工作|事项|内容)(?:均|都|需|由|须|应|请|要)*`)
)

// isPersonal holds for what can be printed as a person's name or post.
func isPersonal(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 20 && !isTime(s) && strings.ContainsFunc(s, func(r rune) bool { return r > 0x3400 })
}

// prose are words that no unit's name holds.
var prose = []string{"不再", "列出", "要求", "完成", "确保", "任务", "任務", "进行", "開展", "开展", "落实到", "年底前", "月底前", "按照", "推进", "职责", "分工", "其中", "排名", "排在"}

// isUnit reports whether name can be a unit: by its end, or else because nothing
// in it speaks against it.
func isUnit(name string) bool {
	n := utf8.RuneCountInString(strings.ReplaceAll(name, zh.Lost, ""))
	if n < 2 || n > 60 || isTime(name) || isNothing(name) || !strings.ContainsFunc(name, func(r rune) bool { return r > 0x3400 }) {
		return false
	}
	if isRoleWord(name) {
		return false
	}
	if hasAnyPrefix(name, []string{"负责", "做好", "抓好", "制定", "开展", "完成", "确保", "承担", "按"}) && !endsStrong(name) {
		return false
	}
	if endsStrong(name) || isGroup(name) {
		return !containsAny(name, "不再", "列出", "确保")
	}
	return !containsAny(name, prose...) && (n <= 16 || endsWhole(name))
}

// isRoleWord holds for a duty or label left over without a name.
func isRoleWord(s string) bool {
	for _, word := range exactDuties {
		if s == word {
			return true
		}
	}
	return isBareLabel(s) && !hasAnyPrefix(s, []string{"各", "市级", "区级", "县级", "省级"}) && !strings.Contains(s, "主管")
}
