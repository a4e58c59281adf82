package reminders

import (
	"fmt"
	"slices"
	"strings"

	"duban/internal/wording"
	"duban/store/ledger"
)

// RuleWeek puts one line of figures above a room's first message of a week.
const RuleWeek = "week"

// figures count the open tasks of a room's units. The classes are disjoint.
type figures struct{ overdue, near, pending, other int }

// figuresOf counts each open task once, by the most urgent of its begun checkpoints.
func figuresOf(b *ledger.Book, units []string, day ledger.Date, light ledger.LightRules) figures {
	var f figures
	for _, t := range b.Tasks {
		p := b.Progress(t.No)
		if idle(p) || !slices.ContainsFunc(units, func(u string) bool { return t.OwnedBy(u) && !t.Finished(p, day, u) }) {
			continue
		}
		switch level := ledger.TaskLevel(t, p, day, light); {
		case level == ledger.LevelClosed:
		case level == ledger.LevelOverdue:
			f.overdue++
		case level == ledger.LevelPending:
			f.pending++
		case nearest(t, p, day, light.Near):
			f.near++
		default:
			f.other++
		}
	}
	return f
}

// nearest reports whether an open checkpoint ends within so many days; one that is
// behind its schedule counts here as well.
func nearest(t *ledger.Task, p *ledger.Progress, day ledger.Date, near int) bool {
	return slices.ContainsFunc(t.Points, func(pt ledger.Point) bool {
		left := pt.Due.Sub(day)
		return pt.Begun(day) && p.Point(pt.ID).Phase == ledger.PhaseOpen && left >= 0 && left <= near
	})
}

// calls reports whether the figures alone are worth a message.
func (f figures) calls() bool { return f.overdue+f.near+f.pending > 0 }

// line says the classes that are not empty; no words when all are.
func (f figures) line(near int, lights wording.Lights) string {
	var parts []string
	for _, c := range []struct {
		n     int
		words string
	}{{f.overdue, lights.Word(ledger.LevelOverdue) + "%d项"}, {f.near, fmt.Sprintf("%d天内到期%%d项", near)}, {f.pending, lights.Word(ledger.LevelPending) + "%d项"}, {f.other, "其他在办%d项"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf(c.words, c.n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "本周：" + strings.Join(parts, "，")
}

// week adds the figures on the first working day of a week: to rooms that get a message
// in any case, and to those with something overdue, near or waiting for acceptance.
func (p *planning) week() {
	if !p.ladder.rules.Digest {
		return
	}
	monday := p.hi.AddDays(-(int(p.hi.Weekday()) + 6) % 7)
	on := workdayFrom(p.ladder.cal, monday, 1)
	if on.Sub(monday) >= 7 || !p.ladder.cal.IsWorkday(on) || !on.After(p.lo) || on.After(p.hi) {
		return
	}
	light := lightsOf(p.ladder.rules, p.book)
	p.nobody(monday, light)
	for _, room := range p.people.rooms {
		to := ledger.Target{Room: room.ID}
		f := figuresOf(p.book, room.Units, p.hi, light)
		if f == (figures{}) || p.owed[targetKey(to)] == nil && !f.calls() {
			continue
		}
		n := p.notice(to)
		n.Items = append(n.Items, ledger.Item{Key: fmt.Sprintf("%s/%s/%s", RuleWeek, monday, targetKey(to)), Rule: RuleWeek})
	}
}

// lightsOf are the thresholds in which the plan's tasks are seen.
func lightsOf(r Rules, b *ledger.Book) ledger.LightRules {
	light := ledger.LightRules{Near: r.Near, Behind: r.Behind}
	if b.Plan != nil {
		light.Issued = b.Plan.Issued
	}
	return light
}
