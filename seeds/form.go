package seeds

import (
	"regexp"
	"slices"
	"unicode/utf8"
)

// reCaption finds the number in the caption of a form: 任务书（3）, 项目5.
var reCaption = regexp.MustCompile(`(?:任务|项目|事项|任务书|责任书|任务单|督办单|交办单|责任状|表|卡|清单)\s*(?:[（(]?\s*(?:第|之|NO\.?|No\.?)?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:号)?[）)]?)$`)

// fromForm reads tables that hold one task each (or one below the other) as labels
// with their values beside them: 项目名称 | 滨河路改造, 包联领导 | 杨帆 | 牵头单位 | 区住建局.
// caption is the line over the table, which may have the number.
func (h headings) fromForm(g *grid, caption string) *taskTable {
	t := &taskTable{fixed: true, merges: true}
	var cells []cell
	flush := func(line int) {
		if r := (row{line: line, cells: cells}); len(r.filled()) > 1 {
			t.rows = append(t.rows, r)
		}
		cells = make([]cell, len(t.cols))
	}
	known, filled := 0, 0
	var inside []string // the numbers in captions that are rows of the form
	for _, r := range g.rows {
		words := h.ungrouped(own(r.cells))
		if len(words) < 2 {
			if m := reCaption.FindStringSubmatch(r.text()); m != nil {
				inside = append(inside, m[1])
			}
			continue
		}
		filled++
		k := h.formLabel(words[0].text)
		if k == kindNone {
			continue
		}
		known++
		if head := oneLine(words[0].text); (k == kindTitle || len(t.cols) > 0 && head == t.cols[0].head) && t.value(cells, head) != "" { // the next form
			flush(r.line)
		}
		for i := 0; i+1 < len(words); i += 2 {
			if k := h.formLabel(words[i].text); k != kindNone {
				t.put(&cells, column{kind: k, head: oneLine(words[i].text)}, words[i+1].text)
			}
		}
		if t.line == 0 {
			t.line = r.line
		}
	}
	flush(t.line)
	if known*3 < filled*2 || len(t.rows) == 0 || !t.has(kindTitle) || !t.has(kindTime) && !t.hasOwner() {
		return nil
	}
	if m := reCaption.FindStringSubmatch(caption); m != nil && len(inside) == 0 {
		inside = m[1:]
	}
	if len(inside) == len(t.rows) && !t.numbered() {
		for i, no := range inside {
			t.put(&t.rows[i].cells, column{kind: kindNo, head: "序号"}, no)
		}
	}
	for i := range t.rows { // every row as wide as the columns found in all
		for len(t.rows[i].cells) < len(t.cols) {
			t.rows[i].cells = append(t.rows[i].cells, cell{})
		}
	}
	return t
}

// fromFormLines reads such a form printed in lines: 任务名称 | 滨河路改造 over 牵头单位 | 区住建局.
// A line between two forms may be their caption.
func (h headings) fromFormLines(blocks []block, i int) (*taskTable, int) {
	g := &grid{}
	end := i
	for j := i; j < len(blocks) && j-end < 4; j++ {
		b := blocks[j]
		if b.table != nil || len(b.cells) > 1 && (b.sep != blocks[i].sep || h.isHeader(b.cells) && !h.paired(b.cells)) {
			break
		}
		if len(b.cells) > 1 {
			g.rows = append(g.rows, textRow(b.line, b.cells))
			end = j + 1
		}
	}
	if len(g.rows) < 3 {
		return nil, end
	}
	return h.fromForm(g, caption(blocks[:i])), end
}

// paired reports whether the cells are labels with their values beside them, as a row of a
// form has them: 督导单位 | 市审计局 | 整改结果 | , and no header row.
func (h headings) paired(cells []string) bool {
	if len(cells) < 4 {
		return false
	}
	values := 0
	for i, c := range cells {
		if label := h.formLabel(c) != kindNone; label != (i%2 == 0) {
			return false
		}
		if i%2 == 1 && c != "" {
			values++
		}
	}
	return values > 0
}

// isForm reports whether most rows of a table begin with a label and its value.
func (h headings) isForm(g *grid) bool {
	labels, wide := 0, 0
	for _, r := range g.rows {
		words := h.ungrouped(own(r.cells))
		if len(words) < 2 {
			continue
		}
		if wide++; h.formLabel(words[0].text) != kindNone && h.formLabel(words[1].text) == kindNone && (len(words) == 2 || h.formLabel(words[2].text) != kindNone) {
			labels++
		}
	}
	return labels > 2 && labels*3 >= wide*2
}

// ungrouped drops the cell in front that only groups the labels behind it: 责任落实 | 牵头
// 单位 | 市商务局.
func (h headings) ungrouped(words []cell) []cell {
	if len(words)%2 == 1 && len(words) > 2 && h.formLabel(words[1].text) != kindNone && h.formLabel(words[2].text) == kindNone {
		return words[1:]
	}
	return words
}

// turned reads a table whose headings stand in the first column, its tasks beside each
// other: it is turned on its side.
func (h headings) turned(g *grid) *taskTable {
	heads, wide, width := 0, 0, 0
	for _, r := range g.rows {
		if len(own(r.cells)) < 3 {
			continue
		}
		wide++
		width = max(width, len(r.cells))
		if h.formLabel(r.cells[0].text) != kindNone && h.formLabel(r.cells[2].text) == kindNone {
			heads++
		}
	}
	if wide < 3 || heads*3 < wide*2 || width > maxFitted {
		return nil
	}
	side := &grid{merges: true, name: g.name}
	for c := range width {
		r := row{line: g.rows[0].line}
		for _, from := range g.rows {
			if c < len(from.cells) && len(own(from.cells)) > 2 {
				r.cells = append(r.cells, from.cells[c])
			} else if len(own(from.cells)) > 2 {
				r.cells = append(r.cells, cell{})
			}
		}
		side.rows = append(side.rows, r)
	}
	if !h.isHeader(side.rows[0].texts()) {
		return nil
	}
	return h.fromGrid(side)
}

// own are the cells of a row that no merge covers.
func own(cells []cell) []cell {
	var out []cell
	for _, c := range cells {
		if !c.covered {
			out = append(out, c)
		}
	}
	return out
}

// formLabel is what a cell announces for the one beside it.
func (h headings) formLabel(s string) kind {
	if s == "" || utf8.RuneCountInString(s) > 12 || looksTime(s) && h.exact(squeeze(s)) == kindNone {
		return kindNone
	}
	return h.of(s)
}

// put sets the cell of the column, which is new or had before.
func (t *taskTable) put(cells *[]cell, col column, text string) {
	for i, c := range t.cols {
		if c.head != col.head {
			continue
		}
		for len(*cells) <= i {
			*cells = append(*cells, cell{})
		}
		if before := (*cells)[i].text; before != "" && text != before {
			text = before + "\n" + text // 办理措施 comes in several rows
		}
		(*cells)[i].text = text
		return
	}
	t.cols = append(t.cols, col)
	for len(*cells) < len(t.cols) {
		*cells = append(*cells, cell{})
	}
	(*cells)[len(t.cols)-1].text = text
}

// value is what stands under the heading so far.
func (t *taskTable) value(cells []cell, head string) string {
	for i, c := range t.cols {
		if c.head == head && i < len(cells) {
			return cells[i].text
		}
	}
	return ""
}

// numbered reports whether a form states its number.
func (t *taskTable) numbered() bool {
	for i, c := range t.cols {
		if c.kind == kindNo && slices.ContainsFunc(t.rows, func(r row) bool { return i < len(r.cells) && r.cells[i].text != "" }) {
			return true
		}
	}
	return false
}

func (t *taskTable) has(k kind) bool {
	return slices.ContainsFunc(t.cols, func(c column) bool { return c.kind == k })
}
