package seeds

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// fromGlued reads a table that lost everything between its cells: 序号重点任务责任
// 单位完成时限 stands over lines such as 1推进…市住建局2018年底.
func (h headings) fromGlued(blocks []block, i int) (*taskTable, int) {
	words := h.unglue(blocks[i].text)
	if len(words) < 3 || !h.isHeader(words) {
		return nil, i + 1
	}
	t := &taskTable{cols: h.columns(words), fixed: true, line: blocks[i].line}
	end, misses := i+1, 0
	for j := i + 1; j < len(blocks) && misses < 4; j++ {
		b := blocks[j]
		if b.table != nil {
			break
		}
		if b.text == "" {
			continue
		}
		cells, ok := t.split(b.text)
		switch {
		case ok:
			t.rows = append(t.rows, row{line: b.line, cells: cells})
			misses, end = 0, j+1
		case isSection(b.text):
			t.rows = append(t.rows, textRow(b.line, []string{b.text}))
			end = j + 1
		default:
			misses++
		}
	}
	t.rows = h.body(t.rows)
	return t, end
}

// unglue cuts a line that is nothing but heading words, longest word first.
func (h headings) unglue(s string) []string {
	s = squeeze(s)
	if n := utf8.RuneCountInString(s); n < 6 || n > 60 {
		return nil
	}
	var out []string
	for s != "" {
		n := 0
		for w := range h.index {
			if len(w) > n && strings.HasPrefix(s, w) && utf8.RuneCountInString(w) > 1 {
				n = len(w)
			}
		}
		if n == 0 {
			return nil
		}
		out, s = append(out, s[:n]), s[n:]
	}
	return out
}

var (
	reGluedNo   = regexp.MustCompile(`^(\d{1,3})[.、．]?\s*`)
	reGluedTime = regexp.MustCompile(`(?:(?:20\d{2}[-—~～至]+20\d{2}年|20\d{2}年|每[半年季月周]|逐年|长期|持续|常态|适时|立行|立即|\d{1,2}月|年底|全年|上半年|下半年|[一二三四]季度|执行|按照?)[^，。；]{0,24})+$`)
	reOver      = regexp.MustCompile(`[省市县区](?:政府|直|级|属|府)?及?$`)
	reBegins    = regexp.MustCompile(`^(?:[省市县区州旗各]|国网|团[省市县区]|(?:人行|人民银行|中国|国家|武警|电信|移动|联通|铁塔|银保监|海事|海关|税务|邮政|供电|高新|经开)\p{Han}{2,10}$)`)
	reHasUnit   = regexp.MustCompile(`[省市县区各][^，。；\d]{0,12}?(?:局|办|厅|部门|中心|政府|公司|委员会|党组|院|街道)`)
	reListMark  = regexp.MustCompile(`[、，,；;]+`)
	reLevel     = regexp.MustCompile(`[省市县区州各]`)
)

// split cuts a row: the number in front, the time behind, then the longest run of
// units at the end of what is left.
func (t *taskTable) split(s string) ([]cell, bool) {
	cells := make([]cell, len(t.cols))
	rest := s
	for i, c := range t.cols {
		if c.kind == kindNo {
			m := reGluedNo.FindStringSubmatch(rest)
			if m == nil {
				return nil, false
			}
			cells[i].text, rest = m[1], rest[len(m[0]):]
		}
	}
	for i := len(t.cols) - 1; i >= 0; i-- {
		switch k := t.cols[i].kind; {
		case k == kindTime:
			if at := timeTail(rest); at >= 0 {
				cells[i].text, rest = strings.TrimSpace(rest[at:]), strings.TrimSpace(rest[:at])
			}
		case k.isOwner():
			if at := unitsTail(rest); at >= 0 {
				cells[i].text, rest = rest[at:], rest[:at]
			}
		case k == kindTitle || k == kindDetail:
			cells[i].text, rest = rest, ""
		}
	}
	return cells, row{cells: cells}.text() != s && len(row{cells: cells}.filled()) > 2
}

// timeTail is where the time requirement at the end of the row begins, or -1: the
// first time word with no unit's name behind it.
func timeTail(s string) int {
	for from := 0; from < len(s); {
		m := reGluedTime.FindStringIndex(s[from:])
		if m == nil {
			return -1
		}
		at := from + m[0]
		if at > 0 && !reHasUnit.MatchString(s[at:]) {
			return at
		}
		_, n := utf8.DecodeRuneInString(s[at:])
		from = at + n
	}
	return -1
}

// unitsTail is where the list of units at the end begins, or -1: the names are taken
// off the end one by one, at the list marks and at 等, and the first name starts at
// the last level word from which the piece is a unit's name.
func unitsTail(s string) int {
	at := -1
	for end := len(s); ; {
		start := 0
		if marks := reListMark.FindAllStringIndex(s[:end], -1); len(marks) > 0 {
			start = marks[len(marks)-1][1]
		}
		piece := s[start:end]
		n := nameStart(piece)
		if start > 0 && (reBegins.MatchString(piece) || n < 0 && utf8.RuneCountInString(piece) <= 8) && looksUnits(piece) {
			n = 0
		}
		switch {
		case n > 0:
			at = start + n
		case n == 0:
			at = start
		default:
			return at
		}
		rest := strings.TrimRight(s[:at], "、，,；;和及 ")
		rest = strings.TrimSuffix(rest, "等")
		if len(rest) == at || rest == "" {
			return at
		}
		end = len(rest)
	}
}

// nameStart finds the unit's name at the end of a piece.
func nameStart(s string) int {
	all := reLevel.FindAllStringIndex(s, -1)
	for i := len(all) - 1; i >= 0; i-- {
		at := all[i][0]
		name := s[at:]
		if n := utf8.RuneCountInString(name); n < 3 || n > 24 || !reUnitToken.MatchString(name) && !strings.HasPrefix(name, "各") {
			continue
		}
		if strings.HasPrefix(name, "各") {
			return at - len(reOver.FindString(s[:at]))
		}
		if i > 0 && all[i-1][1] == at { // 市市场监管局, 市县两级: the level word stands before
			at = all[i-1][0]
		}
		return at
	}
	return -1
}
