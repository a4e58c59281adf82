package when

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// source is a text made ready for scanning: folded, blanks inside phrases taken
// out, slips of the pen mended. at maps each byte of s, and its end, to the byte of
// the folded text it came from.
type source struct {
	s      string
	folded string
	at     []int32
	mended bool // a slip was mended: the reading is less sure
}

// prepare folds and compacts the text, cut at limit bytes.
func prepare(text string, limit int) source {
	text = zh.CutBytes(text, limit)
	folded := zh.Fold(text)
	b := make([]byte, 0, len(folded))
	at := make([]int32, 0, len(folded)+1)
	for i := 0; i < len(folded); i++ {
		c := folded[i]
		if (c == ' ' || c == '\n') && joins(b, folded[i+1:], c) {
			continue
		}
		if strings.HasPrefix(folded[i:], lostMark) {
			i += len(lostMark) - 1
			continue
		}
		b = append(b, c)
		at = append(at, int32(i))
	}
	at = append(at, int32(len(folded)))
	mended := mend(b)
	return source{s: string(b), folded: folded, at: at, mended: mended}
}

// lostMark is what folding leaves where the document lost bytes; a date can go on
// behind it.
const lostMark = "[缺字]"

// joins reports whether the blank between the two texts only spreads out a phrase:
// it stays between two Latin words or numbers, and a line feed stays as a separator
// unless a number stands before it or the rest of a date behind it.
func joins(before []byte, after string, blank byte) bool {
	if len(before) == 0 || after == "" {
		return true
	}
	last, next := before[len(before)-1], after[0]
	if blank == '\n' {
		r, _ := utf8.DecodeRuneInString(after)
		return isDigit(last) && next >= utf8.RuneSelf || strings.ContainsRune("年月日号底末前内旬起止", r)
	}
	return !(isWord(last) && isWord(next))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isWord(c byte) bool  { return isDigit(c) || c >= 'a' && c <= 'z' }

// mend puts right, in place, the slips that plans are full of, each by one of the
// same length: o and l in numbers, 低 for 底, 未 for 末, 曰 for 日, 目 for 月, 钱 for 前.
func mend(b []byte) bool {
	mended := false
	for i := 0; i < len(b); i++ {
		if b[i] == 'o' || b[i] == 'l' || b[i] == 'i' {
			mended = mendDigits(b, i) || mended
		}
		if b[i] == 'o' && isHanDigit(lastRune(b[:i])) && (isHanDigit(nextRune(b[i+1:])) || nextRune(b[i+1:]) == '年') {
			b[i], mended = '0', true // 二O一八年
		}
		if b[i] < utf8.RuneSelf {
			continue
		}
		for _, slip := range slips {
			if bytes.HasPrefix(b[i:], []byte(slip.wrong)) && slip.fits(lastRune(b[:i]), nextRune(b[i+3:])) {
				copy(b[i:], slip.right)
				mended = true
			}
		}
		_, n := utf8.DecodeRune(b[i:])
		i += n - 1
	}
	return mended
}

// slip is one character written for another; before and after are its neighbours
// (# is the end of the text).
type slip struct{ wrong, right, before, after string }

var slips = [...]slip{
	{"低", "底", "年月季度", "前之以,;、。完#"},
	{"未", "末", "年月季度", "前之以,;、。#"},
	{"曰", "日", "0123456789一二三四五六七八九十", "前之以,;、。至-起#"},
	{"目", "月", "0123456789", "底末前份上中下0123456789"},
	{"钱", "前", "底末", "完建,;、。#"},
}

func (s *slip) fits(before, after rune) bool {
	return before != '#' && strings.ContainsRune(s.before, before) && strings.ContainsRune(s.after, after)
}

// mendDigits replaces o and l in a run of digits that a date unit follows.
func mendDigits(b []byte, i int) bool {
	lo, hi := i, i
	for lo > 0 && isDigitLike(b[lo-1]) {
		lo--
	}
	for hi < len(b) && isDigitLike(b[hi]) {
		hi++
	}
	digits := 0
	for _, c := range b[lo:hi] {
		if isDigit(c) {
			digits++
		}
	}
	after := nextRune(b[hi:])
	if digits == 0 || hi-lo > 4 || lo > 0 && isWord(b[lo-1]) || !strings.ContainsRune("年月日号./-", after) {
		return false
	}
	for j := lo; j < hi; j++ {
		switch b[j] {
		case 'o':
			b[j] = '0'
		case 'l', 'i':
			b[j] = '1'
		}
	}
	return true
}

func isDigitLike(c byte) bool { return isDigit(c) || c == 'o' || c == 'l' || c == 'i' }

// lastRune and nextRune give '#' at the end of the text.
func lastRune(b []byte) rune {
	if len(b) == 0 {
		return '#'
	}
	r, _ := utf8.DecodeLastRune(b)
	return r
}

func nextRune(b []byte) rune {
	if len(b) == 0 {
		return '#'
	}
	r, _ := utf8.DecodeRune(b)
	return r
}
