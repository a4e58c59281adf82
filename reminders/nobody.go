package reminders

import (
	"fmt"

	"duban/internal/wording"
	"duban/store/ledger"
)

// RuleNobody tells the supervision office, once a week, of the tasks that are overdue or
// near and of which nobody hears: only collective names are responsible, and the office
// has not said yet for which units they stand.
const RuleNobody = "nobody"

// nobody adds the week's word to the supervision office, where there is something to say.
func (p *planning) nobody(monday ledger.Date, light ledger.LightRules) {
	if len(unreached(p.book, p.hi, light, p.ladder.rules.Lights)) == 0 {
		return
	}
	for _, id := range p.people.supervisors {
		to := ledger.Target{Member: id}
		n := p.notice(to)
		n.Items = append(n.Items, ledger.Item{Key: fmt.Sprintf("%s/%s/%s", RuleNobody, monday, targetKey(to)), Rule: RuleNobody})
	}
}

// unreached lists the overdue and near tasks that name no single unit.
func unreached(b *ledger.Book, day ledger.Date, light ledger.LightRules, lights wording.Lights) []block {
	var out []block
	for _, t := range b.Tasks {
		p := b.Progress(t.No)
		pt, ok := ledger.CurrentPoint(t, p, day)
		if !ok || len(t.Named()) > 0 || len(t.Owners) == 0 || idle(p) || p.Point(pt.ID).Phase != ledger.PhaseOpen || pt.Due.Sub(day) > light.Near {
			continue
		}
		text := "- " + lights.TaskLine(t, pt, ledger.PointLevel(pt, p.Point(pt.ID), day, light), day) + "，" + wording.Escape(t.Owners[0].Name)
		if len(out) == 0 {
			text = fmt.Sprintf("以下任务只写了集合单位，没有单位收到提醒。指定单位请回复“集合名 %s=单位、单位”。\n\n", wording.Escape(t.Owners[0].Name)) + text
		}
		out = append(out, block{heading: "无人收到提醒的任务", text: text, tasks: []string{t.No}})
	}
	return out
}
