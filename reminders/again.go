package reminders

import (
	"fmt"
	"slices"

	"duban/store/ledger"
)

// promised begins the key of what was promised with 稍后.
const promised = "again/"

// again adds what was promised with 稍后: on the first working day after the silence the
// receiver who asked for it is told of the task, unless the ladder does so in the same run
// or the deadline has passed, which the ladder has its own stages for.
func (p *planning) again() {
	for _, s := range p.book.Snoozes() {
		on := workdayFrom(p.ladder.cal, s.Until.AddDays(1), 1)
		t := p.book.ByID(s.Task)
		if t == nil || !on.After(p.lo) || on.After(p.hi) {
			continue
		}
		progress := p.book.Progress(t.No)
		pt, ok := ledger.CurrentPoint(t, progress, p.hi)
		if !ok || idle(progress) || progress.Point(pt.ID).Phase != ledger.PhaseOpen || p.hi.After(pt.Due) {
			continue
		}
		to := ledger.Target{Member: s.Receiver}
		if p.book.Rooms[s.Receiver] != nil {
			to = ledger.Target{Room: s.Receiver}
		}
		item := ledger.Item{
			Key:  fmt.Sprintf(promised+"%s/%s/%s/%s", t.ID, pt.ID, s.Until, targetKey(to)),
			Rule: RuleLadder, Task: t.ID, Point: pt.ID, Due: pt.Due, Stage: p.hi.Sub(pt.Due),
		}
		if n := p.notice(to); !slices.ContainsFunc(n.Items, func(x ledger.Item) bool { return x.Task == t.ID && x.Point == pt.ID }) {
			n.Items = append(n.Items, item)
		}
	}
}
