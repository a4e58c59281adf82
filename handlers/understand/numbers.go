package understand

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// numKind is what a number in the text counts or names.
type numKind uint8

const (
	numBare numKind = iota
	numTask
	numPercent
	numDay      // part of a date, a year, a clock time
	numQuantity // 2个系统, 1200万元, phone numbers
)

// number is a numeral in s. start and end hold the prefix and suffix that make it
// what it is (任务28, 28号, 60%), from and to only the digits.
type number struct {
	kind       numKind
	start, end int
	from, to   int
	value      float64
	whole      bool // no decimal point, no sign
	strong     bool // named a task by its form, not only by its place
	minus      bool
}

// no is the number as a task is called.
func (n number) no() string { return strconv.FormatFloat(n.value, 'f', -1, 64) }

const hanDigits = "零〇一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾佰廿卅"

func isHanDigit(r rune) bool { return strings.ContainsRune(hanDigits, r) }

// findNumbers lists the numerals of s and decides those whose own form tells.
func (u *utterance) findNumbers() {
	s := u.s
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isDigit(s[i]):
			n := digits(s, i)
			u.addNumber(n)
			i = n.to
		case r >= '①' && r <= '⑳':
			u.addNumber(number{from: i, to: i + size, value: float64(r-'①') + 1, whole: true})
			i += size
		case isHanDigit(r):
			i = u.hanNumber(i)
		default:
			i += size
		}
	}
}

func (u *utterance) addNumber(n number) {
	n.start, n.end = n.from, n.to
	u.byForm(&n)
	u.nums = append(u.nums, n)
}

// digits reads an Arabic numeral at i, with its sign, thousands commas and decimals.
func digits(s string, i int) number {
	n := number{from: i, whole: true}
	j := i
	for j < len(s) && (isDigit(s[j]) || s[j] == ',' && between(s, j)) {
		j++
	}
	if j+1 < len(s) && s[j] == '.' && isDigit(s[j+1]) {
		n.whole = false
		for j++; j < len(s) && isDigit(s[j]); j++ {
		}
	}
	n.to = j
	// Digits and at most one point: only a value too large to hold can fail, and
	// such a number names nothing here.
	v, err := strconv.ParseFloat(strings.ReplaceAll(s[i:j], ",", ""), 64)
	if err != nil || j-i > 12 {
		n.kind, n.whole = numQuantity, false
	}
	n.value = v
	if i > 0 && (s[i-1] == '-' || strings.HasSuffix(s[:i], "−") || strings.HasSuffix(s[:i], "负")) && !(i > 1 && (isDigit(s[i-2]) || s[i-2] == '%')) {
		n.minus = true
	}
	return n
}

// hanNumber reads a Chinese numeral at i where its surroundings make it a number
// of ours (任务三十八, 第二十项, 百分之四十五, 八成) and returns where to go on.
func (u *utterance) hanNumber(i int) int {
	j := i
	for j < len(u.s) {
		r, size := utf8.DecodeRuneInString(u.s[j:])
		if !isHanDigit(r) && !(r == '点' && hanNext(u.s[j+size:])) {
			break
		}
		j += size
	}
	v, ok := zh.Number(u.s[i:j])
	if !ok && strings.HasSuffix(u.s[:i], "百分之") {
		v, ok = decimal(u.s[i:j])
	}
	if !ok {
		_, size := utf8.DecodeRuneInString(u.s[i:])
		return i + size
	}
	n := number{from: i, to: j, start: i, end: j, value: v, whole: v == float64(int(v))}
	u.byForm(&n)
	if n.kind == numBare && !(n.whole && n.value > 10 && strings.HasPrefix(u.s[j:], "项") && u.atFront(i)) {
		n.kind = numQuantity // 一个, 三方: only a form makes a Chinese numeral ours
	}
	u.nums = append(u.nums, n)
	return j
}

// decimal reads 九十九点五.
func decimal(s string) (float64, bool) {
	whole, tenths, _ := strings.Cut(s, "点")
	v, ok := zh.Number(whole)
	d := strings.Index("零一二三四五六七八九", tenths)
	if !ok || runeLen(tenths) != 1 || d < 0 {
		return 0, false
	}
	return v + float64(d/len("零"))/10, true
}

func hanNext(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isHanDigit(r)
}

// byForm decides a number by what stands directly before and after it.
func (u *utterance) byForm(n *number) {
	before, after := u.s[:n.from], u.s[n.to:]
	switch {
	case n.kind == numQuantity:
	case percentForm(n, before, after):
		n.kind = numPercent
	case isClock(before, u.s[n.from:n.to], after) && !(taskWord(before) && laterWord(n.value, after)):
		n.kind = numDay
	case taskForm(n, before, after):
		n.kind, n.strong = numTask, true
	case measured(after) || inWord(before, after):
		n.kind = numQuantity
	}
}

// isClock matches the number in 2018年, 10月, 15日, 10:30, 3点.
func isClock(before, digits, after string) bool {
	if hasAnyPrefix(after, "年", "月", "日", "点半", "点钟", "时许") && !strings.HasPrefix(after, "年度任务") {
		return true
	}
	if len(digits) <= 2 && strings.HasPrefix(after, ":") && minutes.MatchString(after) && !taskWord(before) {
		return true
	}
	if m := hourBefore.FindStringSubmatchIndex(before); len(digits) == 2 && m != nil && !strings.HasPrefix(after, "%") && !hasAnyPrefix(after, "月", "年") && !taskWord(before[:m[2]]) {
		return true
	}
	return hasAnySuffix(before, "月", "年") && hasAnyPrefix(after, "号", "日")
}

// The two halves of 10:30; 任务20:100% is none.
var (
	minutes    = regexp.MustCompile(`^:[0-5][0-9](?:[^0-9%月年日号]|$)`)
	hourBefore = regexp.MustCompile(`(?:^|[^0-9])([0-9]{1,2}):$`)
)

var measures = []string{
	"个", "家", "次", "万", "亿", "元", "天", "人", "台", "套", "份", "篇", "页", "张", "件", "类", "种", "批", "轮", "期", "场", "户", "辆", "部", "所", "名",
	"位", "级", "处", "座", "块", "遍", "步", "周", "小时", "分钟", "秒", "倍", "公里", "平方", "米", "吨", "kg", "km", "gb", "tb", "mb", "g网", "年", "月", "日", "季度",
	"余", "多个", "多家", "多万", "千", "百", "点", "时", "层", "栋", "路", "版", "字", "门", "艘", "分", "楼", "室", "星", "款", "大", "国", "化", "省", "市", "县",
}

// counted are the measure words that count even behind 任务 (任务20个); the others
// begin a word of their own there (任务20部分完成).
var counted = []string{"个", "家", "次", "万", "亿", "元", "天", "人", "件", "页", "份", "项", "年", "月", "日", "台", "套", "张", "周", "小时", "分钟", "季度"}

// measured reports whether a measure word follows: the number counts something.
func measured(after string) bool {
	after = strings.TrimPrefix(after, " ")
	return hasAnyPrefix(after, measures...) && !strings.HasPrefix(after, "元旦")
}

// inWord reports whether the number is part of a Latin word, a version, a link or a code.
func inWord(before, after string) bool {
	if len(before) > 0 {
		c := before[len(before)-1]
		if c >= 'a' && c <= 'z' || c == '_' || c == '/' || c == '=' || c == '&' || c == '.' && len(before) > 1 && isDigit(before[len(before)-2]) {
			return true
		}
		if c == '[' || strings.HasSuffix(before, "〔") {
			return true
		}
	}
	return len(after) > 0 && (after[0] >= 'a' && after[0] <= 'z' && !hasAnyPrefix(after, "done", "ok", "finish") || after[0] == '/' || after[0] == '_' || after[0] == '=' || after[0] == ']')
}

func hasAnyPrefix(s string, list ...string) bool {
	for _, p := range list {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

func hasAnySuffix(s string, list ...string) bool {
	for _, p := range list {
		if strings.HasSuffix(s, p) {
			return true
		}
	}
	return false
}

func containsAny(s string, list ...string) bool {
	for _, p := range list {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
