package units

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// generic are the words of which a collective name without a place consists:
// 县市区政府, 乡镇(街道), 街道办事处.
var generic = []string{"人民政府", "政府", "管委会", "管委", "办事处", "党委", "党工委", "党组", "开发区", "园区", "功能区", "县级市",
	"乡镇", "街道办事处", "街道办", "街道", "社区", "县", "市", "区", "镇", "乡", "街", "村", "州", "(", ")", "、", "/"}

// isGroup reports whether name is a collective name, which is kept as one.
func isGroup(name string) bool {
	switch {
	case name == "":
		return false
	case strings.HasPrefix(name, "等"), strings.HasPrefix(name, "其他"), strings.HasPrefix(name, "其它"), strings.HasPrefix(name, "属地"), strings.HasPrefix(name, "有"):
		return true
	case strings.Contains(name, "各") && !strings.Contains(name, "各界"):
		return true
	case containsAny(name, "有关", "相关", "所有", "全体", "全部", "成员单位", "所属", "下属", "直属单位", "涉及", "涉及的", "主管部门", "其他", "两级", "多部门", "辖区内"):
		return true
	}
	core := name
	if i := strings.IndexByte(core, '('); i > 0 && strings.HasSuffix(core, ")") {
		core = core[:i]
	}
	if hasAnySuffix(core, []string{"部门", "单位", "企业", "高校", "院校", "运营商", "国企", "媒体", "机构", "院所", "三大运营商", "属地"}) || hasAnySuffix(core, bodies) {
		return true
	}
	if hasAnyPrefix(core, []string{"市直", "区直", "县直", "省直", "市级", "区级", "县级", "省级", "市属", "省属", "区属", "县属", "驻市", "驻县", "驻区"}) {
		return hasAnySuffix(core, []string{"机关", "学校", "医院", "公司", "平台", "银行", "政府", "国有企业", "直"})
	}
	return isGeneric(name)
}

// isGeneric reports whether name is made of kinds of places only, and of at least
// two of them: 县市区政府 is no place, 市政府 and 区政府 are.
func isGeneric(name string) bool {
	rest, count, last := name, 0, ""
	for rest != "" {
		i := slices.IndexFunc(generic, func(g string) bool { return strings.HasPrefix(rest, g) })
		if i < 0 {
			return false
		}
		if !strings.ContainsAny(generic[i], "()、/") {
			count++
			last = generic[i]
		}
		rest = rest[len(generic[i]):]
	}
	switch {
	case count == 0 || ownZone(name) || name == "开发区管委会" || name == "开发区管委": // the one of the place, unless 各… stands before
		return false
	case count == 1:
		return slices.Contains([]string{"乡镇", "街道", "街道办", "街道办事处", "社区", "园区", "功能区", "开发区"}, last)
	case count == 2 && utf8.RuneCountInString(strings.SplitN(name, last, 2)[0]) == 1 && strings.HasSuffix(name, last):
		// 市政府, 区管委会, 县党委 name one body; 县区 and 镇街 name many.
		return slices.Contains([]string{"县", "市", "区", "镇", "乡", "街", "村", "街道"}, last) && name != "市区"
	}
	return true
}

// ownZone holds for 县开发区管委会 and 市园区管委会: the one zone of a place.
func ownZone(name string) bool {
	zone, ok := strings.CutSuffix(strings.TrimSuffix(name, "会"), "管委")
	return ok && slices.Contains([]string{"省", "市", "县", "区"}, zone[:min(len(zone), len("县"))]) && slices.Contains([]string{"开发区", "园区", "功能区"}, zone[min(len(zone), len("县")):])
}

// cutEtc parts 等 and what follows it from the name before it: 市大数据中心等市级有关部门.
func cutEtc(s string) (name, group string) {
	depth := 0
	for i, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case depth == 0 && r == '等':
			rest := s[i+len("等"):]
			if i == 0 || isEtc(s[:i], rest) {
				return strings.TrimRight(s[:i], " \n"), etcGroup(rest)
			}
		}
	}
	return s, ""
}

// isEtc tells 等 from 高等, 等级 and the like.
func isEtc(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune("高中初同平均", last) && !endsStrong(before) && after != "" {
		return false
	}
	return !hasAnyPrefix(after, []string{"级", "候", "同"})
}

// etcGroup is the name of the open list: what follows 等 if it is a collective name
// by itself, else 等 with what follows.
func etcGroup(rest string) string {
	rest = cutName(strings.Trim(rest, " \n"))
	if hasAnyPrefix(rest, duties) {
		return "等"
	}
	if hasAnyPrefix(rest, []string{"部门", "单位", "企业", "机构", "地", "区", "县", "市", "镇", "乡"}) && !isLevelled(rest) {
		return "等" + rest
	}
	if isGroup(rest) && (rest[0] < '0' || rest[0] > '9') {
		return rest
	}
	return "等" + rest
}

// isLevelled holds for 市级有关部门, 区直单位 and the like.
func isLevelled(s string) bool {
	return containsAny(s, "有关", "相关", "各", "直", "级", "成员", "属", "主要")
}
