package seeds

// blankOwner proposes the unit of the row above where the format states merges and the
// row names nobody without one: the blank may be a merge that was lost, or nobody's.
func (w *rowWalk) blankOwner(d *draft, cells []cell) {
	if !w.t.merges {
		return
	}
	for i, c := range cells {
		if w.t.cols[i].kind.isOwner() && c.text != "" {
			return
		}
	}
	for i, c := range w.above {
		if k := w.t.cols[i].kind; (k == kindOwner || k == kindLead) && !emptyCell(c.text) && !isDitto(c.text) {
			d.doubt("责任单位一栏为空，也没有与上一行合并", "未认定责任单位。如与上一行同为“"+shorten(oneLine(c.text), 40)+"”，请在原表补上后重新导入")
			return
		}
	}
}
