package seeds

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"duban/internal/zh"
)

// drafts reads the data rows of the table.
func (t *taskTable) drafts() []draft {
	w := rowWalk{t: t}
	for i, r := range t.rows {
		if !isTotal(r) {
			w.take(r, t.rows[i+1:])
		}
	}
	return w.out
}

// rowWalk carries what goes on from one row to the next.
type rowWalk struct {
	t       *taskTable
	project string
	above   []cell // the aligned cells of the row before, merges of text tables filled in
	out     []draft
}

// isTotal tells 合计, 总计 and 小计 rows.
func isTotal(r row) bool {
	for _, c := range r.filled() {
		f := strings.ReplaceAll(zh.Fold(c), " ", "")
		if isNo(f) {
			continue
		}
		for _, w := range []string{"合计", "总计", "小计", "共计", "总数"} {
			if strings.HasPrefix(f, w) && utf8.RuneCountInString(f) <= 16 {
				return true
			}
		}
		return false
	}
	return false
}

func (w *rowWalk) take(r row, rest []row) {
	if words := r.filled(); len(words) == 1 || len(words) == 0 || w.spans(r) {
		w.single(r, strings.Join(words, ""))
		return
	}
	cells := w.t.align(r)
	if w.continues(cells, rest) {
		w.extend(cells)
		return
	}
	w.add(r, cells)
}

// spans reports whether one merged cell fills the row.
func (w *rowWalk) spans(r row) bool {
	if !w.t.merges || len(r.cells) < 3 {
		return false
	}
	for _, c := range r.cells {
		if c.text != r.cells[0].text {
			return false
		}
	}
	return true
}

// single takes a row with one filled cell: a section heading, a note, or the rest
// of a cell of the row before.
func (w *rowWalk) single(r row, text string) {
	if w.spans(r) {
		text = r.cells[0].text
	}
	switch {
	case text == "" || isNote(text) || isNo(text):
	case isSection(text) || len(w.out) == 0 || w.t.merges || w.t.firstOnly(r) && !looksUnits(text) && !looksTime(text):
		w.project = sectionName(text)
	default:
		cells := w.t.align(r)
		if !w.t.fixed || len(r.cells) == 1 {
			cells = w.t.fitContinuation(text)
		}
		w.extend(cells)
	}
}

// firstOnly reports whether the row's one filled cell stands in the first column of
// a wider row, as a section heading in a sheet does.
func (t *taskTable) firstOnly(r row) bool {
	return len(r.cells) > 1 && r.cells[0].text != ""
}

// fitContinuation finds the column that a stray line goes on with.
func (t *taskTable) fitContinuation(text string) []cell {
	best, at := -1e9, 0
	for i := range t.cols {
		if s := t.score(text, i); s > best {
			best, at = s, i
		}
	}
	out := make([]cell, len(t.cols))
	out[at].text = text
	return out
}

// isNote tells the remarks under a table.
func isNote(s string) bool {
	for _, p := range []string{"注：", "注:", "备注：", "说明：", "填表", "审核", "制表", "附注", "（注", "联系人"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// column returns the text of the first column of the kind.
func (t *taskTable) column(cells []cell, k kind) (cell, bool) {
	for i, c := range t.cols {
		if c.kind == k && i < len(cells) {
			return cells[i], true
		}
	}
	return cell{}, false
}

// continues reports whether the row goes on with the task of the row before: its
// number cell is empty or covered although the table numbers its tasks, and the
// next number does not leave room for a lost one.
func (w *rowWalk) continues(cells []cell, rest []row) bool {
	no, ok := w.t.column(cells, kindNo)
	if !ok || len(w.out) == 0 {
		return w.titleCovered(cells)
	}
	if no.text != "" && !no.covered {
		return false
	}
	title, _ := w.t.column(cells, kindTitle)
	if title.text == "" || title.covered {
		return true
	}
	if no.covered {
		cat, has := w.t.column(cells, kindCategory)
		return !has || !cat.covered
	}
	prev, next := ordinal(w.out[len(w.out)-1].no), w.nextNo(rest)
	return prev > 0 && next == prev+1
}

func (w *rowWalk) titleCovered(cells []cell) bool {
	title, ok := w.t.column(cells, kindTitle)
	return ok && title.covered && len(w.out) > 0
}

// nextNo is the number of the next numbered row, or 0.
func (w *rowWalk) nextNo(rest []row) int {
	for _, r := range rest {
		if c, ok := w.t.column(w.t.align(r), kindNo); ok && c.text != "" && !c.covered {
			return ordinal(bareNo(c.text))
		}
	}
	return 0
}

// extend adds the cells of a continuation row to the last task.
func (w *rowWalk) extend(cells []cell) {
	if len(w.out) == 0 {
		return
	}
	d := &w.out[len(w.out)-1]
	part := ""
	for i, c := range cells {
		if i >= len(w.t.cols) || c.text == "" || c.covered {
			continue
		}
		switch k := w.t.cols[i].kind; {
		case k == kindTitle && (w.t.merges || w.t.fixed && len(cells) > 2 && len(rowOf(cells).filled()) > 1):
			part = oneLine(c.text)
			d.detail = join(d.detail, part, "；")
		case k == kindTitle:
			d.title += oneLine(c.text)
		case k == kindDetail:
			part = oneLine(c.text)
			d.detail = join(d.detail, part, "；")
		case k.isOwner():
			d.owners = append(d.owners, duty{k.field(), c.text})
		case k == kindTime:
			d.addTime(part, oneLine(c.text))
		}
	}
}

func rowOf(cells []cell) row { return row{cells: cells} }

// addTime adds the time of a further part of the task.
func (d *draft) addTime(part, text string) {
	switch {
	case emptyCell(text) || strings.Contains(d.time, text):
	case d.time == "":
		d.time = text
	default:
		d.time += "；" + shorten(part, 12) + text
	}
}

// add makes a task of the row.
func (w *rowWalk) add(r row, cells []cell) {
	d := draft{line: r.line, project: w.project, hasTime: true}
	cells = w.fillDown(&d, cells)
	var numbered bool
	for i, c := range cells {
		text := strings.TrimSpace(c.text)
		k := w.t.cols[i].kind
		numbered = numbered || k == kindNo
		if text == "" {
			continue
		}
		switch {
		case k == kindNo && !c.covered:
			d.no = bareNo(text)
		case k == kindCategory:
			d.project = join(d.projectOf(w), oneLine(text), "／")
		case k == kindTitle:
			d.title = oneLine(text)
		case k == kindDetail:
			d.detail = join(d.detail, oneLine(text), "；")
		case k.isOwner() && !emptyCell(text):
			d.owners = append(d.owners, duty{k.field(), text})
		case k == kindTime && !emptyCell(text):
			d.addTime("", oneLine(text))
		case k == kindStart && !emptyCell(text):
			d.start = oneLine(text)
		}
	}
	w.finish(&d, numbered, cells)
}

// projectOf starts the project of a row: nothing when the row has its own category.
func (d *draft) projectOf(w *rowWalk) string {
	if d.project == w.project {
		return ""
	}
	return d.project
}

func (w *rowWalk) finish(d *draft, numbered bool, cells []cell) {
	w.above = cells
	if d.title == "" {
		if d.detail == "" {
			if d.no != "" || len(d.owners) > 0 {
				d.title = zh.Lost
				d.doubt("任务名称为空", "请对照原件补上任务名称")
			} else {
				return
			}
		} else {
			d.title = heading(d.detail)
		}
	}
	if numbered && d.no == "" {
		if prev := w.lastNo(); prev > 0 {
			d.no = strconv.Itoa(prev + 1)
			d.doubt("序号缺失", "按上下行暂编为"+d.no+"，请核对")
		}
	}
	if no, rest, ok := leadingNo(d.title); ok && d.no == "" {
		d.no, d.title = no, rest
	}
	d.prose = join(d.title, d.detail, "。")
	w.out = append(w.out, *d)
}

func (w *rowWalk) lastNo() int {
	if len(w.out) == 0 {
		return 0
	}
	return ordinal(w.out[len(w.out)-1].no)
}

// fillDown fills 同上, and in tables whose format does not state merges the blanks
// that stand for one: the category always, the units when no column names any while
// the row before has some.
func (w *rowWalk) fillDown(d *draft, cells []cell) []cell {
	if len(w.above) != len(cells) {
		return cells
	}
	owned := w.t.merges
	for i, c := range cells {
		owned = owned || w.t.cols[i].kind.isOwner() && w.t.cols[i].kind != kindPerson && c.text != ""
	}
	filled := false
	for i := range cells {
		k := w.t.cols[i].kind
		above := cell{text: w.above[i].text, covered: true}
		switch {
		case isDitto(cells[i].text):
			cells[i] = above
		case cells[i].text != "":
		case k == kindCategory && !w.t.merges:
			cells[i] = above
		case k.isOwner() && !owned && above.text != "":
			cells[i], filled = above, true
		}
	}
	if filled {
		d.doubt("责任单位一栏为空", "按与上一行合并单元格理解，责任单位同上一行，请核对")
	}
	return cells
}

func isDitto(s string) bool {
	switch s {
	case "同上", "〃", "″", "\"", "同前", "同上。", "〞":
		return true
	}
	return false
}
