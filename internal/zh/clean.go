package zh

import (
	"strings"
	"unicode/utf8"
)

// Clean returns s as a colleague would print it, for titles, names and anything
// else that is shown and stored. In this order:
//
//   - damaged places become the mark Lost;
//   - pinyin set after a character by a machine is removed;
//   - traditional characters become simplified. The few that Simplified names use
//     too (乾, 於, 昇 …) do so only where the text, or their line, is traditional as
//     a whole;
//   - full-width letters, digits and the signs ％＋－／＝＠＃＆＊＿ become half-width;
//   - , ; : next to a Chinese character or mark become ，；： (not inside numbers
//     or times), and a pair ( ) becomes （ ） if a Chinese character or mark stands
//     next to it or a Chinese character inside it; quotes, 、 。 ? ! stay;
//   - ﹝﹞ and ［］ become 〔〕, as does [ ] around a year;
//   - line ends become \n, invisible characters and controls go, a run of spaces
//     becomes one, and spaces at the ends of lines go. Tabs and empty lines stay.
//
// Clean of a cleaned string is the string itself.
func Clean(s string) string {
	t := loaded()
	if t.cleaned(s) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	noisy := hasTonedGroup(s)
	s = trimLines(StripPinyin(markLoss(t.reform(s, cleanForm))))
	noisy = noisy || isTraditional(s)
	var b strings.Builder
	b.Grow(len(s))
	for line := range strings.Lines(s) {
		if noisy || isTraditional(line) {
			b.WriteString(t.convert(line))
		} else {
			b.WriteString(t.convertSure(line))
		}
	}
	return widen(b.String())
}

// cleaned reports whether Clean would not change s; it may say no when in doubt.
func (t *tables) cleaned(s string) bool {
	space := true
	for _, r := range s {
		if r == ' ' {
			if space {
				return false
			}
			space = true
			continue
		}
		if r == '\n' && space {
			return false
		}
		space = r == '\n'
		if r == '\r' || r < 1<<16 && t.kind[r]&kindOdd != 0 {
			return false
		}
	}
	return !space
}

// convertSure converts only the characters that no Simplified text has.
func (t *tables) convertSure(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 1<<16 && t.kind[r]&kindSure != 0 {
			return rune(t.simple[r])
		}
		return r
	}, s)
}

// trimLines makes runs of spaces one and drops them at the ends of lines.
func trimLines(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == ' ':
			space = true
			continue
		case space && r != '\n' && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n"):
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// widen gives the ASCII punctuation among Chinese characters its Chinese form.
func widen(s string) string {
	if !strings.ContainsAny(s, ",;:()[]") {
		return s
	}
	wide := pairs(s)
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case wide[i] != 0:
			r = wide[i]
		case (r == ',' || r == ';' || r == ':') && amongChinese(s, i):
			r += 0xFEE0
		}
		if r == utf8.RuneError {
			b.WriteString(s[i : i+n])
		} else {
			b.WriteRune(r)
		}
		i += n
	}
	return b.String()
}

// amongChinese reports whether the mark at s[i] follows or precedes Chinese.
func amongChinese(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:i], " )"))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[i+1:], " ("))
	if s[i] == ':' && strings.HasPrefix(s[i+1:], "//") {
		return false
	}
	return isChinese(before) || isChinese(after)
}

// isChinese holds for Chinese characters and the marks set between them.
func isChinese(r rune) bool {
	return isHan(r) || strings.ContainsRune("、。《》〈〉“”‘’「」『』【】〔〕（），；：？！…—", r)
}

// pairs maps the offset of each bracket that must change to its Chinese form.
func pairs(s string) map[int]rune {
	out := make(map[int]rune)
	var open []int
	for i, r := range s {
		switch r {
		case '\n':
			open = open[:0]
		case '(', '[', '（':
			open = append(open, i)
		case ')', ']', '）':
			if len(open) > 0 {
				pair(out, s, open[len(open)-1], i)
				open = open[:len(open)-1]
			}
		}
	}
	return out
}

// pair decides for one pair of brackets. Where one of the two is Chinese already
// the other follows it.
func pair(out map[int]rune, s string, from, to int) {
	left, n := utf8.DecodeRuneInString(s[from:])
	right, m := utf8.DecodeRuneInString(s[to:])
	inside := s[from+n : to]
	switch {
	case left == '[' && right == ']':
		if isYear(inside) {
			out[from], out[to] = '〔', '〕'
		}
	case left == '[' || right == ']' || left == '（' && right == '）':
	default:
		before, _ := utf8.DecodeLastRuneInString(s[:from])
		after, _ := utf8.DecodeRuneInString(s[to+m:])
		if left != '(' || right != ')' || isChinese(before) || isChinese(after) || strings.ContainsFunc(inside, isHan) {
			out[from], out[to] = '（', '）'
		}
	}
}

func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && strings.Trim(s, "0123456789") == ""
}
