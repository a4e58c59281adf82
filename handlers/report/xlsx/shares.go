package xlsx

import (
	"duban/handlers/report"
	"duban/internal/wording"
	"duban/store/ledger"
)

// shares writes, for the tasks of several units, where each unit's part stands.
func (b *book) shares() {
	cols := []column{{"任务号", 8, true}, {"任务摘要", 36, false}, {"节点名", 18, false}, {"参与方", 22, false}, {"身份", 9, true}, {"进展状态", 14, true},
		{"百分比", 9, true}, {"最近反馈", 20, true}, {"反馈人", 12, true}, {"反馈文字", 50, false}, {"完成日", 14, true}}
	var rows [][]cell
	for _, r := range b.facts.Rows {
		for _, s := range r.Shares() {
			done, by, said, at := "", "", "", text("")
			if s.Percent != nil {
				done = wording.Percent(*s.Percent)
			}
			if s.Last != nil {
				at, by, said = cell{v: s.Last.At}, s.Last.By.Name, report.Plain(s.Last.Report.Text)
			}
			role := wording.Role(s.Role)
			if s.Role == ledger.RoleResponsible {
				role = "责任"
			}
			rows = append(rows, []cell{no(r.Task.No), text(wording.Short(r.Task.Title, 40)), text(label(s.Point)), text(s.Unit), text(role), text(string(s.State)),
				percent(done), at, text(by), text(said), dayOf(s.DoneAt)})
		}
	}
	b.sheet(sheetShares, []string{"各单位进展", "由几个单位共同承担的任务，各单位承担部分的情况；办结由牵头单位统一申请。"}, cols, rows)
}
