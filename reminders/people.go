package reminders

import (
	"maps"
	"slices"
	"strings"

	"duban/store/ledger"
)

// hearer is somebody who is told of a task: at all rungs, or only at some.
type hearer struct {
	to   ledger.Target
	only []int  // nil: all
	rule string // RuleHead, RuleDraft; empty: as the rung says
}

// duty is the rule under which the hearer is told of the rung.
func (h hearer) duty(s stage) string {
	if h.rule != "" {
		return h.rule
	}
	return s.rule()
}

// people is who is where, read from the book once per run.
type people struct {
	rooms       []*ledger.Room // with a unit, by id
	bound       map[string]bool
	contacts    map[string][]string // unit → staff ids, sorted
	heads       map[string][]string // likewise
	supervisors []string
}

// peopleOf reads who is to be told on the day. A contact who is away is told through
// the deputy (代管); the duty stays with the unit.
func peopleOf(b *ledger.Book, day ledger.Date) people {
	p := people{bound: map[string]bool{}, contacts: map[string][]string{}, heads: map[string][]string{}}
	for _, id := range slices.Sorted(maps.Keys(b.Rooms)) {
		r := b.Rooms[id]
		if len(r.Units) == 0 {
			continue
		}
		p.rooms = append(p.rooms, r)
		for _, u := range r.Units {
			p.bound[u] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.Members)) {
		m := b.Members[id]
		if m.Has(ledger.DutySupervisor) {
			p.supervisors = append(p.supervisors, id)
		}
		told := b.StandIn(id, day)
		for duty, of := range map[ledger.Duty]map[string][]string{ledger.DutyContact: p.contacts, ledger.DutyHead: p.heads} {
			for _, u := range m.Units {
				if m.Has(duty) && !slices.Contains(of[u], told) {
					of[u] = append(of[u], told)
				}
			}
		}
	}
	for _, of := range []map[string][]string{p.contacts, p.heads} {
		for _, ids := range of {
			slices.Sort(ids)
		}
	}
	return p
}

// reach lists where the units are told, each receiver once: their rooms, and the contacts
// of those that have none.
func (p people) reach(units []string) []ledger.Target {
	var out []ledger.Target
	for _, room := range p.rooms {
		if room.ForAny(units) {
			out = append(out, ledger.Target{Room: room.ID})
		}
	}
	var direct []string
	for _, u := range units {
		if !p.bound[u] {
			direct = append(direct, p.contacts[u]...)
		}
	}
	slices.Sort(direct)
	for _, id := range slices.Compact(direct) {
		out = append(out, ledger.Target{Member: id})
	}
	return out
}

// hearers lists who is told of the task, each receiver once per purpose. A unit that has
// done its share of the checkpoint is left alone.
func (p people) hearers(t *ledger.Task, progress *ledger.Progress, pt ledger.Point, r Rules) []hearer {
	named := t.Owing(progress, pt.ID)
	var out []hearer
	for _, room := range p.rooms {
		if room.ForAny(named) {
			out = append(out, hearer{to: ledger.Target{Room: room.ID}})
		}
	}
	direct := map[string]bool{}
	tell := func(id string, only []int, rule string) {
		if !direct[id] {
			direct[id] = true
			out = append(out, hearer{to: ledger.Target{Member: id}, only: only, rule: rule})
		}
	}
	for _, u := range named {
		if !p.bound[u] {
			for _, id := range p.contacts[u] {
				tell(id, nil, "")
			}
		}
	}
	lead := t.Lead()
	if !slices.Contains(named, lead) {
		lead = "" // its own share is done
	}
	heads := p.heads[lead]
	for _, id := range p.contacts[lead] {
		switch {
		case len(heads) == 0, slices.Contains(heads, id): // nobody else to go up to
			if only := slices.Concat(r.Contact, r.Head); len(only) > 0 {
				tell(id, only, "")
			}
		case len(r.Contact) > 0:
			tell(id, r.Contact, "")
		}
	}
	if len(r.Head) > 0 {
		for _, id := range heads {
			tell(id, r.Head, RuleHead)
		}
	}
	if len(r.Draft) > 0 {
		for _, id := range p.supervisors {
			out = append(out, hearer{to: ledger.Target{Member: id}, only: r.Draft, rule: RuleDraft})
		}
	}
	return out
}

// hears reports whether the receiver is still one to be told of the item's task: rooms
// are bound anew, people change their post, units finish between planning and sending.
func hears(b *ledger.Book, to ledger.Target, t *ledger.Task, item ledger.Item, day ledger.Date) bool {
	switch item.Rule {
	case RuleDraft:
		return b.Members[to.Member].Has(ledger.DutySupervisor)
	case RuleHead:
		lead := t.Lead()
		return slices.Contains(t.Owing(b.Progress(t.No), item.Point), lead) && speaksFor(b, to.Member, ledger.DutyHead, []string{lead}, day)
	}
	if strings.HasPrefix(item.Key, promised) && b.Members[to.Member].Has(ledger.DutySupervisor) {
		return true // the office asked for it for itself
	}
	return belongs(b, to, t.Owing(b.Progress(t.No), item.Point), day)
}

// belongs reports whether the receiver is a room of one of the units, a contact of one,
// or a contact's deputy on the day.
func belongs(b *ledger.Book, to ledger.Target, units []string, day ledger.Date) bool {
	if to.Room != "" {
		room := b.Rooms[to.Room]
		return room != nil && room.ForAny(units)
	}
	return speaksFor(b, to.Member, ledger.DutyContact, units, day)
}

// speaksFor reports whether the member has the duty for one of the units, or stands in on
// the day for somebody who has.
func speaksFor(b *ledger.Book, member string, duty ledger.Duty, units []string, day ledger.Date) bool {
	for id, m := range b.Members {
		if (id == member || b.StandIn(id, day) == member) && m.Has(duty) && slices.ContainsFunc(units, m.In) {
			return true
		}
	}
	return false
}

// pressed lists the contacts of the units in the room that must act for the task: those
// that lead it or are responsible. Supporting units are told, never called by name.
func (p people) pressed(room *ledger.Room, t *ledger.Task, owing []string) []string {
	var out []string
	for _, u := range room.Units {
		if role := t.RoleOf(u); slices.Contains(owing, u) && (role == ledger.RoleLead || role == ledger.RoleResponsible) {
			out = append(out, p.contacts[u]...)
		}
	}
	return out
}
