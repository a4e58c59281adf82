package seeds

import (
	"slices"
	"strconv"
	"strings"

	"duban/internal/zh"
)

// drafts reads the data rows of the table.
func (t *taskTable) drafts() []draft {
	w := rowWalk{t: t, grouped: t.timesByGroup(), h: newHeadings(), given: t.given, inline: !t.hasOwner()}
	named := allUnitTokens(t.name) && !t.has(kindOwner) && !t.has(kindLead) // a sheet for each unit
	if named && w.given.owners == nil && w.inline {
		w.given.owners = []duty{{kindOwner.field(), t.name}}
	}
	for i, r := range t.rows {
		if !isTotal(r) && !isFoot(r) {
			w.take(r, t.rows[i+1:])
		}
	}
	for i := range w.out {
		if named && !w.inline { // beside those who help
			w.out[i].owners = slices.Insert(w.out[i].owners, 0, duty{kindLead.field(), t.name})
		}
	}
	return w.out
}

// rowWalk carries what goes on from one row to the next.
type rowWalk struct {
	t       *taskTable
	project string
	section string // printed number of the section, such as (二)
	above   []cell // the aligned cells of the row before, merges of text tables filled in
	out     []draft
	named   bool // its sections are names on a line of their own
	grouped bool // the time stands in the first row of each category only

	h      headings
	shares bool // the row is a task under the number of the row before

	given  given // what lines between the rows say for those below
	inline bool  // units can only stand inside the text of a cell
}

func (w *rowWalk) take(r row, rest []row) {
	if w.belongs(r) {
		w.goOn(r, w.t.align(r))
		return
	}
	if words := r.filled(); len(words) == 1 || len(words) == 0 || w.spans(r) {
		w.single(r, strings.Join(words, ""))
		return
	}
	cells := w.t.align(r)
	if name, no := w.sectionRow(cells); name != "" {
		w.project, w.section = name, no
		return
	}
	if name := w.groupRow(cells, rest); name != "" {
		w.enter(name)
		return
	}
	if w.continues(cells, rest) {
		w.goOn(r, cells)
		return
	}
	w.add(r, cells)
}

// single takes a row with one filled cell: a section heading, a note, or the rest
// of a cell of the row before.
func (w *rowWalk) single(r row, text string) {
	if w.spans(r) {
		text = r.cells[0].text
	}
	switch {
	case text == "" || isNote(text) || isNo(text):
	case w.given.take(w.h, w.t, w.section, text):
	case !w.t.has(kindTime) && headTime(sectionName(text)) != "":
		w.enter(text)
	case isSection(text) || len(w.out) == 0 || w.named && len(r.cells) == 1 && isShort(text) && !w.t.openAbove(w.above) && !looksUnits(text) && !looksTime(text) || w.t.merges || w.t.firstOnly(r) && !looksUnits(text) && !looksTime(text):
		w.enter(text)
	default:
		cells := w.t.align(r)
		if !w.t.fixed || len(r.cells) == 1 {
			cells = w.t.fitContinuation(text)
		}
		w.extend(cells)
	}
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

// extend adds the cells of a continuation row to the last task.
func (w *rowWalk) extend(cells []cell) {
	if len(w.out) == 0 {
		return
	}
	d := &w.out[len(w.out)-1]
	what, wrapped := "", w.wraps(d, cells)
	for i, c := range cells {
		if i >= len(w.t.cols) || c.text == "" || c.covered {
			continue
		}
		switch k := w.t.cols[i].kind; {
		case wrapped && (k == kindTitle || k == kindDetail):
			d.wrap(k, oneLine(c.text))
		case k == kindTitle && (w.t.merges || w.t.fixed && len(cells) > 2 && len(rowOf(cells).filled()) > 1):
			what = oneLine(c.text)
			d.detail = join(d.detail, what, "；")
		case k == kindTitle:
			d.title += oneLine(c.text)
		case k == kindDetail:
			what = oneLine(c.text)
			d.detail = join(d.detail, what, "；")
		case k.isOwner():
			d.addOwner(k.field(), c.text)
		case k == kindTime && wrapped:
			d.time += oneLine(c.text)
		case k == kindTime:
			d.addTime(what, oneLine(c.text))
		case k == kindPeriod && !emptyCell(c.text):
			d.addStep(w.t.cols[i].head, oneLine(c.text))
		}
	}
}

// addStep adds what a period column wants.
func (d *draft) addStep(head, text string) {
	for i := range d.steps {
		if d.steps[i].head == head {
			d.steps[i].text = join(d.steps[i].text, text, "；")
			return
		}
	}
	d.steps = append(d.steps, step{head, text})
}

func rowOf(cells []cell) row { return row{cells: cells} }

// addTime adds the time of a further part of the task.
func (d *draft) addTime(what, text string) {
	switch {
	case emptyCell(text) || strings.Contains(d.time, text):
		return
	case d.time == "":
		d.time = text
	default:
		d.time += "；" + shorten(what, 12) + text
	}
	d.parts = append(d.parts, part{what, text})
}

// add makes a task of the row.
func (w *rowWalk) add(r row, cells []cell) {
	d := draft{line: r.line, project: w.project, hasTime: true}
	if w.t.spilled(r, cells) {
		d.doubt("责任单位分成多行，牵头与配合单位的分界不明", "请对照原件核对牵头单位和配合单位")
	}
	if w.t.lacking(r, cells) {
		d.doubt("本行比表头少了单元格，缺的是哪一格不明", "已按各格内容归入相应栏目，请核对责任单位和时限")
	}
	cells = w.fillDown(&d, cells)
	var numbered bool
	for i, c := range cells {
		text := strings.TrimSpace(c.text)
		k := w.t.cols[i].kind
		numbered = numbered || k == kindNo
		if text == "" {
			continue
		}
		if (w.t.cols[i].both() || k == kindTime && reColon.MatchString(text)) && d.unitsAndTime(text) {
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
			if list := w.divided(text); list != nil {
				d.owners, d.detail = append(d.owners, list...), join(d.detail, oneLine(text), "；")
				break
			}
			d.owners = append(d.owners, duty{k.field(), text})
		case k == kindTime && !emptyCell(text):
			d.addTime("", oneLine(text))
		case k == kindStart && !emptyCell(text):
			d.start = oneLine(text)
		case k == kindPeriod && !emptyCell(text):
			d.addStep(w.t.cols[i].head, oneLine(text))
		case k == kindGiven && !emptyCell(text):
			d.given = oneLine(text)
		}
	}
	w.addMarked(&d, cells)
	if list := w.apart(&d); d.no != "" && list != nil {
		w.out, w.above = append(w.out, list...), cells
		return
	}
	if w.inline {
		d.title, d.detail = w.inside(&d, d.title), w.inside(&d, d.detail)
	}
	if len(d.owners) == 0 && w.project != "" && !w.t.hasOwner() && allUnitTokens(w.project) {
		d.owners = append(d.owners, duty{kindOwner.field(), w.project}) // the list goes by unit
	}
	w.given.lend(&d)
	w.finish(&d, numbered, cells)
}

// inside takes the labels of units and time out of the text of a cell.
func (w *rowWalk) inside(d *draft, text string) string {
	rest, labels := w.h.statements(text)
	if len(labels) == 0 {
		return text
	}
	d.take(labels)
	return strings.TrimRight(rest, "。；，")
}

func (t *taskTable) hasOwner() bool {
	return slices.ContainsFunc(t.cols, func(c column) bool { return c.kind.isOwner() })
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
	if numbered && d.no == "" && w.shares {
		w.share(d)
	}
	if numbered && d.no == "" {
		if prev := w.lastNo(); prev > 0 {
			d.no = strconv.Itoa(prev + 1)
			d.doubt(noNumber, "按上下行暂编为"+d.no+"，请核对")
		}
	}
	if no, rest, ok := leadingNo(d.title); ok && d.no == "" {
		d.no, d.title = no, rest
	}
	if len(d.parts) > 0 {
		d.parts[0].what = d.detail
	}
	d.place = w.section
	d.prose = join(d.title, d.detail, "。")
	w.out = append(w.out, *d)
}

const noNumber = "序号缺失"

func (w *rowWalk) lastNo() int {
	if len(w.out) == 0 {
		return 0
	}
	no, _, _ := strings.Cut(w.out[len(w.out)-1].no, "·")
	return ordinal(no)
}
