package handlers_test

import (
	"context"
	"testing"
	"time"

	"duban/bot"
	"duban/handlers"
	"duban/store/ledger"
)

// TestHeldTooLong: a receipt whose turn to be sent comes late is left to the outbox, which
// may be sending it by then.
func TestHeldTooLong(t *testing.T) {
	r := newRig(t, nil)
	m := bot.Message{ID: "late", Kind: bot.KindText, Text: "任务28 进度60%", At: r.now,
		Sender: bot.Sender{ID: "张敏"}, Conversation: bot.Conversation{ID: "dm-张敏"}}
	out, err := r.desk.Handle(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	r.now = r.now.Add(6 * time.Second)
	out.Owed(t.Context())
	if len(r.sent) != 0 {
		t.Errorf("sent %+v", r.sent)
	}
	r.now = r.now.Add(15 * time.Second)
	if list, err := r.store.Claim(t.Context(), r.now, time.Minute, 10); err != nil || len(list) != 1 || list[0].Key != "reply/late" {
		t.Errorf("the outbox has %+v, %v", list, err)
	}
}

// toDos is a platform's to-do lists; during is run while one is marked.
type toDos struct {
	done   map[string]bool
	during func()
}

func (l *toDos) CreateTodo(_ context.Context, t handlers.Todo) (string, error) {
	l.done[t.Key] = false
	return t.Key, nil
}

func (l *toDos) FindTodo(context.Context, string, string) (string, error) { return "", nil }

func (l *toDos) MarkTodo(_ context.Context, _, id string, done bool) error {
	l.done[id] = done
	if f := l.during; f != nil {
		l.during = nil
		f()
	}
	return nil
}

// TestTodoMeanwhile: what is said of a task while its to-do is being marked, and before
// that is kept, is seen in the list too.
func TestTodoMeanwhile(t *testing.T) {
	lists := &toDos{done: map[string]bool{}}
	r := newRig(t, nil, func(o *handlers.Options) { o.Todos = lists })
	say := func(who, text string) {
		t.Helper()
		if _, err := r.say(who, text, nil); err != nil {
			t.Fatal(err)
		}
	}
	carry := func() { // the rig sends what is held, so that the to-dos are carried out here
		t.Helper()
		sent := r.sent
		r.sent = nil
		for _, n := range sent {
			if n.Kind == ledger.NoticeTodo {
				if _, _, err := r.desk.ComposeTodo(t.Context(), n); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	is := func(when string, want bool) {
		t.Helper()
		if len(lists.done) != 1 {
			t.Fatalf("%s: %+v", when, lists.done)
		}
		for _, done := range lists.done {
			if done != want {
				t.Errorf("%s: done is %v", when, done)
			}
		}
	}
	say("王慧", "催办 任务28")
	carry()
	is("pressed", false)
	lists.during = func() { say("王慧", "恢复 任务28"); say("王慧", "确认") }
	say("王慧", "暂缓 任务28 等政策")
	say("王慧", "确认")
	carry()
	carry()
	is("resumed while it was being finished", false)
	say("王慧", "暂缓 任务28 等政策")
	say("王慧", "确认")
	carry()
	is("rests", true)
	lists.during = func() { say("王慧", "撤销 任务28 并入任务30"); say("王慧", "确认") }
	say("王慧", "恢复 任务28")
	say("王慧", "确认")
	carry()
	carry()
	is("cancelled while it was being opened", true)
}
