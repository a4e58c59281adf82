package seeds

import (
	"strings"
	"unicode/utf8"
)

// A list of units may tell by a mark who leads, and a note or the heading says so: ★市大
// 数据局、市政务服务局, ★为牵头单位.

// maxLegend bounds the rows at either end of a table in which such a note is looked for.
const maxLegend = 4

// legendOf is what the marks of a document mean.
func legendOf(blocks []block) map[string]kind {
	var out map[string]kind
	read := func(text string) {
		for _, m := range reLegend.FindAllStringSubmatch(text, 8) {
			if out == nil {
				out = make(map[string]kind)
			}
			out[m[1]] = legendKind(m[2])
		}
	}
	for _, b := range blocks {
		read(b.text)
		if b.table == nil {
			continue
		}
		for i, r := range b.table.rows {
			if i < maxLegend || i >= len(b.table.rows)-maxLegend {
				read(oneLine(r.text()))
			}
		}
	}
	return out
}

// legendKind is the part that a note gives to a mark.
func legendKind(word string) kind {
	switch word {
	case "牵头", "主办":
		return kindLead
	case "负责", "责任", "承办":
		return kindOwner
	}
	return kindSupport
}

// unmark writes the part of a unit behind its name instead of the mark at it.
func (b *builder) unmark(text string) string {
	if len(b.legend) == 0 {
		return text
	}
	var out strings.Builder
	for text != "" {
		end := strings.IndexFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;/\n：: ", r) })
		if end < 0 {
			end = len(text)
		}
		out.WriteString(b.unmarked(text[:end]))
		if text = text[end:]; text != "" {
			_, n := utf8.DecodeRuneInString(text)
			out.WriteString(text[:n])
			text = text[n:]
		}
	}
	return out.String()
}

// unmarked is the name of one unit with its part behind it.
func (b *builder) unmarked(name string) string {
	for mark, k := range b.legend {
		bare := strings.TrimSuffix(strings.TrimPrefix(name, mark), mark)
		switch {
		case bare == name:
		case k == kindLead:
			return bare + "（牵头）"
		case k == kindSupport:
			return bare + "（配合）"
		default:
			return bare
		}
	}
	return name
}
