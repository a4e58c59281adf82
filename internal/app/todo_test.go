package app

import (
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
)

// todos waits until DingTalk's lists satisfy the condition.
func (w *world) todos(what string, ok func([]bottest.TodoNote) bool) []bottest.TodoNote {
	w.t.Helper()
	for end := time.After(10 * time.Second); ; {
		list := w.fake.Todos()
		if ok(list) {
			return list
		}
		select {
		case <-end:
			w.t.Fatalf("%s: the lists hold %+v", what, list)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// TestTodoMirror: pressing puts one to-do into the contact's list, pressing again no
// second one, and the accepted completion finishes it.
func TestTodoMirror(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir(), "DUBAN_DINGTALK_TODO=true", "DUBAN_DINGTALK_TODO_URL=https://duban.example/")
	w.direct("wanghui", "催办 任务28", "已催办")
	list := w.todos("after the press", func(l []bottest.TodoNote) bool { return len(l) == 1 })
	if n := list[0]; !strings.Contains(n.Subject, "任务28") || len(n.Executors) != 1 || n.Executors[0] != bottest.UnionID("zhangmin") || n.URL != "https://duban.example/" || n.Done[n.Executors[0]] {
		t.Fatalf("the to-do is %+v", n)
	}
	w.direct("zhangmin", "签收 任务28", "已签收")
	w.direct("wanghui", "催办 任务28", "已催办")
	w.direct("zhangmin", "任务28已完成", "已提交办结申请")
	w.direct("wanghui", "通过 任务28", "已通过")
	list = w.todos("after the acceptance", func(l []bottest.TodoNote) bool { return l[0].Done[bottest.UnionID("zhangmin")] })
	if len(list) != 1 {
		t.Errorf("%d to-dos, want 1: %+v", len(list), list)
	}
}

// TestTodoOff: without the setting nobody's list is touched.
func TestTodoOff(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir())
	w.direct("wanghui", "催办 任务28", "已催办")
	w.direct("zhangmin", "任务28", "任务28")
	if list := w.fake.Todos(); len(list) != 0 {
		t.Errorf("to-dos: %+v", list)
	}
}
