package zh

import (
	"strings"
	"unicode/utf8"
)

// StripPinyin removes the pinyin that some pages set after a character, as in
// 發(fā), 會(huì ) or 開（kāi）. A group goes if it stands directly after a Chinese
// character and holds one syllable with a tone mark. A syllable without one, as in
// 們(men), goes only from a text that shows such noise otherwise. Real brackets
// such as (APP), (A类) or (2018) stay.
func StripPinyin(s string) string {
	if !strings.ContainsAny(s, "(（") {
		return s
	}
	noisy, decided := false, false
	var b strings.Builder
	from, afterHan := 0, false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if afterHan && (r == '(' || r == '（') {
			size, toned := pinyinGroup(s[i:])
			if size > 0 && !toned && !decided {
				noisy, decided = hasTonedGroup(s) || isTraditional(s), true
			}
			if size > 0 && (toned || noisy) {
				b.WriteString(s[from:i])
				i += size
				from = i
				continue
			}
		}
		afterHan = isHan(r)
		i += n
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// hasTonedGroup reports whether s has a bracket with a toned syllable after a
// Chinese character: the sure sign of a machine at work.
func hasTonedGroup(s string) bool {
	afterHan := false
	for i, r := range s {
		if afterHan && (r == '(' || r == '（') {
			if size, toned := pinyinGroup(s[i:]); size > 0 && toned {
				return true
			}
		}
		afterHan = isHan(r)
	}
	return false
}

// pinyinGroup measures the bracketed syllable that s begins with; 0 if there is none.
func pinyinGroup(s string) (size int, toned bool) {
	open, n := utf8.DecodeRuneInString(s)
	if open != '(' && open != '（' {
		return 0, false
	}
	var plain strings.Builder
	for i, r := range s[n:] {
		switch {
		case r == ')' || r == '）':
			if !syllable(plain.String()) {
				return 0, false
			}
			return n + i + utf8.RuneLen(r), toned
		case r == ' ' || r == '\u00a0' || r == '\u3000':
		case r >= 'a' && r <= 'z':
			plain.WriteRune(r)
		default:
			base := untoned(r)
			if base == 0 {
				return 0, false
			}
			plain.WriteByte(base)
			toned = toned || r != 'ü'
		}
		if i > 24 {
			return 0, false
		}
	}
	return 0, false
}

// untoned is the letter under a tone mark, v for ü; 0 for anything else.
func untoned(r rune) byte {
	const marked, plain = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜüńňǹḿê", "aaaaaeeeeeiiiiiooooouuuuuvvvvvnnnme"
	i := 0
	for _, c := range marked {
		if c == r {
			return plain[i]
		}
		i++
	}
	return 0
}

// syllable reports whether s is an initial and a final of standard Chinese. It
// lets a few pairs pass that do not exist; they are no English words in brackets
// that a plan would use.
func syllable(s string) bool {
	if s == "" || len(s) > 6 {
		return false
	}
	switch s {
	case "m", "n", "ng", "hm", "hng":
		return true
	}
	rest := s
	for _, initial := range []string{"zh", "ch", "sh"} {
		if strings.HasPrefix(s, initial) {
			return isFinal(s[2:])
		}
	}
	if strings.IndexByte("bpmfdtnlgkhjqxrzcsyw", s[0]) >= 0 {
		rest = s[1:]
	}
	return isFinal(rest)
}

// finals are the finals as they are written after an initial, and alone.
const finals = " a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ue v ve van vn ueng io "

func isFinal(s string) bool {
	return s != "" && strings.Contains(finals, " "+s+" ")
}

// isTraditional reports whether s as a whole is traditional text: at least one
// character in eight exists only there.
func isTraditional(s string) bool {
	traditional, han := loaded().sure(s)
	return traditional > 0 && traditional*8 >= han
}
