package seeds

import "strconv"

// whole reports whether the row has a unit and a time of its own beside its title, where
// cells keep their places: then it is a task under the number of the row before.
func (w *rowWalk) whole(cells []cell) bool {
	units, when := false, false
	for i, c := range cells[:min(len(cells), len(w.t.cols))] {
		k := w.t.cols[i].kind
		units = units || k.isOwner() && k != kindPerson && k != kindSupport && !emptyCell(c.text)
		when = when || k == kindTime && !emptyCell(c.text)
	}
	return w.t.fixed && units && when
}

// share numbers such a task: the second one under number 2 is 2·2.
func (w *rowWalk) share(d *draft) {
	no := strconv.Itoa(w.lastNo())
	n := 2
	for i := len(w.out) - 1; i > 0 && w.out[i].no != no; i-- {
		n++
	}
	d.no = no + "·" + strconv.Itoa(n)
	d.doubt("序号与上面的第"+no+"项合并", "本行有自己的任务、单位和时限，按单独一项编为"+d.no+"，请核对")
}

// leadAbove reports whether the row takes its leading unit from the row above.
func (w *rowWalk) leadAbove(cells []cell) bool {
	lead, ok := w.t.column(cells, kindLead)
	return ok && !w.t.merges && emptyCell(lead.text)
}

// fillDown fills 同上, and in tables whose format does not state merges the blanks
// that stand for one: the category always, the units when no column names any while
// the row before has some.
func (w *rowWalk) fillDown(d *draft, cells []cell) []cell {
	if len(w.above) != len(cells) {
		return cells
	}
	owned := w.t.merges
	cells = w.fillLeft(cells)
	for i, c := range cells {
		owned = owned || w.t.cols[i].kind.isOwner() && w.t.cols[i].kind != kindPerson && c.text != ""
	}
	filled, lead := false, w.leadAbove(cells)
	w.blankOwner(d, cells)
	for i := range cells {
		k := w.t.cols[i].kind
		above := cell{text: w.above[i].text, covered: true}
		switch {
		case isDitto(cells[i].text):
			cells[i] = above
		case cells[i].text != "":
		case k == kindCategory && !w.t.merges:
			cells[i] = above
		case k == kindLead && owned && !w.t.merges && above.text != "":
			cells[i] = above
			d.doubt("牵头单位一栏为空", "按与上一行合并单元格理解，牵头单位同上一行，请核对")
		case k == kindPerson && owned && lead && above.text != "":
			cells[i] = above // the person of that unit
		case k == kindTime && w.grouped && above.text != "":
			cells[i] = above
			d.doubt("时限一栏为空", "按与上一行合并单元格理解，时限同上一行，请核对")
		case k.isOwner() && !owned && above.text != "":
			cells[i], filled = above, true
		}
	}
	if filled {
		d.doubt("责任单位一栏为空", "按与上一行合并单元格理解，责任单位同上一行，请核对")
	}
	return cells
}

// timesByGroup reports whether the time is printed in the first row of each category
// and never in the others: then the blanks below are one merged cell with it.
func (t *taskTable) timesByGroup() bool {
	cat, when := -1, -1
	for i, c := range t.cols {
		if c.kind == kindCategory && cat < 0 {
			cat = i
		}
		if c.kind == kindTime {
			when = i
		}
	}
	if t.merges || !t.fixed || cat < 0 || when < 0 {
		return false
	}
	blank := 0
	for _, r := range t.rows {
		if len(r.filled()) < 3 {
			continue
		}
		if cat >= len(r.cells) || (r.cells[cat].text == "") != (when >= len(r.cells) || r.cells[when].text == "") {
			return false
		}
		if r.cells[cat].text == "" {
			blank++
		}
	}
	return blank > 1
}

// fillLeft fills the blanks of an owner column that stands before the titles: there
// the unit is printed once over its tasks, like a category.
func (w *rowWalk) fillLeft(cells []cell) []cell {
	for i, c := range w.t.cols {
		if c.kind == kindTitle || i >= len(cells) {
			break
		}
		if (c.kind == kindOwner || c.kind == kindLead) && cells[i].text != "" {
			return cells // a blank beside it means that nobody helps
		}
	}
	for i, c := range w.t.cols {
		if c.kind == kindTitle || w.t.merges || i >= len(cells) {
			break
		}
		if c.kind.isOwner() && cells[i].text == "" {
			cells[i] = cell{text: w.above[i].text, covered: true}
		}
	}
	return cells
}
