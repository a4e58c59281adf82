package when

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// separators end a clause; a label never reaches over one.
const separators = ",;、。:()\n!?|"

// MaxLabel is the longest label, in characters: one that a line shows whole beside the
// title.
const MaxLabel = 18

// minLabel is the length in bytes below which a word of a label is followed over 、.
const minLabel = len("四字以下")

// label names the i-th mention by the words of its clause: those before it (一期9月底前),
// else those behind it (2018年底前全面应用), else its number.
func (c *scan) label(ms []mention, i int) string {
	m := ms[i]
	from, to := 0, len(c.s)
	if i > 0 {
		from = min(ms[i-1].end, m.start)
	}
	if i+1 < len(ms) {
		to = max(ms[i+1].start, m.end)
	}
	before := c.before(from, m.start, i == 0)
	after := c.after(m.end, to)
	if s := strip(before); s == "" && strip(after) == "" && manner(before) {
		return before
	}
	for _, s := range []string{strip(before), strip(after)} {
		if s != "" && !reRounds.MatchString(s) {
			return short(s)
		}
	}
	if i+1 < len(ms) && m.end < ms[i+1].start && strings.Trim(c.s[m.end:ms[i+1].start], "、和及与") == "" {
		if s := c.label(ms, i+1); !strings.HasPrefix(s, "节点") { // 5月、10月发放: both are
			return s
		}
	}
	return "节点" + strconv.Itoa(i+1)
}

// reRounds says how many dates follow and names no work: 分两轮于5月、10月发放.
var reRounds = regexp.MustCompile(`^分(?:\d{1,2}|[两二三四五六七八九十])(?:轮|批|批次|次|期|步|阶段|个阶段)$`)

// manner reports the words that tell two dates of one work apart (力争6月底、确保9月底).
func manner(s string) bool {
	return s == "力争" || s == "争取" || s == "确保" || s == "保证" || s == "预计"
}

// before is the text of the clause in front of start. Unless the mention is the
// first, text without a separator belongs to the mention before.
func (c *scan) before(from, start int, first bool) string {
	s := strings.TrimRight(c.s[from:start], ":")
	if s != c.s[from:start] && headsTimes(s) {
		return ""
	}
	if inner, ok := strings.CutSuffix(s, "("); ok {
		s, first = inner, first || strings.ContainsAny(inner, separators)
	}
	k := strings.LastIndexAny(s, separators)
	if k < 0 {
		if first {
			return s
		}
		return ""
	}
	_, n := utf8.DecodeRuneInString(s[k:])
	return s[k+n:]
}

// headsTimes reports the words before a colon that head all the dates of the text and
// name no work (年度安排：2021年底前完成90公里；…).
func headsTimes(s string) bool {
	s = s[strings.LastIndexAny(s, ",;。\n")+1:]
	if (strings.HasPrefix(s, "分") || strings.HasPrefix(s, "按") || strings.HasPrefix(s, "逐")) && utf8.RuneCountInString(s) <= 8 { // 分季度推进：
		return true
	}
	for _, w := range []string{"安排", "时限", "期限", "要求", "节点", "时间", "进度", "计划"} {
		if strings.HasSuffix(s, w) && utf8.RuneCountInString(s) <= 6 {
			return true
		}
	}
	return false
}

func (c *scan) after(end, to int) string {
	s := strings.TrimLeft(c.s[end:to], ",、:")
	if inner, ok := strings.CutPrefix(s, "("); ok {
		s = inner
	}
	s = strings.TrimLeft(s, ")”")
	cut, word := len(s), 0
	for k, r := range s {
		if !strings.ContainsRune(separators, r) {
			continue
		}
		if cut = k; strings.ContainsRune(",;。\n", r) || k-word >= minLabel {
			break // the first words of an enumeration say too little: 各区、县建成…
		}
		cut, word = len(s), k+len(string(r))
	}
	return strings.TrimRight(s[:cut], "、()“和及")
}

// leadWords are what stands around a date and says nothing of the work.
var leadWords = []string{
	"不迟于", "不晚于", "原则上", "最迟", "截至", "截止", "力争", "争取", "确保", "保证", "计划", "预计", "同时", "其中", "完成时限", "时限", "到", "在", "于", "至",
	"从", "自", "并", "且", "和", "及", "与", "或", "以后", "此后", "之后", "前", "完成时间", "最晚", "分别", "要", "须", "应", "为", "“", "”", "的",
}

// counter takes the number of a list item off: 1. ① 一是.
func counter(s string) string {
	if r, n := utf8.DecodeRuneInString(s); r >= '①' && r <= '⑳' {
		return s[n:]
	}
	if t, ok := strings.CutSuffix(s, "是"); ok && (hanDigit(t) > 0 || strings.HasPrefix(t, "第")) {
		return ""
	}
	if digits := strings.TrimLeft(s, "0123456789"); digits != s && digits != "" && strings.ContainsRune(".)", rune(digits[0])) {
		return strings.TrimLeft(digits, ".)")
	}
	return strings.TrimLeft(s, ".)")
}

// strip takes the lead words off; what is left names the work.
func strip(s string) string {
	s = counter(s)
	for again := true; again; {
		again = false
		for _, w := range leadWords {
			if t := strings.TrimPrefix(s, w); t != s {
				s, again = t, true
			}
		}
	}
	for _, w := range []string{"分别", "最迟", "不迟于", "力争", "确保", "到", "于", "至", "在", "“", "”", "的", "和"} {
		s = strings.TrimSuffix(s, w)
	}
	return s
}

// short cuts a label; the small language's own marks never stand in one.
func short(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(":;=\t\n", r) {
			return -1
		}
		return r
	}, strings.ToUpper(s))
	return zh.CutWords(s, MaxLabel)
}
