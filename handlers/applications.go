package handlers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/handlers/understand"
	"duban/internal/wording"
	"duban/store/ledger"
)

// application is what one person has asked for and a second decides on: to close a
// checkpoint, to move a deadline, to belong to a unit.
type application struct {
	kind  string // understand.KindExtension, KindClosing, KindClaim
	task  *ledger.Task
	point ledger.Point
	to    ledger.Date // of an extension: the day asked for
	who   *ledger.Member
	units []string // of a claim
	by    string   // the applicant's name
	at    time.Time
	mark  string // names this very application: another in its place has another mark
}

// applications lists what waits for the speaker's decision, oldest first. What the
// speaker has applied for is another's to decide.
func (t *turn) applications() []application {
	var out []application
	for _, x := range t.book.Tasks {
		if t.m.Conversation.Group && !t.see.sees(x) {
			continue
		}
		out = append(out, t.taskApplications(x)...)
	}
	out = append(out, t.claims()...)
	oldestFirst(out)
	return out
}

// claims are the applications to belong to a unit, oldest first. They are no matter of a group.
func (t *turn) claims() []application {
	if !may(t.me, bind) || t.m.Conversation.Group {
		return nil
	}
	var out []application
	for id, m := range t.book.Members {
		if len(pendingUnits(m)) > 0 && id != t.me.ID {
			out = append(out, application{kind: understand.KindClaim, who: m, units: m.Pending, by: m.Name, at: m.Since,
				mark: strings.Join(append([]string{understand.KindClaim, id}, m.Pending...), "/")})
		}
	}
	oldestFirst(out)
	return out
}

func oldestFirst(list []application) {
	slices.SortStableFunc(list, func(a, b application) int { return cmp.Or(a.at.Compare(b.at), strings.Compare(a.mark, b.mark)) })
}

// taskApplications are those on one task.
func (t *turn) taskApplications(x *ledger.Task) []application {
	var out []application
	p := t.book.Progress(x.No)
	for _, pt := range x.Points {
		s := p.Point(pt.ID)
		state := ledger.StateOf(p, pt.ID)
		a := application{task: x, point: pt}
		switch {
		case may(t.me, decide) && s.Phase == ledger.PhasePending && s.AppliedBy != t.me.ID && ledger.Lawful(state, ledger.EventAccept) == nil:
			a.kind, a.at, a.by = understand.KindClosing, s.AppliedAt, t.nameOf(s.AppliedBy)
			a.mark = strings.Join([]string{a.kind, x.ID, pt.ID, s.AppliedAt.UTC().Format(time.RFC3339Nano)}, "/")
		case may(t.me, extend) && s.Ask != nil && s.Ask.By.ID != t.me.ID && ledger.Lawful(state, ledger.EventExtendYes) == nil:
			a.kind, a.at, a.by, a.to = understand.KindExtension, s.Ask.At, s.Ask.By.Name, s.Ask.To
			a.mark = strings.Join([]string{a.kind, x.ID, pt.ID, s.Ask.Event}, "/")
		default:
			continue
		}
		out = append(out, a)
	}
	return out
}

// nameOf is what a person is called.
func (t *turn) nameOf(id string) string {
	if m := t.book.Members[id]; m != nil {
		return m.Name
	}
	return id
}

// words name the application for a question.
func (a application) words() string {
	by := wording.Escape(a.by)
	switch a.kind {
	case understand.KindExtension:
		return fmt.Sprintf("%s申请延期到%s：任务%s %s%s", by, a.to.Chinese(), a.task.No, wording.Escape(wording.Short(a.task.Title, 24)), label(a.task, a.point))
	case understand.KindClosing:
		return fmt.Sprintf("%s申请办结：任务%s %s%s", by, a.task.No, wording.Escape(wording.Short(a.task.Title, 24)), label(a.task, a.point))
	}
	return fmt.Sprintf("%s申请绑定%s", by, wording.Escape(strings.Join(a.units, "、")))
}

// order is the command that decides on it.
func (a application) order(yes bool) understand.Meaning {
	m := understand.Meaning{Intent: understand.ApproveBind, Name: a.by}
	if a.task != nil {
		m = understand.Meaning{Task: a.task.No}
	}
	switch {
	case a.kind == understand.KindExtension && yes:
		m.Intent = understand.ExtendYes
	case a.kind == understand.KindExtension:
		m.Intent = understand.ExtendNo
	case a.kind == understand.KindClosing && yes:
		m.Intent = understand.Accept
	case a.kind == understand.KindClosing:
		m.Intent = understand.Return
	case !yes:
		m.Intent = understand.RefuseBind
	}
	return m
}

// shownIn reports whether the bot's words that are quoted are those that put this very
// application before the person.
func (a application) shownIn(quote string) bool {
	head := wording.Escape(a.by)
	if !strings.HasPrefix(strings.TrimSpace(quote), head) {
		return false
	}
	switch a.kind {
	case understand.KindExtension:
		return strings.Contains(quote, "申请延期") && strings.Contains(quote, "任务"+a.task.No+"*") && strings.Contains(quote, "申请延至："+a.to.Chinese())
	case understand.KindClosing:
		return strings.Contains(quote, "申请办结：**任务"+a.task.No+"*")
	}
	return strings.Contains(quote, "申请绑定“"+a.units[len(a.units)-1]+"”")
}

// freshFor is how long an application counts as what the bot has just said to a person.
const freshFor = 30 * time.Minute

// fresh reports whether the application is what the bot put before the speaker last, and
// a moment ago: a bare 同意 is then about nothing else.
func (t *turn) fresh(a application) bool {
	if t.m.Conversation.Group || a.kind != understand.KindExtension && !t.me.Has(ledger.DutySupervisor) { // who was not told
		return false
	}
	for _, x := range t.book.Tasks {
		if p := t.book.Progress(x.No); p != nil && (p.Need != nil && p.Need.At.After(a.at) || p.Declined != nil && p.Declined.At.After(a.at)) {
			return false
		}
	}
	told := t.desk.o.Hours.Next(a.at)
	return !told.After(t.now) && t.now.Sub(told) <= freshFor
}
