package seeds

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// The widths, in columns of a Latin letter, at which a printer or a page breaks lines, and
// how near to the longest line the others come.
const (
	narrowest = 36
	widest    = 110
	ragged    = 3
)

// reLabelled is a line that begins with a label: 责任单位：.
var reLabelled = regexp.MustCompile(`^【|^[（(]?\p{Han}[\p{Han}（）() ]{1,11}[:：]`)

// unfold joins the lines of a text that was broken at a fixed width without blanks in
// front of its paragraphs: a line that fills the width goes on in the next. The list
// keeps its length, so that lines keep their numbers.
func unfold(lines []string) []string {
	full := fullWidth(lines)
	if full == 0 || tabled(lines) {
		return lines
	}
	indented := 0
	for _, l := range lines {
		if isIndented(l) {
			indented++
		}
	}
	out := make([]string, len(lines))
	copy(out, lines)
	at := -1 // the line that the next one may go on with
	gaps := pageGaps(lines)
	for i, l := range lines {
		text := strings.TrimSpace(l)
		switch {
		case gaps[i]:
			continue
		case text == "" || holdsCells(l):
			at = -1
			continue
		case at >= 0 && !(indented > 2 && isIndented(l)) && goesInto(out[at], text):
			out[at], out[i] = strings.TrimRight(out[at], " \u3000\r")+text, ""
		default:
			at = i
		}
		if columnsOf(l) < full-ragged {
			at = -1
		}
	}
	return out
}

// fullWidth is the width at which the text was broken, or 0: several lines reach it, and
// none is longer.
func fullWidth(lines []string) int {
	longest, used := 0, 0
	for _, l := range lines {
		if strings.TrimSpace(l) != "" && !holdsCells(l) {
			longest, used = max(longest, columnsOf(l)), used+1
		}
	}
	if longest < narrowest || longest > widest {
		return 0
	}
	filled, ended := 0, 0 // lines that reach the width, and those of them that end a sentence
	for _, l := range lines {
		if columnsOf(l) < longest-ragged {
			continue
		}
		if filled++; strings.ContainsRune("。；：", lastRune(strings.TrimSpace(l))) {
			ended++
		}
	}
	if filled-ended < 3 || ended*2 > filled || filled*6 < used {
		return 0
	}
	return longest
}

// columnsOf is the width of a line in columns; a Chinese character or mark takes two.
func columnsOf(l string) int {
	n := 0
	for _, r := range strings.TrimRight(l, " \u3000\r") {
		if n++; r >= 0x2010 {
			n++
		}
	}
	return n
}

func holdsCells(l string) bool {
	return strings.ContainsAny(l, "\t|｜│") || reGap.MatchString(strings.Trim(l, " \u3000\u00a0\r"))
}

// tabled reports whether the text is a table without marks between its cells: its headings
// stand in one line, or three of them below each other.
func tabled(lines []string) bool {
	h := newHeadings()
	run := 0
	for _, l := range lines {
		text := strings.TrimSpace(l)
		if words := strings.Fields(text); len(words) > 2 && h.isHeader(words) || len(h.unglue(text)) > 2 {
			return true
		}
		switch {
		case text == "":
		case h.exact(squeeze(text)) != kindNone:
			if run++; run > 2 {
				return true
			}
		default:
			run = 0
		}
	}
	return false
}

// goesInto reports whether the line goes on in the next: it ends no sentence, and what
// follows begins nothing of its own.
func goesInto(before, next string) bool {
	before = strings.TrimSpace(before)
	style, _, _ := splitNo(zh.Fold(shorten(next, 12)))
	switch {
	case style != plain, reBullet.MatchString(next), reLabelled.MatchString(next), reSkip.MatchString(next), isNote(next), isNo(next):
		return false
	case rePage.MatchString(next), rePage.MatchString(before), len(before) > maxParagraph, strings.ContainsRune("。；：！？;:", lastRune(before)):
		return false
	}
	if open := strings.LastIndexAny(before, "（("); open >= 0 && strings.HasSuffix(before, "）") && reColon.MatchString(before[open:]) {
		return false // the brackets with the units end the item
	}
	if last := before[max(strings.LastIndex(before, "、"), strings.LastIndex(before, "，"), strings.LastIndex(before, "："))+len("、"):]; reLabelled.MatchString(before) && (looksUnits(last) || looksTime(last)) {
		return false // a label line that is whole
	}
	return strings.ContainsAny(before, "，。；：、（【") || !looksUnits(next) && !looksTime(next) && utf8.RuneCountInString(next) > 0
}
