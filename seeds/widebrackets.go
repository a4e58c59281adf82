package seeds

import (
	"strings"
	"unicode"
)

// maxBroken bounds the lines over which a pair of brackets may go.
const maxBroken = 6

// widenBroken gives a pair of half-width brackets that a hard break cut apart its
// Chinese form: cleaning goes by line and would leave both as they are.
func widenBroken(lines []string) []string {
	gaps := pageGaps(lines)
	for i := range lines {
		open := looseOpen(lines[i])
		if open < 0 || strings.ContainsAny(lines[i], "\t|") {
			continue
		}
		inside := lines[i][open+1:]
		for j := i + 1; j < len(lines) && j < i+maxBroken; j++ {
			if gaps[j] {
				continue
			}
			if startsList(strings.TrimSpace(lines[j])) || strings.TrimSpace(lines[j]) == "" && j > i+1 {
				break
			}
			end := looseClose(lines[j])
			if end < 0 {
				inside += lines[j]
				continue
			}
			if strings.ContainsFunc(inside+lines[j][:end], func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				lines[i] = lines[i][:open] + "（" + lines[i][open+1:]
				lines[j] = lines[j][:end] + "）" + lines[j][end+1:]
			}
			break
		}
	}
	return lines
}

// looseOpen is the offset of the first ( that its line does not close, or -1.
func looseOpen(s string) int {
	var open []int
	for i, r := range s {
		switch r {
		case '(', '（':
			open = append(open, i)
		case ')', '）':
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	if len(open) > 0 && s[open[0]] == '(' {
		return open[0]
	}
	return -1
}

// looseClose is the offset of the first ) that its line does not open, or -1.
func looseClose(s string) int {
	depth := 0
	for i, r := range s {
		switch r {
		case '(', '（':
			depth++
		case ')':
			if depth == 0 {
				return i
			}
			depth--
		case '）':
			depth--
		}
	}
	return -1
}
