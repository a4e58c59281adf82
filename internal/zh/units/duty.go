package units

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/store/ledger"
)

// duties are the words that end a name and begin what the unit has to do.
var duties = []string{
	"为牵头", "总牵头", "具体牵头", "共同牵头", "负责牵头", "牵头", "主办", "主责", "配合", "协助", "协同", "协办", "协作", "参与", "参加",
	"督导", "督办", "验收", "监督", "按照", "按职责", "按各自", "按分工", "根据", "依据", "依职责", "结合", "各负其责", "分工负责", "分别", "共同", "具体", "全面负责",
	"分头", "负总责", "督促", "负责", "落实", "组织", "承办", "办理", "承建", "制定", "研究", "开展", "建立", "提出", "出台", "加强", "编制", "实施", "做好", "抓好", "推进", "完成", "为主", "指导", "统筹", "均", "要", "应", "需", "须", "于", "在", "每", "为",
}

// exactDuties end a string even after a name without a unit's ending.
var exactDuties = []string{
	"按职责分工负责", "按照职责分工负责", "按职责分工落实", "按职责分工配合", "按各自职责分工负责", "按各自职责负责", "按照各自职责分工负责",
	"按职责负责", "按分工负责", "分工负责", "按职责分工", "按照职责分工", "分别负责", "共同负责", "具体负责", "牵头负责", "负责牵头", "共同牵头", "总牵头", "牵头实施", "承建", "承建和管理",
	"牵头落实", "牵头组织", "牵头", "积极配合", "配合", "参与配合", "协助配合", "配合实施", "协助", "协同", "协办", "主办", "参与", "参加", "督导", "督办", "验收",
	"负责", "落实", "抓落实", "承办", "办理", "组织实施", "实施", "推进",
}

// cutDuty parts the name at the beginning of s from the duty behind it.
func cutDuty(s string) (name, duty string) {
	depth := 0
	for i, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case depth == 0 && i > 0 && endsWhole(s[:i]) && hasAnyPrefix(s[i:], duties) && !isName(s, i) && !isBodies(s, i):
			return s[:i], s[i:]
		}
	}
	for _, word := range exactDuties {
		if rest, ok := strings.CutSuffix(s, word); ok && utf8.RuneCountInString(rest) >= 2 && !isFederation(rest, word) {
			return rest, word
		}
	}
	return s, ""
}

// isFederation tells the 协办 of 市政协办 from the duty.
func isFederation(rest, word string) bool {
	return word == "协办" && hasAnySuffix(rest, []string{"政", "科", "侨", "文", "作", "足", "体"})
}

// bodies are the collective names that end with 组织, which is a duty elsewhere.
var bodies = []string{"群团组织", "社会组织", "党组织", "团组织", "工会组织", "行业组织", "群众组织", "自治组织", "经济组织"}

// isBodies reports whether the 组织 at s[i] ends such a name.
func isBodies(s string, i int) bool {
	return strings.HasPrefix(s[i:], "组织") && hasAnySuffix(s[:i+len("组织")], bodies)
}

// officeEnds end the names of offices that begin with a duty word.
var officeEnds = []string{"局", "办", "室", "中心", "处", "科", "委", "委员会", "组", "部", "会", "院", "专班", "司", "站", "队", "单位", "部门", "公司"}

// isName reports whether the duty word at s[i] begins the name of an office
// instead (市政府督查室, 市委组织部): an office's ending follows shortly, and
// behind it nothing, a bracket or a duty.
func isName(s string, i int) bool {
	if isOrgan(s[:i]) && hasAnySuffix(untilBracket(s[i:]), officeEnds) && !containsAny(s[i:], "牵头", "配合", "负责", "协助", "分工", "职责") {
		return true
	}
	count := 0
	for j, r := range s[i:] {
		count++
		if count > 9 {
			return false
		}
		word := s[i : i+j+utf8.RuneLen(r)]
		if hasAnySuffix(word, []string{"牵头", "配合", "负责", "协助", "职责", "分工"}) {
			return false
		}
		if count > 2 && hasAnySuffix(word, officeEnds) {
			rest := s[i+len(word):]
			if rest == "" || rest[0] == '(' || hasAnyPrefix(rest, duties) || strings.HasPrefix(rest, "等") {
				return true
			}
		}
	}
	return false
}

// isOrgan holds for the bodies under which offices of any name stand: 市委, 市政府.
func isOrgan(s string) bool {
	return utf8.RuneCountInString(s) <= 5 && hasAnySuffix(s, []string{"委", "政府", "人大", "政协", "党委"})
}

func untilBracket(s string) string {
	before, _, _ := strings.Cut(s, "(")
	return before
}

// cutName is the name that s begins with, without the duty behind it.
func cutName(s string) string {
	name, _ := cutDuty(s)
	return name
}

// dutyRole is the role that a duty gives; "" for words about scope or time.
func dutyRole(duty string) ledger.Role {
	switch {
	case containsAny(duty, "牵头", "主办", "主责", "为主"):
		return ledger.RoleLead
	case containsAny(duty, "配合", "协助", "协同", "协办", "协作", "参与", "参加"):
		return ledger.RoleSupport
	case containsAny(duty, "督导", "督办", "验收", "监督"):
		return ledger.RoleVerify
	case duty != "":
		return ledger.RoleResponsible
	}
	return ""
}

// bracketRole is the role that a bracket after a name gives: (牵头), (配合单位).
func bracketRole(inside string) ledger.Role {
	switch strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(inside, "总"), "共同"), "单位"), "部门") {
	case "牵头", "主办", "主责", "牵头责任", "牵头负责", "第一责任", "第一牵头", "组长", "责任牵头":
		return ledger.RoleLead
	case "配合", "协办", "会办", "协助", "协同", "参与", "协作", "支持", "责任配合", "参加":
		return ledger.RoleSupport
	case "督导", "督办", "验收", "监督", "督查":
		return ledger.RoleVerify
	case "责任", "负责", "承办", "落实", "实施", "主体":
		return ledger.RoleResponsible
	}
	return ""
}

// cutBrackets takes from name the brackets that say a role, a date, a duty or a
// person; a second name plate or a sub-unit stays.
func cutBrackets(name string) (rest string, role ledger.Role, person string) {
	for from := strings.IndexByte(name, '('); from >= 0; {
		size := closing(name[from:])
		if size == 0 {
			break
		}
		inside := name[from+1 : from+size-1]
		r := bracketRole(inside)
		switch {
		case r != "":
			role = r
		case isPerson(inside) && from > 0 && !isPerson(name[:from]):
			person = inside
		case isOffice(inside) && isPerson(name[:from]): // 王建国(副市长)
		case !isNote(inside):
			next := strings.IndexByte(name[from+size:], '(')
			if next < 0 {
				return name, role, person
			}
			from += size + next
			continue
		}
		name = name[:from] + name[from+size:]
		from = strings.IndexByte(name, '(')
	}
	return name, role, person
}

// closing measures the bracket that s begins with; 0 if it does not close.
func closing(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// isNote holds for brackets about time, scope and duty.
func isNote(inside string) bool {
	if inside == "" || hasAnyPrefix(inside, []string{"负责", "按", "限", "牵头", "配合", "排", "列", "含", "包括", "以下", "下同", "不含", "除", "见", "详见", "共同", "联系", "如", "略", "其中"}) {
		return true
	}
	return isTime(inside) || countNote.MatchString(inside)
}

// isOffice holds for what a person is: 副市长, 县委常委、副县长.
func isOffice(s string) bool {
	for p := range strings.SplitSeq(strings.ReplaceAll(s, ",", "、"), "、") {
		if len(p) > 14*len("长") || !hasAnySuffix(p, titles) {
			return false
		}
	}
	return true
}

// countNote counts the tasks of a unit: 市教育局(共2项).
var countNote = regexp.MustCompile(`^共?计?[\d一二三四五六七八九十]{1,3}[项个件条](?:任务|工作|事项)?$`)
