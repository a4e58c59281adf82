package docx

import (
	"strings"
	"unicode"
)

// lineRunes is how many characters of the title's size stand on one line.
const lineRunes = 19

// planName is the plan's own name inside the title of the paper that issued it: 关于印发
// … 的通知 falls away.
func planName(title string) string {
	s := strings.TrimSpace(title)
	if _, rest, ok := strings.Cut(s, "关于印发"); ok {
		s = strings.TrimSuffix(rest, "的通知")
	}
	s = strings.TrimSuffix(strings.TrimPrefix(s, "《"), "》")
	if s == "" {
		return "行动方案"
	}
	return s
}

// balance breaks a title into lines of about one length, at places where reading may
// pause: never inside a number, a word in Latin letters or a bracket where that can be
// helped, and never before closing punctuation.
func balance(s string) string {
	r := []rune(s)
	lines := (len(r) + lineRunes - 1) / lineRunes
	if lines < 2 {
		return s
	}
	var out []string
	for start := 0; lines > 1; lines-- {
		want := start + (len(r)-start+lines-1)/lines
		at := bestBreak(r, start, want)
		out = append(out, string(r[start:at]))
		start = at
		if lines == 2 {
			out = append(out, string(r[start:]))
		}
	}
	return strings.Join(out, "\n")
}

func bestBreak(r []rune, start, want int) int {
	best, cost := min(want, len(r)-1), 1000
	for at := max(start+4, want-5); at <= want+3 && at < len(r)-3 && at-start <= lineRunes+1; at++ {
		c := 2 * abs(at-want)
		c += penalty(r, start, at)
		if c < cost {
			best, cost = at, c
		}
	}
	return best
}

func penalty(r []rune, start, at int) int {
	before, after := r[at-1], r[at]
	switch {
	case strings.ContainsRune("，。、；：》”）！？】〕—", after), strings.ContainsRune("《“（【〔—", before):
		return 100
	case joined(before) && joined(after):
		return 100
	}
	depth := 0
	for _, c := range r[start:at] {
		switch {
		case strings.ContainsRune("（“〔", c):
			depth++
		case strings.ContainsRune("）”〕", c):
			depth--
		}
	}
	switch {
	case depth > 0:
		return 20
	case strings.ContainsRune("》）”、，", before) || strings.ContainsRune("《（“", after) || before == '的':
		return 0
	}
	return 4
}

func joined(c rune) bool {
	return c < unicode.MaxLatin1 && (unicode.IsLetter(c) || unicode.IsDigit(c)) || c == '年'
}

func abs(n int) int { return max(n, -n) }
