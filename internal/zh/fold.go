package zh

import (
	"strings"
	"unicode/utf8"
)

// Fold returns the form of s that is parsed, compared and searched; people never
// see it. In this order:
//
//   - damaged places become the mark Lost, which folds to "[缺字]" (see Clean);
//   - pinyin set after a character by a machine is removed (see StripPinyin);
//   - traditional characters become simplified, the longest phrase first;
//   - full-width ASCII becomes ASCII, so ，；：？！（）％ become , ; : ? ! ( ) %;
//     the small and vertical forms and the ratio sign ∶ follow;
//   - 〔〕, ﹝﹞ and ［］ become []; 【】 「」 stay;
//   - Latin letters become lower case;
//   - radicals and compatibility forms become the plain character;
//   - invisible characters and controls go; a run of blanks becomes one space, or
//     one line feed if it holds one; blanks at both ends go.
//
// The Chinese marks 、 。 《 》 “ ” ‘ ’ — … · and the dash – stay as they are, and
// so do ① and Chinese numerals. Fold of a folded string is the string itself.
func Fold(s string) string {
	t := loaded()
	if t.folded(s) {
		return s
	}
	s = StripPinyin(markLoss(t.reform(s, plainForm)))
	s = t.reform(s, foldForm)
	out := folder{b: make([]byte, 0, len(s))}
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			out.ascii(c)
			i++
			continue
		}
		out.flush()
		var n int
		out.b, n = t.step(out.b, s, i)
		i += n
	}
	return string(out.b)
}

// folder gathers the folded text and holds back the blank between two words, so
// that a run of blanks becomes one and none ends the text.
type folder struct {
	b     []byte
	blank byte
}

func (f *folder) ascii(c byte) {
	switch {
	case c == '\n':
		f.blank = c
	case c == ' ' || c == '\t':
		if f.blank == 0 {
			f.blank = ' '
		}
	default:
		f.flush()
		f.b = append(f.b, c)
	}
}

func (f *folder) flush() {
	if f.blank != 0 && len(f.b) > 0 {
		f.b = append(f.b, f.blank)
	}
	f.blank = 0
}

// reform copies s with every rune in the given form.
func (t *tables) reform(s string, form func(rune) rune) string {
	return strings.Map(func(r rune) rune {
		if r < 1<<16 && t.kind[r]&(kindFold|kindOdd) == 0 {
			return r
		}
		return form(r)
	}, s)
}

// folded reports whether s is already what Fold would make of it; it may say no
// when in doubt.
func (t *tables) folded(s string) bool {
	space := true
	for _, r := range s {
		if r == ' ' || r == '\n' {
			if space {
				return false
			}
			space = true
			continue
		}
		space = false
		if r >= 1<<16 {
			continue
		}
		if t.kind[r]&kindFold != 0 || r == '\t' || r == '\r' {
			return false
		}
	}
	return !space || s == ""
}

// CutBytes returns the longest prefix of s that has at most n bytes and ends
// between two characters. A negative n gives "".
func CutBytes(s string, n int) string {
	if n <= 0 {
		return ""
	}
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
