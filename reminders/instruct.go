package reminders

import (
	"fmt"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// RuleFollow asks for what a followed instruction (批示, 13710) wants by the day: the
// units that report on the task on the day itself, the supervision office on the working
// day after the seventh day and after each month, where it is still missing.
const RuleFollow = "follow"

// The stages of an item of RuleFollow.
const (
	followUnits  = 0
	followOffice = 1
)

// follow adds what is owed for the task's instruction.
func (p *planning) follow(t *ledger.Task, progress *ledger.Progress) {
	if progress == nil || progress.Follow == nil {
		return
	}
	f := progress.Follow
	var units, office *ledger.FollowStep // the newest of each
	for _, s := range f.Steps(p.hi, p.ladder.cal.IsWorkday) {
		if s.Due.After(p.lo) {
			units, office = &s, nil
		}
		if on := nthWorkday(p.ladder.cal, s.Due, 1); s.Days != 1 && s.Days != 3 && on.After(p.lo) && !on.After(p.hi) {
			office = &s
		}
	}
	if units != nil && !f.Met(*units, t, progress) {
		for _, to := range p.people.reach(t.ReportersOn(progress, p.hi)) {
			p.followed(t, f, *units, to, followUnits)
		}
	}
	if office != nil && !f.Met(*office, t, progress) {
		for _, id := range p.people.supervisors {
			p.followed(t, f, *office, ledger.Target{Member: id}, followOffice)
		}
	}
}

func (p *planning) followed(t *ledger.Task, f *ledger.Follow, s ledger.FollowStep, to ledger.Target, stage int) {
	n := p.notice(to)
	n.Items = append(n.Items, ledger.Item{
		Key:  fmt.Sprintf("%s/%s/%s/%s/%d/%s", RuleFollow, t.ID, f.Event, s.ID(), stage, targetKey(to)),
		Rule: RuleFollow, Task: t.ID, Point: s.ID(), Due: s.Due, Stage: stage,
	})
}

// followUp is the line of an instruction whose step is still to be met; false when it was,
// when the next step has come, when the office has ended it, or when the receiver has
// nothing to do with it any more.
func followUp(b *ledger.Book, cal Calendar, to ledger.Target, item ledger.Item, day ledger.Date) (block, bool) {
	t := b.ByID(item.Task)
	if t == nil {
		return block{}, false
	}
	progress := b.Progress(t.No)
	if progress == nil || progress.Follow == nil || idle(progress) || !strings.Contains(item.Key, "/"+progress.Follow.Event+"/") {
		return block{}, false
	}
	f := progress.Follow
	steps := f.Steps(day, cal.IsWorkday)
	if len(steps) == 0 {
		return block{}, false
	}
	s := steps[len(steps)-1]
	if s.ID() != item.Point || f.Met(s, t, progress) {
		return block{}, false
	}
	what := wording.FollowAsk(s)
	if s.Due != day {
		what += "（期限" + wording.FormatDate(s.Due) + "）"
	}
	if item.Stage == followOffice {
		if !b.Members[to.Member].Has(ledger.DutySupervisor) {
			return block{}, false
		}
		what = wording.FollowMissed(s)
	} else if !belongs(b, to, t.ReportersOn(progress, day), day) {
		return block{}, false
	}
	text := fmt.Sprintf("- 任务%s %s，%s批示，%s", wording.Escape(t.No), wording.Escape(wording.Short(t.Title, wording.TitleRunes)), wording.Day(f.At), what)
	if who := responsible(t, lineUnits); who != "" {
		text += "，" + who
	}
	return block{heading: "批示落实", text: text, tasks: []string{t.No}}, true
}
