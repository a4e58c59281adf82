package seeds

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// numeral is the style in which a list prints its numbers.
type numeral uint8

const (
	plain      numeral = iota // no number
	chapter                   // 第一章, 第一部分
	hanComma                  // 一、
	hanBrack                  // （一）
	digitDot                  // 1. 1、 1．
	digitBra                  // （1） 1）
	circled                   // ①
	dotted                    // 1.1 2.3.1
	worded                    // 任务一：, 问题3., 实事1, 第五条, 【1】, #1
	hanOrdinal                // 一是
)

var numeralForms = []struct {
	style numeral
	re    *regexp.Regexp
}{
	{chapter, regexp.MustCompile(`^第([一二三四五六七八九十百]{1,4}|\d{1,2})(?:章|部分|篇)[\s、：:]*`)},
	{worded, regexp.MustCompile(`^(?:(?:整改|重点|工作|反馈|具体|存在|民生|惠民)?(?:任务|问题|事项|项目|实事|意见|建议|议题|目标|提案|案件|活动)|第|措施|举措|专项|行动|NO\.?|No\.?)[（(]?([一二三四五六七八九十百]{1,4}|\d{1,3})[)）]?(?:[条项]|个问题)?(?:[\s、：:.．，]+|$)`)},
	{worded, regexp.MustCompile(`^第([一二三四五六七八九十百]{1,4}|\d{1,3})[条项]\s*`)},
	{worded, regexp.MustCompile(`^(?:[【\[]\s*(?:任务|事项|项目)?(\d{1,3}|[一二三四五六七八九十百]{1,4})\s*[】\]])[\s、.．：:]*`)},
	{worded, regexp.MustCompile(`^#\s*(\d{1,3})[\s、.．：:]+`)},
	{hanBrack, regexp.MustCompile(`^[（(]\s*([一二三四五六七八九十百]{1,4})\s*[)）][\s、.．]*`)},
	{hanComma, regexp.MustCompile(`^([一二三四五六七八九十百]{1,4})\s*[、.．](?:\s*)`)},
	{digitBra, regexp.MustCompile(`^[（(]\s*(\d{1,3})\s*[)）][\s、.．]*`)},
	{digitBra, regexp.MustCompile(`^(\d{1,3})[)）]\s*`)},
	{dotted, regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){1,3})[.．、\s]*(?:[^\d%万亿个名家项次年月日元米公平吨件人亩户户套台％倍级天小以前A-Za-z-]|$)`)},
	{digitDot, regexp.MustCompile(`^(\d{1,3})\s*(?:[、．]|\.(?:[^\d]|[2-6]G|(?:19|20)\d\d年|\d{1,2}月|\d{3}|$))\s*`)},
	{circled, regexp.MustCompile(`^([①-⑳])\s*`)},
}

// numberStarts are the characters that the numerals of numeralForms begin with.
const numberStarts = "0123456789（([【#①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳一二三四五六七八九十百第整重反具存民惠任问事项实意建议目提措举专行案活N"

// splitNo takes the number off the front of a paragraph.
func splitNo(s string) (style numeral, no, rest string) {
	s = spellNumeral(s)
	if r, _ := utf8.DecodeRuneInString(s); !strings.ContainsRune(numberStarts, r) {
		return plain, "", s
	}
	for _, f := range numeralForms {
		m := f.re.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		end := m[1]
		if f.style == dotted || f.style == digitDot { // these look one rune ahead
			end = m[3] + len(s[m[3]:]) - len(strings.TrimLeft(s[m[3]:], ".．、 \t"))
		}
		return f.style, s[m[2]:m[3]], strings.TrimSpace(s[end:])
	}
	return plain, "", s
}

// spellNumeral writes a number that is one character, such as ⒈ ⑴ ㈠, in full.
func spellNumeral(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r >= '⒈' && r <= '⒛':
		return strconv.Itoa(int(r-'⒈')+1) + "." + s[n:]
	case r >= '⑴' && r <= '⒇':
		return "（" + strconv.Itoa(int(r-'⑴')+1) + "）" + s[n:]
	case r >= '㈠' && r <= '㈩':
		return "（" + hanNumber(int(r-'㈠')+1) + "）" + s[n:]
	}
	return s
}

// leadingNo takes a list number off a title that carries it inside its cell.
func leadingNo(s string) (no, rest string, ok bool) {
	style, no, rest := splitNo(s)
	if style == plain || style == chapter || rest == "" {
		return "", s, false
	}
	return no, rest, true
}

// ordinal is the value of a printed number, or 0.
func ordinal(s string) int {
	if r := []rune(s); len(r) == 1 && r[0] >= '①' && r[0] <= '⑳' {
		return int(r[0]-'①') + 1
	}
	if i := strings.LastIndexAny(s, ".-)"); i >= 0 {
		s = s[i+1:]
	}
	v, ok := zh.Number(s)
	if !ok || v < 1 || v > 9999 || v != float64(int(v)) {
		return 0
	}
	return int(v)
}

// isSection tells a line that heads a group of tasks inside a table or a list:
// a chapter number and a short name without units or times.
func isSection(s string) bool {
	style, _, rest := splitNo(s)
	switch style {
	case chapter, hanComma, hanBrack:
		return rest != "" && utf8.RuneCountInString(rest) <= 30 && !strings.ContainsAny(strings.TrimSuffix(rest, "。"), "。；|")
	}
	return false
}

// sectionName is the heading without its number, count and closing mark.
func sectionName(s string) string {
	_, _, rest := splitNo(oneLine(s))
	if i := strings.LastIndexAny(rest, "（("); i > 0 && reCount.MatchString(rest[i:]) {
		rest = rest[:i]
	}
	return strings.TrimRight(rest, "。：:；; ")
}

var reCount = regexp.MustCompile(`^[（(]共?\s*\d+\s*[项个条件]`)

// heading is the first sentence of a paragraph, without its full stop. Where the
// stop itself was lost, the heading ends at the mark.
func heading(s string) string {
	if i := strings.Index(s, zh.Lost); i >= len("政府立法") && !strings.Contains(s[:i], "。") {
		s = s[:i]
	}
	if i := strings.Index(s, "。"); i >= 0 {
		s = s[:i]
	}
	s = strings.Trim(s, "：:；;，,|｜ ")
	if inner, ok := strings.CutPrefix(s, "【"); ok && strings.Index(inner, "】") == len(inner)-len("】") {
		s = strings.TrimSuffix(inner, "】") // a card's title in its box
	}
	return s
}

func join(a, b, sep string) string {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return strings.TrimRight(a, "。；") + sep + b
}

// shorten cuts to n characters at most.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) > n {
		r = r[:n]
	}
	return string(r)
}
