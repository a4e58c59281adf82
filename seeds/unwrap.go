package seeds

import (
	"strings"

	"duban/internal/zh"
)

// unwrap joins the lines of a text that was printed at a fixed width: where its
// paragraphs begin with a blank, a line without one goes on with the line before. The
// list keeps its length, so that lines keep their numbers.
func unwrap(lines []string) []string {
	if !indentedItems(lines) {
		return unfold(lines)
	}
	out := make([]string, len(lines))
	copy(out, lines)
	at, indented := -1, false // the line that the next one may go on with
	gaps := pageGaps(lines)
	for i, l := range lines {
		switch {
		case gaps[i]:
		case strings.TrimSpace(l) == "" || strings.ContainsAny(l, "\t|｜│") || reGap.MatchString(strings.Trim(l, " \u3000\u00a0\r")): // cells
			at = -1
		case at >= 0 && !isIndented(l) && goesOnWith(out[at], l, indented):
			out[at], out[i] = strings.TrimRight(out[at], " \u3000\r")+strings.TrimRight(l, " \u3000\r"), ""
		default:
			at, indented = i, isIndented(l)
		}
	}
	return out
}

// indentedItems reports whether the numbered lines of the text, of which there are
// some, begin with a blank.
func indentedItems(lines []string) bool {
	with, without := 0, 0
	for _, l := range lines {
		if style, _, rest := splitNo(zh.Fold(shorten(strings.TrimSpace(zh.CutBytes(l, 60)), 12))); style == plain || rest == "" {
			continue
		}
		if isIndented(l) {
			with++
		} else {
			without++
		}
	}
	return with > 2 && with > without
}

func isIndented(l string) bool { return strings.HasPrefix(l, "  ") || strings.HasPrefix(l, "　") }

// goesOnWith reports whether a line without a blank in front continues the paragraph.
// Only an address, 各县（市、区）人民政府…：, begins without one and goes on.
func goesOnWith(before, l string, indented bool) bool {
	before = strings.TrimSpace(before)
	l = strings.TrimSpace(l)
	style, _, _ := splitNo(zh.Fold(shorten(l, 12)))
	switch {
	case style != plain, reSkip.MatchString(l), isNote(l), rePage.MatchString(l), rePage.MatchString(before), len(before) > maxParagraph:
		return false
	case !indented:
		return strings.HasPrefix(before, "各") && len(l) <= 90 && strings.HasSuffix(l, "：") && !strings.HasSuffix(before, "：")
	case strings.HasPrefix(before, "（") && strings.HasSuffix(before, "）"):
		return false
	case strings.HasSuffix(before, "："):
		return cutShort(before)
	}
	return !strings.ContainsRune("。；！？;", lastRune(before))
}
