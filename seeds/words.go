package seeds

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

var (
	reNo        = regexp.MustCompile(`^[（(\[【]?(?:第|No\.?|#)?(?:\d{1,4}(?:[.-]\d{1,3}){0,3}|[一二三四五六七八九十百零〇]{1,5})(?:项|条|号)?[)）\]】]?[.．、]?$`)
	reYearMonth = regexp.MustCompile(`^(?:19|20)\d\d[.-]\d{1,2}$`) // 2021.04 is no number of a row
	reTimeWord  = regexp.MustCompile(`\d{2,4}年|\d+[.．]\d+日?前?$|\d+月|[一二三四]季度|年底|月底|上半年|下半年|每[半一两]?个?[年月季周日旬天]|逐[年月季]|长期|持续|常态|适时|立行立改|立即|即知即改|执行.{0,10}规定|按.{0,12}(?:部署|要求|规定|进度)|全年|^\d{4}[-./]|日前|底前|年内|已完成|“?十[三四五六]五|个月内|[日天周]内|之日起|工作日|季度末|年末|年度|春节|国庆|随时|按季|按月|按年|^\d{4}$|不定期|近期|尽快|即日`)
	reUnitEnd   = regexp.MustCompile(`(?:局|委|办|厅|部|院|中心|公司|政府|单位|部门|党组|党委|室|站|所|队|处|科|会|集团|银行|支行|分行|街道|镇|乡|妇联|残联|文联|侨联|工商联|社科联|科协|组|学校|大学|学院|社|馆|管委|园区|新区|开发区|度假区|总工会|团市委|团县委|团区委|团省委|区|县|市|州|厂|台|库|企业|机构|科室|处室|股室|[^控持参入]股|村|社区|医院|联社|等|指挥部|专班|基地|网|电力|移动|电信|联通|铁塔|邮政|烟草|海关|税务|法院|检察院|武装部|监狱|机场|协会|联合会|学会|研究院|实验室)(?:（[^（）]*）|\([^()]*\)|〔[^〔〕]*〕)?(?:等|牵头|负责|配合)?。?$`)
	reQuantity  = regexp.MustCompile(`\d[万亿余多]?(?:余|多)?(?:台|所|处|家|个|座|站|队|馆|社|库|厂|村|镇|乡|县|区|场|室|院|会|组|期|次)$`)
	reListSep   = regexp.MustCompile(`[、，,；;/\n ]+`)
	reOffice    = regexp.MustCompile(`(?:局|办|委|处|科|室|部|厅|院|办公室|中心)$`)
	reVerb      = regexp.MustCompile(`^(?:推进|推动|加强|加快|完善|建设|建立|开展|制定|制订|落实|深化|优化|提升|实施|健全|强化|规范|做好|完成|组织|编制|打造|支持|改革|全面|积极|大力|深入|持续|新建|改造|推广|启动|举办|引进|培育|建成|新增|盘活|创建|清理|整治|开通|设立|出台|推行|扩大|提高|增强|压减|压缩|治理|拆除|修订|争取|力争|确保|实现|搭建|构建|探索|巩固|拓展|升级)`)
)

// emptyCell reports whether a cell says that there is nothing: blank or a dash.
func emptyCell(s string) bool {
	return strings.Trim(s, " \n\t/／\\—-–－一·.。*无") == ""
}

// isNo reports whether the text is a row number as lists print it.
func isNo(s string) bool {
	s = zh.Fold(s)
	return s != "" && utf8.RuneCountInString(s) <= 9 && reNo.MatchString(s) && !reYearMonth.MatchString(s)
}

// bareNo strips the decoration of a printed number: "（一）" → 一, "1." → 1. The number
// of a document, 云督〔2024〕11号, and capitals stay.
func bareNo(s string) string {
	if strings.Contains(s, "〔") && !strings.HasPrefix(s, "〔") {
		return strings.TrimSpace(s)
	}
	capital := strings.ToUpper(s) == s
	s = strings.Trim(zh.Fold(s), " ()[]【】.．、,:")
	if capital {
		s = strings.ToUpper(s)
	}
	s = strings.TrimPrefix(s, "第")
	for _, suffix := range []string{"项", "条", "号"} {
		if t, ok := strings.CutSuffix(s, suffix); ok && t != "" {
			s = t
		}
	}
	return s
}

// looksTime reports whether a cell reads like a time requirement.
func looksTime(s string) bool {
	return utf8.RuneCountInString(s) <= 40 && reTimeWord.MatchString(zh.Fold(s))
}

// startsVerb reports whether the text begins like a task; 建设局 is an office.
func startsVerb(s string) bool {
	if !reVerb.MatchString(s) {
		return false
	}
	first := reListSep.Split(s, 2)[0]
	return utf8.RuneCountInString(first) > 7 || !reOffice.MatchString(first)
}

// looksUnits reports whether a cell reads like a list of units.
func looksUnits(s string) bool {
	if s == "" || strings.Contains(strings.TrimSuffix(s, "。"), "。") || startsVerb(s) {
		return false
	}
	parts, ends := 0, 0
	for _, p := range reListSep.Split(outsideBrackets(s), -1) {
		if p == "" {
			continue
		}
		parts++
		if utf8.RuneCountInString(p) <= 24 && !reQuantity.MatchString(p) && (reUnitEnd.MatchString(p) || strings.HasPrefix(p, "各")) {
			ends++
		}
	}
	return parts > 0 && ends*3 >= parts*2
}

// outsideBrackets drops what stands in brackets, so that a list can be split.
func outsideBrackets(s string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch r {
		case '(', '（', '〔', '[':
			depth++
			return -1
		case ')', '）', '〕', ']':
			depth = max(0, depth-1)
			return -1
		}
		if depth > 0 {
			return -1
		}
		return r
	}, s)
}

// reSpacedName is a name of two characters, set as wide as those of three: 王　敏.
var reSpacedName = regexp.MustCompile(`(^|[、，,；;/\n])(\p{Han})[ \x{3000}]+(\p{Han}(?:$|[、，,；;/\n]))`)

// looksPerson reports whether a cell holds names of persons only.
func looksPerson(s string) bool {
	if s == "" || looksUnits(s) {
		return false
	}
	for _, p := range reListSep.Split(reSpacedName.ReplaceAllString(s, "$1$2$3"), -1) {
		n := utf8.RuneCountInString(p)
		if n < 2 || n > 4 || reTimeWord.MatchString(p) {
			return false
		}
	}
	return true
}

// oneLine joins the lines of a cell: directly between Chinese characters, with a
// separator where the cell is a list of names.
func oneLine(s string) string {
	parts := strings.Split(s, "\n")
	var b strings.Builder
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if p == "" {
			continue
		}
		if prev := b.String(); prev != "" && isASCIIWord(lastRune(prev)) && isASCIIWord(firstRune(p)) {
			b.WriteByte(' ')
		}
		b.WriteString(p)
	}
	return strings.ReplaceAll(b.String(), "\t", " ")
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

func isASCIIWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
