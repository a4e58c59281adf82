package wording

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"duban/store/ledger"
)

// Light is how one level is shown: its Chinese word, the mark before it in a chat and
// its colour (RRGGBB) in tables and pictures. Colours mean different things in different
// places, so a mark or a colour never stands without the word.
type Light struct {
	Word   string
	Mark   string
	Colour string // empty: the drawing's own
}

// Lights is an office's own table of lights. What it leaves out is as in the built-in
// one, so that the nil table is whole.
type Lights map[ledger.Level]Light

// builtin are the words and marks in use where an office has none of its own.
func builtin(l ledger.Level) Light {
	switch l {
	case ledger.LevelNear:
		return Light{Word: "临期", Mark: "🟡"}
	case ledger.LevelBehind:
		return Light{Word: "滞后", Mark: "🟡"}
	case ledger.LevelOverdue:
		return Light{Word: "逾期", Mark: "🔴"}
	case ledger.LevelPending:
		return Light{Word: "待审核", Mark: "🟣"}
	case ledger.LevelClosed:
		return Light{Word: "已办结", Mark: "🔵"}
	case ledger.LevelStanding:
		return Light{Word: "长期", Mark: "⚪"}
	case ledger.LevelPaused:
		return Light{Word: "已暂缓", Mark: "⚪"}
	case ledger.LevelCancelled:
		return Light{Word: "已撤销", Mark: "⚪"}
	case ledger.LevelNormal:
	}
	return Light{Word: "正常", Mark: "🟢"}
}

// Word is the Chinese word of a level.
func (t Lights) Word(l ledger.Level) string {
	if own := t[l].Word; own != "" {
		return own
	}
	return builtin(l).Word
}

// Own is the office's own word for a level, or the word that stands elsewhere where it
// has none: a sentence of a bulletin names the levels at greater length than a list.
func (t Lights) Own(l ledger.Level, otherwise string) string {
	if w := t.Word(l); w != builtin(l).Word {
		return w
	}
	return otherwise
}

// Colour is the office's own colour of a level, or the one that stands elsewhere.
func (t Lights) Colour(l ledger.Level, otherwise string) string {
	if own := t[l].Colour; own != "" {
		return own
	}
	return otherwise
}

// Of is mark and word: 🟡 临期.
func (t Lights) Of(l ledger.Level) string {
	mark := t[l].Mark
	if mark == "" {
		mark = builtin(l).Mark
	}
	return mark + " " + t.Word(l)
}

// The bounds of a word in characters and of a mark in bytes: a flag or a joined emoji
// takes up to a few dozen, a light never does.
const (
	maxWord = 6
	maxMark = 12
)

// Faults returns every fault of the table as a Chinese sentence that begins with the
// level's name, in the levels' order; none means that it can be used.
func (t Lights) Faults() []error {
	var out []error
	known := ledger.Levels()
	for _, l := range t.unknown(known) {
		names := make([]string, len(known))
		for i, k := range known {
			names[i] = string(k)
		}
		out = append(out, fmt.Errorf("%s 不是灯号级别，应为 %s", l, strings.Join(names, "、")))
	}
	seen := map[string]ledger.Level{}
	for _, l := range known {
		own, named := t[l]
		if named {
			out = append(out, own.faults(l)...)
		}
		if own.Word == "" && named {
			continue
		}
		w := t.Word(l)
		if other, twice := seen[w]; twice {
			out = append(out, fmt.Errorf("%s 和 %s 的 word 都是“%s”，应各不相同", other, l, w))
		}
		seen[w] = l
	}
	return out
}

// unknown lists the keys that are no level, in order.
func (t Lights) unknown(known []ledger.Level) []ledger.Level {
	var out []ledger.Level
	for l := range t {
		if !slices.Contains(known, l) {
			out = append(out, l)
		}
	}
	slices.Sort(out)
	return out
}

func (x Light) faults(l ledger.Level) []error {
	var out []error
	switch n := utf8.RuneCountInString(x.Word); {
	case n == 0:
		out = append(out, fmt.Errorf("%s 的 word 不能为空", l))
	case n > maxWord || strings.ContainsFunc(x.Word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }):
		out = append(out, fmt.Errorf("%s 的 word 应为不超过%d个字的词，不带标点，现为“%s”", l, maxWord, x.Word))
	}
	if len(x.Mark) > maxMark || Escape(x.Mark) != x.Mark || strings.ContainsFunc(x.Mark, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		out = append(out, fmt.Errorf("%s 的 mark 应为一个表情或符号，不超过%d字节，现为“%s”", l, maxMark, x.Mark))
	}
	if x.Colour != "" && !rrggbb(x.Colour) {
		out = append(out, fmt.Errorf("%s 的 colour 应为六位十六进制颜色，例如 E8C33A，现为“%s”", l, x.Colour))
	}
	return out
}

func rrggbb(s string) bool {
	return len(s) == 6 && strings.Trim(s, "0123456789ABCDEFabcdef") == ""
}
