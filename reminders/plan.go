package reminders

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"duban/store/ledger"
)

// Plan returns everything owed for the slots in (from, to], at most one notice per
// room or person, in the order of its key. It reads nothing but its arguments.
//
// The checkpoint must be open (not applied for, not closed) and its period begun. Of
// the rungs that passed in the interval each receiver gets the newest per checkpoint.
// Rooms bound to a unit named in the task are told; where a named unit has no room,
// its contacts are told directly; the lead's contacts, its head (where there is none, its
// contacts) and the supervision office get their own share after the deadline. Nobody else hears of it. Rules that Validate
// refuses owe nothing.
//
// The stages that the office has set in the book stand in the place of the rules' own.
// Whatever they are, a receiver is owed one message a day at most: what is due at the
// same time is merged, and a second slot of a day owes nothing.
func Plan(r Rules, b *ledger.Book, cal Calendar, from, to time.Time) []ledger.Notice {
	r = r.With(b.Ladder())
	tt, err := r.timetable(cal)
	if err != nil {
		return nil
	}
	lo, hi, slot, ok := tt.span(from, to)
	if !ok {
		return nil
	}
	if !lo.Before(hi) {
		return nil // a second slot of the day: its duties were told at the first
	}
	p := planning{ladder: ladder{r, cal}, book: b, people: peopleOf(b, hi), lo: lo, hi: hi, owed: map[string]*ledger.Notice{}}
	for _, t := range b.Tasks {
		p.task(t)
	}
	p.again()
	p.week()
	out := make([]ledger.Notice, 0, len(p.owed))
	for _, key := range slices.Sorted(maps.Keys(p.owed)) {
		n := p.owed[key]
		slices.SortFunc(n.Items, byUrgency(b))
		n.Key = "nudge/" + key + "/" + hi.String()
		n.Kind, n.Made, n.Due, n.Expires = ledger.NoticeNudge, to, slot, tt.hours.end(slot, r.Keep)
		out = append(out, *n)
	}
	return out
}

// planning gathers the notices of one run by receiver.
type planning struct {
	ladder ladder
	book   *ledger.Book
	people people
	lo, hi ledger.Date
	owed   map[string]*ledger.Notice
}

func (p *planning) task(t *ledger.Task) {
	progress := p.book.Progress(t.No)
	if idle(progress) {
		return
	}
	p.sign(t, progress)
	p.report(t, progress)
	p.follow(t, progress)
	for _, pt := range t.Points {
		if _, any := p.ladder.newest(t, progress, pt, nil, p.lo, p.hi); !any {
			continue
		}
		for _, h := range p.people.hearers(t, progress, pt, p.ladder.rules) {
			if s, ok := p.ladder.newest(t, progress, pt, h.only, p.lo, p.hi); ok {
				p.add(h, t, pt, s)
			}
		}
	}
}

func (p *planning) add(h hearer, t *ledger.Task, pt ledger.Point, s stage) {
	if s.n <= 0 && p.book.Hushed(h.to.Room+h.to.Member, t.ID, p.hi) {
		return
	}
	key, n := targetKey(h.to), p.notice(h.to)
	rule, prefix := h.duty(s), RuleLadder
	if h.rule != "" {
		prefix = h.rule
	}
	n.Items = append(n.Items, ledger.Item{
		Key:  fmt.Sprintf("%s/%s/%s/%s/%d/%s", prefix, t.ID, pt.ID, pt.Due, s.n, key),
		Rule: rule, Task: t.ID, Point: pt.ID, Due: pt.Due, Stage: s.n,
	})
}

// byUrgency puts the oldest deadline first, then the plan's own order.
func byUrgency(book *ledger.Book) func(a, b ledger.Item) int {
	return func(a, b ledger.Item) int {
		if c := a.Due.Compare(b.Due); c != 0 {
			return c
		}
		if x, y := book.ByID(a.Task), book.ByID(b.Task); x != nil && y != nil { // the figures of a week are about no task
			switch {
			case ledger.LessNo(x.No, y.No):
				return -1
			case ledger.LessNo(y.No, x.No):
				return 1
			}
		}
		return strings.Compare(a.Key, b.Key)
	}
}

func targetKey(t ledger.Target) string { return t.Key() }
