package dingtalk

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxPages bounds how many messages one text may become.
const maxPages = 10

// markRoom is what the "(1/3)" in front of a page takes at most.
const markRoom = 16

// paginate cuts text into pages whose JSON form has at most room bytes, at line
// borders where there are any, never inside a rune. It reports false when more than
// maxPages would be needed.
func paginate(text string, room int) ([]string, bool) {
	if jsonLen(text) <= room {
		return []string{text}, true
	}
	room -= markRoom
	if room < utf8.UTFMax*6 {
		return nil, false
	}
	var list []string
	for text != "" {
		if len(list) == maxPages {
			return nil, false
		}
		n := fit(text, room)
		list = append(list, strings.Trim(text[:n], "\n"))
		text = strings.TrimLeft(text[n:], "\n")
	}
	for i := range list {
		list[i] = fmt.Sprintf("(%d/%d)  \n%s", i+1, len(list), list[i])
	}
	return list, true
}

// fit is the length of the longest start of text that has room, up to a line's end
// if one lies in its second half.
func fit(text string, room int) int {
	used, end, line := 0, 0, 0
	for i, r := range text {
		n := runeLen(r)
		if used+n > room {
			break
		}
		used += n
		end = i + utf8.RuneLen(r)
		if r == utf8.RuneError {
			end = i + width(text[i:])
		}
		if r == '\n' {
			line = end
		}
	}
	if end < len(text) && line > end/2 {
		return line
	}
	return end
}

func width(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// jsonLen is the number of bytes of s inside a JSON string, as encode writes it.
func jsonLen(s string) int {
	n := 0
	for _, r := range s {
		n += runeLen(r)
	}
	return n
}

func runeLen(r rune) int {
	switch {
	case r == '"', r == '\\', r == '\n', r == '\r', r == '\t', r == '\b', r == '\f':
		return 2
	case r < 0x20, r == '\u2028', r == '\u2029':
		return 6
	case r == utf8.RuneError:
		return 6 // an invalid byte is written as an escape
	}
	return utf8.RuneLen(r)
}
