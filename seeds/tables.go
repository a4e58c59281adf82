package seeds

import (
	"regexp"
	"slices"
	"strings"
)

// findTables returns the task tables of the document, in order, and marks the text
// lines they take as used.
func findTables(doc *document) []*taskTable {
	h := newHeadings()
	var out []*taskTable
	noForm := 0
	for i := 0; i < len(doc.blocks); i++ {
		var t *taskTable
		next := i + 1
		switch b := doc.blocks[i]; {
		case b.table != nil:
			t = h.fromTable(b.table, doc.blocks[:i], last(out))
		case len(b.cells) > 1 && !h.paired(b.cells) && (h.isHeader(b.cells) || h.isBareHeader(b.cells, func() []string { return textsBelow(doc.blocks, i) })):
			t, next = h.fromLines(doc.blocks, i)
		case len(b.cells)%2 == 0 && len(b.cells) > 0 && i >= noForm && h.formLabel(b.cells[0]) != kindNone:
			if t, next = h.fromFormLines(doc.blocks, i); t == nil {
				noForm = next // what follows was read with it
			}
		case len(b.cells) > 2 && isNo(b.cells[0]), len(b.cells) > 1 && startsList(b.cells[0]):
			rows, end := celled(doc.blocks, i)
			rows = partNumbers(rows)
			if t = headless(mend(rows, commonWidth(rows)), last(out)); t != nil {
				next = end
			}
		case b.text != "":
			if t = h.fromOneLine(b); t != nil {
				break
			}
			if words := strings.Fields(b.text); len(words) > 2 && h.isHeader(words) {
				t, next = h.fromSpaced(doc.blocks, i, words)
			} else if t, next = h.fromColumnOfCells(doc.blocks, i); t == nil {
				t, next = h.fromGlued(doc.blocks, i)
			}
		}
		if t == nil || len(t.rows) == 0 {
			continue
		}
		if !t.guessed {
			t.unitColumns(doc.blocks)
			t.settle()
		}
		if t.line == 0 {
			t.line = doc.blocks[i].line
		}
		t.above(h, doc.blocks[:i])
		for j := i; j < next; j++ {
			doc.blocks[j].used = true
		}
		out = append(out, t)
		i = max(i, next-1)
	}
	return out
}

// fromTable reads a table of a Word or Excel file: a form of labels and values, a table
// with a header row or column, or one that goes on with the one before.
func (h headings) fromTable(g *grid, before []block, prev *taskTable) *taskTable {
	var t *taskTable
	form := h.isForm(g)
	if form {
		t = h.fromForm(g, caption(before))
	}
	if t == nil {
		t = h.fromGrid(g)
	}
	if t == nil {
		t = h.turned(g)
	}
	if t == nil && !form {
		t = h.fromForm(g, caption(before))
	}
	if t == nil {
		if t = headless(g.rows, prev); t != nil {
			t.merges = true
		}
	}
	return t
}

// heads reports whether the texts head the rows below.
func (h headings) heads(texts []string, rows []row) bool {
	return h.isHeader(texts) || h.isBareHeader(texts, func() []string { return textsOf(rows) })
}

// textsOf are the rows of a table in one line each, the first few of them.
func textsOf(rows []row) []string {
	var out []string
	for _, r := range rows[:min(len(rows), 20)] {
		if len(r.filled()) > 1 {
			out = append(out, oneLine(r.text()))
		}
	}
	return out
}

// textsBelow are the lines of cells below a block.
func textsBelow(blocks []block, i int) []string {
	var out []string
	for _, b := range blocks[i+1 : min(len(blocks), i+21)] {
		if len(b.cells) > 1 && b.sep == blocks[i].sep && !b.isBlank() {
			out = append(out, b.text)
		}
	}
	return out
}

// caption is the line directly over a table.
func caption(before []block) string {
	for i := len(before) - 1; i >= max(0, len(before)-3); i-- {
		if before[i].table != nil {
			break
		}
		if before[i].text != "" {
			return before[i].text
		}
	}
	return ""
}

// fromGrid looks for the header row of a Word or Excel table.
func (h headings) fromGrid(g *grid) *taskTable {
	for i, r := range g.rows[:min(len(g.rows), 15)] {
		texts := r.texts()
		if !h.heads(texts, g.rows[i+1:]) {
			continue
		}
		t := &taskTable{cols: h.columns(texts), fixed: true, merges: g.merges, line: r.line, name: g.name}
		rest := g.rows[i+1:]
		for len(rest) > 0 && h.isSubHeader(rest[0].texts()) {
			t.cols = h.sub(t.cols, rest[0].texts())
			rest = rest[1:]
		}
		if len(rest) > 0 && h.unitHeads(t.cols, rest[0]) {
			nameUnits(t.cols, rest[0])
			rest = rest[1:]
		}
		t.rows = h.body(rest)
		return t
	}
	return nil
}

// body drops blank rows and repeated header rows.
func (h headings) body(rows []row) []row {
	return slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.blank() || h.isHeader(r.texts()) && h.someHead(r) || h.onlyHeads(r) })
}

// onlyHeads tells the second header row that comes again on a new page.
func (h headings) onlyHeads(r row) bool {
	words := r.filled()
	return len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool { return h.exact(squeeze(w)) == kindNone })
}

// someHead reports whether a cell is a heading word itself: 实施雪亮工程升级 only holds one.
func (h headings) someHead(r row) bool {
	return slices.ContainsFunc(r.filled(), func(w string) bool { return h.exact(squeeze(w)) != kindNone })
}

func (r row) texts() []string {
	out := make([]string, len(r.cells))
	for i, c := range r.cells {
		out[i] = c.text
	}
	return out
}

// fromLines reads a table of barred, tabbed or comma separated lines from its
// header at i on. It ends where no such line follows within a few lines.
func (h headings) fromLines(blocks []block, i int) (*taskTable, int) {
	head := h.cutHeads(blocks[i])
	t := &taskTable{cols: h.columns(head.cells), fixed: true, line: head.line}
	next := i + 1
	for next < len(blocks) && len(blocks[next].cells) > 1 && h.isSubHeader(blocks[next].cells) {
		sub := blocks[next].cells
		if blocks[next].lead && !head.lead {
			sub = append([]string{""}, sub...)
		}
		if len(sub) >= len(t.cols) || strings.TrimSpace(sub[0]) == "" {
			t.cols = h.sub(t.cols, sub)
		} else {
			t.cols = h.spread(t.cols, sub)
		}
		next++
	}
	end := next
	for j := next; j < len(blocks) && j-end < 5; j++ {
		b := blocks[j]
		if b.table != nil || reAnnexLine.MatchString(b.text) || h.isHeader(b.cells) && h.someHead(textRow(b.line, b.cells)) && !sameCells(b.cells, head.cells) {
			break
		}
		if len(b.cells) > 1 && b.sep == head.sep && !b.isBlank() {
			end = j + 1
		}
	}
	edges := edgesOf(t.cols, append([]block{head}, blocks[i+1:next]...), blocks[next:end])
	for end > next && end < len(blocks) && (completes(blocks[end-1], blocks[end]) || edges.below(blocks[end])) {
		end++
	}
	for _, b := range blocks[next:end] {
		b.cells = edges.placed(b)
		if b.lead && !head.lead { // the rows keep a blank first cell that the header has not
			b.cells = append([]string{""}, b.cells...)
		}
		if len(b.cells) > 1 {
			t.rows = append(t.rows, textRow(b.line, b.cells))
		} else if b.text != "" {
			b.cells = []string{b.text}
			t.rows = append(t.rows, textRow(b.line, edges.placed(b)))
		}
	}
	if rows := t.joinWrapped(h.body(t.rows)); rows != nil {
		t.rows = rows
	} else {
		t.rows = h.body(mend(t.rows, len(t.cols)))
	}
	serialDays(t.cols, t.rows, false)
	return t, end
}

// reAnnexLine is the line over an annex, behind the table of the one before.
var reAnnexLine = regexp.MustCompile(`^附(?:件|表|录)\s*[\d一二三四五六七八九十]{0,3}[:：]?(?:\s*\S{2,40})?$`)

// sameCells tells the header row that comes again on a new page.
func sameCells(a, b []string) bool {
	return squeeze(strings.Join(a, "")) == squeeze(strings.Join(b, ""))
}

func last(list []*taskTable) *taskTable {
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}

func (b block) isBlank() bool { return strings.TrimSpace(strings.Join(b.cells, "")) == "" }

func textRow(line int, cells []string) row {
	r := row{line: line}
	for _, c := range cells[:min(len(cells), maxSheetCols)] {
		r.cells = append(r.cells, cell{text: strings.TrimSpace(c)})
	}
	return r
}

// fromSpaced reads a table whose cells stand apart by single spaces only.
func (h headings) fromSpaced(blocks []block, i int, words []string) (*taskTable, int) {
	t := &taskTable{cols: h.columns(words), line: blocks[i].line, spaced: true}
	end, misses := i+1, 0
	for j := i + 1; j < len(blocks) && misses < 3; j++ {
		b := blocks[j]
		if b.text == "" {
			misses++
			continue
		}
		cells := strings.Fields(b.text)
		if len(cells) < 2 && !isSection(b.text) {
			misses++
			continue
		}
		misses, end = 0, j+1
		t.rows = append(t.rows, textRow(b.line, cells))
	}
	t.rows = h.body(t.rows)
	return t, end
}
