package when

import (
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
	"duban/store/ledger"
)

// scan reads dates out of one prepared text. ref is the day it is read on; last is
// the day that the part before gave, for parts that name no year.
type scan struct {
	s        string
	ref      ledger.Date
	last     ledger.Date
	lean     lean
	startDay ledger.Date // of a start just read (自7月1日起), for a duration behind it
	names    bool        // a name with a year in it was passed over
	cell     bool        // the whole text is a deadline, so that bare numbers may be dates
}

// lean is how a month or day without a year is placed.
type lean int

const (
	leanPlan  lean = iota // C3: the first on or after ref
	leanChat              // like leanPlan, but a day up to leanBack days ago stays
	leanQuery             // of a question: this year, unless long ago
)

// has reports whether w stands at i, and gives the place behind it.
func (c *scan) has(i int, w string) (int, bool) {
	if strings.HasPrefix(c.s[i:], w) {
		return i + len(w), true
	}
	return i, false
}

// any skips the first of the words that stands at i.
func (c *scan) any(i int, words ...string) (int, bool) {
	for _, w := range words {
		if j, ok := c.has(i, w); ok {
			return j, true
		}
	}
	return i, false
}

// opt is any for words that may be missing.
func (c *scan) opt(i int, words ...string) int {
	j, _ := c.any(i, words...)
	return j
}

// next and prev give the neighbours of i, '#' at the ends.
func (c *scan) next(i int) rune {
	if i >= len(c.s) {
		return '#'
	}
	if b := c.s[i]; b < utf8.RuneSelf {
		return rune(b)
	}
	r, _ := utf8.DecodeRuneInString(c.s[i:])
	return r
}

func (c *scan) prev(i int) rune {
	if i <= 0 {
		return '#'
	}
	r, _ := utf8.DecodeLastRuneInString(c.s[:i])
	return r
}

func (c *scan) followsAny(i int, words ...string) bool {
	_, ok := c.any(i, words...)
	return ok
}

// follows reports whether the rune at i is one of set.
func (c *scan) follows(i int, set string) bool { return strings.ContainsRune(set, c.next(i)) }

const hanDigits = "零〇○一二三四五六七八九十百千两廿卅拾壹贰叁"

func isHanDigit(r rune) bool { return r >= 0x2000 && strings.ContainsRune(hanDigits, r) }

// run gives the end of the run of digits, Arabic or Chinese, at i.
func (c *scan) run(i int) int {
	j := i
	for j < len(c.s) && isDigit(c.s[j]) {
		j++
	}
	if j > i {
		// 二0一八 and 2〇18 mix the two.
		if j-i >= 4 || !isZero(c.next(j)) {
			return j
		}
	}
	k := j
	for k < len(c.s) && k-i < 36 {
		r, n := utf8.DecodeRuneInString(c.s[k:])
		if !isHanDigit(r) && !(k > i && j == i && r == '0') && !(j > i && r >= '0' && r <= '9') {
			break
		}
		k += n
	}
	return k
}

func isZero(r rune) bool { return r == '零' || r == '〇' || r == '○' }

// number reads a whole number at i. Two Chinese digits side by side that are no
// year (两三, 三五) mean the larger.
func (c *scan) number(i int) (n, j int, ok bool) {
	if i >= len(c.s) || c.s[i] < utf8.RuneSelf && !isDigit(c.s[i]) {
		return 0, i, false
	}
	j = c.run(i)
	if j == i || j-i > 36 {
		return 0, i, false
	}
	n, ok = value(c.s[i:j])
	return n, j, ok
}

func value(s string) (int, bool) {
	if isDigit(s[0]) && len(s) <= 8 {
		n := 0
		for k := 0; k < len(s); k++ {
			if !isDigit(s[k]) {
				break
			}
			n = n*10 + int(s[k]-'0')
			if k == len(s)-1 {
				return n, true
			}
		}
	}
	if len(s) == 6 && !strings.ContainsAny(s, "0123456789") {
		a, b := hanDigit(s[:3]), hanDigit(s[3:])
		if a > 0 && b > a {
			return b, true
		}
	}
	v, ok := zh.Number(s)
	return int(v), ok && v < 1e8
}

func hanDigit(s string) int {
	if s == "两" {
		return 2
	}
	if i := strings.Index("一二三四五六七八九", s); i >= 0 {
		return i/3 + 1
	}
	return 0
}

// dash skips what joins the two ends of a range.
func (c *scan) dash(i int) (int, bool) {
	j := i
	for {
		k, ok := c.any(j, "-", "—", "–", "―", "─", "~", "〜", "−", "至", "到")
		if !ok {
			return j, j > i
		}
		j = k
	}
}

// closes reports whether a date may end at i: no digit or letter goes on.
func (c *scan) closes(i int) bool { return i >= len(c.s) || !isWord(c.s[i]) }
