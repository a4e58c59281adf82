package handlers

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"duban/store/ledger"
)

// Todos mirrors what is pressed into people's own to-do lists on the platform.
type Todos interface {
	// CreateTodo puts one into the person's list and returns the platform's id of it;
	// the same key again makes no second one, and gives the id of the first.
	CreateTodo(ctx context.Context, t Todo) (id string, err error)
	// FindTodo is the one with the key in the person's list; "" when there is none.
	FindTodo(ctx context.Context, staff, key string) (id string, err error)
	// MarkTodo marks it as done or as open again; what is so already stays so.
	MarkTodo(ctx context.Context, staff, id string, done bool) error
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

// todoSetting keeps what is known of the to-do that a person has for the task with the ID.
func todoSetting(task, staff string) string { return todoPrefix + task + "/" + staff }

// keptTodo is the body of a todoSetting.
type keptTodo struct {
	ID    string           `json:"id"`              // the platform's
	Point string           `json:"point,omitempty"` // the checkpoint that was pressed
	Ended ledger.EventKind `json:"ended,omitempty"` // what marked it as done; empty while it is open
	Nth   int              `json:"nth,omitempty"`   // how many the person had for the task before it
}

// UnmarshalJSON also reads the bare id of an open to-do, as older records have it.
func (k *keptTodo) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &k.ID)
	}
	type plain keptTodo
	return json.Unmarshal(b, (*plain)(k))
}

// todosOf lists the to-dos of the task with the ID, by staff id.
func todosOf(b *ledger.Book, task string) map[string]keptTodo {
	out := map[string]keptTodo{}
	for name, raw := range b.Settings {
		if staff, ok := strings.CutPrefix(name, todoSetting(task, "")); ok {
			var k keptTodo
			if json.Unmarshal(raw, &k) == nil && k.ID != "" {
				out[staff] = k
			}
		}
	}
	return out
}

// todoAsk is what a notice of a to-do asks for.
type todoAsk struct{ do, task, point string }

// What is done about a to-do.
const (
	todoCreate = "create" // a new entry
	todoOpen   = "open"   // the entry again that was marked as done, else a new one
	todoFinish = "finish"
)

// String and parseTodoAsk are how an ask stands in its notice.
func (k todoAsk) String() string { return strings.Join([]string{k.do, k.task, k.point}, "\n") }

func parseTodoAsk(s string) todoAsk {
	f := append(strings.Split(s, "\n"), "", "")
	return todoAsk{f[0], f[1], f[2]}
}

// mirrorTodos owes what an event means for people's to-do lists: pressing opens,
// what ends or rests the task finishes, what takes it up again opens again, and handing
// it over moves the entry. owners are the task's units after the event.
func (t *turn) mirrorTodos(a *act, x *ledger.Task, e ledger.Event, owners []string) {
	if t.desk.o.Todos == nil {
		return
	}
	kept := todosOf(t.book, x.ID)
	switch e.Kind {
	case ledger.EventPress:
		t.oweTodos(a, e, todoCreate, t.contactsOfAll(e.Units), func(staff string) bool { k, has := kept[staff]; return has && k.Ended == "" })
	case ledger.EventAccept, ledger.EventPause, ledger.EventCancel, ledger.EventStrike:
		t.oweTodos(a, e, todoFinish, staffOf(kept, everyTodo), nil) // one may just be opened again
	case ledger.EventResume, ledger.EventReopen:
		if again := endedBy(kept, e); len(again) > 0 {
			t.oweTodos(a, e, todoOpen, append(t.contactsOfAll(owners), again...), nil)
		}
	case ledger.EventAssign:
		before, now := open(kept), t.contactsOfAll(owners)
		t.oweTodos(a, e, todoFinish, before, func(staff string) bool { return slices.Contains(now, staff) })
		if len(before) > 0 {
			t.oweTodos(a, e, todoOpen, now, func(staff string) bool { return slices.Contains(before, staff) })
		}
	}
}

// oweTodos owes the same to each of the people but those left out.
func (t *turn) oweTodos(a *act, e ledger.Event, do string, staff []string, but func(string) bool) {
	seen := map[string]bool{}
	for _, id := range staff {
		if seen[id] || but != nil && but(id) {
			continue
		}
		seen[id] = true
		a.notices = append(a.notices, ledger.Notice{
			Key: todoPrefix + e.ID + "/" + id, Kind: ledger.NoticeTodo, To: ledger.Target{Member: id},
			Ask: todoAsk{do, e.Task, e.Point}.String(), By: t.m.Sender.ID,
			Made: t.now, Due: t.desk.o.Hours.Next(t.now), Expires: t.now.AddDate(0, 0, 30),
		})
	}
}

func (t *turn) contactsOfAll(units []string) []string {
	var out []string
	for _, u := range units {
		out = append(out, t.contactsToday(u)...)
	}
	return out
}

// open lists who has an open to-do, in a fixed order.
func open(kept map[string]keptTodo) []string {
	return staffOf(kept, func(k keptTodo) bool { return k.Ended == "" })
}

func everyTodo(keptTodo) bool { return true }

// endedBy lists whose to-do the event takes up again: a rest ends what began with it,
// and a reopened checkpoint what its acceptance had finished. One that is open may just
// be finished.
func endedBy(kept map[string]keptTodo, e ledger.Event) []string {
	return staffOf(kept, func(k keptTodo) bool {
		if k.Ended == "" {
			return true
		}
		if e.Kind == ledger.EventReopen {
			return k.Ended == ledger.EventStrike || k.Ended == ledger.EventAccept && cmp.Or(k.Point, e.Point) == e.Point
		}
		return k.Ended == ledger.EventPause || k.Ended == ledger.EventCancel
	})
}

func staffOf(kept map[string]keptTodo, is func(keptTodo) bool) []string {
	var out []string
	for staff, k := range kept {
		if is(k) {
			out = append(out, staff)
		}
	}
	sortStrings(out)
	return out
}
