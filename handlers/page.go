package handlers

import (
	"regexp"
	"strconv"
	"strings"
)

// pageForm is how people ask for a page: at the end of what they ask for.
var pageForm = regexp.MustCompile(`[\s,，]*第\s*([0-9０-９]{1,3})\s*页[。.！!]?\s*$`)

// cutPage takes the page off the words; 0 means that none was asked for.
func cutPage(text string) (string, int) {
	m := pageForm.FindStringSubmatchIndex(text)
	if m == nil || strings.TrimSpace(text[:m[0]]) == "" {
		return text, 0
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text[m[2]:m[3]])
	n, err := strconv.Atoi(digits)
	if err != nil {
		return text, 0
	}
	return text[:m[0]], n
}
