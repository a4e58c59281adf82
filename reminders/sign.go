package reminders

import (
	"fmt"
	"maps"
	"slices"

	"duban/internal/wording"
	"duban/store/ledger"
)

// RuleSign repeats what was pressed (催办, 批示) until it is signed for: to the unit's contacts
// on the first three working days after and then weekly, to the supervision office on the
// second and then weekly.
const RuleSign = "sign"

// The working days after a press until which the contacts hear of it each day, on which the
// office first hears that a unit has not signed, and after how many more both hear again.
const (
	dailyUntil  = 3
	officeAfter = 2
	signAgain   = 5
	signFor     = 366 // days after a press in which it is repeated at all
)

// contactsHear and officeHears report whether it is their day, n working days after the press.
func contactsHear(n int) bool {
	return n >= 1 && n <= dailyUntil || n > dailyUntil && (n-dailyUntil)%signAgain == 0
}

func officeHears(n int) bool { return n >= officeAfter && (n-officeAfter)%signAgain == 0 }

// sign adds what is still to be signed for.
func (p *planning) sign(t *ledger.Task, progress *ledger.Progress) {
	if progress == nil || progress.Pressed == nil || len(progress.Unsigned) == 0 {
		return
	}
	contacts, office := p.signStages(today(progress.Pressed.At))
	stages := map[string]int{} // by staff id
	for _, u := range progress.Unsigned {
		for _, id := range p.people.contacts[u] {
			stages[id] = contacts
		}
	}
	for _, id := range p.people.supervisors {
		stages[id] = max(stages[id], office)
	}
	for _, id := range slices.Sorted(maps.Keys(stages)) {
		if stages[id] == 0 {
			continue
		}
		to := ledger.Target{Member: id}
		p.notice(to).Items = append(p.notice(to).Items, ledger.Item{
			Key:  fmt.Sprintf("%s/%s/%s/%d/%s", RuleSign, t.ID, progress.Pressed.Event, stages[id], targetKey(to)),
			Rule: RuleSign, Task: t.ID, Stage: stages[id],
		})
	}
}

// signStages are the newest working days after the press, within this run, on which the
// contacts and the office hear of it; 0 where none is: what a stop let pass is one stage.
func (p *planning) signStages(pressed ledger.Date) (contacts, office int) {
	n := 0
	for d := pressed.AddDays(1); !d.After(p.hi) && d.Sub(pressed) < signFor; d = d.AddDays(1) {
		if !p.ladder.cal.IsWorkday(d) {
			continue
		}
		n++
		if d.After(p.lo) && contactsHear(n) {
			contacts = n
		}
		if d.After(p.lo) && officeHears(n) {
			office = n
		}
	}
	return contacts, office
}

// notice is the one message that the receiver gets in this run.
func (p *planning) notice(to ledger.Target) *ledger.Notice {
	key := targetKey(to)
	if p.owed[key] == nil {
		p.owed[key] = &ledger.Notice{To: to}
	}
	return p.owed[key]
}

// unsigned is the line of a task that is still to be signed for; false when it was, or
// when the receiver has nothing to do with it any more.
func unsigned(b *ledger.Book, to ledger.Target, item ledger.Item, day ledger.Date) (block, bool) {
	t, m := b.ByID(item.Task), b.Members[to.Member]
	if t == nil {
		return block{}, false
	}
	progress := b.Progress(t.No)
	if progress == nil || progress.Pressed == nil || len(progress.Unsigned) == 0 {
		return block{}, false
	}
	ask := "，请回复“签收 任务" + wording.Escape(t.No) + "”"
	if !belongs(b, to, progress.Unsigned, day) {
		if !m.Has(ledger.DutySupervisor) {
			return block{}, false
		}
		ask = "" // the office is told, and signs for nobody
	}
	text := fmt.Sprintf("- 任务%s %s，%s发出，未签收：%s%s", wording.Escape(t.No), wording.Escape(wording.Short(t.Title, wording.TitleRunes)),
		wording.Day(progress.Pressed.At), wording.Units(progress.Unsigned, lineUnits), ask)
	return block{heading: "待签收", text: text, tasks: []string{t.No}}, true
}

// idle reports whether the office has taken the task out of the work for now.
func idle(p *ledger.Progress) bool { return p.Whole() != ledger.StatusActive }
