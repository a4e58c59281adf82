package picture

import (
	"fmt"

	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// concerns lists the tasks that are late or nearly so in what room is left below the
// bars, and counts those that have none.
func concerns(s *sheet, f report.Facts, y float64) {
	var list []report.Row
	for _, l := range []ledger.Level{ledger.LevelOverdue, ledger.LevelBehind, ledger.LevelNear} {
		list = append(list, report.RowsOf(f, l)...)
	}
	const line, gap, end = sizeText * leading, 10, height - margin
	if len(list) == 0 || y+5*line > end {
		return
	}
	y += section(s, y, fmt.Sprintf("需关注的任务（%d项）", len(list)), red)
	for i, r := range list {
		who := wording.Responsible(r.Task)
		high := entryHigh(s, r, label(r))
		next := y + high + s.high(who, sizeText, inner) + gap
		if left := len(list) - i; next-gap > end || left > 1 && next+line > end {
			s.text(margin, y+sizeText, fmt.Sprintf("其余%d项见台账。", left), sizeText, grey)
			return
		}
		entry(s, f, r, label(r), y)
		s.block(margin, y+high, inner, who, sizeText, grey, 0)
		y = next
	}
}
