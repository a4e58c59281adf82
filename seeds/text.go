package seeds

import (
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"strings"

	"duban/internal/zh"
)

var (
	reBreak = regexp.MustCompile(`(?i)<br\s*/?>`)
	reGap   = regexp.MustCompile(`[ \x{3000}\x{a0}]{2,}`)
	reBars  = strings.NewReplacer("｜", "|", "│", "|", "┃", "|", "║", "|", "丨", "|")
	rePage  = regexp.MustCompile(`^(?:[-—–－―·•]+\s*\d{1,3}\s*[-—–－―·•]+|第\s*\d{1,3}\s*页(?:\s*[,，/、]?\s*共\s*\d{1,3}\s*页)?)$`)
	// rePageFoot is such a mark at the end of a line whose rest stands far from it.
	rePageFoot = regexp.MustCompile(`^[^\t|]{2,40}\t第\s*\d{1,3}\s*页(?:\s*[,，/、]?\s*共\s*\d{1,3}\s*页)?$`)
	reRule     = regexp.MustCompile(`^[\s|:+\-—_=─━┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝]+$`)
)

// readText makes a document of decoded text. Cells that a line holds are kept
// beside its text; whether they are a table is decided by the header row later.
func readText(s, name string) *document {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	if records, ok := separated(s, name); ok {
		return fromRecords(records)
	}
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = unspread(unpicture(l))
	}
	lines = unwrap(widenBroken(lines))
	starts := make([][]int, len(lines))
	for i, l := range lines {
		l = closeLabel(strings.NewReplacer("&nbsp;", " ", "&emsp;", " ", "&amp;", "&").Replace(l))
		l = reRoleTag.ReplaceAllString(l, "（$1）")
		starts[i] = cellStarts(l)
		lines[i] = reGap.ReplaceAllString(strings.Trim(l, " \u3000\u00a0"), "\t")
	}
	lines = strings.Split(zh.Clean(strings.Join(lines, "\n")), "\n")
	doc := &document{}
	for i := 0; i < len(lines); i++ {
		start := i
		text, n := quotedLine(lines[i:])
		i += n - 1
		b := lineBlock(start+1, text)
		if start < len(starts) && len(starts[start]) == max(len(b.cells), 1) {
			b.starts = starts[start]
		}
		doc.blocks = append(doc.blocks, b)
	}
	doc.joinDrawn()
	return doc
}

// reRoleTag is the part of a unit in angle brackets behind its name: 县水利局<牵头>.
var reRoleTag = regexp.MustCompile(`[<＜〈](牵头|牽頭|主办|主辦|配合|协办|協辦|参与|參與|负责|負責)[>＞〉]`)

// reWideLabel is a label whose characters stand apart: 责 任 单 位：
var reWideLabel = regexp.MustCompile(`(?:^|[（(；;。])[ \x{3000}\x{a0}]*(?:\p{Han}[ \x{3000}\x{a0}]+){1,7}\p{Han}[ \x{3000}\x{a0}]*[:：]`)

// reBoxLabel is a label in a box without a colon: 【责任单位】市水利局.
var reBoxLabel = regexp.MustCompile(`【([^【】：:。]{2,12})】[ ：:]*([^ ：:【】。]|$)`)

// openBoxes gives labels in boxes their colon.
func (h headings) openBoxes(s string) string {
	if !strings.Contains(s, "【") {
		return s
	}
	return reBoxLabel.ReplaceAllStringFunc(s, func(m string) string {
		word, rest, _ := strings.Cut(strings.TrimPrefix(m, "【"), "】")
		if h.labelKind(word, true) == kindNone || h.exact(squeeze(word)) == kindNone && reDutyEnd.MatchString(word) { // 【市司法局牵头】
			return m
		}
		if !strings.HasPrefix(s, m) {
			word = "；" + word
		}
		return word + "：" + strings.TrimLeft(rest, " ：:")
	})
}

// closeLabel takes the blanks out of such labels.
func closeLabel(s string) string {
	if !strings.ContainsAny(s, "：:") {
		return s
	}
	return reWideLabel.ReplaceAllStringFunc(s, func(m string) string { return strings.NewReplacer(" ", "", "\u3000", "", "\u00a0", "").Replace(m) })
}

// quotedLine joins a line with those after it while a tab cell in quotation marks,
// as a spreadsheet copies it, is still open. It returns how many lines it took.
func quotedLine(lines []string) (string, int) {
	if !strings.Contains(lines[0], "\t\"") && !strings.HasPrefix(lines[0], "\"") {
		return lines[0], 1
	}
	text := lines[0]
	for n := 1; n <= 30 && n <= len(lines); n++ {
		if strings.Contains(text, "\t") && strings.Count(text, `"`)%2 == 0 {
			return text, n
		}
		if n == len(lines) {
			break
		}
		text += "\n" + lines[n]
	}
	return lines[0], 1
}

// lineBlock keeps a line as text and, where it holds bars or tabs, as cells.
func lineBlock(no int, line string) block {
	b := block{line: no, text: oneLine(reBreak.ReplaceAllString(line, ""))}
	barred := reBars.Replace(line)
	switch {
	case reRule.MatchString(barred):
		b.text, b.rule = "", true
	case rePage.MatchString(strings.TrimSpace(b.text)), rePageFoot.MatchString(strings.TrimSpace(line)):
		b.text = ""
	case strings.Contains(barred, "|"):
		b.cells, b.sep, b.lead = splitBars(barred), '|', strings.HasPrefix(strings.TrimSpace(barred), "|")
	case strings.Contains(line, "\t"):
		b.cells, b.sep = strings.Split(line, "\t"), '\t'
	}
	for i, c := range b.cells {
		b.cells[i] = unquote(strings.TrimSpace(reBreak.ReplaceAllString(c, "\n")))
	}
	return b
}

func splitBars(line string) []string {
	line = strings.TrimSpace(line)
	line = strings.TrimPrefix(line, "|")
	line = strings.TrimSuffix(line, "|")
	return strings.Split(line, "|")
}

// unquote removes the quotation marks a spreadsheet sets around a copied cell.
func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	if inner := s[1 : len(s)-1]; strings.ContainsAny(inner, "\n\"\t,") {
		return strings.ReplaceAll(inner, `""`, `"`)
	}
	return s
}

// reAfterQuote are blanks behind the last quotation mark of a line: it would not close its cell.
var reAfterQuote = regexp.MustCompile(`(?m)"[ \x{3000}\x{a0}]+$`)

// separated reads comma or semicolon separated records where the file name says so,
// or where one of the first lines is a header row in that form.
func separated(s, name string) ([][]string, bool) {
	ext := strings.ToLower(filepath.Ext(name))
	comma := ','
	if ext != ".csv" {
		h := newHeadings()
		if comma = sniffComma(s, h); comma == 0 {
			return nil, false
		}
	} else if c := sniffComma(s, newHeadings()); c != 0 {
		comma = c
	} else if head, _, _ := strings.Cut(s, "\n"); strings.Contains(head, "\t") {
		return nil, false
	}
	r := csv.NewReader(strings.NewReader(reAfterQuote.ReplaceAllString(s, `"`)))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	var out [][]string
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, len(out) > 0
		}
		if err != nil {
			return nil, false // not separated values after all: read it as lines
		}
		out = append(out, rec)
	}
}

// sniffComma returns the separator of a header row among the first lines, or 0.
func sniffComma(s string, h headings) rune {
	n := 0
	for line := range strings.Lines(s) {
		if n++; n > 30 {
			break
		}
		for _, comma := range []rune{',', ';'} {
			if parts := strings.Split(zh.StripPinyin(line), string(comma)); len(parts) >= 3 && h.isHeader(parts) {
				return comma
			}
		}
	}
	return 0
}

func fromRecords(records [][]string) *document {
	doc := &document{}
	for i, rec := range records {
		b := block{line: i + 1, sep: ','}
		for _, c := range rec {
			b.cells = append(b.cells, strings.TrimSpace(zh.Clean(c)))
		}
		b.text = oneLine(strings.TrimSpace(strings.Join(b.cells, " ")))
		if len(strings.Fields(b.text)) == 0 {
			b.text = ""
		}
		if rePage.MatchString(b.text) {
			continue // printed between two rows
		}
		doc.blocks = append(doc.blocks, b)
	}
	return doc
}
