package units

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/store/ledger"
)

// roleWords are the words of labels, duties and headings, the more telling first:
// 牵头负责领导 is a person, 牵头责任单位 a lead.
var roleWords = []struct {
	role  ledger.Role
	words []string
}{
	{ledger.RolePerson, []string{"领导", "责任人", "负责人", "联系人", "负责同志", "联络员", "经办人", "承办人", "牵头人", "组长", "市长", "区长", "县长", "秘书长", "姓名", "人员"}},
	{ledger.RoleVerify, []string{"督导", "督办", "督查", "验收", "监督", "监管", "考核", "考评", "评估", "督促"}},
	{ledger.RoleSupport, []string{"配合", "协同", "协办", "会办", "参与", "协作", "协助", "支持", "参加", "协调单位"}},
	{ledger.RoleResponsible, []string{"责任(牵头)", "责任单位(牵头", "责任部门(牵头", "牵头(责任)", "责任(牵头", "责任/牵头", "牵头/责任", "牵头及责任", "牵头和责任", "责任和牵头", "责任及牵头", "牵头、责任", "责任、牵头"}},
	{ledger.RoleLead, []string{"牵头", "主办", "主责"}},
	{ledger.RoleResponsible, []string{"责任", "承办", "负责", "落实", "实施", "完成单位", "主管", "执行", "单位", "部门"}},
}

// roleOf is the role that a label or heading gives; "" if it says nothing about it.
func roleOf(label string) ledger.Role {
	if containsAny(label, "第一个", "排名", "排在", "首位", "第一位") {
		return ledger.RoleResponsible // 责任单位(排名第一的为牵头单位): the heading of a list
	}
	for _, row := range roleWords {
		if containsAny(label, row.words...) {
			return row.role
		}
	}
	return ""
}

const (
	labelHead = `(?:第[一二三]|整改|任务|工作|项目|销号|主要|直接|具体|分管|包抓|联系|包保|挂钩|总|共同|主体|市级|县级|区级|省级|镇级|县区|区县|市区|镇街|乡镇)?`
	labelVerb = `(?:牵头|责任|主办|协办|会办|配合|协同|协作|协助|参与|参加|支持|督导|督办|督查|监督|督促|验收|承办|落实|实施|主责|负责|主管|考核|考评|评估|执行|完成|分管|联系|包抓|经办|挂钩|挂联|包联|监管|监理)`
	labelMore = `(?:\((?:牵头|责任|配合|主办|协办|参与|实施|承办|督导)\)|[、/和及与]|` + labelVerb + `|市|县|区|省)*`
	labelNoun = `(?:单位|部门|主体|领导|责任人|负责人|同志|人员|人|科室|处室|机构|地区|方|员)`
)

// labelAt finds labels with their colon. The nouns may be missing: 牵头:市发改委.
// Labels of other columns (完成时限) are found too, so that what follows them is
// not taken for a unit.
var labelAt = regexp.MustCompile(`(?:(?:` + labelHead + labelVerb + labelMore + labelNoun + `+[、/和及与])?` + labelHead + labelVerb + labelMore + labelNoun + `*(?:\((?:牵头|责任|配合|主办|协办)\))?` + labelNoun + `?` +
	`|(?:[市区县省州](?:级|委|政府)?)?(?:领导|责任人|负责人|联系人|联络员|副?组长)|(?:完成|办结|整改)?(?:时限|时间|期限)(?:要求)?|备注|(?:联系)?电话|联系方式|手机|(?:工作)?进度(?:安排)?|工作要求)(?:为)?:`)

// bareLabel is a label without a colon before a name: 牵头单位市发改委.
var bareLabel = regexp.MustCompile(`^` + labelHead + labelVerb + labelMore + `(?:单位|部门|领导|责任人|负责人)(?:为|是)?[ ]*`)

// part is a stretch of text under one label.
type part struct {
	role ledger.Role // "" without a label
	skip bool        // a label that announces no unit
	text string
}

// parts cuts s at its labels.
func parts(s string) []part {
	if !strings.Contains(s, ":") {
		return []part{{text: s}}
	}
	var out []part
	now, from := part{}, 0
	for colon := range len(s) {
		if s[colon] != ':' || colon-from < len("牵头") || s[colon-1] == ':' {
			continue
		}
		start := labelStart(s, from, colon)
		if start < 0 {
			continue
		}
		now.text = s[from:start]
		out = append(out, now)
		label := s[start:colon]
		now = part{role: roleOf(label)}
		now.skip = now.role == "" || containsAny(label, "时限", "时间", "期限", "电话", "进度", "方式", "要求")
		from = colon + 1
	}
	now.text = s[from:]
	return append(out, now)
}

// labelStart is where the label before the colon begins, not before from; -1 if
// there is none. A label is short: looking back a little is enough.
func labelStart(s string, from, colon int) int {
	back := max(from, colon-60)
	for back < colon && !utf8.RuneStart(s[back]) {
		back++
	}
	at := labelAt.FindStringIndex(s[back : colon+1])
	if at == nil || at[1] != colon+1-back {
		return -1
	}
	return back + at[0]
}

// mayBeLabel is a quick test before bareLabel.
func mayBeLabel(s string) bool {
	first, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("市县区省", first) {
		return strings.HasPrefix(s[n:], "级")
	}
	return strings.ContainsRune("第整任工项销主直具分包联挂总共牵责协配参支督镇乡监验承落实负考评执完经会", first)
}
