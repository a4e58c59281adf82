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
	var list []bottest.TodoNote
	w.until(what, func() bool {
		list = w.fake.Todos()
		return ok(list)
	})
	return list
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

// TestTodoFollows: what rests, ends or hands over a task is seen in the to-do lists, and
// what takes it up again opens the same entry again.
func TestTodoFollows(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir(), "DUBAN_DINGTALK_TODO=true", "DUBAN_DINGTALK_TODO_URL=https://duban.example/")
	w.direct("zhaolei", "绑定 市财政局", "已提交绑定")
	w.direct("wanghui", "同意绑定 赵蕾", "已同意")
	w.direct("wanghui", "催办 任务28", "已催办")
	old, next := bottest.UnionID("zhangmin"), bottest.UnionID("zhaolei")
	w.todos("after the press", func(l []bottest.TodoNote) bool { return len(l) == 1 && !l[0].Done[old] })
	order := func(text, told string, ok func(l []bottest.TodoNote) bool) {
		t.Helper()
		w.direct("wanghui", text, "确认")
		w.direct("wanghui", "确认", told)
		w.todos("after "+text, ok)
	}
	done := func(l []bottest.TodoNote) bool { return len(l) == 1 && l[0].Done[old] }
	undone := func(l []bottest.TodoNote) bool { return len(l) == 1 && !l[0].Done[old] }
	order("暂缓 任务28 上级政策调整", "已暂缓", done)
	order("恢复 任务28", "已恢复", undone)
	order("撤销 任务28 与任务30合并", "已撤销", done)
	order("恢复 任务28", "已恢复", undone)
	w.direct("zhangmin", "任务28已完成", "已提交办结申请")
	w.direct("wanghui", "通过 任务28", "已通过")
	w.todos("after the acceptance", done)
	order("任务28其实没完成，恢复办理", "已恢复为办理中", undone)
	w.direct("wanghui", "任务28转给市财政局", "怎么列")
	w.direct("wanghui", "2", "已转办")
	w.todos("after the hand-over", func(l []bottest.TodoNote) bool {
		return len(l) == 2 && l[0].Done[old] && l[1].Executors[0] == next && !l[1].Done[next]
	})
	order("暂缓 任务28 等待经费", "已暂缓", func(l []bottest.TodoNote) bool { return len(l) == 2 && l[1].Done[next] })
	order("恢复 任务28", "已恢复", func(l []bottest.TodoNote) bool { return len(l) == 2 && l[0].Done[old] && !l[1].Done[next] })
	w.direct("zhaolei", "任务28已完成", "已提交办结申请")
	w.direct("wanghui", "通过 任务28", "已通过")
	order("销号 任务28", "已销号", func(l []bottest.TodoNote) bool { return len(l) == 2 && l[1].Done[next] })
}

// TestTodoOvernight: a rest that is over before the working day begins leaves the lists
// as they were, in whichever order the two words are carried out.
func TestTodoOvernight(t *testing.T) {
	w := newWorld(t)
	w.serve(t.TempDir(), "DUBAN_DINGTALK_TODO=true", "DUBAN_DINGTALK_TODO_URL=https://duban.example/")
	w.direct("wanghui", "催办 任务28", "已催办")
	zhang := bottest.UnionID("zhangmin")
	w.todos("after the press", func(l []bottest.TodoNote) bool { return len(l) == 1 })
	w.clock.Set(time.Date(2018, 7, 2, 21, 0, 0, 0, w.clock.Now().Location()))
	for _, order := range [][2]string{{"暂缓 任务28 上级政策调整", "已暂缓"}, {"恢复 任务28", "已恢复"}} {
		w.direct("wanghui", order[0], "确认")
		w.direct("wanghui", "确认", order[1])
	}
	w.clock.Set(time.Date(2018, 7, 3, 9, 0, 0, 0, w.clock.Now().Location()))
	w.direct("wanghui", "催办 任务29", "已催办") // is owed last, so that the others have been carried out
	w.todos("in the morning", func(l []bottest.TodoNote) bool { return len(l) >= 1 && !l[0].Done[zhang] })
	if n := len(w.fake.Requests("/v1.0/todo/users/" + zhang + "/tasks/")); n != 0 {
		t.Errorf("%d changes to a to-do that stays open", n)
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

// TestTodoBrokenOff: a to-do that was made although its answer never came back is not made
// twice by the next try, nor by the next press, and is finished with the task: it stands
// under a key of its own that both sides know.
func TestTodoBrokenOff(t *testing.T) {
	zhang := bottest.UnionID("zhangmin")
	create := "/v1.0/todo/users/" + zhang + "/tasks"
	for name, accept := range map[string]bool{"tried again": false, "no longer wanted": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.serve(t.TempDir(), "DUBAN_DINGTALK_TODO=true", "DUBAN_DINGTALK_TODO_URL=https://duban.example/")
			w.fake.Fail(bottest.Fault{Path: create, Status: 504, Stored: true, Times: 2})
			w.direct("wanghui", "催办 任务28", "已催办")
			w.todos("after the press", func(l []bottest.TodoNote) bool { return len(l) == 1 })
			if accept {
				w.direct("zhangmin", "任务28已完成", "已提交办结申请")
				w.direct("wanghui", "通过 任务28", "已通过")
			} else {
				w.direct("wanghui", "催办 任务28", "已催办")
				w.until("the other tries", func() bool { return len(w.fake.Requests(create)) > 2 })
				w.direct("zhangmin", "任务28", "任务28")
				w.direct("zhangmin", "任务28已完成", "已提交办结申请")
				w.direct("wanghui", "通过 任务28", "已通过")
			}
			w.until("the end of the to-do", func() bool { return w.fake.Todos()[0].Done[zhang] })
			if l := w.fake.Todos(); len(l) != 1 {
				t.Errorf("%d to-dos: %+v", len(l), l)
			}
		})
	}
}
