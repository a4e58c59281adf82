package dingtalk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"duban/bot/bottest"
	"duban/bot/dingtalk"
)

func TestDing(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	d, err := r.client.Ding(t.Context(), []string{"u2", "u1", "u1", "x9"}, "请速报进展", dingtalk.DingPhone)
	if err != nil || d.ID == "" || len(d.Failed) != 1 || d.Failed["x9"] == "" {
		t.Fatal(d, err)
	}
	if got := r.Dings(); len(got) != 1 || fmt.Sprint(got[0].Users) != "[u1 u2]" || got[0].Kind != 3 || got[0].Text != "请速报进展" {
		t.Errorf("%+v", got)
	}
	if err := r.client.RecallDing(t.Context(), d.ID); err != nil || !r.Dings()[0].Recalled {
		t.Error(err)
	}
	if err := r.client.RecallDing(t.Context(), "x"); refusal(t, err).Code != "send.ding.exception" {
		t.Error(err)
	}
	r.SetDingQuota(0)
	if _, err := r.client.Ding(t.Context(), []string{"u1"}, "x", dingtalk.DingApp); refusal(t, err).Code != "ding.serverquota.insufficient" || refusal(t, err).Retry {
		t.Error(err)
	}
}

// What DingTalk would refuse is refused before a call.
func TestDingRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	var many []string
	for i := range 201 {
		many = append(many, fmt.Sprint("v", i))
	}
	for _, tt := range []struct {
		members []string
		text    string
		kind    dingtalk.DingKind
		code    string
	}{
		{nil, "x", dingtalk.DingApp, "bad.message"},
		{many[:1], " \n", dingtalk.DingApp, "bad.message"},
		{many[:1], "x", 4, "bad.message"},
		{many[:21], "x", dingtalk.DingSMS, "ding.receivercount.limit"},
		{many[:21], "x", dingtalk.DingPhone, "ding.receivercount.limit"},
		{many, "x", dingtalk.DingApp, "ding.receivercount.limit"},
		{many[:1], strings.Repeat("报", 501), dingtalk.DingApp, "too.long"},
	} {
		if _, err := r.client.Ding(t.Context(), tt.members, tt.text, tt.kind); refusal(t, err).Code != tt.code || refusal(t, err).Retry {
			t.Errorf("%+v: %v", tt.code, err)
		}
	}
	if n := len(r.Requests("")); n != 0 {
		t.Errorf("%d calls", n)
	}
}

func TestTodo(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	todo := anyTodo()
	todo.Due, todo.Description = time.Date(2018, 12, 31, 18, 0, 0, 0, time.UTC), strings.Repeat("报", 2000)
	id, err := r.client.CreateTodo(t.Context(), todo)
	if err != nil {
		t.Fatal(err)
	}
	got := r.Todos()[0]
	if got.ID != id || got.Subject != todo.Subject || !got.Due.Equal(todo.Due) || len(got.Description) > 4096 || got.Executors[0] != "uu2" || got.URL != todo.URL {
		t.Errorf("%+v", got)
	}
	if again, err := r.client.CreateTodo(t.Context(), todo); err != nil || again != id || len(r.Todos()) != 1 {
		t.Error("the same source twice:", again, err)
	}
	if err := r.client.MarkTodo(t.Context(), "uu1", id, []string{"uu2"}, true); err != nil || !r.Todos()[0].Done["uu2"] {
		t.Error(err)
	}
	if found, done, err := r.client.FindTodo(t.Context(), "uu1", todo.Source); err != nil || found != id || !done {
		t.Error("not found:", found, done, err)
	}
	if again, err := r.client.CreateTodo(t.Context(), todo); err != nil || again != id || r.Todos()[0].Done["uu2"] {
		t.Error("one that is done is not opened again:", again, err)
	}
	if found, _, err := r.client.FindTodo(t.Context(), "uu1", "none"); err != nil || found != "" {
		t.Error("found:", found, err)
	}
	if err := r.client.MarkTodo(t.Context(), "uu1", id, []string{"uu2"}, false); err != nil || r.Todos()[0].Done["uu2"] {
		t.Error("not opened again:", err)
	}
	if err := r.client.MarkTodo(t.Context(), "uu1", id, []string{"uu1"}, true); refusal(t, err).Retry {
		t.Error(err)
	}
	r.Fail(bottest.Fault{Path: "/v1.0/todo/users/uu1/tasks/" + id + "/executorStatus", Status: 200, Body: map[string]any{"result": false}})
	if err := r.client.MarkTodo(t.Context(), "uu1", id, []string{"uu1"}, true); refusal(t, err).Code != "result.false" {
		t.Error(err)
	}
	if b := r.client.Budget(); b.Month != 12 || len(b.ByAPI) != 3 {
		t.Errorf("ids stand in the counts: %+v", b)
	}
}

func TestTodoRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for _, change := range []func(*dingtalk.Todo){
		func(x *dingtalk.Todo) { x.Creator = "" },
		func(x *dingtalk.Todo) { x.Executors = nil },
		func(x *dingtalk.Todo) { x.Subject = "" },
		func(x *dingtalk.Todo) { x.Source = "" },
		func(x *dingtalk.Todo) { x.URL = "" },
		func(x *dingtalk.Todo) { x.URL = "https://example.com/" + strings.Repeat("x", 1024) },
		func(x *dingtalk.Todo) { x.Executors = make([]string, 101) },
	} {
		todo := anyTodo()
		change(&todo)
		if _, err := r.client.CreateTodo(t.Context(), todo); refusal(t, err).Code != "bad.message" {
			t.Errorf("%+v: %v", todo, err)
		}
	}
	for _, err := range []error{
		r.client.MarkTodo(t.Context(), "", "x", []string{"u"}, true), r.client.MarkTodo(t.Context(), "u", "", []string{"u"}, true),
		r.client.MarkTodo(t.Context(), "u", "x", nil, true),
	} {
		if refusal(t, err).Code != "bad.message" {
			t.Error(err)
		}
	}
	if n := len(r.Requests("")); n != 0 {
		t.Errorf("%d calls", n)
	}
	todo := anyTodo()
	todo.Executors = []string{"stranger"}
	if _, err := r.client.CreateTodo(t.Context(), todo); refusal(t, err).Code != "todo.taskCreate.paramError" {
		t.Error(err)
	}
}
