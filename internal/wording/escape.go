package wording

import (
	"strings"
	"unicode"
)

// Short cuts a text to at most n characters, the last of which is then an ellipsis.
// Spaces around it are removed. n below 1 gives the empty string.
func Short(s string, n int) string {
	s = strings.TrimSpace(s)
	r := []rune(s)
	switch {
	case n < 1:
		return ""
	case len(r) <= n:
		return s
	}
	return strings.TrimRightFunc(string(r[:n-1]), unicode.IsSpace) + "…"
}

// wide maps what Markdown, HTML or a mention is made of to its full-width twin.
// Backslash escapes would be shown as they are by some clients, and a plain-text
// preview knows none; a full-width character reads the same everywhere.
var wide = map[rune]rune{
	'*': '＊', '_': '＿', '`': '｀', '~': '～', '#': '＃', '|': '｜', '\\': '＼',
	'[': '［', ']': '］', '<': '＜', '>': '＞', '&': '＆', '@': '＠',
}

// Escape makes people's text safe inside one line of Markdown: it can neither format,
// link, mention nor break the line, and hidden characters are gone. It stays readable
// as plain text, and escaping twice changes nothing.
func Escape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if w, ok := wide[r]; ok {
			r = w
		}
		b.WriteRune(r)
	}
	return unlist(b.String())
}

// unlist keeps a text at the start of a line from becoming a list item.
func unlist(s string) string {
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	rest := s[digits:]
	mark := len(rest) > 0 && (digits == 0 && (rest[0] == '-' || rest[0] == '+' || rest[0] == '=') || digits > 0 && (rest[0] == '.' || rest[0] == ')'))
	if !mark || len(rest) > 1 && rest[1] != ' ' && rest[1] != rest[0] {
		return s
	}
	twin := map[byte]string{'-': "－", '+': "＋", '=': "＝", '.': "．", ')': "）"}
	return s[:digits] + twin[rest[0]] + rest[1:]
}
