package handlers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"duban/internal/wording"
	"duban/store/ledger"
)

// ComposeTodo carries out what is owed about a to-do, as far as the task as it stands
// now still wants it: two words on the same entry may come in any order. It never says
// anything: what it mirrors is a message of its own.
func (d *Desk) ComposeTodo(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	if d.o.Todos == nil {
		return ledger.Body{}, false, nil
	}
	ask := parseTodoAsk(n.Ask)
	for try := range maxTries {
		b, err := d.Fresh(ctx)
		if err != nil {
			return ledger.Body{}, false, err
		}
		kept, done, err := d.carryTodo(ctx, b, ask, n.To.Member)
		if err == nil && done {
			err = d.keepTodo(ctx, b, fmt.Sprintf("%s/kept/%d", n.Key, try), todoSetting(ask.task, n.To.Member), kept)
		}
		switch {
		case errors.Is(err, ledger.ErrConflict): // another word on the same entry was carried out meanwhile
			continue
		case err != nil:
			return ledger.Body{}, false, fmt.Errorf("handlers: to-do %s: %w", n.Key, err)
		case !done:
			return ledger.Body{}, false, nil
		}
		ask.do, ask.point = todoFinish, cmp.Or(kept.Point, ask.point) // what came while it was done did not know of it yet
		if kept.Ended != "" {
			ask.do = todoOpen
		}
	}
	return ledger.Body{}, false, nil
}

// carryTodo does what is asked, where it is wanted, and returns what is to be kept of it;
// false when nothing was done.
func (d *Desk) carryTodo(ctx context.Context, b *ledger.Book, ask todoAsk, staff string) (keptTodo, bool, error) {
	kept, has := todosOf(b, ask.task)[staff]
	wanted := d.wantsTodo(b, ask, kept, staff)
	switch {
	case ask.do == todoFinish && has && kept.Ended == "" && !wanted:
		if err := d.o.Todos.MarkTodo(ctx, staff, kept.ID, true); err != nil {
			return kept, false, err
		}
		kept.Ended = endOf(b, ask)
	case ask.do == todoOpen && has && kept.Ended != "" && wanted:
		if err := d.o.Todos.MarkTodo(ctx, staff, kept.ID, false); err != nil {
			return kept, false, err
		}
		kept.Ended = ""
	case ask.do != todoFinish && wanted && (!has || ask.do == todoCreate && kept.Ended != ""):
		next := keptTodo{Point: ask.point}
		if has {
			next.Nth = kept.Nth + 1
		}
		id, err := d.o.Todos.CreateTodo(ctx, d.todo(b.ByID(ask.task), ask.point, todoKey(ask.task, staff, next.Nth), staff))
		if err != nil {
			return kept, false, err
		}
		next.ID = id
		kept = next
	case ask.do != todoFinish && !wanted && !has: // an earlier try may have made it and not kept its id
		id, err := d.o.Todos.FindTodo(ctx, staff, todoKey(ask.task, staff, 0))
		if err != nil || id == "" {
			return kept, false, err
		}
		if err := d.o.Todos.MarkTodo(ctx, staff, id, true); err != nil {
			return kept, false, err
		}
		kept = keptTodo{ID: id, Point: ask.point, Ended: endOf(b, ask)}
	default:
		return kept, false, nil
	}
	return kept, true, nil
}

// wantsTodo reports whether the person should have an open to-do for the task now: the
// checkpoint is being worked on, and the person is a contact of the task's units.
func (d *Desk) wantsTodo(b *ledger.Book, ask todoAsk, kept keptTodo, staff string) bool {
	x := b.ByID(ask.task)
	if x == nil {
		return false
	}
	point := ask.point
	if ask.do == todoFinish {
		point = cmp.Or(kept.Point, ask.point)
	}
	switch ledger.StateOf(b.Progress(x.No), point) {
	case ledger.StateClosed, ledger.StateStruck, ledger.StatePaused, ledger.StateCancelled:
		return false
	}
	today := ledger.DateOf(d.o.Now())
	return slices.ContainsFunc(x.Named(), func(unit string) bool {
		return slices.ContainsFunc(contactsOf(b, unit), func(id string) bool { return b.StandIn(id, today) == staff })
	})
}

// endOf is what ended a to-do of the task, as the task stands now.
func endOf(b *ledger.Book, ask todoAsk) ledger.EventKind {
	x := b.ByID(ask.task)
	if x == nil {
		return ledger.EventAssign
	}
	switch ledger.StateOf(b.Progress(x.No), ask.point) {
	case ledger.StatePaused:
		return ledger.EventPause
	case ledger.StateCancelled:
		return ledger.EventCancel
	case ledger.StateStruck:
		return ledger.EventStrike
	case ledger.StateClosed:
		return ledger.EventAccept
	}
	return ledger.EventAssign
}

// todoKey names the nth to-do of a person for the task with the ID: the same one at every
// try and for every word that asks for it.
func todoKey(task, staff string, nth int) string { return fmt.Sprintf("%s/%s/%d", task, staff, nth) }

// todo is the entry for a pressed task.
func (d *Desk) todo(x *ledger.Task, point, key, staff string) Todo {
	out := Todo{
		Key: key, Staff: staff, Subject: "【催办】任务" + x.No + " " + wording.Short(x.Title, 60),
		Text: "请及时办理，并在" + d.o.Bot + "中反馈进展：任务" + x.No + " 进展情况。",
	}
	if pt, ok := x.Point(point); ok && !pt.Due.IsZero() {
		out.Due = pt.Due.In(d.o.Now().Location(), 18, 0)
	}
	return out
}

// keepTodo remembers the to-do as it now is.
func (d *Desk) keepTodo(ctx context.Context, b *ledger.Book, message, name string, kept keptTodo) error {
	rec, err := ledger.Put(ledger.RecordSetting, name, kept)
	if err != nil {
		return err
	}
	_, err = d.o.Ledger.Commit(ctx, ledger.Commit{
		Message: message, Puts: []ledger.Record{rec}, Expects: []ledger.Expect{b.Expect(rec.Kind, rec.ID)}, Now: d.o.Now(),
	})
	if err != nil {
		return fmt.Errorf("keep: %w", err)
	}
	return nil
}
