package zh

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// addForms marks the runes that are not Chinese but must change: full-width
// forms, blanks, invisible characters, brackets, damaged characters.
func (t *tables) addForms() {
	for r := rune(0); r < 1<<16; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		if r != '\n' && r != ' ' && foldForm(r) != r {
			t.kind[r] |= kindFold
		}
		if r != '\n' && r != ' ' && r != '\t' && cleanForm(r) != r {
			t.kind[r] |= kindOdd
		}
	}
	for _, r := range "(（?？" {
		t.kind[r] |= kindFold | kindOdd
	}
	for _, r := range ",;:)[" {
		t.kind[r] |= kindOdd
	}
	for r := rune(0xE000); r < 0xF900; r++ {
		t.kind[r] |= kindFold | kindOdd
	}
	for _, r := range "\uFFFD锟" {
		t.kind[r] |= kindFold | kindOdd
	}
}

// dropped is what the form functions return for a rune that has no place in text.
const dropped rune = -1

// foldForm is the one form in which Fold writes r.
func foldForm(r rune) rune {
	r = plainForm(r)
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r >= 0xFF01 && r <= 0xFF5E:
		return foldForm(r - 0xFEE0)
	case r == '\n', r == '\t':
		return r
	}
	switch r {
	case '〔', '﹝':
		return '['
	case '〕', '﹞':
		return ']'
	case '∶', '︰', '﹕':
		return ':'
	case '〜', '∼':
		return '~'
	case '﹣', '−':
		return '-'
	}
	return r
}

// cleanForm is the one form in which Clean writes r, brackets and the
// punctuation that depends on the neighbours aside.
func cleanForm(r rune) rune {
	r = plainForm(r)
	switch {
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return r - 0xFEE0
	}
	switch r {
	case '％', '＋', '－', '／', '＝', '＠', '＃', '＆', '＊', '＿':
		return r - 0xFEE0
	case '﹝', '［':
		return '〔'
	case '﹞', '］':
		return '〕'
	case '∶', '︰', '﹕':
		return '：'
	}
	return r
}

// plainForm undoes what a page layout did to a character: radicals and
// compatibility forms in place of characters, small and half-width punctuation,
// odd blanks, invisible characters and controls.
func plainForm(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == 0x85 || r == 0x2028 || r == 0x2029:
		return '\n'
	case r == 0xAD || r == 0xFEFF || r >= 0x200B && r <= 0x200F || r >= 0x2060 && r <= 0x2064:
		return dropped
	case r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
		return dropped // direction marks can make a text read otherwise than it is
	case unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.IsControl(r):
		return dropped
	case r >= 0x2F00 && r <= 0x2FDF || r >= 0xF900 && r <= 0xFAFF:
		return compatible(r)
	case r >= 0xFE50 && r <= 0xFE6F && r != '﹝' && r != '﹞' || r >= 0xFF61 && r <= 0xFF65:
		return small(r)
	case r > 0x4E00 && r < 0xA000:
		return scanned(r)
	}
	return r
}

// scanned is the Simplified character for a form that only Japanese has: what the
// reading of a scan makes of 单 or 发 by mistake.
func scanned(r rune) rune {
	const from, to = "単団県発営関対広気検験済経総続労転実権両図変収徳択沢戦鉄効処斉歩毎黒拡拠応従圧囲読売覧観価仮栄塩", "单团县发营关对广气检验济经总续劳转实权两图变收德择泽战铁效处齐步每黑扩据应从压围读卖览观价假荣盐"
	if i := strings.IndexRune(from, r); i >= 0 {
		c, _ := utf8.DecodeRuneInString(to[i:])
		return c
	}
	return r
}

// compatible is the plain character of a radical or compatibility form.
func compatible(r rune) rune {
	if out := []rune(norm.NFKC.String(string(r))); len(out) == 1 {
		return out[0]
	}
	return r
}

// small is the full-width punctuation of a small or half-width one; the
// functions above narrow it where they narrow its kind.
func small(r rune) rune {
	const from, to = "﹐﹑﹒﹔﹕﹖﹗﹘﹙﹚﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫｡｢｣､･", "，、．；：？！—（）＃＆＊＋－＜＞＝＼＄％＠。「」、·"
	wide := []rune(to)
	for i, c := range []rune(from) {
		if c == r {
			return wide[i]
		}
	}
	return r
}
