package zh

import (
	_ "embed" // the tables below
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/chars.txt
var charsTXT string

//go:embed data/phrases.txt
var phrasesTXT string

// doubtful lists traditional characters that Simplified texts use too, most of
// them in names (于 and 於 are two surnames; 甯, 昇 and 陞 are allowed in names).
// Alone they do not show that a text is traditional, and in a Simplified text
// they are left as they are.
const doubtful = "乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽昇嶁祕頫陞氾鉅鎔谿餱濛矇劄椏蒐剗藉瞭覆沈坏么著"

// The kinds of runes the tables know about.
const (
	kindMapped uint8 = 1 << iota // the character alone has a simplified form
	kindHead                     // a phrase begins here
	kindSure                     // its mere presence shows traditional text
	kindFold                     // Fold has work to do
	kindOdd                      // Clean has work to do
)

// phrase is one entry of the phrase list.
type phrase struct{ from, to string }

// tables is everything the package looks up by rune, for the basic plane.
type tables struct {
	kind    [1 << 16]uint8
	simple  [1 << 16]uint16
	phrases map[rune][]phrase // by first rune, longest first
}

// loaded builds the tables on first use; it takes about a millisecond.
var loaded = sync.OnceValue(load)

func load() *tables {
	t := &tables{phrases: make(map[rune][]phrase, 256)}
	for line := range strings.Lines(charsTXT) {
		from, n := utf8.DecodeRuneInString(line)
		to, _ := utf8.DecodeRuneInString(line[n:])
		t.simple[from] = uint16(to)
		t.kind[from] |= kindMapped | kindFold | kindOdd
		if !strings.ContainsRune(doubtful, from) {
			t.kind[from] |= kindSure
		}
	}
	for line := range strings.Lines(phrasesTXT) {
		from, to, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		t.addPhrase(from, to)
	}
	for head, list := range t.phrases {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.from) - len(a.from) })
		t.kind[head] |= kindHead
	}
	t.kind['著'] |= kindFold | kindOdd
	t.addForms()
	return t
}

// addPhrase also lists a result that still holds a convertible character, so
// that converting twice gives the same as converting once.
func (t *tables) addPhrase(from, to string) {
	head, _ := utf8.DecodeRuneInString(from)
	t.phrases[head] = append(t.phrases[head], phrase{from, to})
	if from == to {
		return
	}
	t.trigger(from, to)
	for _, r := range to {
		if r < 1<<16 && t.kind[r]&kindMapped != 0 {
			head, _ = utf8.DecodeRuneInString(to)
			t.phrases[head] = append(t.phrases[head], phrase{to, to})
			return
		}
	}
}

// trigger marks the character that a phrase changes where the character table
// does not: Fold's fast path must not pass over it (瞭 in 瞭解).
func (t *tables) trigger(from, to string) {
	for i, r := range to {
		if old, _ := utf8.DecodeRuneInString(from[i:]); old != r {
			t.kind[old] |= kindFold | kindOdd
			return
		}
	}
}

// convert turns all of s into Simplified, the longest phrase first.
func (t *tables) convert(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		var n int
		out, n = t.step(out, s, i)
		i += n
	}
	return string(out)
}

// step appends the simplified form of what stands at s[i] and returns how many
// bytes of s that was. i must be inside s.
func (t *tables) step(b []byte, s string, i int) ([]byte, int) {
	r, n := utf8.DecodeRuneInString(s[i:])
	if r >= 1<<16 {
		return append(b, s[i:i+n]...), n
	}
	kind := t.kind[r]
	if kind&kindHead != 0 {
		for _, p := range t.phrases[r] {
			if strings.HasPrefix(s[i:], p.from) {
				return append(b, p.to...), len(p.from)
			}
		}
	}
	switch {
	case kind&kindMapped != 0:
		return utf8.AppendRune(b, rune(t.simple[r])), n
	case r == '著' && !realZhu(s[:i], s[i+n:]):
		return append(b, "着"...), n
	}
	return append(b, s[i:i+n]...), n
}

// realZhu reports whether the 著 between before and after is right in Simplified
// too (显著, 著名). Elsewhere a machine made it from 着 (沿著, 著力), which the
// source tables do not undo.
func realZhu(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	if strings.ContainsRune("力手眼重", next) {
		return false
	}
	return strings.ContainsRune("显顯卓昭名专專原巨论論编編译譯合遗遺拙新所土", last) ||
		strings.ContainsRune("名作称稱述书書录錄者", next)
}

// sure counts the characters of s that only traditional text has, and all of
// its Han characters.
func (t *tables) sure(s string) (traditional, han int) {
	for _, r := range s {
		if !isHan(r) {
			continue
		}
		han++
		if r < 1<<16 && t.kind[r]&kindSure != 0 {
			traditional++
		}
	}
	return traditional, han
}

// isHan reports whether r is a Chinese character of the unified blocks.
func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r == '〇' || r >= 0x20000 && r <= 0x3134F
}
