package when

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// maxWork bounds the words of one step, in bytes: a hundred and twenty characters.
const maxWork = 360

// work is what the i-th mention wants done, in the words of its sentence: those of
// its clause before the date, and those behind it up to the clause of the next one.
// It is empty where the label says as much.
func (c *scan) work(ms []mention, i int, label string) string {
	from, to := 0, len(c.s)
	if i > 0 {
		from = min(ms[i-1].end, ms[i].start)
	}
	before := printed(strip(c.before(from, ms[i].start, i == 0)))
	if i+1 < len(ms) {
		next := max(ms[i+1].start, ms[i].end)
		to = next - len(c.before(ms[i].end, next, false))
	}
	after := printed(strip(c.behind(ms[i].end, to)))
	out := after
	switch {
	case after == "":
		out = before
	case before != "":
		out = before + "：" + after
	}
	if out = zh.CutBytes(out, maxWork); out == printed(label) {
		return ""
	}
	return out
}

// behind is the rest of the sentence after a date.
func (c *scan) behind(end, to int) string {
	s := strings.TrimLeft(c.s[end:max(end, to)], ",、:()”")
	if k := strings.IndexAny(s, ";\n|"); k >= 0 {
		s = s[:k]
	}
	if k := strings.Index(s, "。"); k >= 0 {
		s = s[:k]
	}
	return strings.TrimRight(s, ",、(“和及到至在于并")
}

// reBetween finds the marks that folding made half width, where they stand beside a
// Chinese character.
var reBetween = regexp.MustCompile(`(?:^|[^\d])[,:;]|[,:;](?:[^\d]|$)`)

var fullWidth = strings.NewReplacer(",", "，", ";", "；", ":", "：")

// printed writes folded words as they are printed: wide marks, Latin in capitals.
func printed(s string) string {
	s = reBetween.ReplaceAllStringFunc(strings.ToUpper(s), fullWidth.Replace)
	if utf8.RuneCountInString(s) > 2 {
		s = strings.NewReplacer("(", "（", ")", "）").Replace(s)
	}
	return s
}
