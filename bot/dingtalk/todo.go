package dingtalk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"duban/bot"
	"duban/bot/wire"
)

const (
	opTodo   = "todo"
	pathTodo = "/v1.0/todo/users/"
)

// The paths by which DingTalk counts the calls, whoever they are about.
const (
	rateTodoCreate = "/v1.0/todo/users/{unionId}/tasks"
	rateTodoMark   = "/v1.0/todo/users/{unionId}/tasks/{taskId}/executorStatus"
	rateTodoFind   = "/v1.0/todo/users/{unionId}/tasks/sources/{sourceId}"
)

// Limits of a to-do.
const (
	maxTodoSubject = 1024
	maxTodoText    = 4096
	maxTodoURL     = 1024
	maxTodoPeople  = 100
	todoNormal     = 20
)

// Todo is a task in people's own DingTalk to-do lists. People are union ids here.
type Todo struct {
	Source      string   // our key: the same one again makes no second to-do
	Creator     string   // union id in whose name it stands; also the operator
	Executors   []string // union ids
	Subject     string   // cut to what DingTalk takes
	Description string   // cut likewise
	Due         time.Time
	URL         string // where it leads; required by DingTalk
	Priority    int    // 10, 20, 30 or 40; 0 means 20
}

// codeTodo is every refusal to create a to-do for what it holds, that of a second one with
// the same source among them.
const codeTodo = "todo.taskCreate.paramError"

// CreateTodo puts t into its executors' lists and returns DingTalk's id of it. Where an
// earlier try has made it already, it is that one, opened again should it be done.
func (c *Client) CreateTodo(ctx context.Context, t Todo) (id string, err error) {
	switch {
	case t.Creator == "" || len(t.Executors) == 0 || t.Subject == "" || t.Source == "":
		return "", &bot.Refusal{Op: opTodo, Code: codeBad, Msg: "a to-do needs a key, a creator, executors and a subject"}
	case t.URL == "" || len(t.URL) > maxTodoURL:
		return "", &bot.Refusal{Op: opTodo, Code: codeBad, Msg: "a to-do needs a link of at most 1024 bytes"}
	case len(t.Executors) > maxTodoPeople:
		return "", &bot.Refusal{Op: opTodo, Code: codeBad, Msg: fmt.Sprintf("%d executors, the limit is %d", len(t.Executors), maxTodoPeople)}
	}
	if t.Priority == 0 {
		t.Priority = todoNormal
	}
	body := map[string]any{
		"sourceId": t.Source, "subject": cut(t.Subject, maxTodoSubject), "creatorId": t.Creator,
		"executorIds": t.Executors, "detailUrl": map[string]string{"appUrl": t.URL, "pcUrl": t.URL},
		"isOnlyShowExecutor": true, "priority": t.Priority, "notifyConfigs": map[string]string{"dingNotify": "0"},
	}
	if t.Description != "" {
		body["description"] = cut(t.Description, maxTodoText)
	}
	if !t.Due.IsZero() {
		body["dueTime"] = t.Due.UnixMilli()
	}
	var got struct {
		ID loose `json:"id"`
	}
	a := todoCall(http.MethodPost, t.Creator, "", "", rateTodoCreate)
	a.body = body
	err = c.request(ctx, a, &got)
	if no, ok := errors.AsType[*bot.Refusal](err); ok && no.Code == codeTodo {
		return c.madeBefore(ctx, t, err)
	}
	if err != nil {
		return "", err
	}
	if got.ID == "" {
		return "", fmt.Errorf("%w: %s: reply without an id", wire.ErrUnknown, opTodo)
	}
	return string(got.ID), nil
}

// madeBefore is the to-do with the source of the one that was refused; without one, the
// refusal stands.
func (c *Client) madeBefore(ctx context.Context, t Todo, refused error) (string, error) {
	id, done, err := c.FindTodo(ctx, t.Creator, t.Source)
	switch {
	case err != nil:
		return "", err
	case id == "":
		return "", refused
	case done:
		return id, c.MarkTodo(ctx, t.Creator, id, t.Executors, false)
	}
	return id, nil
}

// FindTodo is the to-do that was made with the source, and whether it is done; the id is
// "" when there is none. The source must be one that can stand in a path.
func (c *Client) FindTodo(ctx context.Context, creator, source string) (id string, done bool, err error) {
	var got struct {
		ID   loose `json:"id"`
		Done bool  `json:"done"`
	}
	a := todoCall(http.MethodGet, creator, "sources", "/"+url.PathEscape(source), rateTodoFind)
	a.query = ""
	err = c.request(ctx, a, &got)
	if no, ok := errors.AsType[*bot.Refusal](err); ok && !no.Retryable() {
		return "", false, nil // there is none: its code for that is not documented
	}
	return string(got.ID), got.Done, err
}

// MarkTodo marks the to-do as done, or as open again, for those executors. creator is
// the Todo's.
func (c *Client) MarkTodo(ctx context.Context, creator, id string, executors []string, done bool) error {
	if creator == "" || id == "" || len(executors) == 0 {
		return &bot.Refusal{Op: opTodo, Code: codeBad, Msg: "which to-do, and for whom"}
	}
	type state struct {
		ID   string `json:"id"`
		Done bool   `json:"isDone"`
	}
	list := make([]state, len(executors))
	for i, who := range executors {
		list[i] = state{who, done}
	}
	a := todoCall(http.MethodPut, creator, id, "/executorStatus", rateTodoMark)
	a.body = map[string]any{"executorStatusList": list}
	return c.todoResult(ctx, a)
}

func todoCall(method, creator, id, rest, rate string) apiCall {
	path := pathTodo + url.PathEscape(creator) + "/tasks"
	if id != "" {
		path += "/" + url.PathEscape(id) + rest
	}
	return apiCall{op: opTodo, method: method, path: path, rate: method + " " + rate, query: url.Values{"operatorId": {creator}}.Encode()}
}

// todoResult wants a result that is not false.
func (c *Client) todoResult(ctx context.Context, a apiCall) error {
	var got struct {
		Result flag `json:"result"`
	}
	if err := c.request(ctx, a, &got); err != nil {
		return err
	}
	if got.Result == no {
		return &bot.Refusal{Op: opTodo, Code: "result.false", Msg: "DingTalk did not do it"}
	}
	return nil
}
