// Package secrecy knows the markings of secrecy (密级标志) that official papers carry, and
// what else must not leave the office. It is the one list: whoever takes text in refuses
// what is Marked, whoever sends text to others refuses what is Sensitive.
//
// In go text in any script and width, out comes yes or no. Words that merely speak of
// secrecy (市保密局, 内部管理, 商业秘密) are no markings. It keeps nothing and masks nothing.
package secrecy

import (
	"regexp"
	"slices"
	"strings"

	"duban/internal/zh"
)

// Notice is the line that stands wherever text is taken in.
const Notice = "严禁录入涉密内容"

// Refusal is what is said to whoever sent something that is marked: what happened and
// what to do.
const Refusal = "内容带有密级标志，已拒绝接收，没有保存。本系统" + Notice + "：涉密内容请按保密规定办理，并撤回刚才发送的消息或文件；确不涉密的，请删去误写的密级字样后再发。"

// Gate is the list with what an office adds to it. A nil Gate is the list alone.
type Gate struct {
	words    []string // further words that mark a text
	harmless []string // words that do not, whatever stands in them
}

// New makes a gate of an office's own words, folded; empty ones are passed over.
func New(words, harmless []string) *Gate {
	return &Gate{words: folded(words), harmless: folded(harmless)}
}

func folded(list []string) []string {
	var out []string
	for _, w := range list {
		if w = zh.Fold(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// Marked reports whether a line of the text carries a marking.
func (g *Gate) Marked(text string) bool {
	return g.any(text, func(line string) bool { return speaks(line) && matches(markings, line) })
}

// speaks reports whether the line can match a marking at all: each has one of these.
func speaks(line string) bool { return strings.Contains(line, "密") || strings.Contains(line, "内") }

// MarkedHead is Marked for the head of a document, its first lines and its name, where
// the mere word 内部 marks it too.
func (g *Gate) MarkedHead(text string) bool {
	return g.any(text, func(line string) bool { return speaks(line) && (matches(markings, line) || matches(heads, line)) })
}

// Sensitive reports whether the text holds what must not be sent to others: a marking,
// words that belong to secret papers, telephone and identity numbers. Whoever asks can
// do without sending, so it refuses more than Marked.
func (g *Gate) Sensitive(text string) bool {
	return g.any(text, func(line string) bool { return matches(markings, line) || matches(leaving, line) })
}

func matches(list []*regexp.Regexp, line string) bool {
	return slices.ContainsFunc(list, func(re *regexp.Regexp) bool { return re.MatchString(line) })
}

func (g *Gate) any(text string, line func(string) bool) bool {
	for s := range strings.SplitSeq(text, "\n") {
		s = zh.Fold(s)
		if g != nil {
			for _, w := range g.harmless {
				s = strings.ReplaceAll(s, w, "、")
			}
			if slices.ContainsFunc(g.words, func(w string) bool { return strings.Contains(s, w) }) {
				return true
			}
		}
		if line(s) {
			return true
		}
	}
	return false
}
