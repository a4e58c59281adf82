package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"duban/internal/wording"
	"duban/store/ledger"
)

// Todos mirrors what is pressed into people's own to-do lists on the platform.
type Todos interface {
	// CreateTodo puts one into the person's list and returns the platform's id of it;
	// the same key again makes no second one.
	CreateTodo(ctx context.Context, t Todo) (id string, err error)
	// FinishTodo marks it as done; one that is done stays so.
	FinishTodo(ctx context.Context, staff, id string) error
}

// Todo is one entry of a person's list.
type Todo struct {
	Key     string
	Staff   string
	Subject string
	Text    string
	Due     time.Time // zero: none
}

const todoPrefix = "todo/"

// todoSetting keeps the platform's id of the to-do that a person has for a task.
func todoSetting(task, staff string) string { return todoPrefix + task + "/" + staff }

// What a notice of a to-do asks for.
const (
	todoCreate = "create"
	todoFinish = "finish"
)

// oweTodos owes each contact of the units a to-do for the pressed task; who has one for
// the task keeps that.
func (t *turn) oweTodos(a *act, x *ledger.Task, e ledger.Event) {
	if t.desk.o.Todos == nil || e.Kind != ledger.EventIssue {
		return
	}
	seen := map[string]bool{}
	for _, u := range e.Units {
		for _, staff := range t.contactsToday(u) {
			if seen[staff] || t.book.Settings[todoSetting(x.No, staff)] != nil {
				continue
			}
			seen[staff] = true
			a.notices = append(a.notices, t.todoNotice(e, staff, strings.Join([]string{todoCreate, x.No, e.Point, e.ID}, "\n")))
		}
	}
}

// finishTodos owes the end of every to-do of a task whose completion was accepted.
func (t *turn) finishTodos(a *act, x *ledger.Task, e ledger.Event) {
	if t.desk.o.Todos == nil || e.Kind != ledger.EventAccept {
		return
	}
	for name := range t.book.Settings {
		staff, ok := strings.CutPrefix(name, todoSetting(x.No, ""))
		if !ok {
			continue
		}
		a.notices = append(a.notices, t.todoNotice(e, staff, strings.Join([]string{todoFinish, x.No}, "\n")))
	}
}

func (t *turn) todoNotice(e ledger.Event, staff, ask string) ledger.Notice {
	return ledger.Notice{
		Key: todoPrefix + e.ID + "/" + staff, Kind: ledger.NoticeTodo, To: ledger.Target{Member: staff}, Ask: ask,
		By: t.m.Sender.ID, Made: t.now, Due: t.desk.o.Hours.Next(t.now), Expires: t.now.AddDate(0, 0, 30),
	}
}

// ComposeTodo carries out what is owed about a to-do. It never says anything: the press
// itself is a message of its own.
func (d *Desk) ComposeTodo(ctx context.Context, n ledger.Notice) (ledger.Body, bool, error) {
	ask := append(strings.Split(n.Ask, "\n"), "", "", "")
	if d.o.Todos == nil {
		return ledger.Body{}, false, nil
	}
	b, err := d.Fresh(ctx)
	if err != nil {
		return ledger.Body{}, false, err
	}
	task, staff := ask[1], n.To.Member
	if ask[0] == todoFinish {
		return ledger.Body{}, false, d.finishTodo(ctx, b, n, task, staff)
	}
	x := b.Task(task)
	if x == nil || b.Settings[todoSetting(task, staff)] != nil || ledger.StateOf(b.Progress(task), ask[2]) == ledger.StateClosed {
		return ledger.Body{}, false, nil
	}
	id, err := d.o.Todos.CreateTodo(ctx, d.todo(x, ask[2], ask[3], staff))
	if err != nil {
		return ledger.Body{}, false, fmt.Errorf("handlers: to-do %s: %w", n.Key, err)
	}
	return ledger.Body{}, false, d.keepTodo(ctx, b, n, task, staff, id)
}

// todo is the entry for a pressed task. Its key is the same at every try.
func (d *Desk) todo(x *ledger.Task, point, event, staff string) Todo {
	out := Todo{
		Key: event + "/" + staff, Staff: staff, Subject: "【催办】任务" + x.No + " " + wording.Short(x.Title, 60),
		Text: "请及时办理，并在" + d.o.Bot + "中反馈进展：任务" + x.No + " 进展情况。",
	}
	if pt, ok := x.Point(point); ok && !pt.Due.IsZero() {
		out.Due = pt.Due.In(d.o.Now().Location(), 18, 0)
	}
	return out
}

func (d *Desk) finishTodo(ctx context.Context, b *ledger.Book, n ledger.Notice, task, staff string) error {
	var id string
	raw := b.Settings[todoSetting(task, staff)]
	if raw == nil {
		return nil
	}
	if err := json.Unmarshal(raw, &id); err != nil {
		return fmt.Errorf("handlers: to-do %s: %w", n.Key, err)
	}
	if err := d.o.Todos.FinishTodo(ctx, staff, id); err != nil {
		return fmt.Errorf("handlers: finish to-do %s: %w", n.Key, err)
	}
	return d.keepTodo(ctx, b, n, task, staff, "")
}

// keepTodo remembers the platform's id, or forgets it when it is empty.
func (d *Desk) keepTodo(ctx context.Context, b *ledger.Book, n ledger.Notice, task, staff, id string) error {
	rec := ledger.Record{Kind: ledger.RecordSetting, ID: todoSetting(task, staff)}
	if id != "" {
		var err error
		if rec, err = ledger.Put(ledger.RecordSetting, rec.ID, id); err != nil {
			return err
		}
	}
	_, err := d.o.Ledger.Commit(ctx, ledger.Commit{
		Message: n.Key + "/kept", Puts: []ledger.Record{rec}, Expects: []ledger.Expect{b.Expect(rec.Kind, rec.ID)}, Now: d.o.Now(),
	})
	if err != nil {
		return fmt.Errorf("handlers: keep to-do: %w", err)
	}
	return nil
}
