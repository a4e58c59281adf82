package seeds

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A plan that came as a chat message has pictures for bullets, and for the word that they
// stand for: ✅1、印发宣传单 👉责任单位：林业站 ⏰11月8日前.

var (
	rePicture = regexp.MustCompile(`[\x{1F300}-\x{1FAFF}\x{2705}\x{2728}\x{2B50}\x{27A1}\x{26A0}\x{2757}\x{23E9}-\x{23FA}\x{231A}\x{231B}\x{261D}\x{2795}]\x{FE0F}?`)
	reKeycap  = regexp.MustCompile(`([\d０-９])\x{FE0F}?\x{20E3}[.、]?`)
	reClock   = regexp.MustCompile(`(?:[\x{23F0}-\x{23F3}\x{1F550}-\x{1F567}\x{1F4C5}\x{1F4C6}\x{231A}\x{231B}\x{1F5D3}]\x{FE0F}?)[ ]*([\d０-９]|每|[年月][底末]|本[周月]|下[周月]|长期)`)
)

// unpicture takes the pictures out of a line; a clock before a date says 完成时限.
func unpicture(l string) string {
	if !strings.ContainsFunc(l, isPicture) {
		return l
	}
	l = reKeycap.ReplaceAllString(l, "$1.")
	l = reClock.ReplaceAllString(l, " 完成时限：$1")
	l = rePicture.ReplaceAllString(l, " ")
	return strings.TrimSpace(reGap.ReplaceAllString(l, " "))
}

func isPicture(r rune) bool {
	return r >= 0x1F300 && r <= 0x1FAFF || r == 0x20E3 || r >= 0x23E9 && r <= 0x23FA || strings.ContainsRune("✅✨⭐➡⚠❗⌚⌛☝➕", r)
}

// minSpread is how many characters must stand apart before a line counts as spread.
const minSpread = 8

// unspread joins a line whose characters all stand apart, as a scanner prints them: 责 任 单
// 位 ： 县 财 政 局. Numbers are joined too.
func unspread(l string) string {
	words := strings.Fields(l)
	if len(words) < minSpread || reGap.MatchString(strings.TrimSpace(l)) || strings.ContainsAny(l, "\t|│") {
		return l
	}
	han := 0
	for _, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		if n != len(w) {
			return l
		}
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if han < minSpread {
		return l
	}
	return strings.Join(words, "")
}
