package bottest

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// TodoNote is one to-do in people's lists. People are union ids.
type TodoNote struct {
	ID          string
	Source      string
	Creator     string
	Subject     string
	Description string
	Due         time.Time // zero when none
	URL         string
	Executors   []string
	Done        map[string]bool // by executor
	Deleted     bool
}

// Todos lists all to-dos ever made, oldest first.
func (f *Fake) Todos() []TodoNote {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []TodoNote
	for _, id := range slices.Sorted(maps.Keys(f.office.todos)) {
		t := *f.office.todos[id]
		t.Executors, t.Done = slices.Clone(t.Executors), maps.Clone(t.Done)
		list = append(list, t)
	}
	return list
}

const todoUsers = "/v1.0/todo/users/"

// todoRoute knows the calls with ids in their paths. The rate counts by kind of call.
func todoRoute(method, path string) route {
	rest, mine := strings.CutPrefix(path, todoUsers)
	parts := strings.Split(rest, "/")
	if !mine || len(parts) < 2 || parts[0] == "" || parts[1] != "tasks" {
		return nil
	}
	who := parts[0]
	switch {
	case method == "POST" && len(parts) == 2:
		return guardedBy(ScopeTodo, "todo create", func(f *Fake, c call) answer { return f.todoCreate(c, who) })
	case method == "GET" && len(parts) == 4 && parts[2] == "sources":
		return guardedBy(ScopeTodo, "todo find", func(f *Fake, c call) answer { return f.todoFind(who, parts[3]) })
	case method == "PUT" && len(parts) == 4 && parts[3] == "executorStatus":
		return guardedBy(ScopeTodo, "todo status", func(f *Fake, c call) answer { return f.todoStatus(c, who, parts[2]) })
	case method == "DELETE" && len(parts) == 3:
		return guardedBy(ScopeTodo, "todo delete", func(f *Fake, c call) answer { return f.todoDelete(c, who, parts[2]) })
	}
	return nil
}

const badTodo = "todo.taskCreate.paramError"

// member reports whether a union id is that of someone in the organisation.
func (f *Fake) member(unionID string) bool {
	u := f.users[strings.TrimPrefix(unionID, "u")]
	return u != nil && !u.External && UnionID(u.ID) == unionID
}

func (f *Fake) todoCreate(c call, who string) answer {
	var in struct {
		Source      string   `json:"sourceId"`
		Subject     string   `json:"subject"`
		Creator     string   `json:"creatorId"`
		Description string   `json:"description"`
		Due         int64    `json:"dueTime"`
		Executors   []string `json:"executorIds"`
		Priority    int      `json:"priority"`
		URL         struct {
			App string `json:"appUrl"`
			PC  string `json:"pcUrl"`
		} `json:"detailUrl"`
	}
	if json.Unmarshal(c.body, &in) != nil || c.query.Get("operatorId") == "" || in.Subject == "" {
		return f.badRequest(badTodo, "param error")
	}
	switch {
	case len(in.Subject) > 1024:
		return f.badRequest(badTodo, "subject is oversize")
	case len(in.Description) > 4096:
		return f.badRequest(badTodo, "description is oversize")
	case in.URL.App == "" || in.URL.PC == "" || len(in.URL.App) > 1024 || !absolute(in.URL.App):
		return f.badRequest(badTodo, "detailUrl is illegal")
	case len(in.Executors) > 100 || !f.member(who) || slices.ContainsFunc(in.Executors, func(id string) bool { return !f.member(id) }):
		return f.badRequest(badTodo, "executor is illegal")
	case !slices.Contains([]int{0, 10, 20, 30, 40}, in.Priority):
		return f.badRequest(badTodo, "priority is illegal")
	}
	for _, t := range f.office.todos {
		if in.Source != "" && t.Source == in.Source && !t.Deleted {
			return f.badRequest(badTodo, "task exist")
		}
	}
	t := &TodoNote{
		ID: f.id("taskFake%06d"), Source: in.Source, Creator: in.Creator, Subject: in.Subject, Description: in.Description,
		URL: in.URL.App, Executors: in.Executors, Done: map[string]bool{},
	}
	if in.Due > 0 {
		t.Due = time.UnixMilli(in.Due)
	}
	f.office.todos[t.ID] = t
	return ok(map[string]any{"id": t.ID, "subject": t.Subject, "done": false, "requestId": f.id("FAKE-%08d")})
}

// todoFind looks a to-do up by the key of whoever made it.
func (f *Fake) todoFind(who, source string) answer {
	for _, t := range f.office.todos {
		if t.Source == source && t.Creator == who && !t.Deleted {
			done := len(t.Executors) > 0 && !slices.ContainsFunc(t.Executors, func(id string) bool { return !t.Done[id] })
			return ok(map[string]any{"id": t.ID, "sourceId": source, "subject": t.Subject, "done": done, "requestId": f.id("FAKE-%08d")})
		}
	}
	return f.badRequest("todo.taskQuery.paramError", "task not exist")
}

func absolute(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && u.IsAbs()
}

// task finds a to-do of that creator.
func (f *Fake) task(c call, who, id string) *TodoNote {
	t := f.office.todos[id]
	if t == nil || t.Deleted || t.Creator != who || c.query.Get("operatorId") == "" {
		return nil
	}
	return t
}

func (f *Fake) todoStatus(c call, who, id string) answer {
	var in struct {
		List []struct {
			ID   string `json:"id"`
			Done bool   `json:"isDone"`
		} `json:"executorStatusList"`
	}
	t := f.task(c, who, id)
	if json.Unmarshal(c.body, &in) != nil || t == nil || len(in.List) == 0 {
		return f.badRequest("todo.taskUpdate.paramError", "task not exist")
	}
	for _, x := range in.List {
		if !slices.Contains(t.Executors, x.ID) {
			return f.badRequest("todo.taskUpdate.paramError", "executor is illegal")
		}
		t.Done[x.ID] = x.Done
	}
	return ok(map[string]any{"result": true, "requestId": f.id("FAKE-%08d")})
}

func (f *Fake) todoDelete(c call, who, id string) answer {
	t := f.task(c, who, id)
	if t == nil {
		return f.badRequest("todo.taskDelete.paramError", "task not exist")
	}
	t.Deleted = true
	return ok(map[string]any{"result": true, "requestId": f.id("FAKE-%08d")})
}
