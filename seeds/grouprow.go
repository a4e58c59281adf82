package seeds

import "strings"

// groupRow returns the name in a row that heads those numbered below it: 1 | 营商环境不优
// over 1-1 and 1-2, which have the measures, the units and the times.
func (w *rowWalk) groupRow(cells []cell, rest []row) string {
	no, ok := w.t.column(cells, kindNo)
	if !ok || no.covered || !isNo(no.text) || len(rest) == 0 {
		return ""
	}
	name := ""
	for i, c := range cells {
		switch k := w.t.cols[min(i, len(w.t.cols)-1)].kind; {
		case k == kindNo || emptyCell(c.text):
		case k == kindTime || k.isOwner() && k != kindPerson || k == kindPeriod:
			return ""
		case name == "":
			name = oneLine(c.text)
		}
	}
	below, ok := w.t.column(w.t.align(rest[0]), kindNo)
	if !ok || below.covered || !isNo(below.text) {
		return ""
	}
	under, found := strings.CutPrefix(bareNo(below.text), bareNo(no.text))
	if !found || !strings.HasPrefix(under, "-") && !strings.HasPrefix(under, ".") {
		return ""
	}
	return name
}
