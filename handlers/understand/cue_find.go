package understand

import (
	"strings"
	"unicode/utf8"
)

// cueWord is one word of a cue, cut at the gap, with the mark of its first character.
type cueWord struct {
	head, tail string
	mark       marks
}

// marks is a small set of characters by their lowest bits: what is not in it is
// surely not in the text, which spares most of the searching.
type marks [4]uint64

func (m *marks) add(r rune) { m[(r>>6)&3] |= 1 << (r & 63) }

func (m *marks) meets(o *marks) bool {
	return m[0]&o[0]|m[1]&o[1]|m[2]&o[2]|m[3]&o[3] != 0
}

func marksOf(s string) (m marks) {
	for _, r := range s {
		m.add(r)
	}
	return m
}

// compiled holds the words of every cue.
var compiled = compileCues()

func compileCues() (out [cueCount][]cueWord) {
	for i, words := range cueWords {
		for pattern := range strings.FieldsSeq(words) {
			for _, w := range spell(pattern) {
				head, tail, _ := strings.Cut(strings.ReplaceAll(w, "_", " "), "…")
				out[i] = append(out[i], cueWord{head: head, tail: tail, mark: marksOf(first(head, 1))})
			}
		}
	}
	return out
}

// spell writes out a pattern: {a|b}c is ac and bc.
func spell(pattern string) []string {
	before, rest, ok := strings.Cut(pattern, "{")
	if !ok {
		return []string{pattern}
	}
	choices, after, _ := strings.Cut(rest, "}")
	var out []string
	for c := range strings.SplitSeq(choices, "|") {
		for _, tail := range spell(after) {
			out = append(out, before+c+tail)
		}
	}
	return out
}

// cueStart is a word of a cue, found by its first character.
type cueStart struct {
	cueWord
	cue cue
}

// starting holds the words of all cues by their first character.
var starting = func() map[rune][]cueStart {
	out := map[rune][]cueStart{}
	for c, words := range compiled {
		for _, w := range words {
			r, _ := utf8.DecodeRuneInString(w.head)
			out[r] = append(out[r], cueStart{w, cue(c)})
		}
	}
	return out
}()

// findCues notes for every cue where its first word begins, as findCue would find it.
func (u *utterance) findCues() {
	u.cued = true
	for i := range u.hits {
		u.hits[i] = -1
	}
	for i, r := range u.s {
		for _, w := range starting[r] {
			if u.hits[w.cue] >= 0 || !strings.HasPrefix(u.s[i:], w.head) {
				continue
			}
			if w.tail == "" || strings.Index(u.s, w.head) == i && follows(u.s[i+len(w.head):], w.tail) {
				u.hits[w.cue] = int16(i)
			}
		}
	}
}

// at returns where the first word of the cue that the text holds begins, or −1.
func (u *utterance) at(c cue) int {
	if !u.cued {
		u.findCues()
	}
	return int(u.hits[c])
}

// has reports whether the text holds a word of the cue.
func (u *utterance) has(c cue) bool { return u.at(c) >= 0 }

// findCue looks for the words of a cue in s, whose characters m holds.
func findCue(s string, c cue, m *marks) int {
	return findCueSpan(s, c, m).start
}

// cueSpan is where a word of a cue stands: its first part in [start, head), after the
// gap its second in [tail, end). Without a gap head, tail and end are one.
type cueSpan struct{ start, head, tail, end int }

// findCueSpan is findCue with where the word ends. Of words that begin together the
// longest counts.
func findCueSpan(s string, c cue, m *marks) cueSpan {
	best := cueSpan{start: -1}
	for i := range compiled[c] {
		w := &compiled[c][i]
		if !m.meets(&w.mark) {
			continue
		}
		at := strings.Index(s, w.head)
		if at < 0 || best.start >= 0 && at > best.start {
			continue
		}
		to := at + len(w.head)
		here := cueSpan{at, to, to, to}
		if w.tail != "" {
			if !follows(s[to:], w.tail) {
				continue
			}
			here.tail = to + strings.Index(s[to:], w.tail)
			here.end = here.tail + len(w.tail)
		}
		if best.start < 0 || at < best.start || here.end > best.end {
			best = here
		}
	}
	return best
}

// follows reports whether word stands in s within the gap and the clause.
func follows(s, word string) bool {
	i := strings.Index(s, word)
	return i >= 0 && i <= gap && !strings.ContainsAny(s[:i], ",，。;；!?\n")
}
