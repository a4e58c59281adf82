package reminders

import (
	"context"
	"fmt"
	"slices"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// Nudges words deadline nudges. It reads the book again when a nudge is sent and drops
// every duty that is no longer owed: reported done, moved to another deadline, gone
// from the plan, or no longer this room's or person's business.
type Nudges struct {
	Books Books
	Rules Rules
	Cal   Calendar
	Now   func() time.Time
}

// Compose is a Composer; false when nothing is left to say.
func (c Nudges) Compose(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	book, err := c.Books.Fresh(ctx)
	if err != nil {
		return ledger.Body{}, false, fmt.Errorf("reminders: read book: %w", err)
	}
	body, ok := Nudge(c.Rules, book, c.Cal, n, today(c.Now()))
	return body, ok, nil
}

// Nudge words one nudge as of a day: one message with a section for each urgency and a
// line for each checkpoint, mentions of those who must act, and for the supervision
// office the drafts of 催办通知. It is pure; false means that nothing is left to say.
func Nudge(r Rules, b *ledger.Book, cal Calendar, n ledger.Notice, day ledger.Date) (ledger.Body, bool) {
	m := message{day: day, near: r.Near, lights: r.Lights}
	who, light := peopleOf(b, day), lightsOf(r, b)
	for _, item := range n.Items {
		m.take(r, b, cal, n.To, item, light)
	}
	if m.empty() {
		return ledger.Body{}, false
	}
	body := m.render()
	if room := b.Rooms[n.To.Room]; room != nil {
		body.At = mentions(r, b, who, room, m.lines, body.Tasks)
	}
	body.Tasks = b.IDs(body.Tasks)
	return body, true
}

// take puts what an item still owes into its place.
func (m *message) take(r Rules, b *ledger.Book, cal Calendar, to ledger.Target, item ledger.Item, light ledger.LightRules) {
	switch item.Rule {
	case RuleSign:
		if s, ok := unsigned(b, to, item, m.day); ok {
			m.signs = append(m.signs, s)
			if !belongs(b, to, b.Progress(b.ByID(item.Task).No).Unsigned, m.day) {
				m.heard++
			}
		}
		return
	case RuleReport:
		if s, p, ok := missing(r, b, cal, to, item, m.day); ok {
			m.ask(s, p)
		}
		return
	case RuleFollow:
		if s, ok := followUp(b, cal, to, item, m.day); ok {
			m.follows = append(m.follows, s)
			if item.Stage == followOffice {
				m.heard++
			}
		}
		return
	case RuleNobody:
		if b.Members[to.Member].Has(ledger.DutySupervisor) {
			m.lost = unreached(b, m.day, light, m.lights)
		}
		return
	case RuleWeek:
		if room := b.Rooms[to.Room]; room != nil {
			f := figuresOf(b, room.Units, m.day, light)
			m.opening, m.calls = f.line(r.Near, r.Lights), f.calls()
		}
		return
	}
	o, ok := stillOwed(b, to, item, m.day, light)
	switch {
	case !ok:
	case item.Rule == RuleDraft:
		m.drafts = append(m.drafts, o)
	default:
		if item.Rule == RuleHead {
			m.opening = toHead
		}
		if to.Member != "" && item.Rule == RuleLadder && !belongs(b, to, o.task.Owing(b.Progress(o.task.No), item.Point), m.day) {
			m.heard++
		}
		m.lines = append(m.lines, o)
	}
}

// toHead stands above what a unit's head is told: who acts is the unit's own affair.
const toHead = "以下任务已逾期仍未办结，请您督促承办人员抓紧办理。"

// owed is one duty with all that its line needs.
type owed struct {
	task  *ledger.Task
	point ledger.Point
	state ledger.PointState
	level ledger.Level
	left  int // days to the deadline, negative after it
	older int // further open periods of a recurring task that are overdue
}

func stillOwed(b *ledger.Book, to ledger.Target, item ledger.Item, day ledger.Date, light ledger.LightRules) (owed, bool) {
	t := b.ByID(item.Task)
	if t == nil || idle(b.Progress(t.No)) || !hears(b, to, t, item, day) {
		return owed{}, false
	}
	pt, ok := t.Point(item.Point)
	state := b.Progress(t.No).Point(item.Point)
	if !ok || pt.Due != item.Due || state.Phase != ledger.PhaseOpen {
		return owed{}, false
	}
	left := pt.Due.Sub(day)
	if (item.Rule == RuleDraft || item.Rule == RuleHead) && left >= 0 {
		return owed{}, false
	}
	o := owed{task: t, point: pt, state: state, level: ledger.PointLevel(pt, state, day, light), left: left}
	for _, q := range t.Points {
		if t.Recurring() && q.Due.Before(pt.Due) && q.Due.Before(day) && b.Progress(t.No).Point(q.ID).Phase == ledger.PhaseOpen {
			o.older++
		}
	}
	return o, true
}

// maxMentions is the platforms' bound on people mentioned in one message.
const maxMentions = 50

// mentions lists, once each, the contacts who must act now on one of the tasks shown.
func mentions(r Rules, b *ledger.Book, who people, room *ledger.Room, lines []owed, shown []string) []string {
	var ids []string
	for _, o := range lines {
		if o.left > r.Press || !slices.Contains(shown, o.task.No) {
			continue
		}
		for _, id := range who.pressed(room, o.task, o.task.Owing(b.Progress(o.task.No), o.point.ID)) {
			if !slices.Contains(ids, id) && len(ids) < maxMentions {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func (o owed) line(day ledger.Date, lights wording.Lights) string {
	s := "- " + lights.TaskLine(o.task, o.point, o.level, day)
	if who := responsible(o.task, lineUnits); who != "" {
		s += "，" + who
	}
	if o.older > 0 {
		s += fmt.Sprintf("（另有%d期逾期）", o.older)
	}
	return s
}

// responsible names those who answer for the task, at most max of them by name.
func responsible(t *ledger.Task, max int) string {
	for _, role := range []ledger.Role{ledger.RoleLead, ledger.RoleResponsible} {
		var names []string
		for _, o := range t.Owners {
			if o.Role == role {
				names = append(names, wording.Escape(wording.Short(o.Name, wording.TitleRunes)))
			}
		}
		if len(names) > 0 {
			return wording.Units(names, max)
		}
	}
	return ""
}
